package search

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
)

// finder answers one question from one snapshot.
type finder struct {
	*snapshot
	q     *question
	asked Query
	*scratch

	today   string
	lexicon *lexicon // nil until it is learnt
	loose   bool
	tally   counting           // when facets are asked for
	counted map[[2]uint16]bool // groups in the tally
}

// scratch is memory that searches use one after the other.
type scratch struct {
	score   []float32 // of each document of a shelf
	met     []uint8   // how many units it has
	touched []uint32  // documents with a unit
	buffer  []uint32
	hits    []hitAt
	coded   coded
	view    view
}

var scratches = sync.Pool{New: func() any { return &scratch{buffer: make([]uint32, 512)} }}

// hitAt is a document that has enough of the query.
type hitAt struct {
	first        float32 // the weight of what it has
	doc          uint32
	shelf, group uint16 // group 0: it stands alone
}

func (h hitAt) ofGroup() [2]uint16 { return [2]uint16{h.shelf, h.group} }

// candidate is a hit whose text was compared with the question.
type candidate struct {
	hitAt
	parts parts
	score float64
	share float64 // of the query's words that it has
	name  string  // decides between equal scores
}

// finding is what the index has for a question, one document of each group.
type finding struct {
	list     []candidate // in the order of rank, as far as the page needs
	total    int         // groups, also those beyond the list
	loosened bool
	facets   []Facet
}

// find asks for most of the units first. Where the best text that has them lacks
// too much of the query, it asks for less and keeps of that what comes near the
// best. What is found is the same in each order.
func (f *finder) find(ctx context.Context) (finding, error) {
	lists, err := f.weigh()
	if err != nil {
		return finding{}, err
	}
	if err := f.completeLast(lists); err != nil {
		return finding{}, err
	}
	f.q.patterns = f.q.prepare()
	least := int(math.Ceil(sharePerQuery*float64(len(f.q.units)) - 1e-9))
	if err := f.gather(ctx, lists, least); err != nil {
		return finding{}, err
	}
	best, err := f.best(ctx)
	if err != nil {
		return finding{}, err
	}
	total := f.groups()
	if f.satisfied(best, total) {
		return f.whole(best, total), nil
	}
	if err := f.gatherLoosely(ctx, lists); err != nil {
		return finding{}, err
	}
	if best, err = f.best(ctx); err != nil {
		return finding{}, err
	}
	return f.nearest(best, total == 0), nil
}

// satisfied reports whether the best text has about all words of the query, or
// the query as a whole, or whether there are plenty of texts. A plan shows what
// others explain: it does not end the search for them.
func (f *finder) satisfied(best []candidate, total int) bool {
	if len(best) == 0 {
		return false
	}
	first := &best[max(0, slices.IndexFunc(best, func(c candidate) bool { return f.kind(c) != KindPlan }))]
	return first.parts[partNamed] > 0 || first.parts[partRun] >= runEnough || total >= fewHits && first.share >= wordsEnough || total > plenty
}

func (f *finder) kind(c candidate) string { return f.shelves[c.shelf].columns.of[byKind].value(c.doc) }

// What a search must have found, else less is asked: so much of the query in a
// piece of the best text, or so many of the words that any text has, wherever
// they stand; or so many texts.
const (
	runEnough   = 1.1
	wordsEnough = 0.99
	plenty      = 1000
)

// best judges the most promising hits and gives them in the order of rank.
func (f *finder) best(ctx context.Context) ([]candidate, error) {
	hits := firstOf(f.hits, maxRanked, f.byFirst)
	list := make([]candidate, len(hits))
	for i, h := range hits {
		list[i].hitAt = h
		if err := f.judge(ctx, &list[i]); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(list, byScore)
	return list, nil
}

// whole is all that was found, as far as the page needs.
func (f *finder) whole(best []candidate, total int) finding {
	found := finding{total: total}
	if f.asked.Facets {
		found.facets = f.tally.facets()
	}
	need := f.asked.Offset + f.asked.Limit
	if f.asked.Newest {
		for _, h := range firstOf(f.oneHitOfEach(), need, f.byDate) {
			found.list = append(found.list, candidate{hitAt: h})
		}
		return found
	}
	found.list = best
	if rest := f.hits[len(best):]; need+len(f.hits)-total > len(best) {
		for _, h := range firstOf(rest, need+len(f.hits)-total-len(best), f.byFirst) { // what is behind is no better
			found.list = append(found.list, candidate{hitAt: h, score: best[len(best)-1].score})
		}
	}
	found.list = oneOfEach(found.list)
	return found
}

// nearest is what comes near the best of a loose search: no more than was judged.
// Its counts are those of the list; values that the filter leaves out have none.
func (f *finder) nearest(best []candidate, loosened bool) finding {
	list := nearBest(oneOfEach(best))
	found := finding{list: list, total: len(list), loosened: loosened && len(list) > 0}
	if f.asked.Facets {
		found.facets = f.facetsOf(list)
	}
	if f.asked.Newest {
		slices.SortStableFunc(found.list, func(a, b candidate) int { return f.byDate(a.hitAt, b.hitAt) })
	}
	return found
}

// judge reads a document's text and gives it its score.
func (f *finder) judge(ctx context.Context, c *candidate) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	err := f.visit(c.hitAt, func(v *view) {
		c.parts = f.q.judge(v, &f.coded, f.today)
		c.share = f.q.patterns.share(&f.coded)
		c.name = string(v.facts[factCode]) + string(v.facts[factRef]) + string(v.facts[factID])
	})
	c.score = c.parts.sum()
	return err
}

// visit shows the stored document of a hit; the view is valid only meanwhile.
func (f *finder) visit(h hitAt, show func(*view)) error {
	var wrong error
	err := f.shelves[h.shelf].segment.VisitStoredFields(uint64(h.doc), func(field string, _ byte, value []byte, _ []uint64) bool {
		if field == fieldStored {
			if wrong = f.view.read(value); wrong == nil {
				show(&f.view)
			}
		}
		return true
	})
	if err != nil {
		return fmt.Errorf("read document %d: %w", h.doc, err)
	}
	return wrong
}

func (f *finder) byFirst(a, b hitAt) int {
	switch {
	case a.first > b.first:
		return -1
	case a.first < b.first:
		return 1
	}
	return cmp.Or(cmp.Compare(f.order(a), f.order(b)), cmp.Compare(a.shelf, b.shelf))
}

// order is the place of a hit by its id, or by its number until those are known.
func (f *finder) order(h hitAt) uint32 {
	if order := f.shelves[h.shelf].columns.order.Load(); order != nil {
		return (*order)[h.doc]
	}
	return h.doc
}

func (f *finder) byDate(a, b hitAt) int {
	date := func(h hitAt) string { return f.shelves[h.shelf].columns.of[byDate].value(h.doc) }
	return cmp.Or(cmp.Compare(date(b), date(a)), f.byFirst(a, b))
}

func byScore(a, b candidate) int {
	return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.name, b.name))
}
