package search

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
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

// collectGlued splits a word where blanks were left out, in the way whose pairs
// are the most frequent. Each pair must stand in some text.
func (c *corrector) collectGlued(w *typedWord) {
	letters := []rune(w.raw)
	if len(letters) < shortestGlued {
		return
	}
	type cut struct {
		from  int     // where the syllable begins that ends here
		worth float64 // of the best way up to here
	}
	// ways[end][n] is the best way whose last syllable ends there and has n letters.
	ways := make([][longestPart + 1]cut, len(letters)+1)
	parts := make([][longestPart + 1]syllable, len(letters)+1)
	ids := make([][longestPart + 1]uint32, len(letters)+1)
	for end := 1; end <= len(letters); end++ {
		for n := 1; n <= min(end, longestPart); n++ {
			from := end - n
			s := newSyllable(string(letters[from:end]))
			id := c.id(s.folded)
			parts[end][n], ids[end][n] = s, id
			ways[end][n].worth = math.Inf(-1)
			if id == unknown || n == 1 && !isVowel(firstRune(s.folded)) {
				continue
			}
			if from == 0 {
				ways[end][n] = cut{0, 0}
			}
			for before := 1; before <= min(from, longestPart); before++ {
				p := c.worth(ids[from][before], id)
				if sum := ways[from][before].worth + p - pairWorth - gluedCost; p > 0 && sum > ways[end][n].worth {
					ways[end][n] = cut{before, sum}
				}
			}
		}
	}
	best, end := 1, len(letters)
	for n := 1; n <= min(end, longestPart); n++ {
		if ways[end][n].worth > ways[end][best].worth {
			best = n
		}
	}
	if math.IsInf(ways[end][best].worth, -1) {
		return
	}
	var list []syllable
	for end > 0 {
		list = append(list, parts[end][best])
		end, best = end-best, ways[end][best].from
	}
	if slices.Reverse(list); len(list) > 1 {
		o := c.option(list, gluedCost*float64(len(list)-1))
		o.toned = slices.ContainsFunc(list, syllable.toned)
		w.options = append(w.options, o)
	}
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// collectSlips finds the archive's syllables that are one slip of the finger
// away: letters swapped, doubled, missing, surplus or wrong.
func (c *corrector) collectSlips(w *typedWord) {
	typed := w.typed[0].folded
	if len(typed) < shortestSlip || len(typed) > longestSlip || strings.ContainsFunc(typed, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return
	}
	least, sound := map[uint32]float64{}, 0.0
	if numberOfSyllable(typed) > 0 {
		sound = soundCost
		if w.typed[0].toned() {
			sound += tonedCost
		}
	}
	try := func(meant []byte, at int, cost float64) {
		if at == 0 {
			cost += firstCost
		}
		cost += sound
		id, ok := c.ids[string(meant)]
		if known, tried := least[id]; ok && (!tried || cost < known) {
			least[id] = cost
		}
	}
	eachSlip(typed, try)
	for id, cost := range least {
		name := c.names[id]
		w.options = append(w.options, option{words: []syllable{{folded: name, exact: name}}, first: id, last: id, cost: cost})
	}
	slices.SortFunc(w.options[1:], func(a, b option) int { return int(a.first) - int(b.first) })
}

// eachSlip visits what may have been meant by letters with one slip, and the
// place of the slip.
func eachSlip(typed string, visit func(meant []byte, at int, cost float64)) {
	b := make([]byte, 0, len(typed)+1)
	for at := range len(typed) {
		if at+1 < len(typed) && typed[at] != typed[at+1] {
			b = append(append(b[:0], typed[:at]...), typed[at+1], typed[at])
			visit(append(b, typed[at+2:]...), at, swapCost)
		}
		cost := surplusCost
		if at > 0 && typed[at] == typed[at-1] {
			cost = doubleCost
		}
		visit(append(append(b[:0], typed[:at]...), typed[at+1:]...), at, cost)
		b = append(b[:0], typed...)
		for b[at] = 'a'; b[at] <= 'z'; b[at]++ {
			if b[at] != typed[at] {
				visit(b, at, wrongCost)
			}
		}
	}
	for at := range len(typed) + 1 {
		b = append(append(append(b[:0], typed[:at]...), 'a'), typed[at:]...)
		for ; b[at] <= 'z'; b[at]++ {
			visit(b, at, missingCost)
		}
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
