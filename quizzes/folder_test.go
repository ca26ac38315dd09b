package quizzes_test

import (
	"bytes"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"sotay/internal/fault"
	"sotay/internal/store/storetest"
	"sotay/quizzes"
)

func exportedBank(t *testing.T, bank *quizzes.Bank) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := bank.Export(ctx, func(name string, text []byte) error {
		files["quizzes/"+name] = &fstest.MapFile{Data: bytes.Clone(text)}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestExportImportExportOfTheBankGivesTheSameBytes(t *testing.T) {
	first := quizzes.New(storetest.Open(t))
	if err := first.Seed(ctx, "operator"); err != nil {
		t.Fatal(err)
	}
	want := exportedBank(t, first)
	files, err := quizzes.ReadFolder(want, "quizzes")
	if err != nil {
		t.Fatal(err)
	}
	db := storetest.Open(t)
	second := quizzes.New(db)
	if err := second.SaveFiles(ctx, files, "operator"); err != nil {
		t.Fatal(err)
	}
	got := exportedBank(t, second)
	for name, file := range want {
		if got[name] == nil || !bytes.Equal(got[name].Data, file.Data) {
			t.Errorf("%s differs or is missing", name)
		}
	}
	if len(got) != len(want) || len(want) < 4 {
		t.Errorf("got %d files, want %d", len(got), len(want))
	}
	before, _ := db.LastChange(ctx)
	if err := second.SaveFiles(ctx, files, "operator"); err != nil {
		t.Fatal(err)
	}
	if after, _ := db.LastChange(ctx); after != before {
		t.Errorf("the same folder again made %d changes", after-before)
	}
}

func TestAFolderOfQuizzesIsRefusedWithNameAndLine(t *testing.T) {
	sample, err := os.ReadFile("testdata/bank/10-kiem-phieu.gift")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name  string
		files fstest.MapFS
		want  string
	}{
		{"a fault of GIFT", fstest.MapFS{"quizzes/a.gift": {Data: []byte("::x:: Câu {")}}, "quizzes/a.gift:1: "},
		{"a link", fstest.MapFS{"quizzes/a.gift": {Mode: fs.ModeSymlink}}, "quizzes/a.gift: không phải tệp thường"},
		{"a folder that is a link", fstest.MapFS{"quizzes": {Mode: fs.ModeSymlink}}, "quizzes: không phải thư mục"},
		{"a name", fstest.MapFS{"quizzes/Câu.gift": {}}, "đổi tên tệp"},
		{"too large", fstest.MapFS{"quizzes/a.gift": {Data: make([]byte, quizzes.MaxFileBytes+1)}}, "KiB"},
		{"twice", fstest.MapFS{"quizzes/a.gift": {Data: sample}, "quizzes/b.gift": {Data: sample}}, "đã dùng ở quizzes/a.gift"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := quizzes.ReadFolder(tt.files, "quizzes"); !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
	if files, err := quizzes.ReadFolder(fstest.MapFS{}, "quizzes"); err != nil || len(files) != 0 {
		t.Errorf("no folder: got %v, %v", files, err)
	}
}
