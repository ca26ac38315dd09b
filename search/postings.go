package search

import (
	"errors"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// snapshot is the index at one moment. A search reads it below bleve's own
// searcher, which makes an object for each document and term it meets: here the
// lists of documents are added up as the bitmaps in which bleve keeps them.
type snapshot struct {
	inner   *scorch.IndexSnapshot
	shelves []*shelf
	total   int // documents, those deleted left out
}

// shelf is one segment of the index.
type shelf struct {
	segment segment.Segment
	deleted *roaring.Bitmap // nil when nothing is
	size    int             // documents, with those deleted
	dicts   map[string]segment.TermDictionary
	columns *columns
}

// snapshot opens the index; the caller closes it.
func (v *volume) snapshot() (s *snapshot, err error) {
	reader, err := v.reader()
	if err != nil {
		return nil, err
	}
	whole := false
	defer func() { // also when reading a damaged index panics
		if !whole {
			err = errors.Join(err, reader.Close())
		}
	}()
	inner, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, fmt.Errorf("read index: %T is not a snapshot of scorch", reader)
	}
	s = &snapshot{inner: inner}
	for _, seg := range inner.Segments() {
		sh := &shelf{segment: seg.Segment(), deleted: seg.Deleted(), size: int(seg.Segment().Count()), dicts: map[string]segment.TermDictionary{}}
		if sh.columns, err = v.columnsOf(seg.Id(), sh); err != nil {
			return nil, fmt.Errorf("read columns: %w", err)
		}
		s.total += sh.size
		if sh.deleted != nil {
			s.total -= int(sh.deleted.GetCardinality())
		}
		s.shelves = append(s.shelves, sh)
	}
	whole = true
	return s, nil
}

func (s *snapshot) close() error {
	if err := s.inner.Close(); err != nil {
		return fmt.Errorf("close reader: %w", err)
	}
	return nil
}

// postings are the documents of a shelf that have a term; those deleted may be
// among them.
type postings struct {
	many  *roaring.Bitmap
	one   uint32 // the only document, when many is nil and count is 1
	count int
}

// each visits the documents in their order.
func (p postings) each(buffer []uint32, visit func([]uint32)) {
	if p.many == nil {
		if p.count == 1 {
			buffer[0] = p.one
			visit(buffer[:1])
		}
		return
	}
	iterator := p.many.ManyIterator()
	for n := iterator.NextMany(buffer); n > 0; n = iterator.NextMany(buffer) {
		visit(buffer[:n])
	}
}

// bitmap is a set of its own with the documents.
func (p postings) bitmap() *roaring.Bitmap {
	if p.many != nil {
		return p.many.Clone()
	}
	b := roaring.New()
	if p.count == 1 {
		b.Add(p.one)
	}
	return b
}

func (s *shelf) dict(field string) (segment.TermDictionary, error) {
	if d, ok := s.dicts[field]; ok {
		return d, nil
	}
	d, err := s.segment.Dictionary(field)
	if err != nil {
		return nil, fmt.Errorf("open dictionary of %s: %w", field, err)
	}
	s.dicts[field] = d
	return d, nil
}

// postings looks a term up.
func (s *shelf) postings(field, term string) (postings, error) {
	d, err := s.dict(field)
	if err != nil || d == nil {
		return postings{}, err
	}
	list, err := d.PostingsList([]byte(term), nil, nil)
	if err != nil {
		return postings{}, fmt.Errorf("find %q in %s: %w", term, field, err)
	}
	return readPostings(list)
}

// readPostings takes the documents out of a list. Segments of scorch give their bitmap;
// any other segment is read one by one.
func readPostings(list segment.PostingsList) (postings, error) {
	count := int(list.Count())
	if count == 0 {
		return postings{}, nil
	}
	iterator := list.Iterator(false, false, false, nil)
	if whole, ok := iterator.(segment.OptimizablePostingsIterator); ok {
		if doc, ok := whole.DocNum1Hit(); ok {
			return postings{one: uint32(doc), count: 1}, nil
		}
		if b := whole.ActualBitmap(); b != nil {
			return postings{many: b, count: count}, nil
		}
	}
	all := roaring.New()
	for {
		p, err := iterator.Next()
		if err != nil || p == nil {
			return postings{many: all, count: count}, err
		}
		all.Add(uint32(p.Number()))
	}
}

// ofUnit are the documents that have any form of a unit.
func (s *shelf) ofUnit(u *unit) (postings, error) {
	if len(u.forms) == 1 {
		return s.ofForm(u.forms[0])
	}
	any := roaring.New()
	for _, form := range u.forms {
		p, err := s.ofForm(form)
		if err != nil {
			return postings{}, err
		}
		p.addTo(any)
	}
	return postings{many: any, count: int(any.GetCardinality())}, nil
}

// ofForm are the documents that have all pairs of a form.
func (s *shelf) ofForm(f form) (postings, error) {
	field, terms := f.terms()
	return s.ofTerms(field, terms)
}

func (s *shelf) ofTerms(field string, terms []string) (postings, error) {
	p, err := s.postings(field, terms[0])
	if err != nil || len(terms) == 1 {
		return p, err
	}
	all := p.bitmap()
	for _, term := range terms[1:] {
		p, err := s.postings(field, term)
		if err != nil {
			return postings{}, err
		}
		all.And(p.bitmap())
	}
	return postings{many: all, count: int(all.GetCardinality())}, nil
}

func (p postings) addTo(set *roaring.Bitmap) {
	if p.many != nil {
		set.Or(p.many)
	} else if p.count == 1 {
		set.Add(p.one)
	}
}
