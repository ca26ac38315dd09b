package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"sotay/internal/fault"
)

// Load reads what Dump wrote, on either engine, into a database that holds
// nothing yet, in one transaction.
func Load(ctx context.Context, db *DB, r io.Reader) error {
	begun := false
	err := db.Write(ctx, func(tx *Tx) error {
		if begun {
			return errors.New("the transaction was lost and its input is used up")
		}
		begun = true
		l := &loader{tx: tx, in: newDumpReader(r), seen: map[string]bool{}}
		return l.all()
	})
	if err != nil {
		return fmt.Errorf("load: %w", err)
	}
	db.bell.ring()
	return nil
}

type loader struct {
	tx     *Tx
	in     *dumpReader
	tables []table
	seen   map[string]bool
	into   []column // of the table whose rows come now
	insert string
}

func (l *loader) all() error {
	var err error
	if l.tables, err = tables(l.tx); err != nil {
		return err
	}
	if err := l.checkVersion(); err != nil {
		return err
	}
	if err := l.checkEmpty(); err != nil {
		return err
	}
	if err := l.loosen(); err != nil {
		return err
	}
	if err := l.in.body(l.table, l.row); err != nil {
		return err
	}
	return l.tighten()
}

// checkVersion lets dumps of older schemas pass: what they lack has defaults.
func (l *loader) checkVersion() error {
	theirs, err := l.in.head()
	if err != nil {
		return err
	}
	ours, err := schemaVersion(l.tx)
	if err == nil && theirs > ours {
		err = fmt.Errorf("schema %d, but ours is %d: %w", theirs, ours,
			fault.Invalid("Tệp sao lưu thuộc phiên bản mới hơn. Hãy nâng cấp chương trình rồi khôi phục lại."))
	}
	return err
}

// checkEmpty refuses a database that has rows other than the schema's own.
func (l *loader) checkEmpty() error {
	for _, t := range l.tables {
		text := `SELECT EXISTS (SELECT 1 FROM ` + t.name + `)`
		if t.name == "counter" {
			text = `SELECT EXISTS (SELECT 1 FROM counter WHERE n <> 0)`
		}
		var full bool
		if err := l.tx.QueryRow(text).Scan(&full); err != nil {
			return err
		}
		if full {
			return fmt.Errorf("table %s has rows: %w", t.name,
				fault.Invalid("Chỉ khôi phục được vào cơ sở dữ liệu trống."))
		}
	}
	_, err := l.tx.Exec(`DELETE FROM counter`)
	return err
}

// loosen lets rows of one table point to each other in any order.
func (l *loader) loosen() error {
	if l.tx.db.engine == SQLite {
		_, err := l.tx.Exec(`PRAGMA defer_foreign_keys = ON`)
		return err
	}
	return l.alterSelfKeys(`DEFERRABLE INITIALLY DEFERRED`)
}

// tighten undoes loosen; all keys must hold now.
func (l *loader) tighten() error {
	if l.tx.db.engine == Postgres {
		if _, err := l.tx.Exec(`SET CONSTRAINTS ALL IMMEDIATE`); err != nil {
			return l.badRow(err)
		}
		return l.alterSelfKeys(`NOT DEFERRABLE`)
	}
	var wrong int64
	if err := l.tx.QueryRow(`SELECT count(*) FROM pragma_foreign_key_check`).Scan(&wrong); err != nil {
		return err
	}
	if wrong > 0 {
		return l.in.broken("%d rows point to rows that are not there", wrong)
	}
	_, err := l.tx.Exec(`PRAGMA defer_foreign_keys = OFF`)
	return err
}

func (l *loader) alterSelfKeys(how string) error {
	for _, t := range l.tables {
		for _, key := range t.selfKeys {
			if _, err := l.tx.Exec(`ALTER TABLE ` + t.name + ` ALTER CONSTRAINT ` + key + ` ` + how); err != nil {
				return err
			}
		}
	}
	return nil
}

// table begins the rows of a table. Only names that the schema has too go into
// the statement.
func (l *loader) table(m mark) error {
	if l.seen[m.Table] {
		return l.in.broken("table %.60q comes twice", m.Table)
	}
	l.seen[m.Table] = true
	var t table
	for _, have := range l.tables {
		if have.name == m.Table {
			t = have
		}
	}
	l.into = nil
	places, taken := []string{}, map[string]bool{}
	for i, name := range m.Columns {
		c, ok := t.column(name)
		if !ok || taken[name] {
			return l.in.broken("no column %.60q in table %.60q, or named twice", name, m.Table)
		}
		taken[name] = true
		l.into = append(l.into, c)
		places = append(places, fmt.Sprintf("$%d", i+1))
	}
	l.insert = `INSERT INTO ` + t.name + ` (` + strings.Join(m.Columns, ", ") + `) VALUES (` + strings.Join(places, ", ") + `)`
	return nil
}

func (l *loader) row(values []any) error {
	for i, v := range values {
		if v == nil {
			continue
		}
		decoded, err := codecs[l.into[i].kind].decode(v)
		if err != nil {
			return l.in.broken("column %s: %v", l.into[i].name, err)
		}
		values[i] = decoded
	}
	_, err := l.tx.Exec(l.insert, values...)
	return l.badRow(err)
}

// badRow makes a fault of rows that break a rule of the schema.
func (l *loader) badRow(err error) error {
	if isConstraint(err) {
		return l.in.broken("%v", err)
	}
	if err != nil {
		return fmt.Errorf("line %d: %w", l.in.line, err)
	}
	return nil
}
