package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sotay/content"
)

// filesOf reads a whole folder.
func filesOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, path))
		files[path] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func mustPortal(t *testing.T, args ...string) string {
	t.Helper()
	stdout, stderr, code := portal(t, args...)
	if code != 0 {
		t.Fatalf("portal %s: got %d %s", strings.Join(args, " "), code, stderr)
	}
	return stdout
}

func TestExportImportExportOfASiteGivesTheSameBytes(t *testing.T) {
	data, other, first, second := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "new", "out"), t.TempDir()
	serve(t, "--data", data).stop(t)
	mustPortal(t, "import", "answers", writeFile(t, `{"id":"x1","title":"Có được mang điện thoại không?","body":"Tùy nơi.","session":"Giải đáp trực tuyến","date":"2026-02-25"}`), "--data", data, "--publish")
	mustPortal(t, "export", "--data", data, "--out", first)
	mustPortal(t, "import", "guides", first, "--data", other, "--publish")
	mustPortal(t, "export", "--data", other, "--out", second)
	got, want := filesOf(t, second), filesOf(t, first)
	for name, text := range want {
		if got[name] != text {
			t.Errorf("%s differs or is missing", name)
		}
	}
	if len(got) != len(want) || len(want) < 115 {
		t.Errorf("got %d files, want %d", len(got), len(want))
	}
	for _, name := range []string{"guides/kiem-phieu.md", "answers/hd-0081.md", "sessions/giai-dap-truc-tuyen.md", "law/luat-85-2015.md", wordsFile, content.ManifestName} {
		if want[name] == "" {
			t.Errorf("the export lacks %s", name)
		}
	}
	if said := mustPortal(t, "import", "guides", first, "--data", other, "--publish"); !strings.Contains(said, "0 mới, 0 đổi") {
		t.Errorf("the same again: %s", said)
	}
	r := serve(t, "--data", other)
	for _, path := range []string{"/huong-dan/kiem-phieu-bien-ban/kiem-phieu", "/hoi-dap/hd-0081", "/trac-nghiem"} {
		if code, _ := r.get(t, path); code != 200 {
			t.Errorf("%s of the filled site: got %d", path, code)
		}
	}
	r.stop(t)
}

func TestExportWritesOnlyIntoAnEmptyFolderAndNeedsADatabase(t *testing.T) {
	data, out := t.TempDir(), t.TempDir()
	if _, stderr, code := portal(t, "export", "--data", data, "--out", out); code != 1 || !strings.Contains(stderr, "no database") {
		t.Errorf("without a database: got %d %s", code, stderr)
	}
	mustPortal(t, "import", "answers", writeFile(t, `{"id":"a","title":"Câu?","body":"Đáp."}`), "--data", data, "--publish")
	if err := os.WriteFile(filepath.Join(out, "của-ai.txt"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, stderr, code := portal(t, "export", "--data", data, "--out", out); code != 1 || !strings.Contains(stderr, "is not empty") {
		t.Errorf("into a folder with a file: got %d %s", code, stderr)
	}
	if files := filesOf(t, out); len(files) != 1 {
		t.Errorf("got %v", files)
	}
}

func TestAnExportThatWasCutOffIsNotTaken(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	folder, err := newOutFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := folder.put("guides/a.md", []byte("---\n---\n")); err != nil {
		t.Fatal(err)
	}
	if _, stderr, code := portal(t, "import", "guides", dir, "--data", data); code != 1 || !strings.Contains(stderr, "bị ngắt giữa chừng") {
		t.Errorf("got %d %s", code, stderr)
	}
	for _, name := range []string{"../a.md", "/tmp/a.md", "guides/../../a.md"} {
		if err := folder.put(name, nil); err == nil {
			t.Errorf("%s was written", name)
		}
	}
	if err := folder.finish(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "guides", "a.md")); err != nil {
		t.Fatal(err)
	}
	if _, stderr, code := portal(t, "import", "guides", dir, "--data", data); code != 1 || !strings.Contains(stderr, `thiếu tệp "guides/a.md"`) {
		t.Errorf("a lost file: got %d %s", code, stderr)
	}
}

func TestImportOfAFolderFollowsNoLinksAndStoresNothingOfAFaultyOne(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("sessions/buoi-mot.md", "---\nslug: buoi-mot\ntitle: Buổi một\nheld_on: 2026-03-02\n---\n")
	write("quizzes/a.gift", "::x:: Câu {")
	write(wordsFile, "UBND\n")
	write("guides/b.md", "chữ")
	for _, link := range []string{"guides/kiem-phieu.md", "quizzes/b.gift"} {
		if err := os.Symlink("/etc/passwd", filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	_, stderr, code := portal(t, "import", "guides", dir, "--data", data, "--publish")
	for _, want := range []string{"guides/b.md:1: ", `"guides/kiem-phieu.md": không phải tệp thường`, "quizzes/a.gift:1: ", "quizzes/b.gift: không phải tệp thường", "words.jsonl:1: "} {
		if code != 1 || !strings.Contains(stderr, want) {
			t.Errorf("want %q, got %d %s", want, code, stderr)
		}
	}
	if _, err := os.Stat(filepath.Join(data, databaseFile)); err == nil {
		t.Error("a faulty folder made a database")
	}
}

// What belongs to the texts comes back with them; which units and questions there
// are, other rooms know.
func TestWhatBelongsToTheTextsOfASiteComesBack(t *testing.T) {
	data, other, first, second := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "out")
	serve(t, "--data", data).stop(t)
	mustPortal(t, "export", "--data", data, "--out", first)
	lists := map[string]string{
		"amendments.jsonl": `{"of":"luat-85-2015 dieu-25 khoan-1","by":"luat-83-2025","effect":"amended","since":"2026-12-01","note":"Khác."}` + "\n",
		"affirmed.jsonl":   `{"of":"luat-85-2015 dieu-25 khoan-1","by":"luat-83-2025","since":"2026-12-01","kind":"question","text":"chuan-bi-truoc-ngay-bau-cu-1","note":"Vẫn đúng."}` + "\n",
		"contacts.jsonl":   `{"unit":"07900","key":"cong-an-xa","phone":"113"}` + "\n" + `{"unit":"25","key":"dien-luc","phone":"19006769"}` + "\n",
	}
	for i, topic := range content.Topics() {
		lists["topics.jsonl"] += fmt.Sprintf(`{"slug":"%s","name":"%d %s","summary":"%s"}`+"\n", topic.Slug, i, topic.Name, topic.Summary)
	}
	for name, text := range lists {
		if err := os.WriteFile(filepath.Join(first, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	mustPortal(t, "import", "guides", first, "--data", other, "--publish")
	mustPortal(t, "export", "--data", other, "--out", second)
	got, want := filesOf(t, second), filesOf(t, first)
	delete(got, content.ManifestName)
	delete(want, content.ManifestName)
	for name, text := range want {
		if got[name] != text {
			t.Errorf("%s: got %s", name, got[name])
		}
	}
	if len(got) != len(want) {
		t.Errorf("got %d files, want %d", len(got), len(want))
	}
	if err := os.WriteFile(filepath.Join(first, "contacts.jsonl"), []byte(`{"unit":"99999","key":"cong-an-xa","phone":"114"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, stderr, code := portal(t, "import", "guides", first, "--data", t.TempDir(), "--publish"); code != 1 || !strings.Contains(stderr, "contacts.jsonl:1: không có đơn vị mã 99999") {
		t.Errorf("a unit that is none: got %d %s", code, stderr)
	}
}
