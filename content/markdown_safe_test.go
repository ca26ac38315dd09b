package content_test

import (
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sotay/content"
)

// wholeHTML joins the parts of a body as a page does.
func wholeHTML(b content.Body) string {
	var out strings.Builder
	for _, p := range b.Parts {
		switch p.Kind {
		case content.PartHTML:
			out.WriteString(p.HTML)
		case content.PartDeadline:
			out.WriteString("03/02/2026")
		default:
			out.WriteString("<figure></figure>")
		}
	}
	return out.String()
}

// mayStand lists every element and attribute that rendered text may hold.
var mayStand = map[string]string{
	"p": `^(class=callout-title|data-js=|hidden=|class=btns)$`, "h2": `^id=muc-[a-z0-9-]+$`, "h3": `^id=muc-[a-z0-9-]+$`,
	"ol": `^(class=steps|start=\d+)$`, "ul": `^class=check$`, "li": `^id=chu-thich-\d+$`, "strong": "", "em": "", "b": `^data-count=$`,
	"code": "", "pre": "", "blockquote": "", "hr": "", "br": "", "sup": "", "table": "", "thead": "", "tbody": "", "tr": "",
	"th": `^(scope=(col|row)|class=num)$`, "td": `^class=num$`, "figure": "",
	"div":     `^(class=(callout( must| never| warn)?|scroll)|role=region|tabindex=0|aria-label=.*)$`,
	"section": `^(class=(footnotes|for-role)|aria-label=Chú thích|data-roles=[a-z -]+)$`, "details": `^open=$`, "summary": "",
	"a":    `^(href=(https?://|mailto:|tel:|/([^/\\]|$)|#).*|rel=noopener|id=chu-thich-\d+-tu(-\d+)?|aria-label=.*)$`,
	"img":  `^(src=/tep/.*|alt=.+|loading=lazy)$`,
	"form": `^(class=card|data-checklist=[a-z0-9-]+)$`, "label": "", "span": `^class=small muted$`,
	"input":    `^(type=checkbox|name=viec[a-z0-9-]*|checked=)$`,
	"progress": `^(class=no-print|data-js=|hidden=|max=\d+|value=\d+|aria-label=.*)$`,
	"button":   `^(class=btn (alt|quiet)|type=button|data-print=|data-clear=|data-js=|hidden=)$`,
	"svg":      `^(class=ico|viewBox=0 0 24 24|aria-hidden=true)$`, "path": `^d=.*$`, "circle": `^(cx|cy|r)=\d+$`,
}

// mustBeSafe parses rendered text as a browser would and fails on anything that
// our own markup has no use for, on markup that a browser would have to mend,
// and on repeated ids.
func mustBeSafe(t testing.TB, b content.Body) {
	t.Helper()
	text := wholeHTML(b)
	tree, err := html.Parse(strings.NewReader("<!doctype html><html><head></head><body>" + text + "</body></html>"))
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	var parsed []string
	for n := range tree.Descendants() {
		if n.Type == html.CommentNode {
			t.Errorf("comment in %s", text)
		}
		if n.Type != html.ElementNode || slices.Contains([]string{"html", "head", "body"}, n.Data) {
			continue
		}
		parsed = append(parsed, n.Data)
		pattern, known := mayStand[n.Data]
		if !known {
			t.Errorf("element %s in %s", n.Data, text)
		}
		for _, a := range n.Attr {
			if pattern == "" || !regexp.MustCompile(`(?s)`+pattern).MatchString(a.Key+"="+a.Val) {
				t.Errorf("attribute %s=%q of %s in %s", a.Key, a.Val, n.Data, text)
			}
			if a.Key == "id" && ids[a.Val] {
				t.Errorf("id %s twice in %s", a.Val, text)
			}
			ids[a.Val] = ids[a.Val] || a.Key == "id"
		}
	}
	if written := writtenElements(t, text); !slices.Equal(written, parsed) {
		t.Errorf("a browser makes %v of %v: %s", parsed, written, text)
	}
	if strings.ContainsFunc(text, func(r rune) bool { return 0xE000 <= r && r <= 0xF8FF }) {
		t.Errorf("placeholder in %s", text)
	}
}

// writtenElements lists the elements of a text in order and fails when they are
// not nested.
func writtenElements(t testing.TB, text string) []string {
	t.Helper()
	var list, open []string
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		kind := z.Next()
		name, _ := z.TagName()
		tag := string(name)
		switch kind {
		case html.ErrorToken:
			if z.Err() != io.EOF || len(open) > 0 {
				t.Errorf("%v, still open %v: %s", z.Err(), open, text)
			}
			return list
		case html.SelfClosingTagToken:
			list = append(list, tag)
		case html.StartTagToken:
			list = append(list, tag)
			if !slices.Contains([]string{"br", "hr", "img", "input"}, tag) {
				open = append(open, tag)
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != tag {
				t.Errorf("</%s> closes %v: %s", tag, open, text)
				return list
			}
			open = open[:len(open)-1]
		}
	}
}
