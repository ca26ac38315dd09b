package web

import (
	"context"
	"fmt"
	"slices"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/viet"
)

var lawsCrumb = crumb{"Văn bản", "/van-ban"}

// lawView is a document with its status.
type lawView struct {
	content.Law
	Status banner
}

func (s *Server) viewLaw(law content.Law) lawView { return lawView{law, lawBanner(law, s.cfg.Today())} }

// lawBanner says whether a document is in force.
func lawBanner(law content.Law, today viet.Date) banner {
	switch {
	case law.Ended != "" && law.Ended <= today:
		return banner{"stop", "stop", fmt.Sprintf("Hết hiệu lực từ ngày %s", law.Ended), "Giữ lại để tra cứu."}
	case !law.Normative:
		return banner{"info", "info", "Không phải văn bản quy phạm", "Dùng để tham khảo; khi khác với luật thì theo luật."}
	case law.InForce != "" && law.InForce > today:
		return banner{"info", "info", fmt.Sprintf("Có hiệu lực từ ngày %s", law.InForce), ""}
	case law.InForce != "":
		return banner{"ok", "ok", "Còn hiệu lực", fmt.Sprintf("Có hiệu lực từ ngày %s.", law.InForce)}
	}
	return banner{"ok", "ok", "Còn hiệu lực", ""}
}

type lawsPage struct {
	base
	Laws []lawView
}

func (s *Server) listLaws(c *fiber.Ctx) error {
	laws, err := s.rooms.Library.Laws(c.UserContext())
	if err != nil {
		return fmt.Errorf("list laws: %w", err)
	}
	page := lawsPage{base: s.page(c, "Văn bản pháp lý", "Các văn bản mà hướng dẫn và câu trả lời dựa vào, kèm tóm tắt từng điều bằng lời thường.")}
	for _, law := range laws {
		page.Laws = append(page.Laws, s.viewLaw(law))
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
	law, err := s.rooms.Library.Law(ctx, content.Slug(c.Params("law")))
	if err != nil {
		return err
	}
	page := lawPage{base: s.page(c, law.Short+" ("+law.Number+")", fmt.Sprintf("%s %s: %s. Tình trạng hiệu lực và tóm tắt từng điều.", law.Kind, law.Number, law.Title)), Law: s.viewLaw(law)}
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
	Parts     []partView
	Citing    []citingGroup
	Before    *content.Provision
	After     *content.Provision
}

func (s *Server) showProvision(c *fiber.Ctx) error {
	ctx := c.UserContext()
	law, err := s.rooms.Library.Law(ctx, content.Slug(c.Params("law")))
	if err != nil {
		return err
	}
	at := slices.IndexFunc(law.Provisions, func(p content.Provision) bool { return p.Segment == c.Params("provision") })
	if at < 0 {
		return fault.NotFound("Sổ tay chưa có tóm tắt của điều khoản này. Hãy xem danh sách ở trang " + law.Short + ".")
	}
	p := law.Provisions[at]
	page := provisionPage{base: s.page(c, provisionTitle(p), firstWords(p.Body, provisionPreview)), Law: s.viewLaw(law), Provision: p}
	page.article(lawsCrumb, crumb{law.Short, law.Path()})
	if at > 0 {
		page.Before = &law.Provisions[at-1]
	}
	if at+1 < len(law.Provisions) {
		page.After = &law.Provisions[at+1]
	}
	if page.Parts, err = s.parts(ctx, p.Body, ""); err != nil {
		return fmt.Errorf("show provision %s: %w", p.ID(), err)
	}
	if page.Citing, err = s.citedBy(ctx, law.Key, p.Segment); err != nil {
		return err
	}
	return s.render(c, "law/provision", page)
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
	Note    string // instead of pages
}

type citingPage struct{ Title, Path, Clauses string }

// citedBy groups what cites a provision. Questions are only counted: shown here
// they would give their answers away.
func (s *Server) citedBy(ctx context.Context, key, article string) ([]citingGroup, error) {
	list, err := s.rooms.Library.Citing(ctx, key, article)
	if err != nil {
		return nil, fmt.Errorf("find what cites %s %s: %w", key, article, err)
	}
	guides, answers := citingGroup{Heading: "Hướng dẫn"}, citingGroup{Heading: "Hỏi đáp"}
	questions := map[string]bool{}
	for _, c := range list {
		switch c.Kind {
		case content.KindGuide:
			guides.add(c)
		case content.KindAnswer:
			answers.add(c)
		default:
			questions[c.ID] = true
		}
	}
	var groups []citingGroup
	for _, g := range []citingGroup{guides, answers} {
		if len(g.Pages) > 0 {
			groups = append(groups, g)
		}
	}
	if len(questions) > 0 {
		groups = append(groups, citingGroup{Heading: "Trắc nghiệm", Note: fmt.Sprintf("%d câu trắc nghiệm hỏi về điều này.", len(questions))})
	}
	return groups, nil
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
