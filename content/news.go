package content

import (
	"context"
	"slices"
	"strings"
	"time"

	"sotay/internal/store"
)

// News is one publishing of a text that readers can open now.
type News struct {
	Kind, ID  string
	Revision  int
	Title     string // as the text is called now
	Summary   string
	Path      string
	Note      string // why it was changed, in the words of who wrote it
	Published time.Time
}

// First reports whether the text was new then.
func (n News) First() bool { return n.Revision == 1 }

// News lists what was published last, newest first.
func (l *Library) News(ctx context.Context, limit int) (list []News, err error) {
	err = l.db.Read(ctx, func(tx *store.Tx) error {
		list, err = newestPublished(tx, limit)
		return err
	})
	for i := range list {
		list[i].Note = readersNote(list[i].Note)
	}
	return list, err
}

func pathOfNews(kind string, slug Slug, topic string, number int) string {
	switch kind {
	case KindAnswer:
		return Answer{Number: number, Slug: slug}.Path()
	case KindSituation:
		return Situation{Slug: slug}.Path()
	}
	g := Guide{Slug: slug}
	g.Topic, _ = TopicBySlug(topic)
	return g.Path()
}

// readersNote leaves out what the program itself noted.
func readersNote(note string) string {
	if note == seedNote || note == folderNote || strings.HasPrefix(note, importNote) {
		return ""
	}
	return note
}

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
var shownFields = []string{"title", "question", "summary", "short", "effective"}

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
	c.paragraphs(paragraphsOf(plainMarkdown(was.Markdown)), paragraphsOf(plainMarkdown(is.Markdown)))
	return c.diff
}

// plainMarkdown is the text alone under its headings, each block a paragraph. A
// text that can no longer be read stays as it is.
func plainMarkdown(source string) string {
	body, err := Render(source, MaxGuideBytes)
	if err != nil {
		return source
	}
	var b strings.Builder
	for _, s := range body.Sections {
		if s.Heading != "" {
			b.WriteString("## " + s.Heading + "\n\n")
		}
		b.WriteString(strings.ReplaceAll(s.Text, "\n", "\n\n") + "\n\n")
	}
	return b.String()
}
