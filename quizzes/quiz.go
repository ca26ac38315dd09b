package quizzes

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
)

// Quiz is a list of questions under a title.
type Quiz struct {
	ID        string
	Slug      string
	Title     string
	Summary   string
	Topic     string
	Questions []Question // loaded for a single quiz, not in lists
	Count     int        // how many questions it has
	UpdatedAt time.Time
}

// Path is the quiz's address on the site.
func (q Quiz) Path() string { return "/trac-nghiem/" + q.Slug }

// Quizzes lists the quizzes in their order, without questions.
func (b *Bank) Quizzes(ctx context.Context) ([]Quiz, error) {
	var list []Quiz
	err := b.db.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = allQuizzes(tx)
		return err
	})
	return list, err
}

// Quiz is one quiz with its questions.
func (b *Bank) Quiz(ctx context.Context, slug string) (Quiz, error) {
	return b.quizWhere(ctx, func(tx *store.Tx) (Quiz, error) { return quizBySlug(tx, slug) })
}

// QuizByID is one quiz with its questions.
func (b *Bank) QuizByID(ctx context.Context, id string) (Quiz, error) {
	return b.quizWhere(ctx, func(tx *store.Tx) (Quiz, error) { return quizByID(tx, id) })
}

func (b *Bank) quizWhere(ctx context.Context, find func(*store.Tx) (Quiz, error)) (Quiz, error) {
	var quiz Quiz
	err := b.db.Read(ctx, func(tx *store.Tx) (err error) {
		if quiz, err = find(tx); err == nil {
			quiz.Questions, err = questionsOfQuiz(tx, quiz.ID)
		}
		return err
	})
	if err != nil {
		return Quiz{}, err
	}
	return quiz, nil
}

// Save stores the questions and the quiz of a GIFT file in the place of those
// of the same ids. What is stored just so already is left alone.
func (b *Bank) Save(ctx context.Context, name, source, by string) error {
	file, err := ParseGIFT(name, source)
	if err != nil {
		return err
	}
	return b.db.Write(ctx, func(tx *store.Tx) error { return saveFiles(tx, []File{file}, by) })
}

// idSet is a set of ids.
type idSet map[string]bool

// saveFiles stores all questions first, because a quiz may ask those of
// another file.
func saveFiles(tx *store.Tx, files []File, by string) error {
	questions, quizzes := idSet{}, idSet{}
	for _, f := range files {
		for _, q := range f.Questions {
			if err := saveQuestion(tx, q, by, f.Name, questions); err != nil {
				return fmt.Errorf("save question %s of %s: %w", q.ID, f.Name, err)
			}
		}
	}
	for _, f := range files {
		if f.Quiz.Slug == "" {
			continue
		}
		if err := saveQuiz(tx, f, by, quizzes); err != nil {
			return fmt.Errorf("save quiz %s of %s: %w", f.Quiz.Slug, f.Name, err)
		}
	}
	return tellChanges(tx, questions, quizzes, by)
}

// tellChanges tells followers of the change log of each quiz once. A question
// changes the quizzes that ask it; one that only guides ask is told of itself,
// for what is known of its law is kept until the next change.
func tellChanges(tx *store.Tx, questions, quizzes idSet, by string) error {
	for _, id := range slices.Sorted(maps.Keys(questions)) {
		asking, err := quizzesAsking(tx, id)
		if err != nil {
			return err
		}
		for _, quiz := range asking {
			quizzes[quiz] = true
		}
		if len(asking) > 0 {
			continue
		}
		if err := tx.Changed(KindQuestion, id, by); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(quizzes)) {
		if err := tx.Changed(KindQuiz, id, by); err != nil {
			return err
		}
	}
	return nil
}

// saveQuiz publishes a file's quiz unless it is stored just so already.
func saveQuiz(tx *store.Tx, f File, by string, changed idSet) error {
	for _, id := range f.Order {
		source, err := questionSource(tx, id)
		if err != nil {
			return err
		}
		if source == "" {
			return fault.Invalid(f.missing(id))
		}
	}
	quiz, same, err := compareQuiz(tx, f)
	if err != nil || same {
		return err
	}
	id, err := putQuiz(tx, quiz, f.Order)
	if err != nil {
		return err
	}
	changed[id] = true
	return tx.Audit(by, "publish", KindQuiz, id, f.Name)
}

// compareQuiz gives the file's quiz the id it is stored under, a new one when
// it is new, and reports whether nothing else differs.
func compareQuiz(tx *store.Tx, f File) (Quiz, bool, error) {
	quiz := f.Quiz
	stored, err := quizBySlug(tx, quiz.Slug)
	if fault.Is(err, fault.KindNotFound) {
		quiz.ID = tx.NewID()
		return quiz, false, nil
	}
	if err != nil {
		return Quiz{}, false, err
	}
	ids, err := questionIDs(tx, stored.ID)
	if err != nil {
		return Quiz{}, false, err
	}
	quiz.ID = stored.ID
	same := quiz.Title == stored.Title && quiz.Summary == stored.Summary && quiz.Topic == stored.Topic && slices.Equal(ids, f.Order)
	return quiz, same, nil
}
