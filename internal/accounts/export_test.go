package accounts

import (
	"context"

	"sotay/internal/store"
)

// HashesDone tells how many passwords were hashed or compared.
func (p *People) HashesDone() int64 { return p.hashes.worked.Load() }

// Knock counts an attempt without the work of a hash, and tells whether it is
// one too many.
func (p *People) Knock(ctx context.Context, a Attempt) (passed bool, err error) {
	err = p.db.Write(ctx, func(tx *store.Tx) error {
		k, err := knock(tx, a)
		passed = k.tooMany
		return err
	})
	return passed, err
}

// FillQueue takes all places of those who wait for a hash.
func (p *People) FillQueue() (empty func()) {
	p.hashes.waiting.Add(hashQueue)
	return func() { p.hashes.waiting.Add(-hashQueue) }
}

// CheckPassword tells whether a password would be taken.
var CheckPassword = checkPassword

// NameKey is the order of lists of people.
var NameKey = nameKey

// ListQueries are the queries behind lists, with the number of their arguments
// and the index that has to serve filter and order.
var ListQueries = []struct {
	Name, SQL, Index string
	Arguments        int
}{
	{"people", `SELECT ` + personColumns + peopleAndUnits + listed + ` AND (p.name_key, p.id) > ($6, $7) ORDER BY p.name_key, p.id LIMIT $8`, "people_in_order", 8},
	{"people of a unit", `SELECT ` + personColumns + peopleAndUnits + listedOfUnit + ` AND (p.name_key, p.id) > ($7, $8) ORDER BY p.name_key, p.id LIMIT $9`, "people_by_unit", 9},
	{"visits", `SELECT ` + personColumns + visitColumns + `WHERE v.person_id = $1 AND v.expires_ms > $2 ORDER BY v.started_ms DESC, v.id DESC`, "visits_by_person", 2},
	{"a visit", `SELECT ` + personColumns + visitColumns + `WHERE v.secret_hash = $1`, "sqlite_autoindex_visits", 1},
	{"who signs in", `SELECT ` + personColumns + peopleAndUnits + `WHERE p.phone = $1 AND p.phone <> '' OR p.code = $2 AND p.code <> ''`, "people_by_phone", 2},
}
