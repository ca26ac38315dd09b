package search

import (
	"fmt"

	"sotay/internal/store"
)

// overwriteSynonym gives the stored synonym of the same sides what s says.
func overwriteSynonym(tx *store.Tx, s Word, by string) error {
	key, id := s.key(), ""
	err := tx.QueryRow(`UPDATE synonyms SET typed = $1, official = $2, relation = $3, removed = $4, updated_ms = $5
		WHERE typed_key = $6 AND official_key = $7 RETURNING id`,
		s.Typed, s.Official, string(s.Relation), s.Removed, store.Millis(tx.Now()), key.typed, key.official).Scan(&id)
	if err != nil {
		return fmt.Errorf("overwrite synonym %q: %w", s.Typed, err)
	}
	return tx.Changed(KindSynonym, id, by)
}
