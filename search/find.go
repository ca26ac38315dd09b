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

// find asks for most of the units first. Where no text has them, or hardly any
// has both units of a short query, it asks for less and keeps of that what comes
// near the best.
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
	total := f.groups()
	found, err := f.ranked(ctx, total)
	if err != nil || f.satisfied(found) {
		return found, err
	}
	f.tally, f.counted = counting{}, nil
	if err := f.gatherLoosely(ctx, lists); err != nil {
		return finding{}, err
	}
	less, err := f.ranked(ctx, f.groups())
	if err != nil {
		return finding{}, err
	}
	less.list = nearBest(less.list)
	if f.asked.Facets {
		less.facets = f.facetsOf(less.list)
	}
	less.total, less.loosened = len(less.list), total == 0 && len(less.list) > 0
	return less, nil
}

// satisfied reports whether the best text has about all words of the query, or
// whether what was asked stands in the title of the best.
func (f *finder) satisfied(found finding) bool {
	if len(found.list) == 0 {
		return false
	}
	best := &found.list[0]
	return best.parts[partNamed] > 0 || best.parts[partRun] >= runEnough || found.total >= fewHits && best.share >= wordsEnough
}

// What the best text of a search must have, else less is asked: so much of the
// query in a piece, or so many of its words, wherever they stand.
const (
	runEnough   = 1.1
	wordsEnough = 0.99
)

// ranked puts the hits in order, as many as the page needs.
func (f *finder) ranked(ctx context.Context, total int) (finding, error) {
	found := finding{total: total}
	if f.asked.Facets {
		found.facets = f.tally.facets()
	}
	order, judged := f.byFirst, maxRanked
	need := max(maxRanked, f.asked.Offset+f.asked.Limit) + len(f.hits) - total
	if f.asked.Newest {
		order, judged = f.byDate, need
	}
	best := firstOf(f.hits, need, order)
	for i, h := range best {
		c := candidate{hitAt: h}
		if i < judged {
			if err := f.judge(ctx, &c); err != nil {
				return finding{}, err
			}
		}
		found.list = append(found.list, c)
	}
	if head := found.list[:min(len(found.list), judged)]; !f.asked.Newest && len(head) > 0 {
		slices.SortFunc(head, byScore)
		for i := len(head); i < len(found.list); i++ { // what is behind is no better
			found.list[i].score = head[len(head)-1].score
		}
	}
	found.list = oneOfEach(found.list)
	return found, nil
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
