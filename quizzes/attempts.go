package quizzes

import (
	"context"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"sotay/internal/cite"
	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// Attempt is one visit's way through a quiz. Its questions were fixed when it
// was started, whatever becomes of the quiz.
type Attempt struct {
	ID         string
	Quiz       Quiz // with the attempt's questions
	Number     int  // counted from 1 per visit and quiz
	Replies    map[int]Reply
	StartedAt  time.Time
	FinishedAt time.Time // zero until all questions are answered
}

// Reply is the choice made at one position of an attempt.
type Reply struct {
	Position int
	Chosen   []string // keys of options, in their order
	Right    bool
	At       time.Time
}

// Has reports whether the reply chose an option.
func (r Reply) Has(key string) bool { return slices.Contains(r.Chosen, key) }

// Question is the question at a position, counted from 1.
func (a Attempt) Question(position int) (Question, error) {
	if position < 1 || position > len(a.Quiz.Questions) {
		return Question{}, fault.NotFound("Bài này không có câu mang số đó.")
	}
	return a.Quiz.Questions[position-1], nil
}

// Start gives the visit's unfinished attempt of a quiz, or begins the next one.
// Any number of starts at once make one attempt.
func (b *Bank) Start(ctx context.Context, visit, quizSlug string) (Attempt, error) {
	if !isVisit(visit) {
		return Attempt{}, fmt.Errorf("start quiz %.100q: a visit has 1 to %d bytes of text", quizSlug, MaxVisitBytes)
	}
	err := b.db.Write(ctx, func(tx *store.Tx) error { return start(tx, visit, quizSlug) })
	if err != nil {
		return Attempt{}, err
	}
	return b.Current(ctx, visit, quizSlug)
}

func start(tx *store.Tx, visit, quizSlug string) error {
	quiz, err := quizBySlug(tx, quizSlug)
	if err != nil {
		return err
	}
	newest, err := newestAttempt(tx, visit, quiz.ID)
	if err != nil && !fault.Is(err, fault.KindNotFound) {
		return err
	}
	if newest.Number > 0 && !newest.Done() {
		return nil
	}
	ids, err := askedNow(tx, quiz.ID)
	if err != nil {
		return err
	}
	return insertAttempt(tx, visit, quiz.ID, newest.Number+1, ids)
}

// askedNow is the questions of a quiz without those that are suspended: what
// they rest on has changed, and nobody has looked at them since.
func askedNow(tx *store.Tx, quizID string) ([]string, error) {
	ids, err := questionIDs(tx, quizID)
	if err != nil {
		return nil, err
	}
	suspended, err := cite.Suspended(tx, KindQuestion, viet.DateOf(tx.Now()))
	if err != nil {
		return nil, err
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return suspended[id] })
	if len(ids) == 0 {
		return nil, fault.NotFound("Quy định mà bài này dựa vào đã đổi, các câu đang được xem lại. Anh, chị làm bài khác trước.")
	}
	return ids, nil
}

// Current is the visit's newest attempt of a quiz, finished or not.
func (b *Bank) Current(ctx context.Context, visit, quizSlug string) (Attempt, error) {
	var a Attempt
	err := b.db.Read(ctx, func(tx *store.Tx) (err error) {
		a, err = currentAttempt(tx, visit, quizSlug)
		return err
	})
	if err != nil {
		return Attempt{}, err
	}
	return a, nil
}

func currentAttempt(tx *store.Tx, visit, quizSlug string) (Attempt, error) {
	quiz, err := quizBySlug(tx, quizSlug)
	if err != nil {
		return Attempt{}, err
	}
	a, err := newestAttempt(tx, visit, quiz.ID)
	if err != nil {
		return Attempt{}, err
	}
	asked := a.Quiz.Count
	quiz.Count = asked
	if quiz.Questions, err = questionsByID(tx, a.ids); err != nil {
		return Attempt{}, err
	}
	if len(quiz.Questions) != asked {
		return Attempt{}, fmt.Errorf("read attempt %s: %d of its %d questions are left", a.ID, len(quiz.Questions), asked)
	}
	a.Quiz = quiz
	a.Replies, err = replies(tx, a.ID)
	return a.Attempt, err
}

// Reply stores a choice at a position of the visit's newest attempt and gives
// the attempt as it is then. The first reply stands: another one at the same
// position changes nothing. The last open position finishes the attempt.
func (b *Bank) Reply(ctx context.Context, visit, quizSlug string, position int, chosen []string) (Attempt, error) {
	a, err := b.Current(ctx, visit, quizSlug)
	if err != nil {
		return Attempt{}, err
	}
	q, err := a.Question(position)
	if err != nil {
		return Attempt{}, err
	}
	if _, replied := a.Replies[position]; replied {
		return a, nil
	}
	keys, err := q.choice(chosen)
	if err != nil {
		return Attempt{}, err
	}
	r := Reply{Position: position, Chosen: keys, Right: Grade(q, keys)}
	err = b.db.Write(ctx, func(tx *store.Tx) error { return reply(tx, a.ID, q.ID, r) })
	if err != nil {
		return Attempt{}, err
	}
	return b.again(ctx, a)
}

func reply(tx *store.Tx, attemptID, questionID string, r Reply) error {
	stored, err := insertReply(tx, attemptID, questionID, r)
	if err != nil || !stored {
		return err
	}
	return countReply(tx, attemptID)
}

// again reads what changes in an attempt while it runs.
func (b *Bank) again(ctx context.Context, a Attempt) (Attempt, error) {
	err := b.db.Read(ctx, func(tx *store.Tx) (err error) {
		if a.FinishedAt, err = finishedAt(tx, a.ID); err == nil {
			a.Replies, err = replies(tx, a.ID)
		}
		return err
	})
	if err != nil {
		return Attempt{}, err
	}
	return a, nil
}

func isVisit(visit string) bool {
	return visit != "" && len(visit) <= MaxVisitBytes && utf8.ValidString(visit) && !slices.Contains([]byte(visit), 0)
}
