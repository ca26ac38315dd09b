package content

import (
	"context"
	_ "embed"
	"strings"
	"testing"

	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

//go:embed testdata/statements.tsv
var statementPairs string

// A pair is a line: a statement that is right, and the same one with a fault; \n begins a table.
// They follow the tables of limits, bodies, forms and figures of the law.
func TestStatementsAreToldFromFaultyOnes(t *testing.T) {
	db := storetest.Filled(t, "seeded", func(db *store.DB) error { return New(db).Seed(context.Background(), "operator") })
	lib := New(db)
	doubts := func(text string) (list []string) {
		problems, err := lib.Doubts(t.Context(), []PlainText{{Text: strings.ReplaceAll(text, `\n`, "\n")}})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range problems {
			list = append(list, p.What)
		}
		return list
	}
	missed, pairs := 0, strings.Split(strings.TrimSpace(statementPairs), "\n")
	for _, pair := range pairs {
		right, wrong, both := strings.Cut(pair, "\t")
		if !both {
			t.Fatalf("no pair: %q", pair)
		}
		if list := doubts(right); len(list) > 0 {
			t.Errorf("false alarm: %s\n%s", right, strings.Join(list, "\n"))
		}
		if len(doubts(wrong)) == 0 {
			t.Logf("not noticed: %s", wrong)
			missed++
		}
	}
	t.Logf("%d of %d faulty statements are noticed", len(pairs)-missed, len(pairs))
	if missed*20 > len(pairs) {
		t.Errorf("%d of %d faulty statements are not noticed, want at most one in twenty", missed, len(pairs))
	}
}
