package content

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"sotay/internal/viet"
)

// checklist is a list of tasks, kept on the reader's device under its key.
type checklist struct {
	key         string
	done, total int
}

// task is an item of a checklist.
type task struct {
	name string
	done bool
}

func (p *page) checkList(n *ast.List) error {
	if taskBox(n.FirstChild()) == nil || n.IsOrdered() || !isTopLevel(n.Parent()) {
		return nil
	}
	list := checklist{key: p.unique("checklist", p.lastAnchor("bang-kiem"))}
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		box := taskBox(item)
		if box == nil {
			return p.invalid(offsetOf(item), "bảng kiểm có mục thiếu ô đánh dấu. Hãy viết “- [ ]” trước mọi mục.")
		}
		text := p.inlineText(item.FirstChild())
		if item.ChildCount() != 1 || text == "" {
			return p.invalid(offsetOf(item), "mỗi mục của bảng kiểm là một đoạn chữ. Hãy tách phần khác ra ngoài bảng kiểm.")
		}
		p.tasks[item] = task{name: p.unique("task of "+list.key, strings.TrimSuffix("viec-"+viet.Slug(text), "-")), done: box.IsChecked}
		if list.total++; box.IsChecked {
			list.done++
		}
	}
	p.checklists[n] = list
	return nil
}

func (p *page) lastAnchor(otherwise string) string {
	if len(p.headings) == 0 {
		return otherwise
	}
	return p.headings[len(p.headings)-1].Anchor
}

// taskBox is the box at the front of a list item, or nil.
func taskBox(item ast.Node) *east.TaskCheckBox {
	if item == nil || item.FirstChild() == nil {
		return nil
	}
	box, _ := item.FirstChild().FirstChild().(*east.TaskCheckBox)
	return box
}

// checkTask finds boxes outside of checklists.
func (p *page) checkTask(n *east.TaskCheckBox) error {
	if _, ok := p.tasks[n.Parent().Parent()]; !ok {
		return p.invalid(offsetOf(n.Parent()), "ô đánh dấu chỉ dùng trong danh sách gạch đầu dòng đứng ngoài khung và danh sách khác.")
	}
	return nil
}

// partLists parts tasks from ordinary items where a blank line stands between
// them: Markdown makes one list of both, the author meant two.
func partLists(doc ast.Node) {
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if list, ok := n.(*ast.List); ok && !list.IsOrdered() {
			partList(doc, list)
		}
		if n.Kind() == kindRoleBlock {
			partLists(n)
		}
	}
}

func partList(doc ast.Node, list *ast.List) {
	lists := []*ast.List{list}
	var before ast.Node
	for item := list.FirstChild(); item != nil; {
		last, next := lists[len(lists)-1], item.NextSibling()
		if before != nil && item.HasBlankPreviousLines() && (taskBox(item) == nil) != (taskBox(before) == nil) {
			rest := ast.NewList(list.Marker)
			doc.InsertAfter(doc, last, rest)
			lists, last = append(lists, rest), rest
		}
		if last != list {
			last.AppendChild(last, item)
		}
		before, item = item, next
	}
	for _, part := range lists {
		if len(lists) > 1 {
			tighten(part)
		}
	}
}

// tighten takes the paragraphs out of the items of a list that had blank lines
// only where it was split.
func tighten(list *ast.List) {
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		if item != list.FirstChild() && item.HasBlankPreviousLines() || item.ChildCount() > 1 {
			return
		}
	}
	list.IsTight = true
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		paragraph, ok := item.FirstChild().(*ast.Paragraph)
		if !ok {
			continue
		}
		text := ast.NewTextBlock()
		text.SetLines(paragraph.Lines())
		for c := paragraph.FirstChild(); c != nil; c = paragraph.FirstChild() {
			text.AppendChild(text, c)
		}
		item.ReplaceChild(item, paragraph, text)
	}
}
