package content_test

import (
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

// A small seed, and a newer one.
const (
	seedLaw     = "---\nkey: luat-85-2015\nslug: luat-85\nnumber: 85/2015/QH13\ntitle: Luật Bầu cử\nshort: Luật Bầu cử\nkind: Luật\ntrust: V\n---\nTóm tắt.\n\n## Điều 69. Bỏ phiếu\n\nTóm tắt.\n"
	seedSession = "---\nslug: buoi-mot\ntitle: Buổi một\nheld_on: 2026-03-02\n---\nNội dung.\n"
	seedAnswer  = "---\ncode: HĐ-0001\nquestion: Mấy giờ?\nshort: 7 giờ.\ntopic: kiem-phieu-bien-ban\ntrust: N\nbasis: [luat-85-2015 dieu-69]\n---\n7 giờ.\n"
)

func seedFiles(newer bool) fstest.MapFS {
	edition := func(text string) string {
		if newer {
			text = strings.TrimRight(text, "\n") + "\n\nThêm ở bản mới.\n"
		}
		return text
	}
	return folderOf("law/luat-85-2015.md", strings.Replace(seedLaw, "short: Luật", map[bool]string{false: "short: Luật", true: "short: Luật mới về"}[newer], 1),
		"sessions/buoi-mot.md", edition(seedSession), "guides/bai-moi.md", edition(goodGuide), "answers/hd-0001.md", edition(seedAnswer))
}

func seedWith(t *testing.T, lib *content.Library, files fstest.MapFS) {
	t.Helper()
	if err := content.SeedFrom(lib, t.Context(), files, "operator"); err != nil {
		t.Fatal(err)
	}
}

// waiting lists what waits for review as "kind address".
func waiting(t *testing.T, lib *content.Library) string {
	t.Helper()
	list, err := lib.Waiting(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, r := range list {
		words = append(words, r.Kind+" "+string(r.Slug))
	}
	return strings.Join(words, ", ")
}

func shownGuide(t *testing.T, lib *content.Library, slug content.Slug) string {
	t.Helper()
	g, err := lib.Guide(t.Context(), slug)
	if err != nil {
		t.Fatal(err)
	}
	return g.Body.Parts[0].HTML
}

const allProposed = "answer may-gio, guide bai-moi, law luat-85, session buoi-mot"

func TestANewerSeedProposesOnceAndOverwritesNothing(t *testing.T) {
	db := storetest.Open(t)
	lib := content.New(db)
	seedWith(t, lib, seedFiles(false))
	seedWith(t, lib, seedFiles(false))
	if got := waiting(t, lib); got != "" {
		t.Errorf("the same seed proposes %s", got)
	}
	before, _ := db.LastChange(t.Context())
	seedWith(t, lib, seedFiles(true))
	seedWith(t, lib, seedFiles(true))
	seedWith(t, lib, seedFiles(false)) // an older node starts again
	if got := waiting(t, lib); got != allProposed {
		t.Errorf("got %q, want %q", got, allProposed)
	}
	if after, _ := db.LastChange(t.Context()); after != before || strings.Contains(shownGuide(t, lib, "bai-moi"), "Thêm") {
		t.Errorf("readers see what was only proposed")
	}
	list, err := lib.Waiting(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		if r.Note != "đề xuất từ bản chương trình mới" || r.By != "operator" || r.Base != 1 || r.Number != 2 || r.Submitted.IsZero() || r.Title == "" {
			t.Errorf("got %+v", r)
		}
		approved(t, lib, r)
	}
	if !strings.Contains(shownGuide(t, lib, "bai-moi"), "Thêm ở bản mới") {
		t.Errorf("approved, but not shown: %s", shownGuide(t, lib, "bai-moi"))
	}
	if a, err := lib.Answer(t.Context(), "hd-1"); err != nil || a.Revision != 2 {
		t.Errorf("got revision %d, %v", a.Revision, err)
	}
	storetest.CheckTypes(t, db)
}

func TestAProposalWaitsForWhoWorksOnTheText(t *testing.T) {
	lib := content.New(storetest.Open(t))
	seedWith(t, lib, seedFiles(false))
	g, err := lib.Guide(t.Context(), "bai-moi")
	if err != nil {
		t.Fatal(err)
	}
	draft, err := lib.StartDraft(t.Context(), content.KindGuide, g.ID, "an")
	if err != nil {
		t.Fatal(err)
	}
	seedWith(t, lib, seedFiles(true))
	if got := waiting(t, lib); strings.Contains(got, "guide") {
		t.Errorf("beside a draft: got %q", got)
	}
	if err := lib.Discard(t.Context(), draft.Kind, draft.ID, draft.Version, "an", true); err != nil {
		t.Fatal(err)
	}
	seedWith(t, lib, seedFiles(true))
	if got := waiting(t, lib); !strings.Contains(got, "guide bai-moi") {
		t.Errorf("after the draft: got %q", got)
	}
}

func TestARefusedProposalIsNotMadeAgain(t *testing.T) {
	lib := content.New(storetest.Open(t))
	seedWith(t, lib, seedFiles(false))
	seedWith(t, lib, seedFiles(true))
	list, err := lib.Waiting(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		if err := lib.SendBack(t.Context(), r.Kind, r.ID, r.Version, "Không cần.", "binh"); err != nil {
			t.Fatal(err)
		}
		if err := lib.Discard(t.Context(), r.Kind, r.ID, r.Version+1, "an", true); err != nil {
			t.Fatal(err)
		}
	}
	seedWith(t, lib, seedFiles(true))
	if got := waiting(t, lib); got != "" {
		t.Errorf("proposed again: %q", got)
	}
	newest := seedFiles(true)
	newest["guides/bai-moi.md"].Data = append(newest["guides/bai-moi.md"].Data, "Lần ba.\n"...)
	seedWith(t, lib, newest)
	if got := waiting(t, lib); got != "guide bai-moi" {
		t.Errorf("a third text: got %q", got)
	}
}

func TestAProposalFindsARenamedThingAndLeavesItThere(t *testing.T) {
	lib := content.New(storetest.Open(t))
	seedWith(t, lib, seedFiles(false))
	renamed(t, lib, "bai-moi", "bai-doi-ten")
	s, err := lib.Session(t.Context(), "buoi-mot")
	if err != nil {
		t.Fatal(err)
	}
	r, err := lib.StartDraft(t.Context(), content.KindSession, s.ID, "an")
	if err != nil {
		t.Fatal(err)
	}
	text := r.Text()
	text.Slug = "buoi-dau"
	if r, err = lib.SaveDraft(t.Context(), content.Save{Kind: r.Kind, ID: r.ID, Version: r.Version, Text: text, By: "an"}); err != nil {
		t.Fatal(err)
	}
	approved(t, lib, r)
	seedWith(t, lib, seedFiles(false))
	if got := waiting(t, lib); got != "" {
		t.Errorf("what an editor changed is proposed back: %q", got)
	}
	seedWith(t, lib, seedFiles(true))
	if got, want := waiting(t, lib), "answer may-gio, guide bai-doi-ten, law luat-85, session buoi-dau"; got != want {
		t.Fatalf("got %q, want %q", got, want)
	}
	list, _ := lib.Waiting(t.Context())
	for _, r := range list {
		approved(t, lib, r)
	}
	if guides, err := lib.Guides(t.Context(), content.GuideFilter{}); err != nil || len(guides) != 1 || guides[0].Slug != "bai-doi-ten" {
		t.Errorf("got %+v, %v", guides, err)
	}
	if sessions, err := lib.Sessions(t.Context()); err != nil || len(sessions) != 1 || sessions[0].Slug != "buoi-dau" {
		t.Errorf("got %+v, %v", sessions, err)
	}
}

func TestADatabaseSeededBeforeHashesWereKeptLearnsThem(t *testing.T) {
	db := storetest.Open(t)
	lib := content.New(db)
	forget := func() {
		t.Helper()
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(`DELETE FROM seeds`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	seedWith(t, lib, seedFiles(false))
	forget()
	seedWith(t, lib, seedFiles(false))
	var n int64
	if err := db.Read(t.Context(), func(tx *store.Tx) error { return tx.QueryRow(`SELECT COUNT(*) FROM seeds`).Scan(&n) }); err != nil || n != 4 || waiting(t, lib) != "" {
		t.Errorf("got %d hashes, %q waiting, %v", n, waiting(t, lib), err)
	}
	forget()
	seedWith(t, lib, seedFiles(true))
	if got := waiting(t, lib); got != allProposed {
		t.Errorf("got %q, want %q", got, allProposed)
	}
}

func TestWhatIsTakenDownIsNotProposed(t *testing.T) {
	lib := content.New(storetest.Open(t))
	seedWith(t, lib, seedFiles(false))
	g, err := lib.Guide(t.Context(), "bai-moi")
	if err != nil {
		t.Fatal(err)
	}
	if err := lib.TakeDown(t.Context(), content.KindGuide, g.ID, "Đang xem lại.", "binh"); err != nil {
		t.Fatal(err)
	}
	seedWith(t, lib, seedFiles(true))
	if got := waiting(t, lib); strings.Contains(got, "guide") {
		t.Errorf("got %q", got)
	}
	if _, err := lib.Guide(t.Context(), "bai-moi"); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("got %v", err)
	}
	if err := lib.PutBack(t.Context(), content.KindGuide, g.ID, "binh"); err != nil {
		t.Fatal(err)
	}
	seedWith(t, lib, seedFiles(true))
	if got := waiting(t, lib); !strings.Contains(got, "guide") {
		t.Errorf("put back: got %q", got)
	}
}

func TestSeveralNodesProposeOnce(t *testing.T) {
	db := storetest.Open(t)
	lib := content.New(db)
	seedWith(t, lib, seedFiles(false))
	var nodes sync.WaitGroup
	for range 4 {
		nodes.Go(func() {
			if err := content.SeedFrom(content.New(db), t.Context(), seedFiles(true), "operator"); err != nil {
				t.Error(err)
			}
		})
	}
	nodes.Wait()
	if got := waiting(t, lib); got != allProposed {
		t.Errorf("got %q, want %q", got, allProposed)
	}
}
