package web

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/quizzes"
)

// checkPage is a self-check: asked, or marked with its explanations. Nothing of
// it is stored.
type checkPage struct {
	base
	Guide   content.Guide
	Form    *checkView     // while something is not answered
	Missing []questionView // what was sent without an answer
	Marked  []markedQuestion
	Right   int
}

// checkButton is the name of the button, which tells an empty form that was sent
// from an address that was opened.
const checkButton = "nop"

type markedQuestion struct {
	Question questionView
	Explain  explanation
}

// Lack says how much is missing.
func (p checkPage) Lack() string {
	if len(p.Missing) == len(p.Form.Questions) {
		return "Chưa trả lời câu nào"
	}
	return fmt.Sprintf("Còn thiếu %d câu", len(p.Missing))
}

// Total is the number of marked questions.
func (p checkPage) Total() int { return len(p.Marked) }

func (s *Server) checkGuide(c *fiber.Ctx) error {
	guide, err := s.guideAt(c, checkSuffix)
	if err != nil || guide.ID == "" {
		return err
	}
	var ids []string
	for _, part := range guide.Body.Parts {
		if part.Kind == content.PartSelfCheck {
			ids = append(ids, part.Keys...)
		}
	}
	questions, err := s.selfCheck(c.UserContext(), ids)
	if err != nil {
		return err
	}
	if len(questions) == 0 {
		return fault.NotFound("Bài này không có phần tự kiểm tra.")
	}
	page := checkPage{base: s.page(c, "Tự kiểm tra: "+guide.Title, "Các câu tự kiểm tra của bài "+guide.Title+"."), Guide: guide}
	page.article(guidesCrumb, crumb{guide.Topic.Name, guide.Topic.Path()}, crumb{guide.Title, guide.Path()})
	page.NoIndex = true
	if !page.answered(c, questions) {
		return s.render(c, "guides/check", page)
	}
	if err := s.markAll(c, &page, questions); err != nil {
		return err
	}
	return s.render(c, "guides/check", page)
}

// answered fills the form with what was chosen; true when nothing is missing.
// Whoever opens the address alone has sent nothing yet, and that is no fault.
func (p *checkPage) answered(c *fiber.Ctx, questions []quizzes.Question) bool {
	form := &checkView{checkPath(p.Guide), askAll(questions)}
	sent := c.Context().QueryArgs().Has(checkButton)
	var missing []questionView
	for i := range form.Questions {
		view := &form.Questions[i]
		chosen := chosenKeys(c, view.Name)
		sent = sent || len(chosen) > 0
		*view = numbered(ask(questions[i], chosen), view.Name, view.Number)
		if !fits(questions[i], chosen) {
			view.Fault = "Hãy chọn một câu trả lời."
			missing = append(missing, *view)
		}
	}
	if len(missing) == 0 {
		return true
	}
	p.Form, p.Missing = form, missing
	if !sent {
		p.Missing, form.Questions = nil, askAll(questions)
		return false
	}
	c.Status(fiber.StatusUnprocessableEntity)
	return false
}

func numbered(view questionView, name string, number int) questionView {
	view.Name, view.Number = name, number
	return view
}

// chosenKeys are the values of one field of the address.
func chosenKeys(c *fiber.Ctx, name string) []string {
	var keys []string
	for _, value := range c.Context().QueryArgs().PeekMulti(name) {
		if len(keys) < quizzes.MaxOptions && len(value) > 0 {
			keys = append(keys, string(value))
		}
	}
	return keys
}

// fits reports whether a choice is one that the question offers.
func fits(q quizzes.Question, chosen []string) bool {
	known := 0
	for _, o := range q.Options {
		for _, key := range chosen {
			if key == o.Key {
				known++
			}
		}
	}
	return len(chosen) > 0 && known == len(chosen) && (q.Kind == quizzes.KindSeveral || known == 1)
}

func (s *Server) markAll(c *fiber.Ctx, page *checkPage, questions []quizzes.Question) error {
	for i, q := range questions {
		name := fmt.Sprintf("k%d", i+1)
		chosen := chosenKeys(c, name)
		right := quizzes.Grade(q, chosen)
		if right {
			page.Right++
		}
		e, err := s.explain(c.UserContext(), q, right)
		if err != nil {
			return err
		}
		e.ID, e.Number = fmt.Sprintf("giai-thich-%d", i+1), i+1
		page.Marked = append(page.Marked, markedQuestion{numbered(mark(q, chosen), name, i+1), e})
	}
	return nil
}
