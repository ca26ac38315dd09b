package store

import "database/sql"

// ErrNoRows says that a query for one row found none.
var ErrNoRows = sql.ErrNoRows

// Rows are what a query gave. They close themselves after the last row.
type Rows struct {
	tx   *Tx
	rows *sql.Rows
	text string
}

// Next steps to the next row; false after the last one or an error.
func (r *Rows) Next() bool {
	if r.rows.Next() {
		return true
	}
	r.tx.note(r.rows.Err())
	r.release()
	return false
}

// Scan copies the columns of the row into dest.
func (r *Rows) Scan(dest ...any) error {
	if err := r.rows.Scan(dest...); err != nil {
		return wrap(r.text, err)
	}
	return nil
}

// Err is the error that ended Next early, if any.
func (r *Rows) Err() error {
	if err := r.rows.Err(); err != nil {
		return wrap(r.text, err)
	}
	return nil
}

// Close ends the query; a second call does nothing.
func (r *Rows) Close() error {
	r.release()
	return r.rows.Close()
}

func (r *Rows) release() {
	if r.tx.open == r {
		r.tx.open = nil
	}
}

// Row is the one row that QueryRow asked for.
type Row struct {
	rows *Rows
	err  error
}

// Scan copies the columns into dest; ErrNoRows when there is no row.
func (r *Row) Scan(dest ...any) error {
	if r.err != nil {
		return r.err
	}
	defer r.rows.Close()
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return err
		}
		return ErrNoRows
	}
	if err := r.rows.Scan(dest...); err != nil {
		return err
	}
	return r.rows.Close()
}

// Err is the error of the query itself, known before Scan.
func (r *Row) Err() error { return r.err }
