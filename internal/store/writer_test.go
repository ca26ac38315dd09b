package store_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

// occupy keeps SQLite's writer busy until release is called, so that all that
// is written meanwhile waits for one batch.
func occupy(t testing.TB, db *store.DB) (release func()) {
	t.Helper()
	begun, end := make(chan struct{}, 2), make(chan struct{}) // twice when the batch is lost
	var wg sync.WaitGroup
	wg.Go(func() {
		db.Write(ctx, func(*store.Tx) error { begun <- struct{}{}; <-end; return nil })
	})
	<-begun
	return sync.OnceFunc(func() { close(end); wg.Wait() })
}

// results writes n items at once behind an occupied writer and gives their
// errors.
func results(t testing.TB, db *store.DB, n int, fn func(i int) func(tx *store.Tx) error) []error {
	t.Helper()
	release := occupy(t, db)
	errs := make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			errs[i] = errors.New("did not return")
			defer func() {
				if recover() != nil {
					errs[i] = errors.New("panicked")
				}
			}()
			errs[i] = db.Write(ctx, fn(i))
		})
	}
	time.Sleep(50 * time.Millisecond)
	release()
	wg.Wait()
	return errs
}

// wantFailures checks that exactly the items for which bad says so failed and
// left nothing, and that the others are there.
func wantFailures(t testing.TB, db *store.DB, errs []error, bad func(i int) bool) {
	t.Helper()
	for i, err := range errs {
		if (err != nil) != bad(i) {
			t.Errorf("item %d: got %v, want failure %t", i, err, bad(i))
		}
		want := int64(1)
		if bad(i) {
			want = 0
		}
		if n := number(t, db, `SELECT count(*) FROM audit WHERE object_id = $1`, name(i)); n != want {
			t.Errorf("item %d: got %d lines, want %d", i, n, want)
		}
	}
}

func name(i int) string { return fmt.Sprintf("g%d", i) }

func TestABadItemDoesNotHurtItsBatch(t *testing.T) {
	tests := []struct {
		name string
		do   func(tx *store.Tx) error
	}{
		{"an error of its own", func(tx *store.Tx) error { return errors.New("no") }},
		{"a constraint", func(tx *store.Tx) error {
			_, err := tx.Exec(`INSERT INTO counter (name, n) VALUES ('changes', 1)`)
			return err
		}},
		{"an error it hides", func(tx *store.Tx) error {
			tx.Exec(`INSERT INTO counter (name, n) VALUES ('changes', 1)`)
			return nil
		}},
		{"a panic", func(tx *store.Tx) error { panic("no") }},
		{"the end of its goroutine", func(tx *store.Tx) error { runtime.Goexit(); return nil }},
		{"rows left open", func(tx *store.Tx) error { _, err := tx.Query(`SELECT name FROM counter`); return err }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			db := storetest.Open(t)
			bad := func(i int) bool { return i%20 == 7 }
			errs := results(t, db, 100, func(i int) func(tx *store.Tx) error {
				return func(tx *store.Tx) error {
					if err := errors.Join(audit(name(i))(tx), tx.Changed("guide", name(i), "an")); err != nil || !bad(i) {
						return err
					}
					return tt.do(tx)
				}
			})
			wantFailures(t, db, errs, bad)
			if last, err := db.LastChange(ctx); err != nil || last != 95 {
				t.Errorf("got change %d, %v, want 95: failed items count no change", last, err)
			}
		})
	}
}

// INSERT OR ROLLBACK is forbidden elsewhere; here it stands for a full disk,
// which makes SQLite end the whole transaction by itself.
func TestABatchLostAsAWholeIsRepeatedWithoutTheGuilty(t *testing.T) {
	db := openFile(t)
	bad := func(i int) bool { return i == 10 || i == 30 }
	errs := results(t, db, 40, func(i int) func(tx *store.Tx) error {
		return func(tx *store.Tx) error {
			if err := audit(name(i))(tx); err != nil || !bad(i) {
				return err
			}
			_, err := tx.Exec(`INSERT OR ROLLBACK INTO counter (name, n) VALUES ('changes', 1)`)
			return err
		}
	})
	wantFailures(t, db, errs, bad)
}

func TestAFullQueueAnswersAtOnce(t *testing.T) {
	db := openFile(t)
	release := occupy(t, db)
	const places, surplus = 4096, 10
	refused := make(chan error, places+surplus)
	var wg sync.WaitGroup
	for i := range places + surplus {
		wg.Go(func() {
			if err := db.Write(ctx, audit(name(i))); err != nil {
				refused <- err
			}
		})
	}
	for range surplus {
		if err := <-refused; !fault.Is(err, fault.KindUnavailable) {
			t.Errorf("got %v, want Unavailable", err)
		}
	}
	release()
	wg.Wait()
	if n := number(t, db, `SELECT count(*) FROM audit`); n != places || len(refused) > 0 {
		t.Errorf("got %d lines and %d more refused, want %d lines", n, len(refused), places)
	}
}

func TestWhoGivesUpWaitingIsDropped(t *testing.T) {
	db := openFile(t)
	release := occupy(t, db)
	short, cancel := context.WithTimeout(ctx, 10*time.Millisecond)
	defer cancel()
	err := db.Write(short, func(tx *store.Tx) error { t.Error("the function ran"); return nil })
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the deadline, while the writer is still busy", err)
	}
	release()
	write(t, db, audit("g1"))
}

func TestCloseLetsWaitingWritesFinish(t *testing.T) {
	file := storetest.File(t)
	db, err := store.Open(ctx, file)
	if err != nil {
		t.Fatal(err)
	}
	release := occupy(t, db)
	var wg sync.WaitGroup
	var written atomic.Int64
	for i := range 300 {
		wg.Go(func() {
			switch err := db.Write(ctx, audit(name(i))); {
			case err == nil:
				written.Add(1)
			case !fault.Is(err, fault.KindUnavailable): // came after Close
				t.Errorf("item %d: %v", i, err)
			}
		})
	}
	time.Sleep(50 * time.Millisecond)
	closed := make(chan error)
	go func() { closed <- db.Close() }()
	time.Sleep(20 * time.Millisecond)
	release()
	if err := <-closed; err != nil {
		t.Errorf("close: %v", err)
	}
	wg.Wait()
	if err := db.Write(ctx, audit("late")); !fault.Is(err, fault.KindUnavailable) {
		t.Errorf("got %v, want Unavailable after Close", err)
	}
	if n := number(t, reopen(t, file), `SELECT count(*) FROM audit`); n != written.Load() || n == 0 {
		t.Errorf("got %d lines, want the %d acknowledged", n, written.Load())
	}
}

func TestAPanicReachesItsCaller(t *testing.T) {
	db := storetest.Open(t)
	defer func() {
		if got := recover(); got != "oh" {
			t.Errorf("got panic %v, want oh", got)
		}
		write(t, db, audit("g1"))
	}()
	db.Write(ctx, func(tx *store.Tx) error { panic("oh") })
}

func TestLostRacesAreRunAgain(t *testing.T) {
	db := storetest.Open(t)
	sample(t, db)
	write(t, db, func(tx *store.Tx) error {
		_, err := tx.Exec(`INSERT INTO zz_tree (id) VALUES ('t2')`)
		return err
	})
	const rounds = 4
	var wg sync.WaitGroup
	for _, order := range [][2]string{{"t1", "t2"}, {"t2", "t1"}} { // crossing locks
		wg.Go(func() {
			for range rounds {
				write(t, db, func(tx *store.Tx) error {
					for _, id := range order {
						if _, err := tx.Exec(`UPDATE zz_tree SET n = n + 1 WHERE id = $1`, id); err != nil {
							return err
						}
						time.Sleep(time.Millisecond)
					}
					return nil
				})
			}
		})
	}
	wg.Wait()
	if n := number(t, db, `SELECT CAST(sum(n) AS BIGINT) FROM zz_tree`); n != 4*rounds {
		t.Errorf("got %d raises, want %d", n, 4*rounds)
	}
}
