package content

import (
	"fmt"

	"sotay/internal/store"
	"sotay/internal/viet"
)

func addFeedback(tx *store.Tx, day viet.Date, kind, id string, clear bool) error {
	yes, no := int64(0), int64(1)
	if clear {
		yes, no = 1, 0
	}
	_, err := tx.Exec(`INSERT INTO feedback (day, kind, object_id, clear, unclear) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (day, kind, object_id) DO UPDATE SET clear = feedback.clear + excluded.clear, unclear = feedback.unclear + excluded.unclear`,
		string(day), kind, id, yes, no)
	if err != nil {
		return fmt.Errorf("add feedback: %w", err)
	}
	return nil
}

func insertNote(tx *store.Tx, n FeedbackNote) error {
	_, err := tx.Exec(`INSERT INTO feedback_notes (id, kind, object_id, clear, note, at_ms) VALUES ($1, $2, $3, $4, $5, $6)`,
		tx.NewID(), n.Kind, n.ID, n.Clear, n.Note, store.Millis(tx.Now()))
	if err != nil {
		return fmt.Errorf("store note: %w", err)
	}
	return nil
}

// forgetFeedback deletes what is older than it is kept.
func forgetFeedback(tx *store.Tx, before viet.Date) error {
	if _, err := tx.Exec(`DELETE FROM feedback WHERE day < $1`, string(before)); err != nil {
		return fmt.Errorf("forget feedback: %w", err)
	}
	if _, err := tx.Exec(`DELETE FROM feedback_notes WHERE at_ms < $1`, store.Millis(before.Time())); err != nil {
		return fmt.Errorf("forget notes: %w", err)
	}
	return nil
}

func leastClear(tx *store.Tx, since viet.Date, limit int) ([]PageFeedback, error) {
	return store.Collect(tx, func(scan func(...any) error) (p PageFeedback, err error) {
		var yes, no int64
		err = scan(&p.Kind, &p.ID, &yes, &no)
		p.Clear, p.Unclear = int(yes), int(no)
		return p, err
	}, `SELECT kind, object_id, CAST(SUM(clear) AS BIGINT), CAST(SUM(unclear) AS BIGINT) FROM feedback WHERE day >= $1
		GROUP BY kind, object_id ORDER BY SUM(unclear) DESC, SUM(clear), kind, object_id LIMIT $2`, string(since), int64(limit))
}

func newestNotes(tx *store.Tx, since viet.Date, limit int) ([]FeedbackNote, error) {
	return store.Collect(tx, func(scan func(...any) error) (n FeedbackNote, err error) {
		var at int64
		err = scan(&n.Kind, &n.ID, &n.Clear, &n.Note, &at)
		n.At = store.FromMillis(at)
		return n, err
	}, `SELECT kind, object_id, clear, note, at_ms FROM feedback_notes WHERE at_ms >= $1 ORDER BY at_ms DESC, id DESC LIMIT $2`,
		store.Millis(since.Time()), int64(limit))
}
