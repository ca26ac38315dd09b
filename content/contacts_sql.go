package content

import (
	"fmt"

	"sotay/internal/store"
)

func contactsOf(tx *store.Tx, unit string) ([]Contact, error) {
	return store.Collect(tx, func(scan func(...any) error) (c Contact, err error) {
		err = scan(&c.Key, &c.Phone, &c.Note)
		return c, err
	}, `SELECT key, phone, note FROM contacts WHERE unit = $1 ORDER BY key`, unit)
}

func putContact(tx *store.Tx, unit string, c Contact, by string) error {
	var err error
	if c.Phone == "" && c.Note == "" {
		_, err = tx.Exec(`DELETE FROM contacts WHERE unit = $1 AND key = $2`, unit, c.Key)
	} else {
		_, err = tx.Exec(`INSERT INTO contacts (unit, key, phone, note, by_whom, updated_ms) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (unit, key) DO UPDATE SET phone = excluded.phone, note = excluded.note, by_whom = excluded.by_whom, updated_ms = excluded.updated_ms`,
			unit, c.Key, c.Phone, c.Note, by, store.Millis(tx.Now()))
	}
	if err != nil {
		return fmt.Errorf("store contact %s of unit %s: %w", c.Key, unit, err)
	}
	return nil
}

// allContacts lists the numbers of all units, in no order.
func allContacts(tx *store.Tx) ([]contactLine, error) {
	return store.Collect(tx, func(scan func(...any) error) (c contactLine, err error) {
		err = scan(&c.Unit, &c.Key, &c.Phone, &c.Note)
		return c, err
	}, `SELECT unit, key, phone, note FROM contacts`)
}
