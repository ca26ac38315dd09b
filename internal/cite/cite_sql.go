package cite

import (
	"fmt"

	"sotay/internal/store"
)

// Citing is one thing that cites a provision.
type Citing struct {
	Kind     string // "guide", "answer", "question" …
	ObjectID string
	Clause   string // the clause cited, "" for the whole article
}

// Replace stores what a thing cites, in the order of refs, instead of what it
// cited before. Doubles count once.
func Replace(tx *store.Tx, kind, objectID string, refs []Ref) error {
	if _, err := tx.Exec(`DELETE FROM citations WHERE kind = $1 AND object_id = $2`, kind, objectID); err != nil {
		return fmt.Errorf("clear citations of %s %s: %w", kind, objectID, err)
	}
	seen := map[Ref]bool{}
	for _, ref := range refs {
		if seen[ref] {
			continue
		}
		seen[ref] = true
		_, err := tx.Exec(`INSERT INTO citations (kind, object_id, position, law, article, clause) VALUES ($1, $2, $3, $4, $5, $6)`,
			kind, objectID, int64(len(seen)), ref.Law, ref.Article(), ref.Clause())
		if err != nil {
			return fmt.Errorf("store citation %s of %s %s: %w", ref, kind, objectID, err)
		}
	}
	return nil
}

// Of lists what cites an article of a law, or the law as a whole when article
// is "". The order is by kind, thing and clause.
func Of(tx *store.Tx, law, article string) ([]Citing, error) {
	return store.Collect(tx, func(scan func(...any) error) (Citing, error) {
		var c Citing
		err := scan(&c.Kind, &c.ObjectID, &c.Clause)
		return c, err
	}, `SELECT DISTINCT kind, object_id, clause FROM citations WHERE law = $1 AND article = $2 ORDER BY kind, object_id, clause`, law, article)
}
