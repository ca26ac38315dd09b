package content

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"sotay/internal/cite"
	"sotay/internal/viet"
)

// planBox is a rectangle in decimetres.
type planBox struct{ x, y, w, h int }

func (b planBox) grown(by int) planBox {
	return planBox{b.x - by, b.y - by, b.w + 2*by, b.h + 2*by}
}

// meets reports whether two boxes share more than an edge.
func (b planBox) meets(o planBox) bool {
	return b.x < o.x+o.w && o.x < b.x+b.w && b.y < o.y+o.h && o.y < b.y+b.h
}

func (b planBox) within(o planBox) bool {
	return b.x >= o.x && b.y >= o.y && b.x+b.w <= o.x+o.w && b.y+b.h <= o.y+o.h
}

// decimetres are the unit of all reckoning; readPlan has refused finer measures.
func decimetres(metres float64) int { return int(math.Round(metres * 10)) }

func (o PlanObject) box() planBox {
	return planBox{decimetres(o.X), decimetres(o.Y), decimetres(o.W), decimetres(o.H)}
}

func (o PlanObject) kind() planKind { return planKinds[o.Kind] }

// on reports whether an object stands on another that carries it.
func (o PlanObject) on(base PlanObject) bool { return base.kind().base && o.box().within(base.box()) }

func (r PlanRoom) inside() planBox { return planBox{0, 0, decimetres(r.Width), decimetres(r.Depth)} }

func (r PlanRoom) outside() planBox {
	return planBox{0, decimetres(r.Depth), decimetres(r.Width), decimetres(r.Yard)}
}

// clear is what must stay free before a door: on both sides of it, as far as
// the plan shows them.
func (d PlanDoor) clear(r PlanRoom) []planBox {
	in, out := r.inside(), r.outside()
	at, width := decimetres(d.At), decimetres(d.Width)
	switch {
	case d.Use == doorGate:
		return []planBox{{at, out.y + out.h - planDoorway, width, planDoorway}}
	case d.Wall == sideDown:
		return []planBox{{at, in.h - planDoorway, width, planDoorway}, {at, in.h, width, planDoorway}}
	case d.Wall == sideUp:
		return []planBox{{at, 0, width, planDoorway}}
	case d.Wall == sideLeft:
		return []planBox{{0, at, planDoorway, width}}
	}
	return []planBox{{in.w - planDoorway, at, planDoorway, width}}
}

// planCheck finds what is wrong with a plan, and the line that says it.
type planCheck struct {
	plan  Plan
	lines map[string]int
}

// yamlLines gives the line of every item of a YAML text: "objects.2.x".
func yamlLines(data []byte) map[string]int {
	lines := map[string]int{"": 1}
	var tree yaml.Node
	if yaml.Unmarshal(data, &tree) != nil || len(tree.Content) == 0 {
		return lines
	}
	var walk func(name string, n *yaml.Node)
	walk = func(name string, n *yaml.Node) {
		switch n.Kind {
		case yaml.MappingNode:
			for i := 0; i+1 < len(n.Content); i += 2 {
				below := strings.TrimPrefix(name+"."+n.Content[i].Value, ".")
				lines[below] = n.Content[i].Line
				walk(below, n.Content[i+1])
			}
		case yaml.SequenceNode:
			for i, item := range n.Content {
				below := fmt.Sprintf("%s.%d", name, i)
				lines[below] = item.Line
				walk(below, item)
			}
		}
	}
	walk("", tree.Content[0])
	return lines
}

// fault names the line of an item, or of what it belongs to when it is absent.
func (c planCheck) fault(item, format string, args ...any) error {
	for {
		if line, ok := c.lines[item]; ok {
			return lineFault(line, format, args...)
		}
		at := strings.LastIndexByte(item, '.')
		if at < 0 {
			return lineFault(1, format, args...)
		}
		item = item[:at]
	}
}

func (c planCheck) check() error {
	for _, rule := range []func() error{c.head, c.room, c.doors, c.objects, c.needed, c.places, c.stations, c.checks} {
		if err := rule(); err != nil {
			return err
		}
	}
	return nil
}

func (c planCheck) head() error {
	p := c.plan
	if !directiveKey.MatchString(p.Key) || len(p.Key) > maxKeyBytes {
		return c.fault("key", "key phải gồm a-z, 0-9 và gạch ngang.")
	}
	for _, f := range []struct{ name, text string }{
		{"title", p.Title}, {"name", p.Name}, {"use", p.Use}, {"label", p.Label}, {"description", p.Description},
	} {
		if err := c.text(f.name, f.text); err != nil {
			return err
		}
	}
	if p.Caution != "" {
		return c.text("caution", p.Caution)
	}
	return nil
}

func (c planCheck) text(item, text string) error {
	if strings.TrimSpace(text) == "" {
		return c.fault(item, "thiếu chữ ở mục %s.", lastName(item))
	}
	if utf8.RuneCountInString(text) > maxPlanTextRunes {
		return c.fault(item, "mục %s dài quá %d chữ cái.", lastName(item), maxPlanTextRunes)
	}
	return nil
}

func (c planCheck) note(item, text, source string) error {
	if err := c.text(item+".text", text); err != nil {
		return err
	}
	if strings.TrimSpace(source) == "" {
		return c.fault(item+".source", "thiếu nguồn (source). Hãy ghi điều khoản, ví dụ sach-hoi-dap-2026 cau-155; không có thì ghi “%s”.", PlanAdvice)
	}
	if _, err := cite.Parse(source); err != nil && source != PlanAdvice {
		return c.fault(item+".source", "không đọc được nguồn %q. Hãy ghi điều khoản, ví dụ sach-hoi-dap-2026 cau-155, hoặc “%s”.", shorten(source, maxLabelRunes), PlanAdvice)
	}
	return nil
}

func lastName(item string) string { return item[strings.LastIndexByte(item, '.')+1:] }

// measure refuses what is outside its limits, no number, or finer than 0,1 m.
func (c planCheck) measure(item string, metres, least, most float64) error {
	if !(metres >= least && metres <= most) {
		return c.fault(item, "%s phải từ %s đến %s mét.", lastName(item), comma(least), comma(most))
	}
	if math.Abs(metres*10-math.Round(metres*10)) > 1e-6 {
		return c.fault(item, "%s ghi tới 0,1 mét là đủ.", lastName(item))
	}
	return nil
}

func comma(n float64) string { return strings.Replace(num(n), ".", ",", 1) }

func (c planCheck) room() error {
	r := c.plan.Room
	for _, m := range []struct {
		name              string
		value, least, max float64
	}{
		{"width", r.Width, 3, maxPlanMetres}, {"depth", r.Depth, 3, maxPlanMetres}, {"yard", r.Yard, 2, maxPlanYard}, {"aisle", r.Aisle, 0.8, 3},
	} {
		if err := c.measure("room."+m.name, m.value, m.least, m.max); err != nil {
			return err
		}
	}
	if decimetres(r.Aisle)%2 != 0 {
		return c.fault("room.aisle", "aisle phải chia hết cho 0,2 mét.")
	}
	return nil
}

func (c planCheck) doors() error {
	if n := len(c.plan.Doors); n > maxPlanDoors {
		return c.fault("doors", "có %d cửa, nhiều nhất là %d.", n, maxPlanDoors)
	}
	for i, d := range c.plan.Doors {
		if err := c.door(fmt.Sprintf("doors.%d", i), d); err != nil {
			return err
		}
	}
	return nil
}

func (c planCheck) door(item string, d PlanDoor) error {
	r := c.plan.Room
	if planDoors[d.Use] == "" {
		return c.fault(item+".use", "không có loại cửa %q. Hãy dùng: %s.", d.Use, namesOf(planDoors))
	}
	along := r.Width
	switch {
	case d.Use == doorGate && d.Wall != "":
		return c.fault(item+".wall", "cổng ở hàng rào của sân, không ghi wall.")
	case d.Use != doorGate && planSides[d.Wall] == "":
		return c.fault(item+".wall", "không có tường %q. Hãy dùng: %s.", d.Wall, namesOf(planSides))
	case d.Use != doorGate && d.Use != doorEscape && d.Wall != sideDown:
		return c.fault(item+".wall", "cửa cử tri đi qua phải ở tường duoi, phía sân. Hãy xoay sơ đồ.")
	case d.Wall == sideLeft || d.Wall == sideRight:
		along = r.Depth
	}
	least := r.Aisle
	if d.Use == doorBoth || d.Use == doorGate {
		least = 2 * r.Aisle // two ways side by side
	}
	if err := c.measure(item+".width", d.Width, least, maxPlanMetres); err != nil {
		return err
	}
	if err := c.measure(item+".at", d.At, 0, maxPlanMetres); err != nil {
		return err
	}
	if decimetres(d.At)+decimetres(d.Width) > decimetres(along) {
		return c.fault(item+".at", "cửa %s vượt ra ngoài bức tường dài %s mét.", d.ID, comma(along))
	}
	return c.note(item, d.Text, d.Source)
}

func (c planCheck) objects() error {
	if n := len(c.plan.Objects); n > maxPlanObjects {
		return c.fault("objects", "có %d vật, nhiều nhất là %d.", n, maxPlanObjects)
	}
	for i, o := range c.plan.Objects {
		if err := c.object(fmt.Sprintf("objects.%d", i), o); err != nil {
			return err
		}
	}
	return nil
}

func (c planCheck) object(item string, o PlanObject) error {
	if o.kind().name == "" {
		return c.fault(item+".kind", "không có loại vật %q. Hãy dùng: %s.", o.Kind, namesOf(planKinds))
	}
	least := 0.1
	if o.kind().line {
		least = 0
	}
	for _, m := range []struct {
		name         string
		value, least float64
	}{{"x", o.X, 0}, {"y", o.Y, 0}, {"w", o.W, least}, {"h", o.H, least}, {"stand", o.Stand, 0}} {
		if err := c.measure(item+"."+m.name, m.value, m.least, maxPlanMetres+maxPlanYard); err != nil {
			return err
		}
	}
	switch {
	case o.kind().line && o.W+o.H == 0:
		return c.fault(item+".w", "dây ngăn phải có chiều dài.")
	case o.Stand != 0 && decimetres(o.Stand) < decimetres(c.plan.Room.Aisle)/2:
		return c.fault(item+".stand", "stand phải từ nửa lối đi, %s mét.", comma(c.plan.Room.Aisle/2))
	case o.Front != "" && planSides[o.Front] == "":
		return c.fault(item+".front", "không có phía %q. Hãy dùng: %s.", o.Front, namesOf(planSides))
	case o.kind().class == "booth" && (o.Seats < 1 || o.Seats > maxPlanSeats || o.Front == ""):
		return c.fault(item+".seats", "nơi viết phiếu phải ghi front và số chỗ (seats) từ 1 đến %d.", maxPlanSeats)
	case o.kind().class != "booth" && o.Seats != 0:
		return c.fault(item+".seats", "chỉ nơi viết phiếu có số chỗ (seats).")
	}
	return c.note(item, o.Text, o.Source)
}

// needed finds ids used twice and what a polling place cannot do without.
func (c planCheck) needed() error {
	seen, count := map[string]bool{}, map[string]int{}
	id := func(item, id string) error {
		if !directiveKey.MatchString(id) || len(id) > maxKeyBytes {
			return c.fault(item+".id", "id phải gồm a-z, 0-9 và gạch ngang.")
		}
		if seen[id] {
			return c.fault(item+".id", "id %q dùng hai lần.", id)
		}
		seen[id] = true
		return nil
	}
	for i, d := range c.plan.Doors {
		count[d.Use]++
		if err := id(fmt.Sprintf("doors.%d", i), d.ID); err != nil {
			return err
		}
	}
	for i, o := range c.plan.Objects {
		count[o.Kind]++
		if err := id(fmt.Sprintf("objects.%d", i), o.ID); err != nil {
			return err
		}
	}
	if count[doorGate] != 1 {
		return c.fault("doors", "phải có đúng một cổng (use: cong).")
	}
	if pair := count[doorIn] == 1 && count[doorOut] == 1 && count[doorBoth] == 0; !pair && (count[doorBoth] != 1 || count[doorIn]+count[doorOut] > 0) {
		return c.fault("doors", "phải có một cửa vào và một cửa ra, hoặc một cửa vao-ra.")
	}
	for _, kind := range planOnce {
		if count[kind] != 1 {
			return c.fault("objects", "phải có đúng một %s (kind: %s).", viet.LowerFirst(planKinds[kind].name), kind)
		}
	}
	return nil
}

// places finds what is outside the walls, in the way of something else or of a door.
func (c planCheck) places() error {
	for i, o := range c.plan.Objects {
		item := fmt.Sprintf("objects.%d", i)
		if err := c.walls(item, o); err != nil {
			return err
		}
		for _, other := range c.plan.Objects[:i] {
			if o.on(other) || other.on(o) {
				continue
			}
			gap := planGap
			if o.kind().deco && other.kind().deco {
				gap = 0
			}
			if o.box().grown(gap).meets(other.box()) {
				return c.fault(item, "%s chồng lên hoặc sát %s. Hãy đặt cách nhau ít nhất %s mét.", called(o), called(other), comma(float64(planGap)/10))
			}
		}
		for _, d := range c.plan.Doors {
			if o.kind().line && d.Use == doorBoth {
				continue // it parts the ways in and out
			}
			for _, free := range d.clear(c.plan.Room) {
				if o.box().meets(free) || o.kind().line && o.box().grown(1).meets(free) {
					return c.fault(item, "%s chắn %s. Hãy để trống %s mét trước cửa.", called(o), viet.LowerFirst(planDoors[d.Use]), comma(float64(planDoorway)/10))
				}
			}
		}
	}
	return nil
}

func (c planCheck) walls(item string, o PlanObject) error {
	in, out := o.box().within(c.plan.Room.inside()), o.box().within(c.plan.Room.outside())
	through := o.kind().line && o.box().within(planBox{0, 0, c.plan.Room.inside().w, c.plan.Room.outside().y + c.plan.Room.outside().h})
	switch place := o.kind().place; {
	case !in && !out && !through:
		return c.fault(item, "%s không nằm gọn trong phòng hoặc trong sân.", called(o))
	case place == planInside && !in:
		return c.fault(item, "%s phải ở trong phòng.", called(o))
	case place == planOutside && !out:
		return c.fault(item, "%s phải ở ngoài phòng.", called(o))
	}
	return nil
}

func called(o PlanObject) string { return viet.LowerFirst(o.kind().name) + " (" + o.ID + ")" }

// stations finds a way that leaves something out or takes it in the wrong order.
func (c planCheck) stations() error {
	if n := len(c.plan.Stations); n > maxPlanStations {
		return c.fault("path", "lối đi có %d chỗ dừng, nhiều nhất là %d.", n, maxPlanStations)
	}
	var kinds []string
	seen := map[string]int{}
	for i, id := range c.plan.Stations {
		item := fmt.Sprintf("path.%d", i)
		kind, twice := "", false
		if d, ok := c.plan.door(id); ok {
			kind, twice = d.Use, d.Use == doorGate || d.Use == doorBoth
		} else if o, ok := c.plan.object(id); ok {
			if kind = o.Kind; o.Front == "" {
				return c.fault(item, "%s trên lối đi phải ghi phía cử tri đứng (front).", called(o))
			}
		}
		if seen[id]++; seen[id] > 1 && !twice || seen[id] > 2 {
			return c.fault(item, "lối đi qua %q nhiều lần.", id)
		}
		if kind == "" || kind == doorEscape {
			return c.fault(item, "lối đi không qua được %q: không có cửa hay vật nào mang id này.", shorten(id, maxLabelRunes))
		}
		kinds = append(kinds, kind)
	}
	in, out := doorIn, doorOut
	if slices.Contains(kinds, doorBoth) {
		in, out = doorBoth, doorBoth
	}
	at := 0
	for _, kind := range append(append([]string{doorGate, in}, planOrder...), out, doorGate) {
		found := slices.Index(kinds[at:], kind)
		if found < 0 {
			return c.fault("path", "lối đi phải lần lượt qua cổng, cửa vào, bàn hướng dẫn, nơi viết phiếu, hòm phiếu, bàn đóng dấu, cửa ra, cổng. Thiếu hoặc sai thứ tự ở %s.", viet.LowerFirst(nameOfKind(kind)))
		}
		at += found + 1
	}
	if kinds[0] != doorGate || at != len(kinds) {
		return c.fault("path", "lối đi phải bắt đầu và kết thúc ở cổng.")
	}
	return nil
}

func nameOfKind(kind string) string {
	if name := planDoors[kind]; name != "" {
		return name
	}
	return planKinds[kind].name
}

func (c planCheck) checks() error {
	if n := len(c.plan.Checks); n == 0 || n > maxPlanChecks {
		return c.fault("checks", "bảng kiểm (checks) phải có từ 1 đến %d dòng.", maxPlanChecks)
	}
	for i, check := range c.plan.Checks {
		if err := c.note(fmt.Sprintf("checks.%d", i), check.Text, check.Source); err != nil {
			return err
		}
	}
	return nil
}

func (p Plan) door(id string) (PlanDoor, bool) {
	i := slices.IndexFunc(p.Doors, func(d PlanDoor) bool { return d.ID == id })
	if i < 0 {
		return PlanDoor{}, false
	}
	return p.Doors[i], true
}

func (p Plan) object(id string) (PlanObject, bool) {
	i := slices.IndexFunc(p.Objects, func(o PlanObject) bool { return o.ID == id })
	if i < 0 {
		return PlanObject{}, false
	}
	return p.Objects[i], true
}

// item is where a door or an object is written.
func (c planCheck) item(id string) string {
	if i := slices.IndexFunc(c.plan.Doors, func(d PlanDoor) bool { return d.ID == id }); i >= 0 {
		return fmt.Sprintf("doors.%d", i)
	}
	return fmt.Sprintf("objects.%d", slices.IndexFunc(c.plan.Objects, func(o PlanObject) bool { return o.ID == id }))
}
