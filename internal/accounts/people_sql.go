package accounts

import (
	"errors"
	"strings"

	"sotay/internal/store"
)

const personColumns = `p.id, p.name, p.phone, p.code, p.team, p.team_key, p.duty, p.role, p.password <> '', p.totp <> '', p.ended, p.erased, p.created_ms,
	COALESCE(u.id, ''), COALESCE(u.name, ''), COALESCE(u.kind, ''), COALESCE(u.parent_id, '')`

const peopleAndUnits = ` FROM people p LEFT JOIN units u ON u.id = p.unit_id `

func scanPerson(scan func(...any) error) (p Person, err error) {
	return scanPersonAnd(scan)
}

// scanPersonAnd reads a person and the columns that follow.
func scanPersonAnd(scan func(...any) error, more ...any) (p Person, err error) {
	var created int64
	dest := []any{&p.ID, &p.Name, &p.Phone, &p.Code, &p.Team, &p.teamKey, &p.Duty, &p.Role, &p.HasPassword, &p.HasCode, &p.Ended, &p.Erased, &created,
		&p.Unit.ID, &p.Unit.Name, &p.Unit.Kind, &p.Unit.Parent}
	err = scan(append(dest, more...)...)
	p.Created = store.FromMillis(created)
	return p, err
}

func personByID(tx *store.Tx, id string) (Person, error) {
	if !isID(id) {
		return Person{}, errNoPerson()
	}
	p, err := scanPerson(tx.QueryRow(`SELECT `+personColumns+peopleAndUnits+`WHERE p.id = $1`, id).Scan)
	if errors.Is(err, store.ErrNoRows) {
		return Person{}, errNoPerson()
	}
	return p, err
}

// personByLogin finds whoever signs in with a phone number or a code; ok is
// false when nobody does.
func personByLogin(tx *store.Tx, phone, code string) (p Person, ok bool, err error) {
	p, err = scanPerson(tx.QueryRow(`SELECT `+personColumns+peopleAndUnits+
		`WHERE p.phone = $1 AND p.phone <> '' OR p.code = $2 AND p.code <> ''`, phone, code).Scan)
	if errors.Is(err, store.ErrNoRows) {
		return Person{}, false, nil
	}
	return p, err == nil, err
}

func insertPerson(tx *store.Tx, id string, n NewPerson, by string) error {
	_, err := tx.Exec(`INSERT INTO people (id, name, name_key, folded, phone, code, unit_id, team, team_key, duty, role,
		password, totp, totp_step, ended, erased, created_ms, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', '', 0, FALSE, FALSE, $12, $13)`,
		id, n.Name, nameKey(n.Name), searchText(n), n.Phone, n.Code, orNull(n.Unit), n.Team, teamKey(n.Team), n.Duty, string(n.Role), store.Millis(tx.Now()), by)
	return err
}

func updatePerson(tx *store.Tx, id string, n NewPerson) error {
	_, err := tx.Exec(`UPDATE people SET name = $1, name_key = $2, folded = $3, phone = $4, code = $5, unit_id = $6, team = $7, team_key = $8, duty = $9, role = $10
		WHERE id = $11 AND NOT erased`,
		n.Name, nameKey(n.Name), searchText(n), n.Phone, n.Code, orNull(n.Unit), n.Team, teamKey(n.Team), n.Duty, string(n.Role), id)
	return err
}

// takenBy gives the ids of others who sign in with this phone number or code.
func takenBy(tx *store.Tx, id string, n NewPerson) (phone, code string, err error) {
	_, err = store.Collect(tx, func(scan func(...any) error) (none struct{}, err error) {
		var other, otherPhone, otherCode string
		if err = scan(&other, &otherPhone, &otherCode); err != nil {
			return none, err
		}
		if n.Phone != "" && otherPhone == n.Phone {
			phone = other
		}
		if n.Code != "" && otherCode == n.Code {
			code = other
		}
		return none, nil
	}, `SELECT id, phone, code FROM people WHERE (phone = $1 AND phone <> '' OR code = $2 AND code <> '') AND id <> $3`, n.Phone, n.Code, id)
	return phone, code, err
}

// setEnded ends or reopens an account; it tells whether anything changed.
func setEnded(tx *store.Tx, id string, ended bool) (bool, error) {
	n, err := tx.Exec(`UPDATE people SET ended = $1 WHERE id = $2 AND ended <> $1 AND NOT erased`, ended, id)
	return n > 0, err
}

// otherAdministrators counts the administrators beside one. It locks all of
// them until the end of the transaction: of two who end each other at once, the
// second waits here, then sees what the first did.
func otherAdministrators(tx *store.Tx, id string) (n int64, err error) {
	if _, err = tx.Exec(`UPDATE people SET ended = FALSE WHERE role = 'administrator' AND NOT ended`); err != nil {
		return 0, err
	}
	err = tx.QueryRow(`SELECT count(*) FROM people WHERE role = 'administrator' AND NOT ended AND id <> $1`, id).Scan(&n)
	return n, err
}

// scope is what a list shows of people; "" asks for nothing.
type scope struct {
	ended    bool
	unit     string // of exactly this unit
	below    string // of this unit and those below it
	teamKey  string
	role     string
	pattern  string // of LIKE, on folded text
	afterKey string
	afterID  string
}

// The people of a list. The order is that of an index; what else is asked is
// looked at row by row.
const (
	listedOf = `(CAST($2 AS TEXT) = '' OR p.role = $2) AND (CAST($3 AS TEXT) = '' OR p.team_key = $3)
		AND (CAST($4 AS TEXT) = '' OR p.folded LIKE $4 ESCAPE '!') AND (CAST($5 AS TEXT) = '' OR p.unit_id IN (SELECT id FROM units WHERE id = $5 OR parent_id = $5))
		AND NOT p.erased`
	listed       = ` WHERE p.ended = $1 AND ` + listedOf
	listedOfUnit = ` WHERE p.ended = $1 AND p.unit_id = $6 AND ` + listedOf
)

func countPeople(tx *store.Tx, s scope) (n int64, err error) {
	if s.unit != "" {
		err = tx.QueryRow(`SELECT count(*)`+peopleAndUnits+listedOfUnit, s.ended, s.role, s.teamKey, s.pattern, s.below, s.unit).Scan(&n)
		return n, err
	}
	err = tx.QueryRow(`SELECT count(*)`+peopleAndUnits+listed, s.ended, s.role, s.teamKey, s.pattern, s.below).Scan(&n)
	return n, err
}

func pageOfPeople(tx *store.Tx, s scope, limit int) ([]Person, error) {
	if s.unit != "" {
		return store.Collect(tx, scanPerson, `SELECT `+personColumns+peopleAndUnits+listedOfUnit+` AND (p.name_key, p.id) > ($7, $8)
			ORDER BY p.name_key, p.id LIMIT $9`, s.ended, s.role, s.teamKey, s.pattern, s.below, s.unit, s.afterKey, s.afterID, int64(limit))
	}
	return store.Collect(tx, scanPerson, `SELECT `+personColumns+peopleAndUnits+listed+` AND (p.name_key, p.id) > ($6, $7)
		ORDER BY p.name_key, p.id LIMIT $8`, s.ended, s.role, s.teamKey, s.pattern, s.below, s.afterKey, s.afterID, int64(limit))
}

// peopleLike are all people, ended ones too, whose folded text matches.
func peopleLike(tx *store.Tx, pattern string, limit int) ([]Person, error) {
	return store.Collect(tx, scanPerson, `SELECT `+personColumns+peopleAndUnits+`WHERE p.folded LIKE $1 ESCAPE '!' AND NOT p.erased
		ORDER BY p.ended, p.name_key, p.id LIMIT $2`, pattern, int64(limit))
}

var likeMarks = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

// likePattern matches folded text that has s in it; "" for none.
func likePattern(s string) string {
	if s == "" {
		return ""
	}
	return "%" + likeMarks.Replace(s) + "%"
}

// nameOf is an id and the name behind it.
type nameOf struct {
	id, name string
	erased   bool
}

// namesAtOnce is how many names one query looks up.
const namesAtOnce = 10

// namesOf looks up to namesAtOnce names.
func namesOf(tx *store.Tx, ids []string) ([]nameOf, error) {
	args := make([]any, namesAtOnce)
	for i := range args {
		args[i] = ids[min(i, len(ids)-1)]
	}
	return store.Collect(tx, func(scan func(...any) error) (n nameOf, err error) { return n, scan(&n.id, &n.name, &n.erased) },
		`SELECT id, name, erased FROM people WHERE id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, args...)
}

// passwordOf is the hash of a person's password, "" when there is none or
// nobody of this id.
func passwordOf(tx *store.Tx, id string) (hash string, err error) {
	err = tx.QueryRow(`SELECT password FROM people WHERE id = $1`, id).Scan(&hash)
	if errors.Is(err, store.ErrNoRows) {
		return "", nil
	}
	return hash, err
}

func setPassword(tx *store.Tx, id, hash string) error {
	_, err := tx.Exec(`UPDATE people SET password = $1 WHERE id = $2 AND NOT ended`, hash, id)
	return err
}

// holdPerson locks the row of somebody whose account and password are still as
// they were read; nobody can end the account or change its password before this
// transaction is over.
func holdPerson(tx *store.Tx, id, password string) (bool, error) {
	n, err := tx.Exec(`UPDATE people SET ended = FALSE WHERE id = $1 AND password = $2 AND NOT ended`, id, password)
	return n == 1, err
}
