package web_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sotay/internal/accounts"
	"sotay/web"
)

const manualPath = "/bien-tap/huong-dan"

// manualText is the manual as it lies among the project's documents.
func manualText(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "docs", "huong-dan-bien-tap.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestTheManualIsAPageOfTheDesk(t *testing.T) {
	s := emptySite(t)
	v, _ := s.trainer(t)
	if got := v.get("/bien-tap").count("main a[href='" + manualPath + "']"); got != 1 {
		t.Errorf("the desk links to the manual %d times, want once", got)
	}
	a := v.get(manualPath)
	wantStatus(t, "manual", a, 200)
	checkPage(t, "manual", a)
	if a.count("main img") > 0 {
		t.Error("the page shows pictures that are no part of the site")
	}
	for _, m := range regexp.MustCompile(`(?m)^##+ (.*)$`).FindAllStringSubmatch(manualText(t), -1) {
		if !strings.Contains(a.said("main"), m[1]) {
			t.Errorf("the page lacks the heading %q", m[1])
		}
	}
	wantStatus(t, "without sign-in", s.visitor(t).get(manualPath), 303)
}

func TestTheManualIsOneTextInTwoPlaces(t *testing.T) {
	source, err := os.ReadFile(filepath.Join("..", "content", "manual", "huong-dan-bien-tap.md"))
	if err != nil {
		t.Fatal(err)
	}
	if string(source) != manualText(t) {
		t.Error("docs/huong-dan-bien-tap.md differs from content/manual/huong-dan-bien-tap.md; copy the latter")
	}
	for _, m := range regexp.MustCompile(`!\[([^\]]*)\]\(([^)]*)\)`).FindAllStringSubmatch(string(source), -1) {
		if _, err := os.Stat(filepath.Join("..", "docs", m[2])); err != nil || m[1] == "" {
			t.Errorf("the picture %s with words %q: %v", m[2], m[1], err)
		}
	}
}

// TestTheManualNamesWhatIsThere holds the names of buttons and the addresses.
func TestTheManualNamesWhatIsThere(t *testing.T) {
	text, shown := manualText(t), shownTexts(t)
	for _, m := range regexp.MustCompile(`\*\*([^*]+)\*\*`).FindAllStringSubmatch(text, -1) {
		if name := m[1]; name != "đậm" && !shown[name] {
			t.Errorf("no page has a button or link %q", name)
		}
	}
	table := emptySite(t).Table()
	for _, m := range regexp.MustCompile("`(/[^`]*)`").FindAllStringSubmatch(text, -1) {
		if !slices.Contains(table, "GET "+m[1]) {
			t.Errorf("no page has the address %s", m[1])
		}
	}
}

// shownTexts are the texts in the templates that stand alone between tags.
func shownTexts(t *testing.T) map[string]bool {
	t.Helper()
	texts := map[string]bool{}
	cut := regexp.MustCompile(`{{[^}]*}}|<[^>]*>`)
	err := fs.WalkDir(web.Embedded(), "templates", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		page, err := fs.ReadFile(web.Embedded(), path)
		for _, piece := range cut.Split(string(page), -1) {
			texts[strings.TrimSpace(piece)] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// TestTheDeskNamesOnlyWhatThePersonMayDo: who does not write is not told to.
func TestTheDeskNamesOnlyWhatThePersonMayDo(t *testing.T) {
	s := newSite(t)
	trainer := s.inside(t, s.person(t, accounts.Trainer, provinceUnit, "Nguyễn Giảng Viên", "0912000001"))
	admin := s.inside(t, s.person(t, accounts.Administrator, provinceUnit, "Lê Thị Quản Trị", "0912000002"))
	for _, words := range []string{"Soạn bài mới", "Sửa bài đã đăng", "Bản nháp của tôi"} {
		if !strings.Contains(trainer.get("/bien-tap").said("main"), words) {
			t.Errorf("the trainer's desk lacks %q", words)
		}
		if strings.Contains(admin.get("/bien-tap").said("main"), words) {
			t.Errorf("the administrator's desk offers %q", words)
		}
	}
}
