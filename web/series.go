package web

import (
	"fmt"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
)

var seriesCrumb = crumb{"Loạt bài", "/loat-bai"}

type seriesListPage struct {
	base
	Series []content.Series
}

func (s *Server) listSeries(c *fiber.Ctx) error {
	page := seriesListPage{base: s.page(c, "Loạt bài", "Các bài hướng dẫn đọc lần lượt, từng bước một.")}
	page.article(guidesCrumb)
	var err error
	if page.Series, err = s.rooms.Library.AllSeries(c.UserContext()); err != nil {
		return fmt.Errorf("list series: %w", err)
	}
	return s.render(c, "series/list", page)
}

type seriesPage struct {
	base
	Series content.Series
}

func (s *Server) showSeries(c *fiber.Ctx) error {
	series, err := s.rooms.Library.Series(c.UserContext(), content.Slug(c.Params("series")))
	if err != nil {
		return err
	}
	page := seriesPage{base: s.page(c, series.Title, fmt.Sprintf("%s: %d bài đọc lần lượt.", series.Title, len(series.Steps))), Series: series}
	page.article(guidesCrumb, seriesCrumb)
	return s.render(c, "series/show", page)
}

// showStep leads to the guide of a step, counted as readers see it.
func (s *Server) showStep(c *fiber.Ctx) error {
	series, err := s.rooms.Library.Series(c.UserContext(), content.Slug(c.Params("series")))
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(c.Params("step"))
	if err != nil || n < 1 || n > len(series.Steps) {
		return fault.NotFound("Loạt bài không có bước này.")
	}
	return c.Redirect(series.Steps[n-1].Path(), fiber.StatusFound)
}

// seriesPlace is where a guide stands in its series.
type seriesPlace struct {
	content.Series
	Step int // from 1
}

// Total is how many steps there are.
func (p seriesPlace) Total() int { return len(p.Steps) }

// placeInSeries finds a guide's neighbours in its series; nil when it is in none.
func placeInSeries(all []content.Series, g content.Guide) *seriesPlace {
	for _, series := range all {
		if at := series.At(g); at >= 0 && len(series.Steps) > 1 {
			return &seriesPlace{series, at + 1}
		}
	}
	return nil
}
