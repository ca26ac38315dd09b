package web

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sotay/quizzes"
)

// questionView is a question on a page, asked or marked.
type questionView struct {
	Name    string // of its form field
	Number  int    // in a form of several, else 0
	Stem    string
	Hint    string // how to answer; may be ""
	Several bool
	Short   bool // two options side by side
	Options []optionView
	Fault   string
}

// optionView is an option with its mark.
type optionView struct {
	Key, Text, Feedback string
	Chosen              bool
	Mark                string // "", "right", "wrong"
	Verdict             string
}

var hints = map[quizzes.Kind]string{
	quizzes.KindSingle:    "Chọn một câu.",
	quizzes.KindSeveral:   "Chọn tất cả câu đúng. Có thể có nhiều hơn một.",
	quizzes.KindTrueFalse: "Câu trên đúng hay sai?",
}

// ask shows a question without a word of its answer.
func ask(q quizzes.Question, chosen []string) questionView {
	q = q.Hidden()
	view := questionView{Name: "k", Stem: q.Stem, Hint: hintOf(q), Several: q.Kind == quizzes.KindSeveral, Short: q.Kind == quizzes.KindTrueFalse}
	for _, o := range q.Options {
		view.Options = append(view.Options, optionView{Key: o.Key, Text: o.Text, Chosen: slices.Contains(chosen, o.Key)})
	}
	return view
}

// hintOf says how to answer, unless the question's last words do.
func hintOf(q quizzes.Question) string {
	if q.Kind == quizzes.KindTrueFalse && strings.HasSuffix(q.Stem, "đúng hay sai?") {
		return ""
	}
	return hints[q.Kind]
}

// mark shows what was chosen and what is right, in words and not by colour alone.
func mark(q quizzes.Question, chosen []string) questionView {
	view := ask(q, chosen)
	for i, o := range q.Options {
		v := &view.Options[i]
		switch {
		case o.Right && v.Chosen:
			v.Mark, v.Verdict = "right", "✓ Anh, chị chọn đúng"
		case o.Right:
			v.Mark, v.Verdict = "right", "✓ Đáp án đúng"
		case v.Chosen:
			v.Mark, v.Verdict = "wrong", "✗ Anh, chị chọn"
		}
		if v.Chosen {
			v.Feedback = o.Feedback
		}
	}
	return view
}

// explanation is why a reply is right or wrong, and where to read on.
type explanation struct {
	ID         string
	Number     int // of the question in a form of several, else 0
	Right      bool
	Paragraphs []string
	Basis      []link
	Read       link
}

type link struct{ Name, Path string }

// Verdict is the explanation in two words.
func (e explanation) Verdict() string {
	if e.Right {
		return "Đúng rồi"
	}
	return "Chưa đúng"
}

// Mark is the class and Icon the drawing of the verdict.
func (e explanation) Mark() string {
	if e.Right {
		return "right"
	}
	return "wrong"
}

// Icon is the drawing of the verdict.
func (e explanation) Icon() string {
	if e.Right {
		return "ok"
	}
	return "stop"
}

// readOn is where a question's matter is told.
func readOn(q quizzes.Question) link {
	if q.ReadLabel == "" {
		return link{"Hướng dẫn", q.Read}
	}
	return link{q.ReadLabel, q.Read}
}

func (s *Server) explain(ctx context.Context, q quizzes.Question, right bool) (explanation, error) {
	e := explanation{ID: "giai-thich", Right: right, Read: readOn(q)}
	for _, paragraph := range strings.Split(q.Explanation, "\n\n") {
		if paragraph = strings.TrimSpace(paragraph); paragraph != "" {
			e.Paragraphs = append(e.Paragraphs, paragraph)
		}
	}
	var err error
	if e.Basis, err = s.citations(ctx, q.Basis); err != nil {
		return explanation{}, fmt.Errorf("explain question %s: %w", q.ID, err)
	}
	return e, nil
}
