package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

var ctx = context.Background()

// openFile opens a fresh SQLite database whatever engine the other tests use.
func openFile(t testing.TB) *store.DB {
	t.Helper()
	return reopen(t, storetest.File(t))
}

func reopen(t testing.TB, dsn string) *store.DB {
	t.Helper()
	db, err := store.Open(ctx, dsn)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func write(t testing.TB, db *store.DB, fn func(tx *store.Tx) error) {
	t.Helper()
	if err := db.Write(ctx, fn); err != nil {
		t.Fatalf("write: %v", err)
	}
}

// number reads one number.
func number(t testing.TB, db *store.DB, text string, args ...any) (n int64) {
	t.Helper()
	err := db.Read(ctx, func(tx *store.Tx) error { return tx.QueryRow(text, args...).Scan(&n) })
	if err != nil {
		t.Fatalf("read %s: %v", text, err)
	}
	return n
}

// audit adds a line whose object is id.
func audit(id string) func(tx *store.Tx) error {
	return func(tx *store.Tx) error { return tx.Audit("an", "publish", "guide", id, "") }
}

func TestAWriteIsReadBack(t *testing.T) {
	db := storetest.Open(t)
	write(t, db, func(tx *store.Tx) error { return tx.Audit("an", "publish", "guide", "g1", "lần đầu") })
	var note string
	var at int64
	err := db.Read(ctx, func(tx *store.Tx) error {
		return tx.QueryRow(`SELECT note, at_ms FROM audit WHERE by_whom = $1`, "an").Scan(&note, &at)
	})
	if err != nil || note != "lần đầu" || !store.FromMillis(at).Equal(storetest.Start) {
		t.Errorf("got %q at %v, %v, want the line written at %v", note, store.FromMillis(at), err, storetest.Start)
	}
	storetest.CheckTypes(t, db)
}

func TestAFailedWriteLeavesNothing(t *testing.T) {
	db := storetest.Open(t)
	want := errors.New("no")
	err := db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Changed("guide", "g1", "an"); err != nil {
			return err
		}
		return errors.Join(audit("g1")(tx), want)
	})
	if !errors.Is(err, want) {
		t.Errorf("got %v, want the function's error", err)
	}
	if n := number(t, db, `SELECT count(*) FROM audit`); n != 0 {
		t.Errorf("got %d lines, want none", n)
	}
	if last, err := db.LastChange(ctx); last != 0 || err != nil {
		t.Errorf("got change %d, %v, want none", last, err)
	}
}

func TestReadersCannotWrite(t *testing.T) {
	db := storetest.Open(t)
	if err := db.Read(ctx, audit("g1")); err == nil {
		t.Error("a statement that writes passed")
	}
	err := db.Read(ctx, func(tx *store.Tx) error { return tx.Changed("guide", "g1", "an") })
	if err == nil {
		t.Error("Changed passed in a reading transaction")
	}
	if n := number(t, db, `SELECT count(*) FROM audit`); n != 0 {
		t.Errorf("got %d lines, want none", n)
	}
}

func TestAReaderSeesOneSnapshot(t *testing.T) {
	db := storetest.Open(t)
	err := db.Read(ctx, func(tx *store.Tx) error {
		var before, after int64
		if err := tx.QueryRow(`SELECT count(*) FROM audit`).Scan(&before); err != nil {
			return err
		}
		write(t, db, audit("g1"))
		if err := tx.QueryRow(`SELECT count(*) FROM audit`).Scan(&after); err != nil {
			return err
		}
		if before != 0 || after != 0 {
			t.Errorf("got %d, then %d lines, want none: the snapshot is older", before, after)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestSQLiteIsSetForDurability(t *testing.T) {
	db := openFile(t)
	pragmas := func(run func(context.Context, func(*store.Tx) error) error, names ...string) string {
		var all []string
		err := run(ctx, func(tx *store.Tx) error {
			for _, name := range names {
				var v string
				if err := tx.QueryRow(`PRAGMA ` + name).Scan(&v); err != nil {
					return err
				}
				all = append(all, v)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(all, " ")
	}
	got := pragmas(db.Write, "journal_mode", "synchronous", "busy_timeout", "foreign_keys", "query_only")
	if want := "wal 2 5000 1 0"; got != want {
		t.Errorf("writer: got %s, want %s", got, want)
	}
	got = pragmas(db.Read, "journal_mode", "busy_timeout", "foreign_keys", "query_only")
	if want := "wal 5000 1 1"; got != want {
		t.Errorf("readers: got %s, want %s", got, want)
	}
}

func TestTheClockStandsStillInATransaction(t *testing.T) {
	db := storetest.Open(t)
	at := time.Date(2026, 3, 15, 7, 0, 0, 123456789, time.FixedZone("+07", 7*3600))
	db.SetClock(func() time.Time { at = at.Add(time.Hour); return at })
	write(t, db, func(tx *store.Tx) error {
		first, second := tx.Now(), tx.Now()
		if !first.Equal(second) || first.Location() != time.UTC || first.Nanosecond() != 123000000 {
			t.Errorf("got %v, then %v, want one instant in whole milliseconds UTC", first, second)
		}
		if back := store.FromMillis(store.Millis(first)); back != first {
			t.Errorf("got %v back, want %v", back, first)
		}
		return nil
	})
}

func TestIDsAreSortedByAge(t *testing.T) {
	db := storetest.Open(t)
	write(t, db, func(tx *store.Tx) error {
		last := ""
		for range 1000 {
			id := tx.NewID()
			if id <= last || len(id) != 36 || id[14] != '7' {
				t.Fatalf("got %s after %s, want a greater UUIDv7", id, last)
			}
			last = id
		}
		return nil
	})
}

func TestAConstraintIsRecognised(t *testing.T) {
	db := storetest.Open(t)
	sample(t, db)
	insert := func(id, parent string) error {
		return db.Write(ctx, func(tx *store.Tx) error {
			_, err := tx.Exec(`INSERT INTO zz_leaf (id, tree_id) VALUES ($1, $2)`, id, parent)
			return err
		})
	}
	if err := insert("l1", "t1"); err != nil {
		t.Fatal(err)
	}
	if err := insert("l1", "t1"); !store.IsUnique(err) || store.IsForeignKey(err) {
		t.Errorf("got %v, want a unique violation", err)
	}
	if err := insert("l2", "none"); !store.IsForeignKey(err) || store.IsUnique(err) {
		t.Errorf("got %v, want a foreign key violation", err)
	}
	if store.IsUnique(nil) || store.IsUnique(store.ErrNoRows) {
		t.Error("no error and no rows pass for a unique violation")
	}
}

func TestOnlyPathsAndPostgresAddressesOpen(t *testing.T) {
	for _, dsn := range []string{"", ":memory:", "file:x.db", "mysql://host/x", "sqlite://x"} {
		if db, err := store.Open(ctx, dsn); err == nil {
			db.Close()
			t.Errorf("%q was opened", dsn)
		}
	}
}

func TestAPathMayHoldAnyLetters(t *testing.T) {
	file := filepath.Join(t.TempDir(), "Sổ tay 100% #1?mode=ro&x", "dữ liệu.db")
	db := reopen(t, file)
	write(t, db, audit("g1"))
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("got mode %v, want a file that only its owner reads", info.Mode())
	}
}

func TestASecondServerFindsTheFolderLocked(t *testing.T) {
	dir := t.TempDir()
	release, err := store.LockFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.LockFolder(dir); !errors.Is(err, store.ErrLocked) {
		t.Errorf("got %v, want ErrLocked", err)
	}
	reopen(t, filepath.Join(dir, "sotay.db")) // commands work beside a server
	release()
	again, err := store.LockFolder(dir)
	if err != nil {
		t.Fatalf("after release: %v", err)
	}
	again()
	if _, err := store.LockFolder(filepath.Join(dir, "none")); err == nil || errors.Is(err, store.ErrLocked) {
		t.Errorf("got %v, want an error about the missing folder", err)
	}
}

func TestABackupOfABusyDatabaseCanBeOpened(t *testing.T) {
	db := storetest.Open(t)
	stop := busy(t, db)
	file := filepath.Join(t.TempDir(), "sao lưu.db")
	if err := db.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	stop()
	if err := db.Backup(ctx, file); !errors.Is(err, os.ErrExist) {
		t.Errorf("got %v, want an error: the file is there", err)
	}
	copied := restore(t, db.Engine(), file)
	last, err := copied.LastChange(ctx)
	if n := number(t, copied, `SELECT count(*) FROM changes`); err != nil || n != last || n == 0 {
		t.Errorf("got %d changes, the last is %d, %v, want as many", n, last, err)
	}
}

// restore opens a backup as its engine's operator would.
func restore(t *testing.T, engine, file string) *store.DB {
	t.Helper()
	if engine == store.SQLite {
		return reopen(t, file)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	db := storetest.Open(t)
	if err := store.Load(ctx, db, bytes.NewReader(content)); err != nil {
		t.Fatal(err)
	}
	return db
}

func TestACancelledCallerGetsItsOwnError(t *testing.T) {
	db := storetest.Open(t)
	gone, cancel := context.WithCancel(ctx)
	cancel()
	for name, run := range map[string]func(context.Context, func(*store.Tx) error) error{"Read": db.Read, "Write": db.Write} {
		err := run(gone, func(tx *store.Tx) error { t.Errorf("%s ran its function", name); return nil })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v, want context.Canceled", name, err)
		}
	}
	half, cancel := context.WithCancel(ctx)
	err := db.Write(half, func(tx *store.Tx) error {
		if err := audit("g1")(tx); err != nil {
			return err
		}
		cancel()
		return audit("g2")(tx)
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	if n := number(t, db, `SELECT count(*) FROM audit`); n != 0 {
		t.Errorf("got %d lines, want none of a write that was cancelled half way", n)
	}
}

func TestErrNoRowsIsTheOneOfTheLibrary(t *testing.T) {
	db := storetest.Open(t)
	err := db.Read(ctx, func(tx *store.Tx) error {
		var n int64
		return tx.QueryRow(`SELECT seq FROM changes`).Scan(&n)
	})
	if err != store.ErrNoRows || err != sql.ErrNoRows {
		t.Errorf("got %v, want ErrNoRows itself", err)
	}
}
