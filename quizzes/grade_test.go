package quizzes_test

import (
	"reflect"
	"testing"
	"time"

	"sotay/quizzes"
)

// asked is a question whose options are right as marked.
func asked(kind quizzes.Kind, marks ...bool) quizzes.Question {
	q := quizzes.Question{Kind: kind}
	for i, right := range marks {
		q.Options = append(q.Options, quizzes.Option{Key: string(rune('a' + i)), Right: right})
	}
	return q
}

func TestAChoiceIsRightWithAllRightOptionsAndNoOther(t *testing.T) {
	single := asked(quizzes.KindSingle, false, true, false)
	several := asked(quizzes.KindSeveral, true, false, true)
	truth := asked(quizzes.KindTrueFalse, false, true)
	for _, c := range []struct {
		name     string
		question quizzes.Question
		chosen   []string
		want     bool
	}{
		{"the right one", single, []string{"b"}, true},
		{"a wrong one", single, []string{"a"}, false},
		{"right and wrong", single, []string{"a", "b"}, false},
		{"none", single, nil, false},
		{"an unknown key", single, []string{"z"}, false},
		{"right and unknown", single, []string{"b", "z"}, false},
		{"all of several", several, []string{"a", "c"}, true},
		{"all in another order", several, []string{"c", "a"}, true},
		{"all with a double", several, []string{"a", "c", "a"}, true},
		{"half of several", several, []string{"a"}, false},
		{"half twice", several, []string{"a", "a"}, false},
		{"everything", several, []string{"a", "b", "c"}, false},
		{"false is right", truth, []string{"b"}, true},
		{"true is wrong", truth, []string{"a"}, false},
		{"nothing is right", asked(quizzes.KindSeveral, false, false), nil, false},
	} {
		if got := quizzes.Grade(c.question, c.chosen); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func TestResultsOfAnAttempt(t *testing.T) {
	a := quizzes.Attempt{
		Quiz: quizzes.Quiz{Questions: []quizzes.Question{{ID: "1", Topic: "x"}, {ID: "2", Topic: "y"}, {ID: "3", Topic: "x"}, {ID: "4", Topic: "y"}}},
		Replies: map[int]quizzes.Reply{
			1: {Position: 1, Right: true}, 2: {Position: 2, Chosen: []string{"a"}}, 4: {Position: 4, Right: true},
		},
	}
	if a.Score() != 2 || a.Next() != 3 || a.Done() {
		t.Errorf("got score %d, next %d, done %v", a.Score(), a.Next(), a.Done())
	}
	if got, want := a.Topics(), []quizzes.TopicScore{{"x", 1, 2}, {"y", 1, 2}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	wrong := a.Wrong()
	if len(wrong) != 1 || wrong[0].Position != 2 || wrong[0].Question.ID != "2" || !wrong[0].Reply.Has("a") || wrong[0].Reply.Has("b") {
		t.Errorf("got %+v", wrong)
	}
	a.Replies[3], a.FinishedAt = quizzes.Reply{Position: 3}, time.Now()
	if a.Next() != 0 || !a.Done() {
		t.Errorf("got next %d, done %v", a.Next(), a.Done())
	}
}
