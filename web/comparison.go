package web

import (
	"slices"

	"sotay/content"
)

// leastFolded is the run of unchanged paragraphs from which it is folded.
const leastFolded = 3

// diffView is what differs between two texts, ready for the page.
type diffView struct {
	Groups         []diffGroup
	Added, Removed int
	Columns        bool // old and new side by side
	Anchored       bool // its rows are places to link to
	Nothing        bool
}

// diffGroup is a run of paragraphs below one heading, or a folded run.
type diffGroup struct {
	Heading string
	Folded  bool
	Rows    []diffRow
}

// diffRow is a paragraph or a field.
type diffRow struct {
	Kind     content.Op
	Number   int // of the paragraph in the newer text, as remarks name it; 0 for a field and for what is gone
	Pieces   []content.Change
	Old, New []content.Change
	Remarks  []remarkView
	Remarked *remarkForm // where remarks may be made
}

// Class is how the row is drawn.
func (r diffRow) Class() string {
	switch r.Kind {
	case content.OpAdded:
		return "add"
	case content.OpRemoved:
		return "cut"
	}
	return ""
}

// Sign tells added from removed in black and white.
func (r diffRow) Sign() string {
	switch r.Kind {
	case content.OpAdded:
		return "+"
	case content.OpRemoved:
		return "−"
	}
	return ""
}

// Lines says how many paragraphs a folded run has.
func (g diffGroup) Lines() int { return len(g.Rows) }

// Refused reports whether a remark within was refused, so that a folded run
// stands open.
func (g diffGroup) Refused() bool {
	return slices.ContainsFunc(g.Rows, func(row diffRow) bool {
		return row.Remarked != nil && askedRemark{*row.Remarked, row.Number}.Refused() != nil
	})
}

// rowView is a row as its template draws it.
type rowView struct {
	Row      diffRow
	Columns  bool
	Anchored bool // links lead to it
	Asked    askedRemark
}

// askedRemark is a form for a remark on one paragraph, 0 for the whole.
type askedRemark struct {
	Form      remarkForm
	Paragraph int
}

// Refused is what was typed here and refused, with the sentence why.
func (a askedRemark) Refused() *typedRemark {
	if a.Form.Typed.Fault == "" || a.Form.Typed.Paragraph != a.Paragraph {
		return nil
	}
	return &a.Form.Typed
}

// In is a row as this comparison draws it.
func (v diffView) In(row diffRow) rowView {
	view := rowView{Row: row, Columns: v.Columns, Anchored: v.Anchored && row.Number > 0}
	if row.Remarked != nil {
		view.Asked = askedRemark{*row.Remarked, row.Number}
	}
	return view
}

func viewDiff(d content.Diff, columns bool) diffView {
	view := diffView{Added: d.Added, Removed: d.Removed, Columns: columns, Nothing: d.Same()}
	for i := 0; i < len(d.Blocks); {
		run := unchangedFrom(d.Blocks, i)
		group := diffGroup{Heading: d.Blocks[i].Heading, Folded: run >= leastFolded}
		n := 1
		if group.Folded {
			n, group.Heading = run, ""
		}
		for _, block := range d.Blocks[i : i+n] {
			group.Rows = append(group.Rows, viewBlock(block))
		}
		view.add(group)
		i += n
	}
	return view
}

// unchangedFrom counts the unchanged blocks from a place on.
func unchangedFrom(blocks []content.DiffBlock, i int) int {
	n := 0
	for i+n < len(blocks) && blocks[i+n].Kind == content.OpSame {
		n++
	}
	return n
}

// add puts rows below the same heading together.
func (v *diffView) add(g diffGroup) {
	if last := len(v.Groups) - 1; last >= 0 && !g.Folded && !v.Groups[last].Folded && v.Groups[last].Heading == g.Heading {
		v.Groups[last].Rows = append(v.Groups[last].Rows, g.Rows...)
		return
	}
	v.Groups = append(v.Groups, g)
}

func viewBlock(b content.DiffBlock) diffRow {
	row := diffRow{Kind: b.Kind, Number: b.Paragraph, Pieces: b.Changes}
	for _, piece := range b.Changes {
		if piece.Op != content.OpAdded {
			row.Old = append(row.Old, piece)
		}
		if piece.Op != content.OpRemoved {
			row.New = append(row.New, piece)
		}
	}
	return row
}

// each calls visit with every row.
func (v *diffView) each(visit func(*diffRow)) {
	for g := range v.Groups {
		for r := range v.Groups[g].Rows {
			visit(&v.Groups[g].Rows[r])
		}
	}
}
