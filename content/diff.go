package content

import (
	"slices"
	"strings"
	"time"
)

// Op says what became of a piece or of a block.
type Op string

// What became of a piece or of a block; only blocks are changed.
const (
	OpSame    Op = "same"
	OpAdded   Op = "added"
	OpRemoved Op = "removed"
	OpChanged Op = "changed"
)

// Change is a piece of a compared block: text that is the same, added or removed.
type Change struct {
	Op   Op
	Text string
}

// DiffBlock is a field of the front matter or a paragraph of the text.
type DiffBlock struct {
	Kind      Op
	Field     string // the field's name; "" for a paragraph
	Heading   string // the field's label, or the heading that the paragraph stands below
	Paragraph int    // its number in the newer text, as remarks name it; 0 for a field or what was removed
	Changes   []Change
}

// Old is the block's older text, New its newer one.
func (b DiffBlock) Old() string { return b.without(OpAdded) }

// New is the block's newer text.
func (b DiffBlock) New() string { return b.without(OpRemoved) }

func (b DiffBlock) without(op Op) string {
	var text strings.Builder
	for _, c := range b.Changes {
		if c.Op != op {
			text.WriteString(c.Text)
		}
	}
	return text.String()
}

// Diff is what differs between two texts.
type Diff struct {
	Blocks         []DiffBlock
	Added, Removed int // pieces
}

// Same reports whether nothing differs.
func (d Diff) Same() bool { return d.Added+d.Removed == 0 }

const (
	compareTime = time.Second // after that, what is left is shown as removed and added
	pairAhead   = 8           // how many paragraphs further the newer form of one is looked for
	alikeWords  = 0.4         // share of common words from which two paragraphs are one that changed
)

// Compare finds what differs between two sources of one kind: in the fields of
// the front matter, then by paragraphs, then by words.
func Compare(oldSource, newSource string) Diff {
	c := comparison{deadline: time.Now().Add(compareTime), topics: topics}
	kind := kindOfSource(oldSource + "\n" + newSource)
	before, after := TextOf(kind, oldSource), TextOf(kind, newSource)
	c.field(Field{Name: "slug", Label: slugLabel}, []string{string(before.Slug)}, []string{string(after.Slug)})
	c.text(kind, before, after)
	return c.diff
}

const slugLabel = "Địa chỉ"

// CompareRevisions is Compare of two revisions of one thing, their addresses
// included, with the names of the topics. The zero revision stands for nothing.
func CompareRevisions(before, after Revision, topics []Topic) Diff {
	c := comparison{deadline: time.Now().Add(compareTime), topics: topics}
	if after.Kind != KindAnswer {
		c.field(Field{Name: "slug", Label: slugLabel}, []string{string(before.Slug)}, []string{string(after.Slug)})
	}
	c.text(after.Kind, TextOf(after.Kind, before.Source), TextOf(after.Kind, after.Source))
	return c.diff
}

// kindOfSource knows a kind by a field that only it has.
func kindOfSource(source string) string {
	front, _, _ := strings.Cut(strings.TrimPrefix(source, frontMatterFence), "\n"+frontMatterFence)
	switch {
	case strings.Contains(front, "\nquestion:"):
		return KindAnswer
	case strings.Contains(front, "\nheld_on:"):
		return KindSession
	case strings.Contains(front, "\nlegend:"):
		return KindPlan
	case strings.Contains(front, "\nnormative:"):
		return KindLaw
	}
	return KindGuide
}

// Paragraphs are the blocks of a source's Markdown, as remarks count them.
func Paragraphs(kind, source string) []string {
	var list []string
	for _, p := range paragraphsOf(TextOf(kind, source).Markdown) {
		list = append(list, p.text)
	}
	return list
}

// paragraph is a block between blank lines.
type paragraph struct {
	text, heading string
	words         map[string]int
	total         int
}

func paragraphsOf(markdown string) []paragraph {
	var list []paragraph
	var lines []string
	heading := ""
	flush := func() {
		if len(lines) == 0 {
			return
		}
		p := paragraph{text: strings.Join(lines, "\n"), heading: heading, words: map[string]int{}}
		for _, w := range strings.Fields(p.text) {
			p.words[w]++
			p.total++
		}
		list, lines = append(list, p), nil
	}
	for _, line := range strings.Split(strings.ReplaceAll(markdown, "\r\n", "\n"), "\n") {
		if line = strings.TrimRight(line, " \t\r"); line == "" {
			flush()
			continue
		}
		if title := strings.TrimLeft(line, "#"); title != line && strings.HasPrefix(title, " ") {
			flush()
			heading = strings.TrimSpace(title)
		}
		lines = append(lines, line)
	}
	flush()
	return list
}

// alike reports whether one paragraph may be a later form of the other.
func (p paragraph) alike(q paragraph) bool {
	common := 0
	for w, n := range p.words {
		common += min(n, q.words[w])
	}
	return float64(2*common) >= alikeWords*float64(p.total+q.total)
}

// comparison gathers the blocks.
type comparison struct {
	deadline time.Time
	topics   []Topic
	diff     Diff
}

func (c *comparison) text(kind string, before, after Text) {
	for _, f := range Fields(kind) {
		c.field(f.WithTopics(c.topics), before.Fields[f.Name], after.Fields[f.Name])
	}
	c.paragraphs(paragraphsOf(before.Markdown), paragraphsOf(after.Markdown))
}

func (c *comparison) field(f Field, before, after []string) {
	was, is := f.shown(before), f.shown(after)
	if was == "" && is == "" {
		return
	}
	b := DiffBlock{Field: f.Name, Heading: f.Label}
	switch {
	case was == is:
		b.Kind, b.Changes = OpSame, []Change{{OpSame, is}}
	case was == "":
		b.Kind, b.Changes = OpAdded, []Change{{OpAdded, is}}
	case is == "":
		b.Kind, b.Changes = OpRemoved, []Change{{OpRemoved, was}}
	default:
		b.Kind, b.Changes = OpChanged, c.words(was, is)
	}
	c.add(b)
}

// shown is a field's value in words, a list one item a line.
func (f Field) shown(values []string) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = v
		if at := slices.IndexFunc(f.Options, func(o Option) bool { return o.Value == v }); at >= 0 {
			words[i] = f.Options[at].Label
		}
	}
	return strings.Join(words, "\n")
}

func (c *comparison) add(b DiffBlock) {
	for _, change := range b.Changes {
		switch change.Op {
		case OpAdded:
			c.diff.Added++
		case OpRemoved:
			c.diff.Removed++
		}
	}
	c.diff.Blocks = append(c.diff.Blocks, b)
}

// paragraphs walks through both texts: what is equal anchors the rest, in which
// paragraphs that are alike become changed ones.
func (c *comparison) paragraphs(before, after []paragraph) {
	texts := func(list []paragraph) []string {
		all := make([]string, len(list))
		for i, p := range list {
			all[i] = p.text
		}
		return all
	}
	i, j := 0, 0
	for _, run := range diffTokens(texts(before), texts(after), c.left()) {
		if run.op == OpSame {
			for range run.tokens {
				c.add(DiffBlock{Kind: OpSame, Heading: after[j].heading, Paragraph: j + 1, Changes: []Change{{OpSame, after[j].text}}})
				i, j = i+1, j+1
			}
			continue
		}
		c.rewritten(before[i:i+run.removed], after[j:j+run.added], j)
		i, j = i+run.removed, j+run.added
	}
}

// rewritten pairs removed paragraphs with added ones; at is the number of
// paragraphs before the added ones.
func (c *comparison) rewritten(removed, added []paragraph, at int) {
	next := 0
	adding := func(to int) {
		for ; next < to; next++ {
			c.add(DiffBlock{Kind: OpAdded, Heading: added[next].heading, Paragraph: at + next + 1, Changes: []Change{{OpAdded, added[next].text}}})
		}
	}
	for _, p := range removed {
		ahead := added[next:min(len(added), next+pairAhead)]
		found := slices.IndexFunc(ahead, p.alike)
		if found < 0 {
			c.add(DiffBlock{Kind: OpRemoved, Heading: p.heading, Changes: []Change{{OpRemoved, p.text}}})
			continue
		}
		adding(next + found)
		c.add(DiffBlock{Kind: OpChanged, Heading: added[next].heading, Paragraph: at + next + 1, Changes: c.words(p.text, added[next].text)})
		next++
	}
	adding(len(added))
}

// left is the time that remains, never quite none.
func (c *comparison) left() time.Duration { return max(time.Until(c.deadline), time.Millisecond) }

// words compares two texts word by word.
func (c *comparison) words(before, after string) []Change {
	var list []Change
	add := func(op Op, tokens []string) {
		if len(tokens) > 0 {
			list = append(list, Change{op, strings.Join(tokens, "")})
		}
	}
	a, b := wordsOf(before), wordsOf(after)
	i, j := 0, 0
	for _, run := range joinRuns(diffTokens(a, b, c.left()), a) {
		if run.op == OpSame {
			add(OpSame, b[j:j+run.tokens])
			i, j = i+run.tokens, j+run.tokens
			continue
		}
		add(OpRemoved, a[i:i+run.removed])
		add(OpAdded, b[j:j+run.added])
		i, j = i+run.removed, j+run.added
	}
	return list
}
