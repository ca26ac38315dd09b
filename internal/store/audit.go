package store

import (
	"fmt"
	"time"
)

// Audit adds a line to the audit log: who did what to which thing. Lines are
// never changed; nothing here reads them back into a rule.
func (tx *Tx) Audit(by, act, kind, id, note string) error {
	_, err := tx.Exec(`INSERT INTO audit (id, at_ms, by_whom, act, kind, object_id, note) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		tx.NewID(), Millis(tx.Now()), by, act, kind, id, note)
	if err != nil {
		return fmt.Errorf("audit %s of %s %s: %w", act, kind, id, err)
	}
	return nil
}

// AuditLine is one line of the audit log.
type AuditLine struct {
	ID, By, Act, Kind, Object, Note string
	At                              time.Time
}

// AuditFilter narrows the audit log; zero fields ask for nothing. From counts
// in, To does not.
type AuditFilter struct {
	By, Act, Kind, Object string
	NotBy                 string    // lines of others than this one
	From, To              time.Time // of day
	BeforeAt              time.Time // lines older than the one of this time
	BeforeID              string    // and id
	Limit                 int       // at most maxAuditLines
}

// AuditLines gives lines of the audit log, newest first.
func (tx *Tx) AuditLines(f AuditFilter) ([]AuditLine, error) {
	limit := min(max(f.Limit, 1), maxAuditLines)
	lines, err := Collect(tx, scanAuditLine, auditQuery(f), f.By, f.Kind, f.Object, f.Act, f.NotBy,
		millisOr(f.From, 0), millisOr(f.To, maxMillis), millisOr(f.BeforeAt, maxMillis), f.BeforeID, int64(limit))
	if err != nil {
		return nil, fmt.Errorf("read the audit log: %w", err)
	}
	return lines, nil
}

func millisOr(t time.Time, none int64) int64 {
	if t.IsZero() {
		return none
	}
	return Millis(t)
}

// Each way of asking has the index that its condition begins with; CAST tells
// PostgreSQL the type of what else is compared.
const (
	auditColumns = `SELECT id, at_ms, by_whom, act, kind, object_id, note FROM audit WHERE `
	auditRest    = ` AND (CAST($4 AS TEXT) = '' OR act = $4) AND (CAST($5 AS TEXT) = '' OR by_whom <> $5)
		AND at_ms >= $6 AND at_ms < $7 AND (at_ms, id) < ($8, $9) ORDER BY at_ms DESC, id DESC LIMIT $10`
	auditByPerson = auditColumns + `by_whom = $1 AND (CAST($2 AS TEXT) = '' OR kind = $2) AND (CAST($3 AS TEXT) = '' OR object_id = $3)` + auditRest
	auditByObject = auditColumns + `(CAST($1 AS TEXT) = '' OR by_whom = $1) AND kind = $2 AND object_id = $3` + auditRest
	auditInOrder  = auditColumns + `(CAST($1 AS TEXT) = '' OR by_whom = $1) AND (CAST($2 AS TEXT) = '' OR kind = $2)
		AND (CAST($3 AS TEXT) = '' OR object_id = $3)` + auditRest
)

func auditQuery(f AuditFilter) string {
	switch {
	case f.Kind != "" && f.Object != "":
		return auditByObject
	case f.By != "":
		return auditByPerson
	}
	return auditInOrder
}

func scanAuditLine(scan func(...any) error) (l AuditLine, err error) {
	var ms int64
	err = scan(&l.ID, &ms, &l.By, &l.Act, &l.Kind, &l.Object, &l.Note)
	l.At = FromMillis(ms)
	return l, err
}
