package content

import (
	"fmt"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// RegisterFuncs implements renderer.NodeRenderer.
func (p *page) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindHeading, p.writeHeading)
	r.Register(kindRoleBlock, p.writeRoleBlock)
	r.Register(ast.KindParagraph, p.writeParagraph)
	r.Register(ast.KindTextBlock, p.writeTextBlock)
	r.Register(ast.KindList, p.writeList)
	r.Register(ast.KindListItem, p.writeItem)
	r.Register(ast.KindBlockquote, p.writeQuote)
	r.Register(ast.KindFencedCodeBlock, p.writeCode)
	r.Register(east.KindTable, p.writeTable)
	r.Register(east.KindTableHeader, p.writeTableHead)
	r.Register(east.KindTableRow, p.writeTableRow)
	r.Register(east.KindTableCell, p.writeTableCell)
	r.Register(east.KindTaskCheckBox, nothing)
	r.Register(east.KindFootnoteList, p.writeNotes)
	r.Register(east.KindFootnote, p.writeNote)
	r.Register(east.KindFootnoteLink, p.writeNoteRef)
	r.Register(east.KindFootnoteBacklink, p.writeNoteBack)
	r.Register(ast.KindText, p.writeText)
	r.Register(ast.KindLink, p.writeLink)
	r.Register(ast.KindAutoLink, p.writeAutoLink)
	r.Register(ast.KindImage, p.writeImage)
	r.Register(kindDirective, p.writeDirective)
}

// tags writes one text before the children of a node and one after them.
func tags(w util.BufWriter, entering bool, before, after string) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(before)
	} else {
		_, _ = w.WriteString(after)
	}
	return ast.WalkContinue, nil
}

// nothing is for nodes that others have written already.
func nothing(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
	return ast.WalkContinue, nil
}

func (p *page) writeHeading(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	level := n.(*ast.Heading).Level
	return tags(w, entering, fmt.Sprintf(`<h%d id="%s">`, level, p.anchors[n]), fmt.Sprintf("</h%d>\n", level))
}

func (p *page) writeParagraph(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if d, ok := n.FirstChild().(*directive); ok && d.standsAlone() {
		return ast.WalkContinue, nil
	}
	if p.isTask(n.Parent()) {
		return ast.WalkContinue, nil
	}
	return tags(w, entering, "<p>", "</p>\n")
}

// writeTextBlock writes the text of a tight list item; steps and footnotes have
// it in paragraphs.
func (p *page) writeTextBlock(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if list, ok := n.Parent().Parent().(*ast.List); ok && isSteps(list) {
		return tags(w, entering, "<p>", "</p>")
	}
	if n.NextSibling() != nil {
		return tags(w, entering, "", "\n")
	}
	return ast.WalkContinue, nil
}

// isSteps reports whether a list is drawn as numbered steps.
func isSteps(n *ast.List) bool { return n.IsOrdered() && isTopLevel(n.Parent()) }

// startOf is the attribute of a list that goes on where another ended.
func startOf(n *ast.List) string {
	if n.Start == 1 {
		return ""
	}
	return fmt.Sprintf(` start="%d"`, n.Start)
}

func (p *page) writeList(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.List)
	list, isChecklist := p.checklists[n]
	switch {
	case isChecklist && entering:
		p.put(w, checklistHead(list))
		return tags(w, entering, "\n<ul class=\"check\">\n", "")
	case isChecklist:
		_, _ = w.WriteString("</ul>\n")
		p.put(w, checklistFoot)
		return tags(w, entering, "", "\n")
	case isSteps(n):
		return tags(w, entering, `<ol class="steps"`+startOf(n)+">\n", "</ol>\n")
	case n.IsOrdered():
		return tags(w, entering, "<ol"+startOf(n)+">\n", "</ol>\n")
	}
	return tags(w, entering, "<ul>\n", "</ul>\n")
}

func (p *page) isTask(n ast.Node) bool {
	_, ok := p.tasks[n]
	return ok
}

func (p *page) writeItem(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !p.isTask(n) {
		return tags(w, entering, "<li>", "</li>\n")
	}
	if entering {
		_, _ = w.WriteString("<li>")
		p.put(w, taskHead(p.tasks[n]))
		return ast.WalkContinue, nil
	}
	p.put(w, taskFoot)
	return tags(w, entering, "", "</li>\n")
}

func (p *page) writeQuote(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	m, marked := p.markers[n]
	if !marked {
		return tags(w, entering, "<blockquote>\n", "</blockquote>\n")
	}
	if !entering {
		return tags(w, entering, "", "</div>\n")
	}
	c := callouts[m.word]
	_, _ = w.WriteString(`<div class="` + c.class + `"><p class="callout-title">`)
	p.put(w, c.icon)
	return tags(w, entering, " "+c.title+"</p>\n", "")
}

func (p *page) writeCode(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<pre><code>")
		_, _ = w.Write(util.EscapeHTML(n.Lines().Value(source)))
	}
	return tags(w, entering, "", "</code></pre>\n")
}

func (p *page) writeTable(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	name := util.EscapeHTML([]byte(p.tables[n]))
	after := "</table></div>\n"
	if n.ChildCount() > 1 {
		after = "</tbody>\n" + after
	}
	return tags(w, entering, fmt.Sprintf("<div class=\"scroll\" role=\"region\" aria-label=\"%s\" tabindex=\"0\"><table>\n", name), after)
}

func (p *page) writeTableHead(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	after := "</tr></thead>\n"
	if n.NextSibling() != nil {
		after += "<tbody>\n"
	}
	return tags(w, entering, "<thead><tr>", after)
}

func (p *page) writeTableRow(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	return tags(w, entering, "<tr>", "</tr>\n")
}

// writeTableCell makes head cells of the first row and the first column, unless
// they are empty: a nameless head helps nobody.
func (p *page) writeTableCell(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	tag, scope, class := "td", "", ""
	if n.FirstChild() != nil {
		if n.Parent().Kind() == east.KindTableHeader {
			tag, scope = "th", ` scope="col"`
		} else if n.PreviousSibling() == nil {
			tag, scope = "th", ` scope="row"`
		}
	}
	if n.(*east.TableCell).Alignment == east.AlignRight {
		class = ` class="num"`
	}
	return tags(w, entering, "<"+tag+scope+class+">", "</"+tag+">")
}

func (p *page) writeNotes(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	return tags(w, entering, "<section class=\"footnotes\" aria-label=\"Chú thích\"><ol>\n", "</ol></section>\n")
}

func (p *page) writeNote(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	return tags(w, entering, fmt.Sprintf(`<li id="chu-thich-%d">`, n.(*east.Footnote).Index), "</li>\n")
}
