package content_test

import (
	"testing"

	"sotay/content"
	"sotay/internal/fault"
)

func TestATextIsEitherFlaggedOrListedAsCitingTheWhole(t *testing.T) {
	lib, _ := seeded(t)
	form := content.AmendmentForm{Of: "luat-85-2015 dieu-69 khoan-4", By: "luat-83-2025", Effect: "amended", Since: "2026-12-01"}
	check := func(a content.Amendment) {
		t.Helper()
		flagged := map[content.Thing]bool{}
		for _, c := range a.Open {
			flagged[content.Thing{Kind: c.Kind, ID: c.ID}] = true
		}
		if len(a.Open) == 0 || len(a.Whole) == 0 {
			t.Fatalf("%d are flagged, %d cite the whole", len(a.Open), len(a.Whole))
		}
		for _, c := range a.Whole {
			if flagged[content.Thing{Kind: c.Kind, ID: c.ID}] {
				t.Errorf("%q is flagged and listed as not flagged", c.Title)
			}
		}
	}
	foretold, err := lib.ForetellAmendment(t.Context(), form)
	if err != nil {
		t.Fatal(err)
	}
	check(foretold)
	if _, err := lib.RecordAmendment(t.Context(), form, "p"); err != nil {
		t.Fatal(err)
	}
	list, err := lib.Amendments(t.Context())
	if err != nil || len(list) != 1 {
		t.Fatalf("got %d amendments, %v", len(list), err)
	}
	check(list[0])
	for _, other := range []content.Thing{{Kind: content.KindGuide, ID: "nobody"}, {Kind: "x", ID: list[0].Open[0].ID}, {Kind: list[0].Whole[0].Kind, ID: list[0].Whole[0].ID}} {
		if err := lib.Affirm(t.Context(), list[0].ID, other, "", "p"); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("%+v does not cite the clause and is affirmed: %v", other, err)
		}
	}
	if err := lib.Affirm(t.Context(), list[0].ID, content.Thing{Kind: list[0].Open[0].Kind, ID: list[0].Open[0].ID}, "Vẫn đúng.", "p"); err != nil {
		t.Errorf("one that cites it: %v", err)
	}
	of, err := lib.AmendmentsOf(t.Context(), "luat-85-2015")
	if err != nil || len(of) != 1 || of[0].Of != list[0].Of || of[0].By.Label == "" {
		t.Errorf("of the law: got %+v, %v", of, err)
	}
	if other, err := lib.AmendmentsOf(t.Context(), "luat-83-2025"); err != nil || len(other) != 0 {
		t.Errorf("of another document: got %+v, %v", other, err)
	}
}
