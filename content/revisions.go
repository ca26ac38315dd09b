package content

import (
	"encoding/json"
	"fmt"

	"sotay/internal/cite"
	"sotay/internal/store"
)

// State is where a revision stands on its way to the readers.
type State string

// The states of a revision.
const (
	StateDraft     State = "draft"     // saved, seen by nobody but its editors
	StatePublished State = "published" // was made the text that readers see
)

// saving is one act of saving: who saves what as which thing's next revision.
type saving struct {
	kind, id   string
	source, by string
	note       string
	publish    bool
}

func (s saving) state() State {
	if s.publish {
		return StatePublished
	}
	return StateDraft
}

// saveRevision appends the source as the thing's next revision.
func (s saving) saveRevision(tx *store.Tx) (int, error) {
	number, err := lastRevision(tx, s.kind, s.id)
	if err != nil {
		return 0, err
	}
	number++
	if err := insertRevision(tx, s, number); err != nil {
		return 0, fmt.Errorf("save revision %d of %s %s: %w", number, s.kind, s.id, err)
	}
	return number, nil
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
