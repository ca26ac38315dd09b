package store_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

// An operation on the sample tables with two random numbers; it gives what it
// read.
type operation func(tx *store.Tx, a, b int) (string, error)

func statement(text string, args func(a, b int) []any) operation {
	return func(tx *store.Tx, a, b int) (string, error) {
		n, err := tx.Exec(text, args(a, b)...)
		return fmt.Sprint(n, " rows"), err
	}
}

func tree(n int) string { return fmt.Sprintf("t%d", n%9) }

var operations = []operation{
	statement(`INSERT INTO zz_tree (id, parent_id, done, share, n) VALUES ($1, $2, $3, $4, $5)`,
		func(a, b int) []any { return []any{tree(a), tree(b), a%2 == 0, float64(a) / float64(b+1), b} }),
	statement(`INSERT INTO zz_tree (id) VALUES ($1) ON CONFLICT (id) DO NOTHING`,
		func(a, b int) []any { return []any{tree(a)} }),
	statement(`INSERT INTO zz_tree (id, n) VALUES ($2, $1) ON CONFLICT (id) DO UPDATE SET n = zz_tree.n + excluded.n WHERE NOT zz_tree.done`,
		func(a, b int) []any { return []any{a, tree(b)} }),
	statement(`UPDATE zz_tree SET done = NOT done, data = $1 WHERE id > $2`,
		func(a, b int) []any { return []any{[]byte{byte(a)}, tree(b)} }),
	statement(`DELETE FROM zz_tree WHERE id = $1`, func(a, b int) []any { return []any{tree(a)} }),
	statement(`INSERT INTO zz_leaf (id, tree_id, place) VALUES ($1, $2, $3)`,
		func(a, b int) []any { return []any{fmt.Sprintf("l%d", a%4), tree(b), a % 3} }),
	statement(`DELETE FROM zz_leaf WHERE (id, place) > ($1, $2)`,
		func(a, b int) []any { return []any{fmt.Sprintf("l%d", a%4), b % 3} }),
	func(tx *store.Tx, a, b int) (got string, err error) {
		err = tx.QueryRow(`UPDATE zz_tree SET n = n - 1 WHERE id = $1 RETURNING CAST(n AS TEXT)`, tree(a)).Scan(&got)
		return got, err
	},
	func(tx *store.Tx, a, b int) (string, error) {
		all, err := store.Collect(tx, func(scan func(...any) error) (s string, err error) { return s, scan(&s) },
			`SELECT t.id || CAST(count(l.id) FILTER (WHERE l.place > $1) AS TEXT) FROM zz_tree t LEFT JOIN zz_leaf l ON l.tree_id = t.id
				GROUP BY t.id ORDER BY max(t.parent_id) NULLS FIRST, t.id LIMIT $2`, a%3, b%5+1)
		return fmt.Sprint(all), err
	},
	func(tx *store.Tx, a, b int) (string, error) { return "", tx.Changed("guide", tree(a), tree(b)) },
}

// outcome runs some operations in one transaction and tells what came out.
func outcome(db *store.DB, ops []operation, a, b int) string {
	var got string
	err := db.Write(ctx, func(tx *store.Tx) error {
		got = ""
		for _, op := range ops {
			read, err := op(tx, a, b)
			if got += read + "; "; err != nil {
				return err
			}
		}
		return nil
	})
	return fmt.Sprint(got, err == nil, err == store.ErrNoRows, store.IsUnique(err), store.IsForeignKey(err))
}

// With TEST_POSTGRES this compares the two engines, else SQLite with itself.
func TestBothEnginesBehaveAlike(t *testing.T) {
	lite, other := openFile(t), storetest.Open(t)
	clock := func() time.Time { return storetest.Start }
	lite.SetClock(clock)
	sample(t, lite)
	sample(t, other)
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 1))
		var ops []operation
		for range 1 + r.IntN(3) {
			ops = append(ops, operations[r.IntN(len(operations))])
		}
		a, b := r.IntN(1000), r.IntN(1000)
		if got, want := outcome(other, ops, a, b), outcome(lite, ops, a, b); got != want {
			t.Fatalf("step %d: %s got %s, want %s as SQLite", seed, other.Engine(), got, want)
		}
	}
	got, want := dump(t, other), dump(t, lite)
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if last, err := lite.LastChange(ctx); err != nil || last == 0 {
		t.Errorf("got change %d, %v, want some: the operations did nothing", last, err)
	}
	storetest.CheckTypes(t, lite)
}
