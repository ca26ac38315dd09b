package viet_test

import (
	"testing"

	"sotay/internal/viet"
)

func TestTheFirstLetterAlone(t *testing.T) {
	for _, tt := range []struct{ lower, upper string }{{"ủy ban", "Ủy ban"}, {"đơn vị HĐND", "Đơn vị HĐND"}, {"", ""}, {"7 giờ", "7 giờ"}} {
		if got := viet.UpperFirst(tt.lower); got != tt.upper {
			t.Errorf("%q: got %q", tt.lower, got)
		}
		if got := viet.LowerFirst(tt.upper); got != tt.lower {
			t.Errorf("%q: got %q", tt.upper, got)
		}
	}
}
