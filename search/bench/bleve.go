package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/token/shingle"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"
	"github.com/blevesearch/bleve/v2/search"

	"sotay/internal/viet"
)

// foldTones is a token filter that drops marks and writes d for đ. A character
// filter would shift the places that are to be highlighted.
type foldTones struct{}

const foldTonesName = "fold-tones"

func init() {
	err := registry.RegisterTokenFilter(foldTonesName, func(map[string]any, *registry.Cache) (analysis.TokenFilter, error) {
		return foldTones{}, nil
	})
	if err != nil {
		panic(err)
	}
}

// Filter is what bleve calls for each field of a passage.
func (foldTones) Filter(stream analysis.TokenStream) analysis.TokenStream {
	for _, token := range stream {
		token.Term = []byte(viet.Fold(string(token.Term)))
	}
	return stream
}

// Names of the analyzers.
const (
	foldedWordsName = "folded-words"
	foldedPairsName = "folded-pairs"
)

// newMapping knows both analyzers and one kind of document. A field's analyzer
// is only found at query time when its document mapping has a name.
func newMapping(doc *mapping.DocumentMapping) (*mapping.IndexMappingImpl, error) {
	m := bleve.NewIndexMapping()
	m.AddDocumentMapping("passage", doc)
	m.DefaultType = "passage"
	filters := []string{lowercase.Name, foldTonesName}
	return m, errors.Join(
		m.AddCustomTokenFilter("pairs", map[string]any{"type": shingle.Name, "min": 2.0, "max": 2.0, "output_original": false}),
		m.AddCustomAnalyzer(foldedWordsName, map[string]any{"type": custom.Name, "tokenizer": unicode.Name, "token_filters": filters}),
		m.AddCustomAnalyzer(foldedPairsName, map[string]any{"type": custom.Name, "tokenizer": unicode.Name, "token_filters": append(filters, "pairs")}),
	)
}

// bleveBatch is the portal's own.
const bleveBatch = 500

// buildBleve writes an index in batches.
func buildBleve(dir string, m mapping.IndexMapping, passages iter.Seq2[passage, error], fields func(passage) map[string]any) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	index, err := bleve.New(dir, m)
	if err != nil {
		return err
	}
	return errors.Join(fillBleve(index, passages, fields), index.Close())
}

func fillBleve(index bleve.Index, passages iter.Seq2[passage, error], fields func(passage) map[string]any) error {
	batch := index.NewBatch()
	for p, err := range passages {
		if err != nil {
			return err
		}
		if err := batch.Index(p.ID, fields(p)); err != nil {
			return fmt.Errorf("index %s: %w", p.ID, err)
		}
		if batch.Size() == bleveBatch {
			if err := index.Batch(batch); err != nil {
				return err
			}
			batch.Reset()
		}
	}
	return index.Batch(batch)
}

// openBleve is an index with its way to ask.
type openBleve struct {
	index    bleve.Index
	requests func(text string) []*bleve.SearchRequest // the first that finds something counts; none without words
	snippet  func(text string, found *search.DocumentMatch) string
}

func openBleveIndex(dir string) (bleve.Index, error) {
	return bleve.OpenUsing(dir, map[string]any{"bolt_timeout": "500ms"})
}

func (b *openBleve) ask(ctx context.Context, text string) ([]hit, error) {
	for _, request := range b.requests(text) {
		result, err := b.index.SearchInContext(ctx, request)
		if err != nil {
			return nil, err
		}
		if len(result.Hits) == 0 {
			continue
		}
		var hits []hit
		for _, found := range result.Hits {
			hits = append(hits, hit{found.ID, b.snippet(text, found)})
		}
		return hits, nil
	}
	return nil, nil
}

func (b *openBleve) close() error { return b.index.Close() }
