package web_test

import (
	"bytes"
	"compress/gzip"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// crawl opens every page that a reader can reach and remembers its anchors.
type crawl struct {
	t       *testing.T
	v       *visitor
	waiting []string
	from    map[string]string          // address → a page that links to it
	anchors map[string]map[string]bool // path → ids
	wanted  map[string]string          // "path#id" → a page that links to it
	heavy   int                        // bytes of the heaviest page, compressed
}

func newCrawl(t *testing.T, v *visitor) *crawl {
	return &crawl{t: t, v: v, from: map[string]string{}, anchors: map[string]map[string]bool{}, wanted: map[string]string{}}
}

// TestEveryLinkLeadsSomewhere opens the whole site from its home page and map.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	c := newCrawl(t, readSite(t).visitor(t))
	c.add("/", "the start")
	for _, part := range strings.Split(c.v.get("/sitemap.xml").text, "<loc>")[1:] {
		address, _, _ := strings.Cut(part, "<")
		c.add(strings.TrimPrefix(address, "http://example.com"), "the site map")
	}
	for len(c.waiting) > 0 {
		next := c.waiting[0]
		c.waiting = c.waiting[1:]
		c.open(next)
	}
	for target, from := range c.wanted {
		path, id, _ := strings.Cut(target, "#")
		if !c.anchors[path][id] {
			t.Errorf("%s links to %s, which has no such place", from, target)
		}
	}
	if len(c.anchors) < 200 {
		t.Errorf("opened only %d pages: the crawl is blind", len(c.anchors))
	}
	t.Logf("opened %d pages; the heaviest first view has %d bytes", len(c.anchors), c.heavy)
}

func (c *crawl) add(address, from string) {
	if _, known := c.from[address]; known {
		return
	}
	c.from[address] = from
	c.waiting = append(c.waiting, address)
}

func (c *crawl) open(address string) {
	a := c.v.get(address)
	if a.StatusCode == 301 && strings.HasPrefix(address, "/hoi-dap/") { // texts may link by code alone
		to := a.Header.Get("Location")
		c.add(to, address)
		c.anchors[address] = map[string]bool{}
		return
	}
	if a.StatusCode == 303 && address == "/ho-so" { // leads whoever has not signed in to where they do
		c.add(a.Header.Get("Location"), address)
		c.anchors[address] = map[string]bool{}
		return
	}
	if a.StatusCode != 200 {
		c.t.Errorf("%s links to %s: status %d", c.from[address], address, a.StatusCode)
		return
	}
	if strings.HasPrefix(address, "/lich.ics") || address == "/moi.atom" { // files, not pages
		c.anchors[address] = map[string]bool{}
		return
	}
	checkPage(c.t, address, a)
	c.weigh(address, a)
	ids := map[string]bool{}
	a.page.Find("[id]").Each(func(_ int, e *goquery.Selection) { ids[e.AttrOr("id", "")] = true })
	c.anchors[address] = ids
	a.page.Find("a[href]").Each(func(_ int, e *goquery.Selection) { c.link(address, e.AttrOr("href", "")) })
}

func (c *crawl) link(from, href string) {
	u, err := url.Parse(href)
	if err != nil {
		c.t.Errorf("%s: link %q: %v", from, href, err)
		return
	}
	switch {
	case u.Scheme == "https" && u.Host == "vbpl.vn":
		return
	case u.Scheme != "" || u.Host != "":
		c.t.Errorf("%s: leads away to %s", from, href)
		return
	case u.Path == "" && u.RawQuery == "":
		u.Path, u.RawQuery, _ = strings.Cut(from, "?")
	case !strings.HasPrefix(u.Path, "/"):
		c.t.Errorf("%s: link %q is relative", from, href)
	}
	if u.Path == "/tim-kiem" && len(u.Query()) > 2 { // all filters at once are countless
		return
	}
	address := u.EscapedPath()
	if u.RawQuery != "" {
		address += "?" + u.RawQuery
	}
	if u.Fragment != "" {
		c.wanted[address+"#"+u.Fragment] = from
	}
	c.add(address, from)
}

// maxFirstView is what a first view may weigh on the wire.
const maxFirstView = 50 << 10

func (c *crawl) weigh(address string, a answer) {
	size := packedSize(c.t, a.text) + assetSize(c.t, c.v)
	c.heavy = max(c.heavy, size)
	if size > maxFirstView {
		c.t.Errorf("%s: a first view takes %d bytes, want at most %d", address, size, maxFirstView)
	}
	requests := 2 + a.count("link[rel=stylesheet]") + a.count("script[src]") + a.count("img") // the page and its icon
	if requests > 4 {
		c.t.Errorf("%s: a first view takes %d requests", address, requests)
	}
}

func packedSize(t *testing.T, text string) int {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Len()
}

var assetBytes int

// assetSize is what style sheet, script and icon weigh together.
func assetSize(t *testing.T, v *visitor) int {
	t.Helper()
	if assetBytes == 0 {
		home := v.get("/")
		for _, path := range []string{home.page.Find("link[rel=stylesheet]").AttrOr("href", ""), home.page.Find("script").AttrOr("src", ""), "/favicon.ico"} {
			assetBytes += len(v.get(path, "Accept-Encoding", "gzip").text)
		}
	}
	return assetBytes
}
