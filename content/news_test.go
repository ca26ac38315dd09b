package content_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sotay/content"
)

// republish publishes an embedded file once more, one word in it replaced.
func republish(t *testing.T, lib *content.Library, file, was, is string) {
	t.Helper()
	source, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(source), was) {
		t.Fatalf("%s does not say %q: %v", file, was, err)
	}
	mustImportFolder(t, lib, fstest.MapFS{file: {Data: []byte(strings.Replace(string(source), was, is, 1))}}, true)
}

func newest(t *testing.T, lib *content.Library, limit int) []content.News {
	t.Helper()
	list, err := lib.News(t.Context(), limit)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// changedKinds is one file of each kind, and a change in its words.
var changedKinds = []struct{ kind, file, was, is, path string }{
	{content.KindGuide, "guides/kiem-phieu.md", "title: Kiểm phiếu tại", "title: Kiểm phiếu ở", "/huong-dan/kiem-phieu-bien-ban/kiem-phieu"},
	{content.KindSituation, "situations/mat-dien.md", "Làm gì\n\n", "Làm gì\n\nGiữ bình tĩnh.\n\n", "/tinh-huong/mat-dien"},
	{content.KindTerm, "terms/ban-bau-cu.md", "Tổ chức phụ trách", "Cơ quan phụ trách", "/thuat-ngu#tn-ban-bau-cu"},
	{content.KindPlan, "plans/phong-hai-cua.yaml", "Nhìn thấy hòm phiếu và các cửa", "Nhìn thấy hai hòm phiếu và các cửa", "/so-do/phong-hai-cua"},
	{content.KindLaw, "law/blhs-2015.md", "Phạt cảnh cáo", "Bị phạt cảnh cáo", "/van-ban/100-2015-qh13"},
	{content.KindSession, "sessions/2026-03-02-tap-huan-nghiep-vu-bau-cu.md", "title: ", "title: Lần hai, ", "/tap-huan/2026-03-02-tap-huan-nghiep-vu-bau-cu"},
}

func TestNewsKnowsEveryKind(t *testing.T) {
	lib, db := seeded(t)
	atNoon(t, db, "2026-03-05")
	for _, c := range changedKinds {
		republish(t, lib, c.file, c.was, c.is)
	}
	list := newest(t, lib, len(changedKinds))
	for i, c := range changedKinds {
		at := slices.IndexFunc(list, func(n content.News) bool { return n.Kind == c.kind })
		if at < 0 {
			t.Errorf("no news of %s", c.kind)
			continue
		}
		n := list[at]
		if n.Path != c.path || n.Revision != 2 || n.Title == "" || n.Note != "" || n.Slug == "" || n.First() {
			t.Errorf("got %+v", n)
		}
		if i == 0 && at != 0 {
			t.Errorf("of one moment the guide stands at %d", at)
		}
		if err := lib.TakeDown(t.Context(), c.kind, n.ID, "Sai số liệu.", "duyet"); err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(newest(t, lib, 1000), func(other content.News) bool { return other.Kind == c.kind && other.ID == n.ID }) {
			t.Errorf("%s is news although it was taken down", c.path)
		}
	}
}

func TestRecordedAmendmentsAreNews(t *testing.T) {
	lib, db := seeded(t)
	record := func(day, of, by string) string {
		t.Helper()
		atNoon(t, db, day)
		id, err := lib.RecordAmendment(t.Context(), content.AmendmentForm{Of: of, By: by, Effect: "amended", Since: "2026-12-01", Note: "Giờ mới."}, "nguoi-duyet")
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	first := record("2026-03-05", "luat-85-2015 dieu-71 khoan-2", "luat-83-2025 dieu-1")
	second := record("2026-03-06", "luat-85-2015 dieu-97", "luat-83-2025")
	list := newest(t, lib, 2)
	if list[0].ID != second || list[1].ID != first {
		t.Fatalf("got %+v", list)
	}
	n := list[1]
	if n.Kind != content.KindAmendment || n.Path != "/van-ban/85-2015-qh13/dieu-71#khoan-2" || !strings.HasSuffix(n.Title, ", Điều 71 khoản 2 được sửa đổi từ ngày 01/12/2026") ||
		n.Note != "Giờ mới." || n.Summary == "" || !n.Cited || strings.Contains(n.Title+n.Summary+n.Note, "nguoi-duyet") {
		t.Errorf("got %+v", n)
	}
	if other := list[0]; other.Path != "/van-ban/85-2015-qh13/dieu-97" || other.Cited {
		t.Errorf("an article that no text cites: got %+v", other)
	}
	if err := lib.WithdrawAmendment(t.Context(), first, "p"); err != nil {
		t.Fatal(err)
	}
	if err := lib.TakeDown(t.Context(), content.KindLaw, "luat-85-2015", "Thử.", "duyet"); err != nil {
		t.Fatal(err)
	}
	if got := newest(t, lib, 1000); slices.ContainsFunc(got, func(n content.News) bool { return n.Kind == content.KindAmendment }) {
		t.Error("an amendment is news although it was withdrawn, or its document taken down")
	}
}

// wordsChanged writes what was changed between the last two revisions of a thing.
func wordsChanged(t *testing.T, lib *content.Library, n content.News) string {
	t.Helper()
	list, err := lib.PublishedRevisions(t.Context(), n.Kind, n.ID)
	if err != nil || len(list) != 2 {
		t.Fatalf("got %d revisions of %s, %v", len(list), n.Path, err)
	}
	var b strings.Builder
	for _, block := range content.CompareForReaders(list[1], list[0]).Blocks {
		if block.Kind == content.OpSame {
			continue
		}
		b.WriteString(block.Heading + ": ")
		for _, c := range block.Changes {
			b.WriteString(map[content.Op]string{content.OpSame: "=", content.OpAdded: "+", content.OpRemoved: "-"}[c.Op] + "[" + c.Text + "]")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestReadersAreToldWhatWasChangedInEveryKind(t *testing.T) {
	lib, db := seeded(t)
	atNoon(t, db, "2026-03-05")
	for _, c := range changedKinds {
		republish(t, lib, c.file, c.was, c.is)
	}
	want := map[string]string{
		content.KindGuide:     "Tên bài: =[Kiểm phiếu ]-[tại]+[ở]=[ phòng bỏ phiếu]\n",
		content.KindSituation: "+[Giữ bình tĩnh.]\n",
		content.KindTerm:      "Nghĩa: -[Tổ chức]+[Cơ quan]=[ phụ trách",
		content.KindPlan:      "Các điểm trong hình: =[Bàn Tổ trưởng, Thư ký: Nhìn thấy ]+[hai ]=[hòm phiếu và các cửa. Trong phòng: cách trái",
		content.KindLaw:       "Điều 160. Xâm phạm quyền bầu cử, ứng cử: =[Khoản 1. ]-[Phạt]+[Bị phạt]=[ cảnh cáo",
		content.KindSession:   "Tên buổi tập huấn: +[Lần hai, ]=[",
	}
	for _, n := range newest(t, lib, len(changedKinds)) {
		if got := wordsChanged(t, lib, n); !strings.Contains(got, want[n.Kind]) || strings.Count(got, "\n") != 1 {
			t.Errorf("%s: got\n%swant %q", n.Kind, got, want[n.Kind])
		}
	}
}

// Where a choice leads is what a situation says, though no word of it changes.
func TestReadersAreToldWhereAChoiceLeads(t *testing.T) {
	lib, db := seeded(t)
	atNoon(t, db, "2026-03-05")
	before, err := lib.Situation(t.Context(), "quen-the-cu-tri")
	if err != nil || len(before.Nodes) < 3 || len(before.Nodes[0].Choices) < 2 {
		t.Fatalf("got %+v, %v", before.Nodes, err)
	}
	first, second := before.Nodes[0].Choices[0], before.Nodes[0].Choices[1]
	swap := strings.NewReplacer("("+"#"+first.Anchor+")", "(#"+second.Anchor+")", "(#"+second.Anchor+")", "(#"+first.Anchor+")")
	const file = "situations/quen-the-cu-tri.md"
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	mustImportFolder(t, lib, fstest.MapFS{file: {Data: []byte(swap.Replace(string(source)))}}, true)
	after, err := lib.Situation(t.Context(), "quen-the-cu-tri")
	if err != nil {
		t.Fatal(err)
	}
	got := wordsChanged(t, lib, newest(t, lib, 1)[0])
	if !strings.Contains(got, first.Label+" → ") || !strings.Contains(got, second.Label+" → ") {
		t.Errorf("got %s", got)
	}
	changed := 0
	for i, s := range after.Sections() {
		if s.Text != before.Sections()[i].Text {
			changed++
		}
	}
	if changed != 1 {
		t.Errorf("%d nodes read otherwise, want the question alone", changed)
	}
}
