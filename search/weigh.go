package search

import (
	"context"
	"fmt"
	"math"
	"slices"

	index "github.com/blevesearch/bleve_index_api"
)

// scale tells how rare words are in one index.
type scale struct {
	reader index.IndexReader
	total  float64 // documents
}

// weigh gives all parts of a query their weight: what few texts have says most.
// Of a long query only the most telling units are kept.
func (v *volume) weigh(ctx context.Context, q *question) (err error) {
	reader, err := v.reader()
	if err != nil {
		return err
	}
	defer func() {
		if closed := reader.Close(); err == nil && closed != nil {
			err = fmt.Errorf("close reader: %w", closed)
		}
	}()
	total, err := reader.DocCount()
	if err != nil {
		return fmt.Errorf("count documents: %w", err)
	}
	return q.weigh(ctx, scale{reader, float64(total)})
}

func (q *question) weigh(ctx context.Context, s scale) error {
	for _, units := range [][]unit{q.units, q.asides} {
		for i := range units {
			if err := s.weigh(ctx, &units[i]); err != nil {
				return err
			}
		}
	}
	for i := range q.asides {
		q.asides[i].weight *= courtesyWeight
	}
	q.telling = make([]float64, len(q.words))
	for i := range q.words {
		rarity, err := s.rarity(ctx, newForm(q.words[i:i+1], typedWeight))
		if err != nil {
			return err
		}
		if q.telling[i] = rarity; !q.deciding[i] {
			q.telling[i] *= courtesyWeight
		}
	}
	q.keepTelling()
	return nil
}

// weigh makes a unit as rare as its most frequent form, and no form count more
// than that one: a seldom spelling is no better match.
func (s scale) weigh(ctx context.Context, u *unit) error {
	rare := make([]float64, len(u.forms))
	for i, f := range u.forms {
		var err error
		if rare[i], err = s.rarity(ctx, f); err != nil {
			return err
		}
	}
	u.weight = slices.Min(rare)
	for i := range u.forms {
		u.forms[i].weight *= u.weight / rare[i]
	}
	return nil
}

// rarity of a form is that of its rarest pair.
func (s scale) rarity(ctx context.Context, f form) (float64, error) {
	least := uint64(math.MaxUint64)
	field, terms := f.terms()
	for _, t := range terms {
		postings, err := s.reader.TermFieldReader(ctx, []byte(t), field, false, false, false)
		if err != nil {
			return 0, fmt.Errorf("count %q: %w", t, err)
		}
		least = min(least, postings.Count())
		if err := postings.Close(); err != nil {
			return 0, fmt.Errorf("close %q: %w", t, err)
		}
	}
	return math.Log(1 + (s.total+0.5)/(float64(least)+0.5)), nil
}

func (q *question) keepTelling() {
	if len(q.units) <= maxUnits {
		return
	}
	weights := make([]float64, len(q.units))
	for i, u := range q.units {
		weights[i] = u.weight
	}
	slices.Sort(weights)
	least := weights[len(weights)-maxUnits]
	kept := q.units[:0]
	for _, u := range q.units {
		if u.weight >= least && len(kept) < maxUnits {
			kept = append(kept, u)
		}
	}
	q.units = kept
}
