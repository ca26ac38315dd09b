package content_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/store/storetest"
)

// exported is a library's export, by the names of its files.
func exported(t *testing.T, lib *content.Library) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := lib.Export(t.Context(), func(name string, text []byte) error {
		if files[name] != nil {
			t.Errorf("%s is written twice", name)
		}
		files[name] = &fstest.MapFile{Data: bytes.Clone(text)}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// imported is a fresh library filled from a folder.
func imported(t *testing.T, files fs.FS) *content.Library {
	t.Helper()
	lib := content.New(storetest.Open(t))
	mustImportFolder(t, lib, files, true)
	return lib
}

func mustImportFolder(t *testing.T, lib *content.Library, files fs.FS, publish bool) content.ImportReport {
	t.Helper()
	folder, err := content.ReadFolder(files)
	if err != nil {
		t.Fatal(err)
	}
	report, err := lib.ImportFolder(t.Context(), folder, publish, "operator")
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func sameFiles(t *testing.T, got, want fstest.MapFS) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(want)) {
		switch {
		case got[name] == nil:
			t.Errorf("%s is missing", name)
		case !bytes.Equal(got[name].Data, want[name].Data):
			t.Errorf("%s: got\n%s\nwant\n%s", name, got[name].Data, want[name].Data)
		}
	}
	for name := range got {
		if want[name] == nil {
			t.Errorf("%s is too many", name)
		}
	}
}

// corpus is a file of so many answers, with what imports may have: no topic,
// marks of YAML, refs, sessions, wordings, text that is no Markdown of ours.
func corpus(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"id":"kb-%d","title":"Câu %d: \"khi nào\" # nộp?","body":"Trả lời %d.\n\n- một\n- hai: [x] *y*","short":"%s","topic":"%s","date":"2026-02-%02d","session":"%s","asked":["hoi khac %d"]}`+"\n",
			i, i, i, []string{"", "Ngắn: có."}[i%2], []string{"", "kiem-phieu-bien-ban"}[i%2], i%28+1, []string{"", "Giải đáp trực tuyến"}[i/2%2], i)
	}
	return b.String()
}

func TestExportImportExportGivesTheSameBytes(t *testing.T) {
	lib, _ := seeded(t)
	mustImport(t, lib, corpus(500), true)
	first := exported(t, lib)
	if n := len(first); n < 500+80+12+1+21 {
		t.Fatalf("got %d files", n)
	}
	second := imported(t, first)
	sameFiles(t, exported(t, second), first)
	if report := mustImportFolder(t, second, first, true); report.Same != report.Read {
		t.Errorf("the same folder again: got %+v", report)
	}
	if report := mustImportFolder(t, lib, first, true); report.Same != report.Read {
		t.Errorf("into where it came from: got %+v", report)
	}
	if report := mustImportFolder(t, lib, first, false); report.Same != report.Read {
		t.Errorf("as drafts into where it came from: got %+v", report)
	}
}

func TestAnExportedAnswerSaysItsCodeAndStaysWhatItWas(t *testing.T) {
	lib := content.New(storetest.Open(t))
	mustImport(t, lib, twoAnswers, true)
	files := exported(t, lib)
	for _, name := range []string{"answers/hd-0001.md", "answers/hd-0002.md", "sessions/giai-dap-truc-tuyen.md"} {
		if files[name] == nil {
			t.Fatalf("no %s among %v", name, slices.Sorted(maps.Keys(files)))
		}
	}
	if text := string(files["answers/hd-0002.md"].Data); !strings.HasPrefix(text, "---\ncode: HĐ-0002\nref: x2\n") {
		t.Errorf("got %s", text)
	}
	a, err := imported(t, files).Answer(t.Context(), "hd-1")
	if err != nil || a.Ref != "x1" || a.Session.Title != "Giải đáp trực tuyến" {
		t.Errorf("got %+v, %v", a, err)
	}
}

const goodGuide = `---
title: Bài mới
topic: kiem-phieu-bien-ban
phase: on
roles: [to-bau-cu]
summary: Tóm tắt.
trust: N
position: 5
basis: [luat-85-2015 dieu-69]
---
Nội dung.
`

func folderOf(pairs ...string) fstest.MapFS {
	files := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		files[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return files
}

func TestAuthorsHandInGuidesAlone(t *testing.T) {
	for _, files := range []fstest.MapFS{folderOf("bai-moi.md", goodGuide), folderOf("guides/bai-moi.md", goodGuide),
		folderOf("bai-moi.md", "\ufeff\r\n"+strings.ReplaceAll(goodGuide, "\n", "\r\n"), "README.md", "# Xin chào", "anh.png", "x")} {
		lib, _ := seeded(t)
		if report := mustImportFolder(t, lib, files, false); report.New != 1 {
			t.Errorf("got %+v, want one new", report)
		}
		if _, err := lib.Guide(t.Context(), "bai-moi"); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("a draft is shown: %v", err)
		}
		if report := mustImportFolder(t, lib, files, false); report.Same != 1 {
			t.Errorf("the same draft again: got %+v", report)
		}
		mustImportFolder(t, lib, files, true)
		if g, err := lib.Guide(t.Context(), "bai-moi"); err != nil || g.Title != "Bài mới" {
			t.Errorf("published: got %+v, %v", g, err)
		}
		if got := string(exported(t, lib)["guides/bai-moi.md"].Data); got != goodGuide {
			t.Errorf("got %q", got)
		}
	}
}

func TestAFolderWithFaultsIsRefusedWholeAndEachFaultHasItsLine(t *testing.T) {
	tests := []struct {
		name  string
		files fstest.MapFS
		want  string
	}{
		{"topic", folderOf("a.md", strings.Replace(goodGuide, "kiem-phieu-bien-ban", "bong-da", 1)), `a.md:3: topic: Không có chủ đề "bong-da"`},
		{"below empty lines", folderOf("a.md", "\r\n\r\n"+strings.Replace(goodGuide, "phase: on", "phase: mai", 1)), "a.md:6: phase: "},
		{"missing name", folderOf("a.md", strings.Replace(goodGuide, "title: Bài mới\n", "", 1)), "a.md:1: title: "},
		{"unknown name", folderOf("guides/a.md", strings.Replace(goodGuide, "trust: N", "tin: N", 1)), "guides/a.md:7: "},
		{"Markdown", folderOf("a.md", goodGuide+strings.Repeat("> ", 60)+"x"), "a.md:12: "},
		{"no front matter", folderOf("a.md", "Chỉ có chữ."), "a.md:1: "},
		{"not UTF-8", folderOf("a.md", goodGuide+"\xff"), "a.md:1: "},
		{"name with letters of Vietnamese", folderOf("Trang trí.md", goodGuide), "trang-tri.md"},
		{"name that climbs", folderOf("guides/..b.md", goodGuide), `"guides/..b.md": tên tệp`},
		{"session's name", folderOf("sessions/x.md", "---\nslug: y\ntitle: T\nheld_on: 2026-03-02\n---\n"), "sessions/x.md:2: slug: "},
		{"answer without a code", folderOf("answers/x.md", "---\nquestion: Q?\nshort: A\ntopic: kiem-phieu-bien-ban\ntrust: N\nbasis: [luat-85-2015 dieu-69]\n---\nA.\n"), "answers/x.md:1: code: "},
		{"answer of an editor lacks its basis", folderOf("answers/hd-0900.md", "---\ncode: HĐ-0900\nquestion: Q?\nshort: A\ntopic: kiem-phieu-bien-ban\ntrust: N\n---\nA.\n"), "answers/hd-0900.md:1: basis: "},
		{"answer's name", folderOf("answers/hd-0901.md", "---\ncode: HĐ-0900\nref: a\nquestion: Q?\n---\nA.\n"), "answers/hd-0901.md:2: code: "},
		{"law's name", folderOf("law/x.md", "---\nkey: y\nslug: y\nnumber: n\ntitle: T\nshort: T\nkind: Luật\ntrust: V\n---\n"), "law/x.md:2: key: "},
		{"twice", folderOf("a.md", goodGuide, "guides/a.md", goodGuide), "đã có ở guides/a.md"},
		{"too large", folderOf("a.md", goodGuide+strings.Repeat("a", 200<<10)), "KiB"},
		{"a link", fstest.MapFS{"a.md": &fstest.MapFile{Mode: fs.ModeSymlink, Data: []byte("/etc/passwd")}}, `"a.md": không phải tệp thường`},
		{"a folder that is a link", fstest.MapFS{"guides": &fstest.MapFile{Mode: fs.ModeSymlink, Data: []byte("/etc")}}, "guides: không phải thư mục"},
		{"nothing", folderOf("x.txt", "x"), "không có tệp .md nào"},
		{"cut off", folderOf("guides/a.md", goodGuide, content.UnfinishedName, ""), "bị ngắt giữa chừng"},
		{"lost a file", folderOf("guides/a.md", goodGuide, content.ManifestName, `{"format":1}`+"\n"+`{"path":"guides/b.md","sha256":"00"}`+"\n"), `manifest.jsonl:2: thiếu tệp "guides/b.md"`},
		{"another format", folderOf("guides/a.md", goodGuide, content.ManifestName, `{"format":9}`+"\n"), "manifest.jsonl:1: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := content.ReadFolder(tt.files)
			var faults *content.ImportError
			if !errors.As(err, &faults) || len(faults.Faults) != 1 || !strings.Contains(faults.Faults[0], tt.want) {
				t.Errorf("got %v, want one fault with %q", err, tt.want)
			}
		})
	}
}

func TestAllFaultsOfAFolderAreToldUpToALimit(t *testing.T) {
	bad := strings.Replace(strings.Replace(goodGuide, "phase: on", "phase: mai", 1), "trust: N", "trust: X", 1)
	_, err := content.ReadFolder(folderOf("a.md", bad, "b.md", goodGuide, "c.md", bad))
	var faults *content.ImportError
	if !errors.As(err, &faults) || len(faults.Faults) != 4 || !strings.HasPrefix(faults.Faults[0], "a.md:4: phase") || !strings.HasPrefix(faults.Faults[3], "c.md:7: trust") {
		t.Errorf("got %v", err)
	}
	many := fstest.MapFS{}
	for i := range 60 {
		many[fmt.Sprintf("bai-%d.md", i)] = &fstest.MapFile{Data: []byte("x")}
	}
	if _, err = content.ReadFolder(many); !errors.As(err, &faults) || len(faults.Faults) != 51 {
		t.Errorf("got %d faults", len(faults.Faults))
	}
}

// renamed gives a published guide another address, by the hands of two people.
func renamed(t *testing.T, lib *content.Library, from, to content.Slug) {
	t.Helper()
	g, err := lib.Guide(t.Context(), from)
	if err != nil {
		t.Fatal(err)
	}
	r, err := lib.StartDraft(t.Context(), content.KindGuide, g.ID, "an")
	if err != nil {
		t.Fatal(err)
	}
	text := r.Text()
	text.Slug = to
	if r, err = lib.SaveDraft(t.Context(), content.Save{Kind: r.Kind, ID: r.ID, Version: r.Version, Text: text, By: "an"}); err != nil {
		t.Fatal(err)
	}
	approved(t, lib, r)
}

// approved sends a draft for review and publishes it.
func approved(t *testing.T, lib *content.Library, r content.Revision) {
	t.Helper()
	if r.State == content.StateDraft {
		if err := lib.Submit(t.Context(), r.Kind, r.ID, r.Version, "", "an"); err != nil {
			t.Fatal(err)
		}
	}
	r, err := lib.OpenRevision(t.Context(), r.Kind, r.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := lib.Approve(t.Context(), r.Kind, r.ID, r.Version, content.Approval{When: content.WhenNow}, "binh"); err != nil {
		t.Fatal(err)
	}
}

func TestOldAddressesLeaveAndComeBack(t *testing.T) {
	lib, _ := seeded(t)
	renamed(t, lib, "kiem-phieu", "kiem-phieu-bau")
	renamed(t, lib, "kiem-phieu-bau", "kiem-phieu-moi")
	first := exported(t, lib)
	if text := string(first["moved.jsonl"].Data); text != `{"kind":"guide","from":"kiem-phieu","to":"kiem-phieu-moi"}`+"\n"+`{"kind":"guide","from":"kiem-phieu-bau","to":"kiem-phieu-moi"}`+"\n" {
		t.Errorf("got %s", text)
	}
	second := imported(t, first)
	sameFiles(t, exported(t, second), first)
	for _, old := range []content.Slug{"kiem-phieu", "kiem-phieu-bau"} {
		if path, err := second.Moved(t.Context(), content.KindGuide, old); err != nil || path != "/huong-dan/kiem-phieu-bien-ban/kiem-phieu-moi" {
			t.Errorf("%s: got %s, %v", old, path, err)
		}
	}
	mustImportFolder(t, second, first, true)
	sameFiles(t, exported(t, second), first)
}

// drafted starts a draft of a thing, a new one without an id, and saves it with
// more text.
func drafted(t *testing.T, lib *content.Library, kind, id, by, more string) content.Revision {
	t.Helper()
	r, err := lib.StartDraft(t.Context(), kind, id, by)
	if err != nil {
		t.Fatal(err)
	}
	text := r.Text()
	text.Markdown += more
	r, err = lib.SaveDraft(t.Context(), content.Save{Kind: kind, ID: r.ID, Version: r.Version, Text: text, By: by})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestDraftsLeaveWithoutTheirAuthorsAndComeBack(t *testing.T) {
	lib, _ := seeded(t)
	g, err := lib.Guide(t.Context(), "kiem-phieu")
	if err != nil {
		t.Fatal(err)
	}
	a, err := lib.Answer(t.Context(), "hd-3")
	if err != nil {
		t.Fatal(err)
	}
	drafted(t, lib, content.KindGuide, g.ID, "P7-an", "\n\nThêm.")
	waits := drafted(t, lib, content.KindAnswer, a.ID, "P7-an", "\n\nThêm.")
	if err := lib.Submit(t.Context(), waits.Kind, waits.ID, waits.Version, "", "P7-an"); err != nil {
		t.Fatal(err)
	}
	for _, kind := range content.EditedKinds() {
		drafted(t, lib, kind, "", "P7-binh", "\n\nDở <b> dang [x](javascript:1).")
	}
	mustImport(t, lib, twoAnswers, false)
	first := exported(t, lib)
	lines := string(first["drafts.jsonl"].Data)
	if strings.Count(lines, "\n") != 12 || strings.Contains(lines, "P7-") || !strings.Contains(lines, `{"kind":"answer","of":"hd-0003","slug":"`) {
		t.Fatalf("got %s", lines)
	}
	second := imported(t, first)
	sameFiles(t, exported(t, second), first)
	if drafts, err := second.Drafts(t.Context(), ""); err != nil || len(drafts) != 12 {
		t.Errorf("got %d drafts, %v", len(drafts), err)
	}
	for _, lib := range []*content.Library{lib, second} {
		if report := mustImportFolder(t, lib, first, true); report.Same != report.Read || len(report.Warnings) > 0 {
			t.Errorf("again: got %+v", report)
		}
		sameFiles(t, exported(t, lib), first)
	}
	if report := mustImportFolder(t, second, first, false); report.Same != report.Read || len(report.Warnings) != 1 {
		t.Errorf("not published: got %+v", report)
	}
}

func TestADraftOfAFolderLeavesTheOneThatIsOpen(t *testing.T) {
	lib, _ := seeded(t)
	g, err := lib.Guide(t.Context(), "kiem-phieu")
	if err != nil {
		t.Fatal(err)
	}
	r := drafted(t, lib, content.KindGuide, g.ID, "an", "\n\nCủa An.")
	report := mustImportFolder(t, lib, folderOf("drafts.jsonl", `{"kind":"guide","of":"kiem-phieu","slug":"kiem-phieu","source":"khác"}`), true)
	if len(report.Warnings) != 1 || !strings.HasPrefix(report.Warnings[0], "drafts.jsonl:1: ") {
		t.Errorf("got %+v", report)
	}
	if open, err := lib.OpenRevision(t.Context(), r.Kind, r.ID); err != nil || open.Version != r.Version || open.Source != r.Source {
		t.Errorf("got %+v, %v", open, err)
	}
	for line, want := range map[string]string{
		`{"kind":"guide","of":"khong-co","source":"x"}`:     "drafts.jsonl:1: không có bài",
		`{"kind":"quiz","source":"x"}`:                      "drafts.jsonl:1: kind",
		`{"kind":"guide","of":"../x","source":"x"}`:         "drafts.jsonl:1: of và slug",
		`{"kind":"guide","slug":"A B","source":"x"}`:        "drafts.jsonl:1: of và slug",
		`{"kind":"guide","source":"\u0000"}`:                "drafts.jsonl:1: source",
		`{"kind":"guide","source":"x","authors":["P7-an"]}`: "drafts.jsonl:1: không phải",
	} {
		refusedFolder(t, lib, folderOf("drafts.jsonl", line), true, want)
	}
}

func refusedFolder(t *testing.T, lib *content.Library, files fs.FS, publish bool, want string) {
	t.Helper()
	folder, err := content.ReadFolder(files)
	if err == nil {
		_, err = lib.ImportFolder(t.Context(), folder, publish, "operator")
	}
	var faults *content.ImportError
	if !errors.As(err, &faults) || len(faults.Faults) != 1 || !strings.Contains(faults.Faults[0], want) {
		t.Errorf("got %v, want one fault with %q", err, want)
	}
}

func TestAddressesThatLeadAstrayAreRefused(t *testing.T) {
	lib, _ := seeded(t)
	renamed(t, lib, "kiem-phieu", "kiem-phieu-moi")
	moved := func(line string) fs.FS { return folderOf("bai-moi.md", goodGuide, "moved.jsonl", "\n"+line+"\n") }
	tests := []struct{ line, want string }{
		{`{"kind":"guide","from":"xua","to":"khong-co"}`, "moved.jsonl:2: không có bài ở địa chỉ khong-co"},
		{`{"kind":"guide","from":"trang-tri-phong-bo-phieu","to":"bai-moi"}`, "moved.jsonl:2: địa chỉ trang-tri-phong-bo-phieu đang"},
		{`{"kind":"guide","from":"kiem-phieu","to":"bai-moi"}`, "moved.jsonl:2: địa chỉ kiem-phieu đang hoặc đã dùng"},
		{`{"kind":"guide","from":"bai-moi","to":"kiem-phieu-moi"}`, "moved.jsonl:2: địa chỉ bai-moi đang"},
		{`{"kind":"answer","from":"a","to":"b"}`, "moved.jsonl:2: kind"},
		{`{"kind":"guide","from":"../a","to":"bai-moi"}`, "moved.jsonl:2: from và to"},
		{`{"kind":"guide","from":"a","to":"bai-moi","by":"x"}`, "moved.jsonl:2: không phải"},
		{`{"kind":"guide","from":"a","to":"bai-moi"}` + "\n" + `{"kind":"guide","from":"a","to":"bai-moi"}`, "moved.jsonl:3: địa chỉ này đã có ở dòng 2"},
	}
	for _, tt := range tests {
		refusedFolder(t, lib, moved(tt.line), true, tt.want)
	}
	refusedFolder(t, lib, folderOf("kiem-phieu.md", goodGuide), true, "kiem-phieu.md: bài này nay ở địa chỉ kiem-phieu-moi")
}

func TestAFolderOfDraftsDoesNotWriteOverWhatWaitsForReview(t *testing.T) {
	lib, _ := seeded(t)
	mustImportFolder(t, lib, folderOf("bai-moi.md", goodGuide), false)
	drafts, err := lib.Drafts(t.Context(), "")
	if err != nil || len(drafts) != 1 {
		t.Fatalf("got %d drafts, %v", len(drafts), err)
	}
	if err := lib.Submit(t.Context(), drafts[0].Kind, drafts[0].ID, drafts[0].Version, "", "an"); err != nil {
		t.Fatal(err)
	}
	if report := mustImportFolder(t, lib, folderOf("bai-moi.md", goodGuide), false); report.Same != 1 {
		t.Errorf("the text that waits: got %+v", report)
	}
	refusedFolder(t, lib, folderOf("bai-moi.md", goodGuide+"\nThêm.\n"), false, "bai-moi.md: bài này đang chờ duyệt")
}

func TestAFolderNeverTakesAnotherAnswersPlace(t *testing.T) {
	lib := content.New(storetest.Open(t))
	mustImport(t, lib, twoAnswers, true)
	for _, text := range []string{"---\ncode: HĐ-0001\nref: khac\nquestion: Q?\n---\nA.\n", "---\ncode: HĐ-0001\nref: x2\nquestion: Q?\n---\nA.\n"} {
		folder, err := content.ReadFolder(folderOf("answers/hd-0001.md", text, "guides/bai-moi.md", goodGuide))
		if err != nil {
			t.Fatal(err)
		}
		_, err = lib.ImportFolder(t.Context(), folder, true, "operator")
		var faults *content.ImportError
		if !errors.As(err, &faults) || len(faults.Faults) != 1 || !strings.HasPrefix(faults.Faults[0], "answers/hd-0001.md:") {
			t.Errorf("got %v", err)
		}
		if _, err := lib.Guide(t.Context(), "bai-moi"); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("half of a refused folder was stored: %v", err)
		}
	}
}

func TestFilesEditedAfterAnExportAreTaken(t *testing.T) {
	files := folderOf("guides/a.md", goodGuide, content.ManifestName, `{"format":1}`+"\n"+`{"path":"guides/a.md","sha256":"00"}`+"\n")
	folder, err := content.ReadFolder(files)
	if err != nil || len(folder.Warnings) != 1 || !strings.Contains(folder.Warnings[0], "1 tệp đã sửa") {
		t.Errorf("got %+v, %v", folder, err)
	}
}

func FuzzReadFolder(f *testing.F) {
	f.Add("guides/a.md", goodGuide, "")
	f.Add("answers/hd-0001.md", "---\ncode: HĐ-0001\nref: a\nquestion: Q?\n---\nA.\n", `{"format":1}`)
	f.Add("law/x.md", "---\nkey: x\n", `{"path":"law/x.md"}`)
	f.Add("moved.jsonl", `{"kind":"guide","from":"a","to":"b"}`, "")
	f.Add("drafts.jsonl", `{"kind":"guide","of":"a","slug":"b","source":"c"}`, "")
	f.Add("amendments.jsonl", `{"of":"luat-85-2015 dieu-69","by":"luat-83-2025","effect":"amended","since":"2026-12-01","note":"a"}`, "")
	f.Add("affirmed.jsonl", `{"of":"luat-85-2015 dieu-69","by":"luat-83-2025","since":"2026-12-01","kind":"guide","text":"a"}`, "")
	f.Add("topics.jsonl", `{"slug":"kiem-phieu-bien-ban","name":"a","summary":"b"}`, "")
	f.Add("contacts.jsonl", `{"unit":"07900","key":"ubnd-xa","phone":"113","note":"a"}`, "")
	f.Fuzz(func(t *testing.T, name, text, manifest string) {
		files := folderOf(name, text)
		if manifest != "" {
			files[content.ManifestName] = &fstest.MapFile{Data: []byte(manifest)}
		}
		if !fs.ValidPath(name) || name == "." { // the folder itself
			return
		}
		_, err := content.ReadFolder(files)
		var faults *content.ImportError
		if err != nil && !errors.As(err, &faults) {
			t.Errorf("neither read nor refused: %v", err)
		}
	})
}

func TestDraftsAndOldAddressesOfALawComeBackIntoAnEmptyArchive(t *testing.T) {
	lib, _ := seeded(t)
	r := startDraft(t, lib, content.KindLaw, "luat-85-2015", "lan")
	text := r.Text()
	text.Markdown = strings.Replace(text.Markdown, "slug: 85-2015-qh13", "slug: luat-bau-cu-2015", 1)
	publishByTwo(t, lib, save(t, lib, r, text, "lan"))
	drafted(t, lib, content.KindLaw, "luat-85-2015", "lan", "\n\nThêm.")
	first := exported(t, lib)
	for name, want := range map[string]string{"moved.jsonl": `"to":"luat-bau-cu-2015"`, "drafts.jsonl": `"of":"luat-bau-cu-2015"`} {
		if first[name] == nil || !strings.Contains(string(first[name].Data), want) {
			t.Fatalf("%s lacks %s", name, want)
		}
	}
	sameFiles(t, exported(t, imported(t, first)), first)
}

// amended records an amendment and affirms the first text that it flags of each
// of these kinds.
func amended(t *testing.T, lib *content.Library, form content.AmendmentForm, kinds ...string) content.Amendment {
	t.Helper()
	id, err := lib.RecordAmendment(t.Context(), form, "P7-an")
	if err != nil {
		t.Fatal(err)
	}
	find := func() content.Amendment {
		list, err := lib.Amendments(t.Context())
		at := slices.IndexFunc(list, func(a content.Amendment) bool { return a.ID == id })
		if err != nil || at < 0 {
			t.Fatalf("got %+v, %v", list, err)
		}
		return list[at]
	}
	for _, kind := range kinds {
		open := find().Open
		at := slices.IndexFunc(open, func(c content.Citing) bool { return c.Kind == kind })
		if at < 0 {
			t.Fatalf("no %s among %+v", kind, open)
		}
		if err := lib.Affirm(t.Context(), id, content.Thing{Kind: kind, ID: open[at].ID}, "Vẫn đúng với “"+kind+"” <&>.", "P7-binh"); err != nil {
			t.Fatal(err)
		}
	}
	return find()
}

var clauseChanged = content.AmendmentForm{Of: "luat-85-2015 dieu-69 khoan-4", By: "luat-83-2025", Effect: "replaced", Successor: "luat-85-2015 dieu-71", Since: "2026-12-01", Note: "Nay ghi\nkhác."}

func TestWhatBecameOfProvisionsLeavesWithoutNamesAndComesBack(t *testing.T) {
	lib, _ := seeded(t)
	was := amended(t, lib, clauseChanged, content.KindGuide, content.KindAnswer)
	amended(t, lib, content.AmendmentForm{Of: "luat-85-2015 dieu-71", By: "luat-83-2025 dieu-1", Effect: "repealed", Since: "2026-06-01"})
	first := exported(t, lib)
	for name, lines := range map[string]int{"amendments.jsonl": 2, "affirmed.jsonl": 2} {
		text := string(first[name].Data)
		if strings.Count(text, "\n") != lines || strings.Contains(text, "P7-") {
			t.Errorf("%s: got %s", name, text)
		}
	}
	second := imported(t, first)
	sameFiles(t, exported(t, second), first)
	list, err := second.Amendments(t.Context())
	if err != nil || len(list) != 2 {
		t.Fatalf("got %d amendments, %v", len(list), err)
	}
	a := list[0]
	if a.Person != "operator" || a.Note != was.Note || a.Successor.Label != was.Successor.Label || len(a.Open) != len(was.Open) || len(a.Whole) != len(was.Whole) {
		t.Errorf("got %+v, want %+v", a, was)
	}
	if len(a.Affirmed) != 2 || a.Affirmed[0].Person != content.Elsewhere || a.Affirmed[1].Person != content.Elsewhere {
		t.Errorf("somebody of this site is said to have looked: %+v", a.Affirmed)
	}
	if report := mustImportFolder(t, second, first, true); report.Same != report.Read || len(report.Warnings) > 0 {
		t.Errorf("again: got %+v", report)
	}
	mustImportFolder(t, lib, first, true)
	list, err = lib.Amendments(t.Context())
	if err != nil || len(list) != 2 || list[0].ID != was.ID || list[0].Affirmed[0].Person != "P7-binh" {
		t.Errorf("into where it came from: got %+v, %v", list, err)
	}
	if report := mustImportFolder(t, lib, first, false); len(report.Warnings) != 2 {
		t.Errorf("not published: got %+v", report)
	}
}

func TestWhatIsNotShownIsNotAffirmedInAnExport(t *testing.T) {
	lib, _ := seeded(t)
	a := amended(t, lib, clauseChanged, content.KindGuide)
	if err := lib.TakeDown(t.Context(), content.KindGuide, a.Affirmed[0].ID, "sai", "duyet"); err != nil {
		t.Fatal(err)
	}
	first := exported(t, lib)
	if first["affirmed.jsonl"] != nil {
		t.Errorf("got %s", first["affirmed.jsonl"].Data)
	}
	sameFiles(t, exported(t, imported(t, first)), first)
	if err := lib.TakeDown(t.Context(), content.KindLaw, "luat-83-2025", "sai", "duyet"); err != nil {
		t.Fatal(err)
	}
	if first = exported(t, lib); first["amendments.jsonl"] != nil {
		t.Errorf("an amendment by an act that is hidden: %s", first["amendments.jsonl"].Data)
	}
}

func TestATextThatNoLongerCitesTheProvisionIsNotAffirmed(t *testing.T) {
	lib, _ := seeded(t)
	amended(t, lib, clauseChanged)
	files := folderOf("bai-moi.md", goodGuide, // it cites the article as a whole
		"amendments.jsonl", string(exported(t, lib)["amendments.jsonl"].Data),
		"affirmed.jsonl", `{"of":"luat-85-2015 dieu-69 khoan-4","by":"luat-83-2025","since":"2026-12-01","kind":"guide","text":"bai-moi"}`)
	report := mustImportFolder(t, lib, files, true)
	if len(report.Warnings) != 1 || !strings.HasPrefix(report.Warnings[0], "affirmed.jsonl:1: ") {
		t.Errorf("got %+v", report)
	}
	if list, err := lib.Amendments(t.Context()); err != nil || len(list) != 1 || len(list[0].Affirmed) != 0 {
		t.Errorf("got %+v, %v", list, err)
	}
}

func TestTopicsAndNumbersToCallLeaveAndComeBack(t *testing.T) {
	lib, _ := seeded(t)
	if files := exported(t, lib); files["topics.jsonl"] != nil || files["contacts.jsonl"] != nil {
		t.Error("what nobody changed is exported")
	}
	topics := content.Topics()
	slices.Reverse(topics)
	topics[0].Name, topics[0].Summary = "Kiểm phiếu & biên bản", "Phiếu hợp lệ."
	if err := lib.SaveTopics(t.Context(), topics, "P7-an"); err != nil {
		t.Fatal(err)
	}
	for unit, list := range map[string][]content.Contact{"07900": {{Key: "ubnd-xa", Phone: "0210 3 000 000", Note: "trực 24 giờ"}, {Key: "cong-an-xa", Phone: "113"}}, "01": {{Key: "dien-luc", Note: "chưa có số"}}} {
		if err := lib.SaveContacts(t.Context(), unit, list, "P7-an"); err != nil {
			t.Fatal(err)
		}
	}
	first := exported(t, lib)
	if text := string(first["contacts.jsonl"].Data); text != `{"unit":"01","key":"dien-luc","note":"chưa có số"}`+"\n"+`{"unit":"07900","key":"cong-an-xa","phone":"113"}`+"\n"+
		`{"unit":"07900","key":"ubnd-xa","phone":"0210 3 000 000","note":"trực 24 giờ"}`+"\n" {
		t.Errorf("got %s", text)
	}
	if text := string(first["topics.jsonl"].Data); strings.Count(text, "\n") != len(topics) || !strings.HasPrefix(text, `{"slug":"kiem-phieu-bien-ban","name":"Kiểm phiếu & biên bản","summary":"Phiếu hợp lệ."}`) {
		t.Errorf("got %s", text)
	}
	second := imported(t, first)
	sameFiles(t, exported(t, second), first)
	if got, err := second.Topics(t.Context()); err != nil || !slices.Equal(got, topics) {
		t.Errorf("got %+v, %v", got, err)
	}
	mustImportFolder(t, second, first, true)
	sameFiles(t, exported(t, second), first)
}

func TestListsWithFaultsAreRefusedWholeAndEachFaultHasItsLine(t *testing.T) {
	lib, _ := seeded(t)
	amended(t, lib, clauseChanged)
	before := exported(t, lib)
	recorded := strings.TrimSpace(string(before["amendments.jsonl"].Data))
	topic := func(slug, name string) string {
		return `{"slug":"` + slug + `","name":"` + name + `","summary":"Tóm tắt."}`
	}
	var all []string
	for _, t := range content.Topics() {
		all = append(all, topic(t.Slug, t.Name))
	}
	const other = `{"of":"luat-85-2015 dieu-70","by":"luat-83-2025","effect":"amended","since":"2026-12-01"}`
	tests := []struct{ name, file, text, want string }{
		{"no provision", "amendments.jsonl", "\n" + `{"of":"Điều 1","by":"luat-83-2025","effect":"amended","since":"2026-12-01"}`, "amendments.jsonl:2: of và by"},
		{"no day", "amendments.jsonl", `{"of":"luat-85-2015","by":"luat-83-2025","effect":"amended","since":"1/12/2026"}`, "amendments.jsonl:1: of và by"},
		{"no effect", "amendments.jsonl", `{"of":"luat-85-2015","by":"luat-83-2025","effect":"sửa","since":"2026-12-01"}`, "amendments.jsonl:1: effect"},
		{"unknown to the register", "amendments.jsonl", `{"of":"luat-85-2015 dieu-999","by":"luat-83-2025","effect":"amended","since":"2026-12-01"}`, "amendments.jsonl:1: of: Sổ văn bản không có luat-85-2015 dieu-999"},
		{"unknown successor", "amendments.jsonl", `{"of":"luat-85-2015","by":"luat-83-2025","effect":"amended","successor":"luat-1-1900","since":"2026-12-01"}`, "amendments.jsonl:1: successor: "},
		{"names a person", "amendments.jsonl", `{"of":"luat-85-2015","by":"luat-83-2025","effect":"amended","since":"2026-12-01","person":"P7-an"}`, "amendments.jsonl:1: không phải"},
		{"too long a note", "amendments.jsonl", strings.Replace(other, "}", `,"note":"`+strings.Repeat("dài ", 2000)+`"}`, 1), "amendments.jsonl:1: note: "},
		{"twice", "amendments.jsonl", other + "\n" + strings.Replace(other, "dieu-70", "dieu-070", 1), "amendments.jsonl:2: thay đổi này đã có ở dòng 1"},
		{"recorded otherwise", "amendments.jsonl", strings.Replace(recorded, `"replaced"`, `"repealed"`, 1), "amendments.jsonl:1: ở đây đã ghi thay đổi này theo cách khác"},
		{"affirmed of no amendment", "affirmed.jsonl", `{"of":"luat-85-2015 dieu-70","by":"luat-83-2025","since":"2026-12-01","kind":"guide","text":"bai-moi"}`, "affirmed.jsonl:1: thay đổi này không có trong amendments.jsonl"},
		{"a topic that is none", "topics.jsonl", topic("bong-da", "Bóng đá"), `topics.jsonl:1: slug: không có chủ đề "bong-da"`},
		{"a topic twice", "topics.jsonl", all[0] + "\n" + all[0], "topics.jsonl:2: chủ đề này đã có ở dòng 1"},
		{"a topic is missing", "topics.jsonl", strings.Join(all[1:], "\n"), "topics.jsonl: thiếu chủ đề " + content.Topics()[0].Slug},
		{"a topic without a name", "topics.jsonl", topic(content.Topics()[0].Slug, " ") + "\n" + strings.Join(all[1:], "\n"), "topics.jsonl:1: name: Không được để trống"},
		{"two topics of one name", "topics.jsonl", all[0] + "\n" + topic(content.Topics()[1].Slug, content.Topics()[0].Name) + "\n" + strings.Join(all[2:], "\n"), "topics.jsonl:2: name: Tên"},
		{"no unit", "contacts.jsonl", `{"unit":"xã","key":"ubnd-xa","phone":"113"}`, "contacts.jsonl:1: unit"},
		{"nobody to call", "contacts.jsonl", `{"unit":"07900","key":"an","phone":"113"}`, "contacts.jsonl:1: Không có người để gọi này"},
		{"no number", "contacts.jsonl", `{"unit":"07900","key":"ubnd-xa","phone":"gọi tôi"}`, "contacts.jsonl:1: Ủy ban nhân dân xã: số điện thoại"},
		{"an empty number", "contacts.jsonl", `{"unit":"07900","key":"ubnd-xa"}`, "contacts.jsonl:1: thiếu phone"},
		{"a number twice", "contacts.jsonl", `{"unit":"07900","key":"ubnd-xa","phone":"113"}` + "\n\n" + `{"unit":"07900","key":"ubnd-xa","phone":"114"}`, "contacts.jsonl:3: số này đã có ở dòng 1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			refusedFolder(t, lib, folderOf("bai-moi.md", goodGuide, tt.file, tt.text), true, tt.want)
		})
	}
	for line, want := range map[string]string{
		`"kind":"guide","text":"kiem-phieu"`:                                            `thư mục không có bài "kiem-phieu"`,
		`"kind":"question","text":"hop-le"`:                                             `thư mục không có bài "hop-le"`,
		`"kind":"quiz","text":"a"`:                                                      "kind",
		`"kind":"guide","text":"../a"`:                                                  "text",
		`"kind":"guide","text":"bai-moi","person":"P7-an"`:                              "không phải",
		`"kind":"guide","text":"bai-moi","note":"` + strings.Repeat("dài ", 2000) + `"`: "note",
		`"kind":"guide","text":"bai-moi","at":"2026-03-02","note":"Cũ."`:                "không phải",
	} {
		affirmed := `{"of":"luat-85-2015 dieu-69 khoan-4","by":"luat-83-2025","since":"2026-12-01",` + line + "}"
		refusedFolder(t, lib, folderOf("bai-moi.md", goodGuide, "amendments.jsonl", recorded, "affirmed.jsonl", affirmed), true, "affirmed.jsonl:1: "+want)
	}
	sameFiles(t, exported(t, lib), before)
}

func TestNumbersOfUnknownUnitsAreRefused(t *testing.T) {
	folder, err := content.ReadFolder(folderOf("contacts.jsonl", `{"unit":"07900","key":"ubnd-xa","phone":"113"}`+"\n"+`{"unit":"99","key":"ubnd-xa","phone":"113"}`))
	if err != nil {
		t.Fatal(err)
	}
	var faults *content.ImportError
	if err := folder.CheckUnits(map[string]bool{"07900": true}); !errors.As(err, &faults) || len(faults.Faults) != 1 || !strings.HasPrefix(faults.Faults[0], "contacts.jsonl:2: không có đơn vị mã 99") {
		t.Errorf("got %v", err)
	}
	if err := folder.CheckUnits(map[string]bool{"07900": true, "99": true}); err != nil {
		t.Error(err)
	}
}

func FuzzCheckLists(f *testing.F) {
	const amendment = `{"of":"luat-85-2015 dieu-69","by":"luat-83-2025","effect":"replaced","successor":"luat-85-2015","since":"2026-12-01","note":"a"}`
	f.Add(amendment, `{"of":"luat-85-2015 dieu-69","by":"luat-83-2025","since":"2026-12-01","kind":"guide","text":"bai-moi","note":"b"}`, "", "")
	f.Add(amendment, `{"of":"luat-85-2015 dieu-69","by":"luat-83-2025","since":"2026-12-01","kind":"question","text":"a"}`, "", "")
	var topics strings.Builder
	for _, t := range content.Topics() {
		fmt.Fprintf(&topics, `{"slug":"%s","name":"%s","summary":"a"}`+"\n", t.Slug, t.Name)
	}
	f.Add("", "", topics.String(), `{"unit":"07900","key":"ubnd-xa","phone":"113","note":"a"}`)
	lib := content.New(storetest.Open(f))
	if err := lib.Seed(f.Context(), "seed"); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, amendments, affirmed, topics, contacts string) {
		folder, err := content.ReadFolder(folderOf("bai-moi.md", goodGuide, "amendments.jsonl", amendments, "affirmed.jsonl", affirmed, "topics.jsonl", topics, "contacts.jsonl", contacts))
		if err == nil {
			err = lib.CheckFolder(t.Context(), folder, true)
		}
		var faults *content.ImportError
		if err != nil && !errors.As(err, &faults) {
			t.Errorf("neither read nor refused: %v", err)
		}
	})
}
