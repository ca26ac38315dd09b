package content

import (
	"math"
	"slices"
	"strings"
)

// facts are those of all that is published, to look up by their words.
type facts struct {
	all  []fact
	norm []float64                    // by fact
	with map[string]map[string][]part // by unit and word
	of   map[string]int               // how many there are, by unit
}

// part is what a word adds to a fact.
type part struct {
	fact   int
	weight float64
}

func newFacts(all []fact) *facts {
	x := &facts{all: all, norm: make([]float64, len(all)), with: map[string]map[string][]part{}, of: map[string]int{}}
	for i, f := range all {
		x.of[f.unit]++
		if x.with[f.unit] == nil {
			x.with[f.unit] = map[string][]part{}
		}
		for w, weight := range f.words {
			x.with[f.unit][w] = append(x.with[f.unit][w], part{i, weight})
		}
	}
	for i, f := range all {
		x.norm[i] = x.length(f)
	}
	return x
}

// tells is how much a word tells among the facts of a unit: the rarer, the more.
func (x *facts) tells(unit, word string) float64 {
	return math.Log(1 + float64(x.of[unit])/float64(max(1, len(x.with[unit][word]))))
}

func (x *facts) length(f fact) float64 {
	sum := 0.0
	for w, weight := range f.words {
		weight *= x.tells(f.unit, w)
		sum += weight * weight
	}
	return math.Sqrt(sum)
}

// match is a published fact, and how like another it is, from 0 to 1.
type match struct {
	fact
	like float64
}

// like finds the facts of the same unit in other texts, the likest first.
func (x *facts) like(f fact) []match {
	sums, length := map[int]float64{}, x.length(f)
	for w, weight := range f.words {
		tells := x.tells(f.unit, w)
		weight *= tells * tells
		for _, p := range x.with[f.unit][w] {
			sums[p.fact] += weight * p.weight
		}
	}
	var list []match
	for i, sum := range sums {
		if like := sum / length / x.norm[i]; x.all[i].place.id != f.place.id && like > leastShared*excusing {
			list = append(list, match{x.all[i], like})
		}
	}
	slices.SortFunc(list, func(a, b match) int {
		if a.like != b.like {
			return int(math.Copysign(1, b.like-a.like))
		}
		return strings.Compare(a.place.path+a.place.text+a.value, b.place.path+b.place.text+b.value)
	})
	return list
}

// How like facts must be. The numbers were tried on all that is published, each
// text against all others: TestPublishedTextsDoNotContradictEachOther.
const (
	leastAlone  = 0.42 // one text against the statement
	leastNamed  = 0.55 // one text alone for an article, a form or a date: many are about the same matter
	leastShared = 0.3  // several that agree
	agreeing    = 0.88 // of the likest: these have to agree
	excusing    = 0.4  // of the likest: none of these may say the same as the statement
)

// against gives the published fact that a fact contradicts: others of very much
// the same words give another number, none of nearly the same words gives this one.
func (x *facts) against(f fact) (match, bool) { return f.contradicted(x.like(f)) }

func (f fact) contradicted(list []match) (match, bool) {
	if len(list) == 0 || list[0].like < leastShared {
		return match{}, false
	}
	best, values, texts := list[0], map[string]bool{}, map[string]bool{}
	for _, m := range list {
		if m.like < excusing*best.like {
			break
		}
		if m.value == f.value || m.gives(f.value) {
			return match{}, false
		}
		if m.like < agreeing*best.like {
			continue
		}
		if f.gives(m.value) {
			return match{}, false
		}
		values[m.value], texts[m.place.path] = true, true
	}
	alone := leastAlone
	if f.names() {
		alone = leastNamed
	}
	if len(values) > 2 || (len(values) == 2 || len(texts) == 1) && best.like < alone {
		return match{}, false
	}
	return best, true
}

// contradictions doubts the first number of a statement that other texts contradict.
func (c *check) contradictions(p passage, s statement) {
	if c.facts == nil {
		return
	}
	for _, f := range factsOf(s, p.heading, p.title) {
		f.place = p.place
		if m, ok := c.facts.against(f); ok {
			c.doubt(p.path, p.field, s.text, "“%s”: bài “%s” (%s) nói khác: “%s”. Hãy đối chiếu.", f.said, m.place.title, m.place.path, firstRunes(m.place.text, 160))
			return
		}
	}
}
