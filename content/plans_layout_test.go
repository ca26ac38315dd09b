package content

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// These tests look at finished drawings with a reckoning of their own.

func TestPlansKeepTheirDistances(t *testing.T) {
	for key, data := range embeddedPlans(t) {
		p, err := parsePlan(data)
		if err != nil {
			t.Fatalf("%s: %v", key, err)
		}
		t.Run(key, func(t *testing.T) { mustBeInOrder(t, p) })
	}
}

// shape is a rectangle in metres.
type shape struct{ left, top, right, bottom float64 }

func (a shape) apart(b shape) float64 {
	return math.Hypot(max(a.left-b.right, b.left-a.right, 0), max(a.top-b.bottom, b.top-a.bottom, 0))
}

func (a shape) overlaps(b shape) bool {
	const e = 1e-6
	return a.left < b.right-e && b.left < a.right-e && a.top < b.bottom-e && b.top < a.bottom-e
}

func shapeOf(o PlanObject) shape { return shape{o.X, o.Y, o.X + o.W, o.Y + o.H} }

func mustBeInOrder(t testing.TB, p Plan) {
	t.Helper()
	objectsApart(t, p)
	exitsFree(t, p)
	oneWay(t, p)
	wordsAgree(t, p)
	legible(t, p)
}

func objectsApart(t testing.TB, p Plan) {
	t.Helper()
	all := shape{0, 0, p.Room.Width, p.Room.Depth + p.Room.Yard}
	for i, o := range p.Objects {
		s := shapeOf(o)
		if s.left < 0 || s.top < 0 || s.right > all.right+1e-6 || s.bottom > all.bottom+1e-6 || o.Kind != "day-ngan" && s.top < p.Room.Depth-1e-6 && s.bottom > p.Room.Depth+1e-6 {
			t.Errorf("%s: %s reaches beyond its walls", p.Key, o.ID)
		}
		for _, other := range p.Objects[:i] {
			stage := o.Kind == "san-khau" || other.Kind == "san-khau"
			hung := planKinds[o.Kind].deco && planKinds[other.Kind].deco
			switch apart := s.apart(shapeOf(other)); {
			case s.overlaps(shapeOf(other)) && !stage:
				t.Errorf("%s: %s and %s overlap", p.Key, o.ID, other.ID)
			case apart < 0.2-1e-6 && !stage && !hung:
				t.Errorf("%s: %s and %s are %.2f m apart", p.Key, o.ID, other.ID, apart)
			}
		}
	}
}

func exitsFree(t testing.TB, p Plan) {
	t.Helper()
	const free = 1.2
	for _, d := range p.Doors {
		bottom := p.Room.Depth + p.Room.Yard
		zone := map[string]shape{
			"duoi": {d.At, p.Room.Depth - free, d.At + d.Width, p.Room.Depth + free}, "tren": {d.At, 0, d.At + d.Width, free},
			"trai": {0, d.At, free, d.At + d.Width}, "phai": {p.Room.Width - free, d.At, p.Room.Width, d.At + d.Width},
			"": {d.At, bottom - free, d.At + d.Width, bottom},
		}[d.Wall]
		for _, o := range p.Objects {
			if zone.overlaps(shapeOf(o)) && (o.Kind != "day-ngan" || d.Use != "vao-ra") {
				t.Errorf("%s: %s stands before door %s", p.Key, o.ID, d.ID)
			}
		}
	}
}

var wayPattern = regexp.MustCompile(`<path class="way" d="([^"]+)"`)

// walkedWay reads the way back from the drawing, in metres.
func walkedWay(t testing.TB, p Plan) (way []planXY) {
	t.Helper()
	m := wayPattern.FindStringSubmatch(p.SVG())
	if m == nil {
		t.Fatalf("%s: no way in the drawing", p.Key)
	}
	scale := (360 - 32) / p.Room.Width
	for _, corner := range strings.FieldsFunc(m[1], func(r rune) bool { return r == 'M' || r == 'L' }) {
		var x, y float64
		if _, err := fmt.Sscanf(corner, "%f %f", &x, &y); err != nil {
			t.Fatalf("%s: %v in %q", p.Key, err, corner)
		}
		way = append(way, planXY{(x - 16) / scale, (y - 16) / scale})
	}
	return way
}

func oneWay(t testing.TB, p Plan) {
	t.Helper()
	const drawn = 0.05 // metres by which the drawing rounds
	way := walkedWay(t, p)
	part := func(i int) shape {
		a, b := way[i-1], way[i]
		return shape{min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y)}
	}
	for i := 1; i < len(way); i++ {
		for j := i + 2; j < len(way); j++ {
			if part(i).apart(part(j)) < drawn {
				t.Errorf("%s: part %d of the way meets part %d", p.Key, j, i)
			}
		}
		for _, o := range p.Objects {
			if got := part(i).apart(shapeOf(o)); got < p.Room.Aisle/2-drawn {
				t.Errorf("%s: the way passes %s at %.2f m", p.Key, o.ID, got)
			}
		}
	}
	// the stations lie along the way in their order
	at := 0.0
	for n, id := range p.Stations {
		stop := p.stop(id, n)
		found := alongWay(way, planXY{float64(stop.x) / 10, float64(stop.y) / 10}, at)
		if found < 0 {
			t.Errorf("%s: the way does not come by %s in its turn", p.Key, id)
			return
		}
		at = found
	}
}

// alongWay is how far along the way a point is met after from; -1 when it is not.
func alongWay(way []planXY, p planXY, from float64) float64 {
	walked := 0.0
	for i := 1; i < len(way); i++ {
		a, b := way[i-1], way[i]
		length := math.Abs(a.x-b.x) + math.Abs(a.y-b.y)
		if segmentFrom(a, b, p) < 0.06 {
			if at := walked + math.Abs(a.x-p.x) + math.Abs(a.y-p.y); at > from-0.06 {
				return at
			}
		}
		walked += length
	}
	return -1
}

var numberPattern = regexp.MustCompile(`<text class="n" [^>]*>(\d+)</text>`)

func wordsAgree(t testing.TB, p Plan) {
	t.Helper()
	numbers := numberPattern.FindAllStringSubmatch(p.SVG(), -1)
	if dots := strings.Count(p.SVG(), `class="dot"`); len(numbers) != len(p.Legend) || dots != len(p.Legend) || len(p.Legend) != len(p.Objects)+len(p.Doors) {
		t.Errorf("%s: %d numbers, %d circles, %d sentences for %d things", p.Key, len(numbers), dots, len(p.Legend), len(p.Objects)+len(p.Doors))
	}
	for i, m := range numbers {
		if m[1] != strconv.Itoa(i+1) {
			t.Errorf("%s: number %s in place %d", p.Key, m[1], i+1)
		}
	}
	named := map[string]int{}
	for _, point := range p.Legend {
		named[point.Name]++
		if !strings.HasPrefix(point.Text, point.Name+": ") || point.Place == "" || point.Source == "" {
			t.Errorf("%s: a point without words: %+v", p.Key, point)
		}
	}
	for _, o := range p.Objects {
		name := planKinds[o.Kind].name
		if o.Seats > 0 {
			name += fmt.Sprintf(" (%d chỗ)", o.Seats)
		}
		if named[name]--; named[name] < 0 {
			t.Errorf("%s: no words for %s", p.Key, o.ID)
		}
	}
	stops := 0
	for _, point := range p.Legend {
		stops += len(point.Stations)
	}
	if stops != len(p.Stations) || !strings.Contains(p.SVG(), " Lối đi lần lượt qua: cổng ra vào (số 1), ") {
		t.Errorf("%s: %d of %d stations told", p.Key, stops, len(p.Stations))
	}
}

var (
	labelPattern = regexp.MustCompile(`<text class="(\w+)" x="([\d.-]+)" y="([\d.-]+)">([^<]+)</text>`)
	viewPattern  = regexp.MustCompile(`viewBox="0 0 ([\d.]+) ([\d.]+)"`)
)

// legible finds words and numbers on one another or beyond the drawing. Letters
// are 14 units high on 360, at most 9 wide; on a telephone of 360 px the drawing
// is 324 px wide, which makes 12,6 px.
func legible(t testing.TB, p Plan) {
	t.Helper()
	if planLetter*324/planWidth < 12 {
		t.Error("letters are too small for a telephone")
	}
	view := viewPattern.FindStringSubmatch(p.SVG())
	height, err := strconv.ParseFloat(view[2], 64)
	if err != nil || view[1] != "360" {
		t.Fatalf("%s: %v", p.Key, view)
	}
	var seen []shape
	for _, m := range labelPattern.FindAllStringSubmatch(p.SVG(), -1) {
		var x, y float64
		if _, err := fmt.Sscan(m[2]+" "+m[3], &x, &y); err != nil {
			t.Fatal(err)
		}
		box := shape{x - planDot, y - 5 - planDot, x + planDot, y - 5 + planDot}
		if m[1] == "lbl" {
			half := float64(len([]rune(m[4]))) * 4.5
			box = shape{x - half, y - 12, x + half, y + 4}
		}
		if box.left < 0 || box.top < 0 || box.right > 360 || box.bottom > height {
			t.Errorf("%s: %q leaves the drawing", p.Key, m[4])
		}
		for _, other := range seen {
			if box.overlaps(other) && (m[1] == "lbl" || math.Hypot(box.left-other.left, box.top-other.top) < 2*planDot) {
				t.Errorf("%s: %q lies on something else", p.Key, m[4])
			}
		}
		seen = append(seen, box)
	}
}
