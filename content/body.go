package content

// Heading is a heading of a text, as its contents list shows it.
type Heading struct {
	Level  int    // 2 or 3
	Anchor string // "muc-hom-phieu-phu"
	Text   string
}

// PartKind says what a part of a body is.
type PartKind string

// The kinds of parts.
const (
	PartHTML      PartKind = "html"       // sanitised HTML
	PartPlan      PartKind = "plan"       // the plan named by Key
	PartSelfCheck PartKind = "self-check" // the questions named by Keys
	PartDeadline  PartKind = "deadline"   // the date of the deadline named by Key, within a sentence
	PartContact   PartKind = "contact"    // whom to call, named by Key, within a sentence
)

// Part is a piece of rendered text. The parts of a body in their order, each
// replaced by its HTML, are valid HTML together; one part alone need not be,
// because a deadline stands inside a paragraph.
type Part struct {
	Kind PartKind
	HTML string   `json:",omitempty"` // sanitised
	Key  string   `json:",omitempty"`
	Keys []string `json:",omitempty"`
	Plan *Plan    `json:",omitempty"` // of a plan shown by itself, which may not be published
}

// Section is the plain text below one second-level heading, for search. Each
// block of it ends with a newline.
type Section struct {
	Anchor  string // "" for the text before the first heading
	Heading string
	Text    string
}

// Body is rendered Markdown.
type Body struct {
	Parts    []Part
	Headings []Heading
	Sections []Section
	Links    []string // addresses on this site that the text links to, each once
	Words    int
}
