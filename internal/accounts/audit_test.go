package accounts_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"sotay/internal/accounts"
	"sotay/internal/store"
)

func (w *town) note(by, act, kind, id, note string) {
	w.t.Helper()
	if err := w.db.Write(ctx, func(tx *store.Tx) error { return tx.Audit(by, act, kind, id, note) }); err != nil {
		w.t.Fatal(err)
	}
}

func TestTheAuditLogIsSearched(t *testing.T) {
	w := newTown(t)
	w.note("an", "publish", "guide", "g1", "Thêm căn cứ pháp lý")
	w.pass(24 * time.Hour)
	w.note("binh", "publish", "answer", "a1", "")
	w.note("an", "view", "person", "p1", "")
	w.pass(24 * time.Hour)
	w.note("an", "erase", "person", "p1", "")
	tests := []struct {
		name string
		f    accounts.AuditFilter
		want string
	}{
		{"all", accounts.AuditFilter{}, "publish publish view erase"},
		{"by person", accounts.AuditFilter{By: "an"}, "publish view erase"},
		{"by thing", accounts.AuditFilter{Kind: "person", Object: "p1"}, "view erase"},
		{"by thing and person", accounts.AuditFilter{Kind: "person", Object: "p1", By: "binh"}, ""},
		{"by kind", accounts.AuditFilter{Kind: "answer"}, "publish"},
		{"by act", accounts.AuditFilter{Act: "publish"}, "publish publish"},
		{"words without tones", accounts.AuditFilter{Query: "can cu phap"}, "publish"},
		{"words of an act", accounts.AuditFilter{Query: "Erase"}, "erase"},
		{"from a day", accounts.AuditFilter{From: "2026-03-03"}, "publish view erase"},
		{"to a day, which counts", accounts.AuditFilter{To: "2026-03-03"}, "publish publish view"},
		{"one day", accounts.AuditFilter{From: "2026-03-03", To: "2026-03-03"}, "publish view"},
		{"nonsense", accounts.AuditFilter{By: "a\x00", After: "\xff"}, ""},
		{"no such days", accounts.AuditFilter{From: "x", To: "y"}, "publish publish view erase"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			acts := w.acts(tt.f)
			if got := fmt.Sprint(acts); got != "["+tt.want+"]" {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestTheAuditLogIsReadPageByPage(t *testing.T) {
	w := newTown(t)
	var want []string
	for i := range 25 {
		act := fmt.Sprint("act", i)
		w.note("an", act, "guide", "g1", map[bool]string{true: "chẵn", false: "lẻ"}[i%2 == 0])
		want = append([]string{act}, want...)
	}
	for _, f := range []accounts.AuditFilter{{Limit: 10}, {Limit: 25}, {Limit: 3, Query: "act"}, {Limit: 2, Query: "chan"}} {
		var got []string
		for pages := 0; pages < 100; pages++ {
			page, err := w.AuditLog(ctx, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range page.Lines {
				got = append(got, l.Act)
			}
			if f.After = page.Next; f.After == "" {
				break
			}
		}
		expected := want
		if f.Query == "chan" {
			expected = slices.DeleteFunc(slices.Clone(want), func(act string) bool { return act[len(act)-1]%2 == 1 })
		}
		if !slices.Equal(got, expected) {
			t.Errorf("%+v: got %v, want %v", f, got, expected)
		}
	}
}
