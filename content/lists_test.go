package content_test

import (
	"testing"

	"sotay/content"
	"sotay/internal/viet"
)

// A list asks the database as often for many texts as for one.
func TestListsAskTheDatabaseOnce(t *testing.T) {
	lib, db := seeded(t)
	ctx := t.Context()
	id, err := lib.RecordAmendment(ctx, content.AmendmentForm{Of: "luat-85-2015 dieu-69", By: "luat-83-2025", Effect: "amended", Since: "2026-01-01"}, "p")
	if err != nil {
		t.Fatal(err)
	}
	amended, err := lib.Amendments(ctx)
	if err != nil || len(amended) != 1 || len(amended[0].Open) < 10 {
		t.Fatalf("got %+v, %v, want an amendment that concerns many texts", amended, err)
	}
	for i, c := range amended[0].Open {
		if i%2 == 0 {
			if err := lib.Affirm(ctx, id, content.Thing{Kind: c.Kind, ID: c.ID}, "Vẫn đúng.", "p"); err != nil {
				t.Fatal(err)
			}
		}
		if c.Kind == content.KindGuide || c.Kind == content.KindAnswer {
			if err := lib.GiveFeedback(ctx, content.NewFeedback{Kind: c.Kind, ID: c.ID, Note: "Chưa rõ."}); err != nil {
				t.Fatal(err)
			}
		}
	}
	tests := []struct {
		name string
		most int64 // the change counter, the list, the names of at most pagesPerQuery texts
		list func() (int, error)
	}{
		{"situations", 2, func() (int, error) {
			list, err := lib.Situations(ctx, content.SituationFilter{})
			return len(list), err
		}},
		{"terms", 2, func() (int, error) { list, err := lib.Terms(ctx); return len(list), err }},
		{"citing", 3, func() (int, error) {
			list, err := lib.Citing(ctx, "luat-85-2015", "dieu-69")
			return len(list), err
		}},
		{"amendments", 10, func() (int, error) {
			list, err := lib.Amendments(ctx)
			return len(list[0].Open) + len(list[0].Affirmed), err
		}},
		{"feedback", 4, func() (int, error) {
			report, err := lib.Feedback(ctx, viet.Date("2026-01-01"), 100)
			return len(report.Pages) + len(report.Notes), err
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := test.list(); err != nil { // what is kept until the next change is read now
				t.Fatal(err)
			}
			before := db.Statements()
			n, err := test.list()
			if err != nil || n < 10 {
				t.Fatalf("got %d, %v, want many", n, err)
			}
			if got := db.Statements() - before; got > test.most {
				t.Errorf("%d are listed with %d statements, want %d at most", n, got, test.most)
			}
		})
	}
}

// The trees of the situations are read where one is shown.
func TestAListOfSituationsHasNoTrees(t *testing.T) {
	lib, _ := seeded(t)
	list, err := lib.Situations(t.Context(), content.SituationFilter{})
	if err != nil || len(list) == 0 {
		t.Fatal(list, err)
	}
	for _, head := range list {
		one, err := lib.Situation(t.Context(), head.Slug)
		if err != nil || len(one.Nodes) == 0 {
			t.Errorf("%s: got %d nodes, %v", head.Slug, len(one.Nodes), err)
		}
		if len(head.Nodes) > 0 {
			t.Errorf("%s: the list brings its tree", head.Slug)
		}
	}
}
