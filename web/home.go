package web

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/viet"
	"sotay/quizzes"
)

type homePage struct {
	base
	Phases  []phaseView
	Topics  []content.Topic
	Answers []content.Answer
	Session *sessionView        // nil while there is none
	Quizzes []quizzes.Quiz      // the first ones
	Urgent  []content.Situation // the first ones

	AllQuizzes int // how many there are
}

// phaseView is a phase with its guides.
type phaseView struct {
	Label  string
	Tag    string // where the calendar stands, "" when it stands elsewhere
	Now    bool
	Anchor string
	Guides []content.Guide
	Total  int
	Works  string // "12 việc trước ngày bầu cử"
}

// More reports whether there are more guides than are listed.
func (p phaseView) More() bool { return p.Total > len(p.Guides) }

// AllPath leads to all guides of the phase.
func (p phaseView) AllPath() string { return "/huong-dan#" + p.Anchor }

func (s *Server) showHome(c *fiber.Ctx) error {
	page := homePage{base: s.page(c, s.cfg.SiteName, "Hướng dẫn, hỏi đáp và bài tự kiểm tra cho người làm công tác bầu cử ở xã, phường. Tìm có dấu hay không dấu."), Topics: s.topics(c.UserContext())}
	if err := s.fillHome(c.UserContext(), &page); err != nil {
		return fmt.Errorf("show home: %w", err)
	}
	return s.render(c, "pages/home", page)
}

func (s *Server) fillHome(ctx context.Context, page *homePage) error {
	guides, err := s.rooms.Library.Guides(ctx, content.GuideFilter{})
	if err != nil {
		return err
	}
	page.Phases = s.phases(guides)
	for i := range page.Phases {
		p := &page.Phases[i]
		p.Guides = p.Guides[:min(len(p.Guides), guidesPerPhase)]
	}
	if page.Answers, err = s.newestAnswers(ctx); err != nil {
		return err
	}
	sessions, err := s.rooms.Library.Sessions(ctx)
	if err != nil {
		return err
	}
	if len(sessions) > 0 {
		page.Session = &sessionView{sessions[0]}
	}
	urgent, err := s.rooms.Library.Situations(ctx, content.SituationFilter{})
	if err != nil {
		return err
	}
	page.Urgent = urgent[:min(len(urgent), situationsAtHome)]
	all, err := s.rooms.Bank.Quizzes(ctx)
	page.AllQuizzes, page.Quizzes = len(all), all[:min(len(all), quizzesAtHome)]
	return err
}

// newestAnswers lists the newest answers, one of a topic.
func (s *Server) newestAnswers(ctx context.Context) ([]content.Answer, error) {
	var list []content.Answer
	for _, topic := range append([]content.Topic{{}}, s.topics(ctx)...) {
		page, err := s.rooms.Library.Answers(ctx, content.AnswerFilter{Topic: topic.Slug, Limit: 1})
		if err != nil {
			return nil, err
		}
		for _, a := range page.Answers {
			if !slices.ContainsFunc(list, func(b content.Answer) bool { return b.Topic.Slug == a.Topic.Slug }) {
				list = append(list, a)
			}
		}
	}
	slices.SortFunc(list, func(a, b content.Answer) int { return b.Number - a.Number })
	return list[:min(len(list), newestAnswers)], nil
}

// phases sorts guides into the three phases and says where the calendar stands.
func (s *Server) phases(guides []content.Guide) []phaseView {
	var list []phaseView
	for _, phase := range content.Phases() {
		p := phaseView{Label: phase.Label(), Anchor: "giai-doan-" + string(phase)}
		if phase == content.PhaseOn {
			p.Label += " " + s.cfg.ElectionDate.String()
		}
		p.Tag = calendarTag(phase, s.cfg.Today(), s.cfg.ElectionDate)
		p.Now = p.Tag != ""
		for _, g := range guides {
			if g.Phase == phase {
				p.Guides = append(p.Guides, g)
			}
		}
		p.Total = len(p.Guides)
		p.Works = fmt.Sprintf("%d việc %s", p.Total, viet.LowerFirst(phase.Label()))
		list = append(list, p)
	}
	return list
}

// calendarTag counts the days before election day; after it there is nothing to
// count.
func calendarTag(phase content.Phase, today, election viet.Date) string {
	switch {
	case phase == content.PhaseBefore && today < election && election.Valid():
		return fmt.Sprintf("Đang ở đây, còn %d ngày", daysBetween(today, election))
	case phase == content.PhaseOn && today == election:
		return "Hôm nay"
	}
	return ""
}

func daysBetween(from, to viet.Date) int {
	return int(to.Time().Sub(from.Time()) / (24 * time.Hour))
}
