package store

import "fmt"

// Audit adds a line to the audit log: who did what to which thing. Lines are
// never changed; nothing here reads them back into a rule.
func (tx *Tx) Audit(by, act, kind, id, note string) error {
	_, err := tx.Exec(`INSERT INTO audit (id, at_ms, by_whom, act, kind, object_id, note) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		tx.NewID(), Millis(tx.Now()), by, act, kind, id, note)
	if err != nil {
		return fmt.Errorf("audit %s of %s %s: %w", act, kind, id, err)
	}
	return nil
}
