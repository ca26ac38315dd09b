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

// found is what the index has for a query.
type found struct {
	list     []candidate // in the order of rank
	total    int
	loosened bool
}

// find asks for most of the units first. Where no text has them, or hardly any
// has both units of a short query, it asks for less and keeps of that what comes
// near the best.
func (v *volume) find(ctx context.Context, q *question, asked Query) (found, error) {
	if err := v.weigh(ctx, q); err != nil {
		return found{}, err
	}
	list, total, err := v.run(ctx, q.strict(), asked)
	if err != nil {
		return found{}, err
	}
	if total >= fewHits || total > 0 && len(q.units) > 2 {
		q.rank(list)
		return found{list: list, total: total}, nil
	}
	more, _, err := v.run(ctx, q.loose(), asked)
	if err != nil {
		return found{}, err
	}
	q.rank(more)
	more = nearBest(more)
	return found{list: more, total: len(more), loosened: total == 0 && len(more) > 0}, nil
}

// nearBest drops what has too little of the query to be worth a line.
func nearBest(list []candidate) []candidate {
	for i, c := range list {
		if i == maxRanked || c.score < list[0].score*nearEnough {
			return list[:i]
		}
	}
	return list
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
	rarity := func(having uint64) float64 { return math.Log(1 + (float64(total)+0.5)/(float64(having)+0.5)) }
	for i := range q.units {
		if err := q.units[i].weigh(ctx, reader, rarity); err != nil {
			return err
		}
	}
	q.telling = make([]float64, len(q.words))
	for i := range q.words {
		having, err := having(ctx, reader, newForm(q.words[i:i+1], 1))
		if err != nil {
			return err
		}
		if q.telling[i] = rarity(having); !q.deciding[i] {
			q.telling[i] *= courtesyWeight
		}
	}
	q.keepTelling()
	return nil
}

// weigh makes a unit as rare as its most frequent form, and no form count more
// than that one: a seldom spelling is no better match.
func (u *unit) weigh(ctx context.Context, reader index.IndexReader, rarity func(uint64) float64) error {
	rare := make([]float64, len(u.forms))
	u.weight = math.MaxFloat64
	for i, f := range u.forms {
		count, err := having(ctx, reader, f)
		if err != nil {
			return err
		}
		rare[i] = rarity(count)
		u.weight = min(u.weight, rare[i])
	}
	for i := range u.forms {
		u.forms[i].weight *= u.weight / rare[i]
	}
	return nil
}

// courtesyWeight is what a courtesy or question word counts beside a word that
// decides: "bao lâu" still tells which of two answers is meant.
const courtesyWeight = 0.3

// having counts the documents with a form, by its rarest pair.
func having(ctx context.Context, reader index.IndexReader, f form) (uint64, error) {
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
	return least, nil
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
		typed := u.forms[0]
		if len(typed.words) < 2 {
			continue
		}
		folded := pairs(typed.words, foldedForm)[0]
		for _, r := range raising {
			both.AddShould(term(r.field, folded, r.weight*typed.weight))
		}
		if q.toned {
			both.AddShould(term(fieldExact, pairs(typed.words, exactForm)[0], exactWeight*typed.weight))
		}
	}
	for _, k := range q.known {
		for _, equal := range k.equal {
			if len(equal) > 1 {
				both.AddShould(newForm(equal, equalWeight).in(fieldTitle, titleWeight))
			}
		}
	}
	for i := range len(q.words) - 1 {
		if q.deciding[i] && q.deciding[i+1] {
			continue
		}
		courtesy := pairs(q.words[i:i+2], foldedForm)[0]
		both.AddShould(term(fieldText, courtesy, courtesyWeight), term(fieldTitle, courtesy, courtesyWeight))
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
	field, _ := f.terms()
	return f.in(field, 1)
}

// in asks for all of a form in one field.
func (f form) in(field string, weight float64) query.Query {
	_, terms := f.terms()
	all := make([]query.Query, len(terms))
	for i, t := range terms {
		all[i] = term(field, t, weight*f.weight/float64(len(terms)))
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
