package accounts

import (
	"errors"

	"sotay/internal/store"
)

func insertVisit(tx *store.Tx, v Visit) error {
	_, err := tx.Exec(`INSERT INTO visits (id, secret_hash, person_id, step, device, device_hash, shared, pending, wrong, started_ms, expires_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10)`,
		v.ID, v.secretHash, v.Person.ID, stepNames[v.Step], v.Device, v.deviceHash, v.Shared, v.pending, store.Millis(v.Started), store.Millis(v.Expires))
	return err
}

// updateVisit moves a visit on whose secret is still the old one.
func updateVisit(tx *store.Tx, v Visit, oldHash string) (bool, error) {
	n, err := tx.Exec(`UPDATE visits SET secret_hash = $1, step = $2, pending = $3, wrong = 0, expires_ms = $4 WHERE id = $5 AND secret_hash = $6`,
		v.secretHash, stepNames[v.Step], v.pending, store.Millis(v.Expires), v.ID, oldHash)
	return n == 1, err
}

const visitColumns = `, v.id, v.step, v.device, v.device_hash, v.shared, v.pending, v.secret_hash, v.started_ms, v.expires_ms
	FROM visits v JOIN people p ON p.id = v.person_id LEFT JOIN units u ON u.id = p.unit_id `

func scanVisit(scan func(...any) error) (v Visit, err error) {
	var step string
	var started, expires int64
	v.Person, err = scanPersonAnd(scan, &v.ID, &step, &v.Device, &v.deviceHash, &v.Shared, &v.pending, &v.secretHash, &started, &expires)
	v.Step, v.Started, v.Expires = stepNamed(step), store.FromMillis(started), store.FromMillis(expires)
	return v, err
}

func visitByHash(tx *store.Tx, hash string) (Visit, error) {
	v, err := scanVisit(tx.QueryRow(`SELECT `+personColumns+visitColumns+`WHERE v.secret_hash = $1`, hash).Scan)
	if errors.Is(err, store.ErrNoRows) {
		return Visit{}, errSignIn()
	}
	return v, err
}

func visitsOf(tx *store.Tx, person string) ([]Visit, error) {
	return store.Collect(tx, scanVisit, `SELECT `+personColumns+visitColumns+`WHERE v.person_id = $1 AND v.expires_ms > $2
		ORDER BY v.started_ms DESC, v.id DESC`, person, store.Millis(tx.Now()))
}

func personOfVisit(tx *store.Tx, id string) (person string, err error) {
	err = tx.QueryRow(`SELECT person_id FROM visits WHERE id = $1 AND expires_ms > $2`, id, store.Millis(tx.Now())).Scan(&person)
	if errors.Is(err, store.ErrNoRows) {
		err = errNoVisit()
	}
	return person, err
}

func deleteVisit(tx *store.Tx, id string) error {
	_, err := tx.Exec(`DELETE FROM visits WHERE id = $1`, id)
	return err
}

func deleteVisitByHash(tx *store.Tx, hash string) error {
	_, err := tx.Exec(`DELETE FROM visits WHERE secret_hash = $1`, hash)
	return err
}

// endVisitsOf ends the visits of a person but one.
func endVisitsOf(tx *store.Tx, person, but string) error {
	_, err := tx.Exec(`DELETE FROM visits WHERE person_id = $1 AND id <> $2`, person, but)
	return err
}

// guessCode counts one more guess at a visit; ok is false when it has had its
// share.
func guessCode(tx *store.Tx, visit string) (n int64, ok bool, err error) {
	err = tx.QueryRow(`UPDATE visits SET wrong = wrong + 1 WHERE id = $1 AND wrong < $2 RETURNING wrong`, visit, int64(wrongCodes)).Scan(&n)
	if errors.Is(err, store.ErrNoRows) {
		return 0, false, nil
	}
	return n, err == nil, err
}

// holdAny locks the row of somebody who has not ended, whatever the password.
func holdAny(tx *store.Tx, person string) (bool, error) {
	n, err := tx.Exec(`UPDATE people SET ended = FALSE WHERE id = $1 AND NOT ended`, person)
	return n == 1, err
}

func codeKey(tx *store.Tx, person string) (key string, err error) {
	err = tx.QueryRow(`SELECT totp FROM people WHERE id = $1`, person).Scan(&key)
	return key, err
}

// useStep takes a step of one-time codes, once: earlier ones are gone with it.
func useStep(tx *store.Tx, person, key string, step int64) (bool, error) {
	n, err := tx.Exec(`UPDATE people SET totp_step = $1 WHERE id = $2 AND totp = $3 AND totp_step < $1`, step, person, key)
	return n == 1, err
}

// setCodeKey stores the key of somebody who has none.
func setCodeKey(tx *store.Tx, person, key string, step int64) (bool, error) {
	n, err := tx.Exec(`UPDATE people SET totp = $1, totp_step = $2 WHERE id = $3 AND totp = ''`, key, step, person)
	return n == 1, err
}

func removeCodeKey(tx *store.Tx, person string) (bool, error) {
	n, err := tx.Exec(`UPDATE people SET totp = '' WHERE id = $1 AND totp <> ''`, person)
	return n == 1, err
}

func rememberDevice(tx *store.Tx, person, hash string) error {
	_, err := tx.Exec(`INSERT INTO devices (person_id, secret_hash, seen_ms) VALUES ($1, $2, $3)
		ON CONFLICT (person_id, secret_hash) DO UPDATE SET seen_ms = excluded.seen_ms`, person, hash, store.Millis(tx.Now()))
	return err
}

// knownDevice tells whether anybody, and whether this person was let in on a
// device.
func knownDevice(tx *store.Tx, person, hash string) (anybody, own bool, err error) {
	var all, mine int64
	err = tx.QueryRow(`SELECT count(*), count(*) FILTER (WHERE person_id = $1) FROM devices WHERE secret_hash = $2 AND seen_ms > $3`,
		person, hash, store.Millis(tx.Now().Add(-deviceLifetime))).Scan(&all, &mine)
	return all > 0, mine > 0, err
}

func devicesOf(tx *store.Tx, person string) ([]int64, error) {
	return store.Collect(tx, func(scan func(...any) error) (ms int64, err error) { return ms, scan(&ms) },
		`SELECT seen_ms FROM devices WHERE person_id = $1 ORDER BY seen_ms DESC`, person)
}

func forgetDevices(tx *store.Tx, person string) error {
	_, err := tx.Exec(`DELETE FROM devices WHERE person_id = $1`, person)
	return err
}

// deleteWhatRanOut deletes in the order in which sign-in writes.
func deleteWhatRanOut(tx *store.Tx) error {
	now := tx.Now()
	if _, err := tx.Exec(`DELETE FROM tries WHERE started_ms < $1`, store.Millis(now.Add(-tryWindow))); err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM visits WHERE expires_ms < $1`, store.Millis(now)); err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM cards WHERE expires_ms < $1`, store.Millis(now)); err != nil {
		return err
	}
	if _, err := tx.Exec(`DELETE FROM devices WHERE seen_ms < $1`, store.Millis(now.Add(-deviceLifetime))); err != nil {
		return err
	}
	return deleteOldImports(tx)
}
