package web

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/accounts"
	"sotay/internal/fault"
	"sotay/internal/viet"
)

// verdicts are what an approver may decide, as the form names them.
var verdicts = map[string]content.When{"dang-ngay": content.WhenNow, "dang-luc": content.WhenLater, "giu": content.WhenHeld}

const sendBackVerdict = "tra-lai"

// verdictFields are the names that the form has for what an approval can lack.
var verdictFields = map[string]string{"note": "ghi-chu", "document": "van-ban", "date": "ngay-van-ban", "when": "ket-luan", "at": "luc"}

type reviewPage struct {
	base
	Thing    thing
	Revision revisionView
	Against  string // what it is compared with, in words
	Diff     diffView
	Ways     []chip // in one column, in two
	Whole    []remarkView
	Earlier  []remarkView // on revisions before this one
	Remark   remarkForm
	Parts    []partView
	Lead     string
	Verdict  verdictForm
	MayJudge bool
	Faults   []fault.Field
	Wrong    string
	Open     bool // it is the thing's open revision
	Previews previewsView
	me       string // who looks
	reviews  bool   // and whether they may act on the drafts of others
}

// verdictForm is what an approver typed.
type verdictForm struct{ Kind, At, Document, Date, Note string }

// Is reports whether this verdict is chosen.
func (f verdictForm) Is(kind string) bool { return f.Kind == kind }

// Fault is what is wrong with a field, "" when nothing is.
func (p reviewPage) Fault(name string) string {
	for _, f := range p.Faults {
		if f.Name == name {
			return f.Sentence
		}
	}
	return ""
}

// WholeForm asks for a remark on the whole.
func (p reviewPage) WholeForm() askedRemark { return askedRemark{Form: p.Remark} }

// MayWithdraw reports whether the reader may take it back to write on.
func (p reviewPage) MayWithdraw() bool {
	return p.Open && p.Revision.Own && p.Revision.State != content.StateDraft && p.Person.May(string(accounts.Write))
}

// MayWrite reports whether the reader may write on.
func (p reviewPage) MayWrite() bool {
	return p.Open && p.Revision.State == content.StateDraft && p.Person.May(string(accounts.Write))
}

// remarkView is a remark with the name of who made it.
type remarkView struct {
	content.Comment
	ByName string
	Thing  thing
	Token  string
}

// When is the moment of the remark.
func (v remarkView) When() string { return momentOf(v.At) }

// remarkForm asks for a remark on a paragraph of a revision.
type remarkForm struct {
	Thing  thing
	Number int
	Token  string
	Typed  typedRemark
}

// typedRemark is a remark that was refused.
type typedRemark struct {
	Paragraph   int
	Text, Fault string
}

// reviewText shows what a revision changes.
func (s *Server) reviewText(c *fiber.Ctx) error {
	t, err := thingAt(c)
	if err != nil {
		return err
	}
	page, err := s.reviewPage(c, t, c.Query("ban"))
	if fault.Is(err, fault.KindNotFound) && c.Query("ban") == "" { // nothing is open: its history is what there is
		return c.Redirect(t.Path("lich-su"), fiber.StatusSeeOther)
	}
	if err != nil {
		return err
	}
	return s.render(c, "review/show", page)
}

// revisionNamed is the revision of a number in the address; without one the
// thing's open revision.
func (s *Server) revisionNamed(ctx context.Context, t thing, raw string) (content.Revision, error) {
	if raw == "" {
		return s.rooms.Library.OpenRevision(ctx, t.Kind, t.ID)
	}
	number, err := strconv.Atoi(raw)
	if err != nil || number < 1 {
		return content.Revision{}, fault.NotFound("Không có bản này.")
	}
	return s.rooms.Library.Revision(ctx, t.Kind, t.ID, number)
}

// reviewPage compares a revision, the open one without a number, with the one
// that readers saw when it began, or with the one that the address names.
func (s *Server) reviewPage(c *fiber.Ctx, t thing, asked string) (reviewPage, error) {
	ctx := c.UserContext()
	rev, err := s.revisionNamed(ctx, t, asked)
	if err != nil {
		return reviewPage{}, err
	}
	old := content.Revision{Number: rev.Base}
	if c.Query("so") != "" || rev.Base > 0 {
		if old, err = s.revisionNamed(ctx, t, against(c.Query("so"), rev.Base)); err != nil {
			return reviewPage{}, err
		}
	}
	views, err := s.viewRevisions(ctx, []content.Revision{rev}, actor(c).ID)
	if err != nil {
		return reviewPage{}, err
	}
	page := reviewPage{base: s.staffPage(c, "Duyệt: "+views[0].Name, "So bản mới với bản đang đăng."), Thing: t, Revision: views[0], Open: asked == "", me: actor(c).ID, reviews: reviews(c)}
	page.Print, page.Crumbs = true, []crumb{deskCrumb}
	page.Remark = remarkForm{Thing: t, Number: rev.Number, Token: page.Token}
	page.Against = againstWords(old, rev)
	page.Diff = viewDiff(content.CompareRevisions(old, rev, s.topics(ctx)), c.Query("xem") == "hai-cot")
	page.Diff.Anchored = true
	page.Ways = ways(t, asked, c.Query("so"), page.Diff.Columns)
	page.MayJudge = page.Open && rev.State == content.StateReview && !page.Revision.Own && actor(c).Role.May(accounts.Review)
	page.Verdict = verdictForm{Kind: "dang-ngay", At: string(s.cfg.Today().AddDays(1)) + "T06:00"}
	if page.Previews, err = s.previewsOf(c, t, page.Token); err != nil {
		return reviewPage{}, err
	}
	return page, s.fillReview(ctx, &page)
}

func against(asked string, base int) string {
	if asked != "" {
		return asked
	}
	return strconv.Itoa(base)
}

func againstWords(old, rev content.Revision) string {
	switch {
	case old.Number == 0:
		return fmt.Sprintf("Bản %d, bài mới", rev.Number)
	case old.State == content.StatePublished && old.Number == rev.Base:
		return fmt.Sprintf("Bản %d so với bản %d (bản đang đăng lúc bắt đầu sửa)", rev.Number, old.Number)
	}
	return fmt.Sprintf("Bản %d so với bản %d", rev.Number, old.Number)
}

// ways lead to the same comparison in one column and in two.
func ways(t thing, number, other string, columns bool) []chip {
	query := ""
	for _, p := range [][2]string{{"ban", number}, {"so", other}} {
		if p[1] != "" {
			query += "&" + p[0] + "=" + p[1]
		}
	}
	one := t.Path("duyet")
	if query != "" {
		one += "?" + query[1:]
	}
	return []chip{{"Liền mạch", one, !columns}, {"Hai cột", t.Path("duyet") + "?xem=hai-cot" + query, columns}}
}

// fillReview adds the text as readers would see it and the remarks.
func (s *Server) fillReview(ctx context.Context, page *reviewPage) error {
	rev := page.Revision.Revision
	text := rev.Text()
	page.Lead = text.Field("summary") + text.Field("short")
	body, _ := s.rooms.Library.Preview(rev.Kind, text)
	var err error
	if page.Parts, err = s.previewParts(ctx, body); err != nil {
		return err
	}
	comments, err := s.rooms.Library.Comments(ctx, rev.Kind, rev.ID)
	if err != nil {
		return fmt.Errorf("read remarks on %s %s: %w", rev.Kind, rev.ID, err)
	}
	remarks, err := s.viewRemarks(ctx, comments)
	if err != nil {
		return err
	}
	page.place(remarks)
	return nil
}

// place puts each remark below its paragraph.
func (p *reviewPage) place(remarks []remarkView) {
	at := map[int][]remarkView{}
	for _, r := range remarks {
		r.Thing = p.Thing
		if r.MayFinish(p.me, p.Revision.Authors, p.reviews) {
			r.Token = p.Token
		}
		switch {
		case r.Number != p.Revision.Number:
			p.Earlier = append(p.Earlier, r)
		case r.Paragraph == 0:
			p.Whole = append(p.Whole, r)
		default:
			at[r.Paragraph] = append(at[r.Paragraph], r)
		}
	}
	p.Diff.each(func(row *diffRow) {
		if row.Number == 0 {
			return
		}
		row.Remarks = at[row.Number]
		delete(at, row.Number)
		if p.Person.May(string(accounts.Write)) {
			row.Remarked = &p.Remark
		}
	})
	for _, lost := range at { // the comparison is another one now
		p.Whole = append(p.Whole, lost...)
	}
}

func (s *Server) viewRemarks(ctx context.Context, comments []content.Comment) ([]remarkView, error) {
	var ids []string
	for _, c := range comments {
		ids = append(ids, c.By)
	}
	names, err := s.names(ctx, ids...)
	if err != nil {
		return nil, err
	}
	var list []remarkView
	for _, c := range comments {
		list = append(list, remarkView{Comment: c, ByName: names[c.By]})
	}
	return list, nil
}

// judgeText takes an approver's verdict.
func (s *Server) judgeText(c *fiber.Ctx) error {
	t, err := thingAt(c)
	if err != nil {
		return err
	}
	f, err := readForm(c, "ban", "ket-luan", "luc", "van-ban", "ngay-van-ban", "ghi-chu")
	if err != nil {
		return err
	}
	typed := verdictForm{f.first("ket-luan"), f.first("luc"), f.first("van-ban"), f.first("ngay-van-ban"), typedLines(f.first("ghi-chu"))}
	err = s.judge(c, t, f, typed)
	wrong, ok := fault.Of(err)
	if ok && (wrong.Kind == fault.KindInvalid || wrong.Kind == fault.KindConflict) {
		return s.showVerdict(c, t, typed, err, renamed(wrong, verdictFields))
	}
	if err != nil {
		return fmt.Errorf("judge %s %s: %w", t.Kind, t.ID, err)
	}
	return c.Redirect(t.Path("lich-su"), fiber.StatusSeeOther)
}

func (s *Server) judge(c *fiber.Ctx, t thing, f form, typed verdictForm) error {
	version, err := f.count("ban")
	if err != nil {
		return err
	}
	ctx, by := c.UserContext(), actor(c).ID
	if typed.Kind == sendBackVerdict {
		return s.rooms.Library.SendBack(ctx, t.Kind, t.ID, version, typed.Note, by)
	}
	approval := content.Approval{Document: typed.Document, Date: viet.Date(strings.TrimSpace(typed.Date)), Note: typed.Note, When: verdicts[typed.Kind]}
	if approval.When == content.WhenLater {
		if approval.At, err = localTime(typed.At); err != nil {
			return fault.Invalid("Hãy ghi ngày và giờ đăng.", fault.Field{Name: "at", Sentence: "Hãy ghi ngày và giờ đăng."})
		}
	}
	return s.rooms.Library.Approve(ctx, t.Kind, t.ID, version, approval, by)
}

// localTime reads what a field for day and time holds, in Việt Nam.
func localTime(typed string) (time.Time, error) {
	return time.ParseInLocation("2006-01-02T15:04", strings.TrimSpace(typed), viet.Date("2026-01-01").Time().Location())
}

// showVerdict shows the page again with what was typed.
func (s *Server) showVerdict(c *fiber.Ctx, t thing, typed verdictForm, err error, wrong *fault.Fault) error {
	page, pageErr := s.reviewPage(c, t, "")
	if pageErr != nil { // somebody else brought it to its end meanwhile
		return err
	}
	page.Verdict, page.Faults, page.Wrong = typed, wrong.Fields, wrong.Sentence
	c.Status(read(err).status)
	return s.render(c, "review/show", page)
}

// addRemark stores a remark on a paragraph or on the whole.
func (s *Server) addRemark(c *fiber.Ctx) error {
	t, err := thingAt(c)
	if err != nil {
		return err
	}
	f, err := readForm(c, "so", "doan", "noi-dung")
	if err != nil {
		return err
	}
	number, err := f.count("so")
	if err != nil {
		return err
	}
	paragraph, err := f.count("doan")
	if err != nil {
		return err
	}
	remark := content.Comment{Number: number, Paragraph: paragraph, Text: typedLines(f.first("noi-dung"))}
	err = s.storeRemark(c, t, remark)
	if wrong, ok := fault.Of(err); ok && (wrong.Kind == fault.KindInvalid || wrong.Kind == fault.KindTooMany) {
		return s.showRemark(c, t, remark, err, wrong)
	}
	if err != nil {
		return fmt.Errorf("remark on %s %s: %w", t.Kind, t.ID, err)
	}
	return c.Redirect(fmt.Sprintf("%s?ban=%d#doan-%d", t.Path("duyet"), number, paragraph), fiber.StatusSeeOther)
}

func (s *Server) storeRemark(c *fiber.Ctx, t thing, remark content.Comment) (err error) {
	if remark.Quote, err = s.quoteOf(c.UserContext(), t, remark.Number, remark.Paragraph); err != nil {
		return err
	}
	_, err = s.rooms.Library.AddComment(c.UserContext(), t.Kind, t.ID, remark, actor(c).ID)
	return err
}

// showRemark shows the page again with a remark that was refused.
func (s *Server) showRemark(c *fiber.Ctx, t thing, remark content.Comment, err error, wrong *fault.Fault) error {
	asked := strconv.Itoa(remark.Number)
	if open, openErr := s.rooms.Library.OpenRevision(c.UserContext(), t.Kind, t.ID); openErr == nil && open.Number == remark.Number {
		asked = ""
	}
	page, pageErr := s.reviewPage(c, t, asked)
	if pageErr != nil { // there is no such revision
		return err
	}
	page.refuse(typedRemark{remark.Paragraph, remark.Text, wrong.Sentence})
	c.Status(read(err).status)
	return s.render(c, "review/show", page)
}

// refuse puts a refused remark back below its paragraph; below the whole where
// there is none.
func (p *reviewPage) refuse(typed typedRemark) {
	at := 0
	p.Diff.each(func(row *diffRow) {
		if row.Remarked != nil {
			row.Remarked = &p.Remark
		}
		if row.Number > 0 && row.Number == typed.Paragraph {
			at = row.Number
		}
	})
	typed.Paragraph = at
	p.Remark.Typed = typed
	p.Faults = []fault.Field{{Name: fmt.Sprintf("y-%d", at), Sentence: typed.Fault}}
}

// quoteOf is the beginning of a paragraph of a revision, "" for the whole.
func (s *Server) quoteOf(ctx context.Context, t thing, number, paragraph int) (string, error) {
	rev, err := s.rooms.Library.Revision(ctx, t.Kind, t.ID, number)
	if err != nil || paragraph == 0 {
		return "", err
	}
	paragraphs := content.Paragraphs(rev.Kind, rev.Source)
	if paragraph > len(paragraphs) {
		return "", fault.NotFound("Không có đoạn này trong bản đang xem.")
	}
	return paragraphs[paragraph-1], nil
}

// finishRemark marks a remark as dealt with.
func (s *Server) finishRemark(c *fiber.Ctx) error {
	t, err := thingAt(c)
	if err != nil {
		return err
	}
	if _, err := readForm(c); err != nil {
		return err
	}
	if err := s.rooms.Library.FinishComment(c.UserContext(), c.Params("remark"), actor(c).ID, reviews(c)); err != nil {
		return fmt.Errorf("finish remark on %s %s: %w", t.Kind, t.ID, err)
	}
	return c.Redirect(t.Path("duyet"), fiber.StatusSeeOther)
}
