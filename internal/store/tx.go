package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
)

var (
	errEnded    = errors.New("transaction has ended")
	errRowsOpen = errors.New("rows of an earlier query are still open")
	errReadOnly = errors.New("transaction only reads")
)

// Tx is a transaction, lent to the function given to Read or Write. It belongs
// to that function's goroutine.
type Tx struct {
	db       *DB
	ctx      context.Context // the caller's
	stmts    context.Context // the statements': never done on SQLite's writer, an interrupt would undo the whole batch
	sql      *sql.Tx
	readOnly bool
	now      time.Time
	changes  []pending
	open     *Rows // not yet closed
	failed   error // the engine's error after which nothing may follow
	ended    bool
}

// Context is the context of the caller of Read or Write.
func (tx *Tx) Context() context.Context { return tx.ctx }

// Exec runs one statement and tells how many rows it affected.
func (tx *Tx) Exec(sql string, args ...any) (affected int64, err error) {
	text, values, err := tx.prepare(sql, args)
	if err != nil {
		return 0, wrap(sql, err)
	}
	result, err := tx.sql.ExecContext(tx.stmts, text, values...)
	if err != nil {
		return 0, wrap(sql, tx.note(err))
	}
	return result.RowsAffected()
}

// Query runs one statement that gives rows; they have to be closed.
func (tx *Tx) Query(sql string, args ...any) (*Rows, error) {
	text, values, err := tx.prepare(sql, args)
	if err != nil {
		return nil, wrap(sql, err)
	}
	rows, err := tx.sql.QueryContext(tx.stmts, text, values...)
	if err != nil {
		return nil, wrap(sql, tx.note(err))
	}
	tx.open = &Rows{tx: tx, rows: rows, text: sql}
	return tx.open, nil
}

// QueryRow runs one statement that gives one row, read with Scan; Scan gives
// ErrNoRows when there is none.
func (tx *Tx) QueryRow(sql string, args ...any) *Row {
	rows, err := tx.Query(sql, args...)
	return &Row{rows: rows, err: err}
}

// Collect runs a query and makes a T of each row with scan.
func Collect[T any](tx *Tx, scan func(scan func(dest ...any) error) (T, error), sql string, args ...any) ([]T, error) {
	rows, err := tx.Query(sql, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows.Scan)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// prepare checks the transaction, the text and the arguments, and gives what
// the engine understands.
func (tx *Tx) prepare(sql string, args []any) (string, []any, error) {
	if err := tx.ready(); err != nil {
		return "", nil, err
	}
	text, count, err := tx.db.texts.get(sql)
	if err != nil {
		return "", nil, err
	}
	if count != len(args) {
		return "", nil, fmt.Errorf("%d arguments for %d placeholders", len(args), count)
	}
	if tx.db.engine == Postgres {
		text = sql
	}
	values, err := plainValues(args)
	tx.db.ran.Add(1)
	return text, values, err
}

// ready tells why no further statement may run, if that is so.
func (tx *Tx) ready() error {
	switch {
	case tx.ended:
		return errEnded
	case tx.failed != nil:
		return fmt.Errorf("transaction has failed already: %w", tx.failed)
	case tx.open != nil:
		return errRowsOpen
	}
	return tx.ctx.Err()
}

// note remembers an error of the engine: PostgreSQL refuses all that follows,
// so neither engine may go on.
func (tx *Tx) note(err error) error {
	if tx.failed == nil && isEngineError(err) {
		tx.failed = err
	}
	return err
}

// run gives the transaction to fn and finishes what fn began.
func (tx *Tx) run(fn func(tx *Tx) error) error {
	if err := fn(tx); err != nil {
		return err
	}
	if tx.failed != nil {
		return fmt.Errorf("transaction has failed: %w", tx.failed)
	}
	if tx.open != nil {
		return wrap(tx.open.text, errRowsOpen)
	}
	return tx.writeChanges()
}

// end closes what fn left open; the transaction can't be used any more.
func (tx *Tx) end() {
	if tx.open != nil {
		tx.open.Close()
	}
	tx.ended = true
}

// wrap says in which statement an error came up.
func wrap(text string, err error) error {
	const most = 60
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return fmt.Errorf("%q: %w", text, err)
}
