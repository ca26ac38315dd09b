package search

import "bytes"

// A query's syllables get small numbers, so that a text becomes a row of bytes
// in which phrases are found as pieces. What the query does not have is none.
const none = 0xFF

// numbering gives the syllables of one query their numbers.
type numbering struct {
	keys [numberingSize]uint32 // 0 for a free place
	ids  [numberingSize]uint8
	next uint8

	taken int // aliases
}

// numberingSize is a power of two, several times as large as there are numbers.
const numberingSize = 1024

const takenBit = 1 << 31

// add gives a code its number; none when there are too many.
func (n *numbering) add(c code) uint8 {
	at := uint32(c) % numberingSize
	for ; n.keys[at] != 0; at = (at + 1) % numberingSize {
		if n.keys[at] == uint32(c)|takenBit {
			return n.ids[at]
		}
	}
	if n.next == none {
		return none
	}
	n.keys[at], n.ids[at] = uint32(c)|takenBit, n.next
	n.next++
	return n.ids[at]
}

// alias lets a code have the number of another.
func (n *numbering) alias(c, of code) {
	if n.taken++; n.taken > numberingSize/2 || n.of(c) != none {
		return
	}
	id := n.of(of)
	at := uint32(c) % numberingSize
	for n.keys[at] != 0 {
		at = (at + 1) % numberingSize
	}
	n.keys[at], n.ids[at] = uint32(c)|takenBit, id
}

func (n *numbering) of(c code) uint8 {
	for at := uint32(c) % numberingSize; n.keys[at] != 0; at = (at + 1) % numberingSize {
		if n.keys[at] == uint32(c)|takenBit {
			return n.ids[at]
		}
	}
	return none
}

// pattern is a phrase of the query as rows of numbers. A syllable without tones
// has none in exact: it stands for any tones.
type pattern struct{ folded, exact []byte }

// patterns is a query as texts are compared with it.
type patterns struct {
	folded, exact numbering
	toned         bool
	open          *syllable // the last one, when it is still typed
	units, asides []unitPattern
	words         []wordPattern
	readings      []pattern
	deciding      [256]bool
	decide        int     // different syllables that decide
	weight        float64 // of those
}

type unitPattern struct {
	weight float64
	forms  []pattern // the typed one first
}

type wordPattern struct {
	weight  float64
	id      uint8
	exact   uint8 // none when it was typed without tones
	first   bool  // it decides and did not stand before
	unheard bool  // no text has it
	equals  []pattern
	near    []pattern
}

// prepare turns a weighed question into patterns.
func (q *question) prepare() *patterns {
	p := &patterns{toned: q.toned}
	if len(q.completions) > 0 {
		p.open = &q.words[len(q.words)-1]
		p.folded.add(p.open.code().folded())
		for _, folded := range q.completions {
			p.folded.alias(code(numberOfFolded(folded)), p.open.code().folded())
		}
	}
	for _, r := range q.readings {
		p.readings = append(p.readings, p.pattern(r))
	}
	for i, s := range q.words {
		id := p.folded.add(s.code().folded())
		w := wordPattern{weight: q.telling[i], id: id, exact: p.pattern(q.words[i : i+1]).exact[0], unheard: i < len(q.unheard) && q.unheard[i]}
		for _, equal := range alternatives(q.covering(i)) {
			w.equals = append(w.equals, p.pattern(equal))
		}
		for _, near := range q.besides(i) {
			w.near = append(w.near, p.pattern(near))
		}
		if q.deciding[i] && !p.deciding[id] {
			p.deciding[id] = true
			p.decide++
			p.weight += w.weight
			w.first = true
		}
		p.words = append(p.words, w)
	}
	p.units, p.asides = p.unitPatterns(q.units), p.unitPatterns(q.asides)
	return p
}

func (p *patterns) unitPatterns(units []unit) []unitPattern {
	list := make([]unitPattern, len(units))
	for i, u := range units {
		list[i].weight = u.weight
		for _, f := range u.forms {
			list[i].forms = append(list[i].forms, p.pattern(f.words))
		}
	}
	return list
}

func (p *patterns) pattern(words phrase) pattern {
	rows := make([]byte, 0, 2*len(words))
	for _, s := range words {
		rows = append(rows, p.folded.add(s.code().folded()))
	}
	for _, s := range words {
		id := uint8(none)
		if s.toned() && (p.open == nil || s != *p.open) {
			id = p.exact.add(s.code())
		}
		rows = append(rows, id)
	}
	return pattern{rows[:len(words):len(words)], rows[len(words):]}
}

// coded is a document's texts in the numbers of one query.
type coded struct {
	folded, exact [textCount][]byte
	has           [textCount][256]bool // which folded numbers a text has
	toned         [textCount][256]bool // which exact ones
	wordings      []wording            // the title with its heading, and each other wording of the question
}

// wording is what a title, or another wording of its question, has in common
// with a query.
type wording struct {
	words int            // different syllables that tell what it is about
	has   [256]bool      // the folded numbers among them
	toned [256]bool      // the exact ones
	pairs [maxUnits]bool // the query's units that stand in it
	last  uint8          // the number of the syllable before
}

// code reads a document's codes.
func (p *patterns) code(v *view, into *coded) {
	into.wordings = append(into.wordings[:0], wording{last: none})
	for t, codes := range v.codes {
		clear(into.has[t][:])
		if p.toned {
			clear(into.toned[t][:])
		}
		folded, exact, framed := into.folded[t][:0], into.exact[t][:0], false
		for i := range len(codes) / codeBytes {
			c := codeAt(codes, i)
			if c == frameMark {
				framed = true
				continue
			}
			id, other := uint8(none), uint8(none)
			if c != lineBreak {
				id = p.folded.of(c.folded())
			}
			into.has[t][id] = true
			folded = append(folded, id)
			if p.toned {
				if id != none {
					other = p.exact.of(c)
				}
				exact = append(exact, other)
				into.toned[t][other] = true
			}
			if t <= inHeading || t == inAsked {
				p.note(into, c, id, other, framed)
			}
			framed = false
		}
		into.folded[t], into.exact[t] = folded, exact
	}
}

// note counts a syllable for the wording it stands in.
func (p *patterns) note(into *coded, of code, id, exact uint8, framed bool) {
	if of == lineBreak {
		into.wordings = append(into.wordings, wording{last: none})
		return
	}
	w := &into.wordings[len(into.wordings)-1]
	if w.last != none && id != none {
		for u := range p.units {
			if pair := p.units[u].forms[0].folded; len(pair) == 2 && pair[0] == w.last && pair[1] == id {
				w.pairs[u] = true
			}
		}
	}
	w.last = id
	if framed || id != none && w.has[id] {
		w.toned[exact] = w.toned[exact] || !framed
		return
	}
	w.words++
	w.has[id], w.toned[exact] = true, true
}

// contains reports whether a text has a phrase without regard to tones.
func (c *coded) contains(t int, f pattern) bool {
	for _, id := range f.folded {
		if !c.has[t][id] || id == none {
			return false
		}
	}
	return len(f.folded) == 1 || bytes.Contains(c.folded[t], f.folded)
}

// containsExactly reports whether it has it with the tones that were typed.
func (c *coded) containsExactly(t int, f pattern) bool {
	for at := 0; ; at++ {
		next := bytes.Index(c.folded[t][at:], f.folded)
		if next < 0 {
			return false
		}
		if at += next; f.agrees(c.exact[t][at:]) {
			return true
		}
	}
}

// agrees compares tones at the beginning of a text that has the syllables.
func (f pattern) agrees(exact []byte) bool {
	for i, id := range f.exact {
		if id != none && exact[i] != id {
			return false
		}
	}
	return true
}
