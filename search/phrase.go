package search

import (
	"slices"
	"strings"
)

// phrase is a sequence of syllables that belong together.
type phrase []syllable

// folded is the phrase as a stored text would hold it, without tones.
func (p phrase) folded() string { return join(p, foldedForm).text }

// exact is the phrase as a stored text would hold it, with tones.
func (p phrase) exact() string { return join(p, exactForm).text }

func (p phrase) has(word syllable) bool {
	return slices.ContainsFunc(p, func(s syllable) bool { return s.folded == word.folded })
}

// begins compares syllables; a tone counts only where the query has one.
func (p phrase) begins(rest []syllable) bool {
	if len(p) > len(rest) {
		return false
	}
	for i, s := range p {
		if rest[i].folded != s.folded || (rest[i].toned() && rest[i].exact != s.exact) {
			return false
		}
	}
	return true
}

func (s syllable) toned() bool { return s.exact != s.folded }

// joined is a phrase with a blank before and after each syllable, so that any
// piece of it can be looked for in a stored text.
type joined struct {
	text string
	at   []int // the blank before each syllable, and the last one
}

func join(p phrase, form func(syllable) string) joined {
	var b strings.Builder
	j := joined{at: make([]int, 0, len(p)+1)}
	for _, s := range p {
		j.at = append(j.at, b.Len())
		b.WriteString(" " + form(s))
	}
	j.at = append(j.at, b.Len())
	j.text = b.String() + " "
	return j
}

func (j joined) len() int { return len(j.at) - 1 }

func (j joined) piece(from, to int) string { return j.text[j.at[from] : j.at[to]+1] }

func (j joined) singles() []string {
	list := make([]string, j.len())
	for i := range list {
		list[i] = j.piece(i, i+1)
	}
	return list
}

// reading is a query in one wording.
type reading struct {
	words         phrase
	folded, exact joined
}

func newReading(words phrase) reading {
	return reading{words, join(words, foldedForm), join(words, exactForm)}
}
