package search

import "slices"

// phrase is a sequence of syllables that belong together.
type phrase []syllable

// sounds reports whether two phrases are the same without tones.
func (p phrase) sounds(other phrase) bool {
	return slices.EqualFunc(p, other, func(a, b syllable) bool { return a.folded == b.folded })
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
