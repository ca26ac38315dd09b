package accounts

import (
	"errors"
	"slices"

	"sotay/internal/fault"
	"sotay/internal/store"
)

// peopleAtOnce is how many people one query looks up.
const peopleAtOnce = 50

const fiftyValues = `($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
	$11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
	$21, $22, $23, $24, $25, $26, $27, $28, $29, $30,
	$31, $32, $33, $34, $35, $36, $37, $38, $39, $40,
	$41, $42, $43, $44, $45, $46, $47, $48, $49, $50)`

// The two look-ups of people by what they sign in with.
const (
	peopleWithPhones = `SELECT ` + personColumns + peopleAndUnits + `WHERE p.phone <> '' AND p.phone IN ` + fiftyValues
	peopleWithCodes  = `SELECT ` + personColumns + peopleAndUnits + `WHERE p.code <> '' AND p.code IN ` + fiftyValues
)

// peopleWith looks values up by one of the queries above.
func peopleWith(tx *store.Tx, query string, values []string, key func(Person) string) (map[string]Person, error) {
	found := map[string]Person{}
	values = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" })
	for part := range slices.Chunk(values, peopleAtOnce) {
		args := make([]any, peopleAtOnce)
		for i := range args {
			args[i] = part[min(i, len(part)-1)]
		}
		people, err := store.Collect(tx, scanPerson, query, args...)
		if err != nil {
			return nil, err
		}
		for _, p := range people {
			found[key(p)] = p
		}
	}
	return found, nil
}

func peopleOfUnit(tx *store.Tx, unit string) ([]Person, error) {
	return store.Collect(tx, scanPerson, `SELECT `+personColumns+peopleAndUnits+`WHERE p.unit_id = $1 AND NOT p.erased ORDER BY p.ended, p.name_key, p.id`, unit)
}

func insertImport(tx *store.Tx, w waitingImport, by string) error {
	_, err := tx.Exec(`INSERT INTO imports (id, by_whom, name, state, sheet, added, updated, created_ms) VALUES ($1, $2, $3, 'waiting', $4, 0, 0, $5)`,
		w.id, by, w.name, w.sheet, store.Millis(w.at))
	return err
}

func deleteWaiting(tx *store.Tx, by string) error {
	_, err := tx.Exec(`DELETE FROM imports WHERE by_whom = $1 AND state = 'waiting'`, by)
	return err
}

// waitingByID gives a sheet that waits for this person.
func waitingByID(tx *store.Tx, id, by string) (w waitingImport, err error) {
	if !isID(id) {
		return w, errNoSheet()
	}
	var at int64
	err = tx.QueryRow(`SELECT id, name, sheet, created_ms FROM imports WHERE id = $1 AND by_whom = $2 AND state = 'waiting' AND created_ms >= $3`,
		id, by, store.Millis(tx.Now().Add(-sheetKept))).Scan(&w.id, &w.name, &w.sheet, &at)
	if errors.Is(err, store.ErrNoRows) {
		return w, errNoSheet()
	}
	w.at = store.FromMillis(at)
	return w, err
}

func errNoSheet() error {
	return fault.NotFound("Bảng này đã nhập xong, đã hết hạn hoặc được thay bằng bảng khác. Hãy gửi lại tệp nếu cần.")
}

// finishImport makes a waiting sheet a done import; its rows are not kept. Of
// two that run at once only one finishes.
func finishImport(tx *store.Tx, r SheetReport, by string) error {
	n, err := tx.Exec(`UPDATE imports SET state = 'done', sheet = '', added = $1, updated = $2, created_ms = $3 WHERE id = $4 AND by_whom = $5 AND state = 'waiting'`,
		int64(r.Added), int64(r.Updated), store.Millis(tx.Now()), r.ID, by)
	if err == nil && n == 0 {
		err = errNoSheet()
	}
	return err
}

func insertImportPerson(tx *store.Tx, id, person, earlier, laterHash string) error {
	_, err := tx.Exec(`INSERT INTO import_people (import_id, person_id, earlier, later_hash) VALUES ($1, $2, $3, $4)`, id, person, earlier, laterHash)
	return err
}

// beginUndo marks an import as undone, once.
func beginUndo(tx *store.Tx, id string, a actor) error {
	if !isID(id) {
		return errNoImport()
	}
	n, err := tx.Exec(`UPDATE imports SET state = 'undone' WHERE id = $1 AND state = 'done' AND created_ms >= $2 AND (by_whom = $3 OR $4)`,
		id, store.Millis(tx.Now().Add(-undoFor)), a.id(), a.all())
	if err == nil && n == 0 {
		err = errNoImport()
	}
	return err
}

func errNoImport() error {
	return fault.NotFound("Không có lần nhập này, hoặc đã quá hạn hoàn tác, hoặc đã hoàn tác rồi.")
}

func importPeople(tx *store.Tx, id string) ([]imported, error) {
	return store.Collect(tx, func(scan func(...any) error) (i imported, err error) {
		return i, scan(&i.person, &i.earlier, &i.laterHash)
	},
		`SELECT person_id, earlier, later_hash FROM import_people WHERE import_id = $1 ORDER BY person_id`, id)
}

// forgetImport deletes what undoing an import needs.
func forgetImport(tx *store.Tx, id string) error {
	_, err := tx.Exec(`DELETE FROM import_people WHERE import_id = $1`, id)
	return err
}

// forgetImports deletes what imports keep of a person.
func forgetImports(tx *store.Tx, person string) error {
	_, err := tx.Exec(`DELETE FROM import_people WHERE person_id = $1`, person)
	return err
}

// earlierOf is what imports keep of a person, for undoing them.
func earlierOf(tx *store.Tx, person string) ([]string, error) {
	return store.Collect(tx, func(scan func(...any) error) (s string, err error) { return s, scan(&s) },
		`SELECT earlier FROM import_people WHERE person_id = $1 AND earlier <> '' ORDER BY import_id`, person)
}

// removePerson deletes somebody who never came in.
func removePerson(tx *store.Tx, id string) error {
	if _, err := tx.Exec(`DELETE FROM cards WHERE person_id = $1`, id); err != nil {
		return err
	}
	if err := forgetImports(tx, id); err != nil {
		return err
	}
	_, err := tx.Exec(`DELETE FROM people WHERE id = $1`, id)
	return err
}

func importsOf(tx *store.Tx, a actor) ([]PastImport, error) {
	now := tx.Now()
	scan := func(scan func(...any) error) (i PastImport, err error) {
		var at, added, updated int64
		err = scan(&i.ID, &i.Name, &i.By, &i.Waiting, &added, &updated, &at)
		i.Added, i.Updated, i.At = int(added), int(updated), store.FromMillis(at)
		i.Until = i.At.Add(undoFor)
		if i.Waiting {
			i.Until = i.At.Add(sheetKept)
		}
		return i, err
	}
	if a.all() {
		return store.Collect(tx, scan, `SELECT id, name, by_whom, state = 'waiting', added, updated, created_ms FROM imports
			WHERE created_ms >= $1 AND (state = 'done' OR state = 'waiting' AND by_whom = $2 AND created_ms >= $3) ORDER BY created_ms DESC, id DESC LIMIT $4`,
			store.Millis(now.Add(-undoFor)), a.id(), store.Millis(now.Add(-sheetKept)), int64(maxImports))
	}
	return store.Collect(tx, scan, `SELECT id, name, by_whom, state = 'waiting', added, updated, created_ms FROM imports
		WHERE by_whom = $1 AND created_ms >= $2 AND (state = 'done' OR state = 'waiting' AND created_ms >= $3) ORDER BY created_ms DESC, id DESC LIMIT $4`,
		a.id(), store.Millis(now.Add(-undoFor)), store.Millis(now.Add(-sheetKept)), int64(maxImports))
}

// deleteOldImports deletes sheets that waited too long, and imports that cannot
// be undone any more.
func deleteOldImports(tx *store.Tx) error {
	waited, past := store.Millis(tx.Now().Add(-sheetKept)), store.Millis(tx.Now().Add(-undoFor))
	if _, err := tx.Exec(`DELETE FROM import_people WHERE import_id IN (SELECT id FROM imports WHERE created_ms < $1)`, past); err != nil {
		return err
	}
	_, err := tx.Exec(`DELETE FROM imports WHERE created_ms < $1 OR state = 'waiting' AND created_ms < $2`, past, waited)
	return err
}
