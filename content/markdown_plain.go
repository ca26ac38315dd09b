package content

import (
	"bufio"
	"bytes"
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	mdhtml "github.com/yuin/goldmark/renderer/html"
)

// sections is the plain text of the document, cut at its second-level headings.
// Footnotes go to the section that refers to them first.
func (p *page) sections(doc ast.Node) []Section {
	w := plainWriter{page: p, noteAt: map[int]int{}, list: []Section{{}}, texts: []*strings.Builder{{}}}
	w.blocks(doc)
	var list []Section
	for i, s := range w.list {
		if s.Text = w.texts[i].String(); s.Text != "" || s.Anchor != "" {
			list = append(list, s)
		}
	}
	return list
}

func countWords(sections []Section) int {
	words := 0
	for _, s := range sections {
		words += len(strings.Fields(s.Heading)) + len(strings.Fields(s.Text))
	}
	return words
}

// plainWriter gathers text by section, one line a block.
type plainWriter struct {
	page   *page
	list   []Section
	texts  []*strings.Builder
	noteAt map[int]int // footnote → its section
}

func (w *plainWriter) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		w.block(n)
	}
}

func (w *plainWriter) block(n ast.Node) {
	last := len(w.list) - 1
	switch n := n.(type) {
	case *ast.Heading:
		w.heading(n)
	case *ast.Paragraph, *ast.TextBlock:
		w.line(last, n)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		w.write(last, string(n.Lines().Value(w.page.source)))
	case *east.Table:
		if n.PreviousSibling() != nil && n.PreviousSibling().Kind() == east.KindTable {
			w.texts[last].WriteString("\n") // or the two would read as one
		}
		for row := n.FirstChild(); row != nil; row = row.NextSibling() {
			w.row(row)
		}
	case *east.Footnote:
		at, ok := w.noteAt[n.Index]
		if !ok {
			at = last
		}
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			w.line(at, c)
		}
	default:
		w.blocks(n)
	}
}

func (w *plainWriter) heading(n *ast.Heading) {
	if n.Level != 2 {
		w.line(len(w.list)-1, n)
		return
	}
	w.list = append(w.list, Section{Anchor: w.page.anchors[n], Heading: w.page.inlineText(n)})
	w.texts = append(w.texts, &strings.Builder{})
	w.noteRefs(len(w.list)-1, n)
}

func (w *plainWriter) row(row ast.Node) {
	var cells []string
	for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
		w.noteRefs(len(w.list)-1, cell)
		cells = append(cells, w.page.inlineText(cell))
	}
	w.write(len(w.list)-1, strings.Join(cells, " | "))
}

func (w *plainWriter) line(section int, n ast.Node) {
	w.noteRefs(section, n)
	w.write(section, w.page.inlineText(n))
}

func (w *plainWriter) write(section int, text string) {
	if text = strings.Join(strings.Fields(text), " "); text != "" {
		w.texts[section].WriteString(text + "\n")
	}
}

// noteRefs notes the section of each footnote that n refers to first.
func (w *plainWriter) noteRefs(section int, n ast.Node) {
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if ref, ok := n.(*east.FootnoteLink); ok && entering {
			if _, known := w.noteAt[ref.Index]; !known {
				w.noteAt[ref.Index] = section
			}
		}
		return ast.WalkContinue, nil
	})
}

// inlineText is the text inside a block on one line, without marks, references
// to footnotes and directives; where a date stands, it has an ellipsis.
func (p *page) inlineText(n ast.Node) string {
	var b strings.Builder
	p.writeInlineText(&b, n)
	return strings.Join(strings.Fields(b.String()), " ")
}

func (p *page) writeInlineText(b *strings.Builder, parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			value := n.Segment.Value(p.source)
			if parent.Kind() == ast.KindCodeSpan || n.IsRaw() {
				b.Write(value)
			} else {
				b.WriteString(resolved(value))
			}
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.AutoLink:
			b.Write(n.Label(p.source))
		case *directive:
			if n.kind == PartDeadline { // a date that depends on election day
				b.WriteString(p.plainDate(n))
			}
			if n.kind == PartContact {
				b.WriteString(contactLabels[strings.Join(n.keys, "")])
			}
		default:
			p.writeInlineText(b, n)
			if n.Type() == ast.TypeBlock {
				b.WriteByte(' ')
			}
		}
	}
}

// resolved is text as readers see it: backslashes and entities done with.
func resolved(value []byte) string {
	if !bytes.ContainsAny(value, `\&`) {
		return string(value)
	}
	var out bytes.Buffer
	w := bufio.NewWriter(&out)
	mdhtml.DefaultWriter.Write(w, value)
	_ = w.Flush()
	return html.UnescapeString(out.String())
}

// plainDate stands in plain text for a date that depends on election day.
func (p *page) plainDate(d *directive) string {
	if deadline, ok := DeadlineByKey(d.keys[0]); ok && p.election.Day != "" {
		return deadline.Words(p.election)
	}
	return "…"
}
