package content

// Change is a piece of a compared block: text that is the same, added or removed.
type Change struct {
	Op   Op
	Text string
}

// Op says what became of a piece or a block.
type Op string

// What became of a piece or a block; only blocks are changed.
const (
	Same    Op = "same"
	Added   Op = "added"
	Removed Op = "removed"
	Changed Op = "changed"
)

// DiffBlock is a field of the front matter or a paragraph.
type DiffBlock struct {
	Kind    Op
	Heading string // the field's label, or the heading that the paragraph stands below
	Changes []Change
}

// Diff is what differs between two texts.
type Diff struct {
	Blocks         []DiffBlock
	Added, Removed int // blocks with something added, with something removed
}

// Compare finds what differs between two sources of a kind, by paragraphs, then words.
func Compare(kind, oldSource, newSource string) Diff { return Diff{} }
