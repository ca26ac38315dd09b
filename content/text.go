package content

import "errors"

var errNotYet = errors.New("not yet")

// Text is what a form edits of a thing.
type Text struct {
	Slug     Slug                // the readable part of the address; of answers it follows the question
	Fields   map[string][]string // front matter by name; a field with one value has one element
	Markdown string
}

// Field returns the only value of a field, "" for none.
func (t Text) Field(name string) string {
	if values := t.Fields[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// Source writes the text as revisions keep it: front matter in the order of the
// kind's fields, then Markdown.
func (t Text) Source(kind string) string { return "" }

// TextOf reads a source into what a form edits. A front matter that cannot be
// read gives no fields and the whole as Markdown.
func TextOf(kind, source string) Text { return Text{} }

// Text is the revision's source as a form edits it.
func (r Revision) Text() Text {
	t := TextOf(r.Kind, r.Source)
	t.Slug = r.Slug
	return t
}
