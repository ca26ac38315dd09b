package web

import (
	"context"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/viet"
	"sotay/quizzes"
)

// partView is a part of a rendered text, ready for the page.
type partView struct {
	HTML    template.HTML
	Date    viet.Date
	Plan    *planView
	Check   *checkView
	Contact *contactView
}

// mark marks the terms in a part.
func (v *partView) mark(m *content.Marking) { v.HTML = template.HTML(m.HTML(string(v.HTML))) }

// checkView is the self-check of a guide.
type checkView struct {
	Action    string
	Questions []questionView
}

// Count says how many questions there are.
func (v checkView) Count() int { return len(v.Questions) }

// parts fills in what depends on more than the text: plans, dates, questions.
// action is where the self-check is sent; without it there is none.
func (s *Server) parts(ctx context.Context, body content.Body, action string) ([]partView, error) {
	var list []partView
	for _, part := range body.Parts {
		var view partView
		switch part.Kind {
		case content.PartHTML:
			view.HTML = template.HTML(part.HTML) // sanitised when it was saved
		case content.PartDeadline:
			deadline, _ := content.DeadlineByKey(part.Key)
			if view.Date = deadline.Date(s.cfg.election()); view.Date == "" {
				view.HTML = template.HTML(deadline.Words(s.cfg.election())) // words of ours alone
			}
		case content.PartContact:
			contact := viewContact(part.Key, content.Contact{})
			view.Contact = &contact
		case content.PartPlan:
			plan, err := s.planOf(ctx, part)
			if fault.Is(err, fault.KindNotFound) {
				break
			}
			if err != nil {
				return nil, fmt.Errorf("find plan %s: %w", part.Key, err)
			}
			if view.Plan, err = s.plan(ctx, plan); err != nil {
				return nil, err
			}
			view.Plan.Path = plan.Path()
		case content.PartSelfCheck:
			questions, err := s.selfCheck(ctx, part.Keys)
			if err != nil {
				return nil, err
			}
			if action != "" && len(questions) > 0 {
				view.Check = &checkView{action, askAll(questions)}
			}
		}
		list = append(list, view)
	}
	return list, nil
}

// markedParts are the parts with the words of the trade marked, for readers.
func (s *Server) markedParts(ctx context.Context, body content.Body, action string) ([]partView, error) {
	glossary, err := s.rooms.Library.Glossary(ctx)
	if err != nil {
		return nil, fmt.Errorf("read glossary: %w", err)
	}
	list, err := s.parts(ctx, body, action)
	marking := glossary.Mark()
	for i := range list {
		list[i].mark(marking)
	}
	return list, err
}

func (s *Server) planOf(ctx context.Context, part content.Part) (content.Plan, error) {
	if part.Plan != nil {
		return *part.Plan, nil
	}
	stored, err := s.rooms.Library.Plan(ctx, part.Key)
	return stored.Plan, err
}

func (s *Server) selfCheck(ctx context.Context, ids []string) ([]quizzes.Question, error) {
	questions, err := s.rooms.Bank.Questions(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read self-check %v: %w", ids, err)
	}
	reviewed, err := s.underReview(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(questions, func(q quizzes.Question) bool { return reviewed[content.Thing{Kind: quizzes.KindQuestion, ID: q.ID}] }), nil
}

// askAll numbers the questions of one form; their fields are k1, k2 …
func askAll(questions []quizzes.Question) []questionView {
	var list []questionView
	for i, q := range questions {
		view := ask(q, nil)
		view.Name = fmt.Sprintf("k%d", i+1)
		view.Number = i + 1
		list = append(list, view)
	}
	return list
}

// firstWords is the beginning of a text, cut between words.
func firstWords(body content.Body, limit int) string {
	var text string
	for _, section := range body.Sections {
		if text = strings.Join(strings.Fields(section.Text), " "); text != "" {
			break
		}
	}
	runes := []rune(text)
	if len(runes) <= limit {
		return text
	}
	cut := string(runes[:limit])
	if at := strings.LastIndexByte(cut, ' '); at > 0 {
		cut = cut[:at]
	}
	return strings.TrimRight(cut, " ,;:.") + "…"
}
