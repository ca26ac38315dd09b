package web

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/cite"
	"sotay/internal/fault"
	"sotay/internal/viet"
)

// roleParameter names whose work a page is narrowed to.
const roleParameter = "vai-tro"

// What a calendar may be asked for besides, in addresses.
const (
	dayParameter  = "ngay"
	kindParameter = "loai"
)

type calendarPage struct {
	base
	calendarQuery
	Role  content.Audience // "" for everybody
	Typed string           // the day in the form's field
	Fault string           // why another election cannot be reckoned
	Roles []chip
	Past  []calendarDay // folded, while something is ahead
	Days  []calendarDay
	Open  []openView
	File  string // address of the calendar for telephones
	Held  string // the election of the site, in words
	Other bool   // the days are those of another election than the site's
}

// calendarQuery is what a calendar is asked for.
type calendarQuery struct {
	Election content.Election
	role     content.Audience // "" for everybody
	own      bool             // the election is that of the site
}

// ByElection reports whether the calendar is of a by-election.
func (q calendarQuery) ByElection() bool { return q.Election.Kind == content.ByElection }

// Name is the election's kind in words.
func (q calendarQuery) Name() string {
	if q.ByElection() {
		return "bầu cử bổ sung"
	}
	return "bầu cử"
}

// path is the address of a page with the same election, for a role.
func (q calendarQuery) path(page string, role content.Audience) string {
	values := url.Values{}
	if !q.own {
		values.Set(dayParameter, string(q.Election.Day))
		if q.ByElection() {
			values.Set(kindParameter, string(q.Election.Kind))
		}
	}
	if role != "" {
		values.Set(roleParameter, string(role))
	}
	if len(values) == 0 {
		return page
	}
	return page + "?" + values.Encode()
}

// openView is an act without a limit of its own, with the provision to read.
type openView struct {
	content.OpenAct
	See link
}

// calendarDay is a day with what is due on it.
type calendarDay struct {
	Date viet.Date
	Mark string // "past", "today", "next", or "" for later days
	Dues []dueView
}

// Label says the mark in words.
func (d calendarDay) Label() string {
	return map[string]string{"past": "Đã qua", "today": "Hôm nay", "next": "Hạn tới gần nhất", "": "Sắp tới"}[d.Mark]
}

// Sign is the mark as a shape, for paper and for eyes that do not tell colours.
func (d calendarDay) Sign() string {
	return map[string]string{"past": "✓", "today": "●", "next": "▶", "": "○"}[d.Mark]
}

// Tag is the mark's style.
func (d calendarDay) Tag() string {
	return map[string]string{"today": " warn", "next": " info"}[d.Mark]
}

// Weekday says which day of the week it is.
func (d calendarDay) Weekday() string { return weekdayOf(d.Date) }

// ISO is the day as machines write it.
func (d calendarDay) ISO() string { return string(d.Date) }

// dueView is a deadline with its links.
type dueView struct {
	content.Due
	Basis  []link
	Guides []content.Guide
	Topic  content.Topic
}

// Rule says how the day is reckoned.
func (d dueView) Rule() string {
	n, day := d.Limit.Days, "ngày bầu cử"
	if d.Limit.Kind == content.ByElection {
		day += " bổ sung"
	}
	switch {
	case d.Limit.Hours > 0:
		return fmt.Sprintf("Trước giờ bắt đầu bỏ phiếu %d giờ. Bỏ phiếu từ 7 giờ thì hạn là 7 giờ ngày %s.", d.Limit.Hours, d.Date)
	case n < 0:
		return fmt.Sprintf("Chậm nhất %d ngày trước %s.", -n, day)
	case n > 0:
		return fmt.Sprintf("Chậm nhất %d ngày sau %s.", n, day)
	}
	return ""
}

// HeldWords says what is known of this election beside the rule.
func (d dueView) HeldWords() string {
	switch {
	case d.Held == nil:
		return ""
	case d.Held.First == d.Held.Last:
		return fmt.Sprintf("Kỳ này: ngày %s (%s).", d.Held.First, d.Held.Source)
	}
	return fmt.Sprintf("Kỳ này: từ %s đến %s (%s).", d.Held.First, d.Held.Last, d.Held.Source)
}

// roleAsked reads whose work is asked for; "" is everybody's.
func roleAsked(c *fiber.Ctx) (content.Audience, error) {
	role := content.Audience(c.Query(roleParameter))
	if role != "" && role.Label() == "" {
		return "", fault.NotFound("Không có nhóm người làm này. Hãy chọn ở trang Lịch bầu cử.")
	}
	return role, nil
}

// calendarAsked reads what a calendar is asked for; without a day it is that of
// the election of the site. The query is whole even when its election is refused.
func (s *Server) calendarAsked(c *fiber.Ctx) (calendarQuery, error) {
	q := calendarQuery{Election: s.cfg.election(), own: true}
	var err error
	if q.role, err = roleAsked(c); err != nil {
		return q, err
	}
	asked := c.Context().QueryArgs()
	if !asked.Has(dayParameter) && !asked.Has(kindParameter) {
		return q, nil
	}
	q.Election = content.Election{Day: viet.ReadDate(c.Query(dayParameter)), Kind: content.ElectionKind(c.Query(kindParameter))}
	if q.own = q.Election == s.cfg.election(); q.own {
		return q, nil // whatever day its operator says
	}
	return q, q.Election.Check()
}

func (s *Server) showCalendar(c *fiber.Ctx) error {
	q, err := s.calendarAsked(c)
	if err != nil && !fault.Is(err, fault.KindInvalid) {
		return err
	}
	title, summary := "Lịch "+q.Name(), "Mọi hạn của cuộc bầu cử, theo ngày: việc gì, ai làm, theo điều nào."
	if q.role != "" {
		title = "Việc của " + q.role.Label() + ", theo ngày"
	}
	page := calendarPage{base: s.page(c, title, summary), calendarQuery: q, Role: q.role, Typed: q.Election.Day.String(), Other: !q.own, Held: calendarQuery{Election: s.cfg.election()}.words()}
	page.article()
	if !q.own {
		page.NoIndex, page.URL = true, s.absolute(c, q.path("/lich", q.role))
	}
	if q.role != "" || !q.own {
		page.Crumbs = append(page.Crumbs, crumb{"Lịch bầu cử", "/lich"})
	}
	if err != nil {
		page.Fault, page.Typed = err.Error(), legible(c.Query(dayParameter), len("2027-05-16"))
		c.Status(fiber.StatusUnprocessableEntity)
		return s.render(c, "calendar/show", page)
	}
	page.Roles, page.File = roleChips(q), q.path("/lich.ics", q.role)
	if err := s.fillCalendar(c, &page); err != nil {
		return fmt.Errorf("show calendar: %w", err)
	}
	return s.render(c, "calendar/show", page)
}

// words name an election.
func (q calendarQuery) words() string { return q.Name() + " ngày " + q.Election.Day.String() }

// fillCalendar gives the page its days, what is over apart from what is ahead.
func (s *Server) fillCalendar(c *fiber.Ctx, page *calendarPage) error {
	dues, err := s.dues(c, page.calendarQuery)
	if err != nil {
		return err
	}
	days := daysOf(dues, s.cfg.Today())
	ahead := slices.IndexFunc(days, func(d calendarDay) bool { return d.Mark != "past" })
	page.Past, page.Days = days[:max(ahead, 0)], days[max(ahead, 0):]
	page.Open, err = s.openActs(c, page.calendarQuery)
	return err
}

// openActs are the acts without a limit of their own.
func (s *Server) openActs(c *fiber.Ctx, q calendarQuery) ([]openView, error) {
	acts := content.OpenActs(q.Election, q.role)
	var see []string
	for _, act := range acts {
		if act.See != "" {
			see = append(see, act.See)
		}
	}
	links, err := s.citationsOf(c, see)
	if err != nil {
		return nil, err
	}
	var list []openView
	for _, act := range acts {
		view := openView{OpenAct: act}
		if act.See != "" {
			view.See, links = links[0], links[1:]
		}
		list = append(list, view)
	}
	return list, nil
}

// roleChips offers everybody whose calendar has something.
func roleChips(q calendarQuery) []chip {
	chips := []chip{{"Tất cả", q.path("/lich", ""), q.role == ""}}
	for _, role := range content.Audiences() {
		if len(content.Calendar(q.Election, role)) > 0 {
			chips = append(chips, chip{role.Label(), q.path("/lich", role), q.role == role})
		}
	}
	return chips
}

// dues are the deadlines of a calendar, each with its provisions and guides.
func (s *Server) dues(c *fiber.Ctx, q calendarQuery) ([]dueView, error) {
	guides, err := s.rooms.Library.GuidesOnDeadlines(c.UserContext())
	if err != nil {
		return nil, err
	}
	topics := map[string]content.Topic{}
	for _, t := range s.topics(c.UserContext()) {
		topics[t.Slug] = t
	}
	var list []dueView
	var basis []string
	for _, due := range content.Calendar(q.Election, q.role) {
		view := dueView{Due: due, Guides: guides[due.Deadline.Key]}
		view.Topic = topics[due.Deadline.Topic]
		view.Guides = view.Guides[:min(len(view.Guides), guidesPerDeadline)]
		list = append(list, view)
		basis = append(basis, due.Limit.Basis...)
	}
	links, err := s.citationsOf(c, basis)
	if err != nil {
		return nil, err
	}
	for i := range list {
		n := len(list[i].Limit.Basis)
		list[i].Basis, links = links[:n], links[n:]
	}
	return list, nil
}

// citationsOf labels and links references that stand among the limits.
func (s *Server) citationsOf(c *fiber.Ctx, texts []string) ([]link, error) {
	var refs []cite.Ref
	for _, text := range texts {
		ref, err := cite.Parse(text)
		if err != nil {
			return nil, err
		}
		refs = append(refs, ref)
	}
	return s.citations(c.UserContext(), refs)
}

// daysOf gathers what is due by day and says where the calendar stands.
func daysOf(dues []dueView, today viet.Date) []calendarDay {
	var days []calendarDay
	next := false
	for _, due := range dues {
		if last := len(days) - 1; last >= 0 && days[last].Date == due.Date {
			days[last].Dues = append(days[last].Dues, due)
			continue
		}
		day := calendarDay{Date: due.Date, Dues: []dueView{due}}
		switch {
		case due.Date < today:
			day.Mark = "past"
		case due.Date == today:
			day.Mark = "today"
		case !next:
			day.Mark, next = "next", true
		}
		days = append(days, day)
	}
	return days
}

// sendCalendar gives the same as a file for the calendars of telephones.
func (s *Server) sendCalendar(c *fiber.Ctx) error {
	q, err := s.calendarAsked(c)
	if err != nil {
		return err
	}
	dues, err := s.dues(c, q)
	if err != nil {
		return fmt.Errorf("send calendar: %w", err)
	}
	name := s.cfg.SiteName + ": lịch " + q.Name()
	if !q.own {
		name = s.cfg.SiteName + ": lịch " + q.words()
	}
	if q.role != "" {
		name += ", việc của " + q.role.Label()
	}
	var events []event
	for _, due := range dues {
		events = append(events, s.eventOf(c, q, due))
	}
	c.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `inline; filename="lich-bau-cu.ics"`)
	return c.SendString(writeCalendar(name, events))
}

func (s *Server) eventOf(c *fiber.Ctx, q calendarQuery, due dueView) event {
	var basis []string
	for _, b := range due.Basis {
		basis = append(basis, b.Name)
	}
	text := []string{"Ai làm: " + due.Who() + "."}
	for _, line := range []string{due.Rule(), due.Limit.Note, due.HeldWords(), "Căn cứ: " + strings.Join(basis, "; ") + "."} {
		if line != "" {
			text = append(text, line)
		}
	}
	path := q.path("/lich", "") + "#" + due.Deadline.Key
	if len(due.Guides) > 0 {
		path = due.Guides[0].Path()
	}
	summary := due.Label()
	if due.Limit.Days != 0 {
		summary = "Hạn: " + summary
	}
	uid := due.Deadline.Key + "-" + string(q.Election.Day)
	if q.ByElection() {
		uid += "-" + string(q.Election.Kind)
	}
	return event{UID: uid + "@so-tay-bau-cu", Day: due.Date, Summary: summary, Text: strings.Join(text, "\n"), URL: s.absolute(c, path)}
}
