package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

func TestChangesTellWhoChangedWhatWhen(t *testing.T) {
	db := storetest.Open(t)
	write(t, db, func(tx *store.Tx) error {
		return errors.Join(tx.Changed("guide", "g1", "an"), tx.Changed("answer", "a1", "bình"))
	})
	got, err := db.Changes(ctx, 0, 10)
	want := []store.Change{
		{Seq: 1, Kind: "guide", ObjectID: "g1", By: "an", At: storetest.Start},
		{Seq: 2, Kind: "answer", ObjectID: "a1", By: "bình", At: storetest.Start},
	}
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	if got, err := db.Changes(ctx, 2, 10); err != nil || len(got) != 0 {
		t.Errorf("got %v, %v after the last, want none", got, err)
	}
	for _, nothing := range [][2]string{{"", "g1"}, {"guide", ""}} {
		if db.Write(ctx, func(tx *store.Tx) error { return tx.Changed(nothing[0], nothing[1], "an") }) == nil {
			t.Errorf("a change of %q passed", nothing)
		}
	}
	storetest.CheckTypes(t, db)
}

func TestManyChangesOfOneTransactionComeInPages(t *testing.T) {
	db := storetest.Open(t)
	const most = 2345
	write(t, db, func(tx *store.Tx) error {
		for i := range most {
			if err := tx.Changed("guide", name(i), "an"); err != nil {
				return err
			}
		}
		return nil
	})
	var after int64
	for pages := 0; ; pages++ {
		page, err := db.Changes(ctx, after, 5000)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range page {
			if after++; c.Seq != after || c.ObjectID != name(int(after)-1) {
				t.Fatalf("got %v, want number %d", c, after)
			}
		}
		if len(page) == 0 {
			if after != most || pages != 3 {
				t.Errorf("got %d changes in %d pages, want %d in 3", after, pages, most)
			}
			return
		}
	}
}

// Sixteen writers, some of which fail, and a follower that asks for what comes
// after the last it saw.
func TestAFollowerMissesNothing(t *testing.T) {
	db := storetest.Open(t)
	const writers, rounds = 16, 30
	wake, stop := db.Wake()
	defer stop()
	followed := make(chan map[string]bool)
	quiet, finish := context.WithCancel(ctx)
	defer finish()
	go func() { followed <- follow(t, db, wake, quiet.Done()) }()
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for r := range rounds {
				err := db.Write(ctx, func(tx *store.Tx) error {
					for k := range 1 + r%3 {
						if err := tx.Changed("guide", fmt.Sprintf("%d-%d-%d", w, r, k), "an"); err != nil {
							return err
						}
					}
					if r%5 == 4 {
						return errors.New("no")
					}
					return nil
				})
				if (err != nil) != (r%5 == 4) {
					t.Errorf("writer %d, round %d: %v", w, r, err)
				}
			}
		})
	}
	wg.Wait()
	finish()
	seen := <-followed
	want := 0
	for w := range writers {
		for r := range rounds {
			for k := range 1 + r%3 {
				if r%5 != 4 {
					want++
					if id := fmt.Sprintf("%d-%d-%d", w, r, k); !seen[id] {
						t.Errorf("the follower missed %s", id)
					}
				}
			}
		}
	}
	if last, err := db.LastChange(ctx); err != nil || len(seen) != want || last != int64(want) {
		t.Errorf("got %d changes, the last is %d, %v, want %d without gaps", len(seen), last, err, want)
	}
}

// follow reads the log until everything has been written and read.
func follow(t *testing.T, db *store.DB, wake <-chan struct{}, quiet <-chan struct{}) map[string]bool {
	seen := map[string]bool{}
	var last int64
	for ended := false; ; {
		page, err := db.Changes(ctx, last, 7)
		if err != nil {
			t.Errorf("follow: %v", err)
			return seen
		}
		for _, c := range page {
			if c.Seq != last+1 {
				t.Errorf("got number %d after %d: it came late or left a gap", c.Seq, last)
			}
			last = c.Seq
			seen[c.ObjectID] = true
		}
		if len(page) > 0 {
			continue
		}
		if ended {
			return seen
		}
		select {
		case <-wake:
		case <-quiet:
			ended = true
		}
	}
}

func TestOnlyCommitsWithChangesWake(t *testing.T) {
	db := storetest.Open(t)
	wake, stop := db.Wake()
	write(t, db, audit("g1"))
	db.Write(ctx, func(tx *store.Tx) error { return errors.Join(tx.Changed("guide", "g1", "an"), errors.New("no")) })
	select {
	case <-wake:
		t.Error("woken without a change")
	case <-time.After(20 * time.Millisecond):
	}
	change := func(tx *store.Tx) error { return tx.Changed("guide", "g1", "an") }
	write(t, db, change)
	write(t, db, change)
	select {
	case <-wake:
	case <-time.After(5 * time.Second):
		t.Error("not woken by a change")
	}
	stop()
	for len(wake) > 0 {
		<-wake
	}
	write(t, db, change)
	select {
	case <-wake:
		t.Error("woken after stop")
	case <-time.After(20 * time.Millisecond):
	}
}

func TestAChangeThatCannotBeNumberedFailsItsWrite(t *testing.T) {
	db := storetest.Open(t)
	write(t, db, func(tx *store.Tx) error { _, err := tx.Exec(`DELETE FROM counter`); return err })
	err := db.Write(ctx, func(tx *store.Tx) error {
		return errors.Join(audit("g1")(tx), tx.Changed("guide", "g1", "an"))
	})
	if err == nil {
		t.Error("the write passed without its change")
	}
	if n := number(t, db, `SELECT count(*) FROM audit`); n != 0 {
		t.Errorf("got %d lines, want none", n)
	}
}
