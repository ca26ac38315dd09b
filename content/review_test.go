package content_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

func startDraft(t *testing.T, lib *content.Library, kind, id, by string) content.Revision {
	t.Helper()
	r, err := lib.StartDraft(t.Context(), kind, id, by)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func save(t *testing.T, lib *content.Library, r content.Revision, text content.Text, by string) content.Revision {
	t.Helper()
	r, err := lib.SaveDraft(t.Context(), content.Save{Kind: r.Kind, ID: r.ID, Version: r.Version, Text: text, By: by})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func open(t *testing.T, lib *content.Library, r content.Revision) content.Revision {
	t.Helper()
	r, err := lib.OpenRevision(t.Context(), r.Kind, r.ID)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func submit(t *testing.T, lib *content.Library, r content.Revision, by string) content.Revision {
	t.Helper()
	if err := lib.Submit(t.Context(), r.Kind, r.ID, r.Version, "sửa cho rõ", by); err != nil {
		t.Fatal(describe(err))
	}
	return open(t, lib, r)
}

// describe tells the fields of a fault too.
func describe(err error) string {
	if f, ok := fault.Of(err); ok {
		return fmt.Sprintf("%s %+v", f.Sentence, f.Fields)
	}
	return err.Error()
}

var now = content.Approval{When: content.WhenNow}

// publishByTwo sends a draft for review as its author and lets another approve it.
func publishByTwo(t *testing.T, lib *content.Library, r content.Revision) {
	t.Helper()
	r = submit(t, lib, r, r.By)
	if err := lib.Approve(t.Context(), r.Kind, r.ID, r.Version, now, "duyet"); err != nil {
		t.Fatal(describe(err))
	}
}

func wantFault(t *testing.T, what string, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("%s: got %v, want a fault of kind %d", what, err, kind)
	}
}

// guideText is a guide that nothing has to be mended in.
func guideText(title string) content.Text {
	return content.Text{
		Fields: map[string][]string{"title": {title}, "topic": {"trang-tri-co-dong"}, "phase": {"before"}, "roles": {"to-bau-cu"}, "summary": {"Tóm tắt của bài."},
			"trust": {"V"}, "effective": {"2026-01-01"}, "basis": {"luat-85-2015 dieu-69"}},
		Markdown: "## Các bước\n\nLàm việc thứ nhất.",
	}
}

func answerText(question string) content.Text {
	return content.Text{
		Fields: map[string][]string{"question": {question}, "short": {"Được."}, "topic": {"danh-sach-cu-tri"}, "agency": {"Sở Nội vụ"}, "field": {"Nội vụ"},
			"date": {"2026-02-25"}, "trust": {"V"}, "basis": {"luat-85-2015 dieu-69"}},
		Markdown: "Được, theo luật.",
	}
}

func newDraft(t *testing.T, lib *content.Library, kind string, text content.Text, by string) content.Revision {
	t.Helper()
	r, err := lib.StartDraftWith(t.Context(), kind, text, by)
	if err != nil {
		t.Fatal(describe(err))
	}
	return r
}

func TestAGuideGoesFromDraftToReaders(t *testing.T) {
	lib, db := seeded(t)
	r := startDraft(t, lib, content.KindGuide, "", "lan")
	if r.State != content.StateDraft || r.Number != 1 || r.Source == "" || r.Slug != "" {
		t.Errorf("got %+v", r)
	}
	r = save(t, lib, r, content.Text{Markdown: "chưa xong {{"}, "lan")
	r = save(t, lib, r, guideText("Kê bàn ghế phòng bỏ phiếu"), "lan")
	if r.Number != 1 || r.Slug != "ke-ban-ghe-phong-bo-phieu" || r.Title != "Kê bàn ghế phòng bỏ phiếu" {
		t.Errorf("got %+v", r)
	}
	if _, err := lib.Guide(t.Context(), r.Slug); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("readers see a draft: %v", err)
	}
	before, _ := db.LastChange(t.Context())
	r = submit(t, lib, r, "lan")
	if waiting, err := lib.Waiting(t.Context()); err != nil || len(waiting) != 1 || waiting[0].ID != r.ID || waiting[0].Note != "sửa cho rõ" {
		t.Errorf("waiting: got %+v, %v", waiting, err)
	}
	a := content.Approval{When: content.WhenNow, Document: "12/KH-UBBC", Date: "2026-03-01", Note: "Tốt."}
	if err := lib.Approve(t.Context(), r.Kind, r.ID, r.Version, a, "dung"); err != nil {
		t.Fatal(describe(err))
	}
	g, err := lib.Guide(t.Context(), "ke-ban-ghe-phong-bo-phieu")
	if err != nil || g.ID != r.ID || g.Revision != 1 || !strings.Contains(g.Body.Parts[0].HTML, "thứ nhất") {
		t.Errorf("got %+v, %v", g, err)
	}
	if after, _ := db.LastChange(t.Context()); after != before+1 {
		t.Errorf("publishing made the changes %d to %d, want one", before+1, after)
	}
	shown, err := lib.ShownRevision(t.Context(), r.Kind, r.ID)
	if err != nil || shown.Document != "12/KH-UBBC" || shown.DocumentDate != "2026-03-01" || shown.Reviewer != "dung" || shown.Published.IsZero() {
		t.Errorf("got %+v, %v", shown, err)
	}
	if got, want := acts(t, db, r.ID), "draft lan, submit lan, approve dung, publish dung"; got != want {
		t.Errorf("audit: got %s, want %s", got, want)
	}
	if mine, _ := lib.Drafts(t.Context(), "lan"); len(mine) != 0 {
		t.Errorf("a published text is on the desk still: %+v", mine)
	}
	storetest.CheckTypes(t, db)
}

// acts lists what the audit log tells of a thing.
func acts(t *testing.T, db *store.DB, id string) string {
	t.Helper()
	var list []string
	err := db.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = store.Collect(tx, func(scan func(...any) error) (string, error) {
			var act, by string
			err := scan(&act, &by)
			return act + " " + by, err
		}, `SELECT act, by_whom FROM audit WHERE object_id = $1 ORDER BY id`, id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(list, ", ")
}

func TestNoAuthorApproves(t *testing.T) {
	lib, _ := seeded(t)
	r := newDraft(t, lib, content.KindGuide, guideText("Một bài của nhiều người"), "lan")
	text := r.Text()
	text.Markdown += " Thêm câu."
	r = save(t, lib, r, text, "binh")
	if r.Number != 2 || len(r.Authors) != 2 {
		t.Errorf("another person's text: got %+v", r)
	}
	r = submit(t, lib, r, "cuong")
	for _, by := range []string{"lan", "binh", "cuong", ""} {
		wantFault(t, "approval by "+by, lib.Approve(t.Context(), r.Kind, r.ID, r.Version, now, by), fault.KindDenied)
	}
	if err := lib.Approve(t.Context(), r.Kind, r.ID, r.Version, now, "dung"); err != nil {
		t.Error(describe(err))
	}
	if first, err := lib.Revision(t.Context(), r.Kind, r.ID, 1); err != nil || first.State != content.StateReplaced || strings.Contains(first.Source, "Thêm câu") {
		t.Errorf("what lan wrote: got %+v, %v", first, err)
	}
}

func TestStepsAreTakenInOrderAndOnce(t *testing.T) {
	lib, _ := seeded(t)
	ctx := t.Context()
	r := newDraft(t, lib, content.KindGuide, guideText("Bài đi từng bước"), "lan")
	wantFault(t, "approve a draft", lib.Approve(ctx, r.Kind, r.ID, r.Version, now, "dung"), fault.KindConflict)
	wantFault(t, "publish a draft", lib.Publish(ctx, r.Kind, r.ID, r.Version, "dung"), fault.KindConflict)
	wantFault(t, "send a draft back", lib.SendBack(ctx, r.Kind, r.ID, r.Version, "x", "dung"), fault.KindConflict)
	wantFault(t, "withdraw a draft", lib.Withdraw(ctx, r.Kind, r.ID, r.Version, "lan"), fault.KindConflict)
	r = submit(t, lib, r, "lan")
	wantFault(t, "submit twice", lib.Submit(ctx, r.Kind, r.ID, r.Version, "", "lan"), fault.KindConflict)
	wantFault(t, "discard in review", lib.Discard(ctx, r.Kind, r.ID, r.Version, "lan", false), fault.KindConflict)
	wantFault(t, "withdraw another's", lib.Withdraw(ctx, r.Kind, r.ID, r.Version, "binh"), fault.KindDenied)
	wantFault(t, "send back without a word", lib.SendBack(ctx, r.Kind, r.ID, r.Version, " ", "dung"), fault.KindInvalid)
	wantFault(t, "an old version", lib.Approve(ctx, r.Kind, r.ID, r.Version-1, now, "dung"), fault.KindConflict)
	text := r.Text()
	text.Markdown = "khác"
	stored, err := lib.SaveDraft(ctx, content.Save{Kind: r.Kind, ID: r.ID, Version: r.Version, Text: text, By: "lan"})
	if wantFault(t, "save in review", err, fault.KindConflict); stored.Source != r.Source {
		t.Errorf("the stored text is not given: %+v", stored)
	}
	if err := lib.SendBack(ctx, r.Kind, r.ID, r.Version, "Thiếu căn cứ.", "dung"); err != nil {
		t.Fatal(err)
	}
	r = open(t, lib, r)
	if r.State != content.StateDraft || r.Verdict != "Thiếu căn cứ." || r.Reviewer != "dung" {
		t.Errorf("sent back: got %+v", r)
	}
	next := save(t, lib, r, text, "lan")
	if next.Number != r.Number+1 || next.Verdict != r.Verdict {
		t.Errorf("the text after a review: got %+v, want a new number, the verdict kept", next)
	}
	if reviewed, err := lib.Revision(ctx, r.Kind, r.ID, r.Number); err != nil || reviewed.Source != r.Source || reviewed.State != content.StateReplaced {
		t.Errorf("what was reviewed: got %+v, %v", reviewed, err)
	}
}

func TestWithdrawingAnApprovedTextEndsTheApproval(t *testing.T) {
	lib, db := seeded(t)
	r := newDraft(t, lib, content.KindGuide, guideText("Bài hẹn giờ rồi rút"), "lan")
	r = submit(t, lib, r, "lan")
	later := content.Approval{When: content.WhenLater, At: storetest.Start.Add(time.Hour)}
	if err := lib.Approve(t.Context(), r.Kind, r.ID, r.Version, later, "dung"); err != nil {
		t.Fatal(describe(err))
	}
	r = open(t, lib, r)
	if err := lib.Withdraw(t.Context(), r.Kind, r.ID, r.Version, "lan"); err != nil {
		t.Fatal(err)
	}
	db.SetClock(func() time.Time { return storetest.Start.Add(2 * time.Hour) })
	if n, err := lib.PublishDue(t.Context()); n != 0 || err != nil {
		t.Errorf("got %d, %v, want nothing published", n, err)
	}
}

func TestSubmitNamesWhatMustBeMended(t *testing.T) {
	lib, _ := seeded(t)
	text := guideText("Bài có lỗi")
	text.Fields["topic"], text.Fields["basis"] = []string{"bong-da"}, []string{"luat-85-2015 dieu-999"}
	text.Markdown = "Xem [bài kia](/huong-dan/trang-tri-co-dong/khong-co)."
	r := newDraft(t, lib, content.KindGuide, text, "lan")
	err := lib.Submit(t.Context(), r.Kind, r.ID, r.Version, "", "lan")
	f, ok := fault.Of(err)
	if !ok || f.Kind != fault.KindInvalid {
		t.Fatalf("got %v", err)
	}
	fields := map[string]bool{}
	for _, field := range f.Fields {
		fields[field.Name] = true
	}
	if len(f.Fields) != 3 || !fields["topic"] || !fields["basis"] || !fields["markdown"] {
		t.Errorf("got %+v", f.Fields)
	}
}

func TestWhatIsDueComesOutOnce(t *testing.T) {
	lib, db := seeded(t)
	r := newDraft(t, lib, content.KindAnswer, answerText("Có được hẹn giờ đăng một câu hỏi không vậy?"), "lan")
	r = submit(t, lib, r, "lan")
	at := storetest.Start.Add(time.Hour)
	wantFault(t, "an hour that is past", lib.Approve(t.Context(), r.Kind, r.ID, r.Version, content.Approval{When: content.WhenLater, At: storetest.Start}, "dung"), fault.KindInvalid)
	if err := lib.Approve(t.Context(), r.Kind, r.ID, r.Version, content.Approval{When: content.WhenLater, At: at}, "dung"); err != nil {
		t.Fatal(describe(err))
	}
	if n, err := lib.PublishDue(t.Context()); n != 0 || err != nil {
		t.Errorf("before its hour: got %d, %v", n, err)
	}
	db.SetClock(func() time.Time { return at })
	before, _ := db.LastChange(t.Context())
	other := content.New(db)
	var n [2]int
	var wait sync.WaitGroup
	for i, l := range []*content.Library{lib, other} {
		wait.Go(func() {
			var err error
			if n[i], err = l.PublishDue(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if n[0]+n[1] != 1 {
		t.Errorf("published %d times", n[0]+n[1])
	}
	if after, _ := db.LastChange(t.Context()); after != before+1 {
		t.Errorf("made the changes %d to %d", before+1, after)
	}
	a, err := lib.AnswerByID(t.Context(), r.ID)
	if err != nil || a.Number == 0 {
		t.Fatalf("got %+v, %v", a, err)
	}
	shown, err := lib.ShownRevision(t.Context(), r.Kind, r.ID)
	if err != nil || shown.Text().Field("code") != a.Code() {
		t.Errorf("the source does not tell its code: %v\n%s", err, shown.Source)
	}
}

func TestWhatCannotComeOutAnyMoreGoesBack(t *testing.T) {
	lib, db := seeded(t)
	late := newDraft(t, lib, content.KindGuide, guideText("Hai bài một tên"), "lan")
	late = submit(t, lib, late, "lan")
	if err := lib.Approve(t.Context(), late.Kind, late.ID, late.Version, content.Approval{When: content.WhenLater, At: storetest.Start.Add(time.Hour)}, "dung"); err != nil {
		t.Fatal(describe(err))
	}
	publishByTwo(t, lib, newDraft(t, lib, content.KindGuide, guideText("Hai bài một tên"), "binh"))
	db.SetClock(func() time.Time { return storetest.Start.Add(time.Hour) })
	if n, err := lib.PublishDue(t.Context()); n != 0 || err != nil {
		t.Errorf("got %d, %v", n, err)
	}
	if late = open(t, lib, late); late.State != content.StateDraft || !strings.Contains(late.Verdict, "Địa chỉ") {
		t.Errorf("got %+v", late)
	}
}

func TestHeldTextsComeOutByHand(t *testing.T) {
	lib, _ := seeded(t)
	r := submit(t, lib, newDraft(t, lib, content.KindSession, content.Text{Fields: map[string][]string{"title": {"Tập huấn đợt hai"}, "held_on": {"2026-03-05"}}, Markdown: "Một buổi."}, "lan"), "lan")
	if err := lib.Approve(t.Context(), r.Kind, r.ID, r.Version, content.Approval{When: content.WhenHeld}, "dung"); err != nil {
		t.Fatal(describe(err))
	}
	if list, err := lib.Approved(t.Context()); err != nil || len(list) != 1 {
		t.Errorf("got %+v, %v", list, err)
	}
	r = open(t, lib, r)
	if err := lib.Publish(t.Context(), r.Kind, r.ID, r.Version, "binh"); err != nil {
		t.Fatal(describe(err))
	}
	if s, err := lib.Session(t.Context(), "tap-huan-dot-hai"); err != nil || s.ID != r.ID {
		t.Errorf("got %+v, %v", s, err)
	}
}

func TestOnlyOneOfManySavesWins(t *testing.T) {
	lib, _ := seeded(t)
	r := newDraft(t, lib, content.KindGuide, guideText("Mười sáu người một bài"), "lan")
	const people = 16
	var wait sync.WaitGroup
	stored := make([]content.Revision, people)
	errs := make([]error, people)
	for i := range people {
		wait.Go(func() {
			text := guideText("Mười sáu người một bài")
			text.Markdown = fmt.Sprintf("Bản của người %d.", i)
			stored[i], errs[i] = lib.SaveDraft(t.Context(), content.Save{Kind: r.Kind, ID: r.ID, Version: r.Version, Text: text, By: fmt.Sprintf("người-%d", i%4)})
		})
	}
	wait.Wait()
	now := open(t, lib, r)
	wins := 0
	for i, err := range errs {
		switch {
		case err == nil:
			wins++
		case !fault.Is(err, fault.KindConflict):
			t.Errorf("got %v", err)
		case stored[i].Source != now.Source:
			t.Errorf("a loser is not shown what is stored: %+v", stored[i])
		}
	}
	if wins != 1 {
		t.Errorf("%d saves won", wins)
	}
	if list, err := lib.Revisions(t.Context(), r.Kind, r.ID); err != nil || len(list) != 2 {
		t.Errorf("got %d revisions, %v, want what was there and what won", len(list), err)
	}
}

func TestOnlyOneOfTwoApprovalsCounts(t *testing.T) {
	lib, db := seeded(t)
	r := submit(t, lib, newDraft(t, lib, content.KindAnswer, answerText("Hai người cùng duyệt một câu thì sao nhỉ?"), "lan"), "lan")
	before, _ := db.LastChange(t.Context())
	var wait sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		wait.Go(func() {
			errs[i] = lib.Approve(t.Context(), r.Kind, r.ID, r.Version, now, fmt.Sprintf("duyệt-%d", i))
		})
	}
	wait.Wait()
	approved := 0
	for _, err := range errs {
		switch {
		case err == nil:
			approved++
		case !fault.Is(err, fault.KindConflict) && !fault.Is(err, fault.KindNotFound):
			t.Errorf("got %v", err)
		}
	}
	if after, _ := db.LastChange(t.Context()); approved != 1 || after != before+1 {
		t.Errorf("%d approvals, changes %d to %d", approved, before+1, after)
	}
}

func TestManyNewAnswersAtOnceGetNumbersOfTheirOwn(t *testing.T) {
	lib, _ := seeded(t)
	var waiting []content.Revision
	for i := range 8 {
		waiting = append(waiting, submit(t, lib, newDraft(t, lib, content.KindAnswer, answerText(fmt.Sprintf("Câu số %d hỏi điều gì khác hẳn %d?", i, i*i)), "lan"), "lan"))
	}
	var wait sync.WaitGroup
	for _, r := range waiting {
		wait.Go(func() {
			if err := lib.Approve(t.Context(), r.Kind, r.ID, r.Version, now, "dung"); err != nil {
				t.Error(describe(err))
			}
		})
	}
	wait.Wait()
	numbers := map[int]bool{}
	for _, r := range waiting {
		a, err := lib.AnswerByID(t.Context(), r.ID)
		if err != nil || numbers[a.Number] {
			t.Errorf("got %d, %v", a.Number, err)
		}
		numbers[a.Number] = true
	}
}

func TestASaveMayBeSentAgain(t *testing.T) {
	lib, _ := seeded(t)
	r := newDraft(t, lib, content.KindGuide, guideText("Gửi lại khi đứt mạng"), "lan")
	text := r.Text()
	text.Markdown += " Thêm."
	first := save(t, lib, r, text, "lan")
	if again := save(t, lib, r, text, "lan"); again.Version != first.Version || again.Number != first.Number {
		t.Errorf("got %+v, want %+v", again, first)
	}
	if same := save(t, lib, first, text, "binh"); same.Number != first.Number || same.Version != first.Version {
		t.Errorf("nothing was changed, but got %+v", same)
	}
}

func TestAVersionIsNeverUsedTwice(t *testing.T) {
	lib, _ := seeded(t)
	g := anyGuide(t, lib)
	first := startDraft(t, lib, content.KindGuide, g.ID, "lan")
	if err := lib.Discard(t.Context(), first.Kind, first.ID, first.Version, "lan", false); err != nil {
		t.Fatal(err)
	}
	second := startDraft(t, lib, content.KindGuide, g.ID, "binh")
	text := second.Text()
	text.Markdown += "\n\nTừ một cửa sổ cũ."
	_, err := lib.SaveDraft(t.Context(), content.Save{Kind: second.Kind, ID: second.ID, Version: first.Version, Text: text, By: "lan"})
	wantFault(t, "a save that belongs to a discarded draft", err, fault.KindConflict)
}

func anyGuide(t *testing.T, lib *content.Library) content.Guide {
	t.Helper()
	g, err := lib.Guide(t.Context(), "trang-tri-phong-bo-phieu")
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestStartingADraftTwiceGivesTheSameOne(t *testing.T) {
	lib, _ := seeded(t)
	g := anyGuide(t, lib)
	var wait sync.WaitGroup
	got := make([]content.Revision, 8)
	for i := range got {
		wait.Go(func() {
			var err error
			if got[i], err = lib.StartDraft(t.Context(), content.KindGuide, g.ID, fmt.Sprintf("p%d", i)); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	for _, r := range got {
		if r.Number != 2 || r.Base != 1 || r.By != got[0].By {
			t.Errorf("got %+v", r)
		}
	}
	if _, err := lib.StartDraft(t.Context(), content.KindGuide, "none", "lan"); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("a draft of what is not: %v", err)
	}
	if _, err := lib.StartDraft(t.Context(), "quiz", "", "lan"); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("a draft of a quiz: %v", err)
	}
}

func TestWhatCameOutMeanwhileIsNotUndone(t *testing.T) {
	lib := content.New(storetest.Open(t))
	mustImport(t, lib, twoAnswers, true)
	a, err := lib.Answer(t.Context(), "HĐ-0002")
	if err != nil {
		t.Fatal(err)
	}
	r := startDraft(t, lib, content.KindAnswer, a.ID, "lan")
	text := r.Text()
	text.Markdown = "Lan sửa: 7 giờ sáng."
	r = save(t, lib, r, text, "lan")
	mustImport(t, lib, strings.Replace(twoAnswers, "7 giờ.", "5 giờ.", 1), true)
	r = submit(t, lib, open(t, lib, r), "lan")
	wantFault(t, "a text that began before", lib.Approve(t.Context(), r.Kind, r.ID, r.Version, now, "dung"), fault.KindConflict)
	if err := lib.SendBack(t.Context(), r.Kind, r.ID, r.Version, "Đã có bản mới.", "dung"); err != nil {
		t.Fatal(err)
	}
	r = open(t, lib, r)
	r, err = lib.Rebase(t.Context(), r.Kind, r.ID, r.Version, "lan")
	if err != nil || !strings.Contains(r.Source, "Lan sửa") {
		t.Fatalf("got %+v, %v", r, err)
	}
	publishByTwo(t, lib, r)
	a, err = lib.Answer(t.Context(), "HĐ-0002")
	if err != nil || !strings.Contains(a.Body.Parts[0].HTML, "Lan sửa") || a.Ref != "x2" || a.Revision != r.Number {
		t.Errorf("got %+v, %v", a, err)
	}
}

func TestImportedDraftsAreOpenForTrainers(t *testing.T) {
	lib := content.New(storetest.Open(t))
	mustImport(t, lib, twoAnswers, false)
	drafts, err := lib.Drafts(t.Context(), "operator")
	if err != nil || len(drafts) != 3 || drafts[2].Kind != content.KindSession {
		t.Fatalf("got %+v, %v, want two answers and their session", drafts, err)
	}
	r := startDraft(t, lib, content.KindAnswer, drafts[1].ID, "lan")
	if r.Number != 1 || r.By != "operator" || r.Title == "" {
		t.Errorf("got %+v", r)
	}
	r = submit(t, lib, r, "lan")
	wantFault(t, "approval by who sent it", lib.Approve(t.Context(), r.Kind, r.ID, r.Version, now, "lan"), fault.KindDenied)
	if _, err := lib.ImportAnswers(t.Context(), "b.jsonl", strings.NewReader(strings.NewReplacer("Tùy", "Theo", "7 giờ", "8 giờ").Replace(twoAnswers)), false, "operator"); err == nil || !strings.Contains(err.Error(), "b.jsonl:2: câu này đang chờ duyệt") {
		t.Errorf("an import over what waits for review: %v", err)
	}
	if err := lib.Approve(t.Context(), r.Kind, r.ID, r.Version, now, "dung"); err != nil {
		t.Fatal(describe(err))
	}
	a, err := lib.AnswerByID(t.Context(), r.ID)
	if err != nil || a.Ref == "" || a.Number > 2 {
		t.Errorf("got %+v, %v", a, err)
	}
}

func TestTheBinGivesBackWhatWasDiscarded(t *testing.T) {
	lib, _ := seeded(t)
	r := newDraft(t, lib, content.KindGuide, guideText("Bài bỏ rồi lấy lại"), "lan")
	wantFault(t, "another one's draft", lib.Discard(t.Context(), r.Kind, r.ID, r.Version, "binh", false), fault.KindDenied)
	if err := lib.Discard(t.Context(), r.Kind, r.ID, r.Version, "binh", true); err != nil {
		t.Fatal(err)
	}
	_, err := lib.OpenRevision(t.Context(), r.Kind, r.ID)
	wantFault(t, "a discarded draft", err, fault.KindNotFound)
	bin, err := lib.Bin(t.Context())
	if err != nil || len(bin) != 1 || bin[0].Title != "Bài bỏ rồi lấy lại" {
		t.Fatalf("got %+v, %v", bin, err)
	}
	back, err := lib.Recover(t.Context(), r.Kind, r.ID, bin[0].Number, "binh")
	if err != nil || back.Source != r.Source || back.State != content.StateDraft {
		t.Errorf("got %+v, %v", back, err)
	}
	if bin, _ := lib.Bin(t.Context()); len(bin) != 0 {
		t.Errorf("still in the bin: %+v", bin)
	}
	if mine, _ := lib.Drafts(t.Context(), "binh"); len(mine) != 1 {
		t.Errorf("not on the desk: %+v", mine)
	}
	_, err = lib.Recover(t.Context(), r.Kind, r.ID, r.Number, "binh")
	wantFault(t, "recover twice", err, fault.KindConflict)
}

func TestAnOldRevisionComesBackAsANewOne(t *testing.T) {
	lib, _ := seeded(t)
	g := anyGuide(t, lib)
	r := startDraft(t, lib, content.KindGuide, g.ID, "lan")
	text := r.Text()
	text.Markdown = "Chỉ còn một câu."
	delete(text.Fields, "asked")
	publishByTwo(t, lib, save(t, lib, r, text, "lan"))
	r, err := lib.Restore(t.Context(), content.KindGuide, g.ID, 1, "lan")
	if err != nil || r.Number != 3 || r.Base != 2 {
		t.Fatalf("got %+v, %v", r, err)
	}
	_, err = lib.Restore(t.Context(), content.KindGuide, g.ID, 1, "lan")
	wantFault(t, "restore beside a draft", err, fault.KindConflict)
	publishByTwo(t, lib, r)
	if is := anyGuide(t, lib); len(is.Body.Parts) != len(g.Body.Parts) || is.Revision != 3 {
		t.Errorf("got revision %d with %d parts", is.Revision, len(is.Body.Parts))
	}
	list, err := lib.Revisions(t.Context(), content.KindGuide, g.ID)
	if err != nil || len(list) != 3 || list[0].Number != 3 || list[0].Source != "" {
		t.Errorf("got %+v, %v", list, err)
	}
}

func TestWhatIsTooLongIsRefusedAndNamesTheField(t *testing.T) {
	lib, _ := seeded(t)
	r := newDraft(t, lib, content.KindAnswer, answerText("Câu dài quá thì sao?"), "lan")
	for field, text := range map[string]content.Text{
		"markdown": {Markdown: strings.Repeat("a", content.MaxAnswerBytes+1)},
		"question": {Fields: map[string][]string{"question": {strings.Repeat("b", 20<<10)}}},
	} {
		_, err := lib.SaveDraft(t.Context(), content.Save{Kind: r.Kind, ID: r.ID, Version: r.Version, Text: text, By: "lan"})
		f, ok := fault.Of(err)
		if !ok || f.Kind != fault.KindInvalid || len(f.Fields) != 1 || f.Fields[0].Name != field {
			t.Errorf("%s: got %v", field, err)
		}
	}
	if _, err := lib.SaveDraft(t.Context(), content.Save{Kind: r.Kind, ID: r.ID, Version: r.Version, By: "lan",
		Text: content.Text{Fields: map[string][]string{"question": {"x"}}, Markdown: "chữ \x0b\x00 dán từ chỗ khác"}}); err != nil {
		t.Errorf("characters that nobody sees: %v", err)
	}
}

func TestEveryListIsReadByAnIndex(t *testing.T) {
	db, err := store.Open(t.Context(), storetest.File(t)) // EXPLAIN QUERY PLAN is SQLite's
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	for _, query := range content.ListQueries {
		var plan []string
		err := db.Read(t.Context(), func(tx *store.Tx) (err error) {
			plan, err = store.Collect(tx, func(scan func(...any) error) (string, error) {
				var id, parent, unused int64
				var detail string
				err := scan(&id, &parent, &unused, &detail)
				return detail, err
			}, "EXPLAIN QUERY PLAN "+query)
			return err
		})
		if err != nil {
			t.Fatal(errors.Join(err, errors.New(query)))
		}
		for _, step := range plan {
			if strings.Contains(step, "TEMP B-TREE") && !strings.Contains(query, "drafting") || strings.HasPrefix(step, "SCAN") && !strings.Contains(step, "INDEX") {
				t.Errorf("%s: %s", query, step)
			}
		}
	}
}
