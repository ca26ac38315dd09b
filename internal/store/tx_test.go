package store_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

func TestArgumentsGoByNumberNotByOrder(t *testing.T) {
	db := storetest.Open(t)
	write(t, db, func(tx *store.Tx) error { return tx.Audit("an", "publish", "guide", "g1", "") })
	if n := number(t, db, `SELECT count(*) FROM audit WHERE object_id = $2 AND by_whom = $1`, "an", "g1"); n != 1 {
		t.Errorf("got %d lines with $2 before $1, want 1", n)
	}
	if n := number(t, db, `SELECT count(*) FROM audit WHERE by_whom = $1 OR note = $1`, "an"); n != 1 {
		t.Errorf("got %d lines with $1 twice, want 1", n)
	}
	var got string
	err := db.Read(ctx, func(tx *store.Tx) error {
		return tx.QueryRow(`SELECT by_whom || '$1' /* $9 */ || ' "$2" ''?3' -- $8 ; :x
			FROM audit WHERE object_id = $1;`, "g1").Scan(&got)
	})
	if want := `an$1 "$2" '?3`; err != nil || got != want {
		t.Errorf("got %s, %v, want %s: quotes and comments stay as they are", got, err, want)
	}
}

func TestMoreThanNineArgumentsKeepTheirPlaces(t *testing.T) {
	db := storetest.Open(t)
	var got string
	err := db.Read(ctx, func(tx *store.Tx) error {
		var text []string
		var args []any
		for i := 12; i >= 1; i-- {
			text = append(text, fmt.Sprintf("CAST($%d AS TEXT)", i))
		}
		for i := 1; i <= 12; i++ {
			args = append(args, fmt.Sprint(i))
		}
		return tx.QueryRow(`SELECT `+strings.Join(text, ` || ' ' || `), args...).Scan(&got)
	})
	if want := "12 11 10 9 8 7 6 5 4 3 2 1"; err != nil || got != want {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
}

func TestStatementsThatTheEnginesUnderstandDifferentlyAreRefused(t *testing.T) {
	db := storetest.Open(t)
	tests := []struct {
		name, text string
		args       []any
	}{
		{"one argument too many", `SELECT $1`, []any{"a", "b"}},
		{"one argument too few", `SELECT $1, $2`, []any{"a"}},
		{"an argument for none", `SELECT 1`, []any{"a"}},
		{"a gap in the numbers", `SELECT $1, $3`, []any{"a", "b", "c"}},
		{"placeholder zero", `SELECT $0`, nil},
		{"leading zero", `SELECT $01`, []any{"a"}},
		{"dollar quotes", `SELECT $$x$$`, nil},
		{"dollar at the end", `SELECT $`, nil},
		{"huge number", `SELECT $99999999999999999999`, nil},
		{"number touching a word", `SELECT a$1`, []any{"a"}},
		{"word touching a number", `SELECT $1a`, []any{"a"}},
		{"question mark", `SELECT ?`, []any{"a"}},
		{"colon", `SELECT 1::text`, nil},
		{"at sign", `SELECT @a`, nil},
		{"brackets", `SELECT [a]`, nil},
		{"backquotes", "SELECT `a`", nil},
		{"two statements", `DELETE FROM audit; DELETE FROM changes`, nil},
		{"open quote", `SELECT 'a`, nil},
		{"open comment", `SELECT /* a`, nil},
		{"commit", ` commit`, nil},
		{"savepoint", `SAVEPOINT a`, nil},
		{"a time", `SELECT $1`, []any{time.Now()}},
		{"text that is not UTF-8", `SELECT $1`, []any{"\xff"}},
		{"text with NUL", `SELECT $1`, []any{"a\x00b"}},
		{"not a number", `SELECT $1`, []any{math.NaN()}},
		{"infinite", `SELECT $1`, []any{math.Inf(-1)}},
		{"a struct", `SELECT $1`, []any{struct{}{}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := db.Write(ctx, func(tx *store.Tx) error {
				if _, err := tx.Exec(tt.text, tt.args...); err == nil {
					t.Error("Exec passed")
				}
				var v any
				if err := tx.QueryRow(tt.text, tt.args...).Scan(&v); err == nil {
					t.Error("QueryRow passed")
				}
				return nil // nothing reached the engine, so the transaction is well
			})
			if err != nil {
				t.Errorf("got %v, want a transaction that can go on", err)
			}
		})
	}
}

func TestTypesMadeOfPlainOnesArePlain(t *testing.T) {
	type slug string
	type count int
	db := storetest.Open(t)
	sample(t, db)
	absent := (*string)(nil)
	write(t, db, func(tx *store.Tx) error {
		_, err := tx.Exec(`INSERT INTO zz_tree (id, parent_id, done, share, data, n) VALUES ($1, $2, $3, $4, $5, $6)`,
			slug("t2"), absent, true, float32(0.5), []byte(nil), count(7))
		return err
	})
	err := db.Read(ctx, func(tx *store.Tx) error {
		var id slug
		var n count
		var done bool
		var share float64
		var data []byte
		var none bool
		err := tx.QueryRow(`SELECT id, n, done, share, data, parent_id IS NULL FROM zz_tree WHERE id = $1`, slug("t2")).
			Scan(&id, &n, &done, &share, &data, &none)
		if id != "t2" || n != 7 || !done || share != 0.5 || len(data) != 0 || !none {
			t.Errorf("got %v %v %v %v %v %v, want what was written", id, n, done, share, data, none)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	storetest.CheckTypes(t, db)
}

func TestNothingRunsWhileRowsAreOpen(t *testing.T) {
	db := storetest.Open(t)
	err := db.Write(ctx, func(tx *store.Tx) error {
		rows, err := tx.Query(`SELECT name FROM counter`)
		if err != nil {
			return err
		}
		if err := audit("g1")(tx); err == nil {
			t.Error("a statement passed beside open rows")
		}
		if err := rows.Close(); err != nil {
			return err
		}
		if err := audit("g2")(tx); err != nil {
			t.Errorf("after Close: %v", err)
		}
		_, err = tx.Query(`SELECT name FROM counter`)
		return err
	})
	if err == nil {
		t.Error("rows left open passed")
	}
	if n := number(t, db, `SELECT count(*) FROM audit`); n != 0 {
		t.Errorf("got %d lines, want none", n)
	}
	write(t, db, audit("g3")) // the connection is well
}

func TestNothingRunsAfterAnEnginesError(t *testing.T) {
	db := storetest.Open(t)
	err := db.Write(ctx, func(tx *store.Tx) error {
		if err := audit("g1")(tx); err != nil {
			return err
		}
		if _, err := tx.Exec(`INSERT INTO counter (name, n) VALUES ('changes', 0)`); !store.IsUnique(err) {
			t.Errorf("got %v, want a unique violation", err)
		}
		if err := audit("g2")(tx); err == nil {
			t.Error("a statement passed after an error")
		}
		return nil
	})
	if !store.IsUnique(err) {
		t.Errorf("got %v, want the error that the function hid", err)
	}
	if n := number(t, db, `SELECT count(*) FROM audit`); n != 0 {
		t.Errorf("got %d lines, want none", n)
	}
}

func TestAnErrorOfReturningEndsTheTransactionToo(t *testing.T) {
	db := storetest.Open(t)
	err := db.Write(ctx, func(tx *store.Tx) error {
		var n int64
		err := tx.QueryRow(`INSERT INTO counter (name, n) VALUES ('changes', 0) RETURNING n`).Scan(&n)
		if !store.IsUnique(err) {
			t.Errorf("got %v, want a unique violation", err)
		}
		return nil
	})
	if !store.IsUnique(err) {
		t.Errorf("got %v, want the error that the function hid", err)
	}
}

func TestATransactionKeptForLaterIsDead(t *testing.T) {
	db := storetest.Open(t)
	var kept *store.Tx
	keep := func(tx *store.Tx) error { kept = tx; return nil }
	for _, run := range []func() error{
		func() error { return db.Write(ctx, keep) },
		func() error { return db.Read(ctx, keep) },
	} {
		if err := run(); err != nil {
			t.Fatal(err)
		}
		if _, err := kept.Exec(`DELETE FROM audit`); err == nil {
			t.Error("a statement passed after the end of its transaction")
		}
	}
}

func TestCollectGivesAllRows(t *testing.T) {
	db := storetest.Open(t)
	for _, id := range []string{"g1", "g2", "g3"} {
		write(t, db, audit(id))
	}
	var ids []string
	err := db.Read(ctx, func(tx *store.Tx) (err error) {
		ids, err = store.Collect(tx, func(scan func(...any) error) (id string, err error) {
			return id, scan(&id)
		}, `SELECT object_id FROM audit WHERE object_id <> $1 ORDER BY object_id DESC`, "g2")
		return err
	})
	if got := strings.Join(ids, " "); err != nil || got != "g3 g1" {
		t.Errorf("got %s, %v, want g3 g1", got, err)
	}
}
