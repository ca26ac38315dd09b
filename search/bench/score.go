package main

import "slices"

// score adds up how well queries are answered.
type score struct {
	Queries, Found int
	Reciprocal     float64
}

// add takes the place of the first relevant hit, 0 for nowhere.
func (s *score) add(place int) {
	s.Queries++
	if place > 0 {
		s.Found++
		s.Reciprocal += 1 / float64(place)
	}
}

// recall is the share of queries with a relevant hit among those shown.
func (s score) recall() float64 { return float64(s.Found) / float64(max(1, s.Queries)) }

// mrr is the mean of one divided by the place of the first relevant hit.
func (s score) mrr() float64 { return s.Reciprocal / float64(max(1, s.Queries)) }

// placeOf is where the first relevant hit stands, 0 for nowhere.
func placeOf(hits []hit, relevant []string) int {
	hits = hits[:min(len(hits), hitsPerQuery)]
	return 1 + slices.IndexFunc(hits, func(h hit) bool { return slices.Contains(relevant, h.id) })
}
