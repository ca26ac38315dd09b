package search

import (
	"bytes"
	"strings"
	"testing"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

func exportedWords(t *testing.T, db *store.DB) []byte {
	t.Helper()
	data, err := ExportWords(t.Context(), db)
	must(t, err)
	return data
}

func TestExportImportExportOfTheWordsGivesTheSameBytes(t *testing.T) {
	first, second := storetest.Open(t), storetest.Open(t)
	must(t, SeedWords(t.Context(), first, "operator"))
	remove(t, first, "UBND")
	want := exportedWords(t, first)
	if n := bytes.Count(want, []byte("\n")); n != len(embedded) || bytes.Count(want, []byte(`"removed":true`)) == 0 {
		t.Fatalf("got %d lines, want %d, with one removed", n, len(embedded))
	}
	file, err := ReadWordFile("words.jsonl", want)
	must(t, err)
	must(t, file.Save(t.Context(), second, "operator"))
	if got := exportedWords(t, second); !bytes.Equal(got, want) {
		t.Errorf("got %d bytes, want %d the same", len(got), len(want))
	}
	before, _ := second.LastChange(t.Context())
	must(t, file.Save(t.Context(), second, "operator"))
	if after, _ := second.LastChange(t.Context()); after != before {
		t.Errorf("the same file again made %d changes", after-before)
	}
	must(t, SeedWords(t.Context(), second, "operator"))
	if got := exportedWords(t, second); !bytes.Equal(got, want) {
		t.Error("the embedded words brought back what was removed")
	}
}

func TestAFileOfWordsChangesThoseThatAreThere(t *testing.T) {
	db := storetest.Open(t)
	for _, line := range []string{`{"typed":"xyz","official":"phông màn","relation":"same"}`, `{"typed":"XYZ","official":"phông màn","relation":"related","removed":true}`} {
		file, err := ReadWordFile("w", []byte(line+"\n"))
		must(t, err)
		must(t, file.Save(t.Context(), db, "operator"))
		if got := strings.TrimSpace(string(exportedWords(t, db))); got != line {
			t.Errorf("got %s, want %s", got, line)
		}
	}
}

func TestAFileOfWordsIsRefusedWithItsLines(t *testing.T) {
	tests := []struct{ name, line, want string }{
		{"no JSON", "UBND", "w:2: không đọc được"},
		{"unknown field", `{"typed":"a","official":"b","relation":"same","by":"x"}`, "w:2: không đọc được"},
		{"relation", `{"typed":"a","official":"b","relation":"khác"}`, "w:2: relation"},
		{"one side", `{"typed":"a","relation":"same"}`, "w:2: thiếu một vế"},
		{"two sides of a courtesy", `{"typed":"a","official":"b","relation":"courtesy"}`, "w:2: thiếu một vế"},
		{"long", `{"typed":"` + strings.Repeat("a", 101) + `","official":"b","relation":"same"}`, "w:2: thiếu"},
		{"twice", `{"typed":"ok","official":"ĐƯỢC","relation":"related"}`, "w:2: từ này đã có ở dòng 1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ReadWordFile("w", []byte(`{"typed":"ok","official":"được","relation":"same"}`+"\n"+tt.line+"\n"))
			if !fault.Is(err, fault.KindInvalid) || err.Error() == "" || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
	if _, err := ReadWordFile("w", make([]byte, maxWordFile+1)); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("too large: got %v", err)
	}
}

func FuzzReadWordFile(f *testing.F) {
	f.Add([]byte(`{"typed":"UBND","official":"ủy ban nhân dân","relation":"same"}`))
	f.Add([]byte(`{"typed":"ạ","relation":"courtesy","removed":true}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := ReadWordFile("w", data); err != nil && !fault.Is(err, fault.KindInvalid) {
			t.Errorf("neither read nor refused: %v", err)
		}
	})
}
