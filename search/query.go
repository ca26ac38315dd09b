package search

import "time"

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
	Absent     string   // a provision or document that the query names and nobody has: "Điều 120"
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
