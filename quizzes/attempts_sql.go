package quizzes

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
)

// storedAttempt is an attempt's row: an attempt that has but the ids of its
// questions and no replies yet.
type storedAttempt struct {
	Attempt
	ids []string
}

func newestAttempt(tx *store.Tx, visit, quizID string) (storedAttempt, error) {
	var a storedAttempt
	if !isVisit(visit) {
		return a, errNoAttempt()
	}
	var ids string
	var number, started, finished int64
	err := tx.QueryRow(`SELECT id, number, questions, started_ms, finished_ms FROM attempts
		WHERE visit = $1 AND quiz_id = $2 ORDER BY number DESC LIMIT 1`, visit, quizID).Scan(&a.ID, &number, &ids, &started, &finished)
	if errors.Is(err, store.ErrNoRows) {
		return a, errNoAttempt()
	}
	a.Number, a.ids = int(number), strings.Split(ids, "\n")
	a.Quiz.Count = len(a.ids)
	a.StartedAt, a.FinishedAt = store.FromMillis(started), timeOrZero(finished)
	return a, err
}

func errNoAttempt() error {
	return fault.NotFound("Anh, chị chưa bắt đầu bài này trên thiết bị đang dùng.")
}

func timeOrZero(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return store.FromMillis(ms)
}

// insertAttempt begins an attempt unless another transaction just did.
func insertAttempt(tx *store.Tx, visit, quizID string, number int, ids []string) error {
	_, err := tx.Exec(`INSERT INTO attempts (id, visit, quiz_id, number, questions, asked, replied, started_ms, finished_ms)
		VALUES ($1, $2, $3, $4, $5, $6, 0, $7, 0) ON CONFLICT DO NOTHING`,
		tx.NewID(), visit, quizID, int64(number), strings.Join(ids, "\n"), int64(len(ids)), store.Millis(tx.Now()))
	if err != nil {
		return fmt.Errorf("begin attempt %d of quiz %s: %w", number, quizID, err)
	}
	return nil
}

func replies(tx *store.Tx, attemptID string) (map[int]Reply, error) {
	list, err := store.Collect(tx, scanReply, `SELECT position, chosen, correct, at_ms FROM attempt_replies WHERE attempt_id = $1 ORDER BY position`, attemptID)
	if err != nil {
		return nil, fmt.Errorf("read replies of attempt %s: %w", attemptID, err)
	}
	byPosition := make(map[int]Reply, len(list))
	for _, r := range list {
		byPosition[r.Position] = r
	}
	return byPosition, nil
}

func scanReply(scan func(...any) error) (Reply, error) {
	var r Reply
	var position, at int64
	var chosen string
	err := scan(&position, &chosen, &r.Right, &at)
	r.Position, r.Chosen, r.At = int(position), strings.Split(chosen, ","), store.FromMillis(at)
	return r, err
}

// insertReply reports whether this reply is the one that stands.
func insertReply(tx *store.Tx, attemptID, questionID string, r Reply) (bool, error) {
	n, err := tx.Exec(`INSERT INTO attempt_replies (attempt_id, position, question_id, chosen, correct, at_ms)
		VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (attempt_id, position) DO NOTHING`,
		attemptID, int64(r.Position), questionID, strings.Join(r.Chosen, ","), r.Right, store.Millis(tx.Now()))
	if err != nil {
		return false, fmt.Errorf("store reply %d of attempt %s: %w", r.Position, attemptID, err)
	}
	return n > 0, nil
}

// countReply counts a stored reply; the last one finishes the attempt. One
// UPDATE does both, so that of two last replies at once one sees the other.
func countReply(tx *store.Tx, attemptID string) error {
	_, err := tx.Exec(`UPDATE attempts SET replied = replied + 1,
		finished_ms = CASE WHEN replied + 1 >= asked THEN CAST($1 AS BIGINT) ELSE 0 END WHERE id = $2`, store.Millis(tx.Now()), attemptID)
	if err != nil {
		return fmt.Errorf("count reply of attempt %s: %w", attemptID, err)
	}
	return nil
}

func finishedAt(tx *store.Tx, attemptID string) (time.Time, error) {
	var finished int64
	err := tx.QueryRow(`SELECT finished_ms FROM attempts WHERE id = $1`, attemptID).Scan(&finished)
	if err != nil {
		return time.Time{}, fmt.Errorf("read attempt %s: %w", attemptID, err)
	}
	return timeOrZero(finished), nil
}
