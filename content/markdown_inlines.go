package content

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

var (
	// besideNumbers are words that must not part from their number at a line's end.
	besideNumbers = regexp.MustCompile(`(?:Điều|điều|Khoản|khoản|Mẫu|mẫu|Câu|câu|Chương|chương|Mục|mục) \d|\d+ giờ(?: \d{1,2}(?: phút)?)?|\d (?:phút|ngày|tháng|tuổi|mét|km|cm|m)\b`)
	// besideLetters finds the letter of a point, never the first letter of a word.
	besideLetters = regexp.MustCompile(`(?:Điểm|điểm) [a-zđ](?:[ ,.;:)]|$)`)
	noBreak       = []byte("\u00a0")
)

// withNoBreaks keeps "Điều 34", "điểm a" and "7 giờ 30" on one line.
func withNoBreaks(text []byte) []byte {
	text = besideNumbers.ReplaceAllFunc(text, func(m []byte) []byte { return bytes.ReplaceAll(m, []byte(" "), noBreak) })
	return besideLetters.ReplaceAllFunc(text, func(m []byte) []byte { return bytes.Replace(m, []byte(" "), noBreak, 1) })
}

func (p *page) writeText(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Text)
	value := n.Segment.Value(source)
	if n.IsRaw() {
		html.DefaultWriter.RawWrite(w, value)
	} else {
		html.DefaultWriter.Write(w, withNoBreaks(value))
	}
	switch {
	case n.HardLineBreak():
		_, _ = w.WriteString("<br>\n")
	case n.SoftLineBreak():
		_ = w.WriteByte('\n')
	}
	return ast.WalkContinue, nil
}

// linkTag is the opening tag of a link to a checked address.
func (p *page) linkTag(n ast.Node) string {
	target, rel := p.targets[n], ""
	if isExternal(target) {
		rel = ` rel="noopener"`
	}
	return fmt.Sprintf(`<a href="%s"%s>`, util.EscapeHTML([]byte(target)), rel)
}

func (p *page) writeLink(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	return tags(w, entering, p.linkTag(n), "</a>")
}

func (p *page) writeAutoLink(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	label := util.EscapeHTML(n.(*ast.AutoLink).Label(source))
	return tags(w, entering, p.linkTag(n)+string(label), "</a>")
}

func (p *page) writeImage(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = fmt.Fprintf(w, `<img src="%s" alt="%s" loading="lazy">`, util.EscapeHTML([]byte(p.targets[n])), util.EscapeHTML([]byte(p.inlineText(n))))
	}
	return ast.WalkSkipChildren, nil
}

func (p *page) writeDirective(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		p.putPart(w, n.(*directive).part())
	}
	return ast.WalkContinue, nil
}

func (d *directive) part() Part {
	if d.kind == PartSelfCheck {
		return Part{Kind: d.kind, Keys: d.keys}
	}
	return Part{Kind: d.kind, Key: strings.Join(d.keys, "")}
}

// noteRefID is the id of the place in the text that refers to a footnote.
func noteRefID(note, reference int) string {
	if reference == 1 {
		return fmt.Sprintf("chu-thich-%d-tu", note)
	}
	return fmt.Sprintf("chu-thich-%d-tu-%d", note, reference)
}

func (p *page) writeNoteRef(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if note := n.(*east.FootnoteLink).Index; entering {
		_, _ = fmt.Fprintf(w, `<sup><a href="#chu-thich-%d" id="%s" aria-label="Chú thích %d">%d</a></sup>`, note, noteRefID(note, p.noteRefs[n]), note, note)
	}
	return ast.WalkContinue, nil
}

// writeNoteBack writes the way back to each place that refers to the footnote.
func (p *page) writeNoteBack(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	back := n.(*east.FootnoteBacklink)
	if !entering || back.RefIndex >= p.notes[back.Index] {
		return ast.WalkContinue, nil
	}
	place := ""
	if p.notes[back.Index] > 1 {
		place = fmt.Sprintf(", lần %d", back.RefIndex+1)
	}
	_, _ = fmt.Fprintf(w, ` <a href="#%s" aria-label="Quay lại chỗ chú thích %d%s">↑</a>`, noteRefID(back.Index, back.RefIndex+1), back.Index, place)
	return ast.WalkContinue, nil
}
