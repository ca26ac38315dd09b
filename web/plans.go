package web

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
)

type planPage struct {
	base
	Parts []partView
}

func (s *Server) showPlan(c *fiber.Ctx) error {
	plan, err := s.rooms.Library.Plan(c.UserContext(), c.Params("plan"))
	if fault.Is(err, fault.KindNotFound) {
		return s.redirectMoved(c, content.KindPlan, content.Slug(c.Params("plan")), err)
	}
	if err != nil {
		return err
	}
	page := planPage{base: s.page(c, plan.Title, plan.Label)}
	page.article()
	page.Parts, err = s.parts(c.UserContext(), content.Body{Parts: []content.Part{{Kind: content.PartPlan, Key: plan.Key, Plan: &plan.Plan}}}, "")
	if err != nil {
		return fmt.Errorf("show plan %s: %w", plan.Key, err)
	}
	return s.render(c, "plans/show", page)
}
