package store

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"
)

// Change is one line of the change log: something that readers find is new,
// different or gone. Seq grows in the order of commits and has no gaps.
type Change struct {
	Seq      int64
	Kind     string
	ObjectID string
	By       string
	At       time.Time
}

type pending struct{ kind, id, by string }

// Changed says that this transaction changes what readers find. The line is
// written when the transaction ends.
func (tx *Tx) Changed(kind, id, by string) error {
	if tx.readOnly {
		return fmt.Errorf("note change of %s %s: %w", kind, id, errReadOnly)
	}
	if kind == "" || id == "" {
		return fmt.Errorf("note change of %q %q: kind or id is empty", kind, id)
	}
	tx.changes = append(tx.changes, pending{kind, id, by})
	return nil
}

// writeChanges raises the counter and writes the lines. Who raises the counter
// keeps it until the commit, so this comes last.
func (tx *Tx) writeChanges() error {
	if len(tx.changes) == 0 {
		return nil
	}
	var last int64
	err := tx.QueryRow(`UPDATE counter SET n = n + $1 WHERE name = 'changes' RETURNING n`, len(tx.changes)).Scan(&last)
	if err != nil {
		return fmt.Errorf("raise the change counter: %w", err)
	}
	seq := last - int64(len(tx.changes)) + 1
	for rest := tx.changes; len(rest) > 0; {
		part := rest[:min(len(rest), changeRows)]
		if err := tx.insertChanges(seq, part); err != nil {
			return fmt.Errorf("write change %d: %w", seq, err)
		}
		rest, seq = rest[len(part):], seq+int64(len(part))
	}
	return nil
}

func (tx *Tx) insertChanges(seq int64, part []pending) error {
	var text strings.Builder
	var args []any
	at := Millis(tx.Now())
	text.WriteString(`INSERT INTO changes (seq, kind, object_id, by_whom, at_ms) VALUES `)
	for i, p := range part {
		if i > 0 {
			text.WriteString(", ")
		}
		n := len(args)
		fmt.Fprintf(&text, "($%d, $%d, $%d, $%d, $%d)", n+1, n+2, n+3, n+4, n+5)
		args = append(args, seq+int64(i), p.kind, p.id, p.by, at)
	}
	_, err := tx.Exec(text.String(), args...)
	return err
}

// Changes gives the changes after a number, oldest first, at most limit and at
// most a thousand.
func (db *DB) Changes(ctx context.Context, after int64, limit int) (all []Change, err error) {
	if limit <= 0 || limit > maxChanges {
		limit = maxChanges
	}
	err = db.Read(ctx, func(tx *Tx) error {
		all, err = Collect(tx, scanChange,
			`SELECT seq, kind, object_id, by_whom, at_ms FROM changes WHERE seq > $1 ORDER BY seq LIMIT $2`, after, limit)
		return err
	})
	return all, err
}

func scanChange(scan func(dest ...any) error) (Change, error) {
	var c Change
	var at int64
	err := scan(&c.Seq, &c.Kind, &c.ObjectID, &c.By, &at)
	c.At = FromMillis(at)
	return c, err
}

// LastChange gives the number of the newest change, 0 when there is none.
func (db *DB) LastChange(ctx context.Context) (last int64, err error) {
	err = db.Read(ctx, func(tx *Tx) (err error) {
		last, err = tx.LastChange()
		return err
	})
	return last, err
}

// LastChange gives the number of the newest change that this transaction sees;
// its own changes have no numbers yet.
func (tx *Tx) LastChange() (last int64, err error) {
	err = tx.QueryRow(`SELECT n FROM counter WHERE name = 'changes'`).Scan(&last)
	return last, err
}

// Wake gives a channel that receives soon after each commit with changes made
// by this process, and a function that ends it. Signals that nobody took yet
// are one signal. Commits of other processes are not signalled: poll too.
func (db *DB) Wake() (c <-chan struct{}, stop func()) { return db.bell.listen() }

// bell wakes who listens.
type bell struct {
	mu    sync.Mutex
	hears map[chan struct{}]bool
}

func (b *bell) listen() (<-chan struct{}, func()) {
	c := make(chan struct{}, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.hears == nil {
		b.hears = map[chan struct{}]bool{}
	}
	b.hears[c] = true
	return c, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.hears, c)
	}
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for c := range b.hears {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}
