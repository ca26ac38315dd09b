package content

import (
	"errors"
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// piece is markup of our own that the sanitiser does not know, or a part that
// the page fills. A placeholder of private-use runes, which no source may hold,
// stands for it until the text is sanitised.
type piece struct {
	html string
	part Part // kind "" for markup
}

var placeholder = regexp.MustCompile(`\x{E000}([0-9]+)\x{E001}`)

func (p *page) put(w util.BufWriter, markup string) { p.putPiece(w, piece{html: markup}) }

func (p *page) putPart(w util.BufWriter, part Part) { p.putPiece(w, piece{part: part}) }

func (p *page) putPiece(w util.BufWriter, c piece) {
	_, _ = fmt.Fprintf(w, "\ue000%d\ue001", len(p.pieces))
	p.pieces = append(p.pieces, c)
}

// parts renders the document, sanitises it and puts the pieces into their places.
func (p *page) parts(doc ast.Node) ([]Part, error) {
	markup, err := p.write(doc)
	if err != nil {
		return nil, err
	}
	clean := policy.SanitizeBytes(markup)
	places := placeholder.FindAllSubmatchIndex(clean, -1)
	if len(places) != len(p.pieces) {
		return nil, errors.New("the sanitiser lost a placeholder")
	}
	var a assembly
	end := 0
	for i, place := range places {
		if string(clean[place[2]:place[3]]) != strconv.Itoa(i) {
			return nil, errors.New("the sanitiser moved a placeholder")
		}
		a.markup(string(clean[end:place[0]]))
		a.piece(p.pieces[i])
		end = place[1]
	}
	a.markup(string(clean[end:]))
	a.flush()
	if a.size > MaxBodyBytes {
		return nil, bodyTooLong()
	}
	return a.parts, nil
}

// assembly joins markup between the parts that the page fills.
type assembly struct {
	parts []Part
	html  strings.Builder
	size  int
}

func (a *assembly) markup(text string) {
	a.html.WriteString(text)
	a.size += len(text)
}

func (a *assembly) piece(c piece) {
	if c.part.Kind == "" {
		a.markup(c.html)
		return
	}
	a.flush()
	a.parts = append(a.parts, c.part)
}

func (a *assembly) flush() {
	if text := a.html.String(); text != "" {
		a.parts = append(a.parts, Part{Kind: PartHTML, HTML: text})
	}
	a.html.Reset()
}

// policy is the second line of defence: what the renderers write passes, and
// nothing else would.
var policy = newPolicy()

func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "h2", "h3", "ol", "ul", "li", "strong", "em", "code", "pre", "blockquote", "hr", "br", "sup",
		"table", "thead", "tbody", "tr", "th", "td", "div", "section")
	p.AllowAttrs("id").Matching(regexp.MustCompile(`^muc-[a-z0-9-]+$`)).OnElements("h2", "h3")
	p.AllowAttrs("id").Matching(regexp.MustCompile(`^chu-thich-[0-9]+$`)).OnElements("li")
	p.AllowAttrs("id").Matching(regexp.MustCompile(`^chu-thich-[0-9]+-tu(-[0-9]+)?$`)).OnElements("a")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^(callout( must| never| warn)?|scroll)$`)).OnElements("div")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^callout-title$`)).OnElements("p")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^steps$`)).OnElements("ol")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^check$`)).OnElements("ul")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^footnotes$`)).OnElements("section")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^num$`)).OnElements("th", "td")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("scope").Matching(regexp.MustCompile(`^(col|row)$`)).OnElements("th")
	p.AllowAttrs("role").Matching(regexp.MustCompile(`^region$`)).OnElements("div")
	p.AllowAttrs("tabindex").Matching(regexp.MustCompile(`^0$`)).OnElements("div")
	p.AllowAttrs("aria-label").OnElements("div", "section", "a")
	p.AllowAttrs("rel").Matching(regexp.MustCompile(`^noopener$`)).OnElements("a")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("src").Matching(regexp.MustCompile(`^/tep/`)).OnElements("img")
	p.AllowAttrs("alt").OnElements("img")
	p.AllowAttrs("loading").Matching(regexp.MustCompile(`^lazy$`)).OnElements("img")
	p.AllowURLSchemes("https", "http", "mailto", "tel")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	return p
}

// callouts are the four framed remarks, by the word of their marker.
var callouts = map[string]struct{ class, title, icon string }{
	"TIP":   {"callout", "Mẹo", iconTip},
	"MUST":  {"callout must", "Phải làm", iconMust},
	"NEVER": {"callout never", "Không được", iconNever},
	"WARN":  {"callout warn", "Dễ nhầm", iconWarn},
}

// The icons of the design.
const (
	iconOpen  = `<svg class="ico" viewBox="0 0 24 24" aria-hidden="true">`
	iconTip   = iconOpen + `<circle cx="12" cy="12" r="9"/><path d="M12 11v6m0-9.4v.2"/></svg>`
	iconMust  = iconOpen + `<path d="m4 12.5 5.5 5.5L20 6.5"/></svg>`
	iconNever = iconOpen + `<circle cx="12" cy="12" r="9"/><path d="M5.6 5.6l12.8 12.8"/></svg>`
	iconWarn  = iconOpen + `<path d="M12 3 2 20.5h20z"/><path d="M12 9.5v5m0 2.8v.2"/></svg>`
)

// A checklist is a form that goes nowhere: plain boxes without script, and the
// count, the memory and the buttons appear with it.
const (
	taskFoot      = `</span></label>`
	checklistFoot = `<p class="btns"><button class="btn quiet" type="button" data-clear data-js hidden>Bỏ hết dấu tích</button></p></form>`
)

func checklistHead(c checklist) string {
	return fmt.Sprintf(`<form class="card" data-checklist="%s">`+
		`<p data-js hidden>Đã xong <b data-count>%d/%d</b>. <span class="small muted">Dấu tích lưu trên máy này.</span></p>`+
		`<progress class="no-print" data-js hidden max="%d" value="%d" aria-label="Số việc đã xong">%d/%d</progress>`,
		html.EscapeString(c.key), c.done, c.total, c.total, c.done, c.done, c.total)
}

func taskHead(t task) string {
	checked := ""
	if t.done {
		checked = " checked"
	}
	return fmt.Sprintf(`<label><input type="checkbox" name="%s"%s><span>`, html.EscapeString(t.name), checked)
}
