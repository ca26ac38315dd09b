package search

import "testing"

// What is out of force may count for less than nothing; the best of it is found all the same.
func TestTheBestStaysHoweverLittleItCounts(t *testing.T) {
	for _, tt := range []struct {
		scores []float64
		want   int
	}{
		{nil, 0}, {[]float64{1, 0.6, 0.4}, 2}, {[]float64{-0.4, -0.5, -0.7}, 2}, {[]float64{0, -0.1}, 1},
	} {
		var list []candidate
		for _, score := range tt.scores {
			list = append(list, candidate{score: score})
		}
		if got := len(nearBest(list)); got != tt.want {
			t.Errorf("%v: got %d, want %d", tt.scores, got, tt.want)
		}
	}
}
