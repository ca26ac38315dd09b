package web

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"slices"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
)

// autosaveText saves what is being typed and answers the script.
func (s *Server) autosaveText(c *fiber.Ctx) error {
	t, err := thingAt(c)
	if err != nil {
		return err
	}
	f, err := readForm(c, append(textFields(t.Kind), "ban")...)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, noStore)
	rev, err := s.saveTyped(c, t, f)
	wrong, ok := fault.Of(err)
	switch {
	case ok && wrong.Kind == fault.KindConflict && rev.State == content.StateDraft:
		return s.sendConflict(c, rev, typedText(t.Kind, f))
	case ok && (wrong.Kind == fault.KindInvalid || wrong.Kind == fault.KindConflict):
		c.Status(read(err).status)
		return sendJSON(c, savedView{Sentence: wrong.Sentence})
	case err != nil:
		return err
	}
	return sendJSON(c, savedView{Version: rev.Version, At: clockOf(rev.At)})
}

func (s *Server) sendConflict(c *fiber.Ctx, rev content.Revision, typed content.Text) error {
	view, err := s.viewConflict(c.UserContext(), rev, typed)
	if err != nil {
		return err
	}
	diff, err := s.fragment("diff", view.Diff)
	if err != nil {
		return err
	}
	c.Status(fiber.StatusConflict)
	return sendJSON(c, savedView{Version: rev.Version, At: view.At, By: view.By, Values: formValues(rev.Kind, typedOf(rev)), Diff: diff})
}

// fragment is a shared part of the pages alone.
func (s *Server) fragment(name string, data any) (string, error) {
	var out bytes.Buffer
	if err := s.looks().pages["editor/live"].ExecuteTemplate(&out, name, data); err != nil {
		return "", fmt.Errorf("render part %s: %w", name, err)
	}
	return out.String(), nil
}

// live is what changes beside the form with every letter.
type live struct {
	ShownTitle string
	Lead       string
	Parts      []partView
	Unreadable []findingView // why the text cannot be shown
	Findings   []findingView // the check list
}

// findingView is an entry of the check list and the place it speaks of.
type findingView struct {
	content.Finding
	ID string
}

// Place says where to look.
func (v findingView) Place() string {
	switch {
	case v.Line > 0:
		return fmt.Sprintf("Tới dòng %d", v.Line)
	case v.ID != "":
		return "Tới chỗ sửa"
	}
	return ""
}

// live renders a text as readers would see it and goes through its check list.
func (s *Server) live(ctx context.Context, t thing, text content.Text) (live, error) {
	view := live{ShownTitle: titleOr(text.Title(t.Kind)), Lead: text.Field("summary") + text.Field("short")}
	body, unreadable := s.rooms.Library.Preview(t.Kind, text)
	var err error
	if view.Parts, err = s.previewParts(ctx, body); err != nil {
		return live{}, err
	}
	if len(body.Parts) == 0 {
		view.Unreadable = viewFindings(t.Kind, unreadable)
	}
	questions, err := s.questionIDs(ctx)
	if err != nil {
		return live{}, err
	}
	findings, err := s.rooms.Library.Check(ctx, t.Kind, t.ID, text, questions)
	if err != nil {
		return live{}, fmt.Errorf("check %s %s: %w", t.Kind, t.ID, err)
	}
	view.Findings = viewFindings(t.Kind, findings)
	return view, nil
}

// questionIDs are the questions that a self-check may name.
func (s *Server) questionIDs(ctx context.Context) (map[string]bool, error) {
	all, err := s.rooms.Bank.AllQuestions(ctx)
	if err != nil {
		return nil, fmt.Errorf("list questions: %w", err)
	}
	ids := map[string]bool{}
	for _, q := range all {
		ids[q.ID] = true
	}
	return ids, nil
}

// previewParts fills in a text's parts; a self-check is only named, for it is
// no part of what is being written.
func (s *Server) previewParts(ctx context.Context, body content.Body) ([]partView, error) {
	parts, err := s.parts(ctx, body, "")
	if err != nil {
		return nil, fmt.Errorf("preview: %w", err)
	}
	for i, part := range body.Parts {
		if part.Kind == content.PartSelfCheck {
			parts[i].HTML = template.HTML(fmt.Sprintf(`<p class="empty">Ở đây có %d câu tự kiểm tra.</p>`, len(part.Keys)))
		}
	}
	return parts, nil
}

func viewFindings(kind string, list []content.Finding) []findingView {
	var views []findingView
	for _, f := range list {
		v := findingView{Finding: f}
		if slices.Contains(textFields(kind), f.Field) {
			v.ID = "f-" + f.Field
		}
		views = append(views, v)
	}
	return views
}

// previewText answers the script with what stands beside the form.
func (s *Server) previewText(c *fiber.Ctx) error {
	kind := editedKind(c.Query("loai"))
	if kind == "" || len(c.Query("bai")) > maxCodeBytes {
		return fault.NotFound(noPage)
	}
	f, err := readForm(c, append(textFields(kind), "ban")...)
	if err != nil {
		return err
	}
	view, err := s.live(c.UserContext(), thing{kind, c.Query("bai")}, typedText(kind, f))
	if err != nil {
		return err
	}
	text, err := s.fragment("main", livePage{live: view})
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, noStore)
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.SendString(text)
}

// savedView is what the script of the editor is told.
type savedView struct {
	Version  int                 `json:"version,omitempty"`
	At       string              `json:"at,omitempty"`
	By       string              `json:"by,omitempty"`
	Values   map[string][]string `json:"values,omitempty"` // of the stored text
	Diff     string              `json:"diff,omitempty"`   // from the stored text to the sent one
	Sentence string              `json:"sentence,omitempty"`
}

type livePage struct {
	base
	live
}
