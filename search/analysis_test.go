package search

import (
	"slices"
	"strings"
	"testing"

	"sotay/internal/viet"
)

func TestSyllablesAreComparedInOneSpelling(t *testing.T) {
	tests := []struct{ name, in, folded, exact string }{
		{"tones", "Tổ bầu cử", "to bau cu", "tổ bầu cử"},
		{"capitals", "HĐND XÃ", "hdnd xa", "hđnd xã"},
		{"old place of the tone", "hoà thuỷ khoẻ tuỳ", "hoa thuy khoe tuy", "hòa thủy khỏe tùy"},
		{"new place of the tone", "hòa thủy khỏe tùy", "hoa thuy khoe tuy", "hòa thủy khỏe tùy"},
		{"tone before a last consonant stays", "hoàn toàn xoáy", "hoan toan xoay", "hoàn toàn xoáy"},
		{"qu is a consonant", "quý quí quy qui quỹ", "quy quy quy quy quy", "quý quý quy quy quỹ"},
		{"y for i", "ký kí lý lí mỹ mĩ tỷ tỉ", "ki ki li li mi mi ti ti", "kí kí lí lí mĩ mĩ tỉ tỉ"},
		{"y that stands alone stays", "y tế yên", "y te yen", "y tế yên"},
		{"hyphen and hard space", "pa-nô\u00a0áp–phích", "pa no ap phich", "pa nô áp phích"},
		{"letters part from digits", "Đ.69 k2 QH13 11h", "d 69 k 2 qh 13 11 h", "đ 69 k 2 qh 13 11 h"},
		{"leading zeros", "02/09/2026 HĐ-0001 000", "2 9 2026 hd 1 0", "2 9 2026 hđ 1 0"},
		{"decomposed", "To\u0302\u0309 ba\u0302\u0300u", "to bau", "tổ bầu"},
		{"punctuation only", "?!… – “”", "", ""},
		{"broken UTF-8", "a\xffb", "a b", "a b"},
		{"a run without end is split", strings.Repeat("a", 40), strings.Repeat("a", 32) + " aaaaaaaa", strings.Repeat("a", 32) + " aaaaaaaa"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list := phrase(syllables(viet.NFC(tt.in)))
			folded, exact := strings.TrimSpace(list.folded()), strings.TrimSpace(list.exact())
			if folded != tt.folded || exact != tt.exact {
				t.Errorf("got %q, %q, want %q, %q", folded, exact, tt.folded, tt.exact)
			}
		})
	}
}

func TestSyllablesKnowWhereTheyStand(t *testing.T) {
	text := "“Đổi thẻ”, ký\u00a0tên."
	var got []string
	for _, s := range syllables(text) {
		got = append(got, text[s.start:s.end])
	}
	if want := []string{"Đổi", "thẻ", "ký", "tên"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAnalyzersMakeTheTermsOfTheIndex(t *testing.T) {
	tests := []struct {
		name  string
		terms func([]syllable) []string
		in    string
		want  []string
	}{
		{"pairs", func(l []syllable) []string { return pairs(l, foldedForm) }, "Thẻ cử tri", []string{"the cu", "cu tri"}},
		{"pairs with tones", func(l []syllable) []string { return pairs(l, exactForm) }, "Thẻ cử tri", []string{"thẻ cử", "cử tri"}},
		{"no pair in one syllable", func(l []syllable) []string { return pairs(l, foldedForm) }, "Thẻ", nil},
		{"singles", singles, "Thẻ cử tri", []string{"the", "cu", "tri"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for i, token := range (analyzer{tt.terms}).Analyze([]byte(tt.in)) {
				got = append(got, string(token.Term))
				if token.Position != i+1 {
					t.Errorf("got position %d, want %d", token.Position, i+1)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestDocumentsComeBackAsTheyWentIn(t *testing.T) {
	d := document{ID: "guide:1#a", Kind: KindGuide, Title: "Đổi thẻ", Body: "“Thẻ cử tri” bị mất:\nlàm lại.\x00\xff"}
	d.clean()
	packed, err := d.pack()
	if err != nil {
		t.Fatal(err)
	}
	s, err := unpack(packed)
	if err != nil {
		t.Fatal(err)
	}
	if s.document != d {
		t.Errorf("got %+v, want %+v", s.document, d)
	}
	if s.folded[inTitle] != " doi the " || s.exact[inBody] != " thẻ cử tri bị mất làm lại " || s.folded[inShort] != " " {
		t.Errorf("got %q, %q", s.folded, s.exact)
	}
	at := unpackOffsets(s.offsets, s.Body)
	if len(at) != 7 || s.Body[at[5].start:at[5].end] != "làm" {
		t.Errorf("got offsets %v", at)
	}
}

func TestUnpackRefusesWhatIsBroken(t *testing.T) {
	for _, packed := range []string{"", "{}", "{}\x00a\x00b\x00c\x00d", "[\x00\x00\n\n\n\n\x00\n\n\n\n\x00"} {
		if _, err := unpack(packed); err == nil {
			t.Errorf("unpack(%q) succeeded, want an error", packed)
		}
	}
	if got := unpackOffsets("\x00\x01\xff", "abc"); len(got) != 1 {
		t.Errorf("got %v, want the one whole offset", got)
	}
	if got := unpackOffsets("\x00\x7f", "abc"); len(got) != 0 {
		t.Errorf("got %v, want none beyond the text", got)
	}
}
