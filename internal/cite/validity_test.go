package cite_test

import (
	"fmt"
	"slices"
	"testing"

	"sotay/internal/cite"
	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/store/storetest"
	"sotay/internal/viet"
)

func ref(t *testing.T, text string) cite.Ref {
	t.Helper()
	r, err := cite.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Forty things cite parts of the law; an amendment of one clause, an article or
// a document concerns those that cite it or what is below it, and no other.
func TestAnAmendmentFlagsExactlyWhatCitesIt(t *testing.T) {
	cited := []string{
		"luat-85-2015 dieu-69", "luat-85-2015 dieu-69 khoan-4", "luat-85-2015 dieu-69 khoan-4 diem-a", "luat-85-2015 dieu-69 khoan-40",
		"luat-85-2015 dieu-69 khoan-3", "luat-85-2015 dieu-6 khoan-4", "luat-83-2025 dieu-69 khoan-4", "luat-85-2015", "nq-40-2025 mau-4", "luat-85-2015 dieu-96",
	}
	tests := []struct {
		of   string
		want []int // places in cited
	}{
		{"luat-85-2015 dieu-69 khoan-4", []int{1, 2}},
		{"luat-85-2015 dieu-69 khoan-4 diem-a", []int{2}},
		{"luat-85-2015 dieu-69", []int{0, 1, 2, 3, 4}},
		{"luat-85-2015", []int{0, 1, 2, 3, 4, 5, 7, 9}},
		{"nq-40-2025 mau-5", nil},
	}
	kinds := []string{"guide", "answer", "situation", "question"}
	for _, tt := range tests {
		t.Run(tt.of, func(t *testing.T) {
			db := storetest.Open(t)
			var want, got, foretold []string
			err := db.Write(t.Context(), func(tx *store.Tx) error {
				for _, kind := range kinds {
					for i, text := range cited {
						id := fmt.Sprintf("%s-%d", kind, i)
						if err := cite.Replace(tx, kind, id, []cite.Ref{ref(t, text), ref(t, "tt-21-2025 dieu-1")}); err != nil {
							return err
						}
						if slices.Contains(tt.want, i) {
							want = append(want, id)
						}
					}
				}
				list, err := cite.Below(tx, ref(t, tt.of))
				for _, c := range list {
					foretold = append(foretold, c.ObjectID)
				}
				if err != nil {
					return err
				}
				_, err = cite.Record(tx, cite.Amendment{Of: ref(t, tt.of), By: ref(t, "luat-83-2025 dieu-1"), Effect: cite.Amended, Since: "2026-12-01", Person: "p1"})
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range flags(t, db) {
				got = append(got, f.ObjectID)
			}
			slices.Sort(want)
			slices.Sort(got)
			slices.Sort(foretold)
			if !slices.Equal(got, want) || !slices.Equal(foretold, want) {
				t.Errorf("flagged %q, foretold %q, want %q", got, foretold, want)
			}
		})
	}
}

func flags(t *testing.T, db *store.DB) (list []cite.Flag) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *store.Tx) (err error) { list, err = cite.Flags(tx); return err })
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestAFlagGoesWhenSomebodyAffirmsOrTheCitationGoes(t *testing.T) {
	db := storetest.Open(t)
	var id string
	write := func(fn func(tx *store.Tx) error) {
		t.Helper()
		if err := db.Write(t.Context(), fn); err != nil {
			t.Fatal(err)
		}
	}
	change := cite.Amendment{Of: ref(t, "luat-85-2015 dieu-71"), By: ref(t, "luat-83-2025"), Effect: cite.Replaced, Successor: ref(t, "luat-83-2025 dieu-2"), Since: "2026-12-01", Note: "Giờ mới.", Person: "p1"}
	write(func(tx *store.Tx) (err error) {
		for _, thing := range []string{"a", "b", "c"} {
			if err := cite.Replace(tx, "guide", thing, []cite.Ref{ref(t, "luat-85-2015 dieu-71 khoan-1"), ref(t, "luat-85-2015 dieu-71 khoan-2")}); err != nil {
				return err
			}
		}
		id, err = cite.Record(tx, change)
		return err
	})
	if got := flags(t, db); len(got) != 3 || got[0].Amendment.Successor != change.Successor || got[0].Amendment.By != change.By || got[0].Amendment.Of != change.Of {
		t.Fatalf("got %+v, want three, each once", got)
	}
	write(func(tx *store.Tx) error { return cite.Affirm(tx, id, "guide", "a", "p2", "Vẫn đúng.") })
	write(func(tx *store.Tx) error {
		return cite.Replace(tx, "guide", "b", []cite.Ref{ref(t, "luat-85-2015 dieu-72")})
	})
	if got := flags(t, db); len(got) != 1 || got[0].ObjectID != "c" {
		t.Errorf("got %+v, want c alone", got)
	}
	if err := db.Write(t.Context(), func(tx *store.Tx) error { _, err := cite.Record(tx, change); return err }); !fault.Is(err, fault.KindConflict) {
		t.Errorf("recorded twice: %v", err)
	}
	suspended := func(today viet.Date) (set map[string]bool) {
		write(func(tx *store.Tx) (err error) { set, err = cite.Suspended(tx, "guide", today); return err })
		return set
	}
	if early, late := suspended("2026-11-30"), suspended("2026-12-01"); len(early) != 0 || !late["c"] || len(late) != 1 {
		t.Errorf("suspended the day before: %v, that day: %v", early, late)
	}
	write(func(tx *store.Tx) error { return cite.Withdraw(tx, id) })
	if got := flags(t, db); len(got) != 0 {
		t.Errorf("after it was withdrawn: %+v", got)
	}
	if err := db.Write(t.Context(), func(tx *store.Tx) error { return cite.Withdraw(tx, id) }); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("withdrawn twice: %v", err)
	}
}

func TestWhoCitesTheWholeIsListedApart(t *testing.T) {
	db := storetest.Open(t)
	var got []string
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		for id, text := range map[string]string{"a": "luat-85-2015 dieu-69", "b": "luat-85-2015", "c": "luat-85-2015 dieu-69 khoan-4", "d": "luat-85-2015 dieu-69 khoan-3", "e": "luat-85-2015 dieu-70"} {
			if err := cite.Replace(tx, "guide", id, []cite.Ref{ref(t, text)}); err != nil {
				return err
			}
		}
		list, err := cite.Above(tx, ref(t, "luat-85-2015 dieu-69 khoan-4 diem-a"))
		for _, c := range list {
			got = append(got, c.ObjectID)
		}
		return err
	})
	if err != nil || !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("got %q, %v, want a b c", got, err)
	}
}
