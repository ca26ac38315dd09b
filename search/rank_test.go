package search

import (
	"fmt"
	"testing"
)

// patternsOf prepares a query without weights.
func patternsOf(query string) *patterns {
	q := understand(query)
	q.telling = make([]float64, len(q.words))
	return q.prepare()
}

// codedText is a document in the numbers of a query.
func codedText(t testing.TB, p *patterns, d document) (*view, *coded) {
	t.Helper()
	d.clean()
	a := analyse(d)
	v, c := &view{}, &coded{}
	if err := v.read(a.pack(words.silentAt)); err != nil {
		t.Fatal(err)
	}
	p.code(v, c)
	return v, c
}

func TestLongestPieceOfAQueryInAText(t *testing.T) {
	tests := []struct {
		text, query string
		want        int
	}{
		{"mang hòm phiếu phụ đến nhà", "hòm phiếu phụ", 3},
		{"hòm phiếu và phiếu phụ", "hòm phiếu phụ", 2},
		{"phiếu phiếu phụ", "hòm phiếu phụ", 2},
		{"phụ phiếu hòm", "hòm phiếu phụ", 0},
		{"hòm", "hòm phiếu", 0},
		{"", "hòm phiếu", 0},
		{"hòm phiếu", "", 0},
	}
	for _, tt := range tests {
		p := patternsOf(tt.query)
		_, c := codedText(t, p, document{Body: tt.text})
		if got := longestPiece(c.folded[inBody], nil, p.readings[0]); got != tt.want {
			t.Errorf("%q in %q: got %d, want %d", tt.query, tt.text, got, tt.want)
		}
	}
}

func TestPlacesAreCountedInSyllables(t *testing.T) {
	places := func(query, text string) []match {
		p := patternsOf(query)
		_, c := codedText(t, p, document{Body: text})
		return p.places(c.folded[inBody])
	}
	if got, want := fmt.Sprint(places("cử tri trẻ", "Thẻ cử tri của cử tri trẻ")), "[{{1 3} 0} {{4 6} 0} {{5 7} 1}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := places("ha", "ha ha ha"); len(got) != 3 {
		t.Errorf("got %d places of a repeated syllable, want 3", len(got))
	}
	if got := places("hòm sắt", "sắt làm hòm"); len(got) != 0 {
		t.Errorf("without a pair: got %v, want none", got)
	}
}

func TestShortestStretchHoldsEachDecidingSyllable(t *testing.T) {
	tests := []struct {
		query, text string
		kinds, want int
	}{
		{"hòm phiếu", "hòm phiếu", 2, 2},
		{"hòm phiếu", "hòm sắt đựng phiếu", 2, 4},
		{"hòm phiếu phụ", "phiếu xa xa hòm xa phụ phiếu", 3, 4},
		{"hòm phiếu", "hòm hòm hòm phiếu", 2, 2},
	}
	for _, tt := range tests {
		p := patternsOf(tt.query)
		_, c := codedText(t, p, document{Body: tt.text})
		if got := p.shortestStretch(c.folded[inBody], tt.kinds); got != tt.want {
			t.Errorf("%q in %q: got %d, want %d", tt.query, tt.text, got, tt.want)
		}
	}
}

func TestTheFrameOfAQuestionIsNoPartOfItsTitle(t *testing.T) {
	p := patternsOf("đi xa")
	_, c := codedText(t, p, document{Title: "Cử tri đi xa có được bỏ phiếu không?"})
	if w := c.wordings[0]; w.words != 6 {
		t.Errorf("got %d words, want 6", w.words)
	}
}

func TestManySectionsOfAGuideAreOneHitOnAllPages(t *testing.T) {
	v := sampleVolume(t)
	var docs []document
	for i := range 120 {
		id := fmt.Sprintf("answer:many%d", i)
		docs = append(docs, document{ID: id, Owner: id, Group: id, Kind: KindAnswer, Title: fmt.Sprintf("Pháo hoa số %d", i)})
	}
	for i := range 40 {
		docs = append(docs, document{ID: fmt.Sprintf("guide:many#%d", i), Owner: "guide:many", Group: "guide:many", Kind: KindGuide,
			Title: "Pháo hoa", Heading: fmt.Sprintf("Loại %d", i)})
	}
	if err := v.apply(t.Context(), update{docs: docs}, 2, "x"); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for offset := 0; offset < 130; offset += 10 {
		result := ask(t, v, Query{Text: "pháo hoa", Limit: 10, Offset: offset})
		if result.Total != 121 {
			t.Errorf("offset %d: got a total of %d, want 121", offset, result.Total)
		}
		for _, id := range ids(result.Hits) {
			if seen[id] {
				t.Errorf("offset %d: %s for the second time", offset, id)
			}
			seen[id] = true
		}
	}
	if len(seen) != 121 {
		t.Errorf("got %d hits on all pages, want 121", len(seen))
	}
}
