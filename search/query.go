package search

import (
	"math"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
)

// Query is what a reader asks.
type Query struct {
	Text   string
	Filter Filter
	Limit  int // hits on the page; 0 means DefaultLimit
	Offset int // hits before the page

	Newest  bool // by date instead of relevance
	Literal bool // nothing mended, and no other word for what was typed
	Facets  bool // count the hits by what they may be narrowed to
	Explain bool // give the parts of each score
}

// Filter narrows a search: a hit has one of the values of each list that is not
// empty.
type Filter struct {
	Kinds    []string // of hits
	Topics   []string // slugs
	Sessions []string // slugs of training sessions
	Agencies []string // as answers name them
	Years    []string // "2026"
	Laws     []string // keys of laws: only their provisions and themselves
}

// Result is one page of hits.
type Result struct {
	Query      string
	Total      int // hits on all pages
	Took       time.Duration
	Hits       []Hit
	Understood []string // what the query was taken to mean besides: "UBND = Ủy ban nhân dân"
	Near       []string // words of a near meaning that only raise what has them
	Corrected  string   // the query with its typing faults mended; "" when nothing was changed
	Loosened   bool     // nothing had most of the query, so less was asked
	Dropped    []string // words of the query that the best hit of a loosened search lacks
	Direct     *Direct  // the one answer that clearly wins; nil when none does
	Facets     []Facet  // when asked for, in the order of the fields of Filter
	Instead    []Try    // shorter queries that find something, when this one finds nothing
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
	Parts    []Part // of the score, when asked for
	Topic    string // slug
	Agency   string
	Session  string // slug of the training session where it was given
	Date     string // "2026-03-15"
	Ended    string // since when what it rests on is out of force; "" while in force
}

// Direct is a published answer that says at once what was asked.
type Direct struct {
	ID, Code, Title, URL string
	Short                string // the answer in a sentence
	Agency, Date         string
}

// Facet is one way to narrow a search, with the hits that each value would
// leave, most first.
type Facet struct {
	Name   string // of the field of Filter: FacetKind, FacetTopic …
	Counts []Count
}

// Names of facets.
const (
	FacetKind    = "kind"
	FacetTopic   = "topic"
	FacetSession = "session"
	FacetAgency  = "agency"
	FacetYear    = "year"
)

// Count is a value of a facet with its hits.
type Count struct {
	Value string
	Hits  int
}

// Try is another query and how many hits it has.
type Try struct {
	Text string
	Hits int
}

// Part is a named share of a score.
type Part struct {
	Name  string
	Value float64
}

// Suggestion is a title or heading that a half-typed query may be meant for.
type Suggestion struct {
	Text string // as published
	Kind string
	URL  string
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
	for _, u := range q.asides {
		both.AddShould(u.forms[0].in(fieldText, 1), u.forms[0].in(fieldTitle, 1))
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
