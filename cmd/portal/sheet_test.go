package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sotay/internal/office"
)

// writeSheet writes a sheet of answers to a file of its own.
func writeSheet(t *testing.T, format office.Format, rows ...[]string) string {
	t.Helper()
	data, err := office.Write(format, []string{"Mã", "Câu hỏi", "Trả lời", "Ngày"}, rows)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "answers."+string(format))
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestSheetsAreImportedAsJSONLinesAre(t *testing.T) {
	data := filepath.Join(t.TempDir(), "new")
	good := []string{"1", "Tốt?", "=Tốt.", "02/3/2026"}
	lines := writeFile(t, `{"id":"1","title":"Tốt?","body":"=Tốt.","date":"2026-03-02"}`)
	if stdout, stderr, code := portal(t, "import", "answers", lines, "--data", data, "--publish"); code != 0 || !strings.Contains(stdout, "1 mới") {
		t.Fatalf("got %d %s %s", code, stdout, stderr)
	}
	for _, format := range []office.Format{office.XLSX, office.CSV} {
		stdout, stderr, code := portal(t, "import", "answers", writeSheet(t, format, good), "--data", data, "--publish")
		if code != 0 || !strings.Contains(stdout, "1 giữ nguyên") {
			t.Errorf("%s: got %d %s %s", format, code, stdout, stderr)
		}
		faulty := writeSheet(t, format, good, []string{"2", "", "x"}, []string{"3-" + string(format), "Ba?", "Ba."})
		stdout, stderr, code = portal(t, "import", "answers", faulty, "--data", data)
		if code != 1 || !strings.Contains(stderr, faulty+":3: thiếu Câu hỏi") || strings.Contains(stdout, "đã đọc") {
			t.Errorf("%s with a fault: got %d %s %s", format, code, stdout, stderr)
		}
		stdout, stderr, code = portal(t, "import", "answers", faulty, "--data", data, "--publish", "--skip-faulty")
		if code != 0 || !strings.Contains(stderr, faulty+":3: ") || !strings.Contains(stdout, "bỏ qua 1 câu") || !strings.Contains(stdout, "1 mới") {
			t.Errorf("%s with faults skipped: got %d %s %s", format, code, stdout, stderr)
		}
	}
	old := filepath.Join(t.TempDir(), "cũ.xlsx")
	if err := os.WriteFile(old, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, stderr, code := portal(t, "import", "answers", old, "--data", data); code != 1 || !strings.Contains(stderr, "lưu lại dạng .xlsx") {
		t.Errorf("old Excel: got %d %s", code, stderr)
	}
}
