package store_test

import (
	"fmt"
	"testing"
	"time"

	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

func TestAuditLinesComeNewestFirst(t *testing.T) {
	db := storetest.Open(t)
	for i := range 6 {
		at := storetest.Start.Add(time.Duration(i/2) * time.Hour) // two of each instant
		db.SetClock(func() time.Time { return at })
		write(t, db, func(tx *store.Tx) error {
			return tx.Audit([]string{"an", "binh"}[i%2], fmt.Sprint("act", i), "guide", fmt.Sprint("g", i%3), "")
		})
	}
	tests := []struct {
		name string
		f    store.AuditFilter
		want string
	}{
		{"all", store.AuditFilter{Limit: 100}, "[act5 act4 act3 act2 act1 act0]"},
		{"at least one", store.AuditFilter{}, "[act5]"},
		{"by person", store.AuditFilter{By: "an", Limit: 9}, "[act4 act2 act0]"},
		{"not by a person", store.AuditFilter{NotBy: "an", Limit: 9}, "[act5 act3 act1]"},
		{"of a thing", store.AuditFilter{Kind: "guide", Object: "g1", Limit: 9}, "[act4 act1]"},
		{"of a thing by a person", store.AuditFilter{Kind: "guide", Object: "g1", By: "an", Limit: 9}, "[act4]"},
		{"one act", store.AuditFilter{Act: "act2", Limit: 9}, "[act2]"},
		{"from, which counts, to, which does not", store.AuditFilter{From: storetest.Start.Add(time.Hour), To: storetest.Start.Add(2 * time.Hour), Limit: 9}, "[act3 act2]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var acts []string
			for _, l := range auditLines(t, db, tt.f) {
				acts = append(acts, l.Act)
			}
			if got := fmt.Sprint(acts); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
	third := auditLines(t, db, store.AuditFilter{Limit: 3})[2]
	rest := auditLines(t, db, store.AuditFilter{BeforeAt: third.At, BeforeID: third.ID, Limit: 9})
	if len(rest) != 3 || rest[0].Act != "act2" || !third.At.Equal(storetest.Start.Add(time.Hour)) {
		t.Errorf("got %+v after %+v, want what is older, none left out at one instant", rest, third)
	}
}

func auditLines(t *testing.T, db *store.DB, f store.AuditFilter) (lines []store.AuditLine) {
	t.Helper()
	err := db.Read(ctx, func(tx *store.Tx) (err error) { lines, err = tx.AuditLines(f); return err })
	if err != nil {
		t.Fatal(err)
	}
	return lines
}
