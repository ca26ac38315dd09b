package search

import (
	"html"
	"strings"
	"testing"
	"unicode/utf8"
)

// snippetOf is what a search would show of a document.
func snippetOf(t testing.TB, query string, d document) string {
	t.Helper()
	p := patternsOf(query)
	v, c := codedText(t, p, d)
	return p.snippet(v, c)
}

func TestSnippetMarksTheMatches(t *testing.T) {
	long := strings.Repeat("Lời nói đầu không nói gì. ", 20)
	tests := []struct{ name, query, short, body, want string }{
		{"with tones for a query without", "the cu tri", "", "Mất thẻ cử tri thì làm lại.", "Mất <mark>thẻ cử tri</mark> thì làm lại."},
		{"decomposed query", "the\u0309 cu\u031b\u0309 tri", "", "Thẻ cử tri.", "<mark>Thẻ cử tri</mark>."},
		{"escaped", "the cu tri", "", `Thẻ "cử" tri & <script>`, `<mark>Thẻ &#34;cử&#34; tri</mark> &amp; &lt;script&gt;`},
		{"lines become one", "thẻ cử tri", "", "Thẻ\ncử tri\nmất", "<mark>Thẻ cử tri</mark> mất"},
		{"neighbours across a comma are two marks", "cử tri", "", "Cử tri, cử tri.", "<mark>Cử tri</mark>, <mark>cử tri</mark>."},
		{"one syllable", "vneid", "", "Đăng ký trên VNeID.", "Đăng ký trên <mark>VNeID</mark>."},
		{"an equal phrase is marked too", "thùng phiếu", "", "Niêm phong hòm phiếu.", "Niêm phong <mark>hòm phiếu</mark>."},
		{"an abbreviation", "hdnd", "", "Hội đồng nhân dân xã.", "<mark>Hội đồng nhân dân</mark> xã."},
		{"short text when the body has nothing", "thẻ cử tri", "Thẻ cử tri mới.", "Không có gì.", "<mark>Thẻ cử tri</mark> mới."},
		{"single words where nothing has a pair", "hòm sắt", "", "Sắt làm hòm.", "<mark>Sắt</mark> làm <mark>hòm</mark>."},
		{"beginning when nothing matches", "vneid", "", "Không có gì.", "Không có gì."},
		{"the densest place", "đổi thẻ cử tri", "", "Thẻ cử. " + long + "Được đổi thẻ cử tri. " + long, ""},
		{"no text", "vneid", "", "", ""},
		{"no syllable", "vneid", "", "…", "…"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := snippetOf(t, tt.query, document{Short: tt.short, Body: tt.body})
			checkSnippet(t, got)
			if tt.name == "the densest place" {
				if !strings.Contains(got, "Được <mark>đổi thẻ cử tri</mark>.") || !strings.HasPrefix(got, "…") || !strings.HasSuffix(got, "…") {
					t.Errorf("got %q, want the sentence with all of the query between ellipses", got)
				}
				return
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestSnippetFillsItsRoomWithWholeSyllables(t *testing.T) {
	got := visible(snippetOf(t, "thẻ cử tri", document{Body: strings.Repeat("nghiêng ngả ", 50) + "thẻ cử tri " + strings.Repeat("nghiêng ngả ", 50)}))
	if n := utf8.RuneCountInString(got); n < MaxSnippetRunes*9/10 {
		t.Errorf("got %d characters, want nearly %d", n, MaxSnippetRunes)
	}
	for _, word := range strings.Fields(strings.Trim(got, ellipsis)) {
		if !strings.Contains(" nghiêng ngả thẻ cử tri ", " "+word+" ") {
			t.Errorf("got the piece %q of a syllable in %q", word, got)
		}
	}
}

func visible(snippet string) string {
	return html.UnescapeString(strings.NewReplacer("<mark>", "", "</mark>", "").Replace(snippet))
}

// checkSnippet holds what is promised of every snippet.
func checkSnippet(t *testing.T, snippet string) {
	t.Helper()
	if !utf8.ValidString(snippet) {
		t.Fatalf("got broken UTF-8: %q", snippet)
	}
	if n := utf8.RuneCountInString(visible(snippet)); n > MaxSnippetRunes {
		t.Fatalf("got %d characters, want at most %d: %q", n, MaxSnippetRunes, snippet)
	}
	bare := snippet
	for strings.Contains(bare, "<mark>") {
		before, rest, _ := strings.Cut(bare, "<mark>")
		inside, after, closed := strings.Cut(rest, "</mark>")
		if !closed || inside == "" || strings.ContainsAny(inside, "<>") {
			t.Fatalf("got an unclosed, empty or nested mark in %q", snippet)
		}
		bare = before + inside + after
	}
	if strings.ContainsAny(bare, "<>\"'\n\x00") {
		t.Fatalf("got something unescaped in %q", snippet)
	}
}

func FuzzSnippet(f *testing.F) {
	f.Add("thẻ cử tri", "", "Mất thẻ cử tri thì làm lại.")
	f.Add("the cu tri", "<script>", strings.Repeat("a<b>&\"' ", 100)+"thẻ\xff cử tri")
	f.Add("a b", "", "a"+strings.Repeat(".", 500)+"b\x00\u0301")
	f.Add("hdnd", "Hội đồng nhân dân", strings.Repeat("ầ", 1000))
	f.Fuzz(func(t *testing.T, query, short, body string) {
		checkSnippet(t, snippetOf(t, query, document{Short: short, Body: body}))
	})
}
