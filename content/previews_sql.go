package content

import (
	"errors"
	"fmt"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
)

func insertPreview(tx *store.Tx, hash string, r Revision, until time.Time, by string) error {
	_, err := tx.Exec(`INSERT INTO preview_links (hash, kind, object_id, number, until_ms, by_whom, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		hash, r.Kind, r.ID, int64(r.Number), store.Millis(until), by, store.Millis(tx.Now()))
	if err != nil {
		return fmt.Errorf("store preview link of %s %s: %w", r.Kind, r.ID, err)
	}
	return nil
}

// previewed finds what a link that still counts leads to.
func previewed(tx *store.Tx, hash string) (kind, id string, number int, err error) {
	var n int64
	err = tx.QueryRow(`SELECT kind, object_id, number FROM preview_links WHERE hash = $1 AND until_ms > $2`, hash, store.Millis(tx.Now())).Scan(&kind, &id, &n)
	if errors.Is(err, store.ErrNoRows) {
		err = fault.NotFound(previewGone)
	}
	return kind, id, int(n), err
}
