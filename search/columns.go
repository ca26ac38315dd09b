package search

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"
)

// columns tell for each document of a shelf what it can be narrowed and sorted
// by. They are read once for a segment, which never changes.
type columns struct {
	of    [columnCount]column
	group column                   // empty for a document that stands alone
	order atomic.Pointer[[]uint32] // the place of each document by its id, which decides where nothing else does; nil until it is read
}

// The columns, in the order of the facets; dates come last.
const (
	byKind = iota
	byTopic
	bySession
	byAgency
	byYear
	byDate
	columnCount
)

var columnFields = [columnCount]string{fieldKind, fieldTopic, fieldSession, fieldAgency, fieldYear, fieldDate}

// column gives a value for each document: a place in values, 0 for none.
type column struct {
	values []string // ascending, behind ""
	of     []uint16
}

func (c *column) value(doc uint32) string { return c.values[c.of[doc]] }

// maxValues is how many different values a column tells apart; those beyond
// are as if they were not there.
const maxValues = 1<<16 - 1

// columnCache keeps the columns of the segments that are in use.
type columnCache struct {
	mu sync.Mutex
	of map[uint64]*columns
}

func (v *volume) columnsOf(id uint64, s *shelf) (*columns, error) {
	v.columns.mu.Lock()
	defer v.columns.mu.Unlock()
	if c := v.columns.of[id]; c != nil && len(c.group.of) == s.size {
		return c, nil
	}
	c := &columns{}
	for i, field := range columnFields {
		if err := c.of[i].read(s, field); err != nil {
			return nil, err
		}
	}
	if err := c.group.read(s, fieldGroup); err != nil {
		return nil, err
	}
	if v.columns.of == nil || len(v.columns.of) > maxColumns {
		v.columns.of = map[uint64]*columns{}
	}
	v.columns.of[id] = c
	return c, nil
}

// read fills a column from a field's terms and their documents.
func (c *column) read(s *shelf, field string) error {
	c.values, c.of = []string{""}, make([]uint16, s.size)
	buffer := make([]uint32, 256)
	return s.eachTerm(field, "", maxValues, func(term string, p postings) error {
		c.values = append(c.values, term)
		at := uint16(len(c.values) - 1)
		p.each(buffer, func(docs []uint32) {
			for _, doc := range docs {
				c.of[doc] = at
			}
		})
		return nil
	})
}

func (c *columns) readOrder(s *shelf) error {
	order := make([]uint32, s.size)
	next := uint32(0)
	buffer := make([]uint32, 1)
	err := s.eachTerm(fieldID, "", math.MaxInt, func(_ string, p postings) error {
		p.each(buffer, func(docs []uint32) { order[docs[0]] = next })
		next++
		return nil
	})
	if err == nil {
		c.order.Store(&order)
	}
	return err
}

// readOrders reads what a search can do without at first.
func (v *volume) readOrders() error {
	s, err := v.snapshot()
	if err != nil {
		return err
	}
	for _, sh := range s.shelves {
		if sh.columns.order.Load() == nil {
			err = errors.Join(err, sh.columns.readOrder(sh))
		}
	}
	return errors.Join(err, s.close())
}

// eachTerm visits the terms of a field that begin so, in ascending order, at
// most so many.
func (s *shelf) eachTerm(field, beginning string, most int, visit func(term string, p postings) error) error {
	d, err := s.dict(field)
	if err != nil || d == nil {
		return err
	}
	var from, to []byte
	if beginning != "" {
		from = []byte(beginning)
		to = append([]byte(beginning[:len(beginning)-1]), beginning[len(beginning)-1]+1)
	}
	terms := d.AutomatonIterator(nil, from, to)
	for range most {
		entry, err := terms.Next()
		if err != nil || entry == nil {
			return err
		}
		list, err := d.PostingsList([]byte(entry.Term), nil, nil)
		if err != nil {
			return err
		}
		p, err := readPostings(list)
		if err != nil {
			return err
		}
		if err := visit(entry.Term, p); err != nil {
			return err
		}
	}
	return nil
}

// noColumn means that a document passes all of a filter; manyColumns that it
// fails more than one column, so that it counts for no facet.
const (
	noColumn    = -1
	manyColumns = -2
)

// passing tells which values of a shelf's columns pass a filter.
type passing struct {
	allowed [byDate][]bool // by place in values; nil when all pass
	laws    *roaring.Bitmap
}

func (s *shelf) passing(f Filter) (p passing, err error) {
	for i, wanted := range [byDate][]string{f.Kinds, f.Topics, f.Sessions, f.Agencies, f.Years} {
		if len(wanted) == 0 {
			continue
		}
		p.allowed[i] = make([]bool, len(s.columns.of[i].values))
		for at, value := range s.columns.of[i].values {
			p.allowed[i][at] = at > 0 && slices.Contains(wanted, value)
		}
	}
	if len(f.Laws) == 0 {
		return p, nil
	}
	p.laws = roaring.New()
	for _, key := range f.Laws {
		for _, field := range []string{fieldID, fieldOwner} {
			of, err := s.postings(field, owner(KindLaw, key))
			if err != nil {
				return passing{}, err
			}
			of.addTo(p.laws)
		}
	}
	return p, nil
}

// all reports whether every document passes.
func (p *passing) all() bool {
	return p.laws == nil && !slices.ContainsFunc(p.allowed[:], func(a []bool) bool { return a != nil })
}

// empty reports whether a filter lets everything pass.
func (f Filter) empty() bool {
	return len(f.Kinds)+len(f.Topics)+len(f.Sessions)+len(f.Agencies)+len(f.Years)+len(f.Laws) == 0
}

// failing is the column whose value does not pass.
func (p *passing) failing(c *columns, doc uint32) int {
	if p.laws != nil && !p.laws.Contains(doc) {
		return manyColumns
	}
	fails := noColumn
	for i, allowed := range p.allowed {
		if allowed != nil && !allowed[c.of[i].of[doc]] {
			if fails != noColumn {
				return manyColumns
			}
			fails = i
		}
	}
	return fails
}

// counting counts hits by the values of the columns. A hit that fails one column
// of the filter still counts in that column: it is there to be chosen too.
type counting [byDate]map[string]int

func (t *counting) add(c *columns, doc uint32, failing int) {
	for i := range t {
		if value := c.of[i].value(doc); value != "" && (failing == noColumn || failing == i) {
			if t[i] == nil {
				t[i] = map[string]int{}
			}
			t[i][value]++
		}
	}
}

// facetNames are the names of the columns that count.
var facetNames = [byDate]string{FacetKind, FacetTopic, FacetSession, FacetAgency, FacetYear}

// facets gives the counts, the most frequent value first.
func (t *counting) facets() (list []Facet) {
	for i, counts := range t {
		f := Facet{Name: facetNames[i]}
		for value, hits := range counts {
			f.Counts = append(f.Counts, Count{value, hits})
		}
		slices.SortFunc(f.Counts, func(a, b Count) int { return cmp.Or(cmp.Compare(b.Hits, a.Hits), cmp.Compare(a.Value, b.Value)) })
		list = append(list, f)
	}
	return list
}

// facetsOf counts the hits of a list.
func (f *finder) facetsOf(list []candidate) []Facet {
	var t counting
	for _, c := range list {
		t.add(f.shelves[c.shelf].columns, c.doc, noColumn)
	}
	return t.facets()
}
