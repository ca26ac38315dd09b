package web

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/viet"
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

// fieldView is a field of the form with what stands in it.
type fieldView struct {
	content.Field
	Value   string
	Choices []choiceView
	Fault   string
}

// ID is where links to the field lead.
func (v fieldView) ID() string { return "f-" + v.Name }

// Described are the ids of what explains the field.
func (v fieldView) Described() string {
	var ids []string
	if v.Hint != "" {
		ids = append(ids, v.ID()+"-goi-y")
	}
	if v.Fault != "" {
		ids = append(ids, v.ID()+"-loi")
	}
	return strings.Join(ids, " ")
}

type choiceView struct {
	content.Option
	Chosen bool
}

// conflictView is what somebody else saved meanwhile.
type conflictView struct {
	By, At string
	Diff   diffView
	Theirs string // as its source
}

// textFields are the fields of a kind's form and what an address is made of.
func textFields(kind string) []string {
	names := []string{"markdown"}
	if hasSlug(kind) {
		names = append(names, "slug")
	}
	for _, field := range content.Fields(kind) {
		names = append(names, field.Name)
	}
	return names
}

// hasSlug reports whether the form of a kind asks for the address: that of an
// answer follows its question, a text without a form says its own.
func hasSlug(kind string) bool { return kind != content.KindAnswer && !content.IsRaw(kind) }

// typedText is what the form holds, as it was typed.
func typedText(kind string, f form) content.Text {
	t := content.Text{Fields: map[string][]string{}, Markdown: typedLines(strings.Join(f["markdown"], "\n"))}
	t.Slug = content.Slug(strings.TrimSpace(strings.Join(f["slug"], " ")))
	for _, field := range content.Fields(kind) {
		var values []string
		for _, raw := range f[field.Name] {
			for _, value := range splitValue(field.Input, typedLines(raw)) {
				if value = strings.TrimSpace(value); value != "" {
					values = append(values, value)
				}
			}
		}
		if len(values) > 0 {
			t.Fields[field.Name] = values
		}
	}
	return t
}

func splitValue(input content.Input, value string) []string {
	if input == content.InputLines {
		return strings.Split(value, "\n")
	}
	return []string{strings.Join(strings.Fields(value), " ")}
}

// typedLines are lines as a form sends them, ended by a line feed alone.
func typedLines(raw string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(raw, "\ufffd"))
}

// formValues are a text's values as the fields of the form hold them.
func formValues(kind string, t content.Text) map[string][]string {
	values := map[string][]string{"markdown": {t.Markdown}}
	if hasSlug(kind) {
		values["slug"] = []string{string(t.Slug)}
	}
	for _, field := range content.Fields(kind) {
		list := append([]string{}, t.Fields[field.Name]...) // never null, which the script could not join
		if field.Input != content.InputChecks {
			list = []string{strings.Join(list, "\n")}
		}
		values[field.Name] = list
	}
	return values
}

func viewFields(kind string, t content.Text, topics []content.Topic, faults map[string]string) []fieldView {
	values := formValues(kind, t)
	var list []fieldView
	for _, field := range content.Fields(kind) {
		field = field.WithTopics(topics)
		v := fieldView{Field: field, Fault: faults[field.Name], Value: strings.Join(values[field.Name], "\n")}
		for _, option := range field.Options {
			v.Choices = append(v.Choices, choiceView{option, slices.Contains(t.Fields[field.Name], option.Value)})
		}
		list = append(list, v)
	}
	return list
}

// typedOf is a revision's text as its form holds it: an address that follows
// the title is left to do so.
func typedOf(rev content.Revision) content.Text {
	t := rev.Text()
	if rev.Base == 0 && string(t.Slug) == viet.Slug(t.Title(rev.Kind)) {
		t.Slug = ""
	}
	return t
}

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

// markdownHint says how the text of a kind is written.
func markdownHint(kind string) string {
	switch kind {
	case content.KindPlan:
		return "Viết bằng YAML: cỡ phòng (room), cửa (doors), đồ vật (objects) đo bằng mét, lối đi (path), bảng kiểm (checks). Mỗi dòng ghi căn cứ hoặc “gợi ý”. Hình hiện ở phần xem trước."
	case content.KindLaw:
		return "Cả tệp văn bản: phần đầu giữa hai dòng ---, rồi mỗi điều một tiêu đề “## Điều 34. Tên gọn”."
	case content.KindSituation:
		return "Mỗi câu hỏi, mỗi cách xử lý một tiêu đề “## …”. Câu hỏi kết thúc bằng dấu hỏi, dưới có các dòng “- [Có](#muc-…)”. Cách xử lý có bốn phần “### Làm gì”, “### Gọi ai”, “### Ghi lại gì”, “### Căn cứ”."
	case content.KindTerm:
		return "Giải thích thêm, nếu cần. Nghĩa ngắn ghi ở ô “Nghĩa”."
	}
	return "Chữ thường và vài dấu Markdown; thanh công cụ chèn giúp."
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

// savedView is what the script of the editor is told.
type savedView struct {
	Version  int                 `json:"version,omitempty"`
	At       string              `json:"at,omitempty"`
	By       string              `json:"by,omitempty"`
	Values   map[string][]string `json:"values,omitempty"` // of the stored text
	Diff     string              `json:"diff,omitempty"`   // from the stored text to the sent one
	Sentence string              `json:"sentence,omitempty"`
}

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

type livePage struct {
	base
	live
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
