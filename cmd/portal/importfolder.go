package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"sotay/content"
	"sotay/internal/accounts"
	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/quizzes"
	"sotay/search"
)

type importGuidesCommand struct {
	Dir     string `arg:"" type:"existingdir" help:"An export, or a folder with guides/*.md or *.md."`
	Storage `embed:""`
	Publish bool `help:"Publish at once, as the operator's act; otherwise the texts are drafts."`
}

// Run imports the folder or says what is wrong with it, file by file.
func (c *importGuidesCommand) Run(ctx context.Context, out *output) error {
	folder, err := readImportFolder(c.Dir)
	if err != nil {
		return err
	}
	db, err := c.open(ctx)
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	defer db.Close()
	report, err := folder.save(ctx, db, c.Publish)
	if err != nil {
		return err
	}
	for _, warning := range report.Warnings {
		fmt.Fprintln(out.stderr, warning)
	}
	out.say("đã đọc %d bài: %d mới, %d đổi, %d giữ nguyên", report.Read, report.New, report.Changed, report.Same)
	return nil
}

// importFolder is what the rooms have read of a folder.
type importFolder struct {
	texts   *content.Folder
	quizzes []quizzes.File
	words   search.WordFile
	others  bool // the folder has quizzes or words
}

// readImportFolder lets each room read its part; all faults are told together.
func readImportFolder(dir string) (importFolder, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return importFolder{}, err
	}
	defer root.Close()
	var f importFolder
	var errs [3]error
	f.texts, errs[0] = readTexts(root.FS())
	f.quizzes, errs[1] = quizzes.ReadFolder(root.FS(), quizFolder)
	words, err := readWords(root.FS())
	if errs[2] = err; err == nil {
		f.words, errs[2] = search.ReadWordFile(wordsFile, words)
	}
	f.others = len(f.quizzes)+len(words) > 0
	return f, errors.Join(errs[:]...)
}

// readTexts reads the texts and what belongs to them; the numbers of units have
// to be those of units that there are.
func readTexts(fsys fs.FS) (*content.Folder, error) {
	texts, err := content.ReadFolder(fsys)
	if err != nil {
		return nil, err
	}
	codes, err := accounts.UnitCodes()
	if err != nil {
		return nil, err
	}
	return texts, texts.CheckUnits(codes)
}

// readWords reads the file of words, nothing when there is none.
func readWords(fsys fs.FS) ([]byte, error) {
	info, err := fs.Lstat(fsys, wordsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fault.Invalid(wordsFile + ": không phải tệp thường. Hãy thay bằng tệp thật, không dùng liên kết.")
	}
	file, err := fsys.Open(wordsFile)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, content.MaxListBytes))
}

// save stores what was read. Each room stores its part whole or not at all;
// what can be refused is looked at before anything is stored, and a repetition
// changes nothing that was stored already.
func (f importFolder) save(ctx context.Context, db *store.DB, publish bool) (content.ImportReport, error) {
	lib := content.New(db)
	if err := lib.CheckFolder(ctx, f.texts, publish); err != nil {
		return content.ImportReport{}, err
	}
	if publish {
		if err := quizzes.New(db).SaveFiles(ctx, f.quizzes, operator); err != nil {
			return content.ImportReport{}, err
		}
		if err := f.words.Save(ctx, db, operator); err != nil {
			return content.ImportReport{}, err
		}
	}
	report, err := lib.ImportFolder(ctx, f.texts, publish, operator)
	if err == nil && f.others && !publish {
		report.Warnings = append(report.Warnings, "Trắc nghiệm và từ viết tắt không có bản nháp nên chưa nhập; chúng chỉ nhập cùng --publish.")
	}
	return report, err
}
