package search

import (
	"fmt"

	"sotay/internal/store"
)

// allSynonyms lists the dictionary in the order in which it was entered, also
// what was removed from it.
func allSynonyms(tx *store.Tx) ([]synonym, error) {
	list, err := store.Collect(tx, func(scan func(...any) error) (s synonym, err error) {
		var r string
		err = scan(&s.id, &s.typed, &s.official, &r, &s.removed)
		s.relation = relation(r)
		return s, err
	}, `SELECT id, typed, official, relation, removed FROM synonyms ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("list synonyms: %w", err)
	}
	return list, nil
}

// insertSynonym adds one unless its sides are there already, in use or removed.
func insertSynonym(tx *store.Tx, s synonym, by string) error {
	id, key := tx.NewID(), s.key()
	n, err := tx.Exec(`INSERT INTO synonyms (id, typed, official, relation, typed_key, official_key, removed, updated_ms)
		VALUES ($1, $2, $3, $4, $5, $6, FALSE, $7) ON CONFLICT (typed_key, official_key) DO NOTHING`,
		id, s.typed, s.official, string(s.relation), key.typed, key.official, store.Millis(tx.Now()))
	if err != nil {
		return fmt.Errorf("insert synonym %q: %w", s.typed, err)
	}
	if n == 0 {
		return nil
	}
	return tx.Changed(KindSynonym, id, by)
}
