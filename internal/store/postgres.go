package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"sotay/internal/fault"
)

func (db *DB) openPostgres(ctx context.Context, dsn string) error {
	conf, err := pgx.ParseConfig(dsn)
	if err != nil {
		return err
	}
	if conf.ConnectTimeout == 0 {
		conf.ConnectTimeout = dialTimeout
	}
	pool := stdlib.OpenDB(*conf)
	pool.SetMaxOpenConns(maxConns)
	pool.SetMaxIdleConns(maxIdleConns)
	pool.SetConnMaxLifetime(connLifetime)
	if err := migratePostgres(ctx, pool); err != nil {
		return errors.Join(err, pool.Close())
	}
	w := &directWriter{db: db}
	db.engine, db.writer, db.reader = Postgres, pool, pool
	db.write, db.stop = w.write, func() {}
	return nil
}

// migratePostgres migrates while no other process does. The lock is bound to
// one connection, so it ends with the process at the latest.
func migratePostgres(ctx context.Context, pool *sql.DB) error {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	const key = `hashtextextended('sotay schema ' || current_schema(), 0)`
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock(`+key+`)`); err != nil {
		return fmt.Errorf("lock migration: %w", err)
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock(`+key+`)`)
	return migrate(ctx, pool, goose.DialectPostgres)
}

// directWriter writes on PostgreSQL: each caller has its own transaction.
type directWriter struct {
	db      *DB
	waiting atomic.Int64
}

func (w *directWriter) write(ctx context.Context, fn func(tx *Tx) error) error {
	if w.waiting.Add(1) > maxQueue {
		w.waiting.Add(-1)
		return fault.Unavailable(busySentence)
	}
	defer w.waiting.Add(-1)
	for try := 1; ; try++ {
		err := w.once(ctx, fn)
		if isReplica(err) {
			return fmt.Errorf("%w (%w)", fault.Unavailable(busySentence), err)
		}
		if !lostRace(err) || try == maxRetries {
			return unavailable(err)
		}
		if err := wait(ctx, jitter(try)); err != nil {
			return err
		}
	}
}

func (w *directWriter) once(ctx context.Context, fn func(tx *Tx) error) error {
	t, err := w.db.writer.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin to write: %w", err)
	}
	defer t.Rollback()
	tx := &Tx{db: w.db, ctx: ctx, stmts: ctx, sql: t}
	defer tx.end()
	if err := tx.run(fn); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	if len(tx.changes) > 0 {
		w.db.bell.ring()
	}
	return nil
}
