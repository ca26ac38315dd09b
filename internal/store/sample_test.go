package store_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"sotay/internal/store"
)

// sampleTables have every type, a key of two columns, no key at all, rows that
// point to rows of their own table, and a name that sorts before its parent's.
var sampleTables = []string{
	`CREATE TABLE zz_tree (id TEXT NOT NULL PRIMARY KEY, parent_id TEXT REFERENCES zz_tree (id), done BOOLEAN NOT NULL DEFAULT FALSE,
		share DOUBLE PRECISION NOT NULL DEFAULT 0, data BYTEA NOT NULL DEFAULT '', n BIGINT NOT NULL DEFAULT 0)`,
	`CREATE TABLE zz_leaf (id TEXT NOT NULL, tree_id TEXT REFERENCES zz_tree (id), place BIGINT NOT NULL DEFAULT 0, PRIMARY KEY (id, place))`,
	`CREATE TABLE aa_twig (leaf_id TEXT NOT NULL, place BIGINT NOT NULL, note TEXT NOT NULL, FOREIGN KEY (leaf_id, place) REFERENCES zz_leaf (id, place))`,
}

// sample makes the sample tables, with the tree t1.
func sample(t testing.TB, db *store.DB) {
	t.Helper()
	write(t, db, func(tx *store.Tx) error {
		for _, text := range sampleTables {
			if db.Engine() == store.SQLite && text == sampleTables[0] {
				text = `CREATE TABLE zz_tree (id TEXT NOT NULL PRIMARY KEY, parent_id TEXT REFERENCES zz_tree (id), done BOOLEAN NOT NULL DEFAULT FALSE,
		share DOUBLE PRECISION NOT NULL DEFAULT 0, data BYTEA NOT NULL DEFAULT X'', n BIGINT NOT NULL DEFAULT 0)`
			}
			if _, err := tx.Exec(text); err != nil {
				return err
			}
		}
		_, err := tx.Exec(`INSERT INTO zz_tree (id) VALUES ('t1')`)
		return err
	})
}

// busy writes changes from several sides until stop is called; it returns when
// the first are there.
func busy(t testing.TB, db *store.DB) (stop func()) {
	t.Helper()
	var wg sync.WaitGroup
	var end atomic.Bool
	begun := make(chan struct{}, 4)
	for range 4 {
		wg.Go(func() {
			for n := 0; !end.Load(); n++ {
				err := db.Write(ctx, func(tx *store.Tx) error {
					for range 3 {
						if err := tx.Changed("guide", tx.NewID(), "an"); err != nil {
							return err
						}
					}
					return audit("g")(tx)
				})
				if err != nil {
					t.Errorf("write beside: %v", err)
					return
				}
				if n == 5 {
					begun <- struct{}{}
				}
			}
		})
	}
	<-begun
	return func() { end.Store(true); wg.Wait() }
}
