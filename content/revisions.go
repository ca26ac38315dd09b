package content

import (
	"encoding/json"
	"fmt"

	"sotay/internal/cite"
	"sotay/internal/fault"
	"sotay/internal/store"
)

// saving is one act of the operator's saving: who saves what as which thing's
// next revision. Seed and import publish so, without a review.
type saving struct {
	kind, id   string
	slug       Slug
	source, by string
	note       string
	publish    bool
}

// saveRevision appends the source as the thing's next revision. A draft takes
// the place of an open draft, which is kept as replaced; what waits for a review
// is not written over. Publishing ends the open draft of the same person or of
// the same text, and makes every other one out of date.
func (s saving) saveRevision(tx *store.Tx) (int, error) {
	if err := s.settleOpen(tx); err != nil {
		return 0, err
	}
	number, version, shown, err := lastNumbers(tx, s.kind, s.id)
	if err != nil {
		return 0, err
	}
	r := Revision{Kind: s.kind, ID: s.id, Number: number + 1, Version: version + 1, Base: shown, State: StateDraft, Slug: s.slug,
		Title: TextOf(s.kind, s.source).title(s.kind), Source: s.source, By: s.by, Authors: []string{s.by}, Note: s.note}
	if s.publish {
		r.State, r.Published = StatePublished, tx.Now()
	} else if err := wrote(tx, s.kind, s.id, s.by); err != nil {
		return 0, err
	}
	stored, err := insertRevision(tx, r)
	if err == nil && !stored {
		err = fault.Conflict(seenOlder)
	}
	return r.Number, err
}

func (s saving) settleOpen(tx *store.Tx) error {
	open, err := openRevision(tx, s.kind, s.id)
	if fault.Is(err, fault.KindNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	was := open.State
	if !s.publish && was != StateDraft {
		return fault.Conflict(fmt.Sprintf("“%s” đang chờ duyệt hoặc chờ đăng. Hãy duyệt xong hoặc trả lại rồi nhập.", open.Title))
	}
	if !s.publish || was == StateDraft && (open.By == s.by || open.Source == s.source) {
		open.State = StateReplaced
	}
	if err := open.change(tx, was, open.Version); err != nil {
		return err
	}
	if s.publish && open.State == StateReplaced {
		return stopDrafting(tx, s.kind, s.id)
	}
	return nil
}

// keepsShownText reports whether this is a draft of a thing that readers
// already see: then only the revision is new and what they see stays.
func (s saving) keepsShownText(tx *store.Tx) (bool, error) {
	if s.publish {
		return false, nil
	}
	return hasPublished(tx, s.kind, s.id)
}

// show stores the rendered text and its citations, and tells the followers of
// the change log when readers see it.
func (s saving) show(tx *store.Tx, body Body, refs []cite.Ref) error {
	if err := saveBody(tx, s.kind, s.id, body); err != nil {
		return err
	}
	if err := cites(tx, s.kind, s.id, refs, body.Links); err != nil {
		return err
	}
	if !s.publish {
		return nil
	}
	if err := putBack(tx, s.kind, s.id); err != nil {
		return err
	}
	if err := tx.Changed(s.kind, s.id, s.by); err != nil {
		return err
	}
	if err := tx.Audit(s.by, "publish", s.kind, s.id, s.note); err != nil || s.kind != KindAnswer {
		return err
	}
	return settleInquiries(tx, s.id, s.by)
}

func encodeBody(b Body) (string, error) {
	text, err := json.Marshal(b)
	if err != nil {
		return "", fmt.Errorf("encode body: %w", err)
	}
	return string(text), nil
}

func decodeBody(text string) (Body, error) {
	var b Body
	if err := json.Unmarshal([]byte(text), &b); err != nil {
		return Body{}, fmt.Errorf("decode body: %w", err)
	}
	return b, nil
}
