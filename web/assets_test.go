package web_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sotay/web"
)

// Budgets of what every page loads.
const (
	maxSheet       = 60 << 10
	maxSheetPacked = 12 << 10
	maxScript      = 15 << 10
)

func TestAssetsStayWithinTheirBudgets(t *testing.T) {
	v := readSite(t).visitor(t)
	home := v.get("/")
	sheet := v.get(home.page.Find("link[rel=stylesheet]").AttrOr("href", ""))
	script := v.get(home.page.Find("script").AttrOr("src", ""))
	if n, packed := len(sheet.text), packedSize(t, sheet.text); n > maxSheet || packed > maxSheetPacked {
		t.Errorf("the style sheet has %d bytes, %d compressed", n, packed)
	}
	if n := len(script.text); n > maxScript || n == 0 {
		t.Errorf("the scripts have %d bytes", n)
	}
	for name, a := range map[string]answer{"style sheet": sheet, "script": script} {
		wantStatus(t, name, a, 200)
		if got := a.Header.Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
			t.Errorf("%s: got Cache-Control %q", name, got)
		}
	}
	if !strings.HasPrefix(sheet.Header.Get("Content-Type"), "text/css") || !strings.HasPrefix(script.Header.Get("Content-Type"), "text/javascript") {
		t.Errorf("got %q and %q", sheet.Header.Get("Content-Type"), script.Header.Get("Content-Type"))
	}
}

func TestScriptsAreOldEnough(t *testing.T) {
	for _, name := range []string{"static/pref.js", "static/site.js", "static/desk/editor.js"} {
		text, err := fs.ReadFile(web.Embedded(), name)
		if err != nil {
			t.Fatal(err)
		}
		if found := regexp.MustCompile("=>|\\b(let|const|class|async|await|import)\\b\\s|`|innerHTML|eval\\(").Find(text); found != nil {
			t.Errorf("%s holds %q", name, found)
		}
	}
}

func TestStyleSheetIsPlain(t *testing.T) {
	sheets, err := fs.Glob(web.Embedded(), "static/css/*.css")
	if err != nil || len(sheets) < 10 {
		t.Fatalf("got %d sheets, %v", len(sheets), err)
	}
	for _, name := range append(sheets, "static/desk/desk.css") {
		raw, err := fs.ReadFile(web.Embedded(), name)
		if err != nil {
			t.Fatal(err)
		}
		text := regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(string(raw), "")
		if found := regexp.MustCompile(`url\(|@import|color-mix|light-dark|@layer|oklch|&`).FindString(text); found != "" {
			t.Errorf("%s holds %q", name, found)
		}
		if strings.Count(text, "{") != strings.Count(text, "}") {
			t.Errorf("%s has a brace too many", name)
		}
	}
}

func TestPagesAreCompressedAndNotSentTwice(t *testing.T) {
	v := readSite(t).visitor(t)
	plain := v.get("/van-ban")
	for accepted, want := range map[string]string{
		"gzip": "gzip", "gzip, deflate, br": "gzip", "br;q=1.0, gzip;q=0.8": "gzip", "*": "gzip", "": "", "identity": "", "gzip;q=0": "", "br": "",
	} {
		a := v.get("/van-ban", "Accept-Encoding", accepted)
		if got := a.Header.Get("Content-Encoding"); got != want || !strings.Contains(a.Header.Get("Vary"), "Accept-Encoding") {
			t.Errorf("%q: got encoding %q, want %q", accepted, got, want)
		}
	}
	tag := plain.Header.Get("Etag")
	for _, known := range []string{tag, `"x", ` + tag, strings.TrimPrefix(tag, "W/")} {
		a := v.get("/van-ban", "If-None-Match", known)
		wantStatus(t, known, a, 304)
		if a.text != "" || a.Header.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: got %d bytes", known, len(a.text))
		}
	}
	wantStatus(t, "another validator", v.get("/van-ban", "If-None-Match", `"x"`), 200)
	if got := plain.Header.Get("Cache-Control"); got != "no-cache" {
		t.Errorf("got Cache-Control %q", got)
	}
	if again := v.get("/van-ban"); again.text != plain.text {
		t.Error("the page is not the same bytes twice")
	}
}

func TestEveryTemplateIsNamedByAHandler(t *testing.T) {
	names, err := web.PageNames(web.Embedded())
	if err != nil || len(names) < 15 {
		t.Fatalf("got %d pages, %v", len(names), err)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var code strings.Builder
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		code.Write(text)
	}
	for _, name := range names {
		if !strings.Contains(code.String(), `"`+name+`"`) {
			t.Errorf("no handler names the template %s", name)
		}
	}
	for _, m := range regexp.MustCompile(`s\.render\(c, "([^"]+)"`).FindAllStringSubmatch(code.String(), -1) {
		if _, err := fs.Stat(web.Embedded(), "templates/"+m[1]+".html"); err != nil {
			t.Errorf("a handler names the template %s: %v", m[1], err)
		}
	}
}

// TestSharedTemplatesAreUsed finds blocks that nothing calls any more.
func TestSharedTemplatesAreUsed(t *testing.T) {
	var all strings.Builder
	err := fs.WalkDir(web.Embedded(), "templates", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(web.Embedded(), path)
		all.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`{{define "([^"]+)"}}`).FindAllStringSubmatch(all.String(), -1) {
		if !strings.Contains(all.String(), `template "`+m[1]+`"`) {
			t.Errorf("nothing uses the block %s", m[1])
		}
	}
}
