package quizzes

import (
	"errors"
	"fmt"

	"sotay/internal/fault"
	"sotay/internal/store"
)

const quizColumns = `SELECT z.id, z.slug, z.title, z.summary, z.topic, z.updated_ms,
	(SELECT COUNT(*) FROM quiz_questions p WHERE p.quiz_id = z.id) FROM quizzes z `

func scanQuiz(scan func(...any) error) (Quiz, error) {
	var q Quiz
	var updated, count int64
	err := scan(&q.ID, &q.Slug, &q.Title, &q.Summary, &q.Topic, &updated, &count)
	q.UpdatedAt, q.Count = store.FromMillis(updated), int(count)
	return q, err
}

func allQuizzes(tx *store.Tx) ([]Quiz, error) {
	return store.Collect(tx, scanQuiz, quizColumns+`ORDER BY z.position, z.slug`)
}

func quizBySlug(tx *store.Tx, slug string) (Quiz, error) {
	if !isName(slug) {
		return foundQuiz(Quiz{}, store.ErrNoRows)
	}
	return foundQuiz(scanQuiz(tx.QueryRow(quizColumns+`WHERE z.slug = $1`, slug).Scan))
}

func quizByID(tx *store.Tx, id string) (Quiz, error) {
	if !isName(id) {
		return foundQuiz(Quiz{}, store.ErrNoRows)
	}
	return foundQuiz(scanQuiz(tx.QueryRow(quizColumns+`WHERE z.id = $1`, id).Scan))
}

func foundQuiz(q Quiz, err error) (Quiz, error) {
	if errors.Is(err, store.ErrNoRows) {
		return Quiz{}, fault.NotFound("Không có bài trắc nghiệm này, hoặc bài đã gỡ xuống.")
	}
	return q, err
}

func questionIDs(tx *store.Tx, quizID string) ([]string, error) {
	return store.Collect(tx, scanText, `SELECT question_id FROM quiz_questions WHERE quiz_id = $1 ORDER BY position`, quizID)
}

// putQuiz stores a quiz with the list of its questions and gives the id it has;
// a new one comes last.
func putQuiz(tx *store.Tx, q Quiz, ids []string) (string, error) {
	err := tx.QueryRow(`INSERT INTO quizzes (id, slug, title, summary, topic, position, updated_ms)
		VALUES ($1, $2, $3, $4, $5, (SELECT COALESCE(MAX(position), 0) + 1 FROM quizzes), $6)
		ON CONFLICT (slug) DO UPDATE SET title = excluded.title, summary = excluded.summary, topic = excluded.topic, updated_ms = excluded.updated_ms
		RETURNING id`,
		q.ID, q.Slug, q.Title, q.Summary, q.Topic, store.Millis(tx.Now())).Scan(&q.ID)
	if err != nil {
		return "", fmt.Errorf("store quiz %s: %w", q.Slug, err)
	}
	if _, err := tx.Exec(`DELETE FROM quiz_questions WHERE quiz_id = $1`, q.ID); err != nil {
		return "", fmt.Errorf("clear questions of quiz %s: %w", q.Slug, err)
	}
	for i, id := range ids {
		_, err := tx.Exec(`INSERT INTO quiz_questions (quiz_id, position, question_id) VALUES ($1, $2, $3)`, q.ID, int64(i+1), id)
		if err != nil {
			return "", fmt.Errorf("store question %s of quiz %s: %w", id, q.Slug, err)
		}
	}
	return q.ID, nil
}
