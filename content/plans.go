package content

import (
	"embed"
	"fmt"
	"html"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sotay/internal/fault"
	"sotay/internal/viet"
)

//go:embed plans
var planFiles embed.FS

// Plan is a drawing of a place seen from above, with numbered points explained
// in words. It is written as YAML (plans/<key>.yaml) and drawn as SVG.
type Plan struct {
	Key         string      `yaml:"key"`
	Title       string      `yaml:"title"`       // the caption
	Label       string      `yaml:"label"`       // what the drawing is, for screen readers
	Description string      `yaml:"description"` // what it shows, for screen readers
	Width       float64     `yaml:"width"`
	Height      float64     `yaml:"height"`
	Shapes      []PlanShape `yaml:"shapes"`
	Legend      []PlanPoint `yaml:"legend"` // numbered from 1 in the drawing
}

// PlanShape is one figure of a plan; its class says how it is drawn.
type PlanShape struct {
	Kind  string  `yaml:"kind"` // rect, path, text or circle
	Class string  `yaml:"class"`
	X     float64 `yaml:"x"`
	Y     float64 `yaml:"y"`
	W     float64 `yaml:"w"`
	H     float64 `yaml:"h"`
	R     float64 `yaml:"r"`
	RX    float64 `yaml:"rx"`
	D     string  `yaml:"d"`
	Text  string  `yaml:"text"`
}

// PlanPoint is a numbered point of a plan: where it is, what is there, and which
// document says so, if any.
type PlanPoint struct {
	X      float64 `yaml:"x"`
	Y      float64 `yaml:"y"`
	Text   string  `yaml:"text"`
	Source string  `yaml:"source"`
}

var (
	planClass = regexp.MustCompile(`^(yard|room|wall|deco|obj|thin|rope|key|way|tip|lbl)$`)
	planPath  = regexp.MustCompile(`^[Mm][MmLlHhVvCcSsQqTtAaZz0-9 ,.-]+$`)
	plans     = mustPlans()
)

// PlanByKey finds a plan; false when there is none of that name.
func PlanByKey(key string) (Plan, bool) {
	plan, ok := plans[key]
	return plan, ok
}

// Plans lists all plans by their titles.
func Plans() []Plan {
	return slices.SortedFunc(maps.Values(plans), func(a, b Plan) int { return strings.Compare(viet.SortKey(a.Title), viet.SortKey(b.Title)) })
}

// mustPlans reads the embedded plans, so that a broken one stops the program at
// its start.
func mustPlans() map[string]Plan {
	list := map[string]Plan{}
	entries, err := planFiles.ReadDir("plans")
	if err != nil {
		panic(err)
	}
	for _, entry := range entries {
		key, ok := strings.CutSuffix(entry.Name(), ".yaml")
		if !ok {
			continue
		}
		data, err := planFiles.ReadFile(path.Join("plans", entry.Name()))
		if err == nil {
			list[key], err = parsePlan(data)
		}
		if err == nil && list[key].Key != key {
			err = fmt.Errorf("key %q is not the name of the file", list[key].Key)
		}
		if err != nil {
			panic(fmt.Sprintf("plan %s: %v", entry.Name(), err))
		}
	}
	return list
}

// parsePlan reads and checks a plan.
func parsePlan(data []byte) (Plan, error) {
	if len(data) > maxPlanBytes {
		return Plan{}, fault.Invalid(fmt.Sprintf("Sơ đồ dài quá %d KiB.", maxPlanBytes>>10))
	}
	var p Plan
	if err := decodeYAML(data, 0, &p); err != nil {
		return Plan{}, err
	}
	if problem := p.problem(); problem != "" {
		return Plan{}, fault.Invalid("Sơ đồ: " + problem)
	}
	return p, nil
}

// problem gives the sentence that says what is wrong with a plan, or "".
func (p Plan) problem() string {
	switch {
	case !directiveKey.MatchString(p.Key) || len(p.Key) > maxKeyBytes:
		return "key phải gồm a-z, 0-9 và gạch ngang."
	case !isPlanText(p.Title) || !isPlanText(p.Label) || !isPlanText(p.Description):
		return "title, label và description phải có chữ và không quá dài."
	case p.Width < 1 || p.Height < 1 || !onPlan(p.Width, p.Height):
		return fmt.Sprintf("width và height phải từ 1 đến %d.", maxPlanSize)
	case len(p.Shapes) == 0 || len(p.Shapes) > maxPlanShapes:
		return fmt.Sprintf("shapes phải có từ 1 đến %d hình.", maxPlanShapes)
	case len(p.Legend) == 0 || len(p.Legend) > maxPlanPoints:
		return fmt.Sprintf("legend phải có từ 1 đến %d điểm.", maxPlanPoints)
	}
	for i, s := range p.Shapes {
		if problem := s.problem(); problem != "" {
			return fmt.Sprintf("hình %d: %s", i+1, problem)
		}
	}
	for i, point := range p.Legend {
		if !onPlan(point.X, point.Y) || !isPlanText(point.Text) || point.Source != "" && !isPlanText(point.Source) {
			return fmt.Sprintf("điểm %d phải có x, y và text.", i+1)
		}
	}
	return ""
}

func (s PlanShape) problem() string {
	if !planClass.MatchString(s.Class) {
		return fmt.Sprintf("không có class %q.", s.Class)
	}
	if !onPlan(s.X, s.Y, s.W, s.H, s.R, s.RX) {
		return fmt.Sprintf("số phải từ 0 đến %d.", maxPlanSize)
	}
	wrong := false
	switch s.Kind {
	case "rect":
		wrong = s.W == 0 || s.H == 0
	case "circle":
		wrong = s.R == 0
	case "path":
		wrong = len(s.D) > maxPlanPathBytes || !planPath.MatchString(s.D)
	case "text":
		wrong = s.Text == "" || utf8.RuneCountInString(s.Text) > maxPlanLabelRunes
	default:
		return fmt.Sprintf("không có loại hình %q. Hãy dùng rect, path, text hoặc circle.", s.Kind)
	}
	if wrong {
		return fmt.Sprintf("hình %s thiếu hoặc sai số đo, đường d hoặc chữ.", s.Kind)
	}
	return ""
}

func isPlanText(text string) bool {
	return strings.TrimSpace(text) != "" && utf8.RuneCountInString(text) <= maxPlanTextRunes
}

// onPlan refuses also what is no number.
func onPlan(numbers ...float64) bool {
	for _, n := range numbers {
		if !(n >= 0 && n <= maxPlanSize) {
			return false
		}
	}
	return true
}

// SVG draws the plan. The list of its legend belongs beside it.
func (p Plan) SVG() string {
	var b strings.Builder
	id := "so-do-" + p.Key
	fmt.Fprintf(&b, `<svg class="plan" viewBox="0 0 %s %s" role="img" aria-labelledby="%s-ten %s-ta">`, num(p.Width), num(p.Height), id, id)
	fmt.Fprintf(&b, `<title id="%s-ten">%s</title><desc id="%s-ta">%s</desc>`, id, html.EscapeString(p.Label), id, html.EscapeString(p.Description))
	for _, s := range p.Shapes {
		b.WriteString(s.svg())
	}
	for i, point := range p.Legend {
		fmt.Fprintf(&b, `<circle class="dot" cx="%s" cy="%s" r="14"/>`, num(point.X), num(point.Y))
		fmt.Fprintf(&b, `<text class="n" x="%s" y="%s">%d</text>`, num(point.X), num(point.Y+5), i+1)
	}
	return b.String() + "</svg>"
}

func (s PlanShape) svg() string {
	switch s.Kind {
	case "rect":
		rx := ""
		if s.RX > 0 {
			rx = fmt.Sprintf(` rx="%s"`, num(s.RX))
		}
		return fmt.Sprintf(`<rect class="%s" x="%s" y="%s" width="%s" height="%s"%s/>`, s.Class, num(s.X), num(s.Y), num(s.W), num(s.H), rx)
	case "circle":
		return fmt.Sprintf(`<circle class="%s" cx="%s" cy="%s" r="%s"/>`, s.Class, num(s.X), num(s.Y), num(s.R))
	case "path":
		return fmt.Sprintf(`<path class="%s" d="%s"/>`, s.Class, html.EscapeString(s.D))
	}
	return fmt.Sprintf(`<text class="%s" x="%s" y="%s">%s</text>`, s.Class, num(s.X), num(s.Y), html.EscapeString(s.Text))
}

func num(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
