package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// finder answers one question from one snapshot.
type finder struct {
	*snapshot
	q     *question
	asked Query
	*scratch

	today   string
	loose   bool
	tally   counting           // when facets are asked for
	counted map[[2]uint16]bool // groups in the tally
}

// scratch is memory that searches use one after the other.
type scratch struct {
	score   []float32 // of each document of a shelf
	met     []uint8   // how many units it has
	touched []uint32  // documents with a unit
	buffer  []uint32
	hits    []hitAt
	coded   coded
	view    view
}

var scratches = sync.Pool{New: func() any { return &scratch{buffer: make([]uint32, 512)} }}

// hitAt is a document that has enough of the query.
type hitAt struct {
	first        float32 // the weight of what it has
	doc          uint32
	shelf, group uint16 // group 0: it stands alone
}

func (h hitAt) ofGroup() [2]uint16 { return [2]uint16{h.shelf, h.group} }

// candidate is a hit whose text was compared with the question.
type candidate struct {
	hitAt
	parts parts
	score float64
	share float64 // of the query's words that it has
	name  string  // decides between equal scores
}

// finding is what the index has for a question, one document of each group.
type finding struct {
	list     []candidate // in the order of rank, as far as the page needs
	total    int         // groups, also those beyond the list
	loosened bool
	facets   []Facet
}

// find asks for most of the units first. Where no text has them, or hardly any
// has both units of a short query, it asks for less and keeps of that what comes
// near the best.
func (f *finder) find(ctx context.Context) (finding, error) {
	lists, err := f.weigh()
	if err != nil {
		return finding{}, err
	}
	if err := f.completeLast(lists); err != nil {
		return finding{}, err
	}
	f.q.patterns = f.q.prepare()
	least := int(math.Ceil(sharePerQuery*float64(len(f.q.units)) - 1e-9))
	if err := f.gather(ctx, lists, least); err != nil {
		return finding{}, err
	}
	total := f.groups()
	found, err := f.ranked(ctx, total)
	if err != nil || f.satisfied(found) {
		return found, err
	}
	f.tally, f.counted = counting{}, nil
	if err := f.gatherLoosely(ctx, lists); err != nil {
		return finding{}, err
	}
	less, err := f.ranked(ctx, f.groups())
	if err != nil {
		return finding{}, err
	}
	less.list = nearBest(less.list)
	less.total, less.loosened = len(less.list), total == 0 && len(less.list) > 0
	return less, nil
}

// satisfied reports whether the best text has about all words of the query, or
// whether what was asked stands in the title of the best.
func (f *finder) satisfied(found finding) bool {
	if len(found.list) == 0 {
		return false
	}
	best := &found.list[0]
	return best.parts[partNamed] > 0 || best.parts[partRun] >= runEnough || found.total >= fewHits && best.share >= wordsEnough
}

// What the best text of a search must have, else less is asked: so much of the
// query in a piece, or so many of its words, wherever they stand.
const (
	runEnough   = 1.1
	wordsEnough = 0.99
)

// weigh looks the units up and gives all parts of the question their weight:
// what few texts have says most. Of a long query only the most telling units
// are kept. It gives the lists of each shelf's units.
func (f *finder) weigh() ([][]postings, error) {
	lists := make([][]postings, len(f.shelves))
	for i, s := range f.shelves {
		for u := range f.q.units {
			p, err := s.ofUnit(&f.q.units[u])
			if err != nil {
				return nil, err
			}
			lists[i] = append(lists[i], p)
		}
	}
	for u := range f.q.units {
		count := 0
		for i := range lists {
			count += lists[i][u].count
		}
		f.q.units[u].weight = f.rarity(count)
	}
	for u := range f.q.asides {
		count, err := f.count(f.q.asides[u].forms[0])
		if err != nil {
			return nil, err
		}
		f.q.asides[u].weight = courtesyWeight * f.rarity(count)
	}
	f.q.telling = make([]float64, len(f.q.words))
	for i := range f.q.words {
		count, err := f.countSyllable(f.q.words[i].folded)
		if err != nil {
			return nil, err
		}
		if f.q.telling[i] = f.rarity(count); !f.q.deciding[i] {
			f.q.telling[i] *= courtesyWeight
		}
	}
	return f.keepTelling(lists), nil
}

// rarity is what a part that so many documents have says.
func (f *finder) rarity(count int) float64 {
	return math.Log(1 + (float64(f.total)+0.5)/(float64(count)+0.5))
}

// count is how many documents have the rarest pair of a form.
func (f *finder) count(of form) (int, error) {
	field, terms := of.terms()
	least := math.MaxInt
	for _, term := range terms {
		count := 0
		for _, s := range f.shelves {
			p, err := s.postings(field, term)
			if err != nil {
				return 0, err
			}
			count += p.count
		}
		least = min(least, count)
	}
	return least, nil
}

func (f *finder) countSyllable(folded string) (count int, err error) {
	for _, s := range f.shelves {
		p, err := s.postings(fieldSingle, folded)
		if err != nil {
			return 0, err
		}
		count += p.count
	}
	return count, nil
}

// keepTelling leaves the rarest units of a long query, with their lists.
func (f *finder) keepTelling(lists [][]postings) [][]postings {
	units := f.q.units
	if len(units) <= maxUnits {
		return lists
	}
	order := make([]int, len(units))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(units[b].weight, units[a].weight) })
	order = order[:maxUnits]
	slices.Sort(order)
	f.q.units = pick(units, order)
	for i := range lists {
		lists[i] = pick(lists[i], order)
	}
	return lists
}

func pick[T any](list []T, places []int) []T {
	picked := make([]T, len(places))
	for i, at := range places {
		picked[i] = list[at]
	}
	return picked
}

// ofUnit are the documents that have any form of a unit.
func (s *shelf) ofUnit(u *unit) (postings, error) {
	if len(u.forms) == 1 {
		return s.ofForm(u.forms[0])
	}
	any := roaring.New()
	for _, form := range u.forms {
		p, err := s.ofForm(form)
		if err != nil {
			return postings{}, err
		}
		p.addTo(any)
	}
	return postings{many: any, count: int(any.GetCardinality())}, nil
}

// ofForm are the documents that have all pairs of a form.
func (s *shelf) ofForm(f form) (postings, error) {
	field, terms := f.terms()
	return s.ofTerms(field, terms)
}

func (s *shelf) ofTerms(field string, terms []string) (postings, error) {
	p, err := s.postings(field, terms[0])
	if err != nil || len(terms) == 1 {
		return p, err
	}
	all := p.bitmap()
	for _, term := range terms[1:] {
		p, err := s.postings(field, term)
		if err != nil {
			return postings{}, err
		}
		all.And(p.bitmap())
	}
	return postings{many: all, count: int(all.GetCardinality())}, nil
}

func (p postings) addTo(set *roaring.Bitmap) {
	if p.many != nil {
		set.Or(p.many)
	} else if p.count == 1 {
		set.Add(p.one)
	}
}

// gather finds the documents with at least so many units.
func (f *finder) gather(ctx context.Context, lists [][]postings, least int) error {
	f.hits = f.hits[:0]
	for i := range f.shelves {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := f.gatherFrom(i, lists[i], f.unitWeights(), least); err != nil {
			return err
		}
	}
	return nil
}

func (f *finder) unitWeights() []float32 {
	weights := make([]float32, len(f.q.units))
	for u := range weights {
		weights[u] = float32(f.q.units[u].weight)
	}
	return weights
}

// gatherFrom finds the documents of one shelf with at least so many of the lists.
func (f *finder) gatherFrom(at int, lists []postings, weights []float32, least int) error {
	s := f.shelves[at]
	f.start(s)
	defer f.finish()
	f.addUp(lists, weights, least)
	if err := f.addNamed(s, least); err != nil {
		return err
	}
	if len(f.touched) > maxRanked {
		if err := f.raise(s); err != nil {
			return err
		}
	}
	return f.take(at, least)
}

// start makes room for the documents of a shelf; finish leaves the room clean.
func (f *finder) start(s *shelf) {
	if len(f.score) < s.size {
		f.score, f.met = make([]float32, s.size), make([]uint8, s.size)
	}
	f.touched = f.touched[:0]
}

func (f *finder) finish() {
	for _, doc := range f.touched {
		f.score[doc], f.met[doc] = 0, 0
	}
	f.touched = f.touched[:0]
}

// commonPart is the part of all documents from which on a list finds nothing
// loosely: what so many have says too little.
const commonPart = 5

// probeCost is how many steps through a list cost as much as asking it for one
// document.
const probeCost = 12

// addUp adds the weights of the units that documents have. A document with the
// least number of them has one of the rarest lists; so only those are walked
// through, and the others asked for the documents met so far.
func (f *finder) addUp(lists []postings, weights []float32, least int) {
	order := make([]int, len(lists))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return lists[a].count - lists[b].count })
	for n, u := range order {
		p, w := lists[u], weights[u]
		switch {
		case p.count == 0:
		case n <= len(lists)-least && (!f.loose || p.count <= f.total/commonPart || len(f.touched) == 0):
			p.each(f.buffer, func(docs []uint32) { f.touch(docs, w) })
		case p.many != nil && p.count > probeCost*len(f.touched):
			for _, doc := range f.touched {
				if p.many.Contains(doc) {
					f.score[doc] += w
					f.met[doc]++
				}
			}
		default:
			p.each(f.buffer, func(docs []uint32) { f.retouch(docs, w) })
		}
	}
}

func (f *finder) touch(docs []uint32, weight float32) {
	for _, doc := range docs {
		if f.met[doc] == 0 {
			f.touched = append(f.touched, doc)
		}
		f.met[doc]++
		f.score[doc] += weight
	}
}

func (f *finder) retouch(docs []uint32, weight float32) {
	for _, doc := range docs {
		if f.met[doc] > 0 {
			f.met[doc]++
			f.score[doc] += weight
		}
	}
}

// addNamed lets in what the query names outright.
func (f *finder) addNamed(s *shelf, least int) error {
	for _, r := range f.q.references.terms() {
		p, err := s.postings(r.field, r.text)
		if err != nil {
			return err
		}
		p.each(f.buffer, func(docs []uint32) {
			for _, doc := range docs {
				if f.met[doc] == 0 {
					f.touched = append(f.touched, doc)
				}
				f.met[doc] = max(f.met[doc], uint8(least))
				f.score[doc] += namedWeight
			}
		})
	}
	return nil
}

// titleWeight is what a unit in the title counts beside one in the text, when
// the hits that are judged are chosen.
const titleWeight = 2.0

// raise lifts documents with a match in their title, and those with related
// words. It finds nothing more.
func (f *finder) raise(s *shelf) error {
	for _, u := range f.q.units {
		typed := u.forms[0]
		if err := f.lift(s, fieldTitle, typed, titleWeight*u.weight); err != nil {
			return err
		}
	}
	for _, u := range f.q.asides {
		if err := errors.Join(f.lift(s, fieldText, u.forms[0], u.weight), f.lift(s, fieldTitle, u.forms[0], u.weight)); err != nil {
			return err
		}
	}
	for _, related := range f.q.related {
		if err := f.lift(s, fieldText, related, related.weight); err != nil {
			return err
		}
	}
	for _, k := range f.q.known {
		for _, equal := range k.equal {
			if err := f.lift(s, fieldTitle, newForm(equal, equalWeight), titleWeight); err != nil {
				return err
			}
		}
	}
	return nil
}

// lift adds a weight to the documents met so far that have all pairs of a form.
func (f *finder) lift(s *shelf, field string, of form, weight float64) error {
	if len(of.words) < 2 {
		return nil
	}
	p, err := s.ofTerms(field, pairs(of.words, foldedForm))
	if err == nil {
		p.each(f.buffer, func(docs []uint32) { f.add(docs, float32(weight)) })
	}
	return err
}

func (f *finder) add(docs []uint32, weight float32) {
	for _, doc := range docs {
		if f.met[doc] > 0 {
			f.score[doc] += weight
		}
	}
}

// namedWeight lets a provision or code that the query names be among the first.
const namedWeight = 1000

// completeLast adds to the list of the last unit what begins with it, while its
// last syllable may still be typed and hardly any text has it as it stands. The
// syllables that it may become then count as the last one.
func (f *finder) completeLast(lists [][]postings) error {
	if f.q.prefix == nil {
		return nil
	}
	last, count := len(f.q.units)-1, 0
	for i := range lists {
		count += lists[i][last].count
	}
	if count >= fewHits {
		return nil
	}
	field, terms := f.q.prefix.terms()
	for i, s := range f.shelves {
		any := lists[i][last].bitmap()
		err := s.eachTerm(field, terms[0], maxCompletions, func(term string, p postings) error {
			p.addTo(any)
			f.q.completions = append(f.q.completions, term[strings.LastIndexByte(term, ' ')+1:])
			return nil
		})
		if err != nil {
			return fmt.Errorf("complete %q: %w", terms[0], err)
		}
		lists[i][last] = postings{many: any, count: int(any.GetCardinality())}
	}
	return nil
}

// gatherLoosely finds the documents with any unit, any word of a near meaning or
// any deciding syllable that is not in a great part of all documents.
func (f *finder) gatherLoosely(ctx context.Context, lists [][]postings) error {
	f.hits, f.loose = f.hits[:0], true
	forms := append([]form(nil), f.q.related...)
	for i := range f.q.words {
		if f.q.deciding[i] && len(forms) < maxLoose {
			forms = append(forms, newForm(f.q.words[i:i+1], looseWeight))
		}
	}
	for i, s := range f.shelves {
		if err := ctx.Err(); err != nil {
			return err
		}
		all, weights := slices.Clone(lists[i]), f.unitWeights()
		for _, form := range forms {
			p, err := s.ofForm(form)
			if err != nil {
				return err
			}
			all, weights = append(all, p), append(weights, float32(form.weight*f.rarity(p.count)))
		}
		if err := f.gatherFrom(i, all, weights, 1); err != nil {
			return err
		}
	}
	return nil
}

// looseWeight is what a syllable alone counts beside a pair.
const looseWeight = 0.3

// take moves the documents with enough units to the hits, when they pass the
// filter, and counts them for the facets.
func (f *finder) take(at, least int) error {
	s := f.shelves[at]
	pass, err := s.passing(f.asked.Filter)
	if err != nil {
		return err
	}
	for _, doc := range f.touched {
		if int(f.met[doc]) < least || s.deleted != nil && s.deleted.Contains(doc) {
			continue
		}
		h := hitAt{first: f.score[doc], doc: doc, shelf: uint16(at), group: s.columns.group.of[doc]}
		failing := pass.failing(s.columns, doc)
		if f.asked.Facets && f.isNew(h) {
			f.tally.add(s.columns, doc, failing)
		}
		if failing == noColumn {
			f.hits = append(f.hits, h)
		}
	}
	return nil
}

// isNew reports whether no document of the hit's group was counted yet.
func (f *finder) isNew(h hitAt) bool {
	if h.group == 0 {
		return true
	}
	if f.counted == nil {
		f.counted = map[[2]uint16]bool{}
	}
	known := f.counted[h.ofGroup()]
	f.counted[h.ofGroup()] = true
	return !known
}

// groups counts the hits of which each is shown. A group stands on one shelf:
// its documents are always written together.
func (f *finder) groups() int {
	seen, doubles := map[[2]uint16]bool{}, 0
	for _, h := range f.hits {
		if h.group == 0 {
			continue
		}
		if seen[h.ofGroup()] {
			doubles++
		}
		seen[h.ofGroup()] = true
	}
	return len(f.hits) - doubles
}

// ranked puts the hits in order, as many as the page needs.
func (f *finder) ranked(ctx context.Context, total int) (finding, error) {
	found := finding{total: total}
	if f.asked.Facets {
		found.facets = f.tally.facets()
	}
	order, judged := f.byFirst, maxRanked
	need := max(maxRanked, f.asked.Offset+f.asked.Limit) + len(f.hits) - total
	if f.asked.Newest {
		order, judged = f.byDate, need
	}
	best := firstOf(f.hits, need, order)
	for i, h := range best {
		c := candidate{hitAt: h}
		if i < judged {
			if err := f.judge(ctx, &c); err != nil {
				return finding{}, err
			}
		}
		found.list = append(found.list, c)
	}
	if head := found.list[:min(len(found.list), judged)]; !f.asked.Newest && len(head) > 0 {
		slices.SortFunc(head, byScore)
		for i := len(head); i < len(found.list); i++ { // what is behind is no better
			found.list[i].score = head[len(head)-1].score
		}
	}
	found.list = oneOfEach(found.list)
	return found, nil
}

// judge reads a document's text and gives it its score.
func (f *finder) judge(ctx context.Context, c *candidate) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	err := f.visit(c.hitAt, func(v *view) {
		c.parts = f.q.judge(v, &f.coded, f.today)
		c.share = f.q.patterns.share(&f.coded)
		c.name = string(v.facts[factCode]) + string(v.facts[factRef]) + string(v.facts[factID])
	})
	c.score = c.parts.sum()
	return err
}

// visit shows the stored document of a hit; the view is valid only meanwhile.
func (f *finder) visit(h hitAt, show func(*view)) error {
	var wrong error
	err := f.shelves[h.shelf].segment.VisitStoredFields(uint64(h.doc), func(field string, _ byte, value []byte, _ []uint64) bool {
		if field == fieldStored {
			if wrong = f.view.read(value); wrong == nil {
				show(&f.view)
			}
		}
		return true
	})
	if err != nil {
		return fmt.Errorf("read document %d: %w", h.doc, err)
	}
	return wrong
}

func (f *finder) byFirst(a, b hitAt) int {
	order := func(h hitAt) uint32 { return f.shelves[h.shelf].columns.order[h.doc] }
	return cmp.Or(cmp.Compare(b.first, a.first), cmp.Compare(order(a), order(b)), cmp.Compare(a.shelf, b.shelf))
}

func (f *finder) byDate(a, b hitAt) int {
	date := func(h hitAt) string { return f.shelves[h.shelf].columns.of[byDate].value(h.doc) }
	return cmp.Or(cmp.Compare(date(b), date(a)), f.byFirst(a, b))
}

func byScore(a, b candidate) int {
	return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.name, b.name))
}

// firstOf gives the first so many in an order, sorted; the rest stays unsorted.
func firstOf(list []hitAt, most int, order func(a, b hitAt) int) []hitAt {
	most = min(most, len(list))
	for from, to := 0, len(list); from < most && most < to; {
		middle := divide(list[from:to], order) + from
		if middle < most {
			from = middle + 1
		} else {
			to = middle
		}
	}
	slices.SortFunc(list[:most], order)
	return list[:most]
}

// divide moves what comes before one of the list's elements to its left, and
// gives the place of that element.
func divide(list []hitAt, order func(a, b hitAt) int) int {
	last := len(list) - 1
	list[len(list)/2], list[last] = list[last], list[len(list)/2]
	at := 0
	for i := range last {
		if order(list[i], list[last]) < 0 {
			list[i], list[at] = list[at], list[i]
			at++
		}
	}
	list[at], list[last] = list[last], list[at]
	return at
}

// oneOfEach keeps the best document of each group.
func oneOfEach(list []candidate) []candidate {
	seen := map[[2]uint16]bool{}
	return slices.DeleteFunc(list, func(c candidate) bool {
		if c.group == 0 {
			return false
		}
		double := seen[c.ofGroup()]
		seen[c.ofGroup()] = true
		return double
	})
}

// nearBest drops what has too little of the query to be worth a line.
func nearBest(list []candidate) []candidate {
	for i, c := range list {
		if c.score < list[0].score*nearEnough {
			return list[:i]
		}
	}
	return list
}
