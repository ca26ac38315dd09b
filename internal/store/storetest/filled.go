package storetest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"sotay/internal/store"
)

// filling is a database that was filled once and is copied for each test.
type filling struct {
	once sync.Once
	file []byte // SQLite: the bytes of its file
	name string // PostgreSQL: the name of the database that serves as template
	err  error
}

var fillings sync.Map // name → *filling

// Filled gives a fresh database of the test's own that holds what fill wrote:
// fill runs once per process and name, later tests get a copy.
func Filled(t testing.TB, name string, fill func(*store.DB) error) *store.DB {
	t.Helper()
	known, _ := fillings.LoadOrStore(name, &filling{})
	f := known.(*filling)
	base := os.Getenv("TEST_POSTGRES")
	f.once.Do(func() {
		if base != "" {
			f.name, f.err = fillDatabase(t, base, name, fill)
		} else {
			f.file, f.err = fillFile(fill)
		}
	})
	if f.err != nil {
		t.Fatalf("fill the template database %s: %v", name, f.err)
	}
	if base != "" {
		return open(t, copyDatabase(t, base, f.name))
	}
	file := filepath.Join(t.TempDir(), "sotay.db")
	if err := os.WriteFile(file, f.file, 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, file)
}

func fillFile(fill func(*store.DB) error) ([]byte, error) {
	content, err := template()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "storetest")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "filled.db")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		return nil, err
	}
	if err := fillAt(file, fill); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
}

func fillAt(dsn string, fill func(*store.DB) error) error {
	db, err := store.Open(context.Background(), dsn)
	if err != nil {
		return err
	}
	db.SetClock(func() time.Time { return Start })
	if err := fill(db); err != nil {
		db.Close()
		return err
	}
	return db.Close()
}

// filledPrefix begins the names of template databases. Those of earlier
// processes are dropped when a new one is made, for a test binary has no end at
// which to do it.
const filledPrefix = "sotay_filled_"

func fillDatabase(t testing.TB, base, name string, fill func(*store.DB) error) (string, error) {
	t.Helper()
	dropFilled(t, base)
	database := fmt.Sprintf("%s%d_%s", filledPrefix, os.Getpid(), name)
	run(t, base, "CREATE DATABASE "+database)
	return database, fillAt(inDatabase(t, base, database), fill)
}

func copyDatabase(t testing.TB, base, from string) string {
	t.Helper()
	name := fmt.Sprintf("test_%d_%d", os.Getpid(), time.Now().UnixNano())
	run(t, base, "CREATE DATABASE "+name+" TEMPLATE "+from)
	t.Cleanup(func() { run(t, base, "DROP DATABASE "+name+" WITH (FORCE)") })
	return inDatabase(t, base, name)
}

// inDatabase is the address of another database of the same server.
func inDatabase(t testing.TB, base, name string) string {
	t.Helper()
	u, err := url.Parse(base)
	if err != nil {
		t.Fatalf("TEST_POSTGRES: %v", err)
	}
	u.Path = "/" + name
	return u.String()
}
