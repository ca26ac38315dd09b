package quizzes

import (
	"context"
	"fmt"

	"sotay/internal/cite"
	"sotay/internal/fault"
	"sotay/internal/store"
)

// Kind is how a question is answered.
type Kind string

// The kinds of questions.
const (
	KindSingle    Kind = "single"    // one option is right
	KindSeveral   Kind = "several"   // all right options and no other have to be chosen
	KindTrueFalse Kind = "truefalse" // the options are "Đúng" and "Sai"
)

// Option is one of the answers that a question offers.
type Option struct {
	Key      string // "a", "b" … in the order of the source
	Text     string
	Right    bool
	Feedback string // shown to who chose it; may be ""
}

// Question is a question of the bank. Its texts are plain; paragraphs are
// parted by an empty line.
type Question struct {
	ID          string
	Kind        Kind
	Stem        string
	Options     []Option
	Explanation string
	Basis       []cite.Ref
	Read        string // address on this site where the matter is told
	ReadLabel   string // words of the link; may be ""
	Topic       string
	Level       string // "rule", "exception" or ""
	Trust       string // "V" or "V-bao"
	Source      string // the GIFT text, canonical
}

// Hidden is a copy fit for a page before the reply: nothing in it tells which
// options are right.
func (q Question) Hidden() Question {
	q.Options = append([]Option(nil), q.Options...)
	for i := range q.Options {
		q.Options[i].Right, q.Options[i].Feedback = false, ""
	}
	q.Explanation, q.Read, q.ReadLabel, q.Source = "", "", "", ""
	return q
}

// Rights are the keys of the right options.
func (q Question) Rights() []string {
	var keys []string
	for _, o := range q.Options {
		if o.Right {
			keys = append(keys, o.Key)
		}
	}
	return keys
}

// choice brings chosen keys into the order of the options, each once.
func (q Question) choice(chosen []string) ([]string, error) {
	if len(chosen) == 0 {
		if q.Kind == KindSeveral {
			return nil, fault.Invalid("Hãy chọn ít nhất một câu trả lời.")
		}
		return nil, fault.Invalid("Hãy chọn một câu trả lời.")
	}
	wanted := map[string]bool{}
	for _, key := range chosen {
		wanted[key] = true
	}
	var keys []string
	for _, o := range q.Options {
		if wanted[o.Key] {
			keys = append(keys, o.Key)
		}
	}
	if len(keys) != len(wanted) {
		return nil, fault.Invalid("Câu này không có lựa chọn đó. Hãy tải lại trang rồi chọn lại.")
	}
	if q.Kind != KindSeveral && len(keys) > 1 {
		return nil, fault.Invalid("Câu này chỉ có một câu trả lời đúng. Hãy chọn một.")
	}
	return keys, nil
}

// Question is one question of the bank.
func (b *Bank) Question(ctx context.Context, id string) (Question, error) {
	found, err := b.Questions(ctx, []string{id})
	if err == nil && len(found) == 0 {
		err = fault.NotFound("Không có câu trắc nghiệm này.")
	}
	if err != nil {
		return Question{}, err
	}
	return found[0], nil
}

// Questions are the questions of these ids in the order asked for; ids that
// the bank lacks are left out.
func (b *Bank) Questions(ctx context.Context, ids []string) ([]Question, error) {
	if len(ids) > MaxQuestionsAtOnce {
		return nil, fmt.Errorf("read %d questions: more than %d at once", len(ids), MaxQuestionsAtOnce)
	}
	var list []Question
	err := b.db.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = questionsByID(tx, ids)
		return err
	})
	return list, err
}

// AllQuestions lists the whole bank in the order of the ids.
func (b *Bank) AllQuestions(ctx context.Context) ([]Question, error) {
	var list []Question
	err := b.db.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = allQuestions(tx)
		return err
	})
	return list, err
}

// saveQuestion stores a question and notes it as saved, unless it is stored just
// so already.
func saveQuestion(tx *store.Tx, q Question, by, note string, saved idSet) error {
	stored, err := questionSource(tx, q.ID)
	if err != nil || stored == q.Source {
		return err
	}
	if err := putQuestion(tx, q); err != nil {
		return err
	}
	if err := cite.Replace(tx, KindQuestion, q.ID, q.Basis); err != nil {
		return err
	}
	saved[q.ID] = true
	return tx.Audit(by, "publish", KindQuestion, q.ID, note)
}
