package web

import (
	"context"
	"fmt"
	"slices"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/accounts"
	"sotay/internal/cite"
	"sotay/internal/fault"
	"sotay/internal/viet"
	"sotay/quizzes"
)

// validityPath is where staff record what became of provisions.
const validityPath = "/bien-tap/hieu-luc"

// amendmentFields are the names of the form's fields, as content names them too.
var amendmentFields = []string{"of", "by", "effect", "successor", "since", "note"}

// validityPage lists the amendments, below the form for a new one.
type validityPage struct {
	base
	Amendments []amendmentView
	Form       content.AmendmentForm
	Effects    []choiceView
	Foretold   *amendmentView // what the form would flag; nil before the trial
	Faults     []fault.Field
	Done       string
	MayJudge   bool
}

// Fault is the sentence about a field, "" when it is right.
func (p validityPage) Fault(field string) string { return sentenceOf(p.Faults, field) }

// amendmentView is an amendment with the texts that it concerns.
type amendmentView struct {
	content.Amendment
	Open    []concernView
	Whole   []concernView
	Looked  []lookedView
	Applies bool
}

// lookedView is a text that somebody found right after the change.
type lookedView struct {
	concernView
	Said, Note string // "Nguyễn Văn An xác nhận lúc …"
}

// concernView is a text that an amendment concerns.
type concernView struct {
	content.Citing
	KindName string
}

// validityDone tells what was done before the list came back.
var validityDone = map[string]string{
	"ghi":      "Đã ghi. Các bài dẫn điều khoản này mang dấu “đang xem lại” ngay từ bây giờ.",
	"rut":      "Đã rút lại. Các bài không còn dấu của sửa đổi này.",
	"con-dung": "Đã xác nhận. Bài không còn dấu của sửa đổi này.",
}

func effectChoices(chosen string) []choiceView {
	var list []choiceView
	for _, e := range []cite.Effect{cite.Amended, cite.Replaced, cite.Repealed} {
		list = append(list, choiceView{content.Option{Value: string(e), Label: viet.UpperFirst(e.Label())}, string(e) == chosen})
	}
	return list
}

func (s *Server) validityPage(c *fiber.Ctx, form content.AmendmentForm) (validityPage, error) {
	page := validityPage{
		base: s.staffPage(c, "Hiệu lực của căn cứ", "Điều khoản nào đã đổi, bài nào dẫn nó và chưa ai xem lại."), Form: form,
		Effects: effectChoices(form.Effect), Done: validityDone[c.Query("xong")], MayJudge: actor(c).Role.May(accounts.Review),
	}
	page.Crumbs = []crumb{deskCrumb}
	list, err := s.rooms.Library.Amendments(c.UserContext())
	if err != nil {
		return page, fmt.Errorf("list amendments: %w", err)
	}
	for _, a := range list {
		view, err := s.viewAmendment(c.UserContext(), a)
		if err != nil {
			return page, err
		}
		page.Amendments = append(page.Amendments, view)
	}
	return page, nil
}

func (s *Server) viewAmendment(ctx context.Context, a content.Amendment) (amendmentView, error) {
	view := amendmentView{Amendment: a, Applies: a.Applies(s.cfg.Today())}
	var err error
	if view.Open, err = s.concerns(ctx, a.Open); err != nil {
		return view, err
	}
	if view.Whole, err = s.concerns(ctx, a.Whole); err != nil {
		return view, err
	}
	view.Looked, err = s.looked(ctx, a.Affirmed)
	return view, err
}

// looked names the texts that somebody found right, and who did.
func (s *Server) looked(ctx context.Context, list []content.Affirmed) ([]lookedView, error) {
	var texts []content.Citing
	var ids []string
	for _, a := range list {
		texts, ids = append(texts, a.Citing), append(ids, a.Person)
	}
	named, err := s.concerns(ctx, texts)
	if err != nil {
		return nil, err
	}
	names, err := s.rooms.People.Names(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("name who looked: %w", err)
	}
	var views []lookedView
	for i, a := range list {
		said := nameIn(names, a.Person) + " xác nhận lúc " + viet.Clock(a.At)
		if a.Person == content.Elsewhere {
			said = "Xác nhận trên trang cũ, nhập về đây lúc " + viet.Clock(a.At)
		}
		views = append(views, lookedView{named[i], said, a.Note})
	}
	return views, nil
}

// concerns names the texts; questions by their first words, which their own room knows.
func (s *Server) concerns(ctx context.Context, list []content.Citing) ([]concernView, error) {
	var ids []string
	for _, c := range list {
		if c.Kind == quizzes.KindQuestion {
			ids = append(ids, c.ID)
		}
	}
	stems := map[string]string{}
	for part := range slices.Chunk(ids, quizzes.MaxQuestionsAtOnce) {
		questions, err := s.rooms.Bank.Questions(ctx, part)
		if err != nil {
			return nil, fmt.Errorf("name %d questions: %w", len(ids), err)
		}
		for _, q := range questions {
			stems[q.ID] = q.Stem
		}
	}
	views := make([]concernView, 0, len(list))
	for _, c := range list {
		view := concernView{c, content.KindLabel(c.Kind)}
		if c.Kind == quizzes.KindQuestion {
			view.Title, view.KindName = stems[c.ID], "Câu trắc nghiệm"
		}
		views = append(views, view)
	}
	return views, nil
}

// listValidity shows what is recorded, with an empty form.
func (s *Server) listValidity(c *fiber.Ctx) error {
	page, err := s.validityPage(c, content.AmendmentForm{Of: legible(c.Query("dieu"), maxShownWord), Effect: string(cite.Amended)})
	if err != nil {
		return err
	}
	return s.render(c, "validity/list", page)
}

func readAmendment(c *fiber.Ctx) (form content.AmendmentForm, err error) {
	f, err := readForm(c, amendmentFields...)
	if err != nil {
		return form, err
	}
	for name, to := range map[string]*string{"of": &form.Of, "by": &form.By, "effect": &form.Effect, "successor": &form.Successor, "since": &form.Since, "note": &form.Note} {
		if *to, err = f.one(name); err != nil {
			return form, err
		}
	}
	return form, nil
}

// tryAmendment says what recording would flag, and stores nothing.
func (s *Server) tryAmendment(c *fiber.Ctx) error {
	form, err := readAmendment(c)
	if err != nil {
		return err
	}
	foretold, err := s.rooms.Library.ForetellAmendment(c.UserContext(), form)
	if err != nil {
		return s.askAmendment(c, form, err)
	}
	page, err := s.validityPage(c, form)
	if err != nil {
		return err
	}
	view, err := s.viewAmendment(c.UserContext(), foretold)
	if err != nil {
		return err
	}
	page.Foretold = &view
	return s.render(c, "validity/list", page)
}

func (s *Server) recordAmendment(c *fiber.Ctx) error {
	form, err := readAmendment(c)
	if err != nil {
		return err
	}
	if _, err := s.rooms.Library.RecordAmendment(c.UserContext(), form, actor(c).ID); err != nil {
		return s.askAmendment(c, form, err)
	}
	return c.Redirect(validityPath+"?xong=ghi", fiber.StatusSeeOther)
}

// askAmendment shows the form again with what was typed and what is wrong with it.
func (s *Server) askAmendment(c *fiber.Ctx, form content.AmendmentForm, err error) error {
	broken, ok := fault.Of(err)
	if !ok || !slices.Contains([]fault.Kind{fault.KindInvalid, fault.KindConflict}, broken.Kind) {
		return err
	}
	for _, field := range []*string{&form.Of, &form.By, &form.Successor, &form.Since, &form.Note} {
		*field = legible(*field, 2*maxShownWord)
	}
	page, err := s.validityPage(c, form)
	if err != nil {
		return err
	}
	page.Faults = faultsOf(broken)
	c.Status(statuses[broken.Kind].status)
	return s.render(c, "validity/list", page)
}

func (s *Server) withdrawAmendment(c *fiber.Ctx) error {
	if _, err := readForm(c); err != nil {
		return err
	}
	if err := s.rooms.Library.WithdrawAmendment(c.UserContext(), c.Params("id"), actor(c).ID); err != nil {
		return err
	}
	return c.Redirect(validityPath+"?xong=rut", fiber.StatusSeeOther)
}

// affirmText clears the flag of one text: the person has looked, it stands.
func (s *Server) affirmText(c *fiber.Ctx) error {
	f, err := readForm(c, "loai", "bai", "ghi-chu")
	if err != nil {
		return err
	}
	var thing content.Thing
	var note string
	for name, to := range map[string]*string{"loai": &thing.Kind, "bai": &thing.ID, "ghi-chu": &note} {
		if *to, err = f.one(name); err != nil {
			return err
		}
	}
	if err := s.rooms.Library.Affirm(c.UserContext(), c.Params("id"), thing, note, actor(c).ID); err != nil {
		return err
	}
	return c.Redirect(validityPath+"?xong=con-dung", fiber.StatusSeeOther)
}

// flagBanners say, above a text, which of its provisions changed since.
func (s *Server) flagBanners(ctx context.Context, kind, id string) ([]banner, error) {
	flags, err := s.rooms.Library.Flags(ctx)
	if err != nil {
		return nil, fmt.Errorf("read flags of %s %s: %w", kind, id, err)
	}
	return bannersOf(flags[content.Thing{Kind: kind, ID: id}], s.cfg.Today()), nil
}

// withFlags puts a text's own banner before what changed since. That it is in
// force is not said beside the word that its law changed.
func withFlags(own banner, flags []banner) []banner {
	if own.Class == "ok" && len(flags) > 0 {
		return flags
	}
	return append([]banner{own}, flags...)
}

func bannersOf(amendments []content.Amendment, today viet.Date) []banner {
	var list []banner
	for _, a := range amendments {
		list = append(list, flagBanner(a, today))
	}
	return list
}

func flagBanner(a content.Amendment, today viet.Date) banner {
	b := banner{Class: "warn", Icon: "warn", Title: "Đang xem lại: căn cứ đã đổi"}
	if !a.Applies(today) {
		b = banner{Class: "info", Icon: "info", Title: fmt.Sprintf("Căn cứ sẽ đổi từ ngày %s", a.Since)}
	}
	b.Words = []link{{a.Of.Label, a.Of.URL}, {Name: " " + a.Effect.Label() + " bởi "}, {a.By.Label, a.By.URL}, {Name: fmt.Sprintf(" từ ngày %s.", a.Since)}}
	if a.Successor.URL != "" {
		b.Words = append(b.Words, link{Name: " Nay là "}, link{a.Successor.Label, a.Successor.URL}, link{Name: "."})
	}
	if a.Note != "" {
		b.Words = append(b.Words, link{Name: " " + a.Note})
	}
	b.Words = append(b.Words, link{Name: " Chưa ai xác nhận bài này theo quy định mới: hãy hỏi Ủy ban bầu cử trước khi làm."})
	return b
}

// changesOf says what was recorded of a provision or of a part of it.
func (s *Server) changesOf(ctx context.Context, p content.Provision) ([]banner, error) {
	all, err := s.rooms.Library.AmendmentsOf(ctx, p.Law.Key)
	if err != nil {
		return nil, fmt.Errorf("list amendments of %s: %w", p.Law.Key, err)
	}
	var list []banner
	for _, a := range all {
		if of := a.Amendment.Of.Article(); of != "" && of != p.Segment {
			continue
		}
		b := flagBanner(a, s.cfg.Today())
		b.Title, b.Words = "Đã "+a.Effect.Label(), b.Words[:len(b.Words)-1]
		if !a.Applies(s.cfg.Today()) {
			b.Title = "Sẽ " + a.Effect.Label()
		}
		list = append(list, b)
	}
	return list, nil
}

// underReview is the set of things whose law has changed by today and that
// nobody has looked at since.
func (s *Server) underReview(ctx context.Context) (map[content.Thing]bool, error) {
	flags, err := s.rooms.Library.Flags(ctx)
	if err != nil {
		return nil, fmt.Errorf("read flags: %w", err)
	}
	set := map[content.Thing]bool{}
	for thing, list := range flags {
		if slices.ContainsFunc(list, func(a content.Amendment) bool { return a.Applies(s.cfg.Today()) }) {
			set[thing] = true
		}
	}
	return set, nil
}
