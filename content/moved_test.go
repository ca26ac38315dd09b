package content_test

import (
	"strings"
	"testing"

	"sotay/content"
	"sotay/internal/fault"
)

// rename publishes the guide under another address.
func rename(t *testing.T, lib *content.Library, id string, slug content.Slug) {
	t.Helper()
	r := startDraft(t, lib, content.KindGuide, id, "lan")
	text := r.Text()
	text.Slug = slug
	publishByTwo(t, lib, save(t, lib, r, text, "lan"))
}

func TestAnAddressThatAThingHadLeadsToIt(t *testing.T) {
	lib, _ := seeded(t)
	ctx := t.Context()
	g := anyGuide(t, lib)
	rename(t, lib, g.ID, "trang-tri-moi")
	is, err := lib.Guide(ctx, "trang-tri-moi")
	if err != nil || is.ID != g.ID {
		t.Fatalf("got %+v, %v", is, err)
	}
	if path, err := lib.Moved(ctx, content.KindGuide, g.Slug); err != nil || path != is.Path() {
		t.Errorf("got %q, %v, want %q", path, err, is.Path())
	}
	if err := lib.Seed(ctx, "operator"); err != nil {
		t.Fatal(err)
	}
	if _, err := lib.Guide(ctx, g.Slug); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("the seed brought the old address back: %v", err)
	}
	rename(t, lib, g.ID, "trang-tri-nua")
	if path, err := lib.Moved(ctx, content.KindGuide, g.Slug); err != nil || !strings.HasSuffix(path, "/trang-tri-nua") {
		t.Errorf("after a second move: got %q, %v", path, err)
	}
	taken := newDraft(t, lib, content.KindGuide, guideText("Trang trí mới"), "binh")
	if err := lib.Submit(ctx, taken.Kind, taken.ID, taken.Version, "", "binh"); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("an address that another guide had: %v", err)
	}
	rename(t, lib, g.ID, g.Slug)
	if _, err := lib.Moved(ctx, content.KindGuide, g.Slug); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("the present address is moved: %v", err)
	}
	if path, err := lib.Moved(ctx, content.KindGuide, "trang-tri-moi"); err != nil || !strings.HasSuffix(path, string(g.Slug)) {
		t.Errorf("got %q, %v", path, err)
	}
}

func TestLinksToFormerAddressesAreNotDead(t *testing.T) {
	lib, _ := seeded(t)
	g := anyGuide(t, lib)
	rename(t, lib, g.ID, "trang-tri-moi")
	is, err := lib.Guide(t.Context(), "trang-tri-moi")
	if err != nil {
		t.Fatal(err)
	}
	anchor := "#" + is.Body.Headings[0].Anchor
	for _, tt := range []struct {
		link string
		dead bool
	}{
		{g.Path(), false},
		{g.Path() + anchor, false},
		{g.Path() + "#muc-khong-co", true},
		{"/huong-dan/danh-sach-cu-tri/trang-tri-moi" + anchor, false}, // its topic was another one
		{"/hoi-dap/hd-0001-ten-cu", false},
		{"/huong-dan/trang-tri-co-dong/chua-tung-co", true},
	} {
		text := guideText("Bài có liên kết cũ")
		text.Markdown += "\n\nXem [đây](" + tt.link + ")."
		findings, err := lib.Check(t.Context(), content.KindGuide, "moi", text, nil)
		if err != nil {
			t.Fatal(err)
		}
		if dead := strings.Contains(told(findings), "Liên kết"); dead != tt.dead {
			t.Errorf("%s: got dead %t\n%s", tt.link, dead, told(findings))
		}
	}
}

func TestLinksToFormerAddressesOfPlansAndLawAreNotDead(t *testing.T) {
	lib, _ := seeded(t)
	mustImportFolder(t, lib, folderOf("bai.md", goodGuide, "moved.jsonl",
		`{"kind":"plan","from":"phong-cu","to":"lop-hoc"}`+"\n"+`{"kind":"law","from":"luat-cu","to":"85-2015-qh13"}`), true)
	for link, dead := range map[string]bool{"/so-do/phong-cu": false, "/so-do/chua-tung-co": true, "/van-ban/luat-cu": false, "/van-ban/luat-cu/dieu-71": false, "/van-ban/85-2015-qh13/dieu-71": false} {
		text := guideText("Bài có liên kết cũ")
		text.Markdown += "\n\nXem [đây](" + link + ")."
		findings, err := lib.Check(t.Context(), content.KindGuide, "moi", text, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(told(findings), "Liên kết"); got != dead {
			t.Errorf("%s: got dead %t\n%s", link, got, told(findings))
		}
	}
}

func TestASessionMovesToo(t *testing.T) {
	lib, _ := seeded(t)
	sessions, err := lib.Sessions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	old := sessions[0]
	r := startDraft(t, lib, content.KindSession, old.ID, "lan")
	text := r.Text()
	text.Slug = "tap-huan-thang-ba"
	publishByTwo(t, lib, save(t, lib, r, text, "lan"))
	is, err := lib.Session(t.Context(), "tap-huan-thang-ba")
	if err != nil || is.ID != old.ID || is.Title != old.Title {
		t.Errorf("got %+v, %v", is, err)
	}
	if path, err := lib.Moved(t.Context(), content.KindSession, old.Slug); err != nil || path != is.Path() {
		t.Errorf("got %q, %v", path, err)
	}
}

func TestTheAddressFollowsTheTitleUntilChosenOrPublished(t *testing.T) {
	lib, _ := seeded(t)
	r := startDraft(t, lib, content.KindGuide, "", "lan")
	text := guideText("Tên thứ nhất")
	r = save(t, lib, r, text, "lan")
	text = r.Text()
	text.Fields["title"] = []string{"Tên thứ hai"}
	if r = save(t, lib, r, text, "lan"); r.Slug != "ten-thu-hai" {
		t.Errorf("got %s", r.Slug)
	}
	text.Slug = "Chọn Tay"
	if r = save(t, lib, r, text, "lan"); r.Slug != "chon-tay" {
		t.Errorf("got %s", r.Slug)
	}
	publishByTwo(t, lib, r)
	r = startDraft(t, lib, content.KindGuide, r.ID, "lan")
	text = r.Text()
	text.Slug, text.Fields["title"] = "", []string{"Tên thứ ba"}
	if r = save(t, lib, r, text, "lan"); r.Slug != "chon-tay" {
		t.Errorf("a published text moved to %s by a new title", r.Slug)
	}
}

func TestWhatIsTakenDownSaysWhy(t *testing.T) {
	lib, db := seeded(t)
	ctx := t.Context()
	g := anyGuide(t, lib)
	answers, err := lib.Answers(ctx, content.AnswerFilter{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	a := answers.Answers[0]
	sessions, err := lib.Sessions(ctx)
	if err != nil {
		t.Fatal(err)
	}
	reads := map[string]func() error{
		g.ID:           func() error { _, err := lib.Guide(ctx, g.Slug); return err },
		a.ID:           func() error { _, err := lib.Answer(ctx, a.Code()); return err },
		sessions[0].ID: func() error { _, err := lib.Session(ctx, sessions[0].Slug); return err },
	}
	for id, kind := range map[string]string{g.ID: content.KindGuide, a.ID: content.KindAnswer, sessions[0].ID: content.KindSession} {
		wantFault(t, "without a reason", lib.TakeDown(ctx, kind, id, "", "dung"), fault.KindInvalid)
		before, _ := db.LastChange(ctx)
		if err := lib.TakeDown(ctx, kind, id, "Luật đổi.", "dung"); err != nil {
			t.Fatal(err)
		}
		if after, _ := db.LastChange(ctx); after != before+1 {
			t.Errorf("%s: search is not told", kind)
		}
		err := reads[id]()
		if f, ok := fault.Of(err); !ok || f.Kind != fault.KindNotFound || !strings.Contains(f.Sentence, "02/3/2026") && !strings.Contains(f.Sentence, "02/3") || !strings.Contains(f.Sentence, "Luật đổi.") {
			t.Errorf("%s: got %v", kind, err)
		}
		wantFault(t, "take down twice", lib.TakeDown(ctx, kind, id, "Nữa.", "dung"), fault.KindNotFound)
	}
	if list, err := lib.TakenDown(ctx); err != nil || len(list) != 3 || list[0].Title == "" {
		t.Errorf("got %+v, %v", list, err)
	}
	if err := lib.PutBack(ctx, content.KindGuide, g.ID, "dung"); err != nil {
		t.Fatal(err)
	}
	wantFault(t, "put back twice", lib.PutBack(ctx, content.KindGuide, g.ID, "dung"), fault.KindNotFound)
	if err := reads[g.ID](); err != nil {
		t.Errorf("put back: %v", err)
	}
	r := startDraft(t, lib, content.KindAnswer, a.ID, "lan")
	text := r.Text()
	text.Markdown += "\n\nĐã sửa theo luật mới."
	publishByTwo(t, lib, save(t, lib, r, text, "lan"))
	if is, err := lib.Answer(ctx, a.Code()); err != nil || is.Number != a.Number {
		t.Errorf("published again: got %+v, %v", is, err)
	}
	if list, _ := lib.TakenDown(ctx); len(list) != 1 {
		t.Errorf("still taken down: %+v", list)
	}
	if n, err := lib.Rerender(ctx); n != 0 || err != nil {
		t.Errorf("rendered %d again, %v", n, err)
	}
}
