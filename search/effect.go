package search

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

//go:embed samples.txt
var samplesText string

// Effect is what a change of the dictionary would do to one query.
type Effect struct {
	Query         string
	Given         bool // by the person; the others are chosen here
	Before, After Sight
}

// Sight is what a reader would see of a query.
type Sight struct {
	Understood []string // "UBND = Ủy ban nhân dân"
	Near       []string
	Corrected  string
	Total      int
	Hits       []Seen // the first few
}

// Seen is a hit with its place there and on the other side, from 1.
type Seen struct {
	Hit
	Place, Other int // Other is 0 for what is not among the first there
}

// Changed reports whether a reader would see anything else.
func (e Effect) Changed() bool {
	b, a := e.Before, e.After
	return b.Total != a.Total || b.Corrected != a.Corrected || !slices.Equal(b.Understood, a.Understood) || !slices.Equal(b.Near, a.Near) || e.Moved()
}

// Moved reports whether the first hits are others or stand otherwise.
func (e Effect) Moved() bool {
	other := func(s Seen) bool { return s.Place != s.Other }
	return slices.ContainsFunc(e.Before.Hits, other) || slices.ContainsFunc(e.After.Hits, other)
}

// Effect tries a change of the dictionary and saves nothing. A word with an ID
// takes the place of the stored one, or is taken out of use when it is removed;
// one without is added. It is tried on the queries that the person gives, on
// what readers asked lately with the typed side, and on common questions.
func (x *Index) Effect(ctx context.Context, change Word, given []string) ([]Effect, error) {
	w, err := newWord(change.Typed, change.Official, change.Relation)
	if err != nil {
		return nil, err
	}
	w.ID, w.Removed = change.ID, change.Removed
	samples, err := x.samples(ctx, w, given)
	if err != nil {
		return nil, err
	}
	list, err := storedWords(ctx, x.db)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		list = embedded
	}
	before, after := newDictionary(list), newDictionary(withWord(list, w))
	for i := range samples {
		if err := x.try(ctx, &samples[i], before, after); err != nil {
			return nil, fmt.Errorf("try word %q on %q: %w", w.told(), samples[i].Query, err)
		}
	}
	return samples, nil
}

// withWord is the dictionary as the change would leave it. The order counts:
// only the first few meanings of a phrase are tried.
func withWord(list []Word, w Word) []Word {
	list = slices.Clone(list)
	at := slices.IndexFunc(list, func(s Word) bool { return w.ID != "" && s.ID == w.ID })
	if at >= 0 && (w.Removed || list[at].key() != w.key()) {
		list[at].Removed = true
	}
	if w.Removed {
		return list
	}
	if at < 0 || list[at].Removed {
		at = slices.IndexFunc(list, func(s Word) bool { return s.key() == w.key() })
	}
	if at < 0 {
		return append(list, w)
	}
	w.ID = list[at].ID
	list[at] = w
	return list
}

// samples are the queries of a trial, the person's own first, none twice.
func (x *Index) samples(ctx context.Context, w Word, given []string) (list []Effect, err error) {
	seen := map[string]bool{}
	add := func(query string, mine bool) bool {
		query = strings.Join(strings.Fields(query), " ")
		key := spoken(query)
		if key == "" || seen[key] {
			return false
		}
		seen[key] = true
		list = append(list, Effect{Query: query, Given: mine})
		return true
	}
	for _, query := range given {
		if query, err = viet.Clean(query, MaxQueryRunes); err != nil || len(list) == MaxSamples {
			const sentence = "Hãy ghi mỗi câu thử một dòng, nhiều nhất %d câu, mỗi câu nhiều nhất %d ký tự."
			told := fmt.Sprintf(sentence, MaxSamples, MaxQueryRunes)
			return nil, fault.Invalid(told, fault.Field{Name: "samples", Sentence: told})
		}
		add(query, true)
	}
	add(w.Typed, false)
	asked, err := x.asked(ctx, w)
	if err != nil {
		return nil, err
	}
	for _, query := range asked {
		add(query, false)
	}
	for line := range strings.Lines(samplesText) {
		if !strings.HasPrefix(line, "#") {
			add(line, false)
		}
	}
	return list, nil
}

// asked are the most frequent of the latest queries with the typed side.
func (x *Index) asked(ctx context.Context, w Word) (list []string, err error) {
	var searches []Search
	err = x.db.Read(ctx, func(tx *store.Tx) (err error) {
		searches, err = mostAsked(tx, viet.DateOf(tx.Now()).AddDays(-SampleDays), maxSampled)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read searches with %q: %w", w.Typed, err)
	}
	typed := phrase(syllables(w.Typed))
	for _, s := range searches {
		if typed.within(syllables(s.Query)) {
			list = append(list, s.Query)
		}
		if len(list) == maxAsked {
			break
		}
	}
	return list, nil
}

// within reports whether a query has the phrase somewhere.
func (p phrase) within(query []syllable) bool {
	for at := range query {
		if p.begins(query[at:]) {
			return true
		}
	}
	return false
}

// try asks one query with both dictionaries.
func (x *Index) try(ctx context.Context, e *Effect, before, after dictionary) error {
	asked := Query{Text: e.Query, Limit: effectReach}.bounded()
	var earlier, later Result
	err := x.ask(ctx, e.Query, func(ctx context.Context, v *volume) (err error) {
		if earlier, err = v.answer(ctx, before, asked); err != nil {
			return err
		}
		later, err = v.answer(ctx, after, asked)
		return err
	})
	if err != nil {
		return err
	}
	e.Before, e.After = sight(earlier, later), sight(later, earlier)
	return nil
}

func sight(here, there Result) Sight {
	s := Sight{Understood: here.Understood, Near: here.Near, Corrected: here.Corrected, Total: here.Total}
	for i, h := range here.Hits[:min(effectHits, len(here.Hits))] {
		other := 1 + slices.IndexFunc(there.Hits, func(o Hit) bool { return o.page() == h.page() })
		s.Hits = append(s.Hits, Seen{Hit: h, Place: i + 1, Other: other})
	}
	return s
}

// page is the address without the section: a guide counts as itself wherever it
// opens.
func (h Hit) page() string {
	page, _, _ := strings.Cut(h.URL, "#")
	return page
}

// Doubt is a reason to think twice about a word.
type Doubt string

// The doubts.
const (
	DoubtMeanings  Doubt = "meanings"  // the typed side stands for other words as well
	DoubtSyllable  Doubt = "syllable"  // one everyday syllable means too much
	DoubtEveryday  Doubt = "everyday"  // typed without capitals and tones, the abbreviation is an everyday syllable
	DoubtLetters   Doubt = "letters"   // an abbreviation of two letters has many meanings: "TT"
	DoubtRedundant Doubt = "redundant" // both sides are the same without tones, so search takes them for one anyway
)

// Doubts are reasons to think twice about a word; it may be saved all the same.
// others are the words that the typed side already stands for.
func (x *Index) Doubts(ctx context.Context, w Word) (doubts []Doubt, others []string, err error) {
	list, err := storedWords(ctx, x.db)
	if err != nil {
		return nil, nil, err
	}
	typed := phrase(syllables(w.Typed))
	for _, s := range list {
		if !s.Removed && s.ID != w.ID && s.Relation == Same && w.Relation == Same && phrase(syllables(s.Typed)).sounds(typed) && s.key() != w.key() {
			others = append(others, s.Official)
		}
	}
	if len(others) > 0 {
		doubts = append(doubts, DoubtMeanings)
	}
	if w.Relation != Courtesy && typed.sounds(syllables(w.Official)) {
		doubts = append(doubts, DoubtRedundant)
	}
	if len(typed) != 1 || w.Relation == Courtesy {
		return doubts, others, nil
	}
	switch {
	case !w.abbreviates():
		doubts = append(doubts, DoubtSyllable)
	case strings.ContainsFunc(typed[0].folded, isVowel) && x.has(typed[0].folded):
		doubts = append(doubts, DoubtEveryday)
	case len(typed[0].folded) == 2:
		doubts = append(doubts, DoubtLetters)
	}
	return doubts, others, nil
}

// has reports whether some text has a syllable, as far as is known by now.
func (x *Index) has(folded string) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.current == nil {
		return false
	}
	l := x.current.lexicon.Load()
	return l != nil && l.id(folded) != unknown
}
