package web

import (
	"context"
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/viet"
	"sotay/quizzes"
)

// newsListed is how many publishings the page and the feed of news have.
const newsListed = 50

type newsPage struct {
	base
	Days []newsDay
}

// newsDay is what was published on a day.
type newsDay struct {
	Date viet.Date
	News []newsView
}

// newsView is a publishing as the page and the feed show it.
type newsView struct{ content.News }

var newsKinds = map[string]string{
	content.KindGuide: "Hướng dẫn", content.KindAnswer: "Hỏi đáp", content.KindSituation: "Tình huống", content.KindTerm: "Thuật ngữ", content.KindPlan: "Sơ đồ",
	content.KindLaw: "Văn bản", content.KindSession: "Tập huấn", content.KindAmendment: "Căn cứ đổi", quizzes.KindQuiz: "Trắc nghiệm",
}

// Kind is the kind in words.
func (v newsView) Kind() string { return newsKinds[v.News.Kind] }

// What says what happened: a new text, or which revision. A quiz keeps no
// revisions, only the day of the last one; of law we revise our summary alone.
func (v newsView) What() string {
	switch {
	case v.News.Kind == content.KindAmendment:
		return "Mới ghi"
	case v.News.Kind == quizzes.KindQuiz:
		return "Mới đăng hoặc vừa sửa"
	case v.News.Kind == content.KindLaw && v.First():
		return "Mới có tóm tắt trong sổ tay"
	case v.News.Kind == content.KindLaw:
		return fmt.Sprintf("Sửa tóm tắt trong sổ tay, bản %d", v.Revision)
	case !v.First():
		return fmt.Sprintf("Sửa, bản %d", v.Revision)
	case v.News.Kind == content.KindGuide || v.News.Kind == content.KindAnswer || v.News.Kind == content.KindSituation:
		return "Bài mới"
	}
	return "Mới"
}

// ChangesPath is where a reader sees what was changed; "" for what is new or has
// no revisions.
func (v newsView) ChangesPath() string {
	if v.Revision <= 1 {
		return ""
	}
	return fmt.Sprintf("%s?ban=%d", changesPath(v.News.Kind, v.Slug, v.Path), v.Revision)
}

// CitingPath is where an amendment's provision lists the texts that cite it; "" for none.
func (v newsView) CitingPath() string {
	if !v.Cited {
		return ""
	}
	path, _, _ := strings.Cut(v.Path, "#")
	return path + citingAnchor
}

// citingAnchor is the place of a page of law that lists what cites it.
const citingAnchor = "#noi-dan"

// name tells this piece of news from all others, for ever.
func (v newsView) name() string {
	switch v.News.Kind {
	case content.KindAmendment:
		return v.News.Kind + "/" + v.ID
	case quizzes.KindQuiz:
		return fmt.Sprintf("%s/%s/%d", v.News.Kind, v.ID, v.Published.UnixMilli())
	}
	return fmt.Sprintf("%s/%s/%d", v.News.Kind, v.ID, v.Revision)
}

// news lists what is new in the texts, in the law and among the quizzes.
func (s *Server) news(ctx context.Context) ([]content.News, error) {
	list, err := s.rooms.Library.News(ctx, newsListed)
	if err != nil {
		return nil, fmt.Errorf("list news: %w", err)
	}
	all, err := s.rooms.Bank.Quizzes(ctx)
	if err != nil {
		return nil, fmt.Errorf("list quizzes: %w", err)
	}
	for _, q := range all {
		list = append(list, content.News{Kind: quizzes.KindQuiz, ID: q.ID, Title: q.Title, Summary: q.Summary, Path: q.Path(), Published: q.UpdatedAt})
	}
	return content.NewestFirst(list, newsListed), nil
}

func (s *Server) showNews(c *fiber.Ctx) error {
	list, err := s.news(c.UserContext())
	if err != nil {
		return err
	}
	page := newsPage{base: s.page(c, "Có gì mới", "Bài vừa đăng hoặc vừa sửa, căn cứ pháp lý vừa đổi, mới nhất trước.")}
	page.article()
	for _, n := range list {
		day := viet.DateOf(n.Published)
		if last := len(page.Days) - 1; last < 0 || page.Days[last].Date != day {
			page.Days = append(page.Days, newsDay{Date: day})
		}
		last := &page.Days[len(page.Days)-1]
		last.News = append(last.News, newsView{n})
	}
	return s.render(c, "news/show", page)
}

// The elements of an Atom feed, RFC 4287.
type atomFeed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string   `xml:"xml:lang,attr"`
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Author  string   `xml:"author>name"`
	Links   []atomLink
	Entries []atomEntry
}

type atomLink struct {
	XMLName xml.Name `xml:"link"`
	Rel     string   `xml:"rel,attr"`
	Type    string   `xml:"type,attr,omitempty"`
	Href    string   `xml:"href,attr"`
}

type atomEntry struct {
	XMLName   xml.Name `xml:"entry"`
	ID        string   `xml:"id"`
	Title     string   `xml:"title"`
	Updated   string   `xml:"updated"`
	Published string   `xml:"published"`
	Links     []atomLink
	Category  struct {
		Term string `xml:"term,attr"`
	} `xml:"category"`
	Summary string `xml:"summary"`
}

// sendNews gives the same as a feed.
func (s *Server) sendNews(c *fiber.Ctx) error {
	list, err := s.news(c.UserContext())
	if err != nil {
		return err
	}
	feed := atomFeed{Lang: "vi", ID: s.tag(c, "moi"), Title: s.cfg.SiteName + ": có gì mới", Author: s.cfg.SiteName,
		Updated: time.Unix(0, 0).UTC().Format(time.RFC3339),
		Links:   []atomLink{{Rel: "self", Type: atomType, Href: s.absolute(c, "/moi.atom")}, {Rel: "alternate", Type: "text/html", Href: s.absolute(c, "/moi")}}}
	if len(list) > 0 {
		feed.Updated = list[0].Published.UTC().Format(time.RFC3339)
	}
	for _, n := range list {
		feed.Entries = append(feed.Entries, s.entryOf(c, newsView{n}))
	}
	text, err := xml.Marshal(feed)
	if err != nil {
		return fmt.Errorf("write feed: %w", err)
	}
	c.Set(fiber.HeaderContentType, atomType+"; charset=utf-8")
	return c.Send(append([]byte(xml.Header), text...))
}

const atomType = "application/atom+xml"

func (s *Server) entryOf(c *fiber.Ctx, v newsView) atomEntry {
	at := v.Published.UTC().Format(time.RFC3339)
	e := atomEntry{ID: s.tag(c, v.name()), Title: v.Title, Updated: at, Published: at, Summary: v.What() + "."}
	for _, more := range []string{v.Note, v.Summary} {
		if more != "" {
			e.Summary += " " + more
		}
	}
	e.Category.Term = v.Kind()
	path := v.Path
	if to := v.ChangesPath(); to != "" {
		path = to
	}
	e.Links = []atomLink{{Rel: "alternate", Type: "text/html", Href: s.absolute(c, path)}}
	return e
}

// tag is a permanent name by RFC 4151: an entry keeps it when its address moves.
func (s *Server) tag(c *fiber.Ctx, name string) string {
	host := c.Hostname()
	if s.base != nil {
		host = s.base.Host
	}
	return "tag:" + host + ",2026:" + name
}
