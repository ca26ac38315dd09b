package search

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	index "github.com/blevesearch/bleve_index_api"
)

// lexicon is what the archive's own words are: its syllables without tones, and
// which of them follow one another. It is read out of the index's terms
// and never changes; another one takes its place.
type lexicon struct {
	names  []string          // folded syllables, ascending
	ids    map[string]uint32 // places in names
	texts  []uint32          // how many texts have a syllable
	begins []uint32          // where the pairs of each first syllable begin
	pairs  []lexicalPair     // ascending by first, then second syllable
}

// lexicalPair is a pair that some text has; the first syllable is told by its
// place.
type lexicalPair struct{ second, texts uint32 }

// unknown is the id of what no text has.
const unknown = math.MaxUint32

func (l *lexicon) id(folded string) uint32 {
	if id, ok := l.ids[folded]; ok {
		return id
	}
	return unknown
}

// pair finds two neighbours, nil when no text has them.
func (l *lexicon) pair(first, second uint32) *lexicalPair {
	if first == unknown || second == unknown {
		return nil
	}
	of := l.pairs[l.begins[first]:l.begins[first+1]]
	at, ok := slices.BinarySearchFunc(of, second, func(p lexicalPair, id uint32) int { return int(p.second) - int(id) })
	if !ok {
		return nil
	}
	return &of[at]
}

// continues reports whether some text has a syllable that begins so after
// another one.
func (l *lexicon) continues(first uint32, beginning string) bool {
	if first == unknown {
		return false
	}
	of := l.pairs[l.begins[first]:l.begins[first+1]]
	at, _ := slices.BinarySearchFunc(of, beginning, func(p lexicalPair, s string) int { return strings.Compare(l.names[p.second], s) })
	return at < len(of) && strings.HasPrefix(l.names[of[at].second], beginning)
}

// learn reads the lexicon of one state of the index.
func learn(reader index.IndexReader) (*lexicon, error) {
	l := &lexicon{ids: map[string]uint32{}}
	err := eachTerm(reader, fieldSingle, func(term string, texts uint64) { l.addSyllable(term, uint32(texts)) })
	if err != nil {
		return nil, err
	}
	l.begins = make([]uint32, 1, len(l.names)+1)
	if err := eachTerm(reader, fieldText, func(term string, texts uint64) { l.addPair(term, uint32(texts)) }); err != nil {
		return nil, err
	}
	l.beginUpTo(len(l.names))
	return l, nil
}

// eachTerm visits the terms of a field in ascending order.
func eachTerm(reader index.IndexReader, field string, visit func(term string, texts uint64)) (err error) {
	dict, err := reader.FieldDict(field)
	if err != nil {
		return fmt.Errorf("read terms of %s: %w", field, err)
	}
	defer func() {
		if closed := dict.Close(); err == nil && closed != nil {
			err = fmt.Errorf("close terms of %s: %w", field, closed)
		}
	}()
	for {
		entry, err := dict.Next()
		if err != nil {
			return fmt.Errorf("read terms of %s: %w", field, err)
		}
		if entry == nil {
			return nil
		}
		visit(entry.Term, entry.Count)
	}
}

func (l *lexicon) addSyllable(folded string, texts uint32) {
	folded = strings.Clone(folded)
	l.ids[folded] = uint32(len(l.names))
	l.names, l.texts = append(l.names, folded), append(l.texts, texts)
}

// addPair takes pairs in ascending order.
func (l *lexicon) addPair(term string, texts uint32) {
	left, right, _ := strings.Cut(term, " ")
	first, second := l.id(left), l.id(right)
	if first == unknown || second == unknown || int(first) < len(l.begins)-1 {
		return
	}
	l.beginUpTo(int(first))
	l.pairs = append(l.pairs, lexicalPair{second: second, texts: texts})
}

// beginUpTo notes that the next pair belongs to a first syllable.
func (l *lexicon) beginUpTo(first int) {
	for len(l.begins) <= first {
		l.begins = append(l.begins, uint32(len(l.pairs)))
	}
}

// learn reads the volume's lexicon anew. Whoever writes the volume calls it.
func (v *volume) learn() (err error) {
	started := time.Now()
	reader, err := v.reader()
	if err != nil {
		return err
	}
	defer func() {
		if closed := reader.Close(); err == nil && closed != nil {
			err = fmt.Errorf("close reader: %w", closed)
		}
	}()
	l, err := learn(reader)
	if err != nil {
		return err
	}
	v.lexicon.Store(l)
	v.learned = v.state.Seq
	v.nextLesson = time.Now().Add(learnPause * time.Since(started))
	return nil
}

// learnAgain learns what came since, but not so often that it costs much.
func (v *volume) learnAgain() error {
	if v.lexicon.Load() != nil && (v.learned == v.state.Seq || time.Now().Before(v.nextLesson)) {
		return nil
	}
	return errors.Join(v.learn(), v.readOrders())
}

func (v *volume) reader() (index.IndexReader, error) {
	inner, err := v.index.Advanced()
	if err != nil {
		return nil, fmt.Errorf("reach index: %w", err)
	}
	reader, err := inner.Reader()
	if err != nil {
		return nil, fmt.Errorf("read index: %w", err)
	}
	return reader, nil
}

// has reports whether a text has a syllable at this moment, so that a word that
// came after the lexicon was read is no fault.
func has(ctx context.Context, reader index.IndexReader, folded string) (bool, error) {
	postings, err := reader.TermFieldReader(ctx, []byte(folded), fieldSingle, false, false, false)
	if err != nil {
		return false, fmt.Errorf("count %q: %w", folded, err)
	}
	count := postings.Count()
	if err := postings.Close(); err != nil {
		return false, fmt.Errorf("close %q: %w", folded, err)
	}
	return count > 0, nil
}
