package web

import (
	"context"
	"fmt"
	"html/template"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/accounts"
)

var situationsCrumb = crumb{"Tình huống", "/tinh-huong"}

type situationsPage struct {
	base
	Groups []situationGroup
	Unit   accounts.Unit // that the reader chose, zero for none
}

// situationGroup is the situations of one topic.
type situationGroup struct {
	Topic      content.Topic
	Situations []content.Situation
}

func (s *Server) listSituations(c *fiber.Ctx) error {
	page := situationsPage{base: s.page(c, "Tình huống", "Chuyện gì đang xảy ra ở nơi bỏ phiếu: làm gì, gọi ai, ghi lại gì, căn cứ vào đâu.")}
	page.article()
	all, err := s.rooms.Library.Situations(c.UserContext(), content.SituationFilter{})
	if err != nil {
		return fmt.Errorf("list situations: %w", err)
	}
	for _, topic := range s.topics(c.UserContext()) {
		group := situationGroup{Topic: topic}
		for _, one := range all {
			if one.Topic.Slug == topic.Slug {
				group.Situations = append(group.Situations, one)
			}
		}
		if len(group.Situations) > 0 {
			page.Groups = append(page.Groups, group)
		}
	}
	if page.Unit, err = s.chosenUnit(c); err != nil {
		return err
	}
	return s.render(c, "situations/list", page)
}

type situationPage struct {
	base
	Situation content.Situation
	Banners   []banner // whether it is in force, and provisions that changed since
	Basis     []basisGroup
	Marks     string // of each node's text, for the script that tells what changed
	Opening   []partView
	Nodes     []nodeView
	Contacts  []contactView // that the situation names, each once
	Unit      accounts.Unit // that the reader chose, zero for none
	Ask       feedbackForm
}

// nodeView is a node with its parts filled in.
type nodeView struct {
	content.Node
	Words     []partView    // of a question
	Do        []partView    // of an end
	Call      []partView    //
	Note      []partView    //
	Rests     []partView    //
	Steps     []contactView // whom this end says to call
	StartPath string        // back to the first question
}

// contactView is somebody to call, with the number of the reader's unit.
type contactView struct {
	Key, Label string
	Phone      string // "" when it is not known
	Link       template.URL
	Note       string
}

func (s *Server) showSituation(c *fiber.Ctx) error {
	ctx := c.UserContext()
	one, here, err := textAt(s, c, content.KindSituation, "slug", s.rooms.Library.Situation)
	if !here {
		return err
	}
	page := situationPage{base: s.page(c, one.Title, one.Summary), Situation: one, Basis: byLaw(one.Basis), Ask: feedbackForm{content.KindSituation, one.ID}}
	page.article(situationsCrumb)
	flags, err := s.flagBanners(ctx, content.KindSituation, one.ID)
	if err != nil {
		return err
	}
	page.Banners = withFlags(guideBanner(one.Trust, one.Effective, one.Ended(), s.cfg.Today()), flags)
	if page.Unit, err = s.chosenUnit(c); err != nil {
		return err
	}
	if err := s.fillSituation(ctx, &page); err != nil {
		return fmt.Errorf("show situation %s: %w", one.Slug, err)
	}
	page.foldRoles(c)
	page.Marks = marksOf(one.Sections())
	return s.render(c, "situations/show", page)
}

// foldRoles folds what is for other roles than the reader's.
func (p *situationPage) foldRoles(c *fiber.Ctx) {
	p.Opening = p.forReader(c, p.Opening)
	for i := range p.Nodes {
		for _, parts := range []*[]partView{&p.Nodes[i].Words, &p.Nodes[i].Do, &p.Nodes[i].Call, &p.Nodes[i].Note, &p.Nodes[i].Rests} {
			*parts = p.forReader(c, *parts)
		}
	}
}

// Stamp says which revision the reader sees.
func (p situationPage) Stamp() string { return stamp(p.Situation.Revision, p.Situation.UpdatedAt) }

func (s *Server) fillSituation(ctx context.Context, page *situationPage) error {
	fill, err := s.newFiller(ctx, page.Unit)
	if err != nil {
		return err
	}
	page.Opening = fill.parts(page.Situation.Opening())
	start := "#" + page.Situation.Nodes[0].Anchor
	for _, node := range page.Situation.Nodes {
		page.Nodes = append(page.Nodes, nodeView{
			Node: node, Words: fill.parts(node.Text), Do: fill.parts(node.Do), Call: fill.parts(node.Call), Note: fill.parts(node.Note),
			Rests: fill.parts(node.Basis), StartPath: start,
		})
	}
	page.Contacts = fill.named
	return fill.err
}

// filler fills in the parts of one situation, with the numbers of a unit.
type filler struct {
	s       *Server
	ctx     context.Context
	marking *content.Marking
	numbers map[string]content.Contact
	named   []contactView
	err     error
}

func (s *Server) newFiller(ctx context.Context, unit accounts.Unit) (*filler, error) {
	glossary, err := s.rooms.Library.Glossary(ctx)
	if err != nil {
		return nil, fmt.Errorf("read glossary: %w", err)
	}
	numbers, err := s.numbersOf(ctx, unit)
	return &filler{s: s, ctx: ctx, marking: glossary.Mark(), numbers: numbers}, err
}

func (f *filler) parts(list []content.Part) []partView {
	views, err := f.s.parts(f.ctx, content.Body{Parts: list}, "")
	if err != nil {
		f.err = err
	}
	for i := range views {
		views[i].mark(f.marking)
		if views[i].Contact != nil {
			views[i].Contact = f.contact(views[i].Contact.Key)
		}
	}
	return views
}

func (f *filler) contact(key string) *contactView {
	for i := range f.named {
		if f.named[i].Key == key {
			return &f.named[i]
		}
	}
	f.named = append(f.named, viewContact(key, f.numbers[key]))
	return &f.named[len(f.named)-1]
}

func viewContact(key string, c content.Contact) contactView {
	v := contactView{Key: key, Label: content.ContactLabel(key), Phone: c.Phone, Note: c.Note}
	if c.Phone != "" {
		v.Link = template.URL("tel:" + digits(c.Phone))
	}
	return v
}
