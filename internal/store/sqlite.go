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
	"strconv"
	"strings"

	_ "github.com/mattn/go-sqlite3" // the driver "sqlite3"
	"github.com/pressly/goose/v3"
)

func (db *DB) openSQLite(ctx context.Context, path string) error {
	file, err := filePath(path)
	if err != nil {
		return err
	}
	release, err := lockMigration(ctx, filepath.Dir(file))
	if err != nil {
		return err
	}
	defer release()
	if err := createFile(file); err != nil {
		return err
	}
	db.engine, db.file = SQLite, file
	if db.writer, err = openPool(ctx, writerDSN(file), 1); err != nil {
		return err
	}
	if err = migrate(ctx, db.writer, goose.DialectSQLite3); err == nil {
		db.reader, err = openPool(ctx, readerDSN(file), maxReaders)
	}
	if err != nil {
		return errors.Join(err, db.writer.Close())
	}
	w := newGroupWriter(db)
	db.write, db.stop = w.write, w.close
	return nil
}

// filePath makes the folder of a database file and gives its whole path.
func filePath(path string) (string, error) {
	if path == "" || strings.HasPrefix(path, ":") || strings.HasPrefix(path, "file:") || strings.Contains(path, "://") {
		return "", errors.New("a database is a file path or a postgres:// address")
	}
	file, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return file, os.MkdirAll(filepath.Dir(file), 0o750)
}

// createFile makes the file, if it is not there, readable by its owner only;
// SQLite gives its companions the same mode. An existing file is not opened:
// closing it again would drop the locks that SQLite has on it.
func createFile(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

func writerDSN(file string) string {
	return sqliteDSN(file, url.Values{"_journal_mode": {"WAL"}, "_synchronous": {"FULL"}, "_txlock": {"immediate"}})
}

func readerDSN(file string) string {
	return sqliteDSN(file, url.Values{"mode": {"ro"}, "_query_only": {"on"}})
}

func sqliteDSN(file string, params url.Values) string {
	params.Set("_busy_timeout", strconv.FormatInt(busyTimeout.Milliseconds(), 10))
	params.Set("_foreign_keys", "on")
	params.Set("_stmt_cache_size", strconv.Itoa(stmtCache))
	return "file:" + (&url.URL{Path: file}).EscapedPath() + "?" + params.Encode()
}

func openPool(ctx context.Context, dsn string, conns int) (*sql.DB, error) {
	pool, err := sql.Open("sqlite3", dsn)
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(conns)
	pool.SetMaxIdleConns(conns)
	if err := pool.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("connect: %w", err), pool.Close())
	}
	return pool, nil
}
