package content

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// roleBlock is a part of the text for some readers only:
//
//	::: vai-tro thu-ky, to-bau-cu
//	…
//	:::
type roleBlock struct {
	ast.BaseBlock
	roles  []Audience
	fault  string // what is wrong with its first line
	closed bool
	offset int
}

var kindRoleBlock = ast.NewNodeKind("RoleBlock")

// Kind implements ast.Node.
func (n *roleBlock) Kind() ast.NodeKind { return kindRoleBlock }

// Dump implements ast.Node.
func (n *roleBlock) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// labels are the roles in words: "Thư ký, Tổ bầu cử".
func (n *roleBlock) labels() string {
	var list []string
	for _, r := range n.roles {
		list = append(list, r.Label())
	}
	return strings.Join(list, ", ")
}

// openFor names those for whom the part is open: its readers, and trainers, who
// teach every role.
func (n *roleBlock) openFor() []string {
	var names []string
	for _, r := range n.roles {
		names = append(names, string(r))
	}
	if !slices.Contains(n.roles, trainer) {
		names = append(names, string(trainer))
	}
	return names
}

// roleBlockParser reads the fences. Anything that begins with them is a block, so
// that a slip becomes a fault instead of text.
type roleBlockParser struct{}

var roleFence = regexp.MustCompile(`^ {0,3}:::[ \t]*([^\r\n]*)`)

// Trigger implements parser.BlockParser.
func (roleBlockParser) Trigger() []byte { return []byte{':'} }

// Open implements parser.BlockParser.
func (roleBlockParser) Open(parent ast.Node, reader text.Reader, _ parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	m := roleFence.FindSubmatch(line)
	if m == nil {
		return nil, parser.NoChildren
	}
	n := &roleBlock{offset: segment.Start}
	n.roles, n.fault = readRoles(strings.TrimSpace(string(m[1])))
	if parent.Kind() == kindRoleBlock {
		n.fault = "khung dành cho vai trò không lồng vào nhau. Hãy đóng khung trước bằng dòng “:::”."
	} else if parent.Kind() != ast.KindDocument {
		n.fault = "khung dành cho vai trò phải đứng ngoài danh sách, khung và chú thích."
	}
	reader.AdvanceToEOL()
	if n.fault != "" { // never open, so that nobody can nest them a thousand deep
		return n, parser.NoChildren
	}
	return n, parser.HasChildren
}

// readRoles reads what follows the opening fence.
func readRoles(line string) ([]Audience, string) {
	if line == "" {
		return nil, "dòng “:::” này không đóng khung nào. Hãy xóa dòng, hoặc mở khung bằng “::: vai-tro thu-ky”."
	}
	word, list, _ := strings.Cut(line, " ")
	names := strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
	if word != "vai-tro" || len(names) == 0 {
		return nil, "không hiểu “::: " + shorten(line, maxLabelRunes) + "”. Hãy viết “::: vai-tro” rồi mã vai trò, ví dụ “::: vai-tro thu-ky”."
	}
	var roles []Audience
	seen := map[string]bool{}
	for _, name := range names {
		if Audience(name).Label() == "" {
			return nil, "không có vai trò “" + shorten(name, maxLabelRunes) + "”. Các mã: " + allAudiences() + "."
		}
		if !seen[name] {
			seen[name] = true
			roles = append(roles, Audience(name))
		}
	}
	return roles, ""
}

func allAudiences() string { return strings.ReplaceAll(joinList(Audiences()), "\n", ", ") }

// Continue implements parser.BlockParser.
func (roleBlockParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	if node.(*roleBlock).fault != "" {
		return parser.Close
	}
	line, _ := reader.PeekLine()
	if m := roleFence.FindSubmatch(line); m != nil && len(bytes.TrimSpace(m[1])) == 0 {
		node.(*roleBlock).closed = true
		reader.AdvanceToEOL()
		return parser.Close
	}
	return parser.Continue | parser.HasChildren
}

// Close implements parser.BlockParser.
func (roleBlockParser) Close(ast.Node, text.Reader, parser.Context) {}

// CanInterruptParagraph implements parser.BlockParser.
func (roleBlockParser) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine implements parser.BlockParser.
func (roleBlockParser) CanAcceptIndentedLine() bool { return false }

func (p *page) checkRoleBlock(n *roleBlock) error {
	switch {
	case n.fault != "":
		return p.invalid(n.offset, "%s", n.fault)
	case !n.closed:
		return p.invalid(n.offset, "khung dành cho %s chưa đóng. Hãy thêm một dòng “:::” ở cuối khung.", n.labels())
	case n.ChildCount() == 0:
		return p.invalid(n.offset, "khung dành cho %s chưa có chữ.", n.labels())
	}
	return nil
}

// isTopLevel reports whether what stands in parent stands in the text itself, or
// in the part of a role.
func isTopLevel(parent ast.Node) bool {
	return parent.Kind() == ast.KindDocument || parent.Kind() == kindRoleBlock
}

func (p *page) writeRoleBlock(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*roleBlock)
	if !entering {
		p.put(w, roleFoot)
		return tags(w, entering, "", "\n")
	}
	p.put(w, fmt.Sprintf(roleHead, html.EscapeString(strings.Join(n.openFor(), " ")), html.EscapeString(n.labels())))
	return tags(w, entering, "\n", "")
}

// The part of a role is open for everybody; a page folds it for who chose another.
const (
	roleHead = `<section class="for-role" data-roles="%s"><details open><summary>Dành cho: %s</summary>`
	roleFoot = `</details></section>`
)

var roleOpening = regexp.MustCompile(`<section class="for-role" data-roles="([a-z -]+)"><details open>`)

// ForRole folds the parts of rendered HTML that are for other readers. Authors
// cannot write the markup that it looks for.
func ForRole(html string, role Audience) string {
	if role == "" || !strings.Contains(html, `class="for-role"`) {
		return html
	}
	return roleOpening.ReplaceAllStringFunc(html, func(head string) string {
		for _, name := range strings.Fields(roleOpening.FindStringSubmatch(head)[1]) {
			if name == string(role) {
				return head
			}
		}
		return strings.TrimSuffix(head, " open>") + ">"
	})
}
