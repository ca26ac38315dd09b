package content_test

import (
	"reflect"
	"strings"
	"testing"
)

func TestASampleIsDrawnAgainBySeed(t *testing.T) {
	lib, _ := seeded(t)
	first, err := lib.Sample(t.Context(), 40, 7)
	if err != nil || len(first) != 40 {
		t.Fatal(len(first), err)
	}
	again, _ := lib.Sample(t.Context(), 40, 7)
	other, _ := lib.Sample(t.Context(), 40, 8)
	if !reflect.DeepEqual(first, again) || reflect.DeepEqual(first, other) {
		t.Error("the seed does not decide the sample")
	}
	kinds := map[string]bool{}
	for _, s := range append(first, other...) {
		if s.Text == "" || len(s.Basis) == 0 {
			t.Errorf("got %+v", s)
		}
		kinds[strings.Split(s.Where, "/")[1]] = true
	}
	if len(kinds) != 3 {
		t.Errorf("drawn from %v, want guides, answers and situations", kinds)
	}
	if whole, err := lib.Sample(t.Context(), 1<<20, 1); err != nil || len(whole) < 3000 {
		t.Errorf("%d statements in all, %v", len(whole), err)
	}
}
