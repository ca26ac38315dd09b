package accounts_test

import (
	"strings"
	"testing"

	"sotay/internal/accounts"
	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

// PostgreSQL reads small tables whole whatever the indexes, so SQLite's plan is
// the one that is looked at.
func TestListsAreServedByTheirIndexes(t *testing.T) {
	db, err := store.Open(ctx, storetest.File(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	for _, q := range accounts.ListQueries {
		args := make([]any, q.Arguments)
		for i := range args {
			args[i] = ""
		}
		var plan []string
		err := db.Read(ctx, func(tx *store.Tx) (err error) {
			plan, err = store.Collect(tx, func(scan func(...any) error) (detail string, err error) {
				var id, parent, unused int64
				return detail, scan(&id, &parent, &unused, &detail)
			}, `EXPLAIN QUERY PLAN `+q.SQL, args...)
			return err
		})
		text := strings.Join(plan, "\n")
		if err != nil || !strings.Contains(text, q.Index) || strings.Contains(text, "TEMP B-TREE") || strings.Contains(text, "SCAN p") {
			t.Errorf("%s: got %v and the plan\n%s\nwant %s and nothing sorted", q.Name, err, text, q.Index)
		}
	}
}
