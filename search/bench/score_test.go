package main

import (
	"fmt"
	"math"
	"testing"
	"time"
)

func TestPlaceOfTheFirstRelevantHit(t *testing.T) {
	many := make([]hit, 12)
	for i := range many {
		many[i].id = fmt.Sprint("d", i+1)
	}
	cases := []struct {
		name     string
		hits     []hit
		relevant []string
		want     int
	}{
		{"nothing found", nil, []string{"d1"}, 0},
		{"first", many, []string{"d1"}, 1},
		{"the better one of two", many, []string{"d9", "d4"}, 4},
		{"the last that counts", many, []string{"d10"}, 10},
		{"beyond", many, []string{"d11"}, 0},
	}
	for _, c := range cases {
		if got := placeOf(c.hits, c.relevant); got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
}

func TestScoreIsMeanReciprocalRankAndRecall(t *testing.T) {
	var s score
	if s.mrr() != 0 || s.recall() != 0 {
		t.Errorf("without queries: got %v, %v, want 0", s.mrr(), s.recall())
	}
	for _, place := range []int{1, 2, 0, 4} {
		s.add(place)
	}
	if got, want := s.mrr(), (1+0.5+0.25)/4; math.Abs(got-want) > 1e-12 {
		t.Errorf("MRR: got %v, want %v", got, want)
	}
	if got := s.recall(); got != 0.75 {
		t.Errorf("recall: got %v, want 0.75", got)
	}
}

func TestPercentileIsATimeThatWasMeasured(t *testing.T) {
	var list []time.Duration
	for i := range 200 {
		list = append(list, time.Duration(200-i)*time.Millisecond)
	}
	if got := percentile(list, 50); got != 100 {
		t.Errorf("p50: got %v, want 100", got)
	}
	if got := percentile(list, 99); got != 198 {
		t.Errorf("p99: got %v, want 198", got)
	}
	if got := percentile(list[:1], 99); got != 200 {
		t.Errorf("p99 of one: got %v, want 200", got)
	}
}

func TestPassesEndWithTheirTime(t *testing.T) {
	queries := []query{{Text: "a"}, {Text: "b"}, {Text: "c"}, {Text: "d"}}
	count := func(p patience) (passes int) {
		if err := p.each(queries, func(pass []query) error {
			if passes++; len(pass) != len(queries) {
				t.Errorf("a pass has %d queries, want %d", len(pass), len(queries))
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return passes
	}
	if got := count(patience{passes: 3, time: time.Minute}); got != 3 {
		t.Errorf("got %d passes, want 3", got)
	}
	if got := count(patience{passes: 3}); got != 1 {
		t.Errorf("without time: got %d passes, want 1", got)
	}
}
