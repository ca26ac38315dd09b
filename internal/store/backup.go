package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
)

// Backup writes a copy of the database, as it is at one moment, to a file that
// must not exist yet, while work goes on. On SQLite the copy is a database file
// that Open opens; on PostgreSQL it is what Dump writes.
func (db *DB) Backup(ctx context.Context, file string) error {
	if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("back up to %s: %w", file, errors.Join(err, fs.ErrExist))
	}
	part := file + ".part"
	err := db.copyTo(ctx, part)
	if err == nil {
		err = syncFile(part)
	}
	if err == nil {
		err = os.Rename(part, file)
	}
	if err != nil {
		os.Remove(part)
		return fmt.Errorf("back up to %s: %w", file, err)
	}
	return syncFile(filepath.Dir(file))
}

func (db *DB) copyTo(ctx context.Context, file string) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if db.engine == Postgres {
		return errors.Join(db.Dump(ctx, f), f.Close())
	}
	if err := f.Close(); err != nil {
		return err
	}
	conn, err := sql.Open("sqlite3", sqliteDSN(db.file, url.Values{"mode": {"ro"}}))
	if err != nil {
		return err
	}
	defer conn.Close()
	_, err = conn.ExecContext(ctx, `VACUUM INTO ?1`, file)
	return err
}

// syncFile makes a file or the names in a folder last.
func syncFile(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
