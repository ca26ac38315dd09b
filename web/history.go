package web

import (
	"context"
	"fmt"
	"slices"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
)

// previewDays are the lives of a preview link that the form offers, today counted.
var previewDays = []int{1, 7, 30}

type historyPage struct {
	base
	Thing     thing
	Name      string
	Revisions []revisionView
	Shown     int    // number of the revision that readers see
	Path      string // where they see it
	Down      *downView
	Open      *revisionView
	Days      []int
	Faults    []fault.Field
	Reason    string // typed, why to take it down
	Previews  previewsView
}

// downView is a thing that was taken down.
type downView struct {
	content.TakenDown
	Thing  thing
	ByName string
}

// When is the moment when it was taken down.
func (v downView) When() string { return momentOf(v.At) }

// showHistory lists the revisions of a thing.
func (s *Server) showHistory(c *fiber.Ctx) error {
	t, err := thingAt(c)
	if err != nil {
		return err
	}
	page, err := s.historyPage(c, t)
	if err != nil {
		return err
	}
	return s.render(c, "review/history", page)
}

func (s *Server) historyPage(c *fiber.Ctx, t thing) (historyPage, error) {
	ctx := c.UserContext()
	list, err := s.rooms.Library.Revisions(ctx, t.Kind, t.ID)
	if err != nil {
		return historyPage{}, fmt.Errorf("list revisions of %s %s: %w", t.Kind, t.ID, err)
	}
	if len(list) == 0 {
		return historyPage{}, fault.NotFound("Không có bài này.")
	}
	views, err := s.viewRevisions(ctx, list, actor(c).ID)
	if err != nil {
		return historyPage{}, err
	}
	page := historyPage{base: s.staffPage(c, "Lịch sử: "+views[0].Name, "Mọi bản của bài, mới nhất trước."), Thing: t, Name: views[0].Name, Revisions: views, Days: previewDays}
	page.Crumbs = []crumb{deskCrumb}
	if page.Previews, err = s.previewsOf(c, t, page.Token); err != nil {
		return historyPage{}, err
	}
	return page, s.fillHistory(ctx, &page)
}

// fillHistory finds what readers see of the thing, and whether they do.
func (s *Server) fillHistory(ctx context.Context, page *historyPage) error {
	t := page.Thing
	for i, r := range page.Revisions {
		if r.State == content.StateDraft || r.State == content.StateReview || r.State == content.StateApproved {
			page.Open = &page.Revisions[i]
		}
	}
	shown, err := s.rooms.Library.ShownRevision(ctx, t.Kind, t.ID)
	if fault.Is(err, fault.KindNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("find what readers see of %s %s: %w", t.Kind, t.ID, err)
	}
	page.Shown = shown.Number
	for i := range page.Revisions {
		page.Revisions[i].Shown = page.Revisions[i].Number == shown.Number
	}
	down, err := s.takenDown(ctx)
	if err != nil {
		return err
	}
	if at := slices.IndexFunc(down, func(v downView) bool { return v.Thing == t }); at >= 0 {
		page.Down = &down[at]
		return nil
	}
	page.Path, err = s.rooms.Library.PathOf(ctx, t.Kind, t.ID)
	return err
}

// takenDown lists what is hidden from readers.
func (s *Server) takenDown(ctx context.Context) ([]downView, error) {
	list, err := s.rooms.Library.TakenDown(ctx)
	if err != nil {
		return nil, fmt.Errorf("list what was taken down: %w", err)
	}
	var ids []string
	for _, d := range list {
		ids = append(ids, d.By)
	}
	names, err := s.names(ctx, ids...)
	if err != nil {
		return nil, err
	}
	var views []downView
	for _, d := range list {
		views = append(views, downView{d, thing{d.Kind, d.ID}, names[d.By]})
	}
	return views, nil
}

// takeDownText hides a thing from readers.
func (s *Server) takeDownText(c *fiber.Ctx) error {
	t, err := thingAt(c)
	if err != nil {
		return err
	}
	f, err := readForm(c, "ly-do")
	if err != nil {
		return err
	}
	err = s.rooms.Library.TakeDown(c.UserContext(), t.Kind, t.ID, f.first("ly-do"), actor(c).ID)
	if wrong, ok := fault.Of(err); ok && wrong.Kind == fault.KindInvalid {
		page, err := s.historyPage(c, t)
		if err != nil {
			return err
		}
		page.Faults = renamed(wrong, map[string]string{"reason": "ly-do"}).Fields
		page.Reason = legible(f.first("ly-do"), MaxQueryRunes)
		c.Status(fiber.StatusUnprocessableEntity)
		return s.render(c, "review/history", page)
	}
	if err != nil {
		return fmt.Errorf("take down %s %s: %w", t.Kind, t.ID, err)
	}
	return c.Redirect(t.Path("lich-su"), fiber.StatusSeeOther)
}

// putBackText shows it again.
func (s *Server) putBackText(c *fiber.Ctx) error {
	t, err := thingAt(c)
	if err != nil {
		return err
	}
	if _, err := readForm(c); err != nil {
		return err
	}
	if err := s.rooms.Library.PutBack(c.UserContext(), t.Kind, t.ID, actor(c).ID); err != nil {
		return fmt.Errorf("put back %s %s: %w", t.Kind, t.ID, err)
	}
	return c.Redirect(t.Path("lich-su"), fiber.StatusSeeOther)
}

type sharedPage struct {
	base
	Thing   thing
	Link    string
	Expires string
}

// sharePreview makes a link to a revision for somebody without an account. It
// is told once, for only its hash is kept.
func (s *Server) sharePreview(c *fiber.Ctx) error {
	t, err := thingAt(c)
	if err != nil {
		return err
	}
	f, err := readForm(c, "so", "han")
	if err != nil {
		return err
	}
	number, err := f.count("so")
	if err != nil {
		return err
	}
	days, err := f.count("han")
	if err != nil || !slices.Contains(previewDays, days) {
		return fault.Invalid("Hãy chọn hạn của đường dẫn: 1, 7 hoặc 30 ngày.")
	}
	last := s.cfg.Today().AddDays(days - 1)
	secret, err := s.rooms.Library.SharePreview(c.UserContext(), t.Kind, t.ID, number, last.AddDays(1).Time(), actor(c).ID)
	if err != nil {
		return fmt.Errorf("share revision %d of %s %s: %w", number, t.Kind, t.ID, err)
	}
	page := sharedPage{base: s.staffPage(c, "Đường dẫn xem trước", "Cho người chưa có tài khoản xem bản chưa đăng."), Thing: t, Link: s.absolute(c, "/xem-truoc/"+secret), Expires: last.String()}
	page.Crumbs = []crumb{deskCrumb}
	return s.render(c, "review/shared", page)
}

// previewsView lists the preview links of a thing that the reader may revoke.
type previewsView struct {
	Thing thing
	Token string
	Links []previewView
}

type previewView struct {
	content.PreviewLink
	ByName string
}

// Ends is the moment when the link ends.
func (v previewView) Ends() string { return momentOf(v.Until) }

func (s *Server) previewsOf(c *fiber.Ctx, t thing, token string) (previewsView, error) {
	view := previewsView{Thing: t, Token: token}
	list, err := s.rooms.Library.PreviewLinks(c.UserContext(), t.Kind, t.ID, actor(c).ID, reviews(c))
	if err != nil {
		return view, fmt.Errorf("list preview links of %s %s: %w", t.Kind, t.ID, err)
	}
	var ids []string
	for _, link := range list {
		ids = append(ids, link.By)
	}
	names, err := s.names(c.UserContext(), ids...)
	for _, link := range list {
		view.Links = append(view.Links, previewView{link, names[link.By]})
	}
	return view, err
}

// revokePreview ends a preview link.
func (s *Server) revokePreview(c *fiber.Ctx) error {
	t, err := thingAt(c)
	if err != nil {
		return err
	}
	if _, err := readForm(c); err != nil {
		return err
	}
	if err := s.rooms.Library.RevokePreview(c.UserContext(), t.Kind, t.ID, c.Params("link"), actor(c).ID, reviews(c)); err != nil {
		return fmt.Errorf("revoke a preview link of %s %s: %w", t.Kind, t.ID, err)
	}
	return c.Redirect(t.Path("lich-su"), fiber.StatusSeeOther)
}

type previewPage struct {
	base
	Revision revisionView
	Lead     string
	Parts    []partView
}

// showPreview shows the revision behind a preview link; once it is published,
// readers' page.
func (s *Server) showPreview(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, noStore)
	ctx := c.UserContext()
	rev, err := s.rooms.Library.SharedRevision(ctx, c.Params("secret"))
	if err != nil {
		return err
	}
	if rev.State == content.StatePublished {
		path, err := s.rooms.Library.PathOf(ctx, rev.Kind, rev.ID)
		if err != nil {
			return err
		}
		return c.Redirect(path, fiber.StatusSeeOther)
	}
	text := rev.Text()
	body, _ := s.rooms.Library.Preview(rev.Kind, text)
	page := previewPage{base: s.page(c, "Xem trước: "+titleOr(rev.Title), "Bản xem trước, chưa phải bản đang áp dụng."), Revision: revisionView{Revision: rev, Name: titleOr(rev.Title)}, Lead: text.Field("summary") + text.Field("short")}
	page.NoIndex, page.URL = true, ""
	if page.Parts, err = s.previewParts(ctx, body); err != nil {
		return err
	}
	return s.render(c, "review/preview", page)
}
