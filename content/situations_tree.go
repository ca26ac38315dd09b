package content

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Node is a step of a situation: a question with its choices, or an end with
// what to do.
type Node struct {
	Anchor   string
	Title    string
	Number   string // "1" where it begins; "1.2" is its second choice
	Question bool
	Text     []Part   // of a question: what stands below it
	Choices  []Choice // of a question
	Do       []Part   // of an end: what to do, whom to call, what to write down, on what it rests
	Call     []Part
	Note     []Part
	Basis    []Part

	line int
}

// Choice leads from a question to another node.
type Choice struct {
	Label  string
	Anchor string
	Number string // of the node that it leads to

	line int
}

// The four parts of an end, in their order.
const (
	partDo    = "Làm gì"
	partCall  = "Gọi ai"
	partNote  = "Ghi lại gì"
	partBasis = "Căn cứ"
)

const (
	maxQuestionsDeep = 3  // questions one after another until an end
	maxTreeNodes     = 60 // of one situation
)

var (
	nodeHead   = regexp.MustCompile(`^## +(\S.*?)[ \t#]*$`)
	partHead   = regexp.MustCompile(`^### +(\S.*?)[ \t#]*$`)
	choiceLine = regexp.MustCompile(`^[-*] +\[([^\[\]]+)\]\(#([^()\s]+)\)\.?[ \t]*$`)
	htmlHead   = regexp.MustCompile(`<h([23]) id="(muc-[a-z0-9-]+)">`)
)

// readTree cuts the Markdown of a situation into nodes and refuses what is no
// tree that leads from the first node to advice.
func readTree(markdown string, firstLine int, body Body) ([]Node, error) {
	var nodes []Node
	var anchors []Heading
	for _, h := range body.Headings {
		if h.Level == 2 {
			anchors = append(anchors, h)
		}
	}
	lines := strings.Split(strings.ReplaceAll(markdown, "\r\n", "\n"), "\n")
	var starts []int
	for i, line := range lines {
		if nodeHead.MatchString(line) {
			starts = append(starts, i)
		}
	}
	switch {
	case len(starts) == 0:
		return nil, lineFault(firstLine, "tình huống chưa có câu hỏi hay cách xử lý. Hãy viết mỗi câu hỏi, mỗi cách xử lý dưới một tiêu đề “## …”.")
	case len(starts) > maxTreeNodes:
		return nil, lineFault(firstLine+starts[maxTreeNodes], "tình huống có hơn %d câu hỏi và cách xử lý. Hãy chia thành nhiều tình huống.", maxTreeNodes)
	case len(starts) != len(anchors):
		return nil, lineFault(firstLine+starts[0], "tiêu đề của câu hỏi và cách xử lý phải đứng đầu dòng, viết “## …”, không đặt trong khung hay danh sách.")
	}
	html := splitNodes(body.Parts)
	for i, start := range starts {
		end := len(lines)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		n := Node{Anchor: anchors[i].Anchor, Title: anchors[i].Text, line: firstLine + start}
		n.Question = strings.HasSuffix(n.Title, "?")
		read := n.readEnd
		if n.Question {
			read = n.readQuestion
		}
		if err := read(lines[start+1:end], html[n.Anchor]); err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
	}
	return nodes, (&tree{nodes: nodes}).check()
}

func (n *Node) fault(line int, format string, args ...any) error {
	return lineFault(line, "mục “%s”: %s", shorten(n.Title, maxLabelRunes), fmt.Sprintf(format, args...))
}

// readQuestion takes the choices from the end of a question.
func (n *Node) readQuestion(lines []string, parts []Part) error {
	for i, line := range lines {
		at := n.line + 1 + i
		m := choiceLine.FindStringSubmatch(line)
		switch {
		case m != nil:
			n.Choices = append(n.Choices, Choice{Label: strings.TrimSpace(m[1]), Anchor: m[2], line: at})
		case strings.TrimSpace(line) == "":
		case len(n.Choices) > 0 || strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "* ") || strings.HasPrefix(line, "###"):
			return n.fault(at, "dưới câu hỏi chỉ có lời giải thích rồi các lựa chọn, mỗi lựa chọn một dòng như “- [Có](#muc-…)”.")
		}
	}
	if len(n.Choices) < 2 {
		return n.fault(n.line, "câu hỏi cần ít nhất hai lựa chọn, mỗi lựa chọn một dòng như “- [Có](#muc-…)”.")
	}
	if len(parts) > 0 { // the list of choices is the last thing in the text
		last := &parts[len(parts)-1]
		at := strings.LastIndex(last.HTML, "<ul>")
		if last.Kind != PartHTML || at < 0 {
			return n.fault(n.line, "các lựa chọn phải là một danh sách ở cuối câu hỏi.")
		}
		last.HTML = strings.TrimSpace(last.HTML[:at])
		if last.HTML == "" {
			parts = parts[:len(parts)-1]
		}
	}
	n.Text = parts
	return nil
}

// readEnd takes the four parts of an end.
func (n *Node) readEnd(lines []string, parts []Part) error {
	filled := map[string]bool{}
	heads := map[string]int{}
	var order []string
	current := ""
	for i, line := range lines {
		at := n.line + 1 + i
		if m := partHead.FindStringSubmatch(line); m != nil {
			current = m[1]
			if !slices.Contains([]string{partDo, partCall, partNote, partBasis}, current) {
				return n.fault(at, "không có phần “%s”. Cách xử lý chỉ có bốn phần: Làm gì, Gọi ai, Ghi lại gì, Căn cứ; câu hỏi thì kết thúc bằng dấu hỏi.", shorten(current, maxLabelRunes))
			}
			if heads[current] != 0 {
				return n.fault(at, "phần “%s” viết hai lần. Hãy gộp lại.", current)
			}
			heads[current] = at
			order = append(order, current)
			continue
		}
		if strings.TrimSpace(line) == "" {
			continue
		}
		if current == "" {
			return n.fault(at, "chữ dưới tiêu đề phải nằm trong một phần, bắt đầu bằng “### Làm gì”. Nếu đây là câu hỏi, tiêu đề phải kết thúc bằng dấu hỏi.")
		}
		filled[current] = true
	}
	for _, name := range []string{partDo, partCall, partNote, partBasis} {
		switch {
		case heads[name] == 0:
			return n.fault(n.line, "thiếu phần “### %s”.", name)
		case !filled[name]:
			return n.fault(heads[name], "phần “%s” chưa có chữ.", name)
		}
	}
	pieces := splitParts(parts, "3")
	if len(pieces) != len(order)+1 {
		return n.fault(n.line, "tiêu đề “### …” phải đứng đầu dòng, không đặt trong khung hay danh sách.")
	}
	into := map[string]*[]Part{partDo: &n.Do, partCall: &n.Call, partNote: &n.Note, partBasis: &n.Basis}
	for i, name := range order {
		*into[name] = pieces[i+1].parts
	}
	return nil
}

// beforeNodes are the parts above the first second-level heading.
func beforeNodes(parts []Part) []Part { return splitParts(parts, "2")[0].parts }

func splitNodes(parts []Part) map[string][]Part {
	nodes := map[string][]Part{}
	for _, p := range splitParts(parts, "2")[1:] {
		nodes[p.anchor] = p.parts
	}
	return nodes
}

// cutParts is what stands below one heading of a rendered text.
type cutParts struct {
	anchor string
	parts  []Part
}

// splitParts cuts a rendered text at its headings of a level; the first piece
// is what stands above the first of them. The headings themselves are left out.
func splitParts(parts []Part, level string) []cutParts {
	list := []cutParts{{}}
	add := func(p Part) {
		if p.Kind == PartHTML {
			if p.HTML = strings.TrimLeft(p.HTML, "\n"); p.HTML == "" {
				return
			}
		}
		last := &list[len(list)-1]
		last.parts = append(last.parts, p)
	}
	closing := "</h" + level + ">"
	inside := false // a heading may hold no parts, yet be safe
	for _, p := range parts {
		if p.Kind != PartHTML {
			if !inside {
				add(p)
			}
			continue
		}
		rest := p.HTML
		for rest != "" {
			m := firstHead(rest, level)
			if m == nil {
				add(Part{Kind: PartHTML, HTML: rest})
				break
			}
			add(Part{Kind: PartHTML, HTML: rest[:m[0]]})
			list = append(list, cutParts{anchor: rest[m[4]:m[5]]})
			end := strings.Index(rest[m[1]:], closing)
			if end < 0 {
				inside, rest = true, ""
				break
			}
			rest = rest[m[1]+end+len(closing):]
		}
	}
	return list
}

func firstHead(html, level string) []int {
	for _, m := range htmlHead.FindAllStringSubmatchIndex(html, -1) {
		if html[m[2]:m[3]] == level {
			return m
		}
	}
	return nil
}

// tree walks the nodes from the first one.
type tree struct {
	nodes []Node
	at    map[string]int
	seen  []bool
	path  []int
}

// check refuses choices that lead nowhere, circles, nodes that nothing leads to
// and too many questions, and numbers the nodes.
func (t *tree) check() error {
	t.at, t.seen = map[string]int{}, make([]bool, len(t.nodes))
	for i, n := range t.nodes {
		t.at[n.Anchor] = i
	}
	for i := range t.nodes {
		for _, c := range t.nodes[i].Choices {
			if _, ok := t.at[c.Anchor]; !ok {
				return t.nodes[i].fault(c.line, "lựa chọn “%s” dẫn tới #%s, nhưng không có tiêu đề “## …” nào có neo đó.", shorten(c.Label, maxLabelRunes), shorten(c.Anchor, maxLabelRunes))
			}
		}
	}
	if err := t.walk(0, "1", 0); err != nil {
		return err
	}
	for i, n := range t.nodes {
		if !t.seen[i] {
			return n.fault(n.line, "không có lựa chọn nào dẫn tới mục này. Hãy thêm lựa chọn hoặc xóa mục.")
		}
	}
	for i := range t.nodes {
		for j := range t.nodes[i].Choices {
			c := &t.nodes[i].Choices[j]
			c.Number = t.nodes[t.at[c.Anchor]].Number
		}
	}
	return nil
}

// walk visits what a node leads to; deep is the number of questions above it.
func (t *tree) walk(i int, number string, deep int) error {
	n := &t.nodes[i]
	if slices.Contains(t.path, i) {
		return n.fault(n.line, "các lựa chọn đi vòng trở lại mục này. Hãy để mỗi lựa chọn dẫn tiếp tới cách xử lý.")
	}
	if n.Question {
		deep++
	}
	if deep > maxQuestionsDeep {
		return n.fault(n.line, "phải trả lời hơn %d câu hỏi mới tới cách xử lý. Hãy gộp bớt câu hỏi.", maxQuestionsDeep)
	}
	if !t.seen[i] {
		n.Number = number
	}
	t.seen[i] = true
	t.path = append(t.path, i)
	for j, c := range n.Choices {
		if err := t.walk(t.at[c.Anchor], fmt.Sprintf("%s.%d", number, j+1), deep); err != nil {
			return err
		}
	}
	t.path = t.path[:len(t.path)-1]
	return nil
}
