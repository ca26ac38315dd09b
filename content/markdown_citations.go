package content

import (
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// spoken are the documents that people name in running text, by what they call
// them, and their addresses. Others are cited by a link or in the front matter.
var spoken = []struct{ name, slug string }{
	{"Luật số 85/2015/QH13", "85-2015-qh13"}, {"Luật 85/2015/QH13", "85-2015-qh13"}, {"Luật Bầu cử", "85-2015-qh13"},
	{"Luật số 83/2025/QH15", "83-2025-qh15"}, {"Luật 83/2025/QH15", "83-2025-qh15"},
	{"Thông tư số 21/2025/TT-BNV", "21-2025-tt-bnv"}, {"Thông tư 21/2025/TT-BNV", "21-2025-tt-bnv"}, {"Thông tư 21", "21-2025-tt-bnv"},
	{"Nghị quyết số 40/NQ-HĐBCQG", "40-nq-hdbcqg"}, {"Nghị quyết 40/NQ-HĐBCQG", "40-nq-hdbcqg"}, {"Nghị quyết 40", "40-nq-hdbcqg"},
}

const (
	spokenArticle = `(?:[Đđ]iểm ([a-zđ]),? )?(?:[Kk]hoản ([0-9]{1,2}),? )?[Đđ]iều ([0-9]{1,3})(?:,? khoản ([0-9]{1,2}))?(?:,? điểm ([a-zđ]))?`
	spokenForm    = `Mẫu (?:số )?0?([0-9]{1,2})`
)

// lawThenProvision and provisionThenLaw are the two orders in which a citation
// is said: "Luật Bầu cử, Điều 69 khoản 4" and "khoản 4 Điều 69 của Luật Bầu cử".
var (
	lawThenProvision = regexp.MustCompile(`(` + spokenNames() + `)(?:,| về)? (?:` + spokenArticle + `|` + spokenForm + `)`)
	provisionThenLaw = regexp.MustCompile(`(?:` + spokenArticle + `|` + spokenForm + `),?(?: của| theo)? (` + spokenNames() + `)`)
)

func spokenNames() string {
	var names []string
	for _, s := range spoken {
		names = append(names, regexp.QuoteMeta(s.name))
	}
	return strings.Join(names, "|")
}

// mention is a citation in running text: where it stands and where it leads.
type mention struct {
	start, stop int
	address     string
}

// mentions finds the citations of a text, in order.
func mentions(line string) []mention {
	var list []mention
	for _, order := range []struct {
		pattern *regexp.Regexp
		law     int // the group that names the document
		first   int // of the provision's groups
	}{{lawThenProvision, 1, 2}, {provisionThenLaw, 7, 1}} {
		for _, at := range order.pattern.FindAllStringSubmatchIndex(line, -1) {
			m := mention{start: at[0], stop: at[1], address: spokenAddress(line, at, order.law, order.first)}
			if m.whole(line) && !slices.ContainsFunc(list, m.overlaps) {
				list = append(list, m)
			}
		}
	}
	slices.SortFunc(list, func(a, b mention) int { return a.start - b.start })
	return list
}

func (m mention) overlaps(other mention) bool { return m.start < other.stop && other.start < m.stop }

// whole reports whether the mention ends where a word or a number does.
func (m mention) whole(line string) bool {
	rest := line[m.stop:]
	return rest == "" || !strings.ContainsAny(rest[:1], "0123456789/-abcdefghijklmnopqrstuvwxyz")
}

// spokenAddress reads the groups of a match: point, clause, article, clause,
// point, form.
func spokenAddress(line string, at []int, law, first int) string {
	group := func(n int) string {
		if at[2*n] < 0 {
			return ""
		}
		return line[at[2*n]:at[2*n+1]]
	}
	slug := ""
	for _, s := range spoken {
		if s.name == group(law) {
			slug = s.slug
		}
	}
	address := "/van-ban/" + slug
	if form := group(first + 5); form != "" {
		return address + "/mau-" + form
	}
	address += "/dieu-" + group(first+2)
	clause, point := group(first+1)+group(first+3), group(first)+group(first+4)
	switch {
	case clause != "" && point != "":
		return address + "#khoan-" + clause + "-diem-" + point
	case clause != "":
		return address + "#khoan-" + clause
	case point != "":
		return address + "#diem-" + point
	}
	return address
}

// linkCitations makes links of the citations in running text; what stands in a
// heading, a link or code stays as it is.
func (p *page) linkCitations(doc ast.Node) {
	var texts []*ast.Text
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n.Kind() {
		case ast.KindHeading, ast.KindLink, ast.KindImage, ast.KindCodeSpan, ast.KindCodeBlock, ast.KindFencedCodeBlock:
			return ast.WalkSkipChildren, nil
		}
		if t, ok := n.(*ast.Text); ok && entering && !t.IsRaw() {
			texts = append(texts, t)
		}
		return ast.WalkContinue, nil
	})
	for _, t := range texts {
		p.linkMentions(t)
	}
}

// linkMentions cuts a text at its citations.
func (p *page) linkMentions(t *ast.Text) {
	parent, segment := t.Parent(), t.Segment
	from := segment.Start
	for _, m := range mentions(string(segment.Value(p.source))) {
		link := ast.NewLink()
		link.Destination = []byte(m.address)
		link.AppendChild(link, ast.NewTextSegment(text.NewSegment(segment.Start+m.start, segment.Start+m.stop)))
		if from < segment.Start+m.start {
			parent.InsertBefore(parent, t, ast.NewTextSegment(text.NewSegment(from, segment.Start+m.start)))
		}
		parent.InsertBefore(parent, t, link)
		from = segment.Start + m.stop
	}
	t.Segment = text.NewSegment(from, segment.Stop)
}
