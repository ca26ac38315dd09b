package search

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"sotay/internal/viet"
)

// corrector mends what was mistyped in one query. A word that some text or the
// list of words has is no fault. For any other it weighs what may have been
// meant, and takes of that what stands beside its neighbours in some text.
type corrector struct {
	*lexicon
	dictionary dictionary
	has        func(folded string) (bool, error) // in the index at this moment
	text       string
	words      []typedWord
}

// typedWord is a run of letters and digits of a query, and what it may mean;
// the first option is the word as typed.
type typedWord struct {
	span
	raw     string // lower case
	typed   []syllable
	options []option
}

// option is one meaning of a typed word.
type option struct {
	words       []syllable
	first, last uint32 // ids of the outer syllables
	cost        float64
	inner       float64 // what its own pairs speak for it
	toned       bool    // its tones were typed
}

// What an option costs. A pair that some text has outweighs any one of them; so
// costs decide between options that all fit, and none is taken that does not.
const (
	pairWorth   = 5.0 // and more for a frequent one
	keysCost    = 0.5 // letters that no input method turned into marks
	swapCost    = 2.0
	doubleCost  = 2.0
	missingCost = 2.8
	surplusCost = 3.0
	wrongCost   = 3.5
	firstCost   = 0.7 // more for a fault in the first letter
	gluedCost   = 1.0 // for each blank that was left out
	soundCost   = 3.0 // more for a fault in what could be a Vietnamese syllable
	tonedCost   = 4.0 // more still when it was typed with its tones
)

// correct mends a query with what the volume's texts have.
func (v *volume) correct(ctx context.Context, d dictionary, text string) (c corrected, err error) {
	text = firstRunes(viet.NFC(strings.ToValidUTF8(text, " ")), MaxQueryRunes)
	l := v.lexicon.Load()
	if l == nil {
		return corrected{text: text}, nil
	}
	reader, err := v.reader()
	if err != nil {
		return corrected{}, err
	}
	defer func() {
		if closed := reader.Close(); err == nil && closed != nil {
			err = fmt.Errorf("close reader: %w", closed)
		}
	}()
	return l.correct(d, text, func(folded string) (bool, error) { return has(ctx, reader, folded) })
}

func (l *lexicon) correct(d dictionary, text string, has func(string) (bool, error)) (corrected, error) {
	c := corrector{lexicon: l, dictionary: d, has: has, text: text, words: typedWords(text)}
	doubtful := false
	for i := range c.words {
		known, err := c.knows(i)
		if err != nil {
			return corrected{}, err
		}
		if !known {
			c.collect(i)
			doubtful = doubtful || len(c.words[i].options) > 1
		}
	}
	if !doubtful {
		return corrected{text: text}, nil
	}
	c.doubtNumbers()
	for i := range c.words {
		c.narrow(i)
	}
	return c.write(c.best()), nil
}

// typedWords splits a query at everything that is neither letter nor digit.
func typedWords(text string) (list []typedWord) {
	for at := 0; at < len(text) && len(list) < maxWords; {
		r, size := utf8.DecodeRuneInString(text[at:])
		if class := classOf(r); class != letter && class != digit {
			at += size
			continue
		}
		end := at
		for end < len(text) {
			r, size := utf8.DecodeRuneInString(text[end:])
			if classOf(r) == separator {
				break
			}
			end += size
		}
		list = append(list, typedWord{span: span{at, end}, raw: strings.ToLower(text[at:end]), typed: syllables(text[at:end])})
		at = end
	}
	return list
}

// knows reports whether a word may stand as it is.
func (c *corrector) knows(i int) (bool, error) {
	w := &c.words[i]
	w.options = []option{c.option(w.typed, 0)}
	switch {
	case len(w.typed) == 0 || utf8.RuneCountInString(w.raw) > maxSyllable:
		return true, nil
	case len(w.typed) > 1: // letters and digits
		return w.options[0].inner >= pairWorth*float64(len(w.typed)-1) || c.refers(w), nil
	}
	word := w.typed[0]
	if classOf([]rune(word.exact)[0]) == digit || c.dictionary.syllables[word.folded] || c.id(word.folded) != unknown {
		return true, nil
	}
	return c.has(word.folded)
}

// doubtNumbers reads "cu73" as keys, though some text has cử 73, once another
// word of the query was typed in that way.
func (c *corrector) doubtNumbers() {
	mixed := func(w typedWord) bool { return len(w.typed) > 1 && len(w.options) > 1 }
	if !slices.ContainsFunc(c.words, mixed) {
		return
	}
	for i := range c.words {
		if w := &c.words[i]; len(w.typed) == 2 && len(w.options) == 1 && !c.refers(w) {
			c.collectNumbers(w)
		}
	}
}

// collectNumbers reads letters and digits as keys. Then the letters alone speak
// for nothing.
func (c *corrector) collectNumbers(w *typedWord) {
	if c.collectKeys(w, vni); len(w.options) > 1 {
		w.options[0] = option{words: w.typed, first: unknown, last: unknown}
	}
}

// refers tells "điều69" and "mẫu11" from keys of an input method.
func (c *corrector) refers(w *typedWord) bool {
	return len(w.typed) == 2 && referenceWords[w.typed[0].folded] != ""
}

// option weighs syllables that stand together.
func (c *corrector) option(list []syllable, cost float64) option {
	o := option{words: list, first: unknown, last: unknown, cost: cost}
	if len(list) == 0 {
		return o
	}
	o.first, o.last = c.id(list[0].folded), c.id(list[len(list)-1].folded)
	for i := 1; i < len(list); i++ {
		o.inner += c.worth(c.id(list[i-1].folded), c.id(list[i].folded))
	}
	return o
}

// worth is what the texts with a pair speak for it.
func (c *corrector) worth(first, second uint32) float64 {
	if p := c.pair(first, second); p != nil {
		return pairWorth + math.Log2(float64(p.texts))/2
	}
	return 0
}

// collect finds what an unknown word may mean.
func (c *corrector) collect(i int) {
	w := &c.words[i]
	if len(w.typed) > 1 {
		c.collectNumbers(w)
		return
	}
	if short := shortForms[w.typed[0].exact]; short != "" {
		if !c.beforeNumber(i) {
			o := c.option(syllables(short), 0)
			o.inner, o.toned = max(o.inner, pairWorth), w.typed[0].toned()
			w.options = append(w.options, o)
		}
		return
	}
	if c.abbreviates(w) || c.unfinished(i) {
		return
	}
	c.collectKeys(w, telex)
	c.collectGlued(w)
	c.collectSlips(w)
}

// beforeNumber tells "k 3", a paragraph of law, from a short form.
func (c *corrector) beforeNumber(i int) bool {
	return i+1 < len(c.words) && len(c.words[i+1].raw) > 0 && '0' <= c.words[i+1].raw[0] && c.words[i+1].raw[0] <= '9'
}

// abbreviates reports whether a word is in capitals in a query that is not.
func (c *corrector) abbreviates(w *typedWord) bool {
	upper := func(s string) bool { return strings.ToUpper(s) == s }
	return upper(c.text[w.start:w.end]) && !upper(c.text)
}

// unfinished reports whether the last word is the beginning of one that fits.
func (c *corrector) unfinished(i int) bool {
	if i == 0 || i != len(c.words)-1 || c.words[i].end != len(c.text) {
		return false
	}
	return c.continues(c.words[i-1].options[0].last, c.words[i].typed[0].folded)
}

func (c *corrector) collectKeys(w *typedWord, read func(string) (string, bool)) {
	meant, ok := read(w.raw)
	if !ok {
		return
	}
	s := newSyllable(meant)
	o := c.option([]syllable{s}, keysCost)
	if o.first != unknown {
		if o.toned = carriesTone(meant); !o.toned { // half typed: "phieeu" is phiếu
			o.words[0].exact = o.words[0].folded
		}
		w.options = append(w.options, o)
	}
}

// narrow keeps the options that fit the neighbours best, so that the work on
// the whole query stays small.
func (c *corrector) narrow(i int) {
	list := c.words[i].options
	if len(list) <= maxMeanings {
		return
	}
	fits := make(map[uint32]float64, len(list))
	for _, o := range list[1:] {
		fit := math.Log2(1+float64(c.texts[o.first]))/8 - o.cost
		if i > 0 {
			fit += c.bestWorth(c.words[i-1].options, func(n option) float64 { return c.worth(n.last, o.first) })
		}
		if i+1 < len(c.words) {
			fit += c.bestWorth(c.words[i+1].options, func(n option) float64 { return c.worth(o.last, n.first) })
		}
		fits[o.first] = max(fits[o.first], fit)
	}
	slices.SortStableFunc(list[1:], func(a, b option) int {
		switch x, y := fits[a.first], fits[b.first]; {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	c.words[i].options = list[:maxMeanings]
}

func (c *corrector) bestWorth(neighbours []option, worth func(option) float64) (best float64) {
	for _, n := range neighbours[:min(len(neighbours), maxMeanings)] {
		best = max(best, worth(n))
	}
	return best
}

// best chooses an option of each word, so that the pairs speak for the whole.
func (c *corrector) best() []option {
	from := make([][]int, len(c.words))
	var before []float64
	for i, w := range c.words {
		now := make([]float64, len(w.options))
		from[i] = make([]int, len(w.options))
		for j, o := range w.options {
			top := 0.0
			for k := range before {
				sum := before[k] + c.worth(c.words[i-1].options[k].last, o.first)
				if k == 0 || sum > top {
					top, from[i][j] = sum, k
				}
			}
			now[j] = top + o.inner - o.cost
		}
		before = now
	}
	chosen := make([]option, len(c.words))
	at := 0
	for j := range before {
		if before[j] > before[at] {
			at = j
		}
	}
	for i := len(c.words) - 1; i >= 0; i-- {
		chosen[i] = c.words[i].options[at]
		at = from[i][at]
	}
	return chosen
}

// write puts the query together again. Somebody who typed no tones is searched
// for without.
func (c *corrector) write(chosen []option) corrected {
	changed, toned := false, false
	for i, o := range chosen {
		changed = changed || !c.asTyped(i, o)
		toned = toned || o.toned || slices.ContainsFunc(c.words[i].typed, syllable.toned)
	}
	if !changed {
		return corrected{text: c.text}
	}
	m := corrected{changed: true}
	at := 0
	for i, o := range chosen {
		w := c.words[i]
		m.add(c.text[at:w.start], piece{between: true})
		at = w.end
		if c.asTyped(i, o) {
			m.add(c.text[w.start:w.end], piece{})
			continue
		}
		for j, s := range o.words {
			if j > 0 {
				m.add(" ", piece{between: true})
			}
			p := piece{exact: s.exact}
			if toned && o.toned {
				m.add(s.exact, p)
			} else {
				m.add(s.folded, p)
			}
		}
	}
	m.add(c.text[at:], piece{between: true})
	return m
}

func (c *corrector) asTyped(i int, o option) bool {
	return slices.Equal(o.words, c.words[i].typed)
}
