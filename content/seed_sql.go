package content

import (
	"errors"
	"fmt"

	"sotay/internal/fault"
	"sotay/internal/store"
)

func wasSeeded(tx *store.Tx) (bool, error) {
	var n int64
	err := tx.QueryRow(`SELECT COUNT(*) FROM audit WHERE act = 'publish' AND note = $1`, seedNote).Scan(&n)
	return n > 0, err
}

// seededID is the id of the thing of a seed file, by the name of the file: ""
// when there is none, also at no former address.
func seededID(tx *store.Tx, folder, name string) (id string, err error) {
	switch folder {
	case lawFolder:
		err = tx.QueryRow(`SELECT id FROM laws WHERE id = $1`, name).Scan(&id)
	case sessionFolder, guideFolder, situationFolder, termFolder, planFolder:
		if id, err = thingID(tx, kindIn(folder).name, Slug(name)); err == nil && id == "" {
			err = store.ErrNoRows
		}
	case answerFolder:
		err = tx.QueryRow(`SELECT id FROM answers WHERE number = $1`, int64(NumberOfCode(name))).Scan(&id)
	default:
		return "", fmt.Errorf("unknown seed folder %s", folder)
	}
	if errors.Is(err, store.ErrNoRows) {
		if id, err = movedTo(tx, kindIn(folder).name, Slug(name)); fault.Is(err, fault.KindNotFound) {
			return "", nil
		}
	}
	return id, err
}

// offeredSeeds are the embedded texts that were entered or proposed before.
func offeredSeeds(tx *store.Tx) (map[seedKey]bool, error) {
	list, err := store.Collect(tx, func(scan func(...any) error) (k seedKey, err error) {
		err = scan(&k.path, &k.hash)
		return k, err
	}, `SELECT path, hash FROM seeds`)
	set := make(map[seedKey]bool, len(list))
	for _, k := range list {
		set[k] = true
	}
	return set, err
}

// noteSeed remembers that a text was offered; false when it was before.
func noteSeed(tx *store.Tx, k seedKey) (bool, error) {
	n, err := tx.Exec(`INSERT INTO seeds (path, hash, at_ms) VALUES ($1, $2, $3) ON CONFLICT (path, hash) DO NOTHING`, k.path, k.hash, store.Millis(tx.Now()))
	if err != nil {
		return false, fmt.Errorf("note seed %s: %w", k.path, err)
	}
	return n == 1, nil
}

func forgetSeed(tx *store.Tx, k seedKey) error {
	_, err := tx.Exec(`DELETE FROM seeds WHERE path = $1 AND hash = $2`, k.path, k.hash)
	return err
}

// shownBefore reports whether a text is one that readers see or saw. Blanks
// around it do not count.
func shownBefore(tx *store.Tx, kind, id, source string) (bool, error) {
	want, err := canonical(source)
	if err != nil {
		return false, err
	}
	list, err := store.Collect(tx, func(scan func(...any) error) (s string, err error) { return s, scan(&s) },
		`SELECT source FROM revisions WHERE kind = $1 AND object_id = $2 AND state = 'published' ORDER BY number DESC`, kind, id)
	for _, stored := range list {
		if have, err := canonical(stored); err == nil && have == want {
			return true, nil
		}
	}
	return false, err
}
