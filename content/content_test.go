package content_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

// seeded is a library filled with the embedded texts.
func seeded(t testing.TB) (*content.Library, *store.DB) {
	t.Helper()
	db := storetest.Filled(t, "seeded", func(db *store.DB) error { return content.New(db).Seed(context.Background(), "operator") })
	return content.New(db), db
}

func TestSeedBringsTheConferencesTopics(t *testing.T) {
	lib, db := seeded(t)
	guides, err := lib.Guides(t.Context(), content.GuideFilter{})
	if err != nil {
		t.Fatal(err)
	}
	if len(guides) < 12 {
		t.Errorf("got %d guides, want at least 12", len(guides))
	}
	for _, topic := range content.Topics() {
		of, err := lib.Guides(t.Context(), content.GuideFilter{Topic: topic.Slug})
		if err != nil || len(of) == 0 {
			t.Errorf("topic %s has %d guides (%v)", topic.Slug, len(of), err)
		}
	}
	for _, phase := range content.Phases() {
		of, err := lib.Guides(t.Context(), content.GuideFilter{Phase: phase, Topic: "quy-trinh-chung"})
		if err != nil || len(of) == 0 {
			t.Errorf("the general procedure has no guide %s (%v)", phase, err)
		}
	}
	answers, err := lib.Answers(t.Context(), content.AnswerFilter{})
	if err != nil {
		t.Fatal(err)
	}
	if answers.Total < 80 {
		t.Errorf("got %d answers, want at least 80", answers.Total)
	}
	sessions, err := lib.Sessions(t.Context())
	if err != nil || len(sessions) != 1 || sessions[0].HeldOn != "2026-03-02" || sessions[0].Units != 148 {
		t.Errorf("sessions: got %+v, %v", sessions, err)
	}
	storetest.CheckTypes(t, db)
}

func TestSeedIsTheOperatorsActAndOnceOnly(t *testing.T) {
	lib, db := seeded(t)
	count := func(sql string) (n int64) {
		t.Helper()
		if err := db.Read(t.Context(), func(tx *store.Tx) error { return tx.QueryRow(sql).Scan(&n) }); err != nil {
			t.Fatal(err)
		}
		return n
	}
	const revisions = `SELECT COUNT(*) FROM revisions`
	before := count(revisions)
	if got := count(`SELECT COUNT(*) FROM audit WHERE act = 'publish' AND by_whom = 'operator'`); got != before {
		t.Errorf("%d revisions but %d acts of the operator", before, got)
	}
	if err := lib.Seed(t.Context(), "operator"); err != nil {
		t.Fatal(err)
	}
	if after := count(revisions); after != before {
		t.Errorf("a second seed made %d revisions", after-before)
	}
}

func TestSeedLeavesAnUnseededDatabaseAlone(t *testing.T) {
	lib := content.New(storetest.Open(t))
	mustImport(t, lib, `{"id":"a","title":"Câu hỏi riêng?","body":"Trả lời."}`, true)
	if err := lib.Seed(t.Context(), "operator"); err != nil {
		t.Fatal(err)
	}
	page, err := lib.Answers(t.Context(), content.AnswerFilter{})
	if err != nil || page.Total != 1 {
		t.Errorf("got %d answers (%v), want the one imported", page.Total, err)
	}
}

func TestEmbeddedTextsHaveNoProblemsOfTheirOwn(t *testing.T) {
	lib, _ := seeded(t)
	pages, err := lib.Pages(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	questions := map[string]bool{}
	err = lib.EachGuide(t.Context(), func(g content.Guide) error {
		for _, part := range g.Body.Parts {
			for _, id := range part.Keys {
				questions[id] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	problems, err := lib.Problems(t.Context(), pages, questions)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
}

func TestGuideCarriesWhatItsPageShows(t *testing.T) {
	lib, _ := seeded(t)
	g, err := lib.Guide(t.Context(), "trang-tri-phong-bo-phieu")
	if err != nil {
		t.Fatal(err)
	}
	if g.Title != "Sắp xếp, trang trí phòng bỏ phiếu" || g.Path() != "/huong-dan/trang-tri-co-dong/trang-tri-phong-bo-phieu" {
		t.Errorf("got %q at %s", g.Title, g.Path())
	}
	if len(g.Basis) == 0 || g.Basis[0].URL == "" || !strings.Contains(g.Basis[0].Label, ", ") {
		t.Errorf("basis: got %+v", g.Basis)
	}
	kinds := map[content.PartKind]bool{}
	for _, part := range g.Body.Parts {
		kinds[part.Kind] = true
	}
	if !kinds[content.PartHTML] || !kinds[content.PartPlan] || !kinds[content.PartSelfCheck] {
		t.Errorf("parts: got %v", kinds)
	}
	if g.Minutes < 1 || len(g.Body.Headings) < 4 || len(g.Body.Sections) < 4 {
		t.Errorf("minutes %d, headings %d, sections %d", g.Minutes, len(g.Body.Headings), len(g.Body.Sections))
	}
	related, err := lib.RelatedAnswers(t.Context(), g, 5)
	if err != nil || len(related) == 0 || len(related) > 5 {
		t.Errorf("related answers: got %d, %v", len(related), err)
	}
}

func TestAbsentThingsAreNotFound(t *testing.T) {
	lib, _ := seeded(t)
	ctx := t.Context()
	_, guide := lib.Guide(ctx, "khong-co")
	_, answer := lib.Answer(ctx, "HĐ-9999")
	_, code := lib.Answer(ctx, "' OR 1=1")
	_, session := lib.Session(ctx, "khong-co")
	_, law := lib.Law(ctx, "khong-co")
	_, provision := lib.Provision(ctx, "85-2015-qh13", "dieu-999")
	for name, err := range map[string]error{"guide": guide, "answer": answer, "code": code, "session": session, "law": law, "provision": provision} {
		if !fault.Is(err, fault.KindNotFound) {
			t.Errorf("%s: got %v, want NotFound", name, err)
		}
	}
}

func TestCodesAreReadHoweverTyped(t *testing.T) {
	tests := []struct {
		code string
		want int
	}{{"HĐ-0001", 1}, {"hd-0001-cu-tri-di-xa", 1}, {"hđ-12", 12}, {"HD-80", 80}, {"", 0}, {"hd-", 0}, {"xx-1", 0}, {"hd-1x", 0}, {"hd-99999999999", 0}}
	for _, tt := range tests {
		if got := content.NumberOfCode(tt.code); got != tt.want {
			t.Errorf("%q: got %d, want %d", tt.code, got, tt.want)
		}
	}
}

func TestArchiveIsPagedWithoutGapOrDouble(t *testing.T) {
	lib, _ := seeded(t)
	seen := map[string]bool{}
	total := 0
	for after := ""; ; {
		page, err := lib.Answers(t.Context(), content.AnswerFilter{AfterCode: after, Limit: 7})
		if err != nil {
			t.Fatal(err)
		}
		total = page.Total
		for _, a := range page.Answers {
			if seen[a.Code()] {
				t.Errorf("%s stands on two pages", a.Code())
			}
			seen[a.Code()] = true
		}
		if after = page.NextCode; after == "" {
			break
		}
	}
	if len(seen) != total {
		t.Errorf("the pages hold %d answers, the archive %d", len(seen), total)
	}
}

func TestArticleKnowsWhatCitesIt(t *testing.T) {
	lib, _ := seeded(t)
	p, err := lib.Provision(t.Context(), "85-2015-qh13", "dieu-69")
	if err != nil {
		t.Fatal(err)
	}
	if p.Label() != "Điều 69" || p.Path() != "/van-ban/85-2015-qh13/dieu-69" || len(p.Clauses) == 0 {
		t.Errorf("got %s at %s with clauses %v", p.Label(), p.Path(), p.Clauses)
	}
	citing, err := lib.Citing(t.Context(), p.Law.Key, p.Segment)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, c := range citing {
		kinds[c.Kind]++
		if c.Title == "" || c.Path == "" {
			t.Errorf("no page behind %+v", c)
		}
	}
	if kinds[content.KindGuide] == 0 || kinds[content.KindAnswer] == 0 {
		t.Errorf("Điều 69 is cited by %v", kinds)
	}
}

func TestEachAnswerVisitsAllWithBodies(t *testing.T) {
	lib, _ := seeded(t)
	n := 0
	err := lib.EachAnswer(context.Background(), func(a content.Answer) error {
		n++
		if len(a.Body.Parts) == 0 {
			t.Errorf("%s has no body", a.Code())
		}
		return nil
	})
	if err != nil || n < 80 {
		t.Errorf("visited %d answers, %v", n, err)
	}
}

func TestReadersSeeALawPublishedAMomentAgo(t *testing.T) {
	db := storetest.Open(t)
	lib := content.New(db)
	mustImport(t, lib, `{"id":"1","title":"Căn cứ mới?","body":"Có.","refs":["luat-85-2015 dieu-34"]}`, true)
	label := func() string {
		t.Helper()
		a, err := lib.Answer(t.Context(), "HĐ-0001")
		if err != nil {
			t.Fatal(err)
		}
		return a.Basis[0].Label
	}
	if got := label(); got != "luat-85-2015 dieu-34" {
		t.Errorf("before the law is known: got %q", got)
	}
	source, err := os.ReadFile("law/luat-85-2015.md")
	if err != nil {
		t.Fatal(err)
	}
	if err := lib.SaveLaw(t.Context(), string(source), "operator", true); err != nil {
		t.Fatal(err)
	}
	if got := label(); got != "Luật Bầu cử, Điều 34" {
		t.Errorf("after: got %q", got)
	}
}

func TestAnEndedLawNamesItsSuccessor(t *testing.T) {
	lib, _ := seeded(t)
	law, err := lib.Law(t.Context(), "15-2020-nd-cp")
	if err != nil {
		t.Fatal(err)
	}
	if law.Ended != "2026-07-01" || law.ReplacedBy == nil || law.ReplacedBy.Path() != "/van-ban/174-2026-nd-cp" {
		t.Errorf("got ended %s, replaced by %+v", law.Ended, law.ReplacedBy)
	}
}

func TestALinkToAnUnknownDocumentIsNoCitation(t *testing.T) {
	lib, db := seeded(t)
	laws, err := lib.Laws(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, law := range laws {
		known[law.Key] = true
	}
	err = db.Read(t.Context(), func(tx *store.Tx) error {
		cited, err := store.Collect(tx, func(scan func(...any) error) (key string, err error) {
			err = scan(&key)
			return key, err
		}, `SELECT DISTINCT law FROM citations`)
		for _, key := range cited {
			if !known[key] {
				t.Errorf("%q is cited and no document", key)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
