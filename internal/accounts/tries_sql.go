package accounts

import (
	"errors"

	"sotay/internal/store"
)

// countTry adds a try to a subject and gives how many there were since its
// window began.
func countTry(tx *store.Tx, subject string) (n int64, err error) {
	now := store.Millis(tx.Now())
	err = tx.QueryRow(`INSERT INTO tries AS t (subject, n, started_ms) VALUES ($1, 1, $2)
		ON CONFLICT (subject) DO UPDATE SET
			n = CASE WHEN t.started_ms <= $3 THEN 1 ELSE t.n + 1 END,
			started_ms = CASE WHEN t.started_ms <= $3 THEN excluded.started_ms ELSE t.started_ms END
		RETURNING n`, subject, now, now-tryWindow.Milliseconds()).Scan(&n)
	return n, err
}

// takeBack takes one try from a subject, or all.
func takeBack(tx *store.Tx, subject string, all bool) error {
	_, err := tx.Exec(`UPDATE tries SET n = CASE WHEN $1 OR n < 1 THEN 0 ELSE n - 1 END WHERE subject = $2`, all, subject)
	return err
}

// triesSoFar is how many tries a subject has in the window that lasts.
func triesSoFar(tx *store.Tx, subject string) (n int64, err error) {
	err = tx.QueryRow(`SELECT n FROM tries WHERE subject = $1 AND started_ms > $2`, subject, store.Millis(tx.Now())-tryWindow.Milliseconds()).Scan(&n)
	if errors.Is(err, store.ErrNoRows) {
		return 0, nil
	}
	return n, err
}
