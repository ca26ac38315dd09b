package web

import (
	"io/fs"
	"time"

	"github.com/gofiber/fiber/v2"

	"sotay/internal/accounts"
	"sotay/search"
)

// Inner parts that tests look at directly.
var (
	LocalPath = localPath
	Canonical = canonical
	TakesGzip = takesGzip
	PageNames = pageNames
)

// Embedded are the templates and assets of the program.
func Embedded() fs.FS { return embedded }

// ReadText reads a typed text and gives what is kept and what is said.
func ReadText(raw string, limit int) (text, sentence string) {
	t := readText(raw, limit)
	return t.Text, t.Fault
}

// Table is the routes as "METHOD path".
func (s *Server) Table() []string {
	var list []string
	for _, r := range s.routes() {
		list = append(list, r.method+" "+r.path)
	}
	return list
}

// Acts are what each "METHOD path" asks of a person; "" of those for anyone.
func (s *Server) Acts() map[string]accounts.Act {
	acts := map[string]accounts.Act{}
	for _, r := range s.routes() {
		acts[r.method+" "+r.path] = r.guard.act
	}
	return acts
}

// TokenOf is the token of the forms of a visit.
var TokenOf = tokenOf

// Break makes an address panic, for the test of what is done about it.
func (s *Server) Break(path string) {
	s.app.Get(path, func(*fiber.Ctx) error { panic("secret detail") })
}

// ShowFound makes an address answer as the search page does when the index
// finds this.
func (s *Server) ShowFound(path string, found search.Result) {
	s.app.Get(path, func(c *fiber.Ctx) error {
		a, err := s.readSearch(c)
		if err != nil {
			return err
		}
		return s.showFound(c, a, found)
	})
}

// ShowSuggestions makes an address answer as if the index had these.
func (s *Server) ShowSuggestions(path string, found ...search.Suggestion) {
	s.app.Get(path, func(c *fiber.Ctx) error { return s.sendSuggestions(c, c.Query("q"), found) })
}

// ViewResult is what the JSON interface says of a result.
func ViewResult(r search.Result) any { return viewResult(r, nil) }

// Limits of what one address may send.
const (
	MaxInquiries = maxInquiries
	MaxReceipts  = maxReceipts
)

// Limiter is a limiter with a clock of the test's own.
type Limiter struct{ *limiter }

// NewLimiter makes one.
func NewLimiter(most int, every time.Duration, now func() time.Time) Limiter {
	l := newLimiter(most, every)
	l.now = now
	return Limiter{l}
}

// Allow counts one act.
func (l Limiter) Allow(address string) bool { return l.allow(address) }

// Known is how many addresses it remembers.
func (l Limiter) Known() int { return len(l.counts) + len(l.before) }

// ShowAddress makes an address tell where a request comes from.
func (s *Server) ShowAddress(path string) {
	s.app.Get(path, func(c *fiber.Ctx) error { return c.SendString(s.addressOf(c)) })
}

// CalendarFile writes a calendar of one event with these words.
func CalendarFile(summary, text string) string {
	return writeCalendar("Lịch", []event{{UID: "a@b", Day: "2026-03-15", Summary: summary, Text: text, URL: "https://example.com/lich"}})
}
