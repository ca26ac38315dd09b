package accounts_test

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"sotay/internal/accounts"
)

// named are the ways in which the source names an act of the audit log.
var named = []*regexp.Regexp{
	regexp.MustCompile(`Audit\([^"\n]*, "([a-z ]+)",`),
	regexp.MustCompile(`\bact\{[^}\n"]*"([a-z ]+)"\}`),
	regexp.MustCompile(`l\.work\([^"\n]*"([a-z ]+)"`),
	regexp.MustCompile(`\.reopen\(tx, "([a-z ]+)"`),
	regexp.MustCompile(`amendmentAct\(tx, by, "([a-z ]+)"`),
	regexp.MustCompile(`(?:noteWord|setRemoved)\([^"\n]*"([a-z ]+)"`),
	regexp.MustCompile(`act := map\[bool\]string\{true: "([a-z ]+)"`),
	regexp.MustCompile(`act := map\[bool\]string\{true: "[a-z ]+", false: "([a-z ]+)"`),
	regexp.MustCompile(`(?:ReadLog|ExportLog) += "([a-z ]+)"`),
}

func TestEveryActHasWords(t *testing.T) {
	acts := map[string]bool{}
	root := os.DirFS("../..")
	err := fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "node_modules") {
			return err
		}
		text, err := fs.ReadFile(root, path)
		for _, pattern := range named {
			for _, m := range pattern.FindAllStringSubmatch(string(text), -1) {
				acts[m[1]] = true
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for act := range acts {
		if words := (accounts.AuditLine{Act: act}).ActWords(); words == act {
			t.Errorf("the act %q has no words in Vietnamese", act)
		}
	}
	if len(acts) < 45 {
		t.Errorf("found only %d acts: the test is blind", len(acts))
	}
	if got := (accounts.AuditLine{Act: "so far unknown", Kind: "thing"}); got.ActWords() != "so far unknown" || got.ThingWords() != "thing" {
		t.Errorf("got %q of %q, want what is stored", got.ActWords(), got.ThingWords())
	}
}

func TestReadingTheLogIsNotedOncePerVisitAndHour(t *testing.T) {
	w := newTown(t)
	admin := w.person(accounts.Administrator, "", "")
	first, second := accounts.Visit{ID: "v1", Person: admin}, accounts.Visit{ID: "v2", Person: admin}
	note := func(act string, v accounts.Visit) {
		t.Helper()
		if err := w.NoteAuditRead(ctx, act, v); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		note(accounts.ReadLog, first)
	}
	note(accounts.ExportLog, first)
	note(accounts.ReadLog, second)
	w.pass(61 * time.Minute)
	note(accounts.ReadLog, first)
	if n := w.number(`SELECT count(*) FROM audit WHERE kind = 'audit' AND by_whom = $1`, admin.ID); n != 4 {
		t.Errorf("got %d lines, want 4", n)
	}
}
