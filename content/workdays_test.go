package content_test

import (
	"testing"

	"sotay/content"
	"sotay/internal/viet"
)

func TestTermsCountWorkingDays(t *testing.T) {
	tests := []struct {
		name string
		from viet.Date
		n    int
		want viet.Date
	}{
		{"Monday, the next day", "2026-03-02", 1, "2026-03-03"},
		{"Thursday, the next day", "2026-03-05", 1, "2026-03-06"},
		{"Friday, over the weekend", "2026-03-06", 1, "2026-03-09"},
		{"Saturday", "2026-03-07", 1, "2026-03-09"},
		{"Sunday", "2026-03-08", 1, "2026-03-09"},
		{"eight from Monday", "2026-03-02", 8, "2026-03-12"},
		{"eight from Friday", "2026-03-06", 8, "2026-03-18"},
		{"eight from Sunday", "2026-03-08", 8, "2026-03-18"},
		{"over the end of the year", "2026-12-31", 1, "2027-01-01"},
		{"over the end of February", "2028-02-28", 2, "2028-03-01"},
		{"none", "2026-03-07", 0, "2026-03-07"},
		{"no day", "", 3, ""},
		{"nonsense", "2026-02-31", 1, "2026-02-31"},
	}
	for _, tt := range tests {
		if got := content.WorkDays(tt.from, tt.n); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}
