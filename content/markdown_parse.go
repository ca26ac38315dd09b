package content

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// parser is CommonMark without raw HTML, with tables, task lists, footnotes,
// callouts and our directives.
func (p *page) parser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(roleBlockParser{}, 850),
			util.Prioritized(extension.NewFootnoteBlockParser(), 999),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(directiveParser{}, 50),
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(extension.NewFootnoteParser(), 101),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewEmphasisParser(), 500),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(markerTransformer{p}, 50),
			util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
}

// marker is the first line of a callout: > [!MUST].
type marker struct {
	word   string
	rest   string // what follows on the same line, which is a mistake
	offset int
}

var markerLine = regexp.MustCompile(`^\[!([^\]\n]{0,40})\][ \t]*([^\n]*)`)

// markerTransformer takes the marker line away from the first paragraph of a
// blockquote and notes it.
type markerTransformer struct{ page *page }

// Transform implements parser.ParagraphTransformer.
func (t markerTransformer) Transform(node *ast.Paragraph, reader text.Reader, _ parser.Context) {
	quote, ok := node.Parent().(*ast.Blockquote)
	lines := node.Lines()
	if !ok || quote.FirstChild() != node || lines.Len() == 0 {
		return
	}
	first := lines.At(0)
	m := markerLine.FindSubmatch(bytes.TrimLeft(first.Value(reader.Source()), " \t"))
	if m == nil {
		return
	}
	t.page.markers[quote] = marker{word: string(m[1]), rest: strings.TrimSpace(string(m[2])), offset: first.Start}
	if lines.Len() == 1 {
		quote.RemoveChild(quote, node)
		return
	}
	lines.SetSliced(1, lines.Len())
}

// directive is {{name:keys}} in the text. One that is not written rightly has no
// kind.
type directive struct {
	ast.BaseInline
	kind   PartKind
	keys   []string
	raw    string
	offset int
}

var kindDirective = ast.NewNodeKind("Directive")

// Kind implements ast.Node.
func (d *directive) Kind() ast.NodeKind { return kindDirective }

// Dump implements ast.Node.
func (d *directive) Dump(source []byte, level int) {
	ast.DumpHelper(d, source, level, map[string]string{"raw": d.raw}, nil)
}

// standsAlone reports whether the directive is a block of its own.
func (d *directive) standsAlone() bool { return d.kind == PartPlan || d.kind == PartSelfCheck }

var (
	directiveNames   = map[string]PartKind{"sơ-đồ": PartPlan, "tự-kiểm-tra": PartSelfCheck, "hạn": PartDeadline, "gọi": PartContact}
	directivePattern = regexp.MustCompile(`^\{\{([^:{}]{1,40}):([a-z0-9, -]{1,1000})\}\}`)
	directiveKey     = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
)

type directiveParser struct{}

// Trigger implements parser.InlineParser.
func (directiveParser) Trigger() []byte { return []byte{'{'} }

// Parse implements parser.InlineParser.
func (directiveParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if !bytes.HasPrefix(line, []byte("{{")) {
		return nil
	}
	d := &directive{offset: segment.Start, raw: strings.TrimSpace(string(line[:min(len(line), 60)]))}
	m := directivePattern.FindSubmatch(line)
	if m == nil {
		block.Advance(2)
		return d
	}
	d.raw = string(m[0])
	d.kind, d.keys = readDirective(string(m[1]), string(m[2]))
	block.Advance(len(m[0]))
	return d
}

// readDirective gives no kind for an unknown name or a key that is none.
func readDirective(name, list string) (PartKind, []string) {
	kind, keys := directiveNames[name], strings.Split(list, ",")
	for i, key := range keys {
		keys[i] = strings.TrimSpace(key)
		if !directiveKey.MatchString(keys[i]) || len(keys[i]) > maxKeyBytes {
			return "", nil
		}
	}
	if kind != PartSelfCheck && len(keys) > 1 || len(keys) > maxSelfCheckKeys {
		return "", nil
	}
	return kind, keys
}
