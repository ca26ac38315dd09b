package storetest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"sotay/internal/store"
)

// stored says what SQLite has to hold in a column of each type.
var stored = map[string]string{
	"TEXT":             "typeof(%[1]s) <> 'text'",
	"BIGINT":           "typeof(%[1]s) <> 'integer'",
	"BOOLEAN":          "typeof(%[1]s) <> 'integer' OR %[1]s NOT IN (0, 1)",
	"DOUBLE PRECISION": "typeof(%[1]s) <> 'real'",
	"BYTEA":            "typeof(%[1]s) <> 'blob'",
}

type column struct{ table, name, kind string }

// CheckTypes fails the test when a value in any table is not of its column's
// type. SQLite stores a wrong type silently, PostgreSQL refuses it: there is
// nothing to check there.
func CheckTypes(t testing.TB, db *store.DB) {
	t.Helper()
	if db.Engine() != store.SQLite {
		return
	}
	err := db.Read(context.Background(), func(tx *store.Tx) error {
		columns, err := store.Collect(tx, func(scan func(...any) error) (c column, err error) {
			return c, scan(&c.table, &c.name, &c.kind)
		}, `SELECT m.name, c.name, c.type FROM sqlite_master m JOIN pragma_table_info(m.name) c
			WHERE m.type = 'table' AND m.name <> 'goose_db_version' AND m.name NOT LIKE 'sqlite_%' ORDER BY 1, 2`)
		if err != nil {
			return err
		}
		for _, c := range columns {
			if err := c.check(t, tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Errorf("check types: %v", err)
	}
}

func (c column) check(t testing.TB, tx *store.Tx) error {
	t.Helper()
	wrong, ok := stored[strings.ToUpper(c.kind)]
	if !ok {
		t.Errorf("%s.%s has type %s, which only one engine has", c.table, c.name, c.kind)
		return nil
	}
	var n int64
	text := `SELECT count(*) FROM ` + c.table + ` WHERE ` + c.name + ` IS NOT NULL AND (` + fmt.Sprintf(wrong, c.name) + `)`
	if err := tx.QueryRow(text).Scan(&n); err != nil {
		return err
	}
	if n > 0 {
		t.Errorf("%s.%s is %s, but got %d values of another type", c.table, c.name, c.kind, n)
	}
	return nil
}
