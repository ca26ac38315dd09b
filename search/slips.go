package search

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

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
