package web

import (
	"context"
	"encoding/xml"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
)

// showRobots keeps searches, attempts and what needs signing in out of search engines.
func (s *Server) showRobots(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
	return c.SendString("User-agent: *\nDisallow: /tim-kiem\nDisallow: /api/\nDisallow: /dang-nhap\nDisallow: /ho-so\nDisallow: /the/\nDisallow: /bien-tap\nDisallow: /tinh-huong/so-dien-thoai\nDisallow: /can-bo\nDisallow: /nhat-ky\nDisallow: /xem-truoc/\n\nSitemap: " + s.absolute(c, "/sitemap.xml") + "\n")
}

type siteMap struct {
	XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	Pages   []sitePage
}

type sitePage struct {
	XMLName xml.Name `xml:"url"`
	Address string   `xml:"loc"`
}

func (s *Server) showSiteMap(c *fiber.Ctx) error {
	paths, err := s.publicPaths(c.UserContext())
	if err != nil {
		return fmt.Errorf("list pages of the site: %w", err)
	}
	var site siteMap
	for _, path := range paths {
		site.Pages = append(site.Pages, sitePage{Address: s.absolute(c, path)})
	}
	text, err := xml.Marshal(site)
	if err != nil {
		return fmt.Errorf("write site map: %w", err)
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationXMLCharsetUTF8)
	return c.Send(append([]byte(xml.Header), text...))
}

// publicPaths lists the pages for search engines.
func (s *Server) publicPaths(ctx context.Context) ([]string, error) {
	paths := []string{"/", "/huong-dan", "/hoi-dap", "/van-ban", "/tinh-huong", "/thuat-ngu", "/loat-bai", "/tap-huan", "/trac-nghiem", "/lich", "/moi", "/so-do", "/giup-do", "/quyen-rieng-tu"}
	for _, topic := range content.Topics() {
		paths = append(paths, topic.Path())
	}
	for _, list := range []func(context.Context) ([]string, error){s.guidePaths, s.answerPaths, s.situationPaths, s.seriesPaths, s.planPaths, s.lawPaths, s.sessionPaths, s.quizPaths} {
		more, err := list(ctx)
		if err != nil {
			return nil, err
		}
		paths = append(paths, more...)
	}
	return paths, nil
}

func (s *Server) guidePaths(ctx context.Context) (paths []string, err error) {
	guides, err := s.rooms.Library.Guides(ctx, content.GuideFilter{})
	for _, g := range guides {
		paths = append(paths, g.Path())
	}
	return paths, err
}

func (s *Server) answerPaths(ctx context.Context) (paths []string, err error) {
	filter := content.AnswerFilter{Limit: content.MaxAnswersPerPage}
	for range maxListPages {
		page, err := s.rooms.Library.Answers(ctx, filter)
		if err != nil {
			return nil, err
		}
		for _, a := range page.Answers {
			paths = append(paths, a.Path())
		}
		if filter.AfterCode = page.NextCode; filter.AfterCode == "" {
			break
		}
	}
	return paths, nil
}

func (s *Server) lawPaths(ctx context.Context) (paths []string, err error) {
	err = s.rooms.Library.EachLaw(ctx, func(law content.Law) error {
		paths = append(paths, law.Path())
		for _, p := range law.Provisions {
			paths = append(paths, p.Path())
		}
		return nil
	})
	return paths, err
}

func (s *Server) sessionPaths(ctx context.Context) (paths []string, err error) {
	sessions, err := s.rooms.Library.Sessions(ctx)
	for _, session := range sessions {
		paths = append(paths, session.Path())
	}
	return paths, err
}

func (s *Server) situationPaths(ctx context.Context) (paths []string, err error) {
	list, err := s.rooms.Library.Situations(ctx, content.SituationFilter{})
	for _, one := range list {
		paths = append(paths, one.Path())
	}
	return paths, err
}

func (s *Server) seriesPaths(ctx context.Context) (paths []string, err error) {
	list, err := s.rooms.Library.AllSeries(ctx)
	for _, one := range list {
		paths = append(paths, one.Path())
	}
	return paths, err
}

func (s *Server) planPaths(ctx context.Context) (paths []string, err error) {
	list, err := s.rooms.Library.Plans(ctx)
	for _, one := range list {
		paths = append(paths, one.Path())
	}
	return paths, err
}

func (s *Server) quizPaths(ctx context.Context) (paths []string, err error) {
	list, err := s.rooms.Bank.Quizzes(ctx)
	for _, q := range list {
		paths = append(paths, q.Path())
	}
	return paths, err
}
