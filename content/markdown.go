package content

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"sotay/internal/fault"
	"sotay/internal/viet"
)

// RendererVersion counts the changes of what Render makes of a text, and of what
// is read from it as cited. Stored bodies of an older version are rendered again.
const RendererVersion = 5

// Render turns Markdown of at most limit bytes into a body. What breaks a rule
// is a fault.Invalid whose sentence names the line.
//
//	body, err := Render("## Hòm phiếu phụ\n\n> [!NEVER]\n> Mở niêm phong trước giờ.", MaxGuideBytes)
func Render(source string, limit int) (Body, error) { return renderAt(source, 1, limit) }

// renderAt is Render for Markdown that begins at firstLine of its file, so that
// faults name the line of the file.
func renderAt(source string, firstLine, limit int) (body Body, err error) {
	defer func() {
		if r := recover(); r != nil { // a bug of the parser must not end the process
			body, err = Body{}, fmt.Errorf("render Markdown: %v", r)
		}
	}()
	source = strings.ReplaceAll(source, "\r\n", "\n")
	if err := checkSource(source, firstLine, limit); err != nil {
		return Body{}, err
	}
	p := newPage(viet.NFC(source), firstLine)
	doc := p.parser().Parse(text.NewReader(p.source))
	partLists(doc)
	p.linkCitations(doc)
	if err := p.check(doc); err != nil {
		return Body{}, err
	}
	parts, err := p.parts(doc)
	if err != nil {
		return Body{}, err
	}
	body = Body{Parts: parts, Headings: p.headings, Sections: p.sections(doc), Links: p.links}
	body.Words = countWords(body.Sections)
	return body, nil
}

// page is one Markdown text on its way to a body: what the check found out
// about the nodes, for the renderers.
type page struct {
	source    []byte
	firstLine int
	election  Election // writes dates into plain text where it is known

	markers    map[ast.Node]marker       // blockquotes that begin with [!WORD]
	anchors    map[ast.Node]string       // headings
	targets    map[ast.Node]string       // links and images: the checked address
	checklists map[ast.Node]checklist    // lists of tasks
	tasks      map[ast.Node]task         // items of those lists
	tables     map[ast.Node]string       // the name of each table
	notes      map[int]int               // footnote → how often it is referred to
	noteRefs   map[ast.Node]int          // reference to a footnote → which of these it is, from 1
	headings   []Heading                 // in order
	links      []string                  // on this site, in order, each once
	taken      map[string]map[string]int // names given so far, by kind of name
	pieces     []piece                   // what placeholders stand for
}

func newPage(source string, firstLine int) *page {
	return &page{
		source: []byte(source), firstLine: firstLine,
		markers: map[ast.Node]marker{}, anchors: map[ast.Node]string{}, targets: map[ast.Node]string{},
		checklists: map[ast.Node]checklist{}, tasks: map[ast.Node]task{}, tables: map[ast.Node]string{},
		notes: map[int]int{}, noteRefs: map[ast.Node]int{}, taken: map[string]map[string]int{},
	}
}

// invalid is a fault at a place in the source.
func (p *page) invalid(offset int, format string, args ...any) error {
	offset = max(0, min(offset, len(p.source)))
	line := p.firstLine + bytes.Count(p.source[:offset], []byte("\n"))
	return lineFault(line, format, args...)
}

func lineFault(line int, format string, args ...any) error {
	return fault.Invalid(fmt.Sprintf("Dòng %d: ", line) + fmt.Sprintf(format, args...))
}

// unique gives name, or name-2, name-3 … when it is taken among its kind.
func (p *page) unique(kind, name string) string {
	if p.taken[kind] == nil {
		p.taken[kind] = map[string]int{}
	}
	taken, result := p.taken[kind], name
	for taken[result] > 0 {
		taken[name]++
		result = fmt.Sprintf("%s-%d", name, taken[name])
	}
	taken[result] = 1
	return result
}

// write renders the checked document; placeholders stand for what the sanitiser
// does not let pass.
func (p *page) write(doc ast.Node) ([]byte, error) {
	nodes := renderer.WithNodeRenderers(util.Prioritized(html.NewRenderer(), 1000), util.Prioritized(p, 100))
	var out cappedBuffer
	if err := renderer.NewRenderer(nodes).Render(&out, p.source, doc); err != nil {
		if errors.Is(err, errBodyTooLong) {
			return nil, bodyTooLong()
		}
		return nil, fmt.Errorf("render Markdown: %w", err)
	}
	return out.Bytes(), nil
}

var errBodyTooLong = errors.New("rendered text is too long")

func bodyTooLong() error {
	return fault.Invalid(fmt.Sprintf("Văn bản sau khi trình bày dài quá %d MiB. Hãy chia nhỏ bài hoặc bảng.", MaxBodyBytes>>20))
}

// cappedBuffer refuses to grow beyond MaxBodyBytes.
type cappedBuffer struct{ bytes.Buffer }

// Write appends, or fails when it would become too long.
func (b *cappedBuffer) Write(data []byte) (int, error) {
	if b.Len()+len(data) > MaxBodyBytes {
		return 0, errBodyTooLong
	}
	return b.Buffer.Write(data)
}
