package accounts

import (
	"errors"

	"sotay/internal/store"
)

func saveUnit(tx *store.Tx, u storedUnit) error {
	_, err := tx.Exec(`INSERT INTO units (id, name, kind, parent_id, name_key, folded, bare) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, parent_id = excluded.parent_id,
			name_key = excluded.name_key, folded = excluded.folded, bare = excluded.bare`,
		u.ID, u.Name, u.Kind, orNull(u.Parent), u.key, u.folded, u.bare)
	return err
}

// orNull is an absent foreign key as the database keeps it.
func orNull(id string) any {
	if id == "" {
		return nil
	}
	return id
}

func scanUnit(scan func(...any) error) (u Unit, err error) {
	return u, scan(&u.ID, &u.Name, &u.Kind, &u.Parent)
}

func allUnits(tx *store.Tx) ([]Unit, error) {
	return store.Collect(tx, scanUnit, `SELECT id, name, kind, COALESCE(parent_id, '') FROM units ORDER BY kind DESC, name_key, id`)
}

// unitsNamed gives units of that code or folded name; bare names count only
// where no full name is the same.
func unitsNamed(tx *store.Tx, code, folded string) ([]Unit, error) {
	found, err := store.Collect(tx, scanUnit, `SELECT id, name, kind, COALESCE(parent_id, '') FROM units WHERE id = $1 OR folded = $2 ORDER BY id`, code, folded)
	if err != nil || len(found) > 0 {
		return found, err
	}
	return store.Collect(tx, scanUnit, `SELECT id, name, kind, COALESCE(parent_id, '') FROM units WHERE bare = $1 ORDER BY id`, folded)
}

// unitOf gives the unit of an id; ok is false when there is none.
func unitOf(tx *store.Tx, id string) (u Unit, ok bool, err error) {
	if !isID(id) {
		return u, false, nil
	}
	err = tx.QueryRow(`SELECT id, name, kind, COALESCE(parent_id, '') FROM units WHERE id = $1`, id).Scan(&u.ID, &u.Name, &u.Kind, &u.Parent)
	if errors.Is(err, store.ErrNoRows) {
		return u, false, nil
	}
	return u, err == nil, err
}

// theProvince is the id of the one province, "" when there is none or several.
func theProvince(tx *store.Tx) (string, error) {
	ids, err := store.Collect(tx, func(scan func(...any) error) (id string, err error) { return id, scan(&id) },
		`SELECT id FROM units WHERE kind = 'province' ORDER BY name_key, id LIMIT 2`)
	if err != nil || len(ids) != 1 {
		return "", err
	}
	return ids[0], nil
}
