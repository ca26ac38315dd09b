package web_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"sotay/internal/viet"
)

// checkPage asserts what holds for every page.
func checkPage(t testing.TB, path string, a answer) {
	t.Helper()
	addresses := 1 // an error is no page of its own, nor is what one person sees
	if a.count(".failure") == 1 || a.count("meta[name=robots][content=noindex]") == 1 && a.count("link[rel=canonical]") == 0 {
		addresses = 0
	}
	if a.page == nil {
		t.Errorf("%s: no page but %s", path, a.Header.Get("Content-Type"))
		return
	}
	for selector, want := range map[string]int{
		"h1": 1, "html[lang=vi]": 1, "main": 1, "head > title": 1, "link[rel=canonical]": addresses, "link[rel=search][href='/opensearch.xml']": 1, "meta[name=description]": 1, "meta[name=viewport]": 1,
		`meta[property="og:title"]`: 1, `meta[property="og:url"]`: addresses, `meta[property="og:type"]`: 1, `meta[property="og:site_name"]`: 1,
		"[style]": 0, "style": 0, "script:not([src])": 0, "iframe": 0, "img:not([alt])": 0, "a:not([href])": 0, "a[href='']": 0,
		"base": 0, "meta[http-equiv]": 0, "a.skip[href='#noi-dung']": 1, ".notice": 1,
	} {
		if got := a.count(selector); got != want {
			t.Errorf("%s: got %d of %s, want %d", path, got, selector, want)
		}
	}
	for _, broken := range []string{"ZgotmplZ", "<no value>", "%!", "\ue000"} {
		if strings.Contains(a.text, broken) {
			t.Errorf("%s: the page holds %q", path, broken)
		}
	}
	if viet.NFC(a.text) != a.text {
		t.Errorf("%s: the page is not composed", path)
	}
	if strings.TrimSpace(a.page.Find("meta[name=description]").AttrOr("content", "")) == "" {
		t.Errorf("%s: empty description", path)
	}
	checkHeaders(t, path, a)
	checkElements(t, path, a.page)
}

func checkHeaders(t testing.TB, path string, a answer) {
	t.Helper()
	for name, want := range map[string]string{
		"Content-Security-Policy":    "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self'",
		"X-Content-Type-Options":     "nosniff",
		"Referrer-Policy":            "same-origin",
		"Cross-Origin-Opener-Policy": "same-origin",
	} {
		if got := a.Header.Get(name); got != want {
			t.Errorf("%s: got %s %q, want %q", path, name, got, want)
		}
	}
	if a.Header.Get("Cache-Control") != "no-store" && !strings.Contains(a.Header.Get("Vary"), "Cookie") {
		t.Errorf("%s: cookies change the page and Vary is %q", path, a.Header.Get("Vary"))
	}
	if a.Header.Get("Permissions-Policy") == "" || a.Header.Get("X-Request-Id") == "" || a.Header.Get("Cache-Control") == "" || a.Header.Get("Server") != "" {
		t.Errorf("%s: headers lack something or tell too much: %v", path, a.Header)
	}
}

// checkElements looks at what a style sheet or a script would hide.
func checkElements(t testing.TB, path string, page *goquery.Document) {
	t.Helper()
	seen := map[string]bool{}
	page.Find("[id]").Each(func(_ int, e *goquery.Selection) {
		id := e.AttrOr("id", "")
		if seen[id] {
			t.Errorf("%s: id %q stands twice", path, id)
		}
		seen[id] = true
	})
	page.Find("[aria-labelledby],[aria-describedby],label[for]").Each(func(_ int, e *goquery.Selection) {
		for _, name := range []string{"aria-labelledby", "aria-describedby", "for"} {
			for _, id := range strings.Fields(e.AttrOr(name, "")) {
				if !seen[id] {
					t.Errorf("%s: %s names %q, which is not there", path, name, id)
				}
			}
		}
	})
	page.Find("*").Each(func(_ int, e *goquery.Selection) {
		for _, attr := range e.Nodes[0].Attr {
			if strings.HasPrefix(attr.Key, "on") {
				t.Errorf("%s: inline script %s on %s", path, attr.Key, e.Nodes[0].Data)
			}
		}
	})
	checkForms(t, path, page)
}

// checkForms asserts that each form works without script: it has a method the
// site knows, an address of the site, a button and names for its fields.
func checkForms(t testing.TB, path string, page *goquery.Document) {
	t.Helper()
	page.Find("form:not([data-checklist])").Each(func(_ int, form *goquery.Selection) {
		action := form.AttrOr("action", "")
		if u, err := url.Parse(action); err != nil || !strings.HasPrefix(action, "/") || u.Host != "" {
			t.Errorf("%s: a form leads to %q", path, action)
		}
		if form.Find("button[type=submit]").Length() == 0 {
			t.Errorf("%s: the form to %s has no button", path, action)
		}
		if method := form.AttrOr("method", "get"); method != "get" && method != "post" {
			t.Errorf("%s: the form to %s has method %q", path, action, method)
		}
	})
	page.Find("input:not([type=hidden]),textarea,select").Each(func(_ int, field *goquery.Selection) {
		id, labelled := field.Attr("id")
		if labelled {
			labelled = page.Find("label[for='"+id+"']").Length() == 1
		}
		if !labelled && field.Closest("label").Length() == 0 {
			t.Errorf("%s: a field %q has no label", path, field.AttrOr("name", ""))
		}
	})
}
