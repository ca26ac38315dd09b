package accounts_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sotay/internal/accounts"
)

// tableUnder reads the first Markdown table under a heading: its rows without the
// line below the head.
func tableUnder(t *testing.T, file, heading string) [][]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", file))
	if err != nil {
		t.Fatal(err)
	}
	_, below, found := strings.Cut(string(text), "\n## "+heading+"\n")
	if !found {
		t.Fatalf("%s has no heading %q", file, heading)
	}
	below, _, _ = strings.Cut(below, "\n## ")
	var rows [][]string
	for _, line := range strings.Split(below, "\n") {
		if len(rows) > 0 && !strings.HasPrefix(line, "|") {
			break
		}
		if strings.HasPrefix(line, "|") && !strings.HasPrefix(line, "|--") {
			cells := strings.Split(strings.Trim(line, "|"), "|")
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			rows = append(rows, cells)
		}
	}
	return rows
}

// TestDocumentsTellWhoMayDoWhat holds the tables for people against the one that
// the routes ask: a column for each role, a row for each act in its order.
func TestDocumentsTellWhoMayDoWhat(t *testing.T) {
	labels := map[string]func(accounts.Role) string{
		"README.md": func(r accounts.Role) string {
			if r == accounts.Lead {
				return "unit lead"
			}
			return string(r)
		},
		"docs/huong-dan-bien-tap.md": accounts.Role.Label,
	}
	for file, place := range map[string]struct{ heading, yes string }{
		"README.md":                  {"For trainers and administrators", "yes"},
		"docs/huong-dan-bien-tap.md": {"Ai làm được việc gì", "có"},
	} {
		rows := tableUnder(t, file, place.heading)
		if len(rows) != len(accounts.Acts())+1 {
			t.Errorf("%s: got %d rows, want a head and one for each of %d acts", file, len(rows), len(accounts.Acts()))
			continue
		}
		for i, role := range accounts.Roles() {
			if got, want := rows[0][i+1], labels[file](role); got != want {
				t.Errorf("%s: column %d is %q, want %q", file, i+1, got, want)
			}
			for j, act := range accounts.Acts() {
				if got := rows[j+1][i+1] == place.yes; got != role.May(act) {
					t.Errorf("%s: %q says that %s may do %q: %v, the code says %v", file, rows[j+1][0], role, act, got, role.May(act))
				}
			}
		}
		if slices.ContainsFunc(rows, func(r []string) bool { return len(r) != len(accounts.Roles())+1 }) {
			t.Errorf("%s: rows of different length", file)
		}
	}
}
