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

// previewsOf are the links of a thing that still count, the newest first.
func previewsOf(tx *store.Tx, kind, id string) ([]PreviewLink, error) {
	return store.Collect(tx, func(scan func(...any) error) (PreviewLink, error) {
		var p PreviewLink
		var number, until, at int64
		var authors string
		err := scan(&p.ID, &number, &p.By, &at, &until, &authors)
		p.Number, p.At, p.Until, p.authors = int(number), store.FromMillis(at), store.FromMillis(until), splitList(authors)
		return p, err
	}, `SELECT p.hash, p.number, p.by_whom, p.at_ms, p.until_ms, r.authors FROM preview_links p
		JOIN revisions r ON r.kind = p.kind AND r.object_id = p.object_id AND r.number = p.number
		WHERE p.kind = $1 AND p.object_id = $2 AND p.until_ms > $3 AND r.state NOT IN ('discarded', 'published')
		ORDER BY p.at_ms DESC, p.hash LIMIT $4`, kind, id, store.Millis(tx.Now()), int64(maxListed))
}

func deletePreview(tx *store.Tx, hash string) error {
	_, err := tx.Exec(`DELETE FROM preview_links WHERE hash = $1`, hash)
	return err
}

// deleteOldPreviews forgets the links whose hour has passed.
func deleteOldPreviews(tx *store.Tx) error {
	_, err := tx.Exec(`DELETE FROM preview_links WHERE until_ms <= $1`, store.Millis(tx.Now()))
	return err
}
