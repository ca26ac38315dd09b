package web

import (
	"encoding/xml"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/viet"
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

// Kind is the kind in words.
func (v newsView) Kind() string {
	if v.News.Kind == content.KindAnswer {
		return "Hỏi đáp"
	}
	return "Hướng dẫn"
}

// What says what happened: a new text, or which revision.
func (v newsView) What() string {
	if v.First() {
		return "Bài mới"
	}
	return fmt.Sprintf("Sửa, bản %d", v.Revision)
}

// ChangesPath is where a reader sees what was changed; "" for a new text.
func (v newsView) ChangesPath() string {
	if v.First() {
		return ""
	}
	return fmt.Sprintf("%s%s?ban=%d", v.Path, changesSuffix, v.Revision)
}

func (s *Server) showNews(c *fiber.Ctx) error {
	list, err := s.rooms.Library.News(c.UserContext(), newsListed)
	if err != nil {
		return fmt.Errorf("show news: %w", err)
	}
	page := newsPage{base: s.page(c, "Có gì mới", "Các bài hướng dẫn và câu trả lời vừa đăng hoặc vừa sửa, mới nhất trước.")}
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
	list, err := s.rooms.Library.News(c.UserContext(), newsListed)
	if err != nil {
		return fmt.Errorf("send news: %w", err)
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
	e := atomEntry{ID: s.tag(c, fmt.Sprintf("%s/%s/%d", v.News.Kind, v.ID, v.Revision)), Title: v.Title, Updated: at, Published: at, Summary: v.What() + "."}
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
