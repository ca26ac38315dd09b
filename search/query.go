package search

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"
)

// Query is what a reader asks.
type Query struct {
	Text   string
	Kinds  []string // of hits; none means all
	Topic  string   // slug; "" means all
	Limit  int      // hits on the page; 0 means DefaultLimit
	Offset int      // hits before the page
}

// Result is one page of hits.
type Result struct {
	Query      string
	Total      int // hits on all pages
	Took       time.Duration
	Hits       []Hit
	Understood []string // what the query was taken to mean besides: "UBND = Ủy ban nhân dân"
	Loosened   bool     // nothing had most of the query, so less was asked
}

// Hit is a text that answers a query.
type Hit struct {
	ID, Kind string
	Ref      string // readable name: slug, imported reference, citation
	Code     string // of an answer: "HĐ-0001"
	Title    string
	URL      string // opens the very section
	Heading  string // of the section, or the provision's law
	Snippet  string // escaped HTML; its only tag is mark
	Score    float64
	Topic    string // slug
	Agency   string
	Date     string // "2026-03-15"
}

// candidate is a document that bleve found.
type candidate struct {
	stored
	first float64 // bleve's score as a part of the best one's
	score float64
}

// find gives candidates in bleve's order and how many there are in all. It asks
// for most of the units first, then for less.
func (v *volume) find(ctx context.Context, q *question, asked Query) (list []candidate, total int, loosened bool, err error) {
	if err := v.weigh(ctx, q); err != nil {
		return nil, 0, false, err
	}
	list, total, err = v.run(ctx, q.strict(), asked)
	if err != nil || total > 0 {
		return list, total, false, err
	}
	list, total, err = v.run(ctx, q.loose(), asked)
	return list, total, total > 0, err
}

func (v *volume) run(ctx context.Context, q query.Query, asked Query) ([]candidate, int, error) {
	request := bleve.NewSearchRequestOptions(filtered(q, asked), max(maxRanked, asked.Offset+asked.Limit), 0, false)
	request.Fields = []string{fieldStored}
	found, err := v.index.SearchInContext(ctx, request)
	if err != nil {
		return nil, 0, fmt.Errorf("search index: %w", err)
	}
	list := make([]candidate, 0, len(found.Hits))
	for _, hit := range found.Hits {
		packed, _ := hit.Fields[fieldStored].(string)
		s, err := unpack(packed)
		if err != nil {
			return nil, 0, err
		}
		list = append(list, candidate{stored: s, first: hit.Score / found.MaxScore})
	}
	return list, int(found.Total), nil
}

// filtered adds the kinds and the topic that were asked for.
func filtered(q query.Query, asked Query) query.Query {
	all := []query.Query{q}
	if len(asked.Kinds) > 0 {
		kinds := make([]query.Query, len(asked.Kinds))
		for i, kind := range asked.Kinds {
			kinds[i] = term(fieldKind, kind, 0)
		}
		all = append(all, bleve.NewDisjunctionQuery(kinds...))
	}
	if asked.Topic != "" {
		all = append(all, term(fieldTopic, asked.Topic, 0))
	}
	if len(all) == 1 {
		return q
	}
	return bleve.NewConjunctionQuery(all...)
}

// weigh gives units their weight: what few texts have says most. Of a long
// query only the most telling units are kept.
func (v *volume) weigh(ctx context.Context, q *question) (err error) {
	inner, err := v.index.Advanced()
	if err != nil {
		return fmt.Errorf("reach index: %w", err)
	}
	reader, err := inner.Reader()
	if err != nil {
		return fmt.Errorf("read index: %w", err)
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
	for i := range q.units {
		having, err := mostHaving(ctx, reader, q.units[i])
		if err != nil {
			return err
		}
		q.units[i].weight = math.Log(1 + (float64(total)+0.5)/(float64(having)+0.5))
	}
	q.keepTelling()
	return nil
}

// mostHaving counts the documents with the most frequent form of a unit.
func mostHaving(ctx context.Context, reader index.IndexReader, u unit) (uint64, error) {
	var most uint64
	for _, f := range u.forms {
		least := uint64(math.MaxUint64)
		field, terms := f.terms()
		for _, t := range terms {
			postings, err := reader.TermFieldReader(ctx, []byte(t), field, false, false, false)
			if err != nil {
				return 0, fmt.Errorf("count %q: %w", t, err)
			}
			least = min(least, postings.Count())
			if err := postings.Close(); err != nil {
				return 0, fmt.Errorf("close %q: %w", t, err)
			}
		}
		most = max(most, least)
	}
	return most, nil
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

// terms are what a text has when it has the form.
func (f form) terms() (field string, terms []string) {
	if len(f.words) == 1 {
		return fieldSingle, singles(f.words)
	}
	return fieldText, pairs(f.words, foldedForm)
}

// strict asks for most of the units.
func (q *question) strict() query.Query {
	most := make([]query.Query, len(q.units))
	for i, u := range q.units {
		most[i] = u.query()
	}
	if q.prefix != nil {
		last := len(most) - 1
		most[last] = anyOf(most[last], q.prefix.asPrefix())
	}
	enough := bleve.NewDisjunctionQuery(most...)
	enough.SetMin(math.Ceil(sharePerQuery*float64(len(most)) - 1e-9))
	return q.raised(enough)
}

// loose asks for any pair, or for most of the syllables.
func (q *question) loose() query.Query {
	var some, each []query.Query
	for _, u := range q.units {
		some = append(some, u.query())
	}
	for i, s := range q.words {
		if q.deciding[i] && len(each) < maxUnits {
			each = append(each, term(fieldSingle, s.folded, 0.3))
		}
	}
	enough := bleve.NewDisjunctionQuery(each...)
	enough.SetMin(math.Ceil(sharePerQuery*float64(len(each)) - 1e-9))
	return q.raised(anyOf(append(some, enough)...))
}

// raised adds what decides nothing but lifts a text: a match in its title or
// with the very tones, related words, a provision that the query names.
func (q *question) raised(found query.Query) query.Query {
	both := bleve.NewBooleanQuery()
	both.AddMust(anyOf(append(q.named(), found)...))
	for _, u := range q.units {
		typed := u.forms[0].words
		if len(typed) < 2 {
			continue
		}
		folded := pairs(typed, foldedForm)[0]
		for _, r := range raising {
			both.AddShould(term(r.field, folded, r.weight))
		}
		if q.toned {
			both.AddShould(term(fieldExact, pairs(typed, exactForm)[0], exactWeight))
		}
	}
	for _, f := range q.related {
		both.AddShould(f.query())
	}
	return both
}

// namedWeight lets a provision or code that the query names win.
const namedWeight = 20

func (q *question) named() (list []query.Query) {
	for _, s := range q.references.segments {
		list = append(list, term(fieldSegment, s, namedWeight))
	}
	if q.references.code != "" {
		list = append(list, term(fieldCode, q.references.code, namedWeight))
	}
	return list
}

func (u unit) query() query.Query {
	forms := make([]query.Query, len(u.forms))
	for i, f := range u.forms {
		forms[i] = f.query()
	}
	return anyOf(forms...)
}

func (f form) query() query.Query {
	field, terms := f.terms()
	all := make([]query.Query, len(terms))
	for i, t := range terms {
		all[i] = term(field, t, f.weight/float64(len(terms)))
	}
	if len(all) == 1 {
		return all[0]
	}
	return bleve.NewConjunctionQuery(all...)
}

// prefixWeight keeps half-typed words from outweighing whole ones.
const prefixWeight = 0.02

func (f form) asPrefix() query.Query {
	field, terms := f.terms()
	p := bleve.NewPrefixQuery(terms[0])
	p.SetField(field)
	p.SetBoost(prefixWeight)
	return p
}

func anyOf(list ...query.Query) query.Query {
	if len(list) == 1 {
		return list[0]
	}
	return bleve.NewDisjunctionQuery(list...)
}
