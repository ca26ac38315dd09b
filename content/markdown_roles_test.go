package content

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A part for a role that the guide does not name among its readers is a slip, and
// what is forbidden stays in sight of everybody.
func TestRolePartsOfGuidesAreForTheirReaders(t *testing.T) {
	files, err := filepath.Glob("guides/*.md")
	if err != nil {
		t.Fatal(err)
	}
	with := 0
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		meta, body, _ := strings.Cut(string(source), "\n---\n")
		_, list, _ := strings.Cut(meta, "\nroles: [")
		list, _, _ = strings.Cut(list, "]")
		readers := strings.Split(list, ", ")
		parts := strings.Split(body, "\n::: ")[1:]
		if len(parts) > 0 {
			with++
		}
		for _, part := range parts {
			fence, rest, _ := strings.Cut(part, "\n")
			roles, fault := readRoles(fence)
			if fault != "" {
				t.Errorf("%s: %s", file, fault)
			}
			for _, role := range roles {
				if !slices.Contains(readers, string(role)) {
					t.Errorf("%s: a part is for %s, who is not among the readers %v", file, role, readers)
				}
			}
			if inside, _, _ := strings.Cut(rest, "\n:::"); strings.Contains(inside, "[!NEVER]") {
				t.Errorf("%s: a part for %v hides a prohibition from the others", file, roles)
			}
		}
	}
	if with < 12 {
		t.Errorf("%d guides have parts for roles, want at least 12", with)
	}
}
