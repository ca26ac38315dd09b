package content

// Input says how a form asks for a field.
type Input string

// The inputs of forms.
const (
	InputText   Input = "text"   // one line
	InputArea   Input = "area"   // a few lines that become one
	InputSelect Input = "select" // one of Options
	InputChecks Input = "checks" // any of Options
	InputDate   Input = "date"
	InputLines  Input = "lines" // a list, one item a line
	InputNumber Input = "number"
)

// Option is one choice of a field.
type Option struct{ Value, Label string }

// Field is one entry of a kind's form.
type Field struct {
	Name     string // as in the front matter and in faults
	Label    string
	Hint     string
	Input    Input
	Options  []Option
	Required bool
	Max      int // runes of the value, or of each line; 0 for no limit of its own
}

// EditedKinds lists the kinds that can be written on the site.
func EditedKinds() []string { return []string{KindGuide, KindAnswer, KindSession} }

// KindLabel is a kind in Vietnamese; "" for one that is not edited here.
func KindLabel(kind string) string { return "" }

// Fields lists the fields of a kind's form in their order.
func Fields(kind string) []Field { return nil }

// Template is what a new thing of a kind begins with.
func Template(kind string) Text { return Text{} }
