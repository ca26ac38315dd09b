package viet_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"sotay/internal/viet"
)

func TestSortKeysGiveTheOrderOfDictionaries(t *testing.T) {
	want := []string{"", "12", "3", "a", "à", "ả", "ã", "á", "ạ", "An", "Ăn", "Ân", "Ba", "Bà Rịa", "ca", "da", "đa", "Đà Nẵng", "e", "ê",
		"o", "ô", "ơ", "u", "ư", "Việt Trì", "xã"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortStableFunc(got, func(a, b string) int { return strings.Compare(viet.SortKey(a), viet.SortKey(b)) })
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestSortKeysFitAnIndexAndDoNotDependOnComposition(t *testing.T) {
	if got := len(viet.SortKey(strings.Repeat("Nguyễn", 100))); got > 500 {
		t.Errorf("got a key of %d bytes, want at most 500", got)
	}
	if viet.SortKey("Tô\u0309") != viet.SortKey("Tổ") {
		t.Error("equal text has two keys")
	}
}

func TestSortKeysMayBeMadeAtOnce(t *testing.T) {
	want := viet.SortKey("Thượng Nông")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 200 {
				if got := viet.SortKey("Thượng Nông"); got != want {
					t.Errorf("got %s, want %s", got, want)
					return
				}
			}
		})
	}
	wg.Wait()
}
