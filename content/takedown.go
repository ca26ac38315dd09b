package content

import (
	"context"
	"fmt"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// TakenDown is a published thing that is hidden now.
type TakenDown struct {
	Kind, ID string
	Title    string
	Reason   string // readers are told
	By       string
	At       time.Time
}

// TakeDown hides a published thing from readers. Who asks for it is told when and
// why; lists and search leave it out.
func (l *Library) TakeDown(ctx context.Context, kind, id, reason, by string) error {
	reason, err := cleanNote("reason", reason, true)
	if err != nil {
		return err
	}
	return l.db.Write(ctx, func(tx *store.Tx) error {
		hidden, err := setPublished(tx, kind, id, false)
		if err != nil {
			return err
		}
		if !hidden {
			return fault.NotFound("Không có bài này, hoặc bài đã gỡ xuống.")
		}
		if err := noteTakenDown(tx, kind, id, reason, by); err != nil {
			return err
		}
		if err := changedWithOld(tx, kind, id, by); err != nil {
			return err
		}
		return tx.Audit(by, "take down", kind, id, reason)
	})
}

// PutBack shows a thing again that was taken down.
func (l *Library) PutBack(ctx context.Context, kind, id, by string) error {
	return l.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := takenDown(tx, kind, id); err != nil {
			return err
		}
		if _, err := setPublished(tx, kind, id, true); err != nil {
			return err
		}
		if err := putBack(tx, kind, id); err != nil {
			return err
		}
		if err := changedWithOld(tx, kind, id, by); err != nil {
			return err
		}
		return tx.Audit(by, "put back", kind, id, "")
	})
}

// changedWithOld tells the change log of a thing and of the answers whose place
// it takes: they are current again when it is hidden.
func changedWithOld(tx *store.Tx, kind, id, by string) error {
	if err := tx.Changed(kind, id, by); err != nil || kind != KindAnswer {
		return err
	}
	old, err := supersededBy(tx, id)
	if err != nil {
		return err
	}
	number, err := numberOfAnswer(tx, id)
	if err != nil {
		return err
	}
	return changedAround(tx, number, old, by)
}

// TakenDown lists what is hidden now, newest first.
func (l *Library) TakenDown(ctx context.Context) ([]TakenDown, error) {
	var list []TakenDown
	err := l.db.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = allTakenDown(tx)
		return err
	})
	return list, err
}

// goneSince makes of a thing that is not found the sentence that tells when and
// why it was taken down, if it was.
func goneSince(tx *store.Tx, kind, id string, err error) error {
	if !fault.Is(err, fault.KindNotFound) || id == "" {
		return err
	}
	t, lookErr := takenDown(tx, kind, id)
	if fault.Is(lookErr, fault.KindNotFound) {
		return err
	}
	if lookErr != nil {
		return lookErr
	}
	return fault.NotFound(fmt.Sprintf("Bài này đã gỡ xuống ngày %s. Lý do: %s", viet.DateOf(t.At), t.Reason))
}
