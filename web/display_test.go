package web_test

import (
	"net/url"
	"strings"
	"testing"

	"sotay/web"
)

func TestDisplayIsKeptAndDrawn(t *testing.T) {
	v := readSite(t).visitor(t)
	plain := v.get("/huong-dan")
	if plain.Header.Get("Vary") != "Accept-Encoding" || plain.count("html[data-size],html[data-theme]") != 0 {
		t.Errorf("without a choice: got Vary %q", plain.Header.Get("Vary"))
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
	if drawn.count("html[data-size=xl][data-theme=dark]") != 1 || !strings.Contains(drawn.Header.Get("Vary"), "Cookie") {
		t.Errorf("the choice is not drawn, or Vary is %q", drawn.Header.Get("Vary"))
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
	for _, target := range []string{"/", "/huong-dan", "/tim-kiem?q=a+b&trang=2", "/tim-kiem?q=h%C3%B2m", "/a:b", "/?x=//evil.example"} {
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
