package content

import (
	"fmt"
	"html"
	"math"
	"slices"
	"strconv"
	"strings"

	"sotay/internal/viet"
)

// The drawing is as wide as a telephone's page, so its units are about pixels
// there; writing is never smaller than planLetter.
const (
	planWidth  = 360.0
	planMargin = 16.0
	planFoot   = 34.0 // below the fence: the name of the gate and the scale
	planLetter = 14.0 // size of letters and numbers
	planDot    = 11.0 // radius of a number's circle
)

type planXY struct{ x, y float64 }

// planRect is a rectangle of the drawing.
type planRect struct{ x, y, w, h float64 }

func (r planRect) meets(o planRect) bool {
	return r.x < o.x+o.w && o.x < r.x+r.w && r.y < o.y+o.h && o.y < r.y+r.h
}

// from is the distance of a point to the rectangle, 0 within.
func (r planRect) from(p planXY) float64 {
	dx := max(r.x-p.x, 0, p.x-r.x-r.w)
	dy := max(r.y-p.y, 0, p.y-r.y-r.h)
	return math.Hypot(dx, dy)
}

// planLabel is a word in the drawing, its middle at the point.
type planLabel struct {
	planXY
	text string
}

func (l planLabel) box() planRect {
	w := letterWidth(l.text)
	return planRect{l.x - w/2, l.y - planLetter*.85, w, planLetter * 1.15}
}

// letterWidth estimates the width of a bold word generously.
func letterWidth(text string) float64 { return float64(len([]rune(text))) * planLetter * .62 }

// planSheet lays a plan out for drawing.
type planSheet struct {
	plan   Plan
	way    []planXY
	scale  float64 // units for a decimetre
	height float64
	walls  []planRect
	boxes  []planRect // of the objects
	labels []planLabel
	points []PlanPoint
	owner  []string // the item each point numbers: "doors.1", "objects.4"
}

func newPlanSheet(p Plan, way planWay) *planSheet {
	s := &planSheet{plan: p, scale: (planWidth - 2*planMargin) / float64(p.Room.inside().w)}
	s.height = round1(planMargin + float64(p.Room.inside().h+p.Room.outside().h)*s.scale + planFoot)
	for _, spot := range way.corners {
		s.way = append(s.way, s.xy(spot.x, spot.y))
	}
	s.way[0].y += 14 // the way goes on before and behind the gate
	s.way[len(s.way)-1].y += 14
	for _, b := range p.walls(false) {
		s.walls = append(s.walls, s.rect(b))
	}
	for _, o := range p.Objects {
		s.boxes = append(s.boxes, s.rect(o.box()))
	}
	s.number()
	return s
}

func round1(n float64) float64 { return math.Round(n*10) / 10 }

func (s *planSheet) xy(x, y int) planXY {
	return planXY{round1(planMargin + float64(x)*s.scale), round1(planMargin + float64(y)*s.scale)}
}

func (s *planSheet) rect(b planBox) planRect {
	p := s.xy(b.x, b.y)
	return planRect{p.x, p.y, round1(float64(b.w) * s.scale), round1(float64(b.h) * s.scale)}
}

// number numbers the stations in their order, then the rest as it is written.
func (s *planSheet) number() {
	p := s.plan
	numbered := map[string]int{}
	for i, id := range p.Stations {
		if n, ok := numbered[id]; ok {
			s.points[n].Stations = append(s.points[n].Stations, i+1)
			continue
		}
		numbered[id] = len(s.points)
		s.name(id)
		s.points[len(s.points)-1].Stations = []int{i + 1}
	}
	for _, o := range p.Objects {
		if _, ok := numbered[o.ID]; !ok {
			s.name(o.ID)
		}
	}
	for _, d := range p.Doors {
		if _, ok := numbered[d.ID]; !ok {
			s.name(d.ID)
		}
	}
	for i, owner := range s.owner { // doors first: their words stand beside them
		if d, ok := p.door(owner); ok {
			s.markDoor(i, d)
		}
	}
	for i, owner := range s.owner {
		if o, ok := p.object(owner); ok {
			s.markObject(i, o)
		}
	}
}

func (s *planSheet) name(id string) {
	if d, ok := s.plan.door(id); ok {
		name := planDoors[d.Use]
		s.points = append(s.points, PlanPoint{Name: name, Text: name + ": " + d.Text, Source: d.Source, Place: s.plan.placeOfDoor(d)})
	} else if o, ok := s.plan.object(id); ok {
		name := o.kind().name
		if o.Seats > 0 {
			name += fmt.Sprintf(" (%d chỗ)", o.Seats)
		}
		s.points = append(s.points, PlanPoint{Name: name, Text: name + ": " + o.Text, Source: o.Source, Place: s.plan.placeOf(o)})
	}
	s.owner = append(s.owner, id)
}

// metres is a measure that is not broken between lines.
func metres(n float64) string { return comma(round1(n)) + "\u00a0m" }

func (p Plan) placeOfDoor(d PlanDoor) string {
	where, from := "ở tường "+planSides[d.Wall], "trái"
	if d.Use == doorGate {
		where = "ở hàng rào"
	} else if d.Wall == sideLeft || d.Wall == sideRight {
		from = "trên"
	}
	return fmt.Sprintf("Rộng %s, %s, cách góc %s %s.", metres(d.Width), where, from, metres(d.At))
}

func (p Plan) placeOf(o PlanObject) string {
	where, y, below := "Trong phòng", o.Y, "trên"
	if o.box().within(p.Room.outside()) {
		where, y, below = "Ngoài sân", o.Y-p.Room.Depth, "phòng"
	}
	size := fmt.Sprintf("cỡ\u00a0%s\u00a0×\u00a0%s", comma(o.W), metres(o.H))
	if o.kind().line {
		size = "dài " + metres(max(o.W, o.H))
	}
	return fmt.Sprintf("%s: cách trái %s, cách %s %s; %s.", where, metres(o.X), below, metres(y), size)
}

// markDoor sets a door's number and, at the lower wall and the gate, its word.
func (s *planSheet) markDoor(n int, d PlanDoor) {
	at, width := decimetres(d.At), decimetres(d.Width)
	in, out := s.plan.Room.inside(), s.plan.Room.outside()
	word := map[string]string{doorIn: "Vào", doorOut: "Ra", doorBoth: "Vào, ra", doorEscape: "Thoát", doorGate: "Cổng"}[d.Use]
	var spots []planXY
	switch {
	case d.Use == doorGate || d.Wall == sideDown:
		y := in.h
		if d.Use == doorGate {
			y = out.y + out.h
		}
		a, b := s.xy(at, y), s.xy(at+width, y)
		for _, side := range sidesOf(d.Use) {
			mark := planXY{a.x - planDot - 4, a.y + planDot + 6}
			if side > 0 {
				mark.x = b.x + planDot + 4
			}
			label := planLabel{planXY{round1(mark.x + side*(planDot+4+letterWidth(word)/2)), round1(mark.y + 5)}, word}
			if box := label.box(); box.x >= 2 && box.x+box.w <= planWidth-2 {
				s.put(n, mark)
				s.labels = append(s.labels, label)
				return
			}
		}
		s.put(n, planXY{(a.x + b.x) / 2, a.y + planDot + 6})
		return
	case d.Wall == sideUp:
		a := s.xy(at+width/2, 0)
		spots = []planXY{{a.x, a.y + planDot + 6}}
	case d.Wall == sideLeft:
		a := s.xy(0, at+width/2)
		spots = []planXY{{a.x + planDot + 6, a.y}}
	default:
		a := s.xy(in.w, at+width/2)
		spots = []planXY{{a.x - planDot - 6, a.y}}
	}
	s.put(n, spots[0])
}

// sidesOf gives where a door's word stands, the better side first: -1 is left.
func sidesOf(use string) [2]float64 {
	if use == doorOut || use == doorBoth {
		return [2]float64{1, -1}
	}
	return [2]float64{-1, 1}
}

func (s *planSheet) put(n int, at planXY) {
	s.points[n].X, s.points[n].Y = round1(at.x), round1(at.y)
}

// markObject sets an object's number on it or beside it, where it hides least.
func (s *planSheet) markObject(n int, o PlanObject) {
	box := s.rect(o.box())
	mid := planXY{box.x + box.w/2, box.y + box.h/2}
	spots := []planXY{s.middle(o, box)}
	for _, away := range []float64{planDot + 3, planDot + 8} {
		l, r, u, d := box.x-away, box.x+box.w+away, box.y-away, box.y+box.h+away
		spots = append(spots,
			planXY{l, mid.y}, planXY{r, mid.y}, planXY{mid.x, u}, planXY{mid.x, d},
			planXY{l, box.y + planDot}, planXY{r, box.y + planDot}, planXY{l, box.y + box.h - planDot}, planXY{r, box.y + box.h - planDot},
			planXY{box.x + planDot, u}, planXY{box.x + box.w - planDot, u}, planXY{box.x + planDot, d}, planXY{box.x + box.w - planDot, d},
			planXY{l, u}, planXY{r, u}, planXY{l, d}, planXY{r, d})
	}
	spots = append(spots, planXY{box.x + box.w - planDot - 4, box.y + box.h - planDot - 4}, planXY{box.x + planDot + 4, box.y + box.h - planDot - 4})
	if box.w > box.h {
		spots = append(spots, planXY{box.x + box.w*.25, mid.y}, planXY{box.x + box.w*.75, mid.y})
	} else {
		spots = append(spots, planXY{mid.x, box.y + box.h*.25}, planXY{mid.x, box.y + box.h*.75})
	}
	best, least := mid, math.Inf(1)
	for i, spot := range spots {
		if price := s.price(spot, o.ID) + float64(i)*.5; price < least {
			best, least = spot, price
		}
	}
	s.put(n, best)
}

// middle is the middle of an object, of booths that of their open side, of a
// stage the corner that others leave free.
func (s *planSheet) middle(o PlanObject, box planRect) planXY {
	mid := planXY{box.x + box.w/2, box.y + box.h/2}
	if o.kind().base {
		return planXY{box.x + planDot + 4, box.y + box.h - planDot - 4}
	}
	if o.kind().class != "booth" {
		return mid
	}
	switch o.Front {
	case sideLeft:
		mid.x = box.x + planDot + 1
	case sideRight:
		mid.x = box.x + box.w - planDot - 1
	case sideUp:
		mid.y = box.y + planDot + 1
	default:
		mid.y = box.y + box.h - planDot - 1
	}
	return mid
}

// price is how much a number's circle hides at a point.
func (s *planSheet) price(at planXY, id string) float64 {
	price := 0.0
	if at.x < planDot+2 || at.y < planDot+2 || at.x > planWidth-planDot-2 || at.y > s.height-planDot-2 {
		price += 2000
	}
	self, _ := s.plan.object(id)
	for i, box := range s.boxes {
		if self.on(s.plan.Objects[i]) && self.ID != s.plan.Objects[i].ID {
			continue
		}
		gap := box.from(at)
		switch own := s.plan.Objects[i].ID == id; {
		case own && gap < planDot:
			covered := min(box.w, 2*planDot) * min(box.h, 2*planDot) / (box.w*box.h + 1)
			if covered > .75 {
				price += 60
			}
		case !own && gap < planDot+1:
			price += 1000
		}
	}
	for i, point := range s.points {
		if s.owner[i] != id && point.X > 0 && math.Hypot(point.X-at.x, point.Y-at.y) < 2*planDot+3 {
			price += 1000
		}
	}
	for _, label := range s.labels {
		if label.box().from(at) < planDot+1 {
			price += 1000
		}
	}
	for _, wall := range s.walls {
		if wall.from(at) < planDot+3 {
			price += 200
		}
	}
	for i := 1; i < len(s.way); i++ {
		if segmentFrom(s.way[i-1], s.way[i], at) < planDot+3 {
			price += 150
		}
	}
	return price
}

// segmentFrom is the distance of a point to a level or upright line.
func segmentFrom(a, b, p planXY) float64 {
	return planRect{min(a.x, b.x), min(a.y, b.y), math.Abs(a.x - b.x), math.Abs(a.y - b.y)}.from(p)
}

// clash finds a number that hides something: what it hides, and which it is.
func (s *planSheet) clash() (string, int, bool) {
	for i, point := range s.points {
		at := planXY{point.X, point.Y}
		for j, other := range s.points[:i] {
			if math.Hypot(other.X-at.x, other.Y-at.y) < 2*planDot {
				return fmt.Sprintf("số %d", j+1), i, true
			}
		}
		self, _ := s.plan.object(s.owner[i])
		for j, box := range s.boxes {
			if s.plan.Objects[j].ID != s.owner[i] && !self.on(s.plan.Objects[j]) && box.from(at) < planDot-2 {
				return viet.LowerFirst(s.plan.Objects[j].kind().name), i, true
			}
		}
		for _, label := range s.labels {
			if label.box().from(at) < planDot-1 {
				return "chữ “" + label.text + "”", i, true
			}
		}
	}
	for _, label := range s.labels {
		for j, box := range s.boxes {
			if label.box().meets(box) {
				n := slices.Index(s.owner, s.plan.Objects[j].ID)
				return "chữ “" + label.text + "”", n, true
			}
		}
	}
	return "", 0, false
}

func (s *planSheet) svg() string {
	p := s.plan
	var b strings.Builder
	id := "so-do-" + p.Key
	fmt.Fprintf(&b, `<svg class="plan" viewBox="0 0 %s %s" role="img" aria-labelledby="%s-ten %s-ta">`, num(planWidth), num(s.height), id, id)
	fmt.Fprintf(&b, `<title id="%s-ten">%s</title><desc id="%s-ta">%s</desc>`, id, html.EscapeString(p.Label), id, html.EscapeString(s.words()))
	yard := s.rect(p.Room.outside())
	fmt.Fprintf(&b, `<rect class="yard" x="0" y="%s" width="%s" height="%s"/>`, num(yard.y), num(planWidth), num(yard.h))
	b.WriteString(drawn("room", s.rect(p.Room.inside())))
	for _, base := range []bool{true, false} { // a stage is below what stands on it
		for i, o := range p.Objects {
			if o.kind().base == base {
				b.WriteString(s.object(o, s.boxes[i]))
			}
		}
	}
	var walls strings.Builder
	for _, w := range s.walls {
		fmt.Fprintf(&walls, "M%s %sL%s %s", num(w.x), num(w.y), num(round1(w.x+w.w)), num(round1(w.y+w.h)))
	}
	fmt.Fprintf(&b, `<path class="wall" d="%s"/>`, walls.String())
	for _, d := range p.Doors {
		b.WriteString(s.door(d))
	}
	b.WriteString(s.arrows())
	for _, l := range s.labels {
		fmt.Fprintf(&b, `<text class="lbl" x="%s" y="%s">%s</text>`, num(l.x), num(l.y), html.EscapeString(l.text))
	}
	b.WriteString(s.ruler())
	for i, point := range s.points {
		fmt.Fprintf(&b, `<circle class="dot" cx="%s" cy="%s" r="%s"/>`, num(point.X), num(point.Y), num(planDot))
		fmt.Fprintf(&b, `<text class="n" x="%s" y="%s">%d</text>`, num(point.X), num(round1(point.Y+5)), i+1)
	}
	return b.String() + "</svg>"
}

// words tell the drawing to those who do not see it.
func (s *planSheet) words() string {
	stops := make([]string, len(s.plan.Stations))
	for i, point := range s.points {
		for _, stop := range point.Stations {
			stops[stop-1] = fmt.Sprintf("%s (số %d)", viet.LowerFirst(point.Name), i+1)
		}
	}
	return strings.TrimSpace(s.plan.Description) + " Lối đi lần lượt qua: " + strings.Join(stops, ", ") + "."
}

func drawn(class string, r planRect) string {
	return fmt.Sprintf(`<rect class="%s" x="%s" y="%s" width="%s" height="%s"/>`, class, num(r.x), num(r.y), num(r.w), num(r.h))
}

// ruler is a line of two metres with its length.
func (s *planSheet) ruler() string {
	long, y := round1(20*s.scale), round1(s.height-8)
	x := round1(planWidth - planMargin - long)
	return fmt.Sprintf(`<path class="thin" d="M%s %sv6h%sv-6"/><text class="lbl" x="%s" y="%s">2 m</text>`, num(x), num(y-3), num(long), num(round1(x+long/2)), num(round1(y-5)))
}

func (s *planSheet) object(o PlanObject, r planRect) string {
	switch o.kind().class {
	case "booth":
		return s.booths(o, r)
	case "key":
		slot := fmt.Sprintf(`<path class="thin" d="M%s %sh%s"/>`, num(round1(r.x+r.w/4)), num(round1(r.y+r.h/5)), num(round1(r.w/2)))
		return drawn("key", r) + slot
	case "rope":
		if o.kind().line {
			return fmt.Sprintf(`<path class="rope" d="M%s %sL%s %s"/>`, num(r.x), num(r.y), num(round1(r.x+r.w)), num(round1(r.y+r.h)))
		}
		return drawn("rope", r) + s.chairs(o, r)
	}
	return drawn(o.kind().class, r)
}

// booths are tables at the back with screens between them; the front is open.
func (s *planSheet) booths(o PlanObject, r planRect) string {
	var b, screens strings.Builder
	n := float64(o.Seats)
	upright := o.Front == sideLeft || o.Front == sideRight // the bank runs up and down
	long, deep := r.w/n, r.h
	if upright {
		long, deep = r.h/n, r.w
	}
	for i := 0.0; i <= n; i++ {
		if upright {
			fmt.Fprintf(&screens, "M%s %sh%s", num(r.x), num(round1(r.y+i*long)), num(r.w))
		} else {
			fmt.Fprintf(&screens, "M%s %sv%s", num(round1(r.x+i*long)), num(r.y), num(r.h))
		}
		if i == n {
			break
		}
		table := planRect{round1(r.x + i*long + long*.15), r.y, round1(long * .7), round1(deep * .45)}
		if o.Front == sideUp {
			table.y = round1(r.y + deep - table.h)
		}
		if upright {
			table = planRect{r.x, round1(r.y + i*long + long*.15), round1(deep * .45), round1(long * .7)}
			if o.Front == sideLeft {
				table.x = round1(r.x + deep - table.w)
			}
		}
		b.WriteString(drawn("obj", table))
	}
	fmt.Fprintf(&b, `<path class="thin" d="%s"/>`, screens.String())
	return b.String()
}

// chairs fill an area in rows, but for the place of its number.
func (s *planSheet) chairs(o PlanObject, r planRect) string {
	size, pitch := round1(max(3.5*s.scale, 7)), max(5*s.scale, 15)
	var mark planXY
	for i, id := range s.owner {
		if id == o.ID {
			mark = planXY{s.points[i].X, s.points[i].Y}
		}
	}
	across, down := int((r.w-6)/pitch), int((r.h-6)/pitch)
	left, top := r.x+(r.w-float64(across)*pitch)/2+(pitch-size)/2, r.y+(r.h-float64(down)*pitch)/2+(pitch-size)/2
	var b strings.Builder
	for row := range down {
		for col := range across {
			chair := planRect{round1(left + float64(col)*pitch), round1(top + float64(row)*pitch), size, size}
			if chair.from(mark) > planDot+2 {
				fmt.Fprintf(&b, "M%s %sh%sv%sh-%sz", num(chair.x), num(chair.y), num(size), num(size), num(size))
			}
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return fmt.Sprintf(`<path class="thin" d="%s"/>`, b.String())
}

// door draws the posts of the gate, and the arrow out of an escape door.
func (s *planSheet) door(d PlanDoor) string {
	in, out := s.plan.Room.inside(), s.plan.Room.outside()
	at, width := decimetres(d.At), decimetres(d.Width)
	if d.Use == doorGate {
		a, b := s.xy(at, out.y+out.h), s.xy(at+width, out.y+out.h)
		return drawn("obj", planRect{a.x - 6, a.y - 9, 12, 18}) + drawn("obj", planRect{b.x - 6, b.y - 9, 12, 18})
	}
	if d.Use != doorEscape {
		return ""
	}
	switch d.Wall {
	case sideUp:
		return tip(s.xy(at+width/2, 0), planXY{0, -1}, -2)
	case sideDown:
		return tip(s.xy(at+width/2, in.h), planXY{0, 1}, -2)
	case sideLeft:
		return tip(s.xy(0, at+width/2), planXY{-1, 0}, -2)
	}
	return tip(s.xy(in.w, at+width/2), planXY{1, 0}, -2)
}

const tipLength, tipWidth = 13.0, 15.0

// tip is an arrow's head that begins so far behind a point.
func tip(at, to planXY, behind float64) string {
	base := planXY{at.x - to.x*behind, at.y - to.y*behind}
	end := planXY{base.x + to.x*tipLength, base.y + to.y*tipLength}
	half := tipWidth / 2
	return fmt.Sprintf(`<path class="tip" d="M%s %sL%s %sL%s %sz"/>`,
		num(round1(base.x-to.y*half)), num(round1(base.y+to.x*half)), num(round1(base.x+to.y*half)), num(round1(base.y-to.x*half)), num(round1(end.x)), num(round1(end.y)))
}

// arrows draw the way, with a head on each of its longer parts and at its end.
func (s *planSheet) arrows() string {
	var line, heads strings.Builder
	for i, p := range s.way {
		letter := "L"
		if i == 0 {
			letter = "M"
		}
		line.WriteString(letter + num(p.x) + " " + num(p.y))
		if i == 0 {
			continue
		}
		from := s.way[i-1]
		length := math.Abs(p.x-from.x) + math.Abs(p.y-from.y)
		if length == 0 {
			continue
		}
		to := planXY{(p.x - from.x) / length, (p.y - from.y) / length}
		if i == len(s.way)-1 {
			heads.WriteString(tip(p, to, 0))
		}
		if length < 34 || i == len(s.way)-1 && length < 70 {
			continue
		}
		share := .5
		for _, f := range []float64{.5, .4, .6, .3, .7, .2, .8} {
			if s.free(planXY{from.x + to.x*length*f, from.y + to.y*length*f}) {
				share = f
				break
			}
		}
		heads.WriteString(tip(planXY{from.x + to.x*length*share, from.y + to.y*length*share}, to, tipLength/2))
	}
	return `<path class="way" d="` + line.String() + `"/>` + heads.String()
}

// free reports whether an arrow's head at a point touches no number.
func (s *planSheet) free(at planXY) bool {
	for _, point := range s.points {
		if math.Hypot(point.X-at.x, point.Y-at.y) < planDot+tipLength {
			return false
		}
	}
	return true
}

func num(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
