package web

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
)

// sessionView is a session with its date as a calendar leaf.
type sessionView struct{ content.Session }

var weekdays = [...]string{"Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"}

// Weekday is the day of the week, "" without a date.
func (s sessionView) Weekday() string {
	if !s.HeldOn.Valid() {
		return ""
	}
	return weekdays[s.HeldOn.Time().Weekday()]
}

// DayMonth is the date without its year.
func (s sessionView) DayMonth() string {
	text := s.HeldOn.String()
	return text[:max(strings.LastIndex(text, "/"), 0)]
}

// AnswersPath leads to the questions of the session.
func (s sessionView) AnswersPath() string { return "/hoi-dap?buoi=" + string(s.Slug) }

type sessionsPage struct {
	base
	Sessions []sessionView
}

func (s *Server) listSessions(c *fiber.Ctx) error {
	sessions, err := s.rooms.Library.Sessions(c.UserContext())
	if err != nil {
		return fmt.Errorf("list sessions: %w", err)
	}
	page := sessionsPage{base: s.page(c, "Các buổi tập huấn", "Các buổi tập huấn, giải đáp đã tổ chức và câu hỏi tại từng buổi.")}
	for _, session := range sessions {
		page.Sessions = append(page.Sessions, sessionView{session})
	}
	return s.render(c, "sessions/list", page)
}

type sessionPage struct {
	base
	Session sessionView
	Parts   []partView
	Answers content.AnswerPage
}

func (s *Server) showSession(c *fiber.Ctx) error {
	ctx := c.UserContext()
	session, err := s.rooms.Library.Session(ctx, content.Slug(c.Params("slug")))
	if err != nil {
		return err
	}
	page := sessionPage{base: s.page(c, session.Title, fmt.Sprintf("Buổi tập huấn ngày %s: nội dung, chủ đề và câu hỏi đã trả lời.", session.HeldOn)), Session: sessionView{session}}
	page.article(crumb{"Tập huấn", "/tap-huan"})
	if page.Parts, err = s.parts(ctx, session.Body, ""); err != nil {
		return fmt.Errorf("show session %s: %w", session.Slug, err)
	}
	page.Answers, err = s.rooms.Library.Answers(ctx, content.AnswerFilter{Session: session.Slug})
	if err != nil {
		return fmt.Errorf("list answers of session %s: %w", session.Slug, err)
	}
	return s.render(c, "sessions/show", page)
}
