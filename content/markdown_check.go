package content

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"sotay/internal/viet"
)

// check walks the parsed text once: it finds what breaks a rule and notes what
// the renderers need to know.
func (p *page) check(doc ast.Node) error {
	depth := 0
	return ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if nests(n) {
			if !entering {
				depth--
				return ast.WalkContinue, nil
			}
			if depth++; depth > maxNesting {
				return ast.WalkStop, p.invalid(offsetOf(n), "chữ, danh sách hoặc khung lồng nhau quá %d tầng. Hãy viết phẳng hơn.", maxNesting)
			}
		}
		if !entering {
			return ast.WalkContinue, nil
		}
		return ast.WalkContinue, p.checkNode(n)
	})
}

func nests(n ast.Node) bool {
	switch n.(type) {
	case *ast.Blockquote, *roleBlock, *ast.List, *ast.Emphasis, *ast.Link, *ast.Image, *east.Footnote:
		return true
	}
	return false
}

func (p *page) checkNode(n ast.Node) error {
	switch n := n.(type) {
	case *ast.Heading:
		return p.checkHeading(n)
	case *ast.Blockquote:
		return p.checkCallout(n)
	case *roleBlock:
		return p.checkRoleBlock(n)
	case *ast.List:
		return p.checkList(n)
	case *east.TaskCheckBox:
		return p.checkTask(n)
	case *east.Table:
		return p.checkTable(n)
	case *ast.Link:
		return p.checkLink(n, string(n.Destination))
	case *ast.AutoLink:
		return p.checkAutoLink(n)
	case *ast.Image:
		return p.checkImage(n)
	case *ast.Text:
		return p.checkText(n)
	case *directive:
		return p.checkDirective(n)
	case *east.FootnoteLink:
		p.notes[n.Index]++
		p.noteRefs[n] = p.notes[n.Index]
		return p.checkOutsideLink(n)
	}
	return nil
}

// offsetOf is where in the source a node begins, as far as that is known.
func offsetOf(n ast.Node) int {
	for ; n != nil; n = n.Parent() {
		if d, ok := n.(*directive); ok {
			return d.offset
		}
		if pos := n.Pos(); pos >= 0 && n.Kind() != ast.KindDocument {
			return pos
		}
		if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
			return n.Lines().At(0).Start
		}
	}
	return 0
}

var headingNumber = regexp.MustCompile(`^([0-9]+\.)+\s+`)

func (p *page) checkHeading(n *ast.Heading) error {
	text := p.inlineText(n)
	slug := viet.Slug(headingNumber.ReplaceAllString(text, ""))
	switch {
	case n.Level == 1:
		return p.invalid(offsetOf(n), "tiêu đề cấp một (#) là tên bài, không viết trong bài. Hãy dùng ## hoặc ###.")
	case n.Level > 3:
		return p.invalid(offsetOf(n), "chỉ dùng tiêu đề ## và ###. Hãy bớt dấu #.")
	case n.Parent().Kind() != ast.KindDocument:
		return p.invalid(offsetOf(n), "tiêu đề phải đứng ngoài danh sách, khung và chú thích.")
	case slug == "":
		return p.invalid(offsetOf(n), "tiêu đề phải có chữ.")
	}
	anchor := p.unique("heading", "muc-"+slug)
	p.anchors[n] = anchor
	p.headings = append(p.headings, Heading{Level: n.Level, Anchor: anchor, Text: text})
	return nil
}

func (p *page) checkCallout(n *ast.Blockquote) error {
	m, marked := p.markers[n]
	switch {
	case !marked:
		return nil
	case callouts[m.word].title == "":
		return p.invalid(m.offset, "không có khung [!%s]. Hãy dùng [!TIP], [!MUST], [!NEVER] hoặc [!WARN].", m.word)
	case m.rest != "":
		return p.invalid(m.offset, "hãy để [!%s] riêng một dòng, chữ của khung ở dòng dưới.", m.word)
	case n.ChildCount() == 0:
		return p.invalid(m.offset, "khung [!%s] chưa có chữ.", m.word)
	}
	return nil
}

func (p *page) checkTable(n *east.Table) error {
	if len(n.Alignments) > maxTableColumns {
		return p.invalid(offsetOf(n), "bảng rộng quá %d cột. Hãy chia bảng.", maxTableColumns)
	}
	var heads []string
	for cell := n.FirstChild().FirstChild(); cell != nil && len(heads) < 3; cell = cell.NextSibling() {
		if text := p.inlineText(cell); text != "" {
			heads = append(heads, text)
		}
	}
	name := strings.TrimSuffix("Bảng: "+shorten(strings.Join(heads, ", "), maxLabelRunes), ": ")
	if again := p.unique("table", name); again != name {
		name += " (bảng thứ " + strings.TrimPrefix(again, name+"-") + ")"
	}
	p.tables[n] = name
	return nil
}

var noteRef = regexp.MustCompile(`^\[\^[^\]\s]{1,40}\]`)

// checkText finds references to footnotes that do not exist: the parser leaves
// them as text.
func (p *page) checkText(n *ast.Text) error {
	if n.IsRaw() || n.Parent().Kind() == ast.KindCodeSpan {
		return nil
	}
	for i := n.Segment.Start; i < n.Segment.Stop; i++ {
		if p.source[i] != '[' || i > 0 && p.source[i-1] == '\\' {
			continue
		}
		if ref := noteRef.Find(p.source[i:]); ref != nil {
			return p.invalid(i, "chú thích %s chưa có lời. Hãy thêm đoạn “%s: …”.", ref, ref)
		}
	}
	return nil
}

// shorten cuts a text between words.
func shorten(text string, runes int) string {
	all := []rune(text)
	if len(all) <= runes {
		return text
	}
	cut := string(all[:runes])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return cut + "…"
}

func (p *page) checkDirective(d *directive) error {
	if d.kind == "" {
		return p.invalid(d.offset, "không hiểu %s. Hãy viết {{hạn:khóa}}, {{sơ-đồ:khóa}}, {{gọi:khóa}} hoặc {{tự-kiểm-tra:khóa,khóa}}; khóa gồm a-z, 0-9 và gạch ngang.", d.raw)
	}
	if d.standsAlone() {
		parent := d.Parent()
		if parent.Kind() != ast.KindParagraph || parent.ChildCount() != 1 || parent.Parent().Kind() != ast.KindDocument {
			return p.invalid(d.offset, "%s phải đứng riêng một dòng, trước và sau có dòng trống.", d.raw)
		}
		return nil
	}
	for n := d.Parent(); n != nil; n = n.Parent() {
		if n.Kind() == ast.KindHeading || n.Kind() == ast.KindImage {
			return p.invalid(d.offset, "%s không dùng được trong tiêu đề hoặc tên hình.", d.raw)
		}
	}
	return nil
}
