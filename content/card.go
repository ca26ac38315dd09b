package content

import (
	"context"
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"sotay/internal/store"
	"sotay/internal/viet"
)

// CardKind says what a line of a card is.
type CardKind string

// The kinds of lines.
const (
	CardHeading CardKind = "heading"
	CardStep    CardKind = "step"
	CardTask    CardKind = "task"
	CardMust    CardKind = "must"
	CardNever   CardKind = "never"
)

// CardLine is a line of the card of a guide: what somebody must do, not do or
// tick, without the reasons.
type CardLine struct {
	Kind   CardKind
	Text   string
	Number int // of a step
}

// GuideCard draws the lines of a card from a published guide, in its order:
// numbered steps, what must and must never be done, and tasks, under the
// headings that they stand under. Dates are those of the election.
func (l *Library) GuideCard(ctx context.Context, id string, election Election) ([]CardLine, error) {
	var source string
	err := l.db.Read(ctx, func(tx *store.Tx) error {
		shown, err := shownRevision(tx, KindGuide, id)
		source = shown.Source
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read guide %s for its card: %w", id, err)
	}
	return cardOf(TextOf(KindGuide, source).Markdown, election)
}

func cardOf(source string, election Election) ([]CardLine, error) {
	source = strings.ReplaceAll(source, "\r\n", "\n")
	if err := checkSource(source, 1, MaxGuideBytes); err != nil {
		return nil, err
	}
	p := newPage(viet.NFC(source), 1)
	p.election = election
	doc := p.parser().Parse(text.NewReader(p.source))
	partLists(doc)
	if err := p.check(doc); err != nil {
		return nil, err
	}
	w := cardWriter{page: p}
	w.blocks(doc)
	return w.lines, nil
}

// cardWriter gathers lines; a heading waits until something stands under it.
type cardWriter struct {
	page    *page
	section string // the heading of what is being read
	heading string // what waits
	lines   []CardLine
}

func (w *cardWriter) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			w.section = headingNumber.ReplaceAllString(w.page.inlineText(n), "")
			w.heading = w.section
		case *roleBlock:
			w.roleBlock(n)
		case *ast.Blockquote:
			w.callout(n)
		case *ast.List:
			w.list(n)
		}
	}
}

// roleBlock writes the part of a role under a heading of its own, and has the
// section's stand again over what follows for everybody.
func (w *cardWriter) roleBlock(n *roleBlock) {
	waiting, before := w.heading, len(w.lines)
	if w.heading = "Dành cho: " + n.labels(); waiting != "" {
		w.heading = waiting + " (dành cho: " + n.labels() + ")"
	}
	w.blocks(n)
	if w.heading = waiting; len(w.lines) > before {
		w.heading = w.section
	}
}

func (w *cardWriter) add(kind CardKind, text string, number int) {
	if text == "" {
		return
	}
	if w.heading != "" {
		w.lines = append(w.lines, CardLine{Kind: CardHeading, Text: w.heading})
		w.heading = ""
	}
	w.lines = append(w.lines, CardLine{kind, text, number})
}

func (w *cardWriter) callout(n *ast.Blockquote) {
	kind := map[string]CardKind{"MUST": CardMust, "NEVER": CardNever}[w.page.markers[n].word]
	if kind == "" {
		return
	}
	var parts []string
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if list, ok := c.(*ast.List); ok {
			for item := list.FirstChild(); item != nil; item = item.NextSibling() {
				parts = append(parts, w.page.inlineText(item))
			}
			continue
		}
		parts = append(parts, w.page.inlineText(c))
	}
	w.add(kind, strings.Join(parts, " "), 0)
}

func (w *cardWriter) list(n *ast.List) {
	_, tasks := w.page.checklists[n]
	if !tasks && !(n.IsOrdered() && isTopLevel(n.Parent())) {
		return
	}
	number := n.Start - 1 // steps that a callout parts go on counting
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		number++
		if first := item.FirstChild(); first != nil && tasks {
			w.add(CardTask, w.page.inlineText(first), 0)
		} else if first != nil {
			w.add(CardStep, w.page.inlineText(first), number)
		}
	}
}
