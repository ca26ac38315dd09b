package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
)

// engine is one way to search the passages.
type engine interface {
	// name is for the table.
	name() string
	// prepare makes what stands outside the index and is kept between runs.
	prepare(ctx context.Context, passages iter.Seq2[passage, error]) error
	// build writes the index of all passages.
	build(ctx context.Context, passages iter.Seq2[passage, error]) error
	// bytes is the size of the built index.
	bytes(ctx context.Context) (int64, error)
	// open makes a built index ready for the first query.
	open(ctx context.Context) (searcher, error)
}

// searcher is an open index. Several clients may ask it at the same time.
type searcher interface {
	// ask gives at most hitsPerQuery hits, the best first.
	ask(ctx context.Context, text string) ([]hit, error)
	close() error
}

// hit is a found passage with a snippet, whose marks are HTML.
type hit struct {
	id, snippet string
}

const hitsPerQuery = 10

// errRefused says that an engine answered: not now.
var errRefused = errors.New("the engine refused to answer")

// engines in the order of the table.
var engines = []struct {
	key   string
	in    func(s shelf) engine
	apart bool // works in a process of its own, whose CPU is not ours
	setup string
}{
	{key: "portal", in: newPortal, setup: "the product as it is, the passages imported as published answers. Its index alone is measured, not its database."},
	{key: "bleve-pairs", in: newBlevePairs, setup: "pairs of folded syllables by bleve's shingle filter, 60 % of them asked for, the last also half typed, title raised. Without term vectors, which its highlighter needs, so snippets are cut by hand around the first match."},
	{key: "bleve-folded", in: newBleveFolded, setup: "folded words with term vectors, title^2 or body, all words, the last also half typed; where nothing has them, with fuzziness 1 and prefix 1. Bleve's html highlighter."},
	{key: "bleve-fuzzy", in: newBleveFuzzy, setup: "the index of bleve folded, always asked with fuzziness 1 and prefix 1."},
	{key: "fts5", in: newFTS5, setup: `tokenize "unicode61 remove_diacritics 2", đ written as d in text and query (unicode61 keeps it, so snippets show d), all words, the last as prefix, bm25 with title 5, snippet(), 64 MB cache, optimized after the build. The texts are in the index.`},
	{key: "postgres", in: newPostgres, apart: true, setup: `dictionary "simple" over text without tones, made so by the benchmark so that the server needs no extension (and the snippets have none); GIN index, all words, the last as prefix, ts_rank_cd with the title as A, ts_headline. A server of its own: its CPU and memory are not ours to tell; size is the table with its indexes.`},
}

func keys() (list []string) {
	for _, e := range engines {
		list = append(list, e.key)
	}
	return list
}

func engineOf(key string, s shelf) (engine, error) {
	for _, e := range engines {
		if e.key == key {
			return e.in(s), nil
		}
	}
	return nil, fmt.Errorf("there is no engine %q", key)
}

func isApart(key string) bool {
	for _, e := range engines {
		if e.key == key {
			return e.apart
		}
	}
	return false
}
