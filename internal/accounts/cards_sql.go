package accounts

import (
	"errors"
	"time"

	"sotay/internal/store"
)

func saveCard(tx *store.Tx, person, hash string, expires time.Time) error {
	_, err := tx.Exec(`INSERT INTO cards (person_id, secret_hash, expires_ms) VALUES ($1, $2, $3)
		ON CONFLICT (person_id) DO UPDATE SET secret_hash = excluded.secret_hash, expires_ms = excluded.expires_ms`,
		person, hash, store.Millis(expires))
	return err
}

func cardHolder(tx *store.Tx, hash string) (Person, error) {
	p, err := scanPerson(tx.QueryRow(`SELECT `+personColumns+` FROM cards c JOIN people p ON p.id = c.person_id LEFT JOIN units u ON u.id = p.unit_id
		WHERE c.secret_hash = $1 AND c.expires_ms > $2 AND NOT p.ended`, hash, store.Millis(tx.Now())).Scan)
	if errors.Is(err, store.ErrNoRows) {
		return Person{}, errNoCard()
	}
	return p, err
}

// takeCard uses a card up; only one of several at once gets true.
func takeCard(tx *store.Tx, hash string) (bool, error) {
	n, err := tx.Exec(`DELETE FROM cards WHERE secret_hash = $1 AND expires_ms > $2`, hash, store.Millis(tx.Now()))
	return n == 1, err
}

func deleteCard(tx *store.Tx, person string) (bool, error) {
	n, err := tx.Exec(`DELETE FROM cards WHERE person_id = $1`, person)
	return n == 1, err
}

// cardEnd is when the card of a person runs out, the zero time without one.
func cardEnd(tx *store.Tx, person string) (time.Time, error) {
	var ms int64
	err := tx.QueryRow(`SELECT expires_ms FROM cards WHERE person_id = $1`, person).Scan(&ms)
	if errors.Is(err, store.ErrNoRows) {
		return time.Time{}, nil
	}
	return store.FromMillis(ms), err
}
