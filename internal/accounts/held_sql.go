package accounts

import (
	"time"

	"sotay/internal/store"
)

func erasePerson(tx *store.Tx, id string) error {
	_, err := tx.Exec(`UPDATE people SET name = '', name_key = '', folded = '', phone = '', code = '', team = '', team_key = '', duty = '',
		password = '', totp = '', ended = TRUE, erased = TRUE WHERE id = $1`, id)
	return err
}

// erasePeopleBefore erases the trainees and leads added before an instant, and
// what lets them in.
func erasePeopleBefore(tx *store.Tx, before time.Time) (int, error) {
	n, err := tx.Exec(`UPDATE people SET name = '', name_key = '', folded = '', phone = '', code = '', team = '', team_key = '', duty = '',
		password = '', totp = '', ended = TRUE, erased = TRUE WHERE role IN ('trainee', 'lead') AND created_ms < $1 AND NOT erased`, store.Millis(before))
	if err != nil {
		return 0, err
	}
	if _, err := tx.Exec(`DELETE FROM visits WHERE person_id IN (SELECT id FROM people WHERE erased)`); err != nil {
		return 0, err
	}
	if _, err := tx.Exec(`DELETE FROM cards WHERE person_id IN (SELECT id FROM people WHERE erased)`); err != nil {
		return 0, err
	}
	if _, err := tx.Exec(`DELETE FROM import_people WHERE person_id IN (SELECT id FROM people WHERE erased)`); err != nil {
		return 0, err
	}
	_, err = tx.Exec(`DELETE FROM devices WHERE person_id IN (SELECT id FROM people WHERE erased)`)
	return int(n), err
}

// countPeopleBefore counts whom erasePeopleBefore would erase.
func countPeopleBefore(tx *store.Tx, before time.Time) (map[Role]int, error) {
	counts := map[Role]int{}
	_, err := store.Collect(tx, func(scan func(...any) error) (role Role, err error) {
		var n int64
		err = scan(&role, &n)
		counts[role] = int(n)
		return role, err
	}, `SELECT role, count(*) FROM people WHERE role IN ('trainee', 'lead') AND created_ms < $1 AND NOT erased GROUP BY role`, store.Millis(before))
	return counts, err
}
