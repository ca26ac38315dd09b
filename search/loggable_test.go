package search

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestNumbersOfPeopleAreNotLogged(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "Hòm phiếu PHỤ", "hom phieu phu"},
		{"decomposed", "Ho\u0300m phie\u0302\u0301u", "hom phieu"},
		{"đ", "Điểm bỏ phiếu", "diem bo phieu"},
		{"punctuation", "  thẻ cử tri?!  mất… ", "the cu tri mat"},
		{"telephone", "gọi 0987654321 báo ai", "goi bao ai"},
		{"telephone with blanks", "gọi 0987 654 321", "goi"},
		{"telephone with dots", "0987.654.321 là số ai", "la so ai"},
		{"telephone with dashes", "số 0987-654-321", "so"},
		{"telephone with slashes", "số 098/765/4321", "so"},
		{"telephone with brackets", "(0210) 384 5678", ""},
		{"telephone abroad", "+84 98 765 43 21", ""},
		{"telephone in a word", "sdt0987654321nhe", "sdt nhe"},
		{"no-break blanks", "0987\u00a0654\u00a0321", ""},
		{"joiners", "0\u200d9\u200d8\u200d7\u200d6", ""},
		{"full-width digits", "\uff10\uff19\uff18\uff17\uff16 ai", "ai"},
		{"citizen's number", "căn cước 025099001234 hết hạn", "can cuoc het han"},
		{"old identity number", "cmnd 131 234 567", "cmnd"},
		{"five digits", "12345", ""},
		{"five digits with dots", "1.2.3.4.5", ""},
		{"four digits", "năm 2026", "nam 2026"},
		{"day", "ngày 15.3.2026", "ngay"},
		{"day with slashes", "ngày 15/3/2026", "ngay 15/3/2026"},
		{"law", "Luật 85/2015/QH13", "luat 85/2015/qh13"},
		{"law with blanks", "luật 85 / 2015", "luat 85/2015"},
		{"article", "điều 69 khoản 2", "dieu 69 khoan 2"},
		{"term of office", "nhiệm kỳ 2021 - 2026", "nhiem ky 2021-2026"},
		{"dash between words", "QĐ-UBND", "qd ubnd"},
		{"mail address", "gửi an.nguyen@phutho.gov.vn được không", "gui duoc khong"},
		{"long", strings.Repeat("ầ", 300), strings.Repeat("a", 120)},
		{"broken", "a\xffb\x00c", "a b c"},
		{"nothing", " /-. ", ""},
	}
	for _, tt := range tests {
		if got := loggable(tt.in); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

var (
	anyRun   = regexp.MustCompile(`\d(?:[ .-]*\d){4,}`)
	anyYears = regexp.MustCompile(`(?:19|20)\d\d-(?:19|20)\d\d`)
)

func FuzzLoggable(f *testing.F) {
	for _, s := range []string{"hòm phiếu", "0987 654 321", "85/2015/QH13", "2021-2026", "1/23456/7", "12/ 345", "a@b", "8/12345/6x", "2021-2026-1", "\xff1 2.3-4/5", "İ９ㅤ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got := loggable(raw)
		if found := anyRun.FindString(anyYears.ReplaceAllString(got, "")); found != "" {
			t.Fatalf("%q keeps %q: %q", raw, found, got)
		}
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > maxLogged || strings.ContainsAny(got, "@.\x00") || strings.TrimSpace(got) != got || strings.Contains(got, "  ") {
			t.Fatalf("got %q from %q", got, raw)
		}
		if again := loggable(got); again != got {
			t.Fatalf("got %q, want %q again", again, got)
		}
	})
}

func TestSpellingsOfOneQueryAreOneCluster(t *testing.T) {
	tests := []struct {
		name string
		in   []Search
		want string
	}{
		{"nothing", nil, ""},
		{"most asked names it", []Search{{Query: "may bay khong nguoi lai", Asked: 5}, {Query: "dung may bay khong nguoi lai", Asked: 2}}, "may bay khong nguoi lai+1=7"},
		{"other order", []Search{{Query: "phieu hom", Asked: 3}, {Query: "hom phieu", Asked: 1}}, "phieu hom+1=4"},
		{"word twice", []Search{{Query: "voi", Asked: 3}, {Query: "voi voi", Asked: 1}}, "voi+1=4"},
		{"one word apart", []Search{{Query: "voi", Asked: 3}, {Query: "ngua", Asked: 1}}, "voi+0=3 ngua+0=1"},
		{"half in common", []Search{{Query: "a b c d", Asked: 3}, {Query: "b c d e", Asked: 1}}, "a b c d+0=3 b c d e+0=1"},
		{"three of five", []Search{{Query: "a b c d e", Asked: 3}, {Query: "b c d e f", Asked: 1}}, "a b c d e+1=4"},
		{"two ways to spell", []Search{{Query: "ki phieu", Asked: 3}, {Query: "ky phieu", Asked: 1}}, "ki phieu+1=4"},
		{"sums decide the order", []Search{{Query: "x y", Asked: 3}, {Query: "a b", Asked: 2}, {Query: "b a", Asked: 2}}, "a b+1=4 x y+0=3"},
	}
	for _, tt := range tests {
		var got []string
		for _, c := range cluster(tt.in) {
			got = append(got, c.Query+"+"+itoa(len(c.Others))+"="+itoa(c.Asked))
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: got %v, want %s", tt.name, got, tt.want)
		}
	}
}

func itoa(n int) string { return string(rune('0' + n)) }
