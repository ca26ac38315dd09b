package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"sotay/internal/viet"
)

// question is a query as it was understood.
type question struct {
	dictionary  dictionary // that it was read with
	words       []syllable
	deciding    []bool // false for courtesies and question words
	known       []known
	beside      []known   // phrases with a near meaning
	toned       bool      // somebody who types tones means them
	units       []unit    // what a text must contain most of
	asides      []unit    // pairs with a courtesy or question word: they only rank
	readings    []phrase  // the words, and the words with an equal phrase put in
	unheard     []bool    // words that no text has
	telling     []float64 // how much each word says, the rarer the more
	related     []form    // raise, decide nothing
	prefix      *form     // the last unit while its last syllable may still be typed
	completions []string  // what that syllable may become, without tones
	understood  []string  // what was taken to mean the same: "UBND = Ủy ban nhân dân"
	near        []string  // the related words
	references  references
	patterns    *patterns // once it is weighed
}

// unit is one thing a text should contain, in any of its forms: a pair of
// neighbouring syllables, or one syllable that stands alone.
type unit struct {
	forms  []form // the typed one first
	weight float64
}

// form is a sequence of syllables. A text has it when it has all its pairs.
type form struct {
	words  phrase
	weight float64
}

func newForm(words phrase, weight float64) form { return form{words: words, weight: weight} }

// terms are what a text has when it has the form.
func (f form) terms() (field string, terms []string) {
	if len(f.words) == 1 {
		return fieldSingle, []string{f.words[0].folded}
	}
	return fieldText, pairs(f.words, foldedForm)
}

// Weights of what was not typed.
const (
	typedWeight   = 1.0
	equalWeight   = 0.95
	relatedWeight = 0.5
)

// courtesyWeight is what a courtesy or question word counts beside a word that
// decides: "bao lâu" still tells which of two answers is meant.
const courtesyWeight = 0.5

// understand reads a query. It never fails: what it cannot use it leaves out.
func (d dictionary) understand(text string) question { return d.read(text, d) }

// understandLiteral reads a query without other words for what was typed.
func (d dictionary) understandLiteral(text string) question {
	q := d.read(text, dictionary{})
	q.prefix = nil
	return q
}

func (d dictionary) read(text string, other dictionary) question {
	text = firstRunes(viet.NFC(strings.ToValidUTF8(text, " ")), MaxQueryRunes)
	q := question{dictionary: d, words: syllables(text)}
	if len(q.words) > maxWords {
		q.words = q.words[:maxWords]
	}
	q.toned = slices.ContainsFunc(q.words, syllable.toned)
	q.references = readReferences(q.words)
	q.findKnown(other.same)
	q.findNear(other.near)
	q.dropCourtesies()
	q.collectUnits()
	q.collectReadings()
	q.notePrefix(text)
	return q
}

func firstRunes(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	return string([]rune(s)[:limit])
}

// known is a phrase of the query that the dictionary knows.
type known struct {
	span
	equal []phrase
}

// findKnown finds known phrases from left to right, the longest first.
func (q *question) findKnown(same meanings) {
	for at := 0; at < len(q.words); {
		found := same.longest(q.words[at:])
		if len(found) == 0 {
			at++
			continue
		}
		k := known{span: span{at, at + len(found[0].from)}}
		for _, m := range found {
			q.take(m, &k)
		}
		q.known = append(q.known, k)
		at = k.end
	}
}

func (q *question) take(m meaning, k *known) {
	if len(k.equal) < maxAlternatives {
		k.equal = append(k.equal, m.to)
	}
	if m.told != "" && !slices.Contains(q.understood, m.told) {
		q.understood = append(q.understood, m.told)
	}
}

// findNear finds phrases with a near meaning, wherever they stand.
func (q *question) findNear(near meanings) {
	for at := 0; at < len(q.words); {
		found := near.longest(q.words[at:])
		if len(found) == 0 {
			at++
			continue
		}
		k := known{span: span{at, at + len(found[0].from)}}
		for _, m := range found[:min(len(found), maxAlternatives)] {
			k.equal = append(k.equal, m.to)
			q.related = append(q.related, newForm(m.to, relatedWeight))
			if !slices.Contains(q.near, m.told) && !slices.ContainsFunc(q.understood, func(u string) bool { return strings.HasSuffix(u, " = "+m.told) }) {
				q.near = append(q.near, m.told)
			}
		}
		q.beside = append(q.beside, k)
		at = k.end
	}
}

// besides are the phrases of a near meaning for what a syllable belongs to.
func (q *question) besides(at int) []phrase {
	for _, k := range q.beside {
		if k.start <= at && at < k.end {
			return k.equal
		}
	}
	return nil
}

// dropCourtesies decides which syllables count. A query of nothing else keeps
// them all.
func (q *question) dropCourtesies() {
	q.deciding = make([]bool, len(q.words))
	for i := range q.deciding {
		q.deciding[i] = true
	}
	for at := 0; at < len(q.words); {
		if k := q.covering(at); k != nil {
			at = k.end
			continue
		}
		n := q.dictionary.silentAt(q.words[at:])
		for i := at; i < at+n; i++ {
			q.deciding[i] = q.covering(i) != nil
		}
		at += max(n, 1)
	}
	if !slices.Contains(q.deciding, true) {
		for i := range q.deciding {
			q.deciding[i] = true
		}
	}
}

// covering is the known phrase that a syllable belongs to, or nil.
func (q *question) covering(at int) *known {
	for i := range q.known {
		if q.known[i].start <= at && at < q.known[i].end {
			return &q.known[i]
		}
	}
	return nil
}

// collectUnits makes the pairs of deciding neighbours, and units of the
// syllables that stand alone or are abbreviations.
func (q *question) collectUnits() {
	for i := range q.words {
		if !q.deciding[i] || !q.deciding[min(i+1, len(q.words)-1)] {
			q.addAside(i)
		}
		if !q.deciding[i] {
			continue
		}
		k := q.covering(i)
		alone := !q.decides(i-1) && !q.decides(i+1)
		if alone || (len(alternatives(k)) > 0 && k.end-k.start == 1) {
			q.addUnit(q.words[i:i+1], alternatives(k))
		}
		if q.decides(i + 1) {
			q.addUnit(q.words[i:i+2], pairAlternatives(q.words[i:i+2], k, q.covering(i+1)))
		}
	}
}

func (q *question) decides(i int) bool { return i >= 0 && i < len(q.words) && q.deciding[i] }

func (q *question) addUnit(typed phrase, equal []phrase) {
	u := unit{forms: []form{newForm(typed, typedWeight)}, weight: 1}
	for _, p := range equal {
		other := newForm(p, equalWeight)
		if !slices.ContainsFunc(u.forms, func(f form) bool { return f.words.sounds(other.words) }) {
			u.forms = append(u.forms, other)
		}
	}
	q.units = append(q.units, u)
}

func (q *question) addAside(i int) {
	if i+1 < len(q.words) {
		q.asides = append(q.asides, unit{forms: []form{newForm(q.words[i:i+2], courtesyWeight)}})
	}
}

func alternatives(k *known) []phrase {
	if k == nil {
		return nil
	}
	return k.equal
}

// pairAlternatives are what else a pair may be: inside one known phrase its
// equals as a whole; across the edge of one, the pair with the equal's edge.
func pairAlternatives(pair phrase, left, right *known) (list []phrase) {
	if left != nil && left == right {
		return left.equal
	}
	for _, p := range alternatives(left) {
		list = append(list, phrase{p[len(p)-1], pair[1]})
	}
	for _, p := range alternatives(right) {
		list = append(list, phrase{pair[0], p[0]})
	}
	return list
}

// collectReadings writes the query as typed and once for each equal phrase, so
// that a text with the other phrase counts as if it had the typed one.
func (q *question) collectReadings() {
	q.readings = []phrase{q.words}
	for _, k := range q.known {
		for _, equal := range k.equal {
			if len(q.readings) > maxReadings {
				return
			}
			q.readings = append(q.readings, slices.Concat(phrase(q.words[:k.start]), equal, phrase(q.words[k.end:])))
		}
	}
}

// notePrefix notes that the last syllable may be the beginning of a longer one.
func (q *question) notePrefix(text string) {
	if len(q.units) == 0 || !q.decides(len(q.words)-1) {
		return
	}
	if last := q.words[len(q.words)-1]; last.end != len(text) || '0' <= last.folded[0] && last.folded[0] <= '9' {
		return
	}
	typed := q.units[len(q.units)-1].forms[0].words
	if len(typed) > 1 || len(typed[0].folded) > 1 {
		prefix := newForm(typed, typedWeight)
		q.prefix = &prefix
	}
}
