package quizzes

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"

	"sotay/internal/fault"
	"sotay/internal/store"
)

//go:embed all:bank
var bankFiles embed.FS

// Seed adds the embedded questions and quizzes that the database lacks. What it
// has stays as it is, for the database is the truth.
func (b *Bank) Seed(ctx context.Context, by string) error {
	files, err := ReadBank(bankFiles)
	if err != nil {
		return fmt.Errorf("read the embedded bank: %w", err)
	}
	return b.seed(ctx, files, by)
}

func (b *Bank) seed(ctx context.Context, files []File, by string) error {
	return b.db.Write(ctx, func(tx *store.Tx) error {
		fresh := make([]File, len(files))
		for i, f := range files {
			var err error
			if fresh[i], err = unknownOf(tx, f); err != nil {
				return fmt.Errorf("look for what is new in %s: %w", f.Name, err)
			}
		}
		return saveFiles(tx, fresh, by)
	})
}

// unknownOf leaves of a file only what the database lacks.
func unknownOf(tx *store.Tx, f File) (File, error) {
	var fresh []Question
	for _, q := range f.Questions {
		source, err := questionSource(tx, q.ID)
		if err != nil {
			return File{}, err
		}
		if source == "" {
			fresh = append(fresh, q)
		}
	}
	f.Questions = fresh
	if f.Quiz.Slug == "" {
		return f, nil
	}
	_, err := quizBySlug(tx, f.Quiz.Slug)
	if err == nil {
		f.Quiz, f.Order = Quiz{}, nil
	} else if !fault.Is(err, fault.KindNotFound) {
		return File{}, err
	}
	return f, nil
}

// Embedded gives the embedded bank without a database: all questions, and the
// quizzes with theirs.
func Embedded() (questions []Question, quizzes []Quiz, err error) {
	files, err := ReadBank(bankFiles)
	if err != nil {
		return nil, nil, err
	}
	known := map[string]Question{}
	for _, f := range files {
		for _, q := range f.Questions {
			known[q.ID] = q
			questions = append(questions, q)
		}
	}
	for _, f := range files {
		if f.Quiz.Slug == "" {
			continue
		}
		quiz := f.Quiz
		for _, id := range f.Order {
			quiz.Questions = append(quiz.Questions, known[id])
		}
		quizzes = append(quizzes, quiz)
	}
	return questions, quizzes, nil
}

// ReadBank parses the files bank/*.gift in the order of their names and checks
// them against each other. The faults of all files are told at once.
func ReadBank(fsys fs.FS) ([]File, error) {
	names, err := fs.Glob(fsys, "bank/*.gift")
	if err != nil {
		return nil, fmt.Errorf("list bank: %w", err)
	}
	var files []File
	var faults []fault.Field
	for _, name := range names {
		source, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		f, err := ParseGIFT(path.Base(name), string(source))
		if broken, ok := fault.Of(err); ok {
			faults = append(faults, broken.Fields...)
			continue
		}
		files = append(files, f)
	}
	if len(faults) == 0 {
		faults = clashes(files)
	}
	if len(faults) > 0 {
		return nil, joined(faults)
	}
	return files, nil
}

// clashes finds ids and slugs used twice, and questions used that nobody has.
func clashes(files []File) []fault.Field {
	faults := doubles(files)
	known := map[string]bool{}
	for _, f := range files {
		for _, q := range f.Questions {
			known[q.ID] = true
		}
	}
	for _, f := range files {
		for _, id := range f.Order {
			if !known[id] {
				faults = append(faults, fault.Field{Name: fmt.Sprintf("%s:%d", f.Name, f.lines[id]), Sentence: fmt.Sprintf("không có câu %q trong ngân hàng câu hỏi; hãy sửa dòng uses.", id)})
			}
		}
	}
	return faults
}

// doubles finds ids and slugs used twice.
func doubles(files []File) []fault.Field {
	var faults []fault.Field
	questions, quizzes := map[string]string{}, map[string]string{}
	add := func(where, format string, args ...any) {
		faults = append(faults, fault.Field{Name: where, Sentence: fmt.Sprintf(format, args...)})
	}
	for _, f := range files {
		for _, q := range f.Questions {
			here := fmt.Sprintf("%s:%d", f.Name, f.lines[q.ID])
			if first, twice := questions[q.ID]; twice {
				add(here, "mã câu %q đã dùng ở %s; hãy đặt mã khác.", q.ID, first)
			}
			questions[q.ID] = here
		}
		if first, twice := quizzes[f.Quiz.Slug]; twice && f.Quiz.Slug != "" {
			add(f.Name, "mã bài %q đã dùng ở tệp %s; hãy đặt mã khác.", f.Quiz.Slug, first)
		}
		quizzes[f.Quiz.Slug] = f.Name
	}
	return faults
}
