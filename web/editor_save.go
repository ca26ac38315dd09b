package web

import (
	"context"
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
)

// conflictView is what somebody else saved meanwhile.
type conflictView struct {
	By, At string
	Diff   diffView
	Theirs string // as its source
}

// saveText saves what was typed, then does what the pressed button says.
func (s *Server) saveText(c *fiber.Ctx) error {
	t, err := thingAt(c)
	if err != nil {
		return err
	}
	f, err := readForm(c, append(textFields(t.Kind), "ban", "ly-do", "viec")...)
	if err != nil {
		return err
	}
	if strings.Join(f["viec"], "") == verbDiscard { // asked before saving makes an author of whoever presses it
		if err := s.rooms.Library.MayDiscard(c.UserContext(), t.Kind, t.ID, actor(c).ID, reviews(c)); err != nil {
			return err
		}
	}
	rev, err := s.saveTyped(c, t, f)
	if wrong, ok := fault.Of(err); ok && (wrong.Kind == fault.KindInvalid || wrong.Kind == fault.KindConflict) {
		return s.showUnsaved(c, t, rev, f, wrong)
	}
	if err != nil {
		return err
	}
	return s.afterSave(c, rev, f)
}

// saveTyped stores what the form holds.
func (s *Server) saveTyped(c *fiber.Ctx, t thing, f form) (content.Revision, error) {
	version, err := f.count("ban")
	if err != nil {
		return content.Revision{}, err
	}
	rev, err := s.rooms.Library.SaveDraft(c.UserContext(), content.Save{Kind: t.Kind, ID: t.ID, Version: version, Text: typedText(t.Kind, f), By: actor(c).ID})
	if err != nil {
		return rev, fmt.Errorf("save draft of %s %s: %w", t.Kind, t.ID, err)
	}
	return rev, nil
}

func (s *Server) afterSave(c *fiber.Ctx, rev content.Revision, f form) error {
	ctx, t, by := c.UserContext(), thingOf(rev), actor(c).ID
	switch strings.Join(f["viec"], "") {
	case verbShow:
		return c.Redirect(t.Path("soan")+"#xem-truoc", fiber.StatusSeeOther)
	case verbDiscard:
		if err := s.rooms.Library.Discard(ctx, t.Kind, t.ID, rev.Version, by, reviews(c)); err != nil {
			return fmt.Errorf("discard %s %s: %w", t.Kind, t.ID, err)
		}
		return c.Redirect("/bien-tap/thung-rac", fiber.StatusSeeOther)
	case verbSubmit:
		return s.submitText(c, rev, f)
	}
	return c.Redirect(t.Path("soan"), fiber.StatusSeeOther)
}

// submitText sends a saved draft for review, or says what it lacks.
func (s *Server) submitText(c *fiber.Ctx, rev content.Revision, f form) error {
	t := thingOf(rev)
	reason := strings.Join(strings.Fields(strings.Join(f["ly-do"], " ")), " ")
	err := s.mayBeReviewed(c.UserContext(), rev)
	if err == nil {
		err = s.rooms.Library.Submit(c.UserContext(), t.Kind, t.ID, rev.Version, reason, actor(c).ID)
	}
	if wrong, ok := fault.Of(err); ok && wrong.Kind == fault.KindInvalid {
		return s.showUnsaved(c, t, rev, f, renamed(wrong, map[string]string{"reason": "ly-do"}))
	}
	if err != nil {
		return fmt.Errorf("submit %s %s: %w", t.Kind, t.ID, err)
	}
	return c.Redirect(t.Path("duyet"), fiber.StatusSeeOther)
}

// mayBeReviewed refuses what the check list says must be mended first; the room
// itself does not know the questions that a self-check names.
func (s *Server) mayBeReviewed(ctx context.Context, rev content.Revision) error {
	questions, err := s.questionIDs(ctx)
	if err != nil {
		return err
	}
	findings, err := s.rooms.Library.Check(ctx, rev.Kind, rev.ID, rev.Text(), questions)
	if err != nil {
		return err
	}
	return content.MustMend(findings)
}

// renamed gives a fault's fields the names that the form has for them.
func renamed(wrong *fault.Fault, names map[string]string) *fault.Fault {
	other := *wrong
	other.Fields = nil
	for _, f := range wrong.Fields {
		if name := names[f.Name]; name != "" {
			f.Name = name
		}
		other.Fields = append(other.Fields, f)
	}
	return &other
}

// showUnsaved shows the form again with what was typed and why it did not go
// further; after a conflict beside what the other person saved.
func (s *Server) showUnsaved(c *fiber.Ctx, t thing, rev content.Revision, f form, wrong *fault.Fault) error {
	ctx, typed := c.UserContext(), typedText(t.Kind, f)
	if rev.ID == "" {
		var err error
		if rev, err = s.rooms.Library.OpenRevision(ctx, t.Kind, t.ID); err != nil {
			return err
		}
	}
	page, err := s.editPage(c, rev, typed, wrong)
	if err != nil {
		return err
	}
	page.Reason.Value = legible(strings.Join(f["ly-do"], " "), 4*content.MaxActNoteRunes)
	if wrong.Kind == fault.KindInvalid {
		c.Status(fiber.StatusUnprocessableEntity)
		return s.render(c, "editor/edit", page)
	}
	if page.Conflict, err = s.viewConflict(ctx, rev, typed); err != nil {
		return err
	}
	page.State = ""
	c.Status(fiber.StatusConflict)
	return s.render(c, "editor/edit", page)
}

func (s *Server) viewConflict(ctx context.Context, rev content.Revision, typed content.Text) (*conflictView, error) {
	names, err := s.names(ctx, rev.By)
	if err != nil {
		return nil, err
	}
	mine := content.Revision{Kind: rev.Kind, Slug: typed.Slug, Source: typed.Source(rev.Kind)}
	if mine.Slug == "" { // left to follow the title
		mine.Slug = rev.Slug
	}
	diff := viewDiff(content.CompareRevisions(rev, mine, s.topics(ctx)), false)
	return &conflictView{By: names[rev.By], At: momentOf(rev.At), Diff: diff, Theirs: rev.Source}, nil
}
