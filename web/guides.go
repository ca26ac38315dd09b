package web

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/viet"
	"sotay/quizzes"
)

var guidesCrumb = crumb{"Hướng dẫn", "/huong-dan"}

type guidesPage struct {
	base
	Topics []content.Topic
	Phases []phaseView
}

func (s *Server) listGuides(c *fiber.Ctx) error {
	guides, err := s.rooms.Library.Guides(c.UserContext(), content.GuideFilter{})
	if err != nil {
		return fmt.Errorf("list guides: %w", err)
	}
	page := guidesPage{
		base:   s.page(c, "Hướng dẫn", "Mọi bài hướng dẫn, theo chủ đề và theo thời gian: trước, trong và sau ngày bầu cử."),
		Topics: s.topics(c.UserContext()), Phases: s.phases(guides),
	}
	return s.render(c, "guides/list", page)
}

type topicPage struct {
	base
	Topic   content.Topic
	Chips   []chip
	Guides  []content.Guide
	Answers int
	Quizzes []quizzes.Quiz
}

// chip is a link that narrows a list.
type chip struct {
	Name, Path string
	Current    bool
}

func (s *Server) showTopic(c *fiber.Ctx) error {
	topic, ok := s.topic(c.UserContext(), c.Params("topic"))
	if !ok {
		return fault.NotFound("Không có chủ đề này. Hãy chọn chủ đề ở trang Hướng dẫn.")
	}
	ctx := c.UserContext()
	all, err := s.rooms.Library.Guides(ctx, content.GuideFilter{Topic: topic.Slug})
	if err != nil {
		return fmt.Errorf("list guides of %s: %w", topic.Slug, err)
	}
	phase := content.Phase(c.Query("giai-doan"))
	page := topicPage{base: s.page(c, topic.Name, topic.Name+": "+viet.LowerFirst(topic.Summary)+"."), Topic: topic, Chips: phaseChips(topic, all, phase)}
	page.article(guidesCrumb)
	for _, g := range all {
		if phase.Label() == "" || g.Phase == phase {
			page.Guides = append(page.Guides, g)
		}
	}
	if err := s.fillTopic(ctx, &page); err != nil {
		return fmt.Errorf("show topic %s: %w", topic.Slug, err)
	}
	return s.render(c, "guides/topic", page)
}

// phaseChips offers the phases that the topic has guides of.
func phaseChips(topic content.Topic, guides []content.Guide, current content.Phase) []chip {
	chips := []chip{{fmt.Sprintf("Tất cả %d", len(guides)), topic.Path(), current.Label() == ""}}
	for _, phase := range content.Phases() {
		n := 0
		for _, g := range guides {
			if g.Phase == phase {
				n++
			}
		}
		if n > 0 {
			chips = append(chips, chip{fmt.Sprintf("%s %d", phase.Label(), n), topic.Path() + "?giai-doan=" + string(phase), current == phase})
		}
	}
	return chips
}

func (s *Server) fillTopic(ctx context.Context, page *topicPage) error {
	answers, err := s.rooms.Library.Answers(ctx, content.AnswerFilter{Topic: page.Topic.Slug, Limit: 1})
	if err != nil {
		return err
	}
	page.Answers = answers.Total
	list, err := s.rooms.Bank.Quizzes(ctx)
	if err != nil {
		return err
	}
	for _, q := range list {
		if q.Topic == page.Topic.Slug {
			page.Quizzes = append(page.Quizzes, q)
		}
	}
	return nil
}

type guidePage struct {
	base
	Guide    content.Guide
	Banners  []banner // whether it is in force, and provisions that changed since
	Basis    []basisGroup
	Parts    []partView
	Marks    string            // of each section's text, for the script that tells what changed
	Contents []content.Heading // empty when the text is too short for a list
	Check    *checkView        // also among the parts; here for the contents list
	Phase    phaseView         // the guides of its phase
	Place    int               // among them, from 1
	Ask      feedbackForm
	Related  []content.Answer
	Series   *seriesPlace // nil when it is in none
	Before   *content.Guide
	After    *content.Guide
}

func (s *Server) showGuide(c *fiber.Ctx) error {
	guide, err := s.guideAt(c, "")
	if err != nil || guide.ID == "" {
		return err
	}
	ctx := c.UserContext()
	page := guidePage{base: s.page(c, guide.Title, guide.Summary), Guide: guide, Basis: byLaw(guide.Basis), Ask: feedbackForm{content.KindGuide, guide.ID}}
	page.article(guidesCrumb, crumb{guide.Topic.Name, guide.Topic.Path()})
	if page.Parts, err = s.markedParts(ctx, guide.Body, checkPath(guide)); err != nil {
		return fmt.Errorf("show guide %s: %w", guide.Slug, err)
	}
	if page.Banners, err = s.guideBanners(ctx, guide); err != nil {
		return err
	}
	page.Parts = page.forReader(c, page.Parts)
	page.Marks = marksOf(guide.Body.Sections)
	page.Contents, page.Check = contentsOf(guide.Body), checkAmong(page.Parts)
	if err := s.placeGuide(ctx, &page); err != nil {
		return fmt.Errorf("place guide %s: %w", guide.Slug, err)
	}
	if page.Related, err = s.rooms.Library.RelatedAnswers(ctx, guide, relatedAnswers); err != nil {
		return fmt.Errorf("find answers for guide %s: %w", guide.Slug, err)
	}
	return s.render(c, "guides/show", page)
}

// guideBanners say whether a guide is in force, and which of its provisions changed.
func (s *Server) guideBanners(ctx context.Context, guide content.Guide) ([]banner, error) {
	flags, err := s.flagBanners(ctx, content.KindGuide, guide.ID)
	return withFlags(guideBanner(guide.Trust, guide.Effective, guide.Ended(), s.cfg.Today()), flags), err
}

// guideAt finds the guide of the address. Under another topic it redirects and
// gives the zero guide.
func (s *Server) guideAt(c *fiber.Ctx, below string) (content.Guide, error) {
	guide, err := s.rooms.Library.Guide(c.UserContext(), content.Slug(c.Params("slug")))
	if fault.Is(err, fault.KindNotFound) {
		return content.Guide{}, s.redirectMoved(c, content.KindGuide, content.Slug(c.Params("slug")), err)
	}
	if err != nil {
		return content.Guide{}, err
	}
	if to := guide.Path() + below; to != c.Path() {
		return content.Guide{}, redirectTo(c, to)
	}
	return guide, nil
}

// placeGuide finds a guide's neighbours in the order of the work.
func (s *Server) placeGuide(ctx context.Context, page *guidePage) error {
	all, err := s.rooms.Library.Guides(ctx, content.GuideFilter{})
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(g content.Guide) bool { return g.ID == page.Guide.ID })
	if at > 0 {
		page.Before = &all[at-1]
	}
	if at >= 0 && at+1 < len(all) {
		page.After = &all[at+1]
	}
	if page.Series = placeInSeries(content.SeriesOf(all), page.Guide); page.Series != nil {
		steps := page.Series.Steps
		page.Before, page.After = nil, nil
		if page.Series.Step > 1 {
			page.Before = &steps[page.Series.Step-2]
		}
		if page.Series.Step < len(steps) {
			page.After = &steps[page.Series.Step]
		}
	}
	for _, p := range s.phases(all) {
		i := slices.IndexFunc(p.Guides, func(g content.Guide) bool { return g.ID == page.Guide.ID })
		if i >= 0 {
			page.Phase, page.Place = p, i+1
		}
	}
	return nil
}

// basisGroup is what a text rests on in one document.
type basisGroup struct {
	Law        link
	Provisions []link
}

// byLaw gathers provisions under their documents, in the order of the text.
func byLaw(list []content.Basis) []basisGroup {
	var groups []basisGroup
	at := map[string]int{}
	for _, b := range list {
		if _, known := at[b.Ref.Law]; !known {
			at[b.Ref.Law] = len(groups)
			groups = append(groups, basisGroup{Law: lawOf(b)})
		}
		g := &groups[at[b.Ref.Law]]
		if b.Ref.Path != "" && b.URL != "" {
			g.Provisions = append(g.Provisions, link{b.Ref.Label(), b.URL})
		}
	}
	return groups
}

// lawOf is the document of a basis: its official name without the provision, and
// its address without what follows the document.
func lawOf(b content.Basis) link {
	l := link{Name: strings.TrimSuffix(b.Full, ", "+b.Ref.Label())}
	if parts := strings.SplitN(b.URL, "/", 4); len(parts) > 2 {
		l.Path = strings.Join(parts[:3], "/")
	}
	return l
}

func contentsOf(body content.Body) []content.Heading {
	var list []content.Heading
	for _, h := range body.Headings {
		if h.Level == 2 {
			list = append(list, h)
		}
	}
	if len(list) < leastHeadings {
		return nil
	}
	return list
}

func checkAmong(parts []partView) *checkView {
	for _, p := range parts {
		if p.Check != nil {
			return p.Check
		}
	}
	return nil
}

const checkSuffix = "/tu-kiem-tra"

func checkPath(g content.Guide) string { return g.Path() + checkSuffix }

// banner says whether a text is in force.
type banner struct {
	Class, Icon, Title, Text string
	Words                    []link // further sentences; only what has a path is a link
}

// guideBanner looks at a guide's or an answer's dates and mark of trust.
func guideBanner(trust content.Trust, from, ended, today viet.Date) banner {
	switch {
	case ended != "" && ended <= today:
		return banner{Class: "stop", Icon: "stop", Title: "Hết hiệu lực, chỉ để tra cứu", Text: fmt.Sprintf("Một văn bản mà bài này dựa vào không còn áp dụng từ ngày %s.", ended)}
	case trust == content.TrustPast:
		return banner{Class: "warn", Icon: "warn", Title: "Của kỳ bầu cử trước, không áp dụng cho kỳ này", Text: "Giữ lại để tham khảo. Hãy theo văn bản của kỳ này."}
	case from != "" && from > today:
		return banner{Class: "info", Icon: "info", Title: fmt.Sprintf("Áp dụng từ ngày %s", from), Text: "Trước ngày đó vẫn theo quy định cũ."}
	case from != "":
		return banner{Class: "ok", Icon: "ok", Title: fmt.Sprintf("Đang áp dụng từ ngày %s", from), Text: trust.Label() + "."}
	}
	return banner{Class: "ok", Icon: "ok", Title: "Đang áp dụng", Text: trust.Label() + "."}
}

// Stamp says which revision the reader sees: "Bản 3, 12/3/2026".
func (p guidePage) Stamp() string { return stamp(p.Guide.Revision, p.Guide.UpdatedAt) }

func stamp(revision int, at time.Time) string {
	return fmt.Sprintf("Bản %d, %s", revision, viet.DateOf(at))
}
