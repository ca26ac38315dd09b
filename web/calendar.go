package web

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/cite"
	"sotay/internal/fault"
	"sotay/internal/viet"
)

// roleParameter names whose work a page is narrowed to.
const roleParameter = "vai-tro"

type calendarPage struct {
	base
	Election viet.Date
	Role     content.Audience // "" for everybody
	Roles    []chip
	Days     []calendarDay
	File     string // address of the calendar for telephones
}

// Next is the place of today's or the next day on the page; "" when none is first
// or all are past.
func (p calendarPage) Next() string {
	for i, day := range p.Days {
		if i > 0 && (day.Mark == "today" || day.Mark == "next") {
			return "ngay-" + string(day.Date)
		}
	}
	return ""
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
	n := d.Limit.Days
	switch {
	case d.Limit.Hours > 0:
		return fmt.Sprintf("Trước giờ bắt đầu bỏ phiếu %d giờ. Bỏ phiếu từ 7 giờ thì hạn là 7 giờ ngày %s.", d.Limit.Hours, d.Date)
	case n < 0:
		return fmt.Sprintf("Chậm nhất %d ngày trước ngày bầu cử.", -n)
	case n > 0:
		return fmt.Sprintf("Chậm nhất %d ngày sau ngày bầu cử.", n)
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

func (s *Server) showCalendar(c *fiber.Ctx) error {
	role, err := roleAsked(c)
	if err != nil {
		return err
	}
	title, summary := "Lịch bầu cử", "Mọi hạn của cuộc bầu cử, theo ngày: việc gì, ai làm, theo điều nào."
	if role != "" {
		title = "Việc của " + role.Label() + ", theo ngày"
	}
	page := calendarPage{base: s.page(c, title, summary), Election: s.cfg.ElectionDate, Role: role, Roles: s.roleChips(role), File: "/lich.ics"}
	page.article()
	if role != "" {
		page.Crumbs = append(page.Crumbs, crumb{"Lịch bầu cử", "/lich"})
		page.File += "?" + roleParameter + "=" + string(role)
	}
	dues, err := s.dues(c, role)
	if err != nil {
		return fmt.Errorf("show calendar: %w", err)
	}
	page.Days = daysOf(dues, s.cfg.Today())
	return s.render(c, "calendar/show", page)
}

// roleChips offers everybody whose calendar has something.
func (s *Server) roleChips(current content.Audience) []chip {
	chips := []chip{{"Tất cả", "/lich", current == ""}}
	for _, role := range content.Audiences() {
		if len(content.Calendar(s.cfg.ElectionDate, role)) > 0 {
			chips = append(chips, chip{role.Label(), "/lich?" + roleParameter + "=" + string(role), current == role})
		}
	}
	return chips
}

// dues are the deadlines of a role, each with its provisions and guides.
func (s *Server) dues(c *fiber.Ctx, role content.Audience) ([]dueView, error) {
	guides, err := s.rooms.Library.GuidesOnDeadlines(c.UserContext())
	if err != nil {
		return nil, err
	}
	topics := map[string]content.Topic{}
	for _, t := range s.topics(c.UserContext()) {
		topics[t.Slug] = t
	}
	var list []dueView
	var refs []cite.Ref
	for _, due := range content.Calendar(s.cfg.ElectionDate, role) {
		view := dueView{Due: due, Guides: guides[due.Deadline.Key]}
		view.Topic = topics[due.Deadline.Topic]
		view.Guides = view.Guides[:min(len(view.Guides), guidesPerDeadline)]
		list = append(list, view)
		for _, text := range due.Limit.Basis {
			ref, err := cite.Parse(text)
			if err != nil {
				return nil, err
			}
			refs = append(refs, ref)
		}
	}
	links, err := s.citations(c.UserContext(), refs)
	if err != nil {
		return nil, err
	}
	for i := range list {
		n := len(list[i].Limit.Basis)
		list[i].Basis, links = links[:n], links[n:]
	}
	return list, nil
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
	role, err := roleAsked(c)
	if err != nil {
		return err
	}
	dues, err := s.dues(c, role)
	if err != nil {
		return fmt.Errorf("send calendar: %w", err)
	}
	name := s.cfg.SiteName + ": lịch bầu cử"
	if role != "" {
		name += ", việc của " + role.Label()
	}
	var events []event
	for _, due := range dues {
		events = append(events, s.eventOf(c, due))
	}
	c.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `inline; filename="lich-bau-cu.ics"`)
	return c.SendString(writeCalendar(name, events))
}

func (s *Server) eventOf(c *fiber.Ctx, due dueView) event {
	var basis []string
	for _, b := range due.Basis {
		basis = append(basis, b.Name)
	}
	text := []string{"Ai làm: " + due.Deadline.Who + "."}
	for _, line := range []string{due.Rule(), due.Limit.Note, due.HeldWords(), "Căn cứ: " + strings.Join(basis, "; ") + "."} {
		if line != "" {
			text = append(text, line)
		}
	}
	path := "/lich#" + due.Deadline.Key
	if len(due.Guides) > 0 {
		path = due.Guides[0].Path()
	}
	summary := due.Deadline.Label
	if due.Limit.Days != 0 {
		summary = "Hạn: " + summary
	}
	return event{UID: due.Deadline.Key + "-" + string(s.cfg.ElectionDate) + "@so-tay-bau-cu", Day: due.Date, Summary: summary, Text: strings.Join(text, "\n"), URL: s.absolute(c, path)}
}
