package search

import (
	"bytes"
	"slices"
	"time"

	"sotay/internal/viet"
)

// place is what a match in each of a document's texts is worth.
var place = [textCount]float64{inTitle: 1, inHeading: 0.85, inShort: 0.75, inAsked: 0.6, inBody: 0.55}

// The parts of a score. Each but that of the kind lies between 0 and 1 before it
// is weighed.
const (
	partCover = iota // how many of the query's pairs the text has, and where
	partWords        // how many of its single words
	partRun          // the longest piece of the query that stands in it as typed
	partNear         // how close together the matches are
	partTitle        // how much the question is the one that the title or another wording asks
	partKind         // texts that answer before those that only cite or test
	partNamed        // a provision or a code named outright
	partEnded        // what it rests on is out of force, and was not asked for by name
	partCount
)

var partNames = [partCount]string{"cover", "words", "run", "near", "title", "kind", "named", "ended"}

// partWeights make the parts a score.
var partWeights = [partCount]float64{
	partCover: 0.39, partWords: 0.85, partRun: 0.28, partNear: 0.10, partTitle: 0.55, partKind: 0.4, partNamed: 1, partEnded: -1.5,
}

const (
	otherTones = 0.6 // of a match whose tones differ from those typed
	nearWords  = 0.6 // of a word of a near meaning
	wholeRun   = 1.0 // of a query that stands in a text as a whole; of a piece much less
)

// kindPart prefers texts that answer, and forms where a form is asked for.
func (q *question) kindPart(v *view) float64 {
	switch string(v.facts[factKind]) {
	case KindAnswer:
		return 0.16
	case KindGuide:
		return 0.08
	case KindSituation:
		return 0.03
	case KindQuiz:
		return -0.1 // it asks
	case KindPlan:
		return -0.1 // it shows what guides and answers explain
	case KindTerm:
		return -0.3 // its meaning is told above the hits when it is asked for
	}
	if q.references.form && bytes.HasPrefix(v.facts[factSegment], []byte("mau-")) {
		return 1
	}
	return 0
}

type parts [partCount]float64

func (p *parts) sum() (sum float64) {
	for i, part := range p {
		sum += partWeights[i] * part
	}
	return sum
}

// explained gives the shares of a score that are not nothing.
func (p *parts) explained() (list []Part) {
	for i, part := range p {
		if part != 0 {
			list = append(list, Part{partNames[i], partWeights[i] * part})
		}
	}
	return list
}

// judge compares a document with the question.
func (q *question) judge(v *view, c *coded, today string) (p parts) {
	q.patterns.code(v, c)
	p[partCover] = q.patterns.cover(c)
	p[partWords] = q.patterns.wordCover(c)
	p[partRun] = q.patterns.longestRun(c)
	p[partNear] = q.patterns.nearness(c)
	p[partKind] = q.kindPart(v)
	p[partTitle] = q.patterns.likeness(c)
	if p[partNamed] = q.named(v, c); p[partNamed] > 0 {
		return p
	}
	if ended := v.facts[factEnded]; len(ended) > 0 && string(ended) <= today {
		p[partEnded] = 1
	}
	return p
}

// named tells how surely a document is what the query names: by its number, or
// by the short name of a law alone.
func (q *question) named(v *view, c *coded) float64 {
	if q.references.any() {
		return q.references.names(v, func() bool { return bytes.IndexByte(c.folded[inHeading], none) < 0 && len(c.folded[inHeading]) > 0 })
	}
	if len(v.facts[factSegment]) == 0 && string(v.facts[factKind]) == KindLaw && bytes.Equal(c.folded[inShort], q.patterns.readings[0].folded) {
		return namedAll
	}
	return 0
}

func today() string { return string(viet.DateOf(time.Now())) }

// cover is the weight of the units that a document has, each counted by the
// best place where it stands.
func (p *patterns) cover(c *coded) float64 {
	var have, all float64
	for _, units := range [...][]unitPattern{p.units, p.asides} {
		for i := range units {
			all += units[i].weight
			have += units[i].weight * p.bestPlace(&units[i], c)
		}
	}
	if all == 0 {
		return 0
	}
	return have / all
}

func (p *patterns) bestPlace(u *unitPattern, c *coded) (best float64) {
	for i, f := range u.forms {
		for t, worth := range place {
			if worth <= best || !c.contains(t, f) {
				continue
			}
			if i == 0 && p.toned && !c.containsExactly(t, f) {
				worth *= otherTones
			}
			best = max(best, worth)
		}
	}
	return best
}

// wordCover is the weight of the single words that a document has, each counted
// by the best place where it stands. A known phrase counts by its equals too.
func (p *patterns) wordCover(c *coded) float64 {
	var have, all float64
	for i := range p.words {
		w := &p.words[i]
		all += w.weight
		best := 0.0
		for t, worth := range place {
			if worth > best && w.id != none && c.has[t][w.id] {
				if w.exact != none && !c.toned[t][w.exact] {
					worth *= otherTones
				}
				best = max(best, worth)
			}
		}
		for _, equal := range w.equals {
			for t, worth := range place {
				if worth > best && c.contains(t, equal) {
					best = worth
				}
			}
		}
		for _, near := range w.near {
			for t, worth := range place {
				if worth *= nearWords; worth > best && c.contains(t, near) {
					best = worth
				}
			}
		}
		have += w.weight * best
	}
	if all == 0 {
		return 0
	}
	return have / all
}

// share is the weight of the words that a document has, wherever they stand, as
// a part of all that any text has.
func (p *patterns) share(c *coded) float64 {
	var have, all float64
	for i := range p.words {
		w := &p.words[i]
		if w.unheard {
			continue
		}
		all += w.weight
		if w.in(c) {
			have += w.weight
		}
	}
	return have / max(all, 1e-9)
}

// in reports whether a document has a word, or one of the same meaning.
func (w *wordPattern) in(c *coded) bool {
	for t := range c.has {
		if w.id != none && c.has[t][w.id] || slices.ContainsFunc(w.equals, func(e pattern) bool { return c.contains(t, e) }) {
			return true
		}
	}
	return false
}

// likeness compares the query with each wording of a document's question: the
// weight of the words that both have, as a part of the mean of what each has,
// and that of the query's pairs. A word that only the wording has weighs like
// one of the query's.
func (p *patterns) likeness(c *coded) (best float64) {
	mean := p.weight / max(1, float64(p.decide))
	pairs := 0.0
	for u := range p.units {
		pairs += p.units[u].weight
	}
	for i := range c.wordings {
		w := &c.wordings[i]
		common, named, joined := 0.0, 0, 0.0
		for j := range p.words {
			if word := &p.words[j]; word.first {
				if share := w.shares(word); share > 0 {
					common += share * word.weight
					named++
				}
			}
		}
		for u := range p.units {
			if w.pairs[u] || len(p.units[u].forms) > 1 && slices.ContainsFunc(p.units[u].forms[1:], w.contains) {
				joined += p.units[u].weight
			}
		}
		if common > 0 {
			best = max(best, 2*common/(p.weight+common+mean*float64(max(0, w.words-named)))*(1-pairShare)+pairShare*joined/max(pairs, 1e-9))
		}
	}
	return best
}

// pairShare is what the pairs count in the likeness of two questions, beside
// their words.
const pairShare = 0.35

// shares tells how much of a query's word a wording has: the word itself, an
// equal phrase, or one of a near meaning.
func (w *wording) shares(word *wordPattern) float64 {
	if word.id != none && w.has[word.id] {
		if word.exact != none && !w.toned[word.exact] {
			return otherTones
		}
		return 1
	}
	if slices.ContainsFunc(word.equals, w.contains) {
		return 1
	}
	if slices.ContainsFunc(word.near, w.contains) {
		return nearWords
	}
	return 0
}

// contains reports whether a wording has all syllables of a phrase.
func (w *wording) contains(p pattern) bool {
	return !slices.ContainsFunc(p.folded, func(id byte) bool { return id == none || !w.has[id] })
}

// longestRun is the part of a reading's syllables in the longest piece of it
// that stands in one text in its order; with the typed tones it counts full.
func (p *patterns) longestRun(c *coded) (best float64) {
	for _, r := range p.readings {
		if len(r.folded) < 2 {
			continue
		}
		for t := range c.folded {
			most := 0.5 + 0.5*place[t]
			if most+wholeRun <= best {
				continue
			}
			worth := float64(longestPiece(c.folded[t], nil, r))
			if p.toned && worth > 0 {
				worth = worth*otherTones + float64(longestPiece(c.folded[t], c.exact[t], r))*(1-otherTones)
			}
			part := worth / float64(len(r.folded))
			best = max(best, part*most+wholeRun*part*part*part*part)
		}
	}
	return best
}

// longestPiece is the number of syllables in the longest piece of a reading, of
// at least two, that stands in a text; where exact is given, with the typed tones.
func longestPiece(text, exact []byte, of pattern) int {
	var ending [maxWords * 2]uint8 // length of the piece that ends at each syllable of the reading
	reading := of.folded[:min(len(of.folded), len(ending)-1)]
	best, clean := uint8(1), true
	for i, id := range text {
		if id == none {
			if !clean {
				ending, clean = [maxWords * 2]uint8{}, true
			}
			continue
		}
		clean = false
		for j := len(reading); j > 0; j-- {
			if reading[j-1] != id || exact != nil && of.exact[j-1] != none && of.exact[j-1] != exact[i] {
				ending[j] = 0
				continue
			}
			ending[j] = ending[j-1] + 1
			best = max(best, ending[j])
		}
	}
	if best == 1 {
		return 0
	}
	return int(best)
}

// gap is how many syllables may stand between matches that count as adjoining.
const gap = 2

// nearness compares the number of different deciding syllables in a text with
// the length of the shortest stretch that holds them all, in the text where
// they stand closest.
func (p *patterns) nearness(c *coded) (best float64) {
	if p.decide < 2 {
		return 0
	}
	for t := range c.folded {
		kinds := 0
		for id := range int(p.folded.next) {
			if p.deciding[id] && c.has[t][id] {
				kinds++
			}
		}
		share := float64(kinds) / float64(p.decide)
		if kinds < 2 || share <= best {
			continue
		}
		length := p.shortestStretch(c.folded[t], kinds)
		best = max(best, share*min(1, float64(kinds+gap)/float64(length)))
	}
	return best
}

// shortestStretch is the length in syllables of the shortest stretch of a text
// that holds so many different deciding syllables.
func (p *patterns) shortestStretch(text []byte, kinds int) int {
	var count [256]uint16
	shortest, have, left := len(text), 0, 0
	for right, id := range text {
		if id == none || !p.deciding[id] {
			continue
		}
		if count[id]++; count[id] == 1 {
			have++
		}
		for have == kinds {
			shortest = min(shortest, right-left+1)
			if first := text[left]; first != none && p.deciding[first] {
				if count[first]--; count[first] == 0 {
					have--
				}
			}
			left++
		}
	}
	return shortest
}
