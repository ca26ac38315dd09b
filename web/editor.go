package web

import (
	"context"
	"fmt"
	"slices"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
)

// What the buttons of the editor do besides saving.
const (
	verbShow    = "xem"
	verbSubmit  = "gui-duyet"
	verbDiscard = "bo"
)

type editPage struct {
	base
	live
	Thing      thing
	Version    int
	State      string // when and whether it is saved
	Fields     []fieldView
	Slug       *fieldView
	Markdown   fieldView
	Reason     fieldView
	Wrong      string // what is wrong as a whole
	Faults     []fault.Field
	MostReason int // letters of it
	Conflict   *conflictView
	Remarks    []remarkView
	Verdict    string // of a reviewer who sent the text back
	Reviewer   string
	Outdated   bool // readers see a newer text than the one this began with
	Number     int  // of the draft
	Shown      int  // of what readers see, 0 for nothing
	Previews   previewsView
	MayDiscard bool
	Plans      []content.StoredPlan // the drawings that the text may show
}

// Raw reports whether the text is one file without Markdown's verbs.
func (p editPage) Raw() bool { return p.Thing.Kind == content.KindPlan }

// leadingFields is how many fields stand above the text.
const leadingFields = 1

// Leading are the fields above the text, the title first.
func (p editPage) Leading() []fieldView { return p.Fields[:min(leadingFields, len(p.Fields))] }

// Trailing are the fields below it.
func (p editPage) Trailing() []fieldView { return p.Fields[min(leadingFields, len(p.Fields)):] }

// editText shows the form of a draft. What waits for review is not written on.
func (s *Server) editText(c *fiber.Ctx) error {
	t, err := thingAt(c)
	if err != nil {
		return err
	}
	rev, err := s.rooms.Library.OpenRevision(c.UserContext(), t.Kind, t.ID)
	if err != nil {
		return err
	}
	if rev.State != content.StateDraft {
		return c.Redirect(t.Path("duyet"), fiber.StatusSeeOther)
	}
	page, err := s.editPage(c, rev, typedOf(rev), nil)
	if err != nil {
		return err
	}
	return s.render(c, "editor/edit", page)
}

// editPage is the form of a draft with a text in it, and what is wrong with it.
func (s *Server) editPage(c *fiber.Ctx, rev content.Revision, t content.Text, wrong *fault.Fault) (editPage, error) {
	faults := map[string]string{}
	if wrong != nil {
		for _, f := range wrong.Fields {
			faults[f.Name] = f.Sentence
		}
	}
	page := editPage{
		base: s.staffPage(c, "Soạn bài: "+titleOr(rev.Title), "Soạn, xem trước và gửi duyệt."), Thing: thingOf(rev), Version: rev.Version, Number: rev.Number,
		State: "Đã lưu nháp lúc " + clockOf(rev.At), Fields: viewFields(rev.Kind, t, s.topics(c.UserContext()), faults),
		Markdown: fieldView{Field: content.Field{Name: "markdown", Label: "Nội dung", Hint: markdownHint(rev.Kind)}, Value: t.Markdown, Fault: faults["markdown"]},
		Reason:   fieldView{Field: content.Field{Name: "ly-do", Label: "Lý do soạn, sửa", Hint: "Người duyệt đọc trước tiên. Ví dụ: theo câu hỏi HĐ-0231."}, Fault: faults["ly-do"]}, MostReason: content.MaxActNoteRunes,
	}
	var err error
	if page.Plans, err = s.rooms.Library.Plans(c.UserContext()); err != nil {
		return editPage{}, fmt.Errorf("list plans: %w", err)
	}
	page.Crumbs = []crumb{deskCrumb}
	page.MayDiscard = reviews(c) || slices.Contains(rev.Authors, actor(c).ID)
	if hasSlug(rev.Kind) {
		page.Slug = &fieldView{Field: content.Field{Name: "slug", Label: "Tên trong đường dẫn", Hint: "Để trống thì lấy theo tên bài. Đổi tên thì đường dẫn cũ tự chuyển tới đường dẫn mới.", Input: content.InputText}, Value: string(t.Slug), Fault: faults["slug"]}
	}
	if wrong != nil {
		page.Wrong, page.Faults = wrong.Sentence, wrong.Fields
	}
	if page.live, err = s.live(c.UserContext(), page.Thing, t); err != nil {
		return editPage{}, err
	}
	shown, err := s.rooms.Library.ShownRevision(c.UserContext(), rev.Kind, rev.ID)
	if err != nil && !fault.Is(err, fault.KindNotFound) {
		return editPage{}, fmt.Errorf("find what readers see of %s %s: %w", rev.Kind, rev.ID, err)
	}
	if page.Previews, err = s.previewsOf(c, page.Thing, page.Token); err != nil {
		return editPage{}, err
	}
	page.Shown = shown.Number
	page.Outdated = shown.Number != rev.Base
	return page, s.addVerdict(c.UserContext(), &page, rev)
}

// addVerdict shows what reviewers said of the draft so far.
func (s *Server) addVerdict(ctx context.Context, page *editPage, rev content.Revision) error {
	comments, err := s.rooms.Library.Comments(ctx, rev.Kind, rev.ID)
	if err != nil {
		return fmt.Errorf("read remarks on %s %s: %w", rev.Kind, rev.ID, err)
	}
	if page.Remarks, err = s.viewRemarks(ctx, comments); err != nil {
		return err
	}
	page.Remarks = slices.DeleteFunc(page.Remarks, func(r remarkView) bool { return r.Done })
	if rev.Verdict == "" {
		return nil
	}
	names, err := s.names(ctx, rev.Reviewer)
	page.Verdict, page.Reviewer = rev.Verdict, names[rev.Reviewer]
	return err
}
