package search

import (
	"strings"

	bleve "github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"
)

// Fields of the index. The text field holds all of a document and decides what
// is found; the others only raise or narrow.
const (
	fieldText    = "text"   // pairs without tones
	fieldSingle  = "single" // syllables without tones
	fieldTitle   = "title"  // pairs of title, heading and other wordings, without tones
	fieldKind    = "kind"
	fieldTopic   = "topic"
	fieldSession = "session"
	fieldAgency  = "agency"
	fieldYear    = "year"
	fieldDate    = "date"
	fieldGroup   = "group" // only where several documents share one
	fieldOwner   = "owner"
	fieldSegment = "segment"
	fieldCode    = "code"
	fieldStored  = "stored"
	fieldID      = "_id" // bleve's own
)

// entry is a document as bleve gets it. Its terms are made here, out of one
// reading of the texts; bleve's own analysis, which would read them once for
// each field, is passed by.
func entry(d document, frame func([]syllable) int) *bleve.Document {
	a := analyse(d)
	e := bleve.NewDocument(d.ID)
	head := newRow(append(a.asked, a.lists[inTitle], a.lists[inHeading])...)
	all := newRow(append(a.asked, a.lists[inTitle], a.lists[inHeading], a.lists[inShort], a.lists[inBody])...)
	e.AddField(&field{name: fieldText, terms: all.pairs()})
	e.AddField(&field{name: fieldSingle, terms: all.singles(), shared: true})
	e.AddField(&field{name: fieldTitle, terms: head.pairs()})
	for _, k := range []struct{ name, value string }{
		{fieldKind, d.Kind}, {fieldTopic, d.Topic}, {fieldSession, d.Session}, {fieldAgency, d.Agency}, {fieldYear, d.year()},
		{fieldDate, d.Date}, {fieldOwner, ownerBeside(d)}, {fieldSegment, d.Segment}, {fieldCode, d.Code}, {fieldGroup, sharedGroup(d)},
	} {
		if k.value != "" {
			e.AddField(&field{name: k.name, terms: []string{k.value}, shared: true})
		}
	}
	return e.AddField(&field{name: fieldStored, value: a.pack(frame)})
}

// ownerBeside is the owner of a document that has not its name.
func ownerBeside(d document) string {
	if d.Owner == d.ID {
		return ""
	}
	return d.Owner
}

// sharedGroup is the group of a guide's sections; all others stand alone.
func sharedGroup(d document) string {
	if d.Group == d.ID {
		return ""
	}
	return d.Group
}

// row is the syllables of several texts without tones, a blank behind each.
type row struct {
	text string
	at   []int32 // where each syllable begins; -1 between two texts, which no pair crosses
}

func newRow(lists ...[]syllable) row {
	var b strings.Builder
	var r row
	for _, list := range lists {
		for _, s := range list {
			r.at = append(r.at, int32(b.Len()))
			b.WriteString(s.folded)
			b.WriteByte(' ')
		}
		r.at = append(r.at, -1)
	}
	r.text = b.String()
	return r
}

// end is where the blank behind the syllable at a place stands.
func (r row) end(i int) int32 {
	return r.at[i] + int32(strings.IndexByte(r.text[r.at[i]:], ' '))
}

// pairs joins each syllable with the next one of its text.
func (r row) pairs() []string {
	terms := make([]string, 0, len(r.at))
	for i := 1; i < len(r.at); i++ {
		if r.at[i] >= 0 && r.at[i-1] >= 0 {
			terms = append(terms, r.text[r.at[i-1]:r.end(i)])
		}
	}
	return terms
}

func (r row) singles() []string {
	terms := make([]string, 0, len(r.at))
	for i, at := range r.at {
		if at >= 0 {
			terms = append(terms, r.text[at:r.end(i)])
		}
	}
	return terms
}

// field is one field of an entry: terms to be indexed, without counts and
// places, or a value to be kept.
type field struct {
	name   string
	terms  []string
	value  []byte
	found  index.TokenFrequencies
	shared bool // most terms are those of many documents
}

// Analyze makes the table of terms that bleve asks for.
func (f *field) Analyze() {
	f.found = make(index.TokenFrequencies, len(f.terms))
	table := make([]index.TokenFreq, len(f.terms))
	size := 0
	for _, term := range f.terms {
		size += len(term)
	}
	all := make([]byte, 0, size)
	for i, term := range f.terms {
		if _, double := f.found[term]; !double {
			from := len(all)
			all = append(all, term...)
			table[i].Term = all[from:len(all):len(all)]
			table[i].SetFrequency(f.count())
			f.found[term] = &table[i]
		}
	}
}

// Options tells bleve what to do with the field.
func (f *field) Options() index.FieldIndexingOptions {
	if f.value != nil {
		return index.StoreField
	}
	if f.shared {
		return index.IndexField | index.SkipFreqNorm
	}
	return index.IndexField
}

// count is what bleve is told of how often a term occurs: where it is one, a term
// of a single document takes no list of its own; where it is none, a list takes
// less for each of its documents.
func (f *field) count() int {
	if f.shared {
		return 0
	}
	return 1
}

// Name is the field's name.
func (f *field) Name() string { return f.name }

// Value is what is kept.
func (f *field) Value() []byte { return f.value }

// ArrayPositions has none.
func (f *field) ArrayPositions() []uint64 { return nil }

// EncodedFieldType says that it is text.
func (f *field) EncodedFieldType() byte { return 't' }

// AnalyzedLength is of no use to us, and one takes the least room.
func (f *field) AnalyzedLength() int { return 1 }

// AnalyzedTokenFrequencies is the table that Analyze made.
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.found }

// NumPlainTextBytes is what is kept, in bytes.
func (f *field) NumPlainTextBytes() uint64 { return uint64(len(f.value)) }

// Size is roughly what the field takes in memory, in bytes.
func (f *field) Size() int { return len(f.value) + 32*len(f.terms) }
