package quizzes_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sotay/internal/cite"
	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/store/storetest"
	"sotay/internal/viet"
	"sotay/quizzes"
)

const quiz = "kiem-phieu"

func start(t testing.TB, bank *quizzes.Bank, visit string) quizzes.Attempt {
	t.Helper()
	a, err := bank.Start(ctx, visit, quiz)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func reply(t testing.TB, bank *quizzes.Bank, visit string, position int, chosen ...string) quizzes.Attempt {
	t.Helper()
	a, err := bank.Reply(ctx, visit, quiz, position, chosen)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func count(t testing.TB, db *store.DB, table string) (n int64) {
	t.Helper()
	err := db.Read(ctx, func(tx *store.Tx) error { return tx.QueryRow(`SELECT count(*) FROM ` + table).Scan(&n) })
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAnAttemptGoesFromFirstToLastQuestion(t *testing.T) {
	bank, db := newBank(t)
	changes, acts := lastChange(t, db), count(t, db, "audit")
	a := start(t, bank, "v")
	if a.Number != 1 || a.Next() != 1 || a.Done() || a.Quiz.Title == "" || len(a.Quiz.Questions) != 4 || !a.StartedAt.Equal(storetest.Start) {
		t.Fatalf("got %+v", a)
	}
	later := storetest.Start.Add(time.Minute)
	db.SetClock(func() time.Time { return later })
	reply(t, bank, "v", 1, "a")
	reply(t, bank, "v", 4, "b")
	a = reply(t, bank, "v", 2, "b", "a")
	if a.Next() != 3 || a.Done() || a.Score() != 2 || !reflect.DeepEqual(a.Replies[2].Chosen, []string{"a", "b"}) || !a.Replies[2].At.Equal(later) {
		t.Errorf("got %+v", a.Replies)
	}
	a = reply(t, bank, "v", 3, "b")
	if a.Next() != 0 || !a.Done() || !a.FinishedAt.Equal(later) || a.Score() != 3 {
		t.Errorf("got %+v", a)
	}
	current, err := bank.Current(ctx, "v", quiz)
	if err != nil || !reflect.DeepEqual(current, a) {
		t.Errorf("got %+v, %v, want %+v", current, err, a)
	}
	if lastChange(t, db) != changes || count(t, db, "audit") != acts {
		t.Error("an attempt wrote to the change log or the audit log")
	}
	storetest.CheckTypes(t, db)
}

func TestStartGoesOnWithAnUnfinishedAttemptAndElseBeginsTheNext(t *testing.T) {
	bank, _ := newBank(t)
	first := start(t, bank, "v")
	reply(t, bank, "v", 1, "a")
	if again := start(t, bank, "v"); again.ID != first.ID || len(again.Replies) != 1 {
		t.Errorf("got %+v, want the first attempt", again)
	}
	if other := start(t, bank, "w"); other.ID == first.ID || other.Number != 1 || len(other.Replies) > 0 {
		t.Errorf("another visit: got %+v", other)
	}
	for position := 2; position <= 4; position++ {
		reply(t, bank, "v", position, "a")
	}
	if second := start(t, bank, "v"); second.Number != 2 || second.Next() != 1 || second.Done() {
		t.Errorf("got %+v, want a second attempt", second)
	}
}

func TestTheFirstReplyStands(t *testing.T) {
	bank, _ := newBank(t)
	start(t, bank, "v")
	first := reply(t, bank, "v", 1, "b")
	for _, chosen := range [][]string{{"b"}, {"a"}, {"z"}, nil} {
		if again := reply(t, bank, "v", 1, chosen...); !reflect.DeepEqual(again, first) {
			t.Errorf("%v: got %+v, want %+v", chosen, again, first)
		}
	}
}

func TestAReplyResentAfterTheEndChangesNothing(t *testing.T) {
	bank, _ := newBank(t)
	start(t, bank, "v")
	var last quizzes.Attempt
	for position := 1; position <= 4; position++ {
		last = reply(t, bank, "v", position, "a")
	}
	if again := reply(t, bank, "v", 4, "b"); !reflect.DeepEqual(again, last) {
		t.Errorf("got %+v, want %+v", again, last)
	}
}

func TestRepliesThatCannotBeAreRefused(t *testing.T) {
	bank, _ := newBank(t)
	start(t, bank, "v")
	for _, c := range []struct {
		name, visit, quiz string
		position          int
		chosen            []string
		kind              fault.Kind
	}{
		{"nothing chosen", "v", quiz, 1, nil, fault.KindInvalid},
		{"unknown option", "v", quiz, 1, []string{"z"}, fault.KindInvalid},
		{"known and unknown", "v", quiz, 2, []string{"a", ""}, fault.KindInvalid},
		{"two of a single", "v", quiz, 1, []string{"a", "b"}, fault.KindInvalid},
		{"true and false", "v", quiz, 3, []string{"a", "b"}, fault.KindInvalid},
		{"position 0", "v", quiz, 0, []string{"a"}, fault.KindNotFound},
		{"position past the end", "v", quiz, 5, []string{"a"}, fault.KindNotFound},
		{"unknown quiz", "v", "none", 1, []string{"a"}, fault.KindNotFound},
		{"not started", "w", quiz, 1, []string{"a"}, fault.KindNotFound},
		{"no visit", "", quiz, 1, []string{"a"}, fault.KindNotFound},
		{"odd visit", "\x00\xff", quiz, 1, []string{"a"}, fault.KindNotFound},
	} {
		if _, err := bank.Reply(ctx, c.visit, c.quiz, c.position, c.chosen); !fault.Is(err, c.kind) {
			t.Errorf("%s: got %v, want a fault of kind %d", c.name, err, c.kind)
		}
	}
	if a, err := bank.Current(ctx, "v", quiz); err != nil || len(a.Replies) > 0 {
		t.Errorf("got %+v, %v", a.Replies, err)
	}
}

func TestStartNeedsAVisitAndAQuiz(t *testing.T) {
	bank, _ := newBank(t)
	for _, visit := range []string{"", "\xff", "a\x00", strings.Repeat("v", 65)} {
		if _, err := bank.Start(ctx, visit, quiz); err == nil {
			t.Errorf("started for visit %q", visit)
		}
	}
	if _, err := bank.Start(ctx, "v", "none"); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("got %v", err)
	}
	if a := start(t, bank, strings.Repeat("v", 64)); a.Number != 1 {
		t.Errorf("got %+v", a)
	}
}

func TestAnAttemptKeepsItsQuestionsWhenTheQuizChanges(t *testing.T) {
	bank, _ := newBank(t)
	before := start(t, bank, "v")
	changed := strings.ReplaceAll(sample(t, "30-tong-hop.gift"), "tong-hop", quiz)
	if err := bank.Save(ctx, "editor.gift", changed, "editor"); err != nil {
		t.Fatal(err)
	}
	now, err := bank.Quiz(ctx, quiz)
	if err != nil || now.Count != 2 {
		t.Fatalf("got %+v, %v", now, err)
	}
	after, err := bank.Current(ctx, "v", quiz)
	if err != nil || after.Quiz.Count != 4 || !reflect.DeepEqual(after.Quiz.Questions, before.Quiz.Questions) {
		t.Errorf("got %+v, %v, want %+v", after.Quiz.Questions, err, before.Quiz.Questions)
	}
	for position := 1; position <= 4; position++ {
		after = reply(t, bank, "v", position, "a")
	}
	if !after.Done() {
		t.Errorf("got %+v, want it finished", after)
	}
	if next := start(t, bank, "v"); len(next.Quiz.Questions) != 2 {
		t.Errorf("the next attempt: got %d questions, want 2", len(next.Quiz.Questions))
	}
}

// at once runs fn many times together.
func atOnce(fn func(i int)) {
	var all sync.WaitGroup
	gate := make(chan struct{})
	for i := range 16 {
		all.Go(func() {
			<-gate
			fn(i)
		})
	}
	close(gate)
	all.Wait()
}

func TestManyStartsAtOnceMakeOneAttempt(t *testing.T) {
	bank, db := newBank(t)
	for number := int64(1); number <= 3; number++ {
		var ids sync.Map
		atOnce(func(int) {
			a, err := bank.Start(ctx, "v", quiz)
			if err != nil {
				t.Error(err)
			}
			ids.Store(a.ID, true)
		})
		different := 0
		ids.Range(func(any, any) bool { different++; return true })
		if n := count(t, db, "attempts"); n != number || different != 1 {
			t.Fatalf("got %d attempts with %d ids, want %d and 1", n, different, number)
		}
		for position := 1; position <= 4; position++ {
			reply(t, bank, "v", position, "a")
		}
	}
}

func TestManyRepliesAtOnceMakeOne(t *testing.T) {
	bank, db := newBank(t)
	start(t, bank, "v")
	var got sync.Map
	atOnce(func(i int) {
		a, err := bank.Reply(ctx, "v", quiz, 1, []string{string(rune('a' + i%3))})
		if err != nil {
			t.Error(err)
		}
		got.Store(fmt.Sprint(a.Replies[1]), true)
	})
	different := 0
	got.Range(func(any, any) bool { different++; return true })
	if n := count(t, db, "attempt_replies"); n != 1 || different != 1 {
		t.Errorf("got %d replies, %d different answers, want 1 and 1", n, different)
	}
	var replied int64
	err := db.Read(ctx, func(tx *store.Tx) error { return tx.QueryRow(`SELECT replied FROM attempts`).Scan(&replied) })
	if err != nil || replied != 1 {
		t.Errorf("got %d counted, %v, want 1", replied, err)
	}
}

func TestRepliesToAllPositionsAtOnceFinishTheAttempt(t *testing.T) {
	bank, db := newBank(t)
	for n := range 10 {
		visit := fmt.Sprint("v", n)
		start(t, bank, visit)
		atOnce(func(i int) {
			if _, err := bank.Reply(ctx, visit, quiz, 1+i%4, []string{"a"}); err != nil {
				t.Error(err)
			}
		})
		if a, err := bank.Current(ctx, visit, quiz); err != nil || !a.Done() || len(a.Replies) != 4 {
			t.Errorf("got %+v, %v, want it finished", a, err)
		}
	}
	storetest.CheckTypes(t, db)
}

func TestQuestionsWhoseLawChangedAreNotAsked(t *testing.T) {
	bank, db := newBank(t)
	all := start(t, bank, "before").Quiz.Questions
	amended := all[1].Basis[0]
	var id string
	record := func(since viet.Date) {
		t.Helper()
		err := db.Write(ctx, func(tx *store.Tx) (err error) {
			id, err = cite.Record(tx, cite.Amendment{Of: amended, By: amended, Effect: cite.Amended, Since: since, Person: "p"})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	today := viet.DateOf(storetest.Start)
	record(today.AddDays(1))
	if got := start(t, bank, "too early"); len(got.Quiz.Questions) != len(all) {
		t.Errorf("before the change applies: %d questions, want %d", len(got.Quiz.Questions), len(all))
	}
	record(today)
	want := 0
	for _, q := range all {
		if !slices.ContainsFunc(q.Basis, func(b cite.Ref) bool { return b == amended || strings.HasPrefix(b.String(), amended.String()+" ") }) {
			want++
		}
	}
	a := start(t, bank, "after")
	if len(a.Quiz.Questions) != want || want == len(all) {
		t.Errorf("after it: %d questions of %d, want %d", len(a.Quiz.Questions), len(all), want)
	}
	if running := start(t, bank, "before"); len(running.Quiz.Questions) != len(all) {
		t.Errorf("a running attempt lost questions: %d of %d", len(running.Quiz.Questions), len(all))
	}
	err := db.Write(ctx, func(tx *store.Tx) error { return cite.Affirm(tx, id, quizzes.KindQuestion, all[1].ID, "p", "") })
	if err != nil {
		t.Fatal(err)
	}
	if got := start(t, bank, "affirmed").Quiz.Questions; !slices.ContainsFunc(got, func(q quizzes.Question) bool { return q.ID == all[1].ID }) {
		t.Errorf("the question that was looked at is not asked: %d of %d", len(got), len(all))
	}
}

func TestAQuizOfSuspendedQuestionsSaysSo(t *testing.T) {
	bank, db := newBank(t)
	err := db.Write(ctx, func(tx *store.Tx) error {
		for _, key := range []string{"luat-85-2015", "nq-40-2025", "tt-21-2025", "sach-hoi-dap-2026"} {
			of := cite.Ref{Law: key}
			if _, err := cite.Record(tx, cite.Amendment{Of: of, By: of, Effect: cite.Repealed, Since: viet.DateOf(storetest.Start), Person: "p"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bank.Start(ctx, "v", quiz); !fault.Is(err, fault.KindNotFound) || !strings.Contains(err.Error(), "xem lại") {
		t.Errorf("got %v", err)
	}
}
