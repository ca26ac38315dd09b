package storetest_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

// recorder notes what a test would have failed with.
type recorder struct {
	testing.TB
	said []string
}

func (r *recorder) Helper() {}
func (r *recorder) Errorf(format string, args ...any) {
	r.said = append(r.said, format)
}

func exec(t *testing.T, db *store.DB, text string, args ...any) {
	t.Helper()
	err := db.Write(context.Background(), func(tx *store.Tx) error { _, err := tx.Exec(text, args...); return err })
	if err != nil {
		t.Fatal(err)
	}
}

func TestEachTestHasADatabaseOfItsOwn(t *testing.T) {
	first, second := storetest.Open(t), storetest.Open(t)
	exec(t, first, `DELETE FROM counter`)
	if last, err := second.LastChange(context.Background()); err != nil || last != 0 {
		t.Errorf("got %d, %v from the second database, want it untouched", last, err)
	}
}

func TestTheClockStandsAtTheSecondOfMarch(t *testing.T) {
	want := time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
	err := storetest.Open(t).Write(context.Background(), func(tx *store.Tx) error {
		if got := tx.Now(); !got.Equal(want) {
			t.Errorf("got %v, want %v", got, want)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestCheckTypesFindsWhatSQLiteTookSilently(t *testing.T) {
	tests := []struct {
		name, kind string
		value      any
		wrong      bool
	}{
		{"text", "TEXT", "a", false},
		{"bytes as text", "TEXT", []byte("a"), true},
		{"whole number", "BIGINT", 7, false},
		{"text as number", "BIGINT", "seven", true},
		{"fraction as number", "BIGINT", 1.5, true},
		{"yes", "BOOLEAN", true, false},
		{"number as yes", "BOOLEAN", 2, true},
		{"text as yes", "BOOLEAN", "yes", true},
		{"fraction", "DOUBLE PRECISION", 1.5, false},
		{"whole number as fraction", "DOUBLE PRECISION", 1, false},
		{"text as fraction", "DOUBLE PRECISION", "a", true},
		{"bytes", "BYTEA", []byte("a"), false},
		{"text as bytes", "BYTEA", "a", true},
		{"a type of one engine", "VARCHAR(9)", "a", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			db, err := store.Open(context.Background(), storetest.File(t))
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			exec(t, db, `CREATE TABLE zz (v `+tt.kind+`)`)
			exec(t, db, `INSERT INTO zz (v) VALUES ($1)`, tt.value)
			exec(t, db, `INSERT INTO zz (v) VALUES (NULL)`)
			r := &recorder{TB: t}
			storetest.CheckTypes(r, db)
			if (len(r.said) > 0) != tt.wrong {
				t.Errorf("got %s, want a failure: %t", strings.Join(r.said, "; "), tt.wrong)
			}
		})
	}
}
