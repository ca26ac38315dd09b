package quizzes

import (
	"errors"
	"fmt"

	"sotay/internal/store"
)

// questionsByID reads questions in the order of ids, without those unknown.
func questionsByID(tx *store.Tx, ids []string) ([]Question, error) {
	known := map[string]Question{}
	for start := 0; start < len(ids); start += idsPerQuery {
		part := ids[start:min(start+idsPerQuery, len(ids))]
		found, err := someQuestions(tx, part)
		if err != nil {
			return nil, fmt.Errorf("read questions: %w", err)
		}
		for _, q := range found {
			known[q.ID] = q
		}
	}
	var list []Question
	for _, id := range ids {
		if q, ok := known[id]; ok {
			list = append(list, q)
		}
	}
	return list, nil
}

// idsPerQuery is how many ids the query of someQuestions has room for.
const idsPerQuery = 20

func someQuestions(tx *store.Tx, ids []string) ([]Question, error) {
	args := make([]any, idsPerQuery)
	for i := range args {
		args[i] = ""
		if i < len(ids) && isName(ids[i]) {
			args[i] = ids[i]
		}
	}
	return store.Collect(tx, scanQuestion, `SELECT id, source FROM questions WHERE id IN
		($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`, args...)
}

func allQuestions(tx *store.Tx) ([]Question, error) {
	return store.Collect(tx, scanQuestion, `SELECT id, source FROM questions ORDER BY id`)
}

func questionsOfQuiz(tx *store.Tx, quizID string) ([]Question, error) {
	return store.Collect(tx, scanQuestion, `SELECT q.id, q.source FROM quiz_questions p JOIN questions q ON q.id = p.question_id
		WHERE p.quiz_id = $1 ORDER BY p.position`, quizID)
}

// scanQuestion reads the canonical text; the rules it met when it was saved are
// not asked again.
func scanQuestion(scan func(...any) error) (Question, error) {
	var id, source string
	if err := scan(&id, &source); err != nil {
		return Question{}, err
	}
	q, err := readStored(source)
	if err != nil {
		return Question{}, fmt.Errorf("read the stored text of question %s: %w", id, err)
	}
	return q, nil
}

// questionSource is the stored text of a question, "" when there is none.
func questionSource(tx *store.Tx, id string) (string, error) {
	var source string
	err := tx.QueryRow(`SELECT source FROM questions WHERE id = $1`, id).Scan(&source)
	if errors.Is(err, store.ErrNoRows) {
		return "", nil
	}
	return source, err
}

func putQuestion(tx *store.Tx, q Question) error {
	_, err := tx.Exec(`INSERT INTO questions (id, source, kind, stem, read_path, topic, level, trust, updated_ms)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (id) DO UPDATE SET source = excluded.source, kind = excluded.kind, stem = excluded.stem, read_path = excluded.read_path,
			topic = excluded.topic, level = excluded.level, trust = excluded.trust, updated_ms = excluded.updated_ms`,
		q.ID, q.Source, string(q.Kind), q.Stem, q.Read, q.Topic, q.Level, q.Trust, store.Millis(tx.Now()))
	if err != nil {
		return fmt.Errorf("store question %s: %w", q.ID, err)
	}
	return nil
}

func quizzesAsking(tx *store.Tx, questionID string) ([]string, error) {
	return store.Collect(tx, scanText, `SELECT quiz_id FROM quiz_questions WHERE question_id = $1 ORDER BY quiz_id`, questionID)
}

func scanText(scan func(...any) error) (text string, err error) {
	err = scan(&text)
	return text, err
}
