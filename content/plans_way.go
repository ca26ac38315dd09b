package content

import "container/heap"

// planSpot is a point of the way, in decimetres.
type planSpot struct{ x, y int }

// planWay is the way of the voters: its corners, and the stop at each station.
type planWay struct {
	corners []planSpot
	stops   []planSpot
}

// Costs of a step of 0,1 m of the way. Turns and nearness to an earlier part of
// the way cost more, so that the way is straight and easy to follow.
const (
	stepCost = 2
	turnCost = 30
	nearCost = 9
	nearStep = 8  // decimetres to an earlier part
	farBack  = 14 // as many steps back the way counts as earlier
)

// way finds the shortest way past the stations in their order. Everywhere it
// keeps half the width of the aisle from walls and objects, and it never meets
// itself; so a plan with a way has aisles that wide.
func (c planCheck) way() (planWay, error) {
	f := newPlanField(c.plan)
	var w planWay
	steps := []planSpot{}
	face := 0
	for i, id := range c.plan.Stations {
		stop := c.plan.stop(id, i)
		w.stops = append(w.stops, stop)
		if f.blocked(stop) {
			return w, c.fault(f.item(i), "chỗ đứng ở %q bị chắn hoặc hẹp: lối đi phải rộng %s mét.", id, comma(c.plan.Room.Aisle))
		}
		if i == 0 {
			steps = append(steps, stop)
			continue
		}
		leg, end := f.leg(w.stops[i-1], stop, face)
		if leg == nil {
			return w, c.fault(f.item(i), "không có lối rộng %s mét từ %q đến %q mà không cắt lối đã đi.", comma(c.plan.Room.Aisle), c.plan.Stations[i-1], id)
		}
		face = end
		steps = append(steps, leg...)
		f.take(steps)
	}
	w.corners = cornersOf(steps)
	return w, nil
}

// stop is where voters stand at a station; at doors the middle of their way.
func (p Plan) stop(id string, n int) planSpot {
	half := decimetres(p.Room.Aisle) / 2
	if d, ok := p.door(id); ok {
		at, width, y := decimetres(d.At), decimetres(d.Width), p.Room.inside().h
		if d.Use == doorGate {
			y += p.Room.outside().h
		}
		if d.Use != doorGate && d.Use != doorBoth {
			return planSpot{at + width/2, y}
		}
		if first := n < len(p.Stations)/2; first == p.entersLeft() {
			return planSpot{at + width/4, y}
		}
		return planSpot{at + width - width/4, y}
	}
	o, _ := p.object(id)
	b := o.box()
	if o.Stand > 0 {
		half = decimetres(o.Stand)
	}
	switch o.Front {
	case sideLeft:
		return planSpot{b.x - half, b.y + b.h/2}
	case sideRight:
		return planSpot{b.x + b.w + half, b.y + b.h/2}
	case sideUp:
		return planSpot{b.x + b.w/2, b.y - half}
	}
	return planSpot{b.x + b.w/2, b.y + b.h + half}
}

// entersLeft reports on which side of a shared opening the way in is: on the
// side of the first table, so that it does not cross the way out.
func (p Plan) entersLeft() bool {
	var first, last PlanObject
	for _, o := range p.Objects {
		switch o.Kind {
		case planOrder[0]:
			first = o
		case planOrder[len(planOrder)-1]:
			last = o
		}
	}
	return first.X <= last.X
}

// planField is where voters can walk: the points of a grid of 0,1 m.
type planField struct {
	w, h int
	wall []bool // too near to something
	used []bool // on the way already
	near []bool // beside an earlier part of the way
}

func (f *planField) at(s planSpot) int { return s.y*(f.w+1) + s.x }

func (f *planField) blocked(s planSpot) bool {
	return s.x < 0 || s.y < 0 || s.x > f.w || s.y > f.h || f.wall[f.at(s)]
}

func (f *planField) item(station int) string { return "path." + num(float64(station)) }

func newPlanField(p Plan) *planField {
	f := &planField{w: p.Room.inside().w, h: p.Room.inside().h + p.Room.outside().h}
	size := (f.w + 1) * (f.h + 1)
	f.wall, f.used, f.near = make([]bool, size), make([]bool, size), make([]bool, size)
	half := decimetres(p.Room.Aisle) / 2
	for _, b := range p.walls(true) {
		f.block(b.grown(half))
	}
	for _, o := range p.Objects {
		f.block(o.box().grown(half))
	}
	return f
}

// block closes what is strictly inside a box; on its edge there is room enough.
func (f *planField) block(b planBox) {
	for y := max(b.y+1, 0); y < min(b.y+b.h, f.h+1); y++ {
		for x := max(b.x+1, 0); x < min(b.x+b.w, f.w+1); x++ {
			f.wall[f.at(planSpot{x, y})] = true
		}
	}
}

// take marks the way walked so far.
func (f *planField) take(steps []planSpot) {
	for i, s := range steps[:len(steps)-1] {
		f.used[f.at(s)] = true
		if i > len(steps)-farBack {
			continue
		}
		for y := max(s.y-nearStep, 0); y <= min(s.y+nearStep, f.h); y++ {
			for x := max(s.x-nearStep, 0); x <= min(s.x+nearStep, f.w); x++ {
				f.near[f.at(planSpot{x, y})] = true
			}
		}
	}
}

// walls are the walls and the fence without their openings: those voters go
// through, or all of them.
func (p Plan) walls(onlyWays bool) []planBox {
	in, out := p.Room.inside(), p.Room.outside()
	bottom := out.y + out.h
	var list []planBox
	split := func(length int, of func(PlanDoor) bool, piece func(from, to int) planBox) {
		from := 0
		for from < length {
			to, next := length, length
			for _, d := range p.Doors {
				at := decimetres(d.At)
				if of(d) && !(onlyWays && d.Use == doorEscape) && at >= from && at < to {
					to, next = at, at+decimetres(d.Width)
				}
			}
			if to > from {
				list = append(list, piece(from, to))
			}
			from = next
		}
	}
	on := func(wall string) func(PlanDoor) bool {
		return func(d PlanDoor) bool { return d.Use != doorGate && d.Wall == wall }
	}
	split(in.w, on(sideUp), func(a, b int) planBox { return planBox{a, 0, b - a, 0} })
	split(in.w, on(sideDown), func(a, b int) planBox { return planBox{a, in.h, b - a, 0} })
	split(in.h, on(sideLeft), func(a, b int) planBox { return planBox{0, a, 0, b - a} })
	split(in.h, on(sideRight), func(a, b int) planBox { return planBox{in.w, a, 0, b - a} })
	split(in.w, func(d PlanDoor) bool { return d.Use == doorGate }, func(a, b int) planBox { return planBox{a, bottom, b - a, 0} })
	if onlyWays { // the sides of the yard, which are not drawn
		list = append(list, planBox{0, in.h, 0, out.h}, planBox{in.w, in.h, 0, out.h})
	}
	return list
}

// planHead is a point reached with a heading, at a cost.
type planHead struct {
	spot     planSpot
	face     int // 0 up, 1 right, 2 down, 3 left
	cost, at int // at keeps the order of equal costs
}

type planHeap []planHead

func (h planHeap) Len() int { return len(h) }
func (h planHeap) Less(i, j int) bool {
	return h[i].cost < h[j].cost || h[i].cost == h[j].cost && h[i].at < h[j].at
}
func (h planHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *planHeap) Push(x any)   { *h = append(*h, x.(planHead)) }
func (h *planHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

var planSteps = [4]planSpot{{0, -1}, {1, 0}, {0, 1}, {-1, 0}}

// leg is the way from one stop to the next without its first point, and the
// heading at its end; nil when there is none.
func (f *planField) leg(from, to planSpot, face int) ([]planSpot, int) {
	cost := make([]int, 4*len(f.wall)) // 0 is unseen, else one more than the cost
	back := make([]int8, 4*len(f.wall))
	done := make([]bool, 4*len(f.wall))
	state := func(s planSpot, face int) int { return f.at(s)*4 + face }
	start := planHead{spot: from, face: face}
	cost[state(from, face)] = 1
	queue := planHeap{start}
	for n := 0; len(queue) > 0; {
		here := heap.Pop(&queue).(planHead)
		at := state(here.spot, here.face)
		if done[at] {
			continue
		}
		done[at] = true
		if here.spot == to {
			return f.walked(from, here, face, back), here.face
		}
		for turn := range planSteps {
			next := planSpot{here.spot.x + planSteps[turn].x, here.spot.y + planSteps[turn].y}
			if f.blocked(next) || f.used[f.at(next)] {
				continue
			}
			price := here.cost + stepCost
			if turn != here.face {
				price += turnCost
			}
			if f.near[f.at(next)] {
				price += nearCost
			}
			there := state(next, turn)
			if cost[there] != 0 && cost[there] <= price+1 {
				continue
			}
			n++
			cost[there], back[there] = price+1, int8(here.face)
			heap.Push(&queue, planHead{next, turn, price, n})
		}
	}
	return nil, 0
}

// walked follows a leg back from its end.
func (f *planField) walked(from planSpot, end planHead, face int, back []int8) []planSpot {
	var list []planSpot
	for here := end; here.spot != from; {
		list = append(list, here.spot)
		before := int(back[f.at(here.spot)*4+here.face])
		here.spot = planSpot{here.spot.x - planSteps[here.face].x, here.spot.y - planSteps[here.face].y}
		here.face = before
	}
	for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
		list[i], list[j] = list[j], list[i]
	}
	if list == nil {
		return []planSpot{}
	}
	return list
}

// cornersOf leaves out the points on a straight line between two others.
func cornersOf(steps []planSpot) []planSpot {
	var list []planSpot
	for i, s := range steps {
		if i > 0 && i < len(steps)-1 {
			a, b := steps[i-1], steps[i+1]
			if a.x == s.x && s.x == b.x || a.y == s.y && s.y == b.y {
				continue
			}
		}
		list = append(list, s)
	}
	return list
}
