package web

import (
	"context"
	"fmt"
	"html/template"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/cite"
)

var plansCrumb = crumb{"Sơ đồ phòng bỏ phiếu", "/so-do"}

// planView is a plan with its drawing and its points in words.
type planView struct {
	Title   string
	Drawing template.HTML
	Points  []planPoint
	Way     string // the numbers in the order in which voters come by
	Path    string // of the plan's own page, "" there
	Places  bool   // tells where each point stands
}

// planPoint is a numbered point, where it stands and what says so: a provision
// or a word.
type planPoint struct {
	Text   string
	Place  string
	Source link
}

// planCheck is a line of a plan's checklist: the name of its box, its sentence
// and what says so.
type planCheck struct {
	Name   string
	Text   string
	Source link
}

type plansPage struct {
	base
	Plans []planCard
}

type planCard struct {
	content.Plan
	SVG template.HTML
}

func (s *Server) listPlans(c *fiber.Ctx) error {
	page := plansPage{base: s.page(c, plansCrumb.Name, "Bốn sơ đồ phòng bỏ phiếu để chọn: phòng hai cửa, phòng một cửa, lớp học, hội trường; có chú thích và bảng kiểm.")}
	page.article(guidesCrumb)
	plans, err := s.rooms.Library.Plans(c.UserContext())
	if err != nil {
		return fmt.Errorf("list plans: %w", err)
	}
	for _, plan := range plans {
		page.Plans = append(page.Plans, planCard{plan.Plan, template.HTML(plan.SVG())}) // drawn by us, texts escaped
	}
	return s.render(c, "plans/list", page)
}

// planPage is printed across: the drawing first, the checklist behind it.
type planPage struct {
	base
	Plan   content.Plan
	Stamp  string // which revision the reader sees
	Drawn  *planView
	Checks []planCheck
	Basis  []basisGroup
	Flags  []banner // provisions that changed since
	Others []content.Plan
}

func (s *Server) showPlan(c *fiber.Ctx) error {
	ctx := c.UserContext()
	stored, here, err := textAt(s, c, content.KindPlan, "plan", s.rooms.Library.Plan)
	if !here {
		return err
	}
	plan := stored.Plan
	page := planPage{base: s.page(c, plan.Title, plan.Use), Plan: plan, Stamp: stamp(stored.Revision, stored.UpdatedAt)}
	page.article(guidesCrumb, plansCrumb)
	page.Sheet = "plan-a4"
	if c.Query("giay") == "a3" {
		page.Sheet = "plan-a3"
	}
	if page.Drawn, err = s.plan(ctx, plan); err != nil {
		return err
	}
	page.Drawn.Places = true
	if page.Checks, page.Basis, err = s.planWords(ctx, plan); err != nil {
		return fmt.Errorf("show plan %s: %w", plan.Key, err)
	}
	if page.Flags, err = s.flagBanners(ctx, content.KindPlan, stored.ID); err != nil {
		return err
	}
	others, err := s.rooms.Library.Plans(ctx)
	if err != nil {
		return fmt.Errorf("list plans: %w", err)
	}
	for _, other := range others {
		if other.Key != plan.Key {
			page.Others = append(page.Others, other.Plan)
		}
	}
	return s.render(c, "plans/show", page)
}

// plan draws a plan and says what its points rest on.
func (s *Server) plan(ctx context.Context, plan content.Plan) (*planView, error) {
	view := &planView{Title: plan.Title, Drawing: template.HTML(plan.SVG())} // drawn by us, texts escaped
	sources := make([]string, len(plan.Legend))
	stops := make([]string, len(plan.Stations))
	for i, point := range plan.Legend {
		sources[i] = point.Source
		for _, stop := range point.Stations {
			stops[stop-1] = strconv.Itoa(i + 1)
		}
	}
	view.Way = strings.Join(stops, ", ")
	links, err := s.sources(ctx, sources)
	if err != nil {
		return nil, fmt.Errorf("draw plan %s: %w", plan.Key, err)
	}
	for i, point := range plan.Legend {
		view.Points = append(view.Points, planPoint{point.Text, point.Place, links[i]})
	}
	return view, nil
}

// Large reports whether the larger paper was asked for.
func (p planPage) Large() bool { return p.Sheet == "plan-a3" }

// planWords gives the checks of a plan and the documents it rests on.
func (s *Server) planWords(ctx context.Context, plan content.Plan) ([]planCheck, []basisGroup, error) {
	sources := make([]string, len(plan.Checks))
	for i, check := range plan.Checks {
		sources[i] = check.Source
	}
	links, err := s.sources(ctx, sources)
	if err != nil {
		return nil, nil, err
	}
	var checks []planCheck
	for i, check := range plan.Checks {
		checks = append(checks, planCheck{fmt.Sprintf("viec-%d", i+1), check.Text, links[i]})
	}
	refs, err := cite.ParseAll(plan.Sources())
	if err != nil {
		return nil, nil, fmt.Errorf("read sources: %w", err)
	}
	bases, err := s.rooms.Library.Bases(ctx, refs)
	if err != nil {
		return nil, nil, fmt.Errorf("label sources: %w", err)
	}
	return checks, byLaw(bases), nil
}

// sources links those that are references; others are shown as they are.
func (s *Server) sources(ctx context.Context, texts []string) ([]link, error) {
	list := make([]link, len(texts))
	var refs []cite.Ref
	var cited []int
	for i, text := range texts {
		list[i].Name = text
		if ref, err := cite.Parse(text); err == nil {
			refs, cited = append(refs, ref), append(cited, i)
		}
	}
	links, err := s.citations(ctx, refs)
	if err != nil {
		return nil, err
	}
	for i, at := range cited {
		list[at] = links[i]
	}
	return list, nil
}
