package web_test

import (
	"net/url"
	"strings"
	"testing"

	"sotay/internal/accounts"
	"sotay/web"
)

func TestDisplayIsKeptAndDrawn(t *testing.T) {
	v := readSite(t).visitor(t)
	plain := v.get("/huong-dan")
	if plain.count("html[data-size],html[data-theme]") != 0 {
		t.Error("a choice is drawn that nobody made")
	}
	a := v.post("/hien-thi", url.Values{"co": {"xl"}, "nen": {"dark"}, "ve": {"/huong-dan?giai-doan=on"}})
	wantStatus(t, "choice", a, 303)
	if got := a.Header.Get("Location"); got != "/huong-dan?giai-doan=on" {
		t.Errorf("got back to %q", got)
	}
	for _, c := range a.Cookies() {
		if c.HttpOnly || c.SameSite != 2 || c.Path != "/" {
			t.Errorf("the page's script must be able to write %s", c.Raw)
		}
	}
	drawn := v.get("/huong-dan")
	if drawn.count("html[data-size=xl][data-theme=dark]") != 1 {
		t.Error("the choice is not drawn")
	}
	if drawn.count("input[name=co][value=xl][checked]") != 1 || drawn.count("input[name=nen][value=dark][checked]") != 1 || drawn.count("header input[checked]") != 2 {
		t.Error("the menu does not show the choice")
	}
	if got := drawn.page.Find("input[name=ve]").AttrOr("value", ""); got != "/huong-dan" {
		t.Errorf("the form would go back to %q", got)
	}
	v.cookies["co"] = "><script>"
	if a := v.get("/huong-dan"); a.count("html[data-size]") != 0 || strings.Contains(a.text, "\"><script>") {
		t.Error("a made-up cookie is drawn")
	}
}

// A cache between may give one reader's page to another only when the page is the
// same for both, so what cookies change says so to those who send none as well.
func TestPagesSayThatCookiesChangeThem(t *testing.T) {
	s := newSite(t)
	plain, own := s.visitor(t), s.visitor(t)
	own.cookies["co"], own.cookies["nen"], own.cookies["vai"], own.cookies["dv"] = "xl", "dark", "thu-ky", ownUnit
	signedIn := s.inside(t, s.person(t, accounts.Trainer, provinceUnit, "Nguyễn Giảng Viên", "0912000002"))
	for path, byCookie := range map[string]bool{
		"/": true, "/huong-dan": true, guidePath: true, "/hoi-dap": true, theDay: true, "/tinh-huong/quen-the-cu-tri": true, "/tinh-huong/don-vi": true,
		"/tim-kiem?q=h%C3%B2m": true, "/van-ban": true, "/trac-nghiem": true, "/thuat-ngu": true, "/lich": true,
		"/robots.txt": false, "/sitemap.xml": false, "/opensearch.xml": false, "/tim-kiem/goi-y?q=ho": false, "/lich.ics": false,
	} {
		first := plain.get(path)
		wantStatus(t, path, first, 200)
		for who, v := range map[string]*visitor{"nobody's": plain, "a reader's": own, "a trainer's": signedIn} {
			a := v.get(path)
			vary, kept := strings.Contains(a.Header.Get("Vary"), "Cookie"), a.Header.Get("Cache-Control") != "no-store"
			if kept && vary != byCookie || !kept && byCookie {
				t.Errorf("%s, %s: Vary is %q, Cache-Control %q", path, who, a.Header.Get("Vary"), a.Header.Get("Cache-Control"))
			}
			if !byCookie && a.text != first.text {
				t.Errorf("%s, %s: other bytes, and nothing says so", path, who)
			}
		}
	}
	unchanged := plain.get("/huong-dan", "If-None-Match", plain.get("/huong-dan").Header.Get("ETag"))
	if unchanged.StatusCode != 304 || !strings.Contains(unchanged.Header.Get("Vary"), "Cookie") {
		t.Errorf("an unchanged page: got %d, Vary %q", unchanged.StatusCode, unchanged.Header.Get("Vary"))
	}
}

// odd are targets that browsers or servers might take for another site.
var odd = []string{
	"", "//evil.example", "///evil.example", "/\\evil.example", "\\/evil.example", "/\t/evil.example", "/\n/evil.example", "https://evil.example", "http:evil.example",
	"https:/evil.example", "javascript:alert(1)", "data:text/html,x", "/%5cevil.example", "/%2f/evil.example", "/%2fevil.example/", "/%09/evil.example", " /huong-dan", "/ /evil.example",
	"evil.example", "?q=1", "#x", ".", "../x", "/\x00", "/%00", "//user@evil.example/", "/" + strings.Repeat("a", 5000), "\u2028/x", "https:///evil.example", "%2f", "%2f/evil.example", "/;@evil.example\\",
}

func TestGoingBackStaysOnThisSite(t *testing.T) {
	v := readSite(t).visitor(t)
	for _, target := range odd {
		a := v.post("/hien-thi", url.Values{"co": {"l"}, "ve": {target}})
		wantStatus(t, target, a, 303)
		if got := a.Header.Get("Location"); got != "/" {
			t.Errorf("%.40q: leads to %q, want the home page", target, got)
		}
	}
	for _, target := range []string{"/", "/huong-dan", "/tim-kiem?q=a+b&trang=2", "/tim-kiem?q=h%C3%B2m", "/a:b", "/?x=//evil.example", "/huong-dan#vai-tro", "/tim-kiem?q=a#//evil.example"} {
		if got := web.LocalPath(target); got != target {
			t.Errorf("%q: leads to %q", target, got)
		}
	}
}

func FuzzLocalPath(f *testing.F) {
	for _, s := range odd {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, target string) {
		got := web.LocalPath(target)
		u, err := url.Parse(got)
		if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(got, "/") || strings.HasPrefix(got, "//") || strings.HasPrefix(got, "/\\") || strings.ContainsAny(got, "\r\n\t\\ \x00") {
			t.Fatalf("%q leads to %q", target, got)
		}
	})
}
