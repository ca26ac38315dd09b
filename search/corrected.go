package search

import (
	"cmp"
	"strings"
	"unicode"
)

// corrected is a query to search for, in pieces, so that it can be shown with
// the tones of what it found.
type corrected struct {
	text    string
	changed bool
	pieces  []piece
}

// piece is a part of a corrected query: a word, or what stands between two.
type piece struct {
	text    string
	exact   string // the word with the tones that are known without looking
	between bool
}

func (m *corrected) add(text string, p piece) {
	p.text = text
	m.text += text
	m.pieces = append(m.pieces, p)
}

// shown is the query as a reader is told it was understood, "" when nothing was
// changed. Words without tones get those that they have in a text that was found.
func (m *corrected) shown(found []string) string {
	if !m.changed {
		return ""
	}
	tones := tonesOf(found)
	var words []syllable
	for _, p := range m.pieces {
		if !p.between {
			words = append(words, syllables(p.text)...)
		}
	}
	var b strings.Builder
	n := 0
	for _, p := range m.pieces {
		list := syllables(cmp.Or(p.exact, p.text))
		if p.between || len(list) != 1 || list[0].toned() {
			b.WriteString(cmp.Or(p.exact, p.text))
			if !p.between {
				n += len(list)
			}
			continue
		}
		b.WriteString(cmp.Or(tones.besides(words, n), p.text))
		n++
	}
	return strings.Join(strings.FieldsFunc(b.String(), unicode.IsSpace), " ")
}

// neighbours are the tones of pairs of syllables, by their folded form.
type neighbours map[[2]string][2]string

func tonesOf(texts []string) neighbours {
	n := neighbours{}
	for _, text := range texts {
		list := syllables(text)
		for i := 1; i < len(list); i++ {
			pair := [2]string{list[i-1].folded, list[i].folded}
			if _, known := n[pair]; !known {
				n[pair] = [2]string{list[i-1].exact, list[i].exact}
			}
		}
	}
	return n
}

// besides are the tones of a syllable beside the one before or after it.
func (n neighbours) besides(words []syllable, i int) string {
	if i > 0 {
		if pair, ok := n[[2]string{words[i-1].folded, words[i].folded}]; ok {
			return pair[1]
		}
	}
	if i+1 < len(words) {
		return n[[2]string{words[i].folded, words[i+1].folded}][0]
	}
	return ""
}
