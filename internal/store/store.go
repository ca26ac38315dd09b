package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"
)

// The names of the two engines.
const (
	SQLite   = "sqlite"
	Postgres = "postgres"
)

// DB is an open and migrated database.
type DB struct {
	engine string
	writer *sql.DB
	reader *sql.DB // on PostgreSQL the same pool as writer
	file   string  // the SQLite file, "" on PostgreSQL
	write  func(ctx context.Context, fn func(tx *Tx) error) error
	stop   func() // ends what writes in the background
	texts  texts
	bell   bell
	ran    atomic.Int64 // statements
	clock  atomic.Pointer[func() time.Time]
}

// Open opens the database at dsn, a file path (SQLite) or a postgres://
// address, and brings its schema up to date. Several processes may open one
// database at the same time.
func Open(ctx context.Context, dsn string) (*DB, error) {
	db := &DB{}
	db.SetClock(time.Now)
	if isPostgres(dsn) {
		if err := db.openPostgres(ctx, dsn); err != nil {
			return nil, fmt.Errorf("open PostgreSQL: %w", err)
		}
		return db, nil
	}
	if err := db.openSQLite(ctx, dsn); err != nil {
		return nil, fmt.Errorf("open %s: %w", dsn, err)
	}
	return db, nil
}

func isPostgres(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

// Close lets the writes that wait finish, then closes the database.
func (db *DB) Close() error {
	db.stop()
	if db.reader == db.writer {
		return db.writer.Close()
	}
	return errors.Join(db.reader.Close(), db.writer.Close())
}

// Statements is how many statements transactions have run since the database was
// opened, so that a list can be held to the few that it needs.
func (db *DB) Statements() int64 { return db.ran.Load() }

// Engine names the engine: "sqlite" or "postgres".
func (db *DB) Engine() string { return db.engine }

// Read runs fn on one snapshot of the database; fn cannot write.
func (db *DB) Read(ctx context.Context, fn func(tx *Tx) error) error {
	opts := &sql.TxOptions{ReadOnly: true}
	if db.engine == Postgres {
		opts.Isolation = sql.LevelRepeatableRead
	}
	t, err := db.reader.BeginTx(ctx, opts)
	if err != nil {
		return fmt.Errorf("begin to read: %w", unavailable(err))
	}
	defer t.Rollback()
	tx := &Tx{db: db, ctx: ctx, stmts: ctx, sql: t, readOnly: true}
	defer tx.end()
	return unavailable(tx.run(fn))
}

// Write runs fn in a transaction that is durable when Write returns nil and has
// left nothing behind when it returns an error. See the package's words on what
// fn may do.
func (db *DB) Write(ctx context.Context, fn func(tx *Tx) error) error {
	return db.write(ctx, fn)
}
