package content_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/store"
)

// successor writes an answer that takes the place of others and has two people publish it.
func successor(t *testing.T, lib *content.Library, question string, old ...string) content.Answer {
	t.Helper()
	text := answerText(question)
	text.Fields["supersedes"], text.Fields["level"], text.Fields["letter"] = old, []string{"letter"}, []string{"12/UBBC ngày 01/3/2026"}
	r := newDraft(t, lib, content.KindAnswer, text, "lan")
	publishByTwo(t, lib, r)
	a, err := lib.AnswerByID(t.Context(), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestANewerAnswerTakesThePlaceOfAnOlderOne(t *testing.T) {
	lib, db := seeded(t)
	all := func() int {
		t.Helper()
		page, err := lib.Answers(t.Context(), content.AnswerFilter{})
		if err != nil {
			t.Fatal(err)
		}
		return page.Total
	}
	before, changes := all(), func() int64 { n, _ := db.LastChange(t.Context()); return n }
	seq := changes()
	a := successor(t, lib, "Câu mới thay hai câu cũ?", "HĐ-0001", "hd-2")
	if got := changes() - seq; got != 3 {
		t.Errorf("%d changes, want one of each answer", got)
	}
	if len(a.Replaced) != 2 || a.Replaced[0].Code() != "HĐ-0001" || a.Successor != nil || a.Level != content.LevelLetter {
		t.Errorf("got %+v", a)
	}
	for _, code := range []string{"HĐ-0001", "HĐ-0002"} {
		old, err := lib.Answer(t.Context(), code)
		if err != nil || old.Successor == nil || old.Successor.ID != a.ID {
			t.Errorf("%s: got successor %+v, %v", code, old.Successor, err)
		}
	}
	if got := all(); got != before-1 {
		t.Errorf("the archive lists %d answers, want %d", got, before-1)
	}
	newest := successor(t, lib, "Câu mới nhất, thay câu mới?", a.Code())
	if old, _ := lib.Answer(t.Context(), "HĐ-0001"); old.Successor == nil || old.Successor.ID != newest.ID {
		t.Errorf("the oldest leads to %+v, want the newest", old.Successor)
	}
	if len(newest.Replaced) != 3 || newest.Replaced[0].Code() != "HĐ-0001" || newest.Replaced[2].ID != a.ID {
		t.Errorf("the newest replaces %+v, want the two oldest and the one between", newest.Replaced)
	}
	seq = changes()
	if err := lib.TakeDown(t.Context(), content.KindAnswer, a.ID, "Sai.", "dung"); err != nil {
		t.Fatal(err)
	}
	told, err := db.Changes(t.Context(), seq, 10)
	if err != nil || !slices.ContainsFunc(told, func(c store.Change) bool { return c.ObjectID == newest.ID }) {
		t.Errorf("got %+v, %v, want also the newest, which replaces less", told, err)
	}
	if less, err := lib.AnswerByID(t.Context(), newest.ID); err != nil || len(less.Replaced) != 0 {
		t.Errorf("without the one between: got %+v, %v", less.Replaced, err)
	}
	if err := lib.PutBack(t.Context(), content.KindAnswer, a.ID, "dung"); err != nil {
		t.Fatal(err)
	}
	if err := lib.TakeDown(t.Context(), content.KindAnswer, newest.ID, "Sai.", "dung"); err != nil {
		t.Fatal(err)
	}
	if again, _ := lib.Answer(t.Context(), a.Code()); again.Successor != nil {
		t.Error("an answer stays superseded by one that was taken down")
	}
}

func TestCirclesAndSecondSuccessorsAreRefused(t *testing.T) {
	lib, _ := seeded(t)
	first := successor(t, lib, "Câu thứ nhất thay câu cũ?", "HĐ-0001")
	second := successor(t, lib, "Câu thứ hai thay câu thứ nhất?", first.Code())
	publish := func(text content.Text, id string) error {
		t.Helper()
		var r content.Revision
		if id == "" {
			r = newDraft(t, lib, content.KindAnswer, text, "lan")
		} else {
			r = save(t, lib, startDraft(t, lib, content.KindAnswer, id, "lan"), text, "lan")
		}
		r = submit(t, lib, r, "lan")
		return lib.Approve(t.Context(), r.Kind, r.ID, r.Version, now, "dung")
	}
	circle := answerText(first.Question)
	circle.Fields["code"], circle.Fields["supersedes"] = []string{first.Code()}, []string{second.Code()}
	if err := publish(circle, first.ID); !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), "vòng tròn") {
		t.Errorf("a circle: got %v", err)
	}
	other := answerText("Câu thứ ba cũng thay câu cũ?")
	other.Fields["supersedes"] = []string{"HĐ-0001"}
	if err := publish(other, ""); !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), "đã có câu khác thay") {
		t.Errorf("a second successor: got %v", err)
	}
	early := answerText("Câu thứ tư áp dụng sau này?")
	early.Fields["supersedes"], early.Fields["effective"] = []string{"HĐ-0003"}, []string{"2030-01-01"}
	if err := publish(early, ""); !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), "hẹn giờ đăng") {
		t.Errorf("before its day: got %v", err)
	}
}

func TestAnAnswerThatWasTakenDownStillClosesACircle(t *testing.T) {
	lib, _ := seeded(t)
	first := successor(t, lib, "Câu thứ nhất?")
	second := successor(t, lib, "Câu thứ hai thay câu thứ nhất?", first.Code())
	if err := lib.TakeDown(t.Context(), content.KindAnswer, second.ID, "Xem lại.", "dung"); err != nil {
		t.Fatal(err)
	}
	circle := answerText(first.Question)
	circle.Fields["code"], circle.Fields["supersedes"] = []string{first.Code()}, []string{second.Code()}
	r := submit(t, lib, save(t, lib, startDraft(t, lib, content.KindAnswer, first.ID, "lan"), circle, "lan"), "lan")
	if err := lib.Approve(t.Context(), r.Kind, r.ID, r.Version, now, "dung"); !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), "vòng tròn") {
		t.Errorf("a circle through an answer that is hidden: got %v", err)
	}
	if err := lib.PutBack(t.Context(), content.KindAnswer, second.ID, "dung"); err != nil {
		t.Fatal(err)
	}
	if a, err := lib.Answer(t.Context(), first.Code()); err != nil || a.Successor == nil || a.Successor.ID != second.ID {
		t.Errorf("put back: got %+v, %v", a.Successor, err)
	}
}

func TestWhatAnAnswerSaysOfItsWeightIsChecked(t *testing.T) {
	lib, _ := seeded(t)
	for i, tt := range []struct {
		field, value, want string
	}{{"level", "law", "level"}, {"level", "letter", "letter"}, {"supersedes", "câu 12", "supersedes"}} {
		text := answerText(fmt.Sprintf("Câu hỏi số %d về mức trả lời?", i))
		text.Fields[tt.field] = []string{tt.value}
		findings, err := lib.Check(t.Context(), content.KindAnswer, "", text, nil)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, f := range findings {
			found = found || f.Field == tt.want && f.Must
		}
		if !found {
			t.Errorf("%s=%s: got %+v, want a fault of %s", tt.field, tt.value, findings, tt.want)
		}
	}
}

func TestSuccessorsAndSeriesLeaveAndComeBack(t *testing.T) {
	lib, _ := seeded(t)
	a := successor(t, lib, "Câu mới thay hai câu cũ?", "HĐ-0001", "hd-2")
	newest := successor(t, lib, "Câu mới nhất, thay câu mới?", a.Code())
	mustImportFolder(t, lib, folderOf("bai-mot.md", strings.Replace(goodGuide, "\nphase:", "\nseries: ngay-bau-cu\nstep: 1\nseries_title: Việc ngày bầu cử\nphase:", 1)), true)
	first := exported(t, lib)
	second := imported(t, first)
	sameFiles(t, exported(t, second), first)
	if old, err := second.Answer(t.Context(), "HĐ-0001"); err != nil || old.Successor == nil || old.Successor.Code() != newest.Code() {
		t.Errorf("got successor %+v, %v", old.Successor, err)
	}
	if s, err := second.Series(t.Context(), "ngay-bau-cu"); err != nil || s.Title != "Việc ngày bầu cử" {
		t.Errorf("got %+v, %v", s, err)
	}
}
