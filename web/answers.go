package web

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/viet"
)

type answersPage struct {
	base
	Heading string
	Total   string
	Chips   []chip
	Session *content.Session // the session that the list is narrowed to
	Answers []content.Answer
	Next    string // address of the next page, "" on the last
}

func (s *Server) listAnswers(c *fiber.Ctx) error {
	ctx := c.UserContext()
	filter := content.AnswerFilter{Topic: c.Query("chu-de"), Session: content.Slug(c.Query("buoi")), AfterCode: c.Query("sau")}
	page := answersPage{Heading: "Hỏi đáp"}
	if err := s.narrow(ctx, &page, filter); err != nil {
		return err
	}
	list, err := s.rooms.Library.Answers(ctx, filter)
	if err != nil {
		return fmt.Errorf("list answers: %w", err)
	}
	page.base = s.page(c, page.Heading, "Câu hỏi thường gặp của Tổ bầu cử, Ban bầu cử và câu trả lời kèm căn cứ pháp lý.")
	page.URL = s.absolute(c, answersPath(filter))
	page.Answers, page.Chips, page.Total = list.Answers, answerChips(filter), viet.Number(list.Total)
	if list.NextCode != "" {
		filter.AfterCode = viet.Slug(list.NextCode)
		page.Next = answersPath(filter)
	}
	return s.render(c, "answers/list", page)
}

// narrow names what the list is narrowed to.
func (s *Server) narrow(ctx context.Context, page *answersPage, f content.AnswerFilter) error {
	if f.Topic != "" {
		topic, ok := content.TopicBySlug(f.Topic)
		if !ok {
			return fault.NotFound("Không có chủ đề này. Hãy chọn chủ đề ở trang Hỏi đáp.")
		}
		page.Heading = "Hỏi đáp: " + topic.Name
	}
	if f.AfterCode != "" && content.NumberOfCode(f.AfterCode) == 0 {
		return fault.NotFound("Không có trang này trong kho hỏi đáp. Hãy xem lại từ trang đầu.")
	}
	if f.Session == "" {
		return nil
	}
	session, err := s.rooms.Library.Session(ctx, f.Session)
	if err != nil {
		return err
	}
	page.Session, page.Heading = &session, "Hỏi đáp tại buổi: "+session.Title
	return nil
}

// answersPath is the address of a page of the archive.
func answersPath(f content.AnswerFilter) string {
	query := url.Values{}
	for name, value := range map[string]string{"chu-de": f.Topic, "buoi": string(f.Session), "sau": f.AfterCode} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if len(query) == 0 {
		return "/hoi-dap"
	}
	return "/hoi-dap?" + query.Encode()
}

// answerChips offers the topics, within the session if one is chosen.
func answerChips(f content.AnswerFilter) []chip {
	f.AfterCode = ""
	current := f.Topic
	f.Topic = ""
	chips := []chip{{"Tất cả", answersPath(f), current == ""}}
	for _, topic := range content.Topics() {
		f.Topic = topic.Slug
		chips = append(chips, chip{topic.Name, answersPath(f), current == topic.Slug})
	}
	return chips
}

type answerPage struct {
	base
	Answer  content.Answer
	Banner  banner
	Parts   []partView
	Copy    string // question, answer and basis as plain text
	Similar []content.Answer
	Guides  []content.Guide
}

func (s *Server) showAnswer(c *fiber.Ctx) error {
	ctx := c.UserContext()
	answer, err := s.rooms.Library.Answer(ctx, c.Params("code"))
	if err != nil {
		return err
	}
	if answer.Path() != c.Path() {
		return redirectTo(c, answer.Path())
	}
	page := answerPage{base: s.page(c, answer.Question, summaryOf(answer)), Answer: answer}
	page.article(crumb{"Hỏi đáp", "/hoi-dap"})
	if answer.Topic.Slug != "" {
		page.Crumbs = append(page.Crumbs, crumb{answer.Topic.Name, answersPath(content.AnswerFilter{Topic: answer.Topic.Slug})})
	}
	page.Banner = guideBanner(answer.Trust, answer.Effective, answer.Ended(), s.cfg.Today())
	page.Copy = copyText(answer, page.URL)
	if page.Parts, err = s.parts(ctx, answer.Body, ""); err != nil {
		return fmt.Errorf("show answer %s: %w", answer.Code(), err)
	}
	if err := s.fillAnswer(ctx, &page); err != nil {
		return fmt.Errorf("find texts near answer %s: %w", answer.Code(), err)
	}
	return s.render(c, "answers/show", page)
}

func (s *Server) fillAnswer(ctx context.Context, page *answerPage) error {
	var err error
	if page.Similar, err = s.rooms.Library.SimilarAnswers(ctx, page.Answer, relatedAnswers); err != nil {
		return err
	}
	if page.Answer.Topic.Slug == "" {
		return nil
	}
	guides, err := s.rooms.Library.Guides(ctx, content.GuideFilter{Topic: page.Answer.Topic.Slug})
	page.Guides = guides[:min(len(guides), relatedGuides)]
	return err
}

// summaryOf is the answer in a sentence; imported ones may have none.
func summaryOf(a content.Answer) string {
	if a.Short != "" {
		return a.Short
	}
	return firstWords(a.Body, provisionPreview)
}

// copyText is what a secretary pastes into a message: question, answer, basis
// and address.
func copyText(a content.Answer, address string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Hỏi: %s\n\nTrả lời: %s\n", a.Question, summaryOf(a))
	if len(a.Basis) > 0 {
		labels := make([]string, len(a.Basis))
		for i, basis := range a.Basis {
			labels[i] = basis.Label
		}
		fmt.Fprintf(&b, "\nCăn cứ: %s\n", strings.Join(labels, "; "))
	}
	fmt.Fprintf(&b, "\n%s: %s", a.Code(), address)
	return b.String()
}
