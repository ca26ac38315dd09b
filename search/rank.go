package search

import (
	"slices"
	"strings"
	"time"

	"sotay/internal/viet"
)

// place is what a match in each of a document's texts is worth.
var place = [textCount]float64{inTitle: 1, inHeading: 0.85, inShort: 0.75, inBody: 0.55}

// Parts of a score. Each part lies between 0 and 1.
const (
	firstPart  = 0.10 // bleve's own score
	coverPart  = 0.40 // how many of the query's pairs the text has, and where
	wordPart   = 0.40 // how many of its single words
	runPart    = 0.35 // the longest piece of the query that stands in it as typed
	nearPart   = 0.10 // how close together the matches are
	titlePart  = 0.25 // how much of the title the query names
	namedPart  = 2.00 // a provision or a code named outright
	mainPart   = 0.10 // more for one of the law itself
	endedPart  = -1.5 // what it rests on is out of force, and was not asked for by name
	otherTones = 0.6  // of a match whose tones differ from those typed
)

// kindPart prefers texts that answer to those that only cite or test.
var kindPart = map[string]float64{KindAnswer: 0.12, KindGuide: 0.08}

// rank orders candidates by their texts. Those beyond the first maxRanked stay
// behind, in bleve's order.
func (q *question) rank(list []candidate) []candidate {
	head := list[:min(len(list), maxRanked)]
	for i := range head {
		head[i].score = q.score(head[i])
	}
	slices.SortStableFunc(head, func(a, b candidate) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return strings.Compare(a.ID, b.ID)
	})
	least := 0.0
	if len(head) > 0 {
		least = head[len(head)-1].score
	}
	for i := len(head); i < len(list); i++ {
		list[i].score = least * list[i].first
	}
	return list
}

func (q *question) score(c candidate) float64 {
	score := firstPart*c.first + coverPart*q.cover(&c.stored) + wordPart*q.wordCover(&c.stored) + runPart*q.longestRun(&c.stored) +
		nearPart*q.nearness(&c.stored) + titlePart*q.ofTitle(&c.stored) + kindPart[c.Kind]
	if q.references.names(c.document) {
		score += namedPart
		if strings.HasPrefix(c.Ref, mainLaw+" ") {
			score += mainPart
		}
	} else if c.Ended != "" && c.Ended <= string(viet.DateOf(time.Now())) {
		score += endedPart
	}
	return score
}

// cover is the weight of the units that a document has, each counted by the
// best place where it stands.
func (q *question) cover(s *stored) float64 {
	var have, all float64
	for _, units := range [][]unit{q.units, q.asides} {
		for _, u := range units {
			all += u.weight
			have += u.weight * q.bestPlace(u, s)
		}
	}
	if all == 0 {
		return 0
	}
	return have / all
}

func (q *question) bestPlace(u unit, s *stored) (best float64) {
	for i, f := range u.forms {
		for t := range s.folded {
			worth := place[t]
			if worth <= best || !strings.Contains(s.folded[t], f.folded) {
				continue
			}
			if i == 0 && q.toned && !strings.Contains(s.exact[t], f.exact) {
				worth *= otherTones
			}
			best = max(best, worth)
		}
	}
	return best
}

// wordCover is the weight of the single words that a document has, each counted
// by the best place where it stands. A known phrase counts by its equals too.
func (q *question) wordCover(s *stored) float64 {
	var have, all float64
	for i, word := range q.readings[0].folded.singles() {
		all += q.telling[i]
		best := bestOf(word, s)
		for _, equal := range alternatives(q.covering(i)) {
			best = max(best, bestOf(equal.folded(), s))
		}
		have += q.telling[i] * best
	}
	if all == 0 {
		return 0
	}
	return have / all
}

// bestOf is the worth of the best place where a phrase stands.
func bestOf(wanted string, s *stored) (best float64) {
	for t := range s.folded {
		if place[t] > best && strings.Contains(s.folded[t], wanted) {
			best = place[t]
		}
	}
	return best
}

// longestRun is the part of a reading's syllables in the longest piece of it
// that stands in one text in its order; with the typed tones it counts full.
func (q *question) longestRun(s *stored) (best float64) {
	for _, r := range q.readings {
		if len(r.words) < 2 {
			continue
		}
		for t := range s.folded {
			worth := float64(longestPiece(s.folded[t], r.folded))
			if q.toned && worth > 0 {
				worth = worth*otherTones + float64(longestPiece(s.exact[t], r.exact))*(1-otherTones)
			}
			best = max(best, worth*(0.5+0.5*place[t])/float64(len(r.words)))
		}
	}
	return best
}

// longestPiece is the number of syllables in the longest piece of at least two
// that a text has.
func longestPiece(text string, j joined) int {
	best := 1
	for from := 0; from+best < j.len(); from++ {
		for to := from + best + 1; to <= j.len() && strings.Contains(text, j.piece(from, to)); to++ {
			best = to - from
		}
	}
	if best == 1 {
		return 0
	}
	return best
}

// nearness compares the number of units found in a text with the length of the
// shortest stretch that holds them all, in the text where they stand closest.
func (q *question) nearness(s *stored) (best float64) {
	for _, text := range s.folded {
		stretch, kinds := shortestStretch(q.places(text))
		if kinds < 2 {
			continue
		}
		near := min(1, float64(kinds+gap)/float64(max(stretch, 1)))
		best = max(best, near*float64(kinds)/float64(len(q.units)))
	}
	return best
}

// gap is how many syllables may stand between matches that count as adjoining.
const gap = 2

// match is a unit that stands in a text.
type match struct {
	span // of syllables
	unit int
}

// maxPlaces bounds how often one form of a unit is looked for in one text.
const maxPlaces = 24

// places finds the units in a text of folded syllables, in its order.
func (q *question) places(folded string) []match {
	var list []match
	for u, unit := range q.units {
		for _, f := range unit.forms {
			list = appendPlaces(list, folded, f, u)
		}
	}
	slices.SortFunc(list, func(a, b match) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	return list
}

func appendPlaces(list []match, text string, f form, unit int) []match {
	syllable, last := 0, 0
	for n := 0; n < maxPlaces; n++ {
		at := strings.Index(text[last:], f.folded)
		if at < 0 {
			break
		}
		syllable += strings.Count(text[last:last+at], " ")
		last += at
		list = append(list, match{span{syllable, syllable + len(f.words)}, unit})
		last++ // past the blank before this match
		syllable++
	}
	return list
}

// shortestStretch is the length in syllables of the shortest stretch with all
// the kinds of matches there are, and their number.
func shortestStretch(list []match) (length, kinds int) {
	count := map[int]int{}
	for _, m := range list {
		count[m.unit]++
	}
	kinds, length = len(count), 0
	clear(count)
	left, have := 0, 0
	for right, m := range list {
		if count[m.unit]++; count[m.unit] == 1 {
			have++
		}
		for have == kinds && left <= right {
			if stretch := m.end - list[left].start; length == 0 || stretch < length {
				length = stretch
			}
			if count[list[left].unit]--; count[list[left].unit] == 0 {
				have--
			}
			left++
		}
	}
	return length, kinds
}

// ofTitle is the part of the title and heading that the query names. The frame
// of a question ("có được … không") counts for nothing.
func (q *question) ofTitle(s *stored) float64 {
	named, all := 0, 0
	for _, t := range []int{inTitle, inHeading} {
		for _, word := range withoutCourtesies(s.syllables(t)) {
			all++
			if slices.ContainsFunc(q.readings, func(r reading) bool { return r.words.has(word) }) {
				named++
			}
		}
	}
	if all == 0 {
		return 0
	}
	return float64(named) / float64(all)
}

func withoutCourtesies(list []syllable) (kept []syllable) {
	if n := len(list); n > 1 && list[n-1].exact == "không" {
		list = list[:n-1]
	}
	for at := 0; at < len(list); {
		if n := words.silentAt(list[at:]); n > 0 {
			at += n
			continue
		}
		kept = append(kept, list[at])
		at++
	}
	return kept
}

// oneOfEach keeps the best document of each group.
func oneOfEach(list []candidate) []candidate {
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(c candidate) bool {
		if seen[c.Group] {
			return true
		}
		seen[c.Group] = true
		return false
	})
}
