package viet

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// Date is a civil date as "2006-01-02"; "" is none. Its text sorts by time.
type Date string

const isoDate = "2006-01-02"

// zone is UTC+7 the whole year; the fixed one serves machines without a
// database of time zones.
var zone = func() *time.Location {
	if z, err := time.LoadLocation("Asia/Ho_Chi_Minh"); err == nil {
		return z
	}
	return time.FixedZone("Asia/Ho_Chi_Minh", 7*60*60)
}()

// DateOf is the civil date in Việt Nam at an instant; "" for the zero one.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return ""
	}
	return Date(t.In(zone).Format(isoDate))
}

// Valid reports whether d is a day of the calendar; none is not.
func (d Date) Valid() bool {
	t, err := time.Parse(isoDate, string(d))
	return err == nil && t.Year() > 0
}

// typedDate is a date as people type it, day first: 16/5/2027, 16-05-2027.
var typedDate = regexp.MustCompile(`^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})$`)

// ReadDate reads a date as people type it, or as machines write it; "" when it is
// none.
func ReadDate(text string) Date {
	text = strings.TrimSpace(text)
	if m := typedDate.FindStringSubmatch(text); m != nil {
		text = fmt.Sprintf("%s-%02s-%02s", m[3], m[2], m[1])
	}
	if d := Date(text); d.Valid() {
		return d
	}
	return ""
}

// Time is the first instant of the day in Việt Nam, zero for no day.
func (d Date) Time() time.Time {
	if !d.Valid() {
		return time.Time{}
	}
	t, _ := time.ParseInLocation(isoDate, string(d), zone)
	return t
}

// AddDays is the day n days later, or earlier for a negative n.
func (d Date) AddDays(n int) Date {
	if !d.Valid() {
		return ""
	}
	return DateOf(d.Time().AddDate(0, 0, n))
}

// String writes the date as offices do: a zero before days under 10 and before
// January and February, as in 15/3/2026 and 02/01/2026; "" for none.
func (d Date) String() string {
	if !d.Valid() {
		return string(d)
	}
	year, month, day := d.Time().Date()
	if month <= time.February {
		return fmt.Sprintf("%02d/%02d/%d", day, month, year)
	}
	return fmt.Sprintf("%02d/%d/%d", day, month, year)
}

// Clock gives an instant as people read it in Vietnam: "14 giờ 05, ngày 24/11/2026".
func Clock(t time.Time) string {
	t = t.In(zone)
	return fmt.Sprintf("%d giờ %02d, ngày %s", t.Hour(), t.Minute(), DateOf(t))
}
