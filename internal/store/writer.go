package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"sotay/internal/fault"
)

var errPanicked = errors.New("the transaction's function did not return")

// groupWriter writes for everybody on SQLite: what waits shares one
// transaction and one fsync, each item inside a savepoint of its own.
//
// The function of an item runs on its caller's goroutine, to which the writer
// lends the transaction: a panic there unwinds the caller, not the writer.
type groupWriter struct {
	db     *DB
	queue  chan *item
	mu     sync.RWMutex // guards closed against a send on the closed queue
	closed bool
	done   chan struct{}
}

func newGroupWriter(db *DB) *groupWriter {
	w := &groupWriter{db: db, queue: make(chan *item, maxQueue), done: make(chan struct{})}
	go w.loop()
	return w
}

// item is one call of Write.
type item struct {
	ctx    context.Context
	taken  atomic.Bool // by the writer, or by the caller who gave up waiting
	turn   chan *Tx    // the writer lends the transaction
	back   chan error  // the caller returns it with the outcome
	answer chan error  // the end, after COMMIT
	rings  bool
}

func (w *groupWriter) write(ctx context.Context, fn func(tx *Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	it := &item{ctx: ctx, turn: make(chan *Tx), back: make(chan error), answer: make(chan error, 1)}
	if err := w.enqueue(it); err != nil {
		return err
	}
	return it.attend(fn)
}

func (w *groupWriter) enqueue(it *item) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.closed {
		return fmt.Errorf("%w (%w)", fault.Unavailable(busySentence), errClosed)
	}
	select {
	case w.queue <- it:
		return nil
	default:
		return fault.Unavailable(busySentence)
	}
}

// attend runs fn whenever it is this item's turn, until there is an answer.
func (it *item) attend(fn func(tx *Tx) error) error {
	gone := it.ctx.Done()
	for {
		select {
		case tx := <-it.turn:
			it.serve(tx, fn)
		case err := <-it.answer:
			return err
		case <-gone:
			if it.taken.CompareAndSwap(false, true) {
				return it.ctx.Err()
			}
			gone = nil // begun: the answer decides
		}
	}
}

// serve gives the transaction back whatever fn does: return, panic or Goexit.
func (it *item) serve(tx *Tx, fn func(tx *Tx) error) {
	outcome := errPanicked
	defer func() {
		tx.end()
		it.back <- outcome
	}()
	outcome = tx.run(fn)
	it.rings = len(tx.changes) > 0
}

// close lets all that waits finish.
func (w *groupWriter) close() {
	w.mu.Lock()
	if !w.closed {
		w.closed = true
		close(w.queue)
	}
	w.mu.Unlock()
	<-w.done
}

func (w *groupWriter) loop() {
	defer close(w.done)
	for first := range w.queue {
		w.batch(first)
	}
}

// batch writes first and what waits behind it in one transaction.
func (w *groupWriter) batch(first *item) {
	t, err := w.begin()
	if err != nil {
		w.refuse(first, err)
		return
	}
	well, err := w.fill(t, first)
	if err == nil {
		err = commit(t, len(well) > 0)
	} else {
		t.Rollback()
	}
	if err != nil {
		w.repeat(well)
		return
	}
	w.accept(well)
}

// begin starts a transaction, patient with other processes.
func (w *groupWriter) begin() (*sql.Tx, error) {
	for try := 1; ; try++ {
		t, err := w.db.writer.BeginTx(context.Background(), nil)
		if err == nil || !isBusy(err) || try == maxRetries {
			return t, err
		}
		time.Sleep(jitter(try))
	}
}

func jitter(try int) time.Duration {
	return time.Duration(try) * (2*time.Millisecond + rand.N(8*time.Millisecond))
}

func commit(t *sql.Tx, worth bool) error {
	if !worth {
		return t.Rollback()
	}
	return t.Commit()
}

// refuse answers first and all that waits now: the database can't be written.
func (w *groupWriter) refuse(first *item, err error) {
	err = fmt.Errorf("begin to write: %w", unavailable(err))
	for it := first; it != nil; it = w.next() {
		it.answer <- err
	}
}

// next gives the next item that waits, nil when there is none.
func (w *groupWriter) next() *item {
	select {
	case it := <-w.queue:
		return it
	default:
		return nil
	}
}

// fill runs items one after the other and gives those that went well. An error
// means that the transaction as a whole is lost.
func (w *groupWriter) fill(t *sql.Tx, first *item) (well []*item, err error) {
	n := 0
	for it := first; it != nil; it = w.next() {
		if !it.taken.CompareAndSwap(false, true) {
			continue // the caller has gone
		}
		ok, err := w.one(t, it)
		if ok {
			well = append(well, it)
		}
		if err != nil {
			return well, err
		}
		if n++; n == maxBatch {
			break
		}
	}
	return well, nil
}

// one runs an item in a savepoint. An item whose function failed is answered
// at once and undone alone.
func (w *groupWriter) one(t *sql.Tx, it *item) (ok bool, err error) {
	if _, err := t.Exec(`SAVEPOINT item`); err != nil {
		return true, err
	}
	it.turn <- &Tx{db: w.db, ctx: it.ctx, stmts: context.WithoutCancel(it.ctx), sql: t}
	outcome := <-it.back
	if outcome == nil {
		_, err = t.Exec(`RELEASE item`)
		return true, err
	}
	it.answer <- outcome
	if _, err = t.Exec(`ROLLBACK TO item`); err == nil {
		_, err = t.Exec(`RELEASE item`)
	}
	return false, err
}

// accept answers items whose transaction is committed.
func (w *groupWriter) accept(well []*item) {
	rings := false
	for _, it := range well {
		rings = rings || it.rings
		it.answer <- nil
	}
	if rings {
		w.db.bell.ring()
	}
}

// repeat runs the innocent items of a lost transaction again, each alone.
func (w *groupWriter) repeat(items []*item) {
	for _, it := range items {
		if err := w.alone(it); err != nil {
			it.answer <- fmt.Errorf("write: %w", unavailable(err))
		}
	}
}

func (w *groupWriter) alone(it *item) error {
	t, err := w.begin()
	if err != nil {
		return err
	}
	ok, err := w.one(t, it)
	if err == nil {
		err = commit(t, ok)
	} else {
		t.Rollback()
	}
	switch {
	case !ok:
		return nil // answered by its own error
	case err != nil:
		return err
	}
	w.accept([]*item{it})
	return nil
}
