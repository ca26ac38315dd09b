package content

import (
	"errors"
	"fmt"

	"sotay/internal/fault"
	"sotay/internal/store"
)

// setPublished shows or hides a thing; false when it is so already, or is not.
func setPublished(tx *store.Tx, kind, id string, published bool) (bool, error) {
	var n int64
	var err error
	switch kind {
	case KindGuide:
		n, err = tx.Exec(`UPDATE guides SET published = $2 WHERE id = $1 AND published <> $2`, id, published)
	case KindAnswer:
		n, err = tx.Exec(`UPDATE answers SET published = $2 WHERE id = $1 AND published <> $2`, id, published)
	case KindSession:
		n, err = tx.Exec(`UPDATE sessions SET published = $2 WHERE id = $1 AND published <> $2`, id, published)
	case KindSituation:
		n, err = tx.Exec(`UPDATE situations SET published = $2 WHERE id = $1 AND published <> $2`, id, published)
	case KindTerm:
		n, err = tx.Exec(`UPDATE terms SET published = $2 WHERE id = $1 AND published <> $2`, id, published)
	case KindLaw:
		n, err = tx.Exec(`UPDATE laws SET published = $2 WHERE id = $1 AND published <> $2`, id, published)
	case KindPlan:
		n, err = tx.Exec(`UPDATE plans SET published = $2 WHERE id = $1 AND published <> $2`, id, published)
	}
	if err != nil {
		return false, fmt.Errorf("set published of %s %s to %t: %w", kind, id, published, err)
	}
	return n == 1, nil
}

func noteTakenDown(tx *store.Tx, kind, id, reason, by string) error {
	_, err := tx.Exec(`INSERT INTO taken_down (kind, object_id, reason, by_whom, at_ms) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (kind, object_id) DO UPDATE SET reason = excluded.reason, by_whom = excluded.by_whom, at_ms = excluded.at_ms`,
		kind, id, reason, by, store.Millis(tx.Now()))
	return err
}

// putBack forgets that a thing was taken down.
func putBack(tx *store.Tx, kind, id string) error {
	_, err := tx.Exec(`DELETE FROM taken_down WHERE kind = $1 AND object_id = $2`, kind, id)
	return err
}

const takenDownColumns = `SELECT d.kind, d.object_id, COALESCE(g.title, a.question, s.title, u.title, t.title, p.title, l.title, ''), d.reason, d.by_whom, d.at_ms FROM taken_down d
	LEFT JOIN guides g ON d.kind = 'guide' AND g.id = d.object_id
	LEFT JOIN answers a ON d.kind = 'answer' AND a.id = d.object_id
	LEFT JOIN sessions s ON d.kind = 'session' AND s.id = d.object_id
	LEFT JOIN situations u ON d.kind = 'situation' AND u.id = d.object_id
	LEFT JOIN terms t ON d.kind = 'term' AND t.id = d.object_id
	LEFT JOIN plans p ON d.kind = 'plan' AND p.id = d.object_id
	LEFT JOIN laws l ON d.kind = 'law' AND l.id = d.object_id `

func scanTakenDown(scan func(...any) error) (TakenDown, error) {
	var t TakenDown
	var at int64
	err := scan(&t.Kind, &t.ID, &t.Title, &t.Reason, &t.By, &at)
	t.At = store.FromMillis(at)
	return t, err
}

func takenDown(tx *store.Tx, kind, id string) (TakenDown, error) {
	t, err := scanTakenDown(tx.QueryRow(takenDownColumns+`WHERE d.kind = $1 AND d.object_id = $2`, kind, id).Scan)
	if errors.Is(err, store.ErrNoRows) {
		return TakenDown{}, fault.NotFound("Bài này không ở trong danh sách đã gỡ.")
	}
	return t, err
}

func allTakenDown(tx *store.Tx) ([]TakenDown, error) {
	return store.Collect(tx, scanTakenDown, takenDownColumns+`ORDER BY d.at_ms DESC, d.kind DESC, d.object_id DESC LIMIT $1`, int64(maxListed))
}
