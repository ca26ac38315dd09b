package web

import (
	"context"
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/viet"
)

// sessionView is a session with its date as a calendar leaf.
type sessionView struct{ content.Session }

var weekdays = [...]string{"Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"}

// Weekday is the day of the week, "" without a date.
func (s sessionView) Weekday() string { return weekdayOf(s.HeldOn) }

func weekdayOf(d viet.Date) string {
	if !d.Valid() {
		return ""
	}
	return weekdays[d.Time().Weekday()]
}

// Stamp says which revision the reader sees.
func (s sessionView) Stamp() string { return stamp(s.Revision, s.UpdatedAt) }

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
	page := sessionsPage{base: s.page(c, "Các buổi tập huấn", "Nội dung từng buổi, hướng dẫn và hỏi đáp theo chủ đề của buổi.")}
	for _, session := range sessions {
		page.Sessions = append(page.Sessions, sessionView{session})
	}
	return s.render(c, "sessions/list", page)
}

type sessionPage struct {
	base
	Session sessionView
	Parts   []partView
	Answers content.AnswerPage // asked at the session
	Topics  []sessionTopic
}

// sessionTopic is what there is to read about a topic of a session.
type sessionTopic struct {
	content.Topic
	Guides  []content.Guide
	Answers []content.Answer // the newest
	Total   int
	AllPath string // of its answers, "" when all are listed
}

func (s *Server) showSession(c *fiber.Ctx) error {
	ctx := c.UserContext()
	session, here, err := textAt(s, c, content.KindSession, "slug", s.rooms.Library.Session)
	if !here {
		return err
	}
	page := sessionPage{base: s.page(c, session.Title, fmt.Sprintf("Buổi tập huấn ngày %s: nội dung, hướng dẫn và hỏi đáp theo chủ đề của buổi.", session.HeldOn)), Session: sessionView{session}}
	page.article(crumb{"Tập huấn", "/tap-huan"})
	if page.Parts, err = s.parts(ctx, session.Body, ""); err != nil {
		return fmt.Errorf("show session %s: %w", session.Slug, err)
	}
	page.Answers, err = s.rooms.Library.Answers(ctx, content.AnswerFilter{Session: session.Slug})
	if err != nil {
		return fmt.Errorf("list answers of session %s: %w", session.Slug, err)
	}
	if page.Topics, err = s.sessionTopics(ctx, session.Topics); err != nil {
		return fmt.Errorf("list topics of session %s: %w", session.Slug, err)
	}
	return s.render(c, "sessions/show", page)
}

func (s *Server) sessionTopics(ctx context.Context, topics []content.Topic) ([]sessionTopic, error) {
	var list []sessionTopic
	for _, topic := range topics {
		guides, err := s.rooms.Library.Guides(ctx, content.GuideFilter{Topic: topic.Slug})
		if err != nil {
			return nil, err
		}
		answers, err := s.rooms.Library.Answers(ctx, content.AnswerFilter{Topic: topic.Slug, Limit: topicAnswers})
		if err != nil {
			return nil, err
		}
		view := sessionTopic{Topic: topic, Guides: guides, Answers: answers.Answers, Total: answers.Total}
		if answers.NextCode != "" {
			view.AllPath = answersPath(content.AnswerFilter{Topic: topic.Slug})
		}
		list = append(list, view)
	}
	return list, nil
}
