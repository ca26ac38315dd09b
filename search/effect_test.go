package search

import (
	"context"
	"slices"
	"strings"
	"testing"

	"sotay/internal/fault"
)

// effectOn is the effect of a change on one query.
func effectOn(t *testing.T, x *Index, w Word, query string) Effect {
	t.Helper()
	list, err := x.Effect(t.Context(), w, []string{query})
	must(t, err)
	if list[0].Query != query || !list[0].Given {
		t.Fatalf("got %+v, want the given query first", list[0])
	}
	return list[0]
}

func TestTheEffectOfASynonymIsShownAndNotSaved(t *testing.T) {
	n := newNode(t)
	must(t, SeedWords(t.Context(), n.db, "operator"))
	x, _ := n.start(t)
	changes, err := n.db.LastChange(t.Context())
	must(t, err)
	e := effectOn(t, x, Word{Typed: "rèm sân khấu", Official: "phông màn", Relation: Same}, "may rem san khau")
	if e.Before.Total != 0 || len(e.After.Hits) != 1 || e.After.Hits[0].Title != "Phông màn màu gì?" || e.After.Hits[0].Other != 0 || !e.Changed() || !e.Moved() {
		t.Errorf("got %+v, want the text found only afterwards", e)
	}
	if want := []string{"rèm sân khấu = phông màn"}; len(e.Before.Understood) > 0 || !slices.Equal(e.After.Understood, want) {
		t.Errorf("got %q, then %q, want %q", e.Before.Understood, e.After.Understood, want)
	}
	if got := refsOf(t, x, "rèm sân khấu"); got != "" {
		t.Errorf("the trial was saved: got %q", got)
	}
	if after, err := n.db.LastChange(t.Context()); err != nil || after != changes {
		t.Errorf("the trial wrote %d changes, %v", after-changes, err)
	}
}

func TestAUselessCourtesyHasNoEffect(t *testing.T) {
	x, _ := newNode(t).start(t)
	list, err := x.Effect(t.Context(), Word{Typed: "chao ôi là", Relation: Courtesy}, []string{"thùng phiếu mưa ướt", "phông màn"})
	must(t, err)
	for _, e := range list {
		if e.Changed() {
			t.Errorf("got %+v, want no change", e)
		}
	}
	if len(list) < 40 {
		t.Errorf("tried only %d queries", len(list))
	}
}

func TestTheEffectOfTakingAWordOutOfUse(t *testing.T) {
	n := newNode(t)
	must(t, SeedWords(t.Context(), n.db, "operator"))
	x, _ := n.start(t)
	w := find(t, x, "thùng phiếu", "hòm phiếu")
	w.Removed = true
	e := effectOn(t, x, w, "thùng phiếu ướt")
	if !e.Changed() || len(e.Before.Understood) == 0 {
		t.Errorf("got %+v, want the query understood otherwise", e)
	}
	w.Removed, w.Official = false, "hộp phiếu"
	if e = effectOn(t, x, w, "thùng phiếu ướt"); !slices.Equal(e.After.Understood, []string{"thùng phiếu = hộp phiếu"}) {
		t.Errorf("got %q, want the new side in place of the old one", e.After.Understood)
	}
}

func TestATrialTakesItsQueriesFromTheLog(t *testing.T) {
	n := newNode(t)
	x, _ := n.start(t)
	l := NewLog(n.db)
	l.Asked("treo rèm sân khấu ở đâu", 0)
	l.Asked("rèm cửa", 0)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	must(t, l.Run(ctx))
	list, err := x.Effect(t.Context(), Word{Typed: "Rèm sân khấu", Official: "phông màn", Relation: Same}, []string{" phông   màn ", "", "phông màn"})
	must(t, err)
	var got []string
	for _, e := range list[:3] {
		got = append(got, e.Query)
	}
	if want := []string{"phông màn", "Rèm sân khấu", "treo rem san khau o dau"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q first", got, want)
	}
	if slices.ContainsFunc(list, func(e Effect) bool { return e.Query == "rem cua" }) {
		t.Error("a query without the whole typed side is tried")
	}
}

func TestABadTrialIsRefused(t *testing.T) {
	x, _ := newNode(t).start(t)
	good := Word{Typed: "rèm sân khấu", Official: "phông màn", Relation: Same}
	tests := []struct {
		name    string
		word    Word
		samples []string
		field   string
	}{
		{"no typed side", Word{Official: "phông màn", Relation: Same}, nil, "typed"},
		{"a letter that cannot be read", good, []string{"a\x00b"}, "samples"},
		{"a long query", good, []string{strings.Repeat("rèm ", MaxQueryRunes)}, "samples"},
		{"many queries", good, strings.Split("a b c d e f g h i k l", " "), "samples"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := x.Effect(t.Context(), tt.word, tt.samples)
			if f, ok := fault.Of(err); !ok || f.Kind != fault.KindInvalid || len(f.Fields) != 1 || f.Fields[0].Name != tt.field {
				t.Errorf("got %+v, want one sentence for %s", err, tt.field)
			}
		})
	}
}

func TestATrialWithoutIndexSaysSo(t *testing.T) {
	x := newNode(t).open()
	if _, err := x.Effect(t.Context(), Word{Typed: "rèm", Official: "phông màn", Relation: Same}, nil); !fault.Is(err, fault.KindUnavailable) {
		t.Errorf("got %v, want it unavailable", err)
	}
}

func TestDoubtfulWordsAreWarnedAbout(t *testing.T) {
	n := newNode(t)
	must(t, SeedWords(t.Context(), n.db, "operator"))
	x, _ := n.start(t)
	tests := []struct {
		typed, official string
		relation        Relation
		want            []Doubt
	}{
		{"rèm sân khấu", "phông màn", Same, nil},
		{"TT", "Thông tư", Same, []Doubt{DoubtLetters}},
		{"SAO", "Sổ an toàn", Same, []Doubt{DoubtEveryday}},
		{"thẻ", "thẻ cử tri", Same, []Doubt{DoubtSyllable}},
		{"KVBP", "khu vực bầu phiếu", Same, []Doubt{DoubtMeanings}},
		{"den long", "đèn lồng", Same, []Doubt{DoubtRedundant}},
		{"ạ", "", Courtesy, nil},
	}
	for _, tt := range tests {
		got, others, err := x.Doubts(t.Context(), Word{Typed: tt.typed, Official: tt.official, Relation: tt.relation})
		must(t, err)
		if !slices.Equal(got, tt.want) || (len(others) > 0) != slices.Contains(tt.want, DoubtMeanings) {
			t.Errorf("%q: got %q, others %q, want %q", tt.typed, got, others, tt.want)
		}
	}
}
