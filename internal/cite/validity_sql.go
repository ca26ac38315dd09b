package cite

import (
	"errors"
	"fmt"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// below is the condition under which a citation names what an amendment changed
// or a part of it: the same clause or a point of it, any clause of the article,
// anything of the document. Who cites the article as a whole is not concerned
// when one of its clauses changes; Above lists those.
const below = `c.law = a.law AND (a.article = '' OR c.article = a.article)
	AND (a.clause = '' OR c.clause = a.clause OR substr(c.clause, 1, length(a.clause) + 1) = a.clause || ' ')`

// Record stores an amendment under a new id. The same one twice is refused.
func Record(tx *store.Tx, a Amendment) (string, error) {
	id := tx.NewID()
	n, err := tx.Exec(`INSERT INTO amendments (id, law, article, clause, by_ref, effect, successor, since, note, by_whom, at_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
		id, a.Of.Law, a.Of.Article(), a.Of.Clause(), a.By.String(), string(a.Effect), a.Successor.String(), string(a.Since), a.Note, a.Person, store.Millis(tx.Now()))
	if err != nil {
		return "", fmt.Errorf("record amendment of %s: %w", a.Of, err)
	}
	if n == 0 {
		return "", fault.Conflict("Sửa đổi này đã được ghi.")
	}
	return id, nil
}

// Withdraw takes an amendment back that was recorded by mistake, with all that
// was affirmed about it.
func Withdraw(tx *store.Tx, id string) error {
	if _, err := tx.Exec(`DELETE FROM affirmed WHERE amendment_id = $1`, id); err != nil {
		return fmt.Errorf("clear what was affirmed of %s: %w", id, err)
	}
	n, err := tx.Exec(`DELETE FROM amendments WHERE id = $1`, id)
	if err != nil {
		return fmt.Errorf("withdraw amendment %s: %w", id, err)
	}
	if n == 0 {
		return noAmendment()
	}
	return nil
}

// Affirm says that a person looked at a text after an amendment and that it
// stands.
func Affirm(tx *store.Tx, amendmentID, kind, objectID, person, note string) error {
	_, err := tx.Exec(`INSERT INTO affirmed (amendment_id, kind, object_id, by_whom, note, at_ms) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
		amendmentID, kind, objectID, person, note, store.Millis(tx.Now()))
	if err != nil {
		return fmt.Errorf("affirm %s %s: %w", kind, objectID, err)
	}
	return nil
}

// AffirmedOf lists the texts that people found right after an amendment, newest first.
func AffirmedOf(tx *store.Tx, amendmentID string) ([]Affirmed, error) {
	return store.Collect(tx, func(scan func(...any) error) (Affirmed, error) {
		var a Affirmed
		var at int64
		err := scan(&a.Kind, &a.ObjectID, &a.Person, &a.Note, &at)
		a.At = store.FromMillis(at)
		return a, err
	}, `SELECT kind, object_id, by_whom, note, at_ms FROM affirmed WHERE amendment_id = $1 ORDER BY at_ms DESC, kind, object_id`, amendmentID)
}

func noAmendment() error {
	return fault.NotFound("Không có sửa đổi này, hoặc đã được rút lại.")
}

const amendmentColumns = `a.id, a.law, a.article, a.clause, a.by_ref, a.effect, a.successor, a.since, a.note, a.by_whom, a.at_ms`

// scanAmendment reads the columns of an amendment and, before them, those of what it was joined with.
func scanAmendment(scan func(...any) error, before ...any) (Amendment, error) {
	var a Amendment
	var article, clause, by, successor string
	var at int64
	err := scan(append(before, &a.ID, &a.Of.Law, &article, &clause, &by, &a.Effect, &successor, &a.Since, &a.Note, &a.Person, &at)...)
	a.Of.Path, a.At = article, store.FromMillis(at)
	if clause != "" {
		a.Of.Path += " " + clause
	}
	a.By, _ = Parse(by) // was parsed before it was stored
	a.Successor, _ = Parse(successor)
	return a, err
}

// Amendments lists all that is recorded, the newest first.
func Amendments(tx *store.Tx) ([]Amendment, error) {
	return store.Collect(tx, func(scan func(...any) error) (Amendment, error) { return scanAmendment(scan) },
		`SELECT `+amendmentColumns+` FROM amendments a ORDER BY a.since DESC, a.id DESC`)
}

// LastRecorded lists what was recorded last, the newest first.
func LastRecorded(tx *store.Tx, limit int) ([]Amendment, error) {
	return store.Collect(tx, func(scan func(...any) error) (Amendment, error) { return scanAmendment(scan) },
		`SELECT `+amendmentColumns+` FROM amendments a ORDER BY a.at_ms DESC, a.id DESC LIMIT $1`, int64(limit))
}

// AmendmentByID is one amendment.
func AmendmentByID(tx *store.Tx, id string) (Amendment, error) {
	a, err := scanAmendment(tx.QueryRow(`SELECT `+amendmentColumns+` FROM amendments a WHERE a.id = $1`, id).Scan)
	if errors.Is(err, store.ErrNoRows) {
		return Amendment{}, noAmendment()
	}
	return a, err
}

// Flags lists every text that awaits a look, by kind and id.
func Flags(tx *store.Tx) ([]Flag, error) {
	return store.Collect(tx, scanFlag, `SELECT DISTINCT c.kind, c.object_id, `+amendmentColumns+` FROM amendments a JOIN citations c ON `+below+`
		WHERE NOT EXISTS (SELECT 1 FROM affirmed f WHERE f.amendment_id = a.id AND f.kind = c.kind AND f.object_id = c.object_id)
		ORDER BY c.kind, c.object_id, a.since, a.id`)
}

func scanFlag(scan func(...any) error) (Flag, error) {
	var f Flag
	var err error
	f.Amendment, err = scanAmendment(scan, &f.Kind, &f.ObjectID)
	return f, err
}

// Suspended is the ids of a kind's things that cite what has changed by a day
// and that nobody has looked at since.
func Suspended(tx *store.Tx, kind string, today viet.Date) (map[string]bool, error) {
	flags, err := Flags(tx)
	if err != nil {
		return nil, fmt.Errorf("find suspended %ss: %w", kind, err)
	}
	set := map[string]bool{}
	for _, f := range flags {
		if f.Kind == kind && f.Amendment.Since <= today {
			set[f.ObjectID] = true
		}
	}
	return set, nil
}

// Below lists what cites a provision or a part of it: what an amendment of it
// would flag.
func Below(tx *store.Tx, ref Ref) ([]Citing, error) {
	return citingWhere(tx, `law = $1 AND ($2 = '' OR article = $2) AND ($3 = '' OR clause = $3 OR substr(clause, 1, length($3) + 1) = $3 || ' ')`, ref)
}

// Above lists what cites the article or the document that a provision is part
// of, as a whole: an amendment of the part does not flag it.
func Above(tx *store.Tx, ref Ref) ([]Citing, error) {
	return citingWhere(tx, `law = $1 AND $2 <> '' AND (article = '' OR article = $2 AND $3 <> '' AND (clause = '' OR substr($3, 1, length(clause) + 1) = clause || ' '))`, ref)
}

func citingWhere(tx *store.Tx, condition string, ref Ref) ([]Citing, error) {
	return store.Collect(tx, func(scan func(...any) error) (Citing, error) {
		var c Citing
		err := scan(&c.Kind, &c.ObjectID)
		return c, err
	}, `SELECT DISTINCT kind, object_id FROM citations WHERE `+condition+` ORDER BY kind, object_id`, ref.Law, ref.Article(), ref.Clause())
}
