package content

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"sotay/internal/store"
)

// PublishedRevisions lists what readers saw of a thing, newest first, with the
// texts.
func (l *Library) PublishedRevisions(ctx context.Context, kind, id string) (list []Revision, err error) {
	err = l.db.Read(ctx, func(tx *store.Tx) error {
		list, err = publishedRevisions(tx, kind, id)
		return err
	})
	for i := range list {
		list[i].Note = readersNote(list[i].Note)
	}
	return list, err
}

// shownFields are the fields whose changes readers are told of.
var shownFields = []string{"title", "question", "summary", "short", "also", "effective", "held_on", "form", "units"}

// CompareForReaders finds what differs between two published revisions in what
// readers see: the words of the text without Markdown, and few fields.
func CompareForReaders(before, after Revision) Diff {
	c := comparison{deadline: time.Now().Add(compareTime)}
	was, is := TextOf(after.Kind, before.Source), TextOf(after.Kind, after.Source)
	for _, f := range Fields(after.Kind) {
		if slices.Contains(shownFields, f.Name) {
			c.field(f, was.Fields[f.Name], is.Fields[f.Name])
		}
	}
	c.paragraphs(paragraphsOf(plainText(after.Kind, before.Source)), paragraphsOf(plainText(after.Kind, after.Source)))
	return c.diff
}

// plainText is the text of a source alone under its headings, each block a
// paragraph. A text that can no longer be read stays as it is.
func plainText(kind, source string) string {
	switch kind {
	case KindSituation:
		if d, err := readSituation(source); err == nil {
			return plainSections(toldTree(d.situation.Nodes, d.body.Sections))
		}
	case KindPlan:
		if p, err := readPlan(source); err == nil {
			return plainSections(p.told())
		}
	case KindLaw:
		if law, err := readLaw(source); err == nil {
			return plainSections(law.told())
		}
	}
	markdown := TextOf(kind, source).Markdown
	if rawKind(kind) {
		return markdown
	}
	body, err := Render(markdown, MaxGuideBytes)
	if err != nil {
		return markdown
	}
	return plainSections(body.Sections)
}

func plainSections(sections []Section) string {
	var b strings.Builder
	for _, s := range sections {
		if s.Heading != "" {
			b.WriteString("## " + s.Heading + "\n\n")
		}
		b.WriteString(strings.ReplaceAll(s.Text, "\n", "\n\n") + "\n\n")
	}
	return b.String()
}

// Sections are the words of a situation by node, each choice with where it leads.
func (s Situation) Sections() []Section { return toldTree(s.Nodes, s.Body.Sections) }

// toldTree writes behind each choice where it leads: nothing else in the words of
// a question tells.
func toldTree(nodes []Node, sections []Section) []Section {
	titles := map[string]string{}
	for _, n := range nodes {
		titles[n.Anchor] = n.Title
	}
	sections = slices.Clone(sections)
	for i, section := range sections {
		at := slices.IndexFunc(nodes, func(n Node) bool { return n.Anchor == section.Anchor })
		if at < 0 || !nodes[at].Question {
			continue
		}
		lines := strings.Split(section.Text, "\n")
		next := 0
		for j, line := range lines {
			if next < len(nodes[at].Choices) && strings.TrimSuffix(line, ".") == strings.TrimSuffix(nodes[at].Choices[next].Label, ".") {
				lines[j] = line + " → " + titles[nodes[at].Choices[next].Anchor]
				next++
			}
		}
		sections[i].Text = strings.Join(lines, "\n")
	}
	return sections
}

// told is a plan in words: its points with their places, and its checks.
func (p Plan) told() []Section {
	points, checks := []string{}, []string{}
	for _, point := range p.Legend {
		points = append(points, point.Text+". "+point.Place)
	}
	for _, check := range p.Checks {
		checks = append(checks, check.Text)
	}
	room := fmt.Sprintf("Phòng rộng %s, sâu %s; sân sâu %s; lối đi ít nhất %s.", metres(p.Room.Width), metres(p.Room.Depth), metres(p.Room.Yard), metres(p.Room.Aisle))
	return []Section{
		{Text: toldLines(p.Title, p.Use, p.Caution, p.Description, room)},
		{Heading: "Các điểm trong hình", Text: toldLines(points...)},
		{Heading: "Bảng kiểm khi bày biện xong", Text: toldLines(checks...)},
	}
}

// told is a document in words: its facts, what is said of it, its provisions.
func (law Law) told() []Section {
	facts := []string{law.Short, law.Title, law.Kind + " " + law.Number, law.Agency}
	for _, fact := range []struct{ label, value string }{
		{"Ban hành ngày", law.Issued.String()}, {"Có hiệu lực từ ngày", law.InForce.String()}, {"Hết hiệu lực từ ngày", law.Ended.String()}, {"Thay thế:", law.Replaces},
	} {
		if fact.value != "" {
			facts = append(facts, fact.label+" "+fact.value)
		}
	}
	sections := append([]Section{{Text: toldLines(facts...)}}, law.Body.Sections...)
	for _, p := range law.Provisions {
		var text strings.Builder
		if p.Amendment != "" {
			text.WriteString("Sửa: " + p.Amendment + "\n")
		}
		for _, s := range p.Body.Sections {
			text.WriteString(toldLines(s.Heading) + s.Text)
		}
		sections = append(sections, Section{Heading: Provision{Law: law, Segment: p.Segment}.Label() + ". " + p.Title, Text: text.String()})
	}
	return sections
}

// toldLines writes each text that there is as a line.
func toldLines(texts ...string) string {
	var b strings.Builder
	for _, text := range texts {
		if text != "" {
			b.WriteString(text + "\n")
		}
	}
	return b.String()
}
