package web

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/internal/viet"
)

// siteView is what templates say of the site itself.
type siteView struct {
	Name     string
	Tagline  string
	Province string
	Manager  string
	Notice   string
	Hotline  *hotline // nil when there is none
}

type hotline struct {
	Number string
	Link   template.URL
}

func viewOf(cfg Config) siteView {
	v := siteView{Name: cfg.SiteName, Tagline: "Cổng tập huấn nghiệp vụ bầu cử", Province: cfg.Province, Manager: cfg.Manager, Notice: cfg.Notice}
	if cfg.Province != "" {
		v.Tagline += " của " + cfg.Province
	}
	if cfg.Hotline != "" {
		v.Hotline = &hotline{cfg.Hotline, template.URL("tel:" + digits(cfg.Hotline))}
	}
	return v
}

// digits keeps what can be dialled.
func digits(number string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, number)
}

// base is what every page has. Handlers embed it in the page's own struct.
type base struct {
	Site    siteView
	Assets  addresses
	Title   string
	Summary string // one sentence for search engines and previews
	URL     string // absolute
	Here    string // path and query, to come back to
	Size    string // of the text: "", "l", "xl"
	Theme   string // "", "light", "dark"
	Role    string // read for; "" for all
	ByRole  bool   // has parts for some roles alone
	Crumbs  []crumb
	NoIndex bool
	Print   bool   // has a head for paper
	Sheet   string // paper that the page is made for: a card's "a4", "a5", a plan's "plan-a4", "plan-a3"; "" for the usual one
	Today   viet.Date
	Person  *personView // who has signed in, on pages that ask for it
	Token   string      // of the forms there

	path      string
	openGraph string
}

type crumb struct{ Name, Path string }

// page starts a page for a request. What cookies choose is drawn on every page,
// and a cache between has to know that also from the page of who chose nothing.
func (s *Server) page(c *fiber.Ctx, title, summary string) base {
	c.Vary(fiber.HeaderCookie)
	return base{
		Site: s.site, Assets: s.looks().assets.addresses, Title: title, Summary: summary, URL: s.absolute(c, escaped(c.Path())), Here: here(c),
		Size: chosen(c, sizeCookie), Theme: chosen(c, themeCookie), Today: s.cfg.Today(), path: c.Path(), openGraph: "website",
	}
}

// article makes a page one that is printed and shared as a text of its own.
func (b *base) article(crumbs ...crumb) {
	b.Crumbs = append([]crumb{{"Trang chủ", "/"}}, crumbs...)
	b.Print, b.openGraph = true, "article"
}

// FullTitle is the title with the name of the site, which alone is the title of
// the home page.
func (b base) FullTitle() string {
	if b.Title == b.Site.Name {
		return b.Title
	}
	return b.Title + " | " + b.Site.Name
}

// OpenGraphType is the kind of page as previews name it.
func (b base) OpenGraphType() string { return b.openGraph }

// IsHome reports whether the page is the home page, which has its own search.
func (b base) IsHome() bool { return b.path == "/" }

// navItem is an entry of the menu; Current is "" , "page" or "true".
type navItem struct {
	Name, Path, Current string
	Notice              notice // of what waits there, for the staff
}

// Nav is the menu: that of readers, or of the staff on their own pages.
func (b base) Nav() []navItem {
	items := []navItem{{Name: "Hướng dẫn", Path: "/huong-dan"}, {Name: "Hỏi đáp", Path: "/hoi-dap"}, {Name: "Tự kiểm tra", Path: "/trac-nghiem"}, {Name: "Tập huấn", Path: "/tap-huan"}}
	if b.Person != nil {
		if own := b.Person.menu(); len(own) > 0 {
			items = own
		}
	}
	for i, item := range items {
		if b.path == item.Path {
			items[i].Current = "page"
		} else if strings.HasPrefix(b.path, item.Path+"/") && !slices.ContainsFunc(items, func(other navItem) bool { return within(b.path, other.Path) && len(other.Path) > len(item.Path) }) {
			items[i].Current = "true"
		}
	}
	return items
}

// within reports whether an address stands at or below another.
func within(path, above string) bool { return path == above || strings.HasPrefix(path, above+"/") }

// absolute makes an address of the site absolute: under the configured address,
// else under the host that was asked.
func (s *Server) absolute(c *fiber.Ctx, path string) string {
	if s.base != nil {
		return s.base.String() + path
	}
	return c.Protocol() + "://" + c.Hostname() + path
}

func escaped(path string) string { return (&url.URL{Path: path}).EscapedPath() }

func here(c *fiber.Ctx) string {
	if to := c.OriginalURL(); len(to) <= maxHereBytes {
		return to
	}
	return escaped(c.Path())
}

// drawn is the site's looks: templates by name and assets.
type drawn struct {
	pages  map[string]*template.Template
	assets assets
}

// draw parses every page with the layout and the shared parts, and joins the
// assets.
func draw(files fs.FS) (drawn, error) {
	frame, err := template.ParseFS(files, "templates/layout.html", "templates/shared/*.html")
	if err != nil {
		return drawn{}, fmt.Errorf("parse layout: %w", err)
	}
	names, err := pageNames(files)
	if err != nil {
		return drawn{}, err
	}
	d := drawn{pages: map[string]*template.Template{}}
	for _, name := range names {
		if d.pages[name], err = drawPage(files, frame, name); err != nil {
			return drawn{}, fmt.Errorf("parse page %s: %w", name, err)
		}
	}
	d.assets, err = joinAssets(files)
	return d, err
}

// pageNames lists the pages: "error", "guides/show".
func pageNames(files fs.FS) ([]string, error) {
	paths, err := fs.Glob(files, "templates/*/*.html")
	if err != nil {
		return nil, fmt.Errorf("list pages: %w", err)
	}
	names := []string{"error"}
	for _, path := range paths {
		if !strings.HasPrefix(path, "templates/shared/") {
			names = append(names, strings.TrimSuffix(strings.TrimPrefix(path, "templates/"), ".html"))
		}
	}
	return names, nil
}

// drawPage makes a page's file the main part of the layout.
func drawPage(files fs.FS, frame *template.Template, name string) (*template.Template, error) {
	text, err := fs.ReadFile(files, "templates/"+name+".html")
	if err != nil {
		return nil, err
	}
	t, err := frame.Clone()
	if err != nil {
		return nil, err
	}
	if _, err := t.New("main").Parse(string(text)); err != nil {
		return nil, err
	}
	return t.Lookup("layout.html"), nil
}

// looks gives templates and assets. While developing they are read anew; files
// that cannot be parsed just then leave the looks of the start.
func (s *Server) looks() drawn {
	if !s.cfg.Dev {
		return s.drawn
	}
	fresh, err := draw(os.DirFS("web"))
	if err != nil {
		s.log.Error("templates or assets are broken", "err", err)
		return s.drawn
	}
	return fresh
}

// render writes a page. It is made whole before the first byte is sent.
func (s *Server) render(c *fiber.Ctx, name string, page any) error {
	t, ok := s.looks().pages[name]
	if !ok {
		return fmt.Errorf("render %s: no such template", name)
	}
	var body bytes.Buffer
	if err := t.Execute(&body, page); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	c.Response().SetBodyRaw(body.Bytes())
	return nil
}
