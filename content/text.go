package content

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"sotay/internal/fault"
	"sotay/internal/viet"
)

// Text is what a form edits of a thing.
type Text struct {
	Slug     Slug                // the readable part of the address; that of an answer follows its question
	Fields   map[string][]string // front matter by name; a field with one value has one element
	Markdown string
}

// Field is the only value of a field, "" for none.
func (t Text) Field(name string) string {
	if values := t.Fields[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// titleField names the field that is a kind's title.
func titleField(kind string) string {
	if kind == KindAnswer {
		return "question"
	}
	return "title"
}

// title is the text's title as far as there is one, fit for lists.
func (t Text) title(kind string) string {
	written := t.Field(titleField(kind))
	if rawKind(kind) {
		written = rawField(t.Markdown, "title")
	}
	title := []rune(written)
	return string(title[:min(len(title), MaxQuestionRunes)])
}

// Title is the text's title as far as there is one.
func (t Text) Title(kind string) string { return t.title(kind) }

// slug is the wanted address, else one made of the title.
func (t Text) slug(kind string) Slug {
	if rawKind(kind) {
		return Slug(viet.Slug(rawField(t.Markdown, keyField(kind))))
	}
	if t.Slug != "" && kind != KindAnswer {
		return Slug(viet.Slug(string(t.Slug)))
	}
	return Slug(viet.Slug(t.Field(titleField(kind))))
}

// maxBytes is the limit of a kind's Markdown.
func maxBytes(kind string) int {
	if most := kindNamed(kind).maxBytes; most > 0 {
		return most
	}
	return MaxGuideBytes
}

// clean brings a text into the form that is stored: visible characters in NFC,
// no blank values, single lines where a field has one. What was typed stays,
// however wrong; only what is too long or no text at all is refused.
func (t Text) clean(kind string) (Text, error) {
	markdown, err := cleanTyped(t.Markdown, maxBytes(kind))
	if err != nil || len(markdown) > maxBytes(kind) {
		return Text{}, tooMuch("markdown", fmt.Sprintf("Nội dung dài quá %d KiB hoặc có ký tự không đọc được. Hãy chia thành nhiều bài.", maxBytes(kind)>>10))
	}
	c := Text{Slug: Slug(viet.Slug(string(t.Slug))), Fields: map[string][]string{}, Markdown: markdown}
	if kind == KindAnswer {
		c.Slug = ""
	}
	for _, f := range frontFields(kind) {
		values, err := f.clean(t.Fields[f.Name])
		if err != nil {
			return Text{}, tooMuch(f.Name, "Dài quá hoặc có ký tự không đọc được. Hãy rút ngắn.")
		}
		if askedByAnchor(kind) && f.Name == "asked" {
			values = askedLines(askedOf(values))
		}
		if len(values) > 0 {
			c.Fields[f.Name] = values
		}
	}
	if len(c.front(kind)) > maxFrontMatter {
		return Text{}, tooMuch(titleField(kind), fmt.Sprintf("Các mục ngoài nội dung dài quá %d KiB. Hãy rút ngắn.", maxFrontMatter>>10))
	}
	return c, nil
}

func tooMuch(field, sentence string) error {
	return fault.Invalid(sentence, fault.Field{Name: field, Sentence: sentence})
}

// cleanTyped lets pass what import lets pass: characters that nobody sees are
// dropped, for they come with text pasted from other programs.
func cleanTyped(text string, limit int) (string, error) {
	return viet.Clean(strings.Map(visibleRune, text), limit)
}

// clean tidies the values of one field.
func (f Field) clean(values []string) ([]string, error) {
	var list []string
	for _, v := range values {
		v, err := cleanTyped(v, maxFrontMatter)
		if err != nil {
			return nil, err
		}
		lines := []string{v}
		if f.Input == InputLines || f.Input == InputChecks {
			lines = strings.Split(v, "\n")
		}
		for _, line := range lines {
			if line = oneLine(line); line != "" {
				list = append(list, line)
			}
		}
	}
	if f.Input != InputLines && f.Input != InputChecks && len(list) > 1 {
		list = list[:1]
	}
	if f.Input == InputNumber && len(list) > 0 {
		if n, err := strconv.Atoi(list[0]); err == nil {
			list[0] = strconv.Itoa(n)
		}
	}
	return list, nil
}

// Source writes the text as revisions keep it: front matter in the order of the
// kind's fields, then Markdown.
func (t Text) Source(kind string) string {
	if rawKind(kind) {
		return t.Markdown + "\n"
	}
	return frontMatterFence + "\n" + t.front(kind) + frontMatterFence + "\n" + t.Markdown + "\n"
}

func (t Text) front(kind string) string {
	var b strings.Builder
	if kind == KindSession && t.Slug != "" {
		fmt.Fprintf(&b, "slug: %s\n", yamlText(string(t.Slug)))
	}
	for _, f := range frontFields(kind) {
		switch values := t.Fields[f.Name]; {
		case len(values) == 0:
		case askedByAnchor(kind) && f.Name == "asked":
			writeAsked(&b, askedOf(values))
		case f.Input == InputLines || f.Input == InputChecks:
			fmt.Fprintf(&b, "%s:\n", f.Name)
			writeList(&b, values)
		case f.Input == InputNumber:
			fmt.Fprintf(&b, "%s: %s\n", f.Name, yamlNumber(values[0]))
		default:
			fmt.Fprintf(&b, "%s: %s\n", f.Name, yamlText(values[0]))
		}
	}
	return b.String()
}

func writeList(b *strings.Builder, values []string) {
	for _, v := range values {
		fmt.Fprintf(b, "  - %s\n", yamlText(v))
	}
}

func writeAsked(b *strings.Builder, asked []askedAt) {
	b.WriteString("asked:\n")
	for _, a := range asked {
		fmt.Fprintf(b, "  %s:\n", yamlText(a.anchor))
		for _, w := range a.wordings {
			fmt.Fprintf(b, "    - %s\n", yamlText(w))
		}
	}
}

// askedByAnchor reports whether the wordings of a kind ask for its sections.
func askedByAnchor(kind string) bool { return kind == KindGuide || kind == KindSituation }

// askedAt are the wordings that ask for one section of a guide.
type askedAt struct {
	anchor   string
	wordings []string
}

var askedAnchor = regexp.MustCompile(`^(bai|muc-[a-z0-9-]+): (.+)$`)

// askedOf reads lines "anchor: wording"; one without an anchor asks for the
// guide as a whole. The anchors stand in the order of their first line.
func askedOf(lines []string) []askedAt {
	var list []askedAt
	for _, line := range lines {
		anchor, wording := WholeGuide, line
		if m := askedAnchor.FindStringSubmatch(line); m != nil {
			anchor, wording = m[1], m[2]
		}
		at := slices.IndexFunc(list, func(a askedAt) bool { return a.anchor == anchor })
		if at < 0 {
			at = len(list)
			list = append(list, askedAt{anchor: anchor})
		}
		list[at].wordings = append(list[at].wordings, wording)
	}
	return list
}

func askedLines(list []askedAt) []string {
	var lines []string
	for _, a := range list {
		for _, w := range a.wordings {
			lines = append(lines, a.anchor+": "+w)
		}
	}
	return lines
}

// plainYAML is text that YAML takes as it stands, whatever follows.
var plainYAML = regexp.MustCompile(`^[\p{L}][\p{L}\p{M}\p{N} ,.()/–-]*[\p{L}\p{N}.)]$`)

// yamlWords mean something else than themselves.
var yamlWords = regexp.MustCompile(`(?i)^(y|n|yes|no|on|off|true|false|null)$`)

var yamlDay = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)

func yamlText(text string) string {
	if yamlDay.MatchString(text) || plainYAML.MatchString(text) && !yamlWords.MatchString(text) {
		return text
	}
	return quoteYAML(text)
}

// yamlNumber leaves what is no number for the rules to complain of.
func yamlNumber(text string) string {
	if n, err := strconv.Atoi(text); err == nil && strconv.Itoa(n) == text {
		return text
	}
	return quoteYAML(text)
}

// quoteYAML writes a text in double quotes; what YAML does not print is escaped.
func quoteYAML(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7F || 0x80 <= r && r < 0xA0 || r == 0x2028 || r == 0x2029 || 0xFFF0 <= r && r <= 0xFFFF:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// TextOf reads a source into what a form edits. A front matter that cannot be
// read, or says what no form could, gives no fields and the whole as Markdown.
func TextOf(kind, source string) Text {
	whole := Text{Fields: map[string][]string{}, Markdown: strings.TrimSpace(source)}
	if rawKind(kind) {
		return whole
	}
	meta, markdown, _, err := splitFrontMatter(source)
	if err != nil {
		return whole
	}
	t := Text{Fields: map[string][]string{}, Markdown: strings.TrimSpace(markdown)}
	if strings.TrimSpace(meta) == "" {
		return t
	}
	var tree yaml.Node
	if err := yaml.Unmarshal([]byte(meta), &tree); err != nil || !t.read(kind, &tree) {
		return whole
	}
	return t
}

// read takes over what a front matter says; false when it is not understood.
func (t *Text) read(kind string, tree *yaml.Node) bool {
	if len(tree.Content) != 1 || tree.Content[0].Kind != yaml.MappingNode {
		return false
	}
	fields, pairs := frontFields(kind), tree.Content[0].Content
	for i := 0; i+1 < len(pairs); i += 2 {
		name := pairs[i].Value
		if kind == KindSession && name == "slug" && pairs[i+1].Kind == yaml.ScalarNode && t.Slug == "" {
			t.Slug = Slug(pairs[i+1].Value)
			continue
		}
		values, ok := valuesOf(pairs[i+1])
		if _, twice := t.Fields[name]; !ok || twice || !slices.ContainsFunc(fields, func(f Field) bool { return f.Name == name }) {
			return false
		}
		if askedByAnchor(kind) && name == "asked" {
			values = askedLines(askedOf(values))
		}
		if len(values) > 0 {
			t.Fields[name] = values
		}
	}
	return true
}

// valuesOf flattens a value: a scalar, a list, or lists by anchor.
func valuesOf(n *yaml.Node) ([]string, bool) {
	switch n.Kind {
	case yaml.ScalarNode:
		return nonBlank(n.Value), true
	case yaml.SequenceNode:
		var list []string
		for _, item := range n.Content {
			if item.Kind != yaml.ScalarNode {
				return nil, false
			}
			list = append(list, nonBlank(item.Value)...)
		}
		return list, true
	case yaml.MappingNode:
		var list []askedAt
		for i := 0; i+1 < len(n.Content); i += 2 {
			wordings, ok := valuesOf(n.Content[i+1])
			if !ok || n.Content[i+1].Kind == yaml.MappingNode {
				return nil, false
			}
			list = append(list, askedAt{n.Content[i].Value, wordings})
		}
		return askedLines(list), true
	}
	return nil, false
}

func nonBlank(value string) []string {
	if value = oneLine(value); value == "" {
		return nil
	}
	return []string{value}
}

// Text is the revision's source as a form edits it.
func (r Revision) Text() Text {
	t := TextOf(r.Kind, r.Source)
	t.Slug = r.Slug
	return t
}
