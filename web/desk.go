package web

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/accounts"
	"sotay/internal/viet"
	"sotay/search"
)

type deskPage struct {
	base
	Kinds    []choiceView
	Drafts   []revisionView
	Waiting  []revisionView // for review: what the reader may judge first
	Approved []revisionView
	Flagged  int // texts whose law has changed or will
	Gaps     []search.Cluster
	GapDays  int
	Asked    deskInquiries // the first that wait
	Feedback deskFeedback
	MayReply bool
	MayWrite bool
	MayJudge bool
}

// Tasks counts what waits for the reader.
func (p deskPage) Tasks() int {
	n := len(p.Drafts)
	if p.MayJudge {
		n += p.Judged() + p.Flagged
	}
	if p.MayReply {
		n += p.Asked.Total
	}
	return n
}

// Judged counts what waits for review by the reader.
func (p deskPage) Judged() int {
	n := 0
	for _, r := range p.Waiting {
		if !r.Own {
			n++
		}
	}
	return n
}

// kindChoices offer the kinds that are written here, by their names in addresses.
func kindChoices(chosen string) []choiceView {
	var list []choiceView
	for _, kind := range content.EditedKinds() {
		name := editedPaths[kind]
		list = append(list, choiceView{content.Option{Value: name, Label: content.KindLabel(kind)}, name == chosen})
	}
	return list
}

// showDesk shows what waits for a person.
func (s *Server) showDesk(c *fiber.Ctx) error {
	me := actor(c)
	page := deskPage{
		base: s.staffPage(c, "Bàn làm việc", "Bản nháp, bài chờ duyệt và điều người đọc tìm không ra."), Kinds: kindChoices("hoi-dap"), GapDays: gapDays,
		MayWrite: me.Role.May(accounts.Write), MayJudge: me.Role.May(accounts.Review), MayReply: me.Role.May(accounts.Inquiries),
	}
	if err := s.fillDesk(c.UserContext(), &page, me.ID); err != nil {
		return err
	}
	return s.render(c, "desk/show", page)
}

func (s *Server) fillDesk(ctx context.Context, page *deskPage, me string) error {
	lib := s.rooms.Library
	for _, part := range []struct {
		what string
		list func() ([]content.Revision, error)
		into *[]revisionView
	}{
		{"drafts", func() ([]content.Revision, error) { return lib.Drafts(ctx, me) }, &page.Drafts},
		{"what waits for review", func() ([]content.Revision, error) { return lib.Waiting(ctx) }, &page.Waiting},
		{"what is approved", func() ([]content.Revision, error) { return lib.Approved(ctx) }, &page.Approved},
	} {
		list, err := part.list()
		if err != nil {
			return fmt.Errorf("list %s: %w", part.what, err)
		}
		if *part.into, err = s.viewRevisions(ctx, list, me); err != nil {
			return err
		}
	}
	flags, err := lib.Flags(ctx)
	if err != nil {
		return fmt.Errorf("count flagged texts: %w", err)
	}
	page.Flagged = len(flags)
	slices.SortStableFunc(page.Waiting, func(a, b revisionView) int { return rank(a.Own) - rank(b.Own) })
	gaps, err := s.rooms.Log.Gaps(ctx, s.cfg.Today().AddDays(-gapDays), deskGaps)
	if err != nil {
		return fmt.Errorf("list search gaps: %w", err)
	}
	page.Gaps = gaps.Nothing
	if page.Asked, err = s.deskInquiries(ctx, content.InquiryFilter{Limit: deskAsked}); err != nil {
		return fmt.Errorf("list what readers asked: %w", err)
	}
	if page.Feedback, err = s.deskFeedback(ctx, deskAsked); err != nil {
		return fmt.Errorf("list what readers find unclear: %w", err)
	}
	return nil
}

func rank(last bool) int {
	if last {
		return 1
	}
	return 0
}

type binPage struct {
	base
	Bin      []revisionView
	MayWrite bool
}

// showBin lists what was discarded.
func (s *Server) showBin(c *fiber.Ctx) error {
	list, err := s.rooms.Library.Bin(c.UserContext())
	if err != nil {
		return fmt.Errorf("list the bin: %w", err)
	}
	page := binPage{base: s.staffPage(c, "Thùng rác", "Bản nháp đã bỏ. Lấy lại được bất cứ lúc nào."), MayWrite: actor(c).Role.May(accounts.Write)}
	page.Crumbs = []crumb{deskCrumb}
	if page.Bin, err = s.viewRevisions(c.UserContext(), list, actor(c).ID); err != nil {
		return err
	}
	return s.render(c, "desk/bin", page)
}

type textsPage struct {
	base
	Query    typed
	Kinds    []choiceView
	Texts    []textView
	Next     string // address of more, "" when there is none
	Down     []downView
	MayWrite bool
}

// textView is a published text in the list of those who write.
type textView struct {
	Thing       thing
	Title, Path string
	About       string
}

// listTexts lists what readers see, to be revised.
func (s *Server) listTexts(c *fiber.Ctx) error {
	kind := editedKind(c.Query("loai"))
	page := textsPage{base: s.staffPage(c, "Bài đã đăng", "Tìm bài đã đăng để sửa."), Query: readText(c.Query("q"), MaxQueryRunes), MayWrite: actor(c).Role.May(accounts.Write)}
	page.Crumbs = []crumb{deskCrumb}
	if kind == "" && page.Query.Text == "" {
		kind = content.KindGuide
	}
	page.Kinds = kindChoices(editedPaths[kind])
	ctx := c.UserContext()
	var err error
	if page.Query.Text != "" && page.Query.Fault == "" {
		page.Texts, err = s.findTexts(ctx, kind, page.Query.Text)
	} else {
		page.Texts, page.Next, err = s.textsOf(ctx, kind, c.Query("sau"))
	}
	if err != nil {
		return fmt.Errorf("list texts of %q: %w", kind, err)
	}
	if page.Down, err = s.takenDown(ctx); err != nil {
		return err
	}
	return s.render(c, "desk/texts", page)
}

// textsOf lists the texts of a kind; answers by the page.
func (s *Server) textsOf(ctx context.Context, kind, after string) ([]textView, string, error) {
	switch kind {
	case content.KindAnswer:
		list, err := s.rooms.Library.Answers(ctx, content.AnswerFilter{AfterCode: after})
		next := ""
		if list.NextCode != "" {
			next = "/bien-tap/bai?loai=" + editedPaths[kind] + "&sau=" + viet.Slug(list.NextCode)
		}
		var views []textView
		for _, a := range list.Answers {
			views = append(views, textView{thing{kind, a.ID}, a.Question, a.Path(), a.Code()})
		}
		return views, next, err
	case content.KindSession:
		views, err := s.sessionTexts(ctx)
		return views, "", err
	}
	if views, listed, err := s.newTexts(ctx, kind, ""); listed || err != nil {
		return views, "", err
	}
	list, err := s.rooms.Library.Guides(ctx, content.GuideFilter{})
	var views []textView
	for _, g := range list {
		views = append(views, textView{thing{content.KindGuide, g.ID}, g.Title, g.Path(), g.Topic.Name})
	}
	return views, "", err
}

func (s *Server) sessionTexts(ctx context.Context) ([]textView, error) {
	list, err := s.rooms.Library.Sessions(ctx)
	var views []textView
	for _, one := range list {
		views = append(views, textView{thing{content.KindSession, one.ID}, one.Title, one.Path(), content.KindLabel(content.KindSession)})
	}
	return views, err
}

// newTexts lists the texts of a kind whose lists are short, by title: situations,
// terms, plans and documents of law; false for another kind.
func (s *Server) newTexts(ctx context.Context, kind, query string) (views []textView, listed bool, err error) {
	add := func(id, title, path, about string) {
		if strings.Contains(viet.Fold(title), viet.Fold(query)) {
			views = append(views, textView{thing{kind, id}, title, path, about})
		}
	}
	switch kind {
	case content.KindSituation:
		list, err := s.rooms.Library.Situations(ctx, content.SituationFilter{})
		for _, one := range list {
			add(one.ID, one.Title, one.Path(), one.Topic.Name)
		}
		return views, true, err
	case content.KindTerm:
		list, err := s.rooms.Library.Terms(ctx)
		for _, t := range list {
			add(t.ID, t.Title, t.Path(), t.Short)
		}
		return views, true, err
	case content.KindPlan:
		list, err := s.rooms.Library.Plans(ctx)
		for _, p := range list {
			add(p.ID, p.Title, p.Path(), p.Key)
		}
		return views, true, err
	case content.KindLaw:
		list, err := s.rooms.Library.Laws(ctx)
		for _, law := range list {
			add(law.Key, law.Short, law.Path(), law.Number)
		}
		return views, true, err
	}
	return nil, false, nil
}

// findTexts searches as readers do; what has short lists by title.
func (s *Server) findTexts(ctx context.Context, kind, query string) ([]textView, error) {
	views, listed, err := s.newTexts(ctx, kind, query)
	if listed || err != nil {
		return views, err
	}
	found, err := s.rooms.Index.Search(ctx, search.Query{Text: query, Limit: textsFound, Filter: search.Filter{Kinds: searched(kind)}})
	if err != nil {
		return nil, err
	}
	for _, hit := range found.Hits {
		path, _, _ := strings.Cut(hit.URL, "#")
		views = append(views, textView{thing{hit.Kind, hitThing(hit.Kind, hit.ID).ID}, hit.Title, path, strings.TrimSpace(content.KindLabel(hit.Kind) + " " + hit.Code)})
	}
	return views, nil
}

// searched are the kinds that the search knows of those that are written here.
func searched(kind string) []string {
	if kind != "" {
		return []string{kind}
	}
	return []string{content.KindAnswer, content.KindGuide, content.KindSituation, content.KindTerm, content.KindSession}
}
