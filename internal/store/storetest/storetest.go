// Package storetest opens a fresh, migrated database for a test. It is imported
// by tests only.
//
//	db := storetest.Open(t)
package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"sotay/internal/store"
)

// Start is where the clock of a test's database stands: 2 March 2026, 9 o'clock
// in Hà Nội.
var Start = time.Date(2026, time.March, 2, 2, 0, 0, 0, time.UTC)

// Open gives a fresh database of the test's own, closed at its end: an SQLite
// file, or a schema of its own on PostgreSQL when TEST_POSTGRES has an address.
func Open(t testing.TB) *store.DB {
	t.Helper()
	return open(t, DSN(t))
}

// open opens a test's database, to be closed at the end of the test.
func open(t testing.TB, dsn string) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), dsn)
	if err != nil {
		t.Fatalf("open the test's database: %v", err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close the test's database: %v", err)
		}
	})
	db.SetClock(func() time.Time { return Start })
	return db
}

// DSN gives the address of a fresh database of the test's own, for tests that
// open it themselves.
func DSN(t testing.TB) string {
	t.Helper()
	if base := os.Getenv("TEST_POSTGRES"); base != "" {
		return freshSchema(t, base)
	}
	return File(t)
}

// File gives the path of a fresh SQLite database, whatever TEST_POSTGRES says.
func File(t testing.TB) string {
	t.Helper()
	content, err := template()
	if err != nil {
		t.Fatalf("make the template database: %v", err)
	}
	file := filepath.Join(t.TempDir(), "sotay.db")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// template migrates one database per process and gives the bytes of its file.
var template = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "storetest")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "template.db")
	db, err := store.Open(context.Background(), file)
	if err != nil {
		return nil, err
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
})

// freshSchema makes an empty schema and gives the address that leads into it.
func freshSchema(t testing.TB, base string) string {
	t.Helper()
	u, err := url.Parse(base)
	if err != nil {
		t.Fatalf("TEST_POSTGRES: %v", err)
	}
	name := fmt.Sprintf("test_%d_%d", os.Getpid(), time.Now().UnixNano())
	run(t, base, "CREATE SCHEMA "+name)
	t.Cleanup(func() { run(t, base, "DROP SCHEMA "+name+" CASCADE") })
	q := u.Query()
	q.Set("search_path", name)
	u.RawQuery = q.Encode()
	return u.String()
}

// dropFilled drops the template databases that earlier processes left; one that is
// in use stays.
func dropFilled(t testing.TB, base string) {
	t.Helper()
	db, err := sql.Open("pgx", base)
	if err != nil {
		t.Fatalf("TEST_POSTGRES: %v", err)
	}
	defer db.Close()
	rows, err := db.Query("SELECT datname FROM pg_database WHERE datname LIKE $1 AND datname NOT LIKE $2", filledPrefix+"%", fmt.Sprintf("%s%d_%%", filledPrefix, os.Getpid()))
	if err != nil {
		t.Fatalf("TEST_POSTGRES: list databases: %v", err)
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatalf("TEST_POSTGRES: list databases: %v", err)
		}
		names = append(names, name)
	}
	if err := rows.Err(); err != nil {
		t.Fatalf("TEST_POSTGRES: list databases: %v", err)
	}
	for _, name := range names {
		_, _ = db.Exec("DROP DATABASE " + name) // another process may be using it
	}
}

func run(t testing.TB, dsn, text string) {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatalf("TEST_POSTGRES: %v", err)
	}
	defer db.Close()
	if _, err := db.Exec(text); err != nil {
		t.Fatalf("TEST_POSTGRES: %s: %v", text, err)
	}
}
