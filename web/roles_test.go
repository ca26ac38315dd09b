package web_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"sotay/content"
)

// publishGuide publishes the embedded guide of that file, changed.
func publishGuide(t testing.TB, s *site, file string, change func(string) string) {
	t.Helper()
	publishFile(t, s, "guides/"+file, change)
}

// publishFile publishes an embedded text of any kind, changed.
func publishFile(t testing.TB, s *site, file string, change func(string) string) {
	t.Helper()
	source, err := os.ReadFile(filepath.Join("../content", file))
	if err != nil {
		t.Fatal(err)
	}
	folder, err := content.ReadFolder(fstest.MapFS{file: &fstest.MapFile{Data: []byte(change(string(source)))}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.lib.ImportFolder(t.Context(), folder, true, "operator"); err != nil {
		t.Fatal(err)
	}
}

const changedGuide = "/huong-dan/kiem-phieu-bien-ban/kiem-phieu"

func TestPartsOfOtherRolesAreFolded(t *testing.T) {
	s := newSite(t)
	publishGuide(t, s, "kiem-phieu.md", func(source string) string {
		return source + "\n\n## Theo vai trò\n\n::: vai-tro thu-ky\nThư ký ghi số.\n:::\n\n::: vai-tro to-bau-cu, ubnd-xa\nTổ niêm phong.\n:::\n"
	})
	v := s.visitor(t)
	all := v.get(changedGuide)
	if all.count(".for-role > details[open]") != 2 || all.count("form[data-role-form] option") != 9 {
		t.Errorf("without a choice %d parts are open", all.count(".for-role > details[open]"))
	}
	if got := all.said(".for-role summary"); got != "Dành cho: Thư kýDành cho: Tổ bầu cử, Ủy ban nhân dân cấp xã" {
		t.Errorf("the labels say %q", got)
	}
	checkPage(t, changedGuide, all)
	back := all.page.Find("form[data-role-form] input[name=ve]").AttrOr("value", "")
	a := v.post("/hien-thi", url.Values{"vai": {"thu-ky"}, "ve": {back}})
	wantStatus(t, "choice", a, 303)
	if to := a.Header.Get("Location"); to != changedGuide+"#vai-tro" || all.count("form#vai-tro") != 1 {
		t.Errorf("without script the reader comes back to %q, want the question of the role", to)
	}
	mine := v.get(changedGuide)
	if mine.count(`.for-role[data-roles~=thu-ky] > details[open]`) != 1 || mine.count(".for-role > details") != 2 || mine.count(".for-role > details[open]") != 1 {
		t.Error("the choice does not fold the other role's part, or loses it")
	}
	if mine.count("#f-vai option[value=thu-ky][selected]") != 1 {
		t.Error("the page does not say whose it is")
	}
	if !strings.Contains(mine.said(".for-role"), "Tổ niêm phong.") {
		t.Error("the text of the other role is gone")
	}
	v.post("/hien-thi", url.Values{"vai": {"giao-vien-tap-huan"}, "ve": {changedGuide}})
	if n := v.get(changedGuide).count(".for-role > details[open]"); n != 2 {
		t.Errorf("for a trainer, who teaches all roles, %d parts are open", n)
	}
	wantStatus(t, "nonsense", v.post("/hien-thi", url.Values{"vai": {"vua"}, "ve": {"/"}}), 422)
	v.post("/hien-thi", url.Values{"vai": {"tat-ca"}, "ve": {changedGuide}})
	if n := v.get(changedGuide).count(".for-role > details[open]"); n != 2 {
		t.Errorf("for all roles %d parts are open", n)
	}
}

func TestASituationFoldsPartsOfOtherRolesInItsSteps(t *testing.T) {
	s := newSite(t)
	const path = "/tinh-huong/mat-dien"
	publishFile(t, s, "situations/mat-dien.md", func(source string) string {
		return strings.Replace(source, "### Làm gì\n\n", "### Làm gì\n\n::: vai-tro thu-ky\nThư ký ghi giờ.\n:::\n\n::: vai-tro ubnd-xa\nXã cử người.\n:::\n\n", 1)
	})
	v := s.visitor(t)
	all := v.get(path)
	if all.count(".node .for-role > details[open]") != 2 || all.count("form[data-role-form]") != 1 {
		t.Errorf("without a choice %d parts are open", all.count(".node .for-role > details[open]"))
	}
	checkPage(t, path, all)
	v.post("/hien-thi", url.Values{"vai": {"thu-ky"}, "ve": {path}})
	mine := v.get(path)
	if mine.count(".node .for-role[data-roles~=thu-ky] > details[open]") != 1 || mine.count(".for-role > details[open]") != 1 || !strings.Contains(mine.said(".for-role"), "Xã cử người.") {
		t.Error("the choice does not fold the other role's part, or loses it")
	}
	if !strings.Contains(mine.Header.Get("Vary"), "Cookie") {
		t.Error("the page does not say whose it is")
	}
	if v.get("/tinh-huong/quen-the-cu-tri").count("form[data-role-form]") != 0 {
		t.Error("a situation without such parts asks for the role")
	}
}
