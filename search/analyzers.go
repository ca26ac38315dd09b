package search

import (
	"sotay/internal/viet"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"
)

// Names under which bleve knows the three analyses of a text.
const (
	foldedPairs   = "folded-pairs"
	exactPairs    = "exact-pairs"
	foldedSingles = "folded-singles"
)

func init() {
	registerAnalyzer(foldedPairs, func(list []syllable) []string { return pairs(list, foldedForm) })
	registerAnalyzer(exactPairs, func(list []syllable) []string { return pairs(list, exactForm) })
	registerAnalyzer(foldedSingles, singles)
}

func registerAnalyzer(name string, terms func([]syllable) []string) {
	err := registry.RegisterAnalyzer(name, func(map[string]any, *registry.Cache) (analysis.Analyzer, error) {
		return analyzer{terms}, nil
	})
	if err != nil {
		panic(err)
	}
}

// analyzer turns a field's text into the terms of the index.
type analyzer struct {
	terms func([]syllable) []string
}

// Analyze is what bleve calls for each field of a document. Offsets are left
// out: snippets have their own.
func (a analyzer) Analyze(input []byte) analysis.TokenStream {
	terms := a.terms(syllables(viet.NFC(string(input))))
	tokens := make([]analysis.Token, len(terms))
	stream := make(analysis.TokenStream, len(terms))
	for i, term := range terms {
		tokens[i] = analysis.Token{Term: []byte(term), Position: i + 1, Type: analysis.AlphaNumeric}
		stream[i] = &tokens[i]
	}
	return stream
}

func foldedForm(s syllable) string { return s.folded }
func exactForm(s syllable) string  { return s.exact }

// pairs joins each syllable with the next one.
func pairs(list []syllable, form func(syllable) string) []string {
	if len(list) < 2 {
		return nil
	}
	terms := make([]string, len(list)-1)
	for i := range terms {
		terms[i] = form(list[i]) + " " + form(list[i+1])
	}
	return terms
}

func singles(list []syllable) []string {
	terms := make([]string, len(list))
	for i, s := range list {
		terms[i] = s.folded
	}
	return terms
}
