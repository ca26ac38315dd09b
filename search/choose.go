package search

import (
	"math"
	"slices"
)

// firstOf gives the first so many in an order, sorted; the rest stays unsorted.
func firstOf(list []hitAt, most int, order func(a, b hitAt) int) []hitAt {
	most = min(most, len(list))
	for from, to := 0, len(list); from < most && most < to; {
		middle := divide(list[from:to], order) + from
		if middle < most {
			from = middle + 1
		} else {
			to = middle
		}
	}
	slices.SortFunc(list[:most], order)
	return list[:most]
}

// divide moves what comes before one of the list's elements to its left, and
// gives the place of that element.
func divide(list []hitAt, order func(a, b hitAt) int) int {
	last := len(list) - 1
	list[len(list)/2], list[last] = list[last], list[len(list)/2]
	at := 0
	for i := range last {
		if order(list[i], list[last]) < 0 {
			list[i], list[at] = list[at], list[i]
			at++
		}
	}
	list[at], list[last] = list[last], list[at]
	return at
}

// oneOfEach keeps the best document of each group.
func oneOfEach(list []candidate) []candidate {
	seen := map[[2]uint16]bool{}
	return slices.DeleteFunc(list, func(c candidate) bool {
		if c.group == 0 {
			return false
		}
		double := seen[c.ofGroup()]
		seen[c.ofGroup()] = true
		return double
	})
}

// nearBest drops what has too little of the query to be worth a line. The best may
// have less than nothing, as what is out of force; it stays.
func nearBest(list []candidate) []candidate {
	for i, c := range list {
		if best := list[0].score; c.score < best-math.Abs(best)*(1-nearEnough) {
			return list[:i]
		}
	}
	return list
}

// oneHitOfEach leaves the most promising hit of each group.
func (f *finder) oneHitOfEach() []hitAt {
	at := map[[2]uint16]int{}
	kept := f.hits[:0]
	for _, h := range f.hits {
		if h.group != 0 {
			if i, double := at[h.ofGroup()]; double {
				if f.byFirst(h, kept[i]) < 0 {
					kept[i] = h
				}
				continue
			}
			at[h.ofGroup()] = len(kept)
		}
		kept = append(kept, h)
	}
	f.hits = kept
	return kept
}
