package content

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// AddAsked adds a wording to those that search knows a published answer by. It
// says nothing to readers, so it needs no second person; it is a revision and an
// entry of the audit log all the same. A wording that the answer has already,
// however written, changes nothing.
func (l *Library) AddAsked(ctx context.Context, answerID, wording, by string) error {
	wording, err := checkWording(wording)
	if err != nil {
		return err
	}
	if wording == "" {
		return fault.Invalid("Chưa có cách hỏi.", fault.Field{Name: "wording", Sentence: "Hãy ghi cách hỏi cần thêm."})
	}
	return l.db.Write(ctx, func(tx *store.Tx) error { return addAsked(tx, answerID, []string{wording}, by) })
}

// addAsked saves the next revision of a published answer with more wordings, as
// many as there is room for. It is Invalid when there is room for none. An open
// revision goes on behind it, in its state and with the same wordings: nobody's
// work is set back by a word for search.
func addAsked(tx *store.Tx, answerID string, wordings []string, by string) error {
	if len(wordings) == 0 {
		return nil
	}
	a, err := answerByID(tx, register{}, answerID)
	if err != nil {
		return err
	}
	fresh := newWordings(a, wordings)
	if len(fresh) == 0 {
		return nil
	}
	if len(a.Asked) >= MaxAsked {
		return fault.Invalid("Câu trả lời đã đủ cách hỏi.", fault.Field{Name: "wording", Sentence: fmt.Sprintf("Câu trả lời đã có %d cách hỏi, nhiều nhất rồi. Hãy để trống ô này.", MaxAsked)})
	}
	shown, err := shownRevision(tx, KindAnswer, answerID)
	if err != nil {
		return err
	}
	open, resume, err := setAside(tx, answerID)
	if err != nil {
		return err
	}
	next, err := showWithAsked(tx, a, shown, fresh, by)
	if err != nil || !resume {
		return err
	}
	return goOnBehind(tx, open, shown.Number, next, fresh)
}

// setAside ends the open revision of an answer as it is; resume tells that there
// is one.
func setAside(tx *store.Tx, answerID string) (open Revision, resume bool, err error) {
	open, err = openRevision(tx, KindAnswer, answerID)
	if fault.Is(err, fault.KindNotFound) {
		return open, false, nil
	}
	if err != nil {
		return open, false, err
	}
	old := open
	old.State = StateReplaced
	return open, true, old.change(tx, open.State, open.Version)
}

// showWithAsked publishes what readers see already, with more wordings.
func showWithAsked(tx *store.Tx, a Answer, shown Revision, fresh []string, by string) (number int, err error) {
	r := Revision{Kind: KindAnswer, ID: a.ID, Base: shown.Number, State: StatePublished, Slug: shown.Slug, Title: shown.Title, Source: shown.withAsked(fresh),
		By: by, Authors: []string{by}, Note: "thêm cách hỏi: " + strings.Join(fresh, "; "), Published: tx.Now()}
	d, err := readAnswer(r.Source, true)
	if err != nil {
		return 0, fmt.Errorf("read answer %s with more wordings: %w", a.ID, err)
	}
	if err := r.append(tx); err != nil {
		return 0, err
	}
	sessionID, err := sessionIDBySlug(tx, d.session)
	if err != nil {
		return 0, err
	}
	d.answer.ID, d.answer.Number, d.answer.Slug, d.answer.Revision = a.ID, a.Number, a.Slug, r.Number
	if err := putAnswer(tx, d, sessionID, true); err != nil {
		return 0, err
	}
	return r.Number, saving{kind: KindAnswer, id: a.ID, by: by, note: r.Note, publish: true}.show(tx, d.body, d.refs)
}

// goOnBehind takes up the open revision again. One that began with what readers
// saw until now begins with what they see from now on.
func goOnBehind(tx *store.Tx, open Revision, before, shown int, fresh []string) error {
	if open.Base == before {
		open.Base = shown
	}
	open.Source = open.withAsked(fresh)
	return open.append(tx)
}

// append stores the revision behind all others of its thing.
func (r *Revision) append(tx *store.Tx) error {
	number, version, _, err := lastNumbers(tx, r.Kind, r.ID)
	if err != nil {
		return err
	}
	r.Number, r.Version = number+1, version+1
	stored, err := insertRevision(tx, *r)
	if err == nil && !stored {
		err = fault.Conflict(seenOlder)
	}
	return err
}

// withAsked is the revision's source with more wordings, as many as it has room
// for. A source that no form can read stays as it is.
func (r Revision) withAsked(fresh []string) string {
	t := r.Text()
	if len(t.Fields) == 0 {
		return r.Source
	}
	asked := t.Fields["asked"]
	for _, w := range newWordings(Answer{Question: t.Field("question"), Asked: asked}, fresh) {
		if len(asked) < MaxAsked {
			asked = append(asked, w)
		}
	}
	t.Fields["asked"] = asked
	return t.Source(KindAnswer)
}

// newWordings are those that the answer has not yet, neither as its question nor
// as a wording; tones, case and punctuation make no difference.
func newWordings(a Answer, wordings []string) []string {
	known := map[string]bool{wordsOnly(a.Question): true}
	for _, w := range a.Asked {
		known[wordsOnly(w)] = true
	}
	var fresh []string
	for _, w := range wordings {
		if key := wordsOnly(w); key != "" && !known[key] {
			known[key] = true
			fresh = append(fresh, w)
		}
	}
	return fresh
}

// wordsOnly is what two wordings are compared by.
func wordsOnly(wording string) string {
	return strings.Join(strings.FieldsFunc(viet.Fold(wording), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}
