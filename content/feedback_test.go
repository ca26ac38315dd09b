package content_test

import (
	"strings"
	"testing"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/store/storetest"
)

func TestFeedbackIsAddedUpByPage(t *testing.T) {
	lib, db := seeded(t)
	g, err := lib.Guide(t.Context(), "trang-tri-phong-bo-phieu")
	if err != nil {
		t.Fatal(err)
	}
	a, err := lib.Answer(t.Context(), "HĐ-0001")
	if err != nil {
		t.Fatal(err)
	}
	give := func(kind, id string, clear bool, note string) {
		t.Helper()
		if err := lib.GiveFeedback(t.Context(), content.NewFeedback{Kind: kind, ID: id, Clear: clear, Note: note}); err != nil {
			t.Fatal(err)
		}
	}
	give(content.KindGuide, g.ID, true, "")
	give(content.KindAnswer, a.ID, false, " Chưa rõ mẫu số mấy. ")
	give(content.KindAnswer, a.ID, false, "")
	give(content.KindAnswer, a.ID, true, "")
	atNoon(t, db, "2026-03-04")
	give(content.KindGuide, g.ID, false, "Hình nhỏ quá")
	r, err := lib.Feedback(t.Context(), "2026-03-01", 10)
	if err != nil || len(r.Pages) != 2 || len(r.Notes) != 2 {
		t.Fatalf("got %+v, %v", r, err)
	}
	if p := r.Pages[0]; p.ID != a.ID || p.Clear != 1 || p.Unclear != 2 || p.Title != a.Question || p.Path != a.Path() {
		t.Errorf("got %+v", p)
	}
	if p := r.Pages[1]; p.ID != g.ID || p.Clear != 1 || p.Unclear != 1 || p.Path != g.Path() {
		t.Errorf("got %+v", p)
	}
	if n := r.Notes; n[0].Note != "Hình nhỏ quá" || n[1].Note != "Chưa rõ mẫu số mấy." || n[1].Clear || n[1].Title != a.Question {
		t.Errorf("got %+v", n)
	}
	if r, err = lib.Feedback(t.Context(), "2026-03-03", 10); err != nil || len(r.Pages) != 1 || len(r.Notes) != 1 {
		t.Errorf("since the third: got %+v, %v", r, err)
	}
	atNoon(t, db, "2027-06-01")
	give(content.KindAnswer, a.ID, true, "")
	if r, err = lib.Feedback(t.Context(), "2026-01-01", 10); err != nil || len(r.Pages) != 1 || len(r.Notes) != 0 {
		t.Errorf("after its time: got %+v, %v", r, err)
	}
	storetest.CheckTypes(t, db)
}

func TestFeedbackIsGivenOnEveryPageThatAsksForIt(t *testing.T) {
	lib, _ := seeded(t)
	situations, err := lib.Situations(t.Context(), content.SituationFilter{})
	if err != nil || len(situations) == 0 {
		t.Fatal(situations, err)
	}
	s := situations[0]
	if err := lib.GiveFeedback(t.Context(), content.NewFeedback{Kind: content.KindSituation, ID: s.ID, Note: "Bước hai khó hiểu"}); err != nil {
		t.Fatal(err)
	}
	r, err := lib.Feedback(t.Context(), "2026-03-01", 10)
	if err != nil || len(r.Pages) != 1 || len(r.Notes) != 1 || r.Pages[0].Unclear != 1 || r.Pages[0].Path != s.Path() || r.Notes[0].Title != s.Title {
		t.Errorf("got %+v, %v", r, err)
	}
}

func TestFeedbackIsOfPagesThatReadersSee(t *testing.T) {
	lib, _ := seeded(t)
	for name, f := range map[string]content.NewFeedback{
		"no kind": {ID: "x"}, "no guide": {Kind: content.KindGuide, ID: "x"}, "a law": {Kind: content.KindLaw, ID: "luat-85-2015"}, "no answer": {Kind: content.KindAnswer},
	} {
		wantKind(t, name, lib.GiveFeedback(t.Context(), f), fault.KindNotFound)
	}
	a, err := lib.Answer(t.Context(), "HĐ-0001")
	if err != nil {
		t.Fatal(err)
	}
	for name, note := range map[string]string{"telephone": "gọi 0912345678", "long": strings.Repeat("a", 600), "control": "a\x01b"} {
		err := lib.GiveFeedback(t.Context(), content.NewFeedback{Kind: content.KindAnswer, ID: a.ID, Note: note})
		wantKind(t, name, err, fault.KindInvalid)
		if fieldsOf(err) != "note" {
			t.Errorf("%s: got fields %q", name, fieldsOf(err))
		}
	}
	if r, err := lib.Feedback(t.Context(), "2026-01-01", 10); err != nil || len(r.Pages)+len(r.Notes) != 0 {
		t.Errorf("got %+v, %v", r, err)
	}
}
