package main

import (
	"context"
	"iter"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	bleveQuery "github.com/blevesearch/bleve/v2/search/query"
)

// bleveFolded is bleve as it is usually set up: words without tones, with term
// vectors, highlighted by bleve.
type bleveFolded struct {
	dir, title string
	requests   func(text string) []*bleve.SearchRequest
}

// newBleveFolded asks for the words as they are, and only where nothing has them
// for words like them.
func newBleveFolded(s shelf) engine {
	return bleveFolded{s.index("bleve-folded"), "bleve folded", func(text string) []*bleve.SearchRequest {
		if words := foldedWords(text); len(words) > 0 {
			return []*bleve.SearchRequest{foldedRequest(words, allWords), foldedRequest(words, likeWords)}
		}
		return nil
	}}
}

// newBleveFuzzy always asks for words like those of the query.
func newBleveFuzzy(s shelf) engine {
	return bleveFolded{s.index("bleve-fuzzy"), "bleve fuzzy", func(text string) []*bleve.SearchRequest {
		if words := foldedWords(text); len(words) > 0 {
			return []*bleve.SearchRequest{foldedRequest(words, likeWords)}
		}
		return nil
	}}
}

func (b bleveFolded) name() string { return b.title }

func (bleveFolded) prepare(context.Context, iter.Seq2[passage, error]) error { return nil }

func (b bleveFolded) build(_ context.Context, passages iter.Seq2[passage, error]) error {
	doc := bleve.NewDocumentStaticMapping()
	for _, field := range []string{fieldTitle, fieldBody} {
		doc.AddFieldMappingsAt(field, &mapping.FieldMapping{
			Name: field, Type: "text", Analyzer: foldedWordsName, Index: true, Store: true, IncludeTermVectors: true,
		})
	}
	m, err := newMapping(doc)
	if err != nil {
		return err
	}
	return buildBleve(b.dir, m, passages, func(p passage) map[string]any {
		return map[string]any{fieldTitle: p.Title, fieldBody: p.Body}
	})
}

func (b bleveFolded) bytes(context.Context) (int64, error) { return folderSize(b.dir) }

func (b bleveFolded) open(context.Context) (searcher, error) {
	index, err := openBleveIndex(b.dir)
	if err != nil {
		return nil, err
	}
	return &openBleve{index, b.requests, highlighted}, nil
}

// foldedRequest looks for words in the title, which counts twice, or the body.
func foldedRequest(words []string, in func(words []string, field string, boost float64) bleveQuery.Query) *bleve.SearchRequest {
	either := bleve.NewDisjunctionQuery(in(words, fieldTitle, 2), in(words, fieldBody, 1))
	request := bleve.NewSearchRequestOptions(either, hitsPerQuery, 0, false)
	request.Highlight = bleve.NewHighlightWithStyle("html")
	request.Highlight.AddField(fieldBody)
	return request
}

// allWords wants every word, the last also half typed.
func allWords(words []string, field string, boost float64) bleveQuery.Query {
	last := len(words) - 1
	all := make([]bleveQuery.Query, len(words))
	for i, word := range words {
		all[i] = weighted(bleve.NewTermQuery(word), field, boost)
	}
	all[last] = bleve.NewDisjunctionQuery(all[last], weighted(bleve.NewPrefixQuery(words[last]), field, boost*halfTypedWeight))
	return bleve.NewConjunctionQuery(all...)
}

// likeWords wants every word or one that a letter makes of it, the first letter
// excepted.
func likeWords(words []string, field string, boost float64) bleveQuery.Query {
	q := bleve.NewMatchQuery(strings.Join(words, " "))
	q.SetField(field)
	q.SetBoost(boost)
	q.SetOperator(bleveQuery.MatchQueryOperatorAnd)
	q.SetFuzziness(1)
	q.SetPrefix(1)
	return q
}

func highlighted(_ string, found *search.DocumentMatch) string {
	for _, fragment := range found.Fragments[fieldBody] {
		return fragment
	}
	return ""
}
