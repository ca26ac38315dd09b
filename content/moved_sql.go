package content

import (
	"errors"
	"fmt"

	"sotay/internal/fault"
	"sotay/internal/store"
)

func movedTo(tx *store.Tx, kind string, slug Slug) (string, error) {
	var id string
	err := tx.QueryRow(`SELECT object_id FROM moved WHERE kind = $1 AND slug = $2`, kind, string(slug)).Scan(&id)
	if errors.Is(err, store.ErrNoRows) {
		return "", fault.NotFound("Không có bài nào từng ở địa chỉ này.")
	}
	return id, err
}

// slugOf is the address of the stored thing, "" when it has none yet.
func slugOf(tx *store.Tx, kind, id string) (Slug, error) {
	var slug string
	err := tx.QueryRow(`SELECT slug FROM guides WHERE $1 = 'guide' AND id = $2 UNION ALL SELECT slug FROM sessions WHERE $1 = 'session' AND id = $2
			UNION ALL SELECT slug FROM situations WHERE $1 = 'situation' AND id = $2 UNION ALL SELECT slug FROM terms WHERE $1 = 'term' AND id = $2
			UNION ALL SELECT slug FROM plans WHERE $1 = 'plan' AND id = $2 UNION ALL SELECT slug FROM laws WHERE $1 = 'law' AND id = $2`,
		kind, id).Scan(&slug)
	if errors.Is(err, store.ErrNoRows) {
		return "", nil
	}
	return Slug(slug), err
}

// thingID is the id of the stored thing at an address, "" when there is none;
// of the kinds whose address is their slug.
func thingID(tx *store.Tx, kind string, slug Slug) (string, error) {
	var id string
	err := tx.QueryRow(`SELECT id FROM guides WHERE $1 = 'guide' AND slug = $2 UNION ALL SELECT id FROM sessions WHERE $1 = 'session' AND slug = $2
			UNION ALL SELECT id FROM situations WHERE $1 = 'situation' AND slug = $2 UNION ALL SELECT id FROM terms WHERE $1 = 'term' AND slug = $2
			UNION ALL SELECT id FROM plans WHERE $1 = 'plan' AND slug = $2 UNION ALL SELECT id FROM laws WHERE $1 = 'law' AND slug = $2`,
		kind, string(slug)).Scan(&id)
	if errors.Is(err, store.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// thingIDOrNew is thingID, or a new id when there is no such thing.
func thingIDOrNew(tx *store.Tx, kind string, slug Slug) (string, error) {
	id, err := thingID(tx, kind, slug)
	if id == "" && err == nil {
		id = tx.NewID()
	}
	return id, err
}

// slugTaken reports whether another thing of the kind has or had the address.
func slugTaken(tx *store.Tx, kind string, slug Slug, id string) (bool, error) {
	var n int64
	err := tx.QueryRow(`SELECT COUNT(*) FROM (
			SELECT 1 AS one FROM guides WHERE $1 = 'guide' AND slug = $2 AND id <> $3
			UNION ALL SELECT 1 FROM sessions WHERE $1 = 'session' AND slug = $2 AND id <> $3
			UNION ALL SELECT 1 FROM situations WHERE $1 = 'situation' AND slug = $2 AND id <> $3
			UNION ALL SELECT 1 FROM terms WHERE $1 = 'term' AND slug = $2 AND id <> $3
			UNION ALL SELECT 1 FROM plans WHERE $1 = 'plan' AND slug = $2 AND id <> $3
			UNION ALL SELECT 1 FROM laws WHERE $1 = 'law' AND slug = $2 AND id <> $3
			UNION ALL SELECT 1 FROM moved WHERE kind = $1 AND slug = $2 AND object_id <> $3) t`, kind, string(slug), id).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("look for the address %s: %w", slug, err)
	}
	return n > 0, nil
}

// move notes that a thing leaves an address for another, which may be one that
// it had before.
func move(tx *store.Tx, kind, id string, from, to Slug) error {
	if _, err := tx.Exec(`DELETE FROM moved WHERE kind = $1 AND slug = $2 AND object_id = $3`, kind, string(to), id); err != nil {
		return fmt.Errorf("take the address %s again: %w", to, err)
	}
	_, err := tx.Exec(`INSERT INTO moved (kind, slug, object_id, at_ms) VALUES ($1, $2, $3, $4)
		ON CONFLICT (kind, slug) DO UPDATE SET object_id = excluded.object_id, at_ms = excluded.at_ms`, kind, string(from), id, store.Millis(tx.Now()))
	if err != nil {
		return fmt.Errorf("leave the address %s: %w", from, err)
	}
	return nil
}

// numberOfAnswer is the number of the stored answer, the next free one for a new
// answer.
func numberOfAnswer(tx *store.Tx, id string) (int, error) {
	var n int64
	err := tx.QueryRow(`SELECT COALESCE((SELECT number FROM answers WHERE id = $1), (SELECT COALESCE(MAX(number), 0) + 1 FROM answers))`, id).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("number answer %s: %w", id, err)
	}
	return int(n), nil
}
