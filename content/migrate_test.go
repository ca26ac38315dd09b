package content_test

import (
	"os"
	"strings"
	"testing"

	"sotay/content"
	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

// oldRevisions is the table as it was before texts were reviewed.
const oldRevisions = `CREATE TABLE revisions (kind TEXT NOT NULL, object_id TEXT NOT NULL, number BIGINT NOT NULL, state TEXT NOT NULL,
	source TEXT NOT NULL, by_whom TEXT NOT NULL, note TEXT NOT NULL, at_ms BIGINT NOT NULL, PRIMARY KEY (kind, object_id, number))`

func TestRevisionsOfBeforeKeepTheirPlace(t *testing.T) {
	db := storetest.Open(t)
	lib := content.New(db)
	mustImport(t, lib, twoAnswers, true) // gives a title to copy
	shown, err := lib.Answer(t.Context(), "HĐ-0001")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("../internal/store/schema/0007_review.sql")
	if err != nil {
		t.Fatal(err)
	}
	revisions, _, _ := strings.Cut(string(raw), "-- Who writes on which open draft")
	steps := append([]string{`DROP TABLE revisions`, oldRevisions, `DELETE FROM drafting`}, statements(old(shown.ID))...)
	steps = append(append(steps, statements(revisions)...), `INSERT INTO drafting (person, kind, object_id)
		SELECT by_whom, kind, object_id FROM revisions WHERE state = 'draft' AND by_whom <> ''`)
	err = db.Write(t.Context(), func(tx *store.Tx) error {
		for _, step := range steps {
			if _, err := tx.Exec(step); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{
		"a": "3 draft 0, 2 replaced 0, 1 replaced 0", "b": "2 published 0, 1 replaced 0", shown.ID: "3 draft 2, 2 published 1, 1 published 0",
	} {
		list, err := lib.Revisions(t.Context(), content.KindAnswer, id)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range list {
			got = append(got, strings.Join([]string{number(r.Number), string(r.State), number(r.Base)}, " "))
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: got %s, want %s", id, strings.Join(got, ", "), want)
		}
	}
	drafts, err := lib.Drafts(t.Context(), "operator")
	if err != nil || len(drafts) != 2 {
		t.Errorf("got %+v, %v", drafts, err)
	}
	if r, err := lib.OpenRevision(t.Context(), content.KindAnswer, shown.ID); err != nil || r.Title != shown.Question || r.Authors[0] != "operator" {
		t.Errorf("got %+v, %v", r, err)
	}
}

func number(n int) string { return string(rune('0' + n)) }

// old are rows as imports left them: only drafts, a draft and then a published
// one, and published ones with a draft after them.
func old(shown string) string {
	var rows []string
	for _, r := range [][3]string{{"a", "1", "draft"}, {"a", "2", "draft"}, {"a", "3", "draft"}, {"b", "1", "draft"}, {"b", "2", "published"},
		{shown, "1", "published"}, {shown, "2", "published"}, {shown, "3", "draft"}} {
		rows = append(rows, "('answer', '"+r[0]+"', "+r[1]+", '"+r[2]+"', 'x', 'operator', '', 5)")
	}
	return "INSERT INTO revisions (kind, object_id, number, state, source, by_whom, note, at_ms) VALUES " + strings.Join(rows, ", ")
}

// statements cuts a schema file into its statements, without its remarks.
func statements(text string) []string {
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		if !strings.HasPrefix(line, "--") {
			lines = append(lines, line)
		}
	}
	var list []string
	for _, s := range strings.Split(strings.Join(lines, "\n"), ";") {
		if s = strings.TrimSpace(s); s != "" {
			list = append(list, s)
		}
	}
	return list
}
