package content

import "sotay/internal/store"

func wasSeeded(tx *store.Tx) (bool, error) {
	var n int64
	err := tx.QueryRow(`SELECT COUNT(*) FROM audit WHERE act = 'publish' AND note = $1`, seedNote).Scan(&n)
	return n > 0, err
}

// knownToSeed reports whether the thing of a seed file exists, by the name of
// the file, also at another address by now.
func knownToSeed(tx *store.Tx, folder, name string) (bool, error) {
	var n int64
	var err error
	switch folder {
	case "law":
		err = tx.QueryRow(`SELECT COUNT(*) FROM laws WHERE id = $1`, name).Scan(&n)
	case "sessions":
		err = tx.QueryRow(`SELECT (SELECT COUNT(*) FROM sessions WHERE slug = $1) + (SELECT COUNT(*) FROM moved WHERE kind = 'session' AND slug = $1)`, name).Scan(&n)
	case "guides":
		err = tx.QueryRow(`SELECT (SELECT COUNT(*) FROM guides WHERE slug = $1) + (SELECT COUNT(*) FROM moved WHERE kind = 'guide' AND slug = $1)`, name).Scan(&n)
	case "answers":
		err = tx.QueryRow(`SELECT COUNT(*) FROM answers WHERE number = $1`, int64(NumberOfCode(name))).Scan(&n)
	}
	return n > 0, err
}
