package search

import (
	"context"
	"errors"
	"slices"
)

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
	if f.q.references.form {
		if err := f.letFormsIn(s, least); err != nil {
			return err
		}
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
const commonPart = 8

// manyDocuments are walked through in any case.
const manyDocuments = 2000

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
		case n <= len(lists)-least && (!f.loose || len(f.touched) == 0 || p.count <= max(f.total/commonPart, manyDocuments) && len(f.touched) <= maxTouched):
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

// formWeight lets a form be among the first where a form is asked for.
const formWeight = 6

// letFormsIn lets in the forms that have any of the query, where a form is asked
// for: their names are short, so they have few of its pairs.
func (f *finder) letFormsIn(s *shelf, least int) error {
	return s.eachTerm(fieldSegment, "mau-", maxForms, func(_ string, p postings) error {
		p.each(f.buffer, func(docs []uint32) {
			for _, doc := range docs {
				if f.met[doc] > 0 {
					f.met[doc] = max(f.met[doc], uint8(least))
					f.score[doc] += formWeight
				}
			}
		})
		return nil
	})
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
	plain := pass.all() && !f.asked.Facets && s.deleted == nil
	for _, doc := range f.touched {
		if plain {
			if int(f.met[doc]) >= least {
				f.hits = append(f.hits, hitAt{first: f.score[doc], doc: doc, shelf: uint16(at), group: s.columns.group.of[doc]})
			}
			continue
		}
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
