package search

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// weigh looks the units up and gives all parts of the question their weight:
// what few texts have says most. Of a long query only the most telling units
// are kept. It gives the lists of each shelf's units.
func (f *finder) weigh() ([][]postings, error) {
	lists := make([][]postings, len(f.shelves))
	for i, s := range f.shelves {
		for u := range f.q.units {
			p, err := s.ofUnit(&f.q.units[u])
			if err != nil {
				return nil, err
			}
			lists[i] = append(lists[i], p)
		}
	}
	for u := range f.q.units {
		count := 0
		for i := range lists {
			count += lists[i][u].count
		}
		f.q.units[u].weight = f.rarity(count)
	}
	for u := range f.q.asides {
		count, err := f.count(f.q.asides[u].forms[0])
		if err != nil {
			return nil, err
		}
		f.q.asides[u].weight = courtesyWeight * f.rarity(count)
	}
	f.q.telling, f.q.unheard = make([]float64, len(f.q.words)), make([]bool, len(f.q.words))
	for i := range f.q.words {
		count, err := f.countSyllable(f.q.words[i].folded)
		if err != nil {
			return nil, err
		}
		f.q.unheard[i] = count == 0
		if f.q.telling[i] = f.rarity(count); !f.q.deciding[i] {
			f.q.telling[i] *= courtesyWeight
		}
	}
	return f.keepTelling(lists), nil
}

// rarity is what a part that so many documents have says.
func (f *finder) rarity(count int) float64 {
	return math.Log(1 + (float64(f.total)+0.5)/(float64(count)+0.5))
}

// count is how many documents have the rarest pair of a form.
func (f *finder) count(of form) (int, error) {
	if f.lexicon != nil && len(of.words) == 2 {
		if p := f.lexicon.pair(f.lexicon.id(of.words[0].folded), f.lexicon.id(of.words[1].folded)); p != nil {
			return int(p.texts), nil
		}
		return 0, nil
	}
	field, terms := of.terms()
	least := math.MaxInt
	for _, term := range terms {
		count := 0
		for _, s := range f.shelves {
			p, err := s.postings(field, term)
			if err != nil {
				return 0, err
			}
			count += p.count
		}
		least = min(least, count)
	}
	return least, nil
}

func (f *finder) countSyllable(folded string) (count int, err error) {
	if f.lexicon != nil {
		if id := f.lexicon.id(folded); id != unknown {
			return int(f.lexicon.texts[id]), nil
		}
	}
	for _, s := range f.shelves {
		p, err := s.postings(fieldSingle, folded)
		if err != nil {
			return 0, err
		}
		count += p.count
	}
	return count, nil
}

// keepTelling leaves the rarest units of a long query, with their lists.
func (f *finder) keepTelling(lists [][]postings) [][]postings {
	units := f.q.units
	if len(units) <= maxUnits {
		return lists
	}
	order := make([]int, len(units))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(units[b].weight, units[a].weight) })
	order = order[:maxUnits]
	slices.Sort(order)
	f.q.units = pick(units, order)
	for i := range lists {
		lists[i] = pick(lists[i], order)
	}
	return lists
}

func pick[T any](list []T, places []int) []T {
	picked := make([]T, len(places))
	for i, at := range places {
		picked[i] = list[at]
	}
	return picked
}

// completeLast adds to the list of the last unit what begins with it, while its
// last syllable may still be typed and hardly any text has it as it stands. The
// syllables that it may become then count as the last one.
func (f *finder) completeLast(lists [][]postings) error {
	last, count := len(f.q.units)-1, 0
	if f.q.prefix == nil || !f.q.units[last].forms[0].words.sounds(f.q.prefix.words) { // a long query may have lost it
		return nil
	}
	for i := range lists {
		count += lists[i][last].count
	}
	if count >= fewHits {
		return nil
	}
	field, terms := f.q.prefix.terms()
	for i, s := range f.shelves {
		any := lists[i][last].bitmap()
		err := s.eachTerm(field, terms[0], maxCompletions, func(term string, p postings) error {
			p.addTo(any)
			f.q.completions = append(f.q.completions, term[strings.LastIndexByte(term, ' ')+1:])
			return nil
		})
		if err != nil {
			return fmt.Errorf("complete %q: %w", terms[0], err)
		}
		lists[i][last] = postings{many: any, count: int(any.GetCardinality())}
	}
	return nil
}
