package main

import (
	"context"
	"html"
	"iter"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	bleveQuery "github.com/blevesearch/bleve/v2/search/query"

	"sotay/internal/viet"
)

// blevePairs is bleve with its own shingle filter: pairs of neighbouring
// syllables without tones, most of which a passage must have.
type blevePairs struct {
	dir string
}

func newBlevePairs(s shelf) engine { return blevePairs{s.index("bleve-pairs")} }

func (blevePairs) name() string { return "bleve pairs" }

func (blevePairs) prepare(context.Context, iter.Seq2[passage, error]) error { return nil }

// Fields of a passage: title and body together are searched, the title again
// raises, the body alone is stored.
const (
	fieldText  = "text"
	fieldTitle = "title"
	fieldBody  = "body"
)

func (b blevePairs) build(_ context.Context, passages iter.Seq2[passage, error]) error {
	doc := bleve.NewDocumentStaticMapping()
	for _, field := range []string{fieldText, fieldTitle} {
		doc.AddFieldMappingsAt(field, &mapping.FieldMapping{Name: field, Type: "text", Analyzer: foldedPairsName, Index: true})
	}
	doc.AddFieldMappingsAt(fieldBody, &mapping.FieldMapping{Name: fieldBody, Type: "text", Analyzer: keyword.Name, Store: true})
	m, err := newMapping(doc)
	if err != nil {
		return err
	}
	return buildBleve(b.dir, m, passages, func(p passage) map[string]any {
		return map[string]any{fieldText: p.Title + "\n" + p.Body, fieldTitle: p.Title, fieldBody: p.Body}
	})
}

func (b blevePairs) bytes(context.Context) (int64, error) { return folderSize(b.dir) }

func (b blevePairs) open(context.Context) (searcher, error) {
	index, err := openBleveIndex(b.dir)
	if err != nil {
		return nil, err
	}
	return &openBleve{index, pairsRequest, pairSnippet}, nil
}

const (
	enoughPairs     = 0.6
	pairTitleWeight = 2
	halfTypedWeight = 0.1
)

// pairsRequest asks for most of a query's pairs, the last also half typed. A
// single word is the beginning of a pair.
func pairsRequest(text string) []*bleve.SearchRequest {
	words := foldedWords(text)
	if len(words) == 0 {
		return nil
	}
	var most, raising []bleveQuery.Query
	for _, pair := range pairsOf(words) {
		most = append(most, weighted(bleve.NewTermQuery(pair), fieldText, 1))
		raising = append(raising, weighted(bleve.NewTermQuery(pair), fieldTitle, pairTitleWeight))
	}
	if len(most) == 0 {
		most = []bleveQuery.Query{weighted(bleve.NewPrefixQuery(words[0]), fieldText, 1)}
		raising = []bleveQuery.Query{weighted(bleve.NewPrefixQuery(words[0]), fieldTitle, pairTitleWeight)}
	} else {
		last := len(most) - 1
		half := strings.Join(words[len(words)-2:], " ")
		most[last] = bleve.NewDisjunctionQuery(most[last], weighted(bleve.NewPrefixQuery(half), fieldText, halfTypedWeight))
	}
	enough := bleve.NewDisjunctionQuery(most...)
	enough.SetMin(math.Ceil(enoughPairs*float64(len(most)) - 1e-9))
	both := bleve.NewBooleanQuery()
	both.AddMust(enough)
	both.AddShould(raising...)
	request := bleve.NewSearchRequestOptions(both, hitsPerQuery, 0, false)
	request.Fields = []string{fieldBody}
	return []*bleve.SearchRequest{request}
}

func pairsOf(words []string) []string {
	var pairs []string
	for i := 1; i < len(words); i++ {
		pairs = append(pairs, words[i-1]+" "+words[i])
	}
	return pairs
}

func weighted[Q interface {
	bleveQuery.Query
	SetField(string)
	SetBoost(float64)
}](q Q, field string, weight float64) bleveQuery.Query {
	q.SetField(field)
	q.SetBoost(weight)
	return q
}

// Bytes of a snippet before and after its first match.
const (
	snippetBefore = 60
	snippetAfter  = 200
)

// pairSnippet cuts the body around the first place where two words of the query
// follow each other, or else the first word of it, and marks all of its words
// there. Bleve's own highlighter needs term vectors, which would double the
// index.
func pairSnippet(text string, found *search.DocumentMatch) string {
	body, _ := found.Fields[fieldBody].(string)
	wanted := map[string]bool{}
	for _, word := range foldedWords(text) {
		wanted[word] = true
	}
	at := firstMatch(body, wanted)
	from := runeStart(body, max(0, at-snippetBefore))
	to := runeStart(body, min(len(body), at+snippetAfter))
	var out strings.Builder
	end := from
	eachWord(body[from:to], func(start, stop int, folded []byte) bool {
		if wanted[string(folded)] {
			out.WriteString(html.EscapeString(body[end : from+start]))
			out.WriteString("<mark>" + html.EscapeString(body[from+start:from+stop]) + "</mark>")
			end = from + stop
		}
		return true
	})
	out.WriteString(html.EscapeString(body[end:to]))
	return out.String()
}

func firstMatch(body string, wanted map[string]bool) int {
	single, pair, before, last := -1, -1, false, 0
	eachWord(body, func(start, _ int, folded []byte) bool {
		now := wanted[string(folded)]
		if now && single < 0 {
			single = start
		}
		if now && before {
			pair = last
		}
		before, last = now, start
		return pair < 0
	})
	if pair >= 0 {
		return pair
	}
	return max(0, single)
}

// eachWord visits the words of a text, folded, until fn says stop.
func eachWord(text string, fn func(start, stop int, folded []byte) bool) {
	var folded []byte
	start := -1
	for i, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) {
			if start < 0 {
				start = i
			}
			if r = viet.FoldRune(r); r >= 0 {
				folded = utf8.AppendRune(folded, r)
			}
			continue
		}
		if start >= 0 && !fn(start, i, folded) {
			return
		}
		start, folded = -1, folded[:0]
	}
	if start >= 0 {
		fn(start, len(text), folded)
	}
}

func runeStart(text string, at int) int {
	for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}
