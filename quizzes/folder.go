package quizzes

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"strings"

	"sotay/internal/fault"
	"sotay/internal/store"
)

// Export gives put the whole bank as GIFT files: the questions by id, then each
// quiz as the list of those it asks. ReadFolder reads them again.
func (b *Bank) Export(ctx context.Context, put func(name string, text []byte) error) error {
	return b.db.Read(ctx, func(tx *store.Tx) error {
		if err := exportQuestions(tx, put); err != nil {
			return err
		}
		return exportQuizzes(tx, put)
	})
}

func exportQuestions(tx *store.Tx, put func(string, []byte) error) error {
	all, err := allQuestions(tx)
	if err != nil {
		return fmt.Errorf("export questions: %w", err)
	}
	for number := 1; len(all) > 0; number++ {
		var text strings.Builder
		n := 0
		for ; n < len(all) && n < exportedPerFile && text.Len() < MaxFileBytes/2; n++ {
			text.WriteString(strings.TrimSpace(all[n].Source) + "\n\n")
		}
		if err := put(fmt.Sprintf("10-cau-hoi-%04d.gift", number), []byte(strings.TrimSpace(text.String())+"\n")); err != nil {
			return err
		}
		all = all[n:]
	}
	return nil
}

func exportQuizzes(tx *store.Tx, put func(string, []byte) error) error {
	list, err := allQuizzes(tx)
	if err != nil {
		return fmt.Errorf("export quizzes: %w", err)
	}
	for i, quiz := range list {
		ids, err := questionIDs(tx, quiz.ID)
		if err != nil {
			return fmt.Errorf("export quiz %s: %w", quiz.Slug, err)
		}
		if err := put(fmt.Sprintf("20-bai-%04d-%s.gift", i+1, quiz.Slug), []byte(formatQuiz(quiz, ids))); err != nil {
			return err
		}
	}
	return nil
}

// formatQuiz writes a quiz whose questions stand in other files.
func formatQuiz(q Quiz, ids []string) string {
	lines := [][2]string{{"quiz", q.Slug}, {"title", q.Title}, {"summary", q.Summary}, {"topic", q.Topic}, {"uses", strings.Join(ids, ", ")}}
	var b strings.Builder
	for _, l := range lines {
		b.WriteString("// " + l[0] + ": " + l[1] + "\n")
	}
	return b.String()
}

var giftName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*\.gift$`)

// ReadFolder parses the GIFT files of a folder, none when there is no such
// folder. A quiz may use questions that only the bank has; Save finds out. The
// faults of all files are told at once; links are refused.
func ReadFolder(fsys fs.FS, folder string) ([]File, error) {
	info, err := fs.Lstat(fsys, folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil && !info.IsDir() {
		return nil, joined([]fault.Field{{Name: folder, Sentence: "không phải thư mục; hãy thay bằng thư mục thật, không dùng liên kết."}})
	}
	var entries []fs.DirEntry
	if err == nil {
		entries, err = fs.ReadDir(fsys, folder)
	}
	if err != nil {
		return nil, fmt.Errorf("read folder %s: %w", folder, err)
	}
	var files []File
	var faults []fault.Field
	for _, entry := range entries {
		name := folder + "/" + entry.Name()
		if !strings.HasSuffix(name, ".gift") {
			continue
		}
		f, err := readGIFTFile(fsys, name, entry)
		if broken, ok := fault.Of(err); ok {
			faults = append(faults, broken.Fields...)
		} else if err != nil {
			return nil, err
		}
		if files = append(files, f); len(files) > maxFolderFiles {
			faults = append(faults, fault.Field{Name: folder, Sentence: fmt.Sprintf("có hơn %d tệp; hãy chia thành nhiều thư mục.", maxFolderFiles)})
		}
		if len(faults) >= maxFaults || len(files) > maxFolderFiles {
			break
		}
	}
	if len(faults) == 0 {
		faults = doubles(files)
	}
	if len(faults) > 0 {
		return nil, joined(faults[:min(len(faults), maxFaults)])
	}
	return files, nil
}

func readGIFTFile(fsys fs.FS, name string, entry fs.DirEntry) (File, error) {
	refuse := func(sentence string) error { return joined([]fault.Field{{Name: name, Sentence: sentence}}) }
	if !entry.Type().IsRegular() {
		return File{}, refuse("không phải tệp thường; hãy thay bằng tệp thật, không dùng liên kết.")
	}
	if !giftName.MatchString(entry.Name()) {
		return File{}, refuse("tên tệp phải là chữ thường không dấu, nối bằng gạch ngang; hãy đổi tên tệp.")
	}
	opened, err := fsys.Open(name)
	if err != nil {
		return File{}, fmt.Errorf("open %s: %w", name, err)
	}
	defer opened.Close()
	data, err := io.ReadAll(io.LimitReader(opened, MaxFileBytes+1))
	if err != nil {
		return File{}, fmt.Errorf("read %s: %w", name, err)
	}
	return ParseGIFT(name, string(data))
}

// SaveFiles stores the questions and quizzes of several files, all or nothing.
func (b *Bank) SaveFiles(ctx context.Context, files []File, by string) error {
	return b.db.Write(ctx, func(tx *store.Tx) error { return saveFiles(tx, files, by) })
}
