package search

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"sotay/internal/viet"
)

func TestAbbreviationsWorkBothWays(t *testing.T) {
	seen := 0
	for _, s := range embedded {
		if s.Relation != Same || !s.abbreviates() {
			continue
		}
		seen++
		v, err := createVolume("")
		must(t, err)
		must(t, v.apply(t.Context(), update{docs: []document{
			{ID: "answer:short", Group: "answer:short", Kind: KindAnswer, Title: "Nhờ " + s.Typed + " trả lời"},
			{ID: "answer:long", Group: "answer:long", Kind: KindAnswer, Title: "Nhờ " + s.Official + " trả lời"},
			{ID: "answer:other", Group: "answer:other", Kind: KindAnswer, Title: "Đèn lồng đỏ"},
		}}, 1, "x"))
		for _, query := range []string{s.Typed, viet.Fold(s.Typed), s.Official, viet.Fold(s.Official)} {
			got := ids(ask(t, v, Query{Text: query}).Hits)
			if slices.Sort(got); !slices.Equal(got, []string{"answer:long", "answer:short"}) {
				t.Errorf("%q: got %q, want the text with the abbreviation and the one with the words", query, got)
			}
		}
		must(t, v.index.Close())
	}
	if seen < 50 {
		t.Errorf("saw only %d abbreviations: the test is blind", seen)
	}
}

func TestAnotherAbbreviationOfTheSameIsFound(t *testing.T) {
	for query, other := range map[string]string{"ĐB HĐND": "đại biểu HĐND", "ubmttq": "Ủy ban MTTQ", "đại biểu hđnd": "ĐB HĐND", "mttqvn": "MTTQ Việt Nam"} {
		q := understand(query)
		if len(q.known) != 1 || !slices.ContainsFunc(q.known[0].equal, func(p phrase) bool { return p.sounds(syllables(other)) }) {
			t.Errorf("%q: got %+v, want %q among the equals", query, q.known, other)
		}
	}
}

// What the law keeps apart is never one thing for a query.
func TestWhatTheLawKeepsApartIsNotTheSame(t *testing.T) {
	for _, pair := range [][2]string{
		{"bầu thêm", "bầu lại"}, {"bầu thêm", "bầu cử bổ sung"}, {"bầu lại", "bầu cử bổ sung"},
		{"phiếu hỏng", "phiếu không hợp lệ"}, {"phiếu viết hỏng", "phiếu không hợp lệ"}, {"phiếu trắng", "phiếu không hợp lệ"},
		{"xóa tên", "gạch tên"}, {"viết hộ phiếu", "bầu thay"}, {"khu vực bỏ phiếu", "đơn vị bầu cử"}, {"nội quy phòng bỏ phiếu", "thể lệ bầu cử"},
		{"Ủy ban bầu cử", "Ban bầu cử"}, {"Ban bầu cử", "Tổ bầu cử"}, {"thẻ cử tri", "căn cước công dân"},
	} {
		for _, sides := range [][2]string{pair, {pair[1], pair[0]}} {
			q, other := understand(sides[0]), phrase(syllables(sides[1]))
			for _, k := range q.known {
				if slices.ContainsFunc(k.equal, func(p phrase) bool { return p.sounds(other) }) {
					t.Errorf("%q is taken for %q", sides[0], sides[1])
				}
			}
		}
	}
}

func TestOneSyllableIsNoSynonymUnlessItAbbreviates(t *testing.T) {
	capitals := func(side string) (n int) {
		for _, r := range side {
			if unicode.IsUpper(r) {
				n++
			}
		}
		return n
	}
	for _, s := range embedded {
		if s.Relation != Same {
			continue
		}
		for _, side := range []string{s.Typed, s.Official} {
			if len(syllables(side)) < 2 && capitals(side) < 2 {
				t.Errorf("%q of %q = %q means too much", side, s.Typed, s.Official)
			}
		}
	}
}

func TestRelatedWordsAreNamed(t *testing.T) {
	for query, want := range map[string]string{
		"phiếu hỏng": "phiếu không hợp lệ", "viết giúp": "bầu thay, viết hộ", "btc": "Bộ Tài chính, Ban tổ chức",
		"cskv": "công an cấp xã", "mất điện": "gián đoạn bỏ phiếu", "thẻ cử tri": "", "mất điện, mưa to": "gián đoạn bỏ phiếu, mưa lũ",
	} {
		if got := strings.Join(understand(query).near, ", "); got != want {
			t.Errorf("%q: got %q, want %q", query, got, want)
		}
	}
	if q := words.understandLiteral("ủy ba"); q.prefix != nil {
		t.Error("a literal query completes its last word")
	}
	if q := words.understandLiteral("phiếu hỏng"); len(q.near)+len(q.understood) > 0 {
		t.Errorf("literal: got %q, %q, want nothing", q.near, q.understood)
	}
}

func TestCourtesiesDecideNothing(t *testing.T) {
	want := understand("khóa thùng nước").shown()
	for _, query := range []string{
		"anh chị cho hỏi khóa thùng nước được không ạ", "hướng dẫn giúp em khóa thùng nước", "nhờ tư vấn khóa thùng nước", "có cần khóa thùng nước", "có phải khóa thùng nước",
		"em muốn hỏi có cần phải khóa thùng nước không ạ", "mong được giải đáp khóa thùng nước trong bao lâu ạ", "thưa anh chị, khóa thùng nước thế nào ạ? Em xin cảm ơn", "vui lòng cho biết khóa thùng nước vì lý do gì",
	} {
		for _, spelling := range []string{query, viet.Fold(query)} {
			got := understand(spelling)
			if !slices.Equal(got.shown(), want) {
				t.Errorf("%q: got %q, want %q", spelling, got.shown(), want)
			}
		}
	}
}
