package web

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/viet"
	"sotay/quizzes"
)

var lawsCrumb = crumb{"Văn bản", "/van-ban"}

// lawView is a document with its status.
type lawView struct {
	content.Law
	Status banner
}

// Named is the document's short name with its number, which some short names
// hold already.
func (l lawView) Named() string { return namedLaw(l.Short, l.Number) }

// Stamp says which revision of our summary the reader sees; the law itself has
// other ones.
func (l lawView) Stamp() string {
	return "Tóm tắt " + viet.LowerFirst(stamp(l.Revision, l.UpdatedAt))
}

// Subject is the document's full title, "" when the short name says it all.
func (l lawView) Subject() string {
	if l.Title == l.Short {
		return ""
	}
	return l.Title
}

// Sign is kind and number, "" when the short name holds the number.
func (l lawView) Sign() string {
	if strings.Contains(l.Short, l.Number) {
		return ""
	}
	return l.Kind + " " + l.Number
}

func namedLaw(short, number string) string {
	if strings.Contains(short, number) {
		return short
	}
	return short + " (" + number + ")"
}

func (s *Server) viewLaw(law content.Law) lawView { return lawView{law, lawBanner(law, s.cfg.Today())} }

// lawBanner says whether a document is in force, and what took its place.
func lawBanner(law content.Law, today viet.Date) banner {
	switch {
	case over(law, today):
		b := banner{Class: "stop", Icon: "stop", Title: fmt.Sprintf("Hết hiệu lực từ ngày %s", law.Ended), Words: []link{{Name: "Giữ lại để tra cứu."}}}
		if by := law.ReplacedBy; by != nil {
			b.Words = append([]link{{Name: "Đã được thay bằng "}, {namedLaw(by.Short, by.Number), by.Path()}, {Name: ". "}}, b.Words...)
		}
		return b
	case law.Trust == content.TrustPast:
		return banner{Class: "warn", Icon: "warn", Title: "Của kỳ bầu cử trước", Text: "Không áp dụng cho kỳ này. Giữ lại để tra cứu."}
	case !law.Normative:
		return banner{Class: "info", Icon: "info", Title: "Không phải văn bản quy phạm", Text: "Dùng để tham khảo; khi khác với luật thì theo luật."}
	case law.InForce != "" && law.InForce > today:
		return banner{Class: "info", Icon: "info", Title: fmt.Sprintf("Có hiệu lực từ ngày %s", law.InForce)}
	case law.InForce != "":
		return banner{Class: "ok", Icon: "ok", Title: "Còn hiệu lực", Text: fmt.Sprintf("Có hiệu lực từ ngày %s.", law.InForce)}
	}
	if law.Issued == "" {
		return banner{Class: "info", Icon: "info", Title: "Chưa đối chiếu ngày hiệu lực", Text: "Hãy xem bản gốc trước khi dẫn."}
	}
	return banner{Class: "ok", Icon: "ok", Title: "Còn hiệu lực"}
}

// over reports whether a document has ceased to be in force.
func over(law content.Law, today viet.Date) bool { return law.Ended != "" && law.Ended <= today }

type lawsPage struct {
	base
	Groups []lawGroup
}

// lawGroup is the documents of one standing.
type lawGroup struct {
	ID, Heading string
	Laws        []lawView
}

func (s *Server) listLaws(c *fiber.Ctx) error {
	laws, err := s.rooms.Library.Laws(c.UserContext())
	if err != nil {
		return fmt.Errorf("list laws: %w", err)
	}
	page := lawsPage{base: s.page(c, "Văn bản pháp lý", "Các văn bản mà hướng dẫn và câu trả lời dựa vào, kèm tóm tắt từng điều bằng lời thường.")}
	valid, guidance, ended := lawGroup{ID: "quy-pham", Heading: "Văn bản quy phạm"}, lawGroup{ID: "tham-khao", Heading: "Tài liệu tham khảo"}, lawGroup{ID: "het-hieu-luc", Heading: "Hết hiệu lực"}
	for _, law := range laws {
		group := &valid
		switch {
		case over(law, s.cfg.Today()):
			group = &ended
		case !law.Normative || law.Trust == content.TrustPast:
			group = &guidance
		}
		group.Laws = append(group.Laws, s.viewLaw(law))
	}
	for _, group := range []lawGroup{valid, guidance, ended} {
		if len(group.Laws) > 0 {
			page.Groups = append(page.Groups, group)
		}
	}
	return s.render(c, "law/list", page)
}

type lawPage struct {
	base
	Law        lawView
	Parts      []partView
	Provisions []provisionView
	Citing     []citingGroup // of the document as a whole
}

// provisionView is a provision with the beginning of its summary.
type provisionView struct {
	content.Provision
	Preview string
}

func (s *Server) showLaw(c *fiber.Ctx) error {
	ctx := c.UserContext()
	law, here, err := textAt(s, c, content.KindLaw, "law", s.rooms.Library.Law)
	if !here {
		return err
	}
	page := lawPage{base: s.page(c, namedLaw(law.Short, law.Number), fmt.Sprintf("%s %s: %s. Tình trạng hiệu lực và tóm tắt từng điều.", law.Kind, law.Number, law.Title)), Law: s.viewLaw(law)}
	page.article(lawsCrumb)
	if page.Parts, err = s.parts(ctx, law.Body, ""); err != nil {
		return fmt.Errorf("show law %s: %w", law.Key, err)
	}
	for _, p := range law.Provisions {
		page.Provisions = append(page.Provisions, provisionView{p, firstWords(p.Body, provisionPreview)})
	}
	if page.Citing, err = s.citedBy(ctx, law.Key, ""); err != nil {
		return err
	}
	return s.render(c, "law/show", page)
}

type provisionPage struct {
	base
	Law       lawView
	Provision content.Provision
	Changes   []banner // what was recorded of it since its summary was written
	Parts     []partView
	Citing    []citingGroup
	Before    *content.Provision
	After     *content.Provision
}

func (s *Server) showProvision(c *fiber.Ctx) error {
	ctx := c.UserContext()
	law, here, err := textAt(s, c, content.KindLaw, "law", s.rooms.Library.Law)
	if !here {
		return err
	}
	at := slices.IndexFunc(law.Provisions, func(p content.Provision) bool { return p.Segment == c.Params("provision") })
	if at < 0 {
		return fault.NotFound("Sổ tay chưa có tóm tắt của điều khoản này. Hãy xem danh sách ở trang " + law.Short + ".")
	}
	p := law.Provisions[at]
	amended, err := s.amended(ctx, law, p)
	if err != nil {
		return fmt.Errorf("find what amends %s: %w", p.ID(), err)
	}
	page := provisionPage{base: s.page(c, provisionTitle(p), firstWords(p.Body, provisionPreview)), Law: s.viewLaw(law), Provision: p}
	page.article(lawsCrumb, crumb{law.Short, law.Path()})
	if len(amended) > 0 && page.Law.Status.Class == "ok" {
		page.Law.Status.Words = amended
	}
	if at > 0 {
		page.Before = &law.Provisions[at-1]
	}
	if at+1 < len(law.Provisions) {
		page.After = &law.Provisions[at+1]
	}
	if page.Parts, err = s.parts(ctx, p.Body, ""); err != nil {
		return fmt.Errorf("show provision %s: %w", p.ID(), err)
	}
	if page.Changes, err = s.changesOf(ctx, p); err != nil {
		return err
	}
	if page.Citing, err = s.citedBy(ctx, law.Key, p.Segment); err != nil {
		return err
	}
	return s.render(c, "law/provision", page)
}

// amended says by what a provision, or else its document, was amended and since
// when that applies; nothing when it was not.
func (s *Server) amended(ctx context.Context, law content.Law, p content.Provision) ([]link, error) {
	by, what := law.AmendedBy, "Văn bản này"
	if p.AmendedBy != nil {
		by, what = []content.LawRef{*p.AmendedBy}, p.Label()
	}
	if len(by) == 0 {
		return nil, nil
	}
	laws, err := s.rooms.Library.Laws(ctx)
	if err != nil {
		return nil, err
	}
	words := []link{{Name: what + " được sửa bởi "}}
	for i, ref := range by {
		if i > 0 {
			words = append(words, link{Name: "; "})
		}
		words = append(words, link{ref.Short, ref.Path()})
		at := slices.IndexFunc(laws, func(l content.Law) bool { return l.Key == ref.Key })
		if at >= 0 && laws[at].InForce != "" {
			words = append(words, link{Name: fmt.Sprintf(", áp dụng từ %s", laws[at].InForce)})
		}
	}
	return append(words, link{Name: "."}), nil
}

func provisionTitle(p content.Provision) string {
	title := p.Law.Short + ", " + p.Label()
	if p.Title != "" {
		title += ": " + p.Title
	}
	return title
}

// citingGroup is the pages of one kind that cite a provision.
type citingGroup struct {
	Heading string
	Pages   []citingPage
	Quizzes string // instead of pages: how many questions ask about it
}

// citingHeading is what stands above the pages of one kind.
type citingHeading struct{ kind, heading string }

var citingHeadings = []citingHeading{
	{content.KindGuide, "Hướng dẫn"}, {content.KindAnswer, "Hỏi đáp"}, {content.KindSituation, "Tình huống"}, {content.KindTerm, "Thuật ngữ"},
	{content.KindPlan, "Sơ đồ"}, {content.KindSession, "Buổi tập huấn"}, {content.KindLaw, "Văn bản khác"},
}

type citingPage struct{ Title, Path, Clauses string }

// citedBy groups what cites a provision. Questions are only counted: shown here
// they would give their answers away.
func (s *Server) citedBy(ctx context.Context, key, article string) ([]citingGroup, error) {
	list, err := s.rooms.Library.Citing(ctx, key, article)
	if err != nil {
		return nil, fmt.Errorf("find what cites %s %s: %w", key, article, err)
	}
	groups := make([]citingGroup, len(citingHeadings))
	for i, h := range citingHeadings {
		groups[i].Heading = h.heading
	}
	questions := map[string]bool{}
	for _, c := range list {
		if c.Kind == quizzes.KindQuestion {
			questions[c.ID] = true
			continue
		}
		at := slices.IndexFunc(citingHeadings, func(h citingHeading) bool { return h.kind == c.Kind })
		if at >= 0 && (c.Kind != content.KindLaw || c.ID != key) { // its own articles are on its own page
			groups[at].add(c)
		}
	}
	groups = slices.DeleteFunc(groups, func(g citingGroup) bool { return len(g.Pages) == 0 })
	if len(questions) > 0 {
		groups = append(groups, citingGroup{Heading: "Trắc nghiệm", Quizzes: fmt.Sprintf("%d câu trắc nghiệm hỏi về %s", len(questions), matter(article))})
	}
	return groups, nil
}

// matter names what a page of law is about, within a sentence.
func matter(article string) string {
	if article == "" {
		return "văn bản này"
	}
	return "mục này"
}

// add joins the clauses that one page cites.
func (g *citingGroup) add(c content.Citing) {
	at := slices.IndexFunc(g.Pages, func(p citingPage) bool { return p.Path == c.Path })
	switch {
	case at < 0:
		g.Pages = append(g.Pages, citingPage{c.Title, c.Path, c.Clause})
	case c.Clause != "" && g.Pages[at].Clauses != "":
		g.Pages[at].Clauses += ", " + c.Clause
	case c.Clause != "":
		g.Pages[at].Clauses = c.Clause
	}
}
