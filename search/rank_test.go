package search

import (
	"fmt"
	"slices"
	"testing"
)

func TestLongestPieceOfAQueryInAText(t *testing.T) {
	tests := []struct {
		text, query string
		want        int
	}{
		{"mang hòm phiếu phụ đến nhà", "hòm phiếu phụ", 3},
		{"hòm phiếu và phiếu phụ", "hòm phiếu phụ", 2},
		{"phụ phiếu hòm", "hòm phiếu phụ", 0},
		{"hòm", "hòm phiếu", 0},
		{"", "hòm phiếu", 0},
		{"hòm phiếu", "", 0},
	}
	for _, tt := range tests {
		text := phrase(syllables(tt.text)).folded()
		if got := longestPiece(text, join(syllables(tt.query), foldedForm)); got != tt.want {
			t.Errorf("%q in %q: got %d, want %d", tt.query, tt.text, got, tt.want)
		}
	}
}

func TestPlacesAreCountedInSyllables(t *testing.T) {
	q := understand("cử tri trẻ")
	got := fmt.Sprint(q.places(phrase(syllables("Thẻ cử tri của cử tri trẻ")).folded()))
	if want := "[{{1 3} 0} {{4 6} 0} {{5 7} 1}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	q = understand("ha")
	if got := len(q.places(phrase(syllables("ha ha ha")).folded())); got != 3 {
		t.Errorf("got %d places of a repeated syllable, want 3", got)
	}
}

func TestShortestStretchHoldsEachKindOfMatch(t *testing.T) {
	at := func(start, unit int) match { return match{span{start, start + 2}, unit} }
	tests := []struct {
		name          string
		list          []match
		length, kinds int
	}{
		{"none", nil, 0, 0},
		{"one", []match{at(3, 0)}, 2, 1},
		{"two side by side", []match{at(0, 0), at(2, 1)}, 4, 2},
		{"the later pair is closer", []match{at(0, 0), at(9, 1), at(20, 0), at(21, 1)}, 3, 2},
		{"the third kind decides", []match{at(0, 0), at(1, 1), at(30, 2), at(40, 0)}, 31 + 1, 3},
	}
	for _, tt := range tests {
		if length, kinds := shortestStretch(tt.list); length != tt.length || kinds != tt.kinds {
			t.Errorf("%s: got %d, %d, want %d, %d", tt.name, length, kinds, tt.length, tt.kinds)
		}
	}
}

func TestTheFrameOfAQuestionIsNoPartOfItsTitle(t *testing.T) {
	list := phrase(syllables("Cử tri đi xa có được bỏ phiếu không?"))
	var got []string
	for _, s := range withoutCourtesies(list) {
		got = append(got, s.exact)
	}
	if want := []string{"cử", "tri", "đi", "xa", "bỏ", "phiếu"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
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
