package web

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
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
	Range   string // "Câu 21–40 trong 80", "" when there is but one page
	First   string // address of the first page, "" there
	Next    string // address of the next page, "" on the last
}

func (s *Server) listAnswers(c *fiber.Ctx) error {
	ctx := c.UserContext()
	filter := content.AnswerFilter{Topic: c.Query("chu-de"), Session: content.Slug(viet.Slug(c.Query("buoi"))), AfterCode: c.Query("sau")}
	page := answersPage{Heading: "Hỏi đáp"}
	if err := s.narrow(ctx, &page, filter); err != nil {
		return err
	}
	list, err := s.rooms.Library.Answers(ctx, filter)
	if err != nil {
		return fmt.Errorf("list answers: %w", err)
	}
	number, err := pageNumber(c, filter)
	if err != nil {
		return err
	}
	page.base = s.page(c, page.Heading+pageTitle(filter, number), "Câu hỏi thường gặp của Tổ bầu cử, Ban bầu cử và câu trả lời kèm căn cứ pháp lý.")
	page.URL = s.absolute(c, answersPagePath(filter, number))
	page.Answers, page.Total = list.Answers, viet.Number(list.Total)
	if page.Chips, err = s.answerChips(ctx, filter); err != nil {
		return fmt.Errorf("count answers by topic: %w", err)
	}
	page.turn(filter, number, list)
	return s.render(c, "answers/list", page)
}

// turn says which part of the list the page is and leads to the others.
func (p *answersPage) turn(f content.AnswerFilter, number int, list content.AnswerPage) {
	first, last := (number-1)*content.AnswersPerPage+1, (number-1)*content.AnswersPerPage+len(list.Answers)
	if number > 0 && len(list.Answers) < list.Total && last <= list.Total {
		p.Range = fmt.Sprintf("Câu %s–%s trong %s", viet.Number(first), viet.Number(last), p.Total)
	}
	if f.AfterCode != "" {
		start := f
		start.AfterCode = ""
		p.First = answersPath(start)
	}
	if list.NextCode != "" {
		f.AfterCode = viet.Slug(list.NextCode)
		p.Next = answersPagePath(f, number+min(number, 1))
	}
}

// pageNumber reads which page of the list the address asks for: 0 for a later
// one whose number it does not tell.
func pageNumber(c *fiber.Ctx, f content.AnswerFilter) (int, error) {
	raw := c.Query("trang")
	if raw == "" {
		if f.AfterCode == "" {
			return 1, nil
		}
		return 0, nil
	}
	n, err := strconv.Atoi(raw)
	if err != nil || n < 2 || n > maxListPages || f.AfterCode == "" || strconv.Itoa(n) != raw {
		return 0, fault.NotFound("Không có trang này trong kho hỏi đáp. Hãy xem lại từ trang đầu.")
	}
	return n, nil
}

// pageTitle tells the pages of a list apart.
func pageTitle(f content.AnswerFilter, number int) string {
	switch {
	case number > 1:
		return fmt.Sprintf(", trang %d", number)
	case f.AfterCode != "":
		return fmt.Sprintf(", các câu trước HĐ-%04d", content.NumberOfCode(f.AfterCode))
	}
	return ""
}

// narrow names what the list is narrowed to.
func (s *Server) narrow(ctx context.Context, page *answersPage, f content.AnswerFilter) error {
	if f.Topic != "" {
		topic, ok := s.topic(ctx, f.Topic)
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

// answersPath is the address of a list of the archive.
func answersPath(f content.AnswerFilter) string { return answersPagePath(f, 0) }

// answersPagePath is the address of a page of it; the first has no number.
func answersPagePath(f content.AnswerFilter, number int) string {
	query := url.Values{}
	if number > 1 {
		query.Set("trang", strconv.Itoa(number))
	}
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

// answerChips offers the topics that have answers, within the session if one is
// chosen.
func (s *Server) answerChips(ctx context.Context, f content.AnswerFilter) ([]chip, error) {
	current := f.Topic
	f.AfterCode, f.Topic, f.Limit = "", "", 1
	var chips []chip
	for _, topic := range append([]content.Topic{{Name: "Tất cả"}}, s.topics(ctx)...) {
		f.Topic = topic.Slug
		list, err := s.rooms.Library.Answers(ctx, f)
		if err != nil {
			return nil, err
		}
		if list.Total > 0 || topic.Slug == "" || topic.Slug == current {
			chips = append(chips, chip{topic.Name + " " + viet.Number(list.Total), answersPath(f), current == topic.Slug})
		}
	}
	return chips, nil
}

type answerPage struct {
	base
	Answer  content.Answer
	Banner  banner
	Flags   []banner // provisions that changed since
	Parts   []partView
	Copy    string // question, answer and basis as plain text
	Ask     feedbackForm
	Similar []content.Answer
	Guides  []content.Guide
}

func (s *Server) showAnswer(c *fiber.Ctx) error {
	ctx := c.UserContext()
	answer, err := s.rooms.Library.Answer(ctx, c.Params("code"))
	if err != nil {
		return err
	}
	old := answer.Successor != nil && c.Query(oldText) != ""
	switch {
	case answer.Successor != nil && !old:
		return c.Redirect(answer.Successor.Path(), fiber.StatusFound) // another one may take its place
	case answer.Path() != c.Path():
		return redirectTo(c, answer.Path())
	}
	page := answerPage{base: s.page(c, answer.Question, summaryOf(answer)), Answer: answer, Ask: feedbackForm{content.KindAnswer, answer.ID}}
	page.article(crumb{"Hỏi đáp", "/hoi-dap"})
	if answer.Topic.Slug != "" {
		page.Crumbs = append(page.Crumbs, crumb{answer.Topic.Name, answersPath(content.AnswerFilter{Topic: answer.Topic.Slug})})
	}
	page.Banner = guideBanner(answer.Trust, answer.Effective, answer.Ended(), s.cfg.Today())
	if old {
		page.NoIndex = true
		page.Banner = banner{Class: "stop", Icon: "stop", Title: "Câu trả lời cũ, đã được thay", Text: "Hãy theo câu trả lời mới: " + answer.Successor.Code() + "."}
	}
	if page.Flags, err = s.flagBanners(ctx, content.KindAnswer, answer.ID); err != nil {
		return err
	}
	if len(page.Flags) > 0 && page.Banner.Class == "ok" {
		page.Banner = page.Flags[0]
		page.Banner.Text = sentence(page.Banner.Words)
	}
	page.Copy = copyText(page)
	if page.Parts, err = s.markedParts(ctx, answer.Body, ""); err != nil {
		return fmt.Errorf("show answer %s: %w", answer.Code(), err)
	}
	page.Parts = page.forReader(c, page.Parts)
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

// sentence is a banner's words without their links.
func sentence(words []link) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(w.Name)
	}
	return b.String()
}

// oldText is the parameter that asks for an answer although another has taken
// its place.
const oldText = "cu"

// summaryOf is the answer in a sentence; imported ones may have none.
func summaryOf(a content.Answer) string {
	if a.Short != "" {
		return a.Short
	}
	return firstWords(a.Body, provisionPreview)
}

// copyText is what a secretary pastes into a message: question, answer, basis,
// whether it applies, the site's notice and the address.
func copyText(p answerPage) string {
	a := p.Answer
	var b strings.Builder
	fmt.Fprintf(&b, "Hỏi: %s\n\nTrả lời: %s\n", a.Question, summaryOf(a))
	if len(a.Basis) > 0 {
		labels := make([]string, len(a.Basis))
		for i, basis := range a.Basis {
			labels[i] = basis.Full
		}
		fmt.Fprintf(&b, "\nCăn cứ: %s.\n", strings.Join(labels, "; "))
	}
	fmt.Fprintf(&b, "\nTình trạng: %s.", p.Banner.Title)
	if p.Banner.Class != "ok" {
		b.WriteString(" " + p.Banner.Text)
	}
	b.WriteString("\n")
	if p.Site.Notice != "" {
		fmt.Fprintf(&b, "\nLưu ý: %s\n", p.Site.Notice)
	}
	fmt.Fprintf(&b, "\n%s: %s", a.Code(), p.URL)
	return b.String()
}

// Stamp says which revision the reader sees.
func (p answerPage) Stamp() string { return stamp(p.Answer.Revision, p.Answer.UpdatedAt) }
