package content

import (
	"time"

	"sotay/internal/viet"
)

// WorkDays is the n-th working day after a day: Monday to Friday in Việt Nam.
// Public holidays are not known here, since the government moves and adds them
// from year to year: a term that runs across Tết ends too early, never too late.
func WorkDays(from viet.Date, n int) viet.Date {
	day := from
	for n > 0 && day.Valid() {
		day = day.AddDays(1)
		if w := day.Time().Weekday(); w != time.Saturday && w != time.Sunday {
			n--
		}
	}
	return day
}
