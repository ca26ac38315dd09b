package content_test

import (
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sotay/content"
	"sotay/internal/store/storetest"
)

var seedFolders = map[string]string{content.KindGuide: "guides", content.KindAnswer: "answers", content.KindSession: "sessions"}

func TestFormsKeepEveryEmbeddedText(t *testing.T) {
	for kind, folder := range seedFolders {
		files, err := filepath.Glob(folder + "/*.md")
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", folder, len(files), err)
		}
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text := content.TextOf(kind, string(raw))
			again := text.Source(kind)
			if !reflect.DeepEqual(content.TextOf(kind, again), text) {
				t.Errorf("%s: the form's text reads otherwise after it was written", file)
			}
			if len(text.Fields) < 3 {
				t.Errorf("%s: got only the fields %v", file, text.Fields)
			}
			if d := content.Compare(string(raw), again); !d.Same() {
				t.Errorf("%s: differs after it was written again: %+v", file, d)
			}
		}
	}
}

// What the form writes of an embedded text is the same text to the rules.
func TestAnEmbeddedTextPublishedFromTheFormIsTheSame(t *testing.T) {
	lib, _ := seeded(t)
	before, err := lib.Guides(t.Context(), content.GuideFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range before[:3] {
		was, err := lib.GuideByID(t.Context(), g.ID)
		if err != nil {
			t.Fatal(err)
		}
		r := startDraft(t, lib, content.KindGuide, g.ID, "lan")
		publishByTwo(t, lib, r)
		is, err := lib.GuideByID(t.Context(), g.ID)
		if err != nil {
			t.Fatal(err)
		}
		was.Revision, is.Revision = 0, 0
		if !reflect.DeepEqual(is, was) {
			t.Errorf("%s: got\n%+v\nwant\n%+v", g.Slug, is, was)
		}
	}
}

func TestFieldsAreWhatTheFrontMatterHolds(t *testing.T) {
	for _, kind := range content.EditedKinds() {
		if content.KindLabel(kind) == "" {
			t.Errorf("%s has no name", kind)
		}
		for _, f := range content.Fields(kind) {
			if f.Label == "" || f.Input == "" {
				t.Errorf("%s of %s: got %+v", f.Name, kind, f)
			}
			if (f.Input == content.InputSelect || f.Input == content.InputChecks) && len(f.Options) == 0 {
				t.Errorf("%s of %s has nothing to choose from", f.Name, kind)
			}
		}
		body, findings := content.New(storetest.Open(t)).Preview(kind, content.Template(kind))
		if len(body.Parts) == 0 && kind != content.KindTerm { // whose summary may be all there is
			t.Errorf("the template of %s cannot be shown: %+v", kind, findings)
		}
		for _, f := range findings {
			if f.Field == "markdown" {
				t.Errorf("the template of %s breaks a rule: %+v", kind, f)
			}
		}
	}
}

func TestOddValuesComeBackAsTheyWereTyped(t *testing.T) {
	values := []string{"yes", "null", "~", "- a", "a: b", "#x", "'", `"`, `\n`, "2026-03-15", "0x10", "1e3", "{a}", "[b]", "&c", "*d", "!e", "|", ">", "%", "@", "`",
		"---", "...", "a #b", "Hà Nội, 02/3", "\ufffd", "\U0001FFFE", "👩‍💻", "e\u0301x", "&#xE000;", "kết thúc:", "a\u200bb"}
	for _, v := range values {
		text := content.Text{Fields: map[string][]string{"title": {v}, "basis": {v, "b"}, "position": {v}}, Markdown: "---\n" + v}
		if got := content.TextOf(content.KindGuide, text.Source(content.KindGuide)); !maps.EqualFunc(got.Fields, text.Fields, slices.Equal[[]string]) || got.Markdown != text.Markdown {
			t.Errorf("%q: got %+v", v, got)
		}
	}
}

func FuzzTextIsKept(f *testing.F) {
	f.Add("Tên: bài", "bai: hỏi gì\nmuc-a: hỏi khác", "12", "## Mục\n\nchữ")
	f.Add("", "", "x", "---")
	f.Fuzz(func(t *testing.T, title, asked, position, markdown string) {
		lib := content.New(nil)
		for _, kind := range content.EditedKinds() {
			name := "title"
			if kind == content.KindAnswer {
				name = "question"
			}
			text := content.Text{Fields: map[string][]string{name: {title}, "asked": {asked}, "position": {position}, "units": {position}}, Markdown: markdown}
			clean, err := content.CleanText(kind, text)
			if err != nil {
				continue
			}
			source := clean.Source(kind)
			got := content.TextOf(kind, source)
			if kind == content.KindSession {
				if got.Slug != clean.Slug {
					t.Fatalf("slug: got %q, want %q", got.Slug, clean.Slug)
				}
			}
			got.Slug = clean.Slug
			if !reflect.DeepEqual(got, clean) {
				t.Fatalf("%s: got %+v, want %+v", kind, got, clean)
			}
			if got.Source(kind) != source {
				t.Fatalf("%s: the source changed", kind)
			}
			lib.Preview(kind, text)
		}
	})
}

func FuzzTextOfReadsAnything(f *testing.F) {
	f.Add("---\ntitle: a\n---\nb")
	f.Add("---\na: &x [*x]\n---\n")
	f.Add("---\nasked: {bai: [a], muc-b: c}\n---\n")
	f.Fuzz(func(t *testing.T, source string) {
		for _, kind := range append(content.EditedKinds(), content.KindLaw, "") {
			text := content.TextOf(kind, source)
			if again := content.TextOf(kind, text.Source(kind)); strings.TrimSpace(again.Markdown) != strings.TrimSpace(text.Markdown) {
				t.Fatalf("%s: got %q, want %q", kind, again.Markdown, text.Markdown)
			}
			content.Compare(source, text.Source(kind))
		}
	})
}
