package search

import (
	"errors"
	"fmt"

	"sotay/internal/fault"
	"sotay/internal/store"
)

// allSynonyms lists the dictionary in the order in which it was entered, also
// what was removed from it.
func allSynonyms(tx *store.Tx) ([]Word, error) {
	list, err := store.Collect(tx, scanSynonym, `SELECT id, typed, official, relation, removed, updated_ms FROM synonyms ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("list synonyms: %w", err)
	}
	return list, nil
}

func countSynonyms(tx *store.Tx) (n int64, err error) {
	if err := tx.QueryRow(`SELECT count(*) FROM synonyms`).Scan(&n); err != nil {
		return 0, fmt.Errorf("count synonyms: %w", err)
	}
	return n, nil
}

func synonymByID(tx *store.Tx, id string) (Word, error) {
	w, err := scanSynonym(tx.QueryRow(`SELECT id, typed, official, relation, removed, updated_ms FROM synonyms WHERE id = $1`, id).Scan)
	switch {
	case errors.Is(err, store.ErrNoRows):
		return Word{}, fault.NotFound(noWord)
	case err != nil:
		return Word{}, fmt.Errorf("read synonym %s: %w", id, err)
	}
	return w, nil
}

func scanSynonym(scan func(...any) error) (w Word, err error) {
	var relation string
	var updated int64
	err = scan(&w.ID, &w.Typed, &w.Official, &relation, &w.Removed, &updated)
	w.Relation, w.Updated = Relation(relation), store.FromMillis(updated)
	return w, err
}

// insertSynonym adds one unless its sides are there already, in use or removed.
func insertSynonym(tx *store.Tx, w Word, by string) error {
	id, key := tx.NewID(), w.key()
	n, err := tx.Exec(`INSERT INTO synonyms (id, typed, official, relation, typed_key, official_key, removed, updated_ms)
		VALUES ($1, $2, $3, $4, $5, $6, FALSE, $7) ON CONFLICT (typed_key, official_key) DO NOTHING`,
		id, w.Typed, w.Official, string(w.Relation), key.typed, key.official, store.Millis(tx.Now()))
	if err != nil {
		return fmt.Errorf("insert synonym %q: %w", w.Typed, err)
	}
	if n == 0 {
		return nil
	}
	return tx.Changed(KindSynonym, id, by)
}

// putSynonym adds one or brings a removed one back. It gives ErrNoRows when one
// with these sides is in use. Time never stands still between two states of a
// row, so that it tells them apart.
func putSynonym(tx *store.Tx, w Word) (Word, error) {
	key := w.key()
	put, err := scanSynonym(tx.QueryRow(`INSERT INTO synonyms (id, typed, official, relation, typed_key, official_key, removed, updated_ms)
		VALUES ($1, $2, $3, $4, $5, $6, FALSE, $7)
		ON CONFLICT (typed_key, official_key) DO UPDATE SET typed = excluded.typed, official = excluded.official, relation = excluded.relation, removed = FALSE,
			updated_ms = CASE WHEN synonyms.updated_ms < excluded.updated_ms THEN excluded.updated_ms ELSE synonyms.updated_ms + 1 END
		WHERE synonyms.removed
		RETURNING id, typed, official, relation, removed, updated_ms`,
		tx.NewID(), w.Typed, w.Official, string(w.Relation), key.typed, key.official, store.Millis(tx.Now())).Scan)
	if err != nil {
		return w, err
	}
	return put, nil
}

// updateSynonym stores another state of a word whose sides sound as before, if
// it is still as it was at Updated.
func updateSynonym(tx *store.Tx, w Word) (Word, error) {
	before := store.Millis(w.Updated)
	after := max(store.Millis(tx.Now()), before+1)
	n, err := tx.Exec(`UPDATE synonyms SET typed = $1, official = $2, relation = $3, removed = $4, updated_ms = $5 WHERE id = $6 AND updated_ms = $7`,
		w.Typed, w.Official, string(w.Relation), w.Removed, after, w.ID, before)
	if err != nil {
		return Word{}, fmt.Errorf("update synonym %s: %w", w.ID, err)
	}
	if n == 0 {
		return Word{}, fault.Conflict(wordChanged)
	}
	w.Updated = store.FromMillis(after)
	return w, nil
}
