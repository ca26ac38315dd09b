package content

import (
	"fmt"

	"sotay/internal/fault"
)

// Plan is a polling place seen from above, in metres: its room, doors and
// objects, the way of the voters by its stations, and what to check when it is
// set up. It is written as YAML (plans/<key>.yaml). Reading it draws it: what
// cannot be set up so, is refused.
type Plan struct {
	Key         string       `yaml:"key"`
	Title       string       `yaml:"title"`       // the caption
	Name        string       `yaml:"name"`        // short, in lists of plans
	Use         string       `yaml:"use"`         // when to choose it
	Label       string       `yaml:"label"`       // what the drawing is, for screen readers
	Description string       `yaml:"description"` // what it shows, for screen readers
	Caution     string       `yaml:"caution"`     // what to know before it is used; may be absent
	Position    int          `yaml:"position"`    // among the plans
	Room        PlanRoom     `yaml:"room"`
	Doors       []PlanDoor   `yaml:"doors"`
	Objects     []PlanObject `yaml:"objects"`
	Stations    []string     `yaml:"path"` // ids in the order in which voters come by
	Checks      []PlanNote   `yaml:"checks"`

	Legend  []PlanPoint `yaml:"-"` // numbered from 1 in the drawing
	Drawing string      `yaml:"-"` // SVG
}

// PlanRoom is the size of the room, and of the yard before its lower wall.
type PlanRoom struct {
	Width float64 `yaml:"width"`
	Depth float64 `yaml:"depth"`
	Yard  float64 `yaml:"yard"`
	Aisle float64 `yaml:"aisle"` // least width of the way
}

// PlanDoor is a door in a wall, or the gate in the fence of the yard. It begins
// at so many metres from the left, in side walls from above.
type PlanDoor struct {
	ID     string  `yaml:"id"`
	Use    string  `yaml:"use"`
	Wall   string  `yaml:"wall"`
	At     float64 `yaml:"at"`
	Width  float64 `yaml:"width"`
	Text   string  `yaml:"text"`
	Source string  `yaml:"source"`
}

// PlanObject stands in the room or the yard. X runs from the left wall, Y from
// the upper wall on through the yard.
type PlanObject struct {
	ID     string  `yaml:"id"`
	Kind   string  `yaml:"kind"`
	X      float64 `yaml:"x"`
	Y      float64 `yaml:"y"`
	W      float64 `yaml:"w"`
	H      float64 `yaml:"h"`
	Front  string  `yaml:"front"` // the side voters come to
	Stand  float64 `yaml:"stand"` // how far from it they stand; absent is half the aisle
	Seats  int     `yaml:"seats"` // how many can write there at a time
	Text   string  `yaml:"text"`
	Source string  `yaml:"source"`
}

// PlanNote is a sentence and what says so.
type PlanNote struct {
	Text   string `yaml:"text"`
	Source string `yaml:"source"`
}

// PlanPoint is a numbered point of a plan: where it is drawn, what is there,
// which document says so, and where it stands in metres.
type PlanPoint struct {
	X, Y     float64
	Name     string
	Text     string // with the name
	Source   string
	Place    string
	Stations []int // which stops of the way it is, from 1
}

// PlanAdvice is the source of what no document says.
const PlanAdvice = "gợi ý"

// SVG is the drawing. The list of its legend belongs beside it.
func (p Plan) SVG() string { return p.Drawing }

// Sources are the references of the plan, each once, without advice.
func (p Plan) Sources() []string {
	var list []string
	seen := map[string]bool{PlanAdvice: true}
	add := func(source string) {
		if !seen[source] {
			seen[source] = true
			list = append(list, source)
		}
	}
	for _, point := range p.Legend {
		add(point.Source)
	}
	for _, check := range p.Checks {
		add(check.Source)
	}
	return list
}

// parsePlan reads a plan, checks it and draws it.
func parsePlan(data []byte) (Plan, error) {
	if len(data) > maxPlanBytes {
		return Plan{}, fault.Invalid(fmt.Sprintf("Sơ đồ dài quá %d KiB.", maxPlanBytes>>10))
	}
	var p Plan
	if err := decodeYAML(data, 0, &p); err != nil {
		return Plan{}, err
	}
	c := planCheck{plan: p, lines: yamlLines(data)}
	if err := c.check(); err != nil {
		return Plan{}, err
	}
	way, err := c.way()
	if err != nil {
		return Plan{}, err
	}
	sheet := newPlanSheet(p, way)
	if a, b, clash := sheet.clash(); clash {
		return Plan{}, c.fault(c.item(sheet.owner[b]), "trong hình, số %d và %s đè lên nhau. Hãy đặt hai thứ cách xa nhau hơn.", b+1, a)
	}
	p.Legend, p.Drawing = sheet.points, sheet.svg()
	return p, nil
}
