package web

import (
	"strings"
	"unicode/utf8"

	"sotay/content"
	"sotay/internal/viet"
)

// event is a whole day of a calendar file.
type event struct {
	UID           string
	Day           viet.Date
	Summary, Text string
	URL           string
}

// writeCalendar writes events as RFC 5545 has it. The stamp is the day when the
// table of limits was last changed, so that the file is the same bytes until then.
func writeCalendar(name string, events []event) string {
	var b strings.Builder
	line := func(property, value string) { foldLine(&b, property+":"+value) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//So tay Bau cu//Lich bau cu//VI")
	line("CALSCALE", "GREGORIAN")
	line("X-WR-CALNAME", calendarText(name))
	for _, e := range events {
		line("BEGIN", "VEVENT")
		line("UID", calendarText(e.UID))
		line("DTSTAMP", compact(content.DeadlinesRevised)+"T000000Z")
		line("DTSTART;VALUE=DATE", compact(e.Day))
		line("DTEND;VALUE=DATE", compact(e.Day.AddDays(1)))
		line("SUMMARY", calendarText(e.Summary))
		line("DESCRIPTION", calendarText(e.Text))
		line("URL", e.URL)
		line("TRANSP", "TRANSPARENT")
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	return b.String()
}

func compact(d viet.Date) string { return strings.ReplaceAll(string(d), "-", "") }

// calendarText escapes a TEXT value; control characters have no place in one.
func calendarText(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\\' || r == ';' || r == ',':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n' || r == '\r':
			b.WriteString(`\n`)
		case r >= ' ' && r != 0x7f || r == '\t':
			b.WriteRune(r)
		}
	}
	return b.String()
}

// maxCalendarLine is the length of a content line in octets, line break excluded.
const maxCalendarLine = 75

// foldLine ends a content line and breaks it between characters where it is too
// long; what follows begins with a blank.
func foldLine(b *strings.Builder, line string) {
	for limit := maxCalendarLine; len(line) > limit; limit = maxCalendarLine - 1 {
		at := limit
		for at > 1 && !utf8.RuneStart(line[at]) {
			at--
		}
		b.WriteString(line[:at] + "\r\n ")
		line = line[at:]
	}
	b.WriteString(line + "\r\n")
}
