package content_test

import (
	"context"
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

const floodQuestion = "Ngầm tràn bị ngập, chở hòm phiếu phụ bằng xe cứu thương được không?"

// ask sends a question as a reader does.
func ask(t *testing.T, lib *content.Library, question string) content.Receipt {
	t.Helper()
	r, err := lib.Ask(t.Context(), content.NewInquiry{Form: content.NewInquiryForm(), Question: question})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func wantKind(t *testing.T, what string, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("%s: got %v, want kind %d", what, err, kind)
	}
}

func fieldsOf(err error) string {
	var names []string
	if f, ok := fault.Of(err); ok {
		for _, field := range f.Fields {
			names = append(names, field.Name)
		}
	}
	return strings.Join(names, " ")
}

func TestAQuestionIsFoundByItsReceiptAlone(t *testing.T) {
	db := storetest.Open(t)
	lib := content.New(db)
	r, err := lib.Ask(t.Context(), content.NewInquiry{
		Form: content.NewInquiryForm(), Question: "  Ngầm tràn bị ngập,\nchở hòm phiếu phụ bằng xe cứu thương được không? ", Detail: "Tổ 4.\nSáng nay.", Place: "xã Thượng Nông", Agency: "Công an tỉnh",
	})
	if err != nil {
		t.Fatal(err)
	}
	i := r.Inquiry
	if i.Question != floodQuestion || i.Detail != "Tổ 4.\nSáng nay." || i.Place != "xã Thượng Nông" || i.Agency != "Công an tỉnh" || i.State != content.InquiryNew {
		t.Errorf("got %+v", i)
	}
	if i.TakeDue != "2026-03-03" || i.ReplyDue != "2026-03-12" || i.Due != i.TakeDue || !i.Asked.Equal(storetest.Start) || i.Late {
		t.Errorf("got due %s, %s, %s, asked %v", i.TakeDue, i.ReplyDue, i.Due, i.Asked)
	}
	for _, typed := range []string{r.Code, strings.ToLower(strings.ReplaceAll(r.Code, "-", "")), " " + r.Code + "\n"} {
		if again, err := lib.InquiryByReceipt(t.Context(), typed); err != nil || again.Inquiry.ID != i.ID || again.Code != r.Code {
			t.Errorf("%q: got %+v, %v", typed, again, err)
		}
	}
	for _, typed := range []string{"", "2222-2222-2222", i.ID, strings.Repeat("A", 5000), "' OR 1=1"} {
		_, err := lib.InquiryByReceipt(t.Context(), typed)
		wantKind(t, typed, err, fault.KindNotFound)
	}
	checkNothingOpensIt(t, db, r.Code)
	storetest.CheckTypes(t, db)
}

// checkNothingOpensIt looks for the code in all that is stored.
func checkNothingOpensIt(t *testing.T, db *store.DB, code string) {
	t.Helper()
	var n int64
	err := db.Read(t.Context(), func(tx *store.Tx) error {
		return tx.QueryRow(`SELECT COUNT(*) FROM inquiries WHERE receipt = $1 OR receipt = $2`, code, strings.ReplaceAll(code, "-", "")).Scan(&n)
	})
	if err != nil || n > 0 {
		t.Errorf("the code itself is stored %d times, %v", n, err)
	}
}

func TestAFormSentAgainGivesTheSameReceipt(t *testing.T) {
	lib := content.New(storetest.Open(t))
	n := content.NewInquiry{Form: content.NewInquiryForm(), Question: floodQuestion}
	first, err := lib.Ask(t.Context(), n)
	if err != nil {
		t.Fatal(err)
	}
	again, err := lib.Ask(t.Context(), n)
	if err != nil || again.Code != first.Code || again.Inquiry.ID != first.Inquiry.ID {
		t.Errorf("got %s and %s, %v", first.Code, again.Code, err)
	}
	n.Question += " Xin hỏi thêm."
	_, err = lib.Ask(t.Context(), n)
	wantKind(t, "another question in the same form", err, fault.KindConflict)
	if page, err := lib.Inquiries(t.Context(), content.InquiryFilter{}); err != nil || page.Total != 1 {
		t.Errorf("got %d inquiries, %v", page.Total, err)
	}
	other := ask(t, lib, floodQuestion)
	if other.Code == first.Code {
		t.Error("two forms have one receipt")
	}
}

func TestManyAtOnceSendOneInquiry(t *testing.T) {
	lib := content.New(storetest.Open(t))
	n := content.NewInquiry{Form: content.NewInquiryForm(), Question: floodQuestion}
	errs := make(chan error, 8)
	for range cap(errs) {
		go func() { _, err := lib.Ask(context.Background(), n); errs <- err }()
	}
	for range cap(errs) {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	if page, err := lib.Inquiries(t.Context(), content.InquiryFilter{}); err != nil || page.Total != 1 {
		t.Errorf("got %d inquiries, %v", page.Total, err)
	}
}

func TestBadQuestionsAreRefusedWithTheirField(t *testing.T) {
	lib := content.New(storetest.Open(t))
	tests := []struct {
		name   string
		change func(*content.NewInquiry)
		fields string
	}{
		{"no form", func(n *content.NewInquiry) { n.Form = "" }, ""},
		{"a form of one's own", func(n *content.NewInquiry) { n.Form = "0001" }, ""},
		{"a form in capitals", func(n *content.NewInquiry) { n.Form = strings.ToUpper("a" + n.Form[1:]) }, ""},
		{"too short", func(n *content.NewInquiry) { n.Question = "Hỏi gì?" }, "question"},
		{"blanks", func(n *content.NewInquiry) { n.Question = strings.Repeat(" ", 100) }, "question"},
		{"too long", func(n *content.NewInquiry) { n.Question = strings.Repeat("a ", 1500) }, "question"},
		{"control characters", func(n *content.NewInquiry) { n.Question += "\x00" }, "question"},
		{"detail too long", func(n *content.NewInquiry) { n.Detail = strings.Repeat("a ", 1500) }, "detail"},
		{"place too long", func(n *content.NewInquiry) { n.Place = strings.Repeat("a", 200) }, "place"},
		{"unknown agency", func(n *content.NewInquiry) { n.Agency = "Sở Không Có" }, "agency"},
		{"telephone", func(n *content.NewInquiry) { n.Detail = "gọi 0912 345 678" }, "personal"},
		{"identity card and short", func(n *content.NewInquiry) { n.Question = "025084001234" }, "question personal"},
	}
	for _, tt := range tests {
		n := content.NewInquiry{Form: content.NewInquiryForm(), Question: floodQuestion}
		tt.change(&n)
		_, err := lib.Ask(t.Context(), n)
		wantKind(t, tt.name, err, fault.KindInvalid)
		if got := fieldsOf(err); got != tt.fields {
			t.Errorf("%s: got fields %q, want %q", tt.name, got, tt.fields)
		}
	}
	if page, err := lib.Inquiries(t.Context(), content.InquiryFilter{}); err != nil || page.Total != 0 {
		t.Errorf("got %d inquiries, %v", page.Total, err)
	}
	n := content.NewInquiry{Form: content.NewInquiryForm(), Question: floodQuestion, Detail: "gọi 0912 345 678", Confirmed: true}
	if _, err := lib.Ask(t.Context(), n); err != nil {
		t.Errorf("confirmed: %v", err)
	}
}

// atNoon sets the clock to noon of a day.
func atNoon(t *testing.T, db *store.DB, day string) {
	t.Helper()
	at, err := time.Parse(time.RFC3339, day+"T12:00:00+07:00")
	if err != nil {
		t.Fatal(err)
	}
	db.SetClock(func() time.Time { return at })
}

func TestTheQueueShowsWhatIsOwedFirst(t *testing.T) {
	db := storetest.Open(t)
	lib := content.New(db)
	old := ask(t, lib, "Câu thứ nhất, hỏi ngày thứ hai?").Inquiry
	atNoon(t, db, "2026-03-05")
	middle := ask(t, lib, "Câu thứ hai, hỏi ngày thứ năm?").Inquiry
	newest := ask(t, lib, "Câu thứ ba, cũng hỏi ngày thứ năm?").Inquiry
	if err := lib.TakeInquiry(t.Context(), middle.ID, 1, "p1"); err != nil {
		t.Fatal(err)
	}
	page, err := lib.Inquiries(t.Context(), content.InquiryFilter{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range page.Inquiries {
		got = append(got, fmt.Sprint(i.ID, i.Late, i.State))
	}
	want := fmt.Sprint([]string{fmt.Sprint(old.ID, true, "new"), fmt.Sprint(newest.ID, false, "new"), fmt.Sprint(middle.ID, false, "taken")})
	if fmt.Sprint(got) != want || page.Total != 3 || page.Late != 1 {
		t.Errorf("got %v, total %d, late %d; want %s", got, page.Total, page.Late, want)
	}
	atNoon(t, db, "2026-03-18")
	if page, _ = lib.Inquiries(t.Context(), content.InquiryFilter{State: content.InquiryTaken}); page.Total != 1 || page.Late != 1 {
		t.Errorf("taken and not answered in eight working days: got %d late of %d", page.Late, page.Total)
	}
	if page, _ = lib.Inquiries(t.Context(), content.InquiryFilter{Agency: "Sở Nội vụ"}); page.Total != 0 || len(page.Inquiries) != 0 {
		t.Errorf("another agency has %d", page.Total)
	}
}

func TestTheQueueIsPagedWithoutGapOrDouble(t *testing.T) {
	lib := content.New(storetest.Open(t))
	for n := range 9 {
		i := ask(t, lib, fmt.Sprintf("Câu hỏi số %d của buổi sáng hôm nay?", n)).Inquiry
		if n%3 == 0 {
			if err := lib.RefuseInquiry(t.Context(), i.ID, 1, "Hỏi ở xã.", "p1"); err != nil {
				t.Fatal(err)
			}
		}
	}
	for state, want := range map[content.InquiryState]int{"": 6, content.InquiryRefused: 3} {
		seen := map[string]bool{}
		f := content.InquiryFilter{State: state, Limit: 2}
		for {
			page, err := lib.Inquiries(t.Context(), f)
			if err != nil || page.Total != want {
				t.Fatalf("%s: got total %d, %v", state, page.Total, err)
			}
			for _, i := range page.Inquiries {
				if seen[i.ID] {
					t.Errorf("%s stands on two pages", i.Question)
				}
				seen[i.ID] = true
			}
			if f.After = page.Next; f.After == "" {
				break
			}
		}
		if len(seen) != want {
			t.Errorf("%q: the pages hold %d, want %d", state, len(seen), want)
		}
	}
}

func TestTwoAtOneInquiryAreToldOfEachOther(t *testing.T) {
	lib := content.New(storetest.Open(t))
	i := ask(t, lib, floodQuestion).Inquiry
	if err := lib.TakeInquiry(t.Context(), i.ID, i.Version, "p1"); err != nil {
		t.Fatal(err)
	}
	wantKind(t, "took what was taken", lib.TakeInquiry(t.Context(), i.ID, i.Version, "p2"), fault.KindConflict)
	wantKind(t, "refused what was taken", lib.RefuseInquiry(t.Context(), i.ID, i.Version, "Không.", "p2"), fault.KindConflict)
	wantKind(t, "took twice", lib.TakeInquiry(t.Context(), i.ID, 2, "p1"), fault.KindConflict)
	if err := lib.TakeInquiry(t.Context(), i.ID, 2, "p2"); err != nil {
		t.Errorf("a colleague takes over: %v", err)
	}
	got, err := lib.Inquiry(t.Context(), i.ID)
	if err != nil || got.TakenBy != "p2" || got.Version != 3 || got.Due != got.ReplyDue {
		t.Errorf("got %+v, %v", got, err)
	}
	wantKind(t, "an unknown one", lib.TakeInquiry(t.Context(), "nonsense", 1, "p1"), fault.KindNotFound)
}

func TestARefusalTellsTheAskerWhy(t *testing.T) {
	db := storetest.Open(t)
	lib := content.New(db)
	r := ask(t, lib, floodQuestion)
	err := lib.RefuseInquiry(t.Context(), r.Inquiry.ID, 1, "  ", "p1")
	wantKind(t, "no reason", err, fault.KindInvalid)
	if fieldsOf(err) != "reason" {
		t.Errorf("got fields %q", fieldsOf(err))
	}
	if err := lib.RefuseInquiry(t.Context(), r.Inquiry.ID, 1, "Việc này hỏi Ban bầu cử xã.", "p1"); err != nil {
		t.Fatal(err)
	}
	told, err := lib.InquiryByReceipt(t.Context(), r.Code)
	if err != nil || told.State != content.InquiryRefused || told.Reason != "Việc này hỏi Ban bầu cử xã." || told.Inquiry.Closed.IsZero() {
		t.Errorf("got %+v, %v", told, err)
	}
	wantKind(t, "work on a closed one", lib.TakeInquiry(t.Context(), r.Inquiry.ID, 2, "p1"), fault.KindConflict)
	wantAudit(t, db, content.KindInquiry, r.Inquiry.ID, "refuse p1 ")
}

// wantAudit looks at the acts on a thing, in their order.
func wantAudit(t *testing.T, db *store.DB, kind, id string, want ...string) {
	t.Helper()
	var got []string
	err := db.Read(t.Context(), func(tx *store.Tx) (err error) {
		got, err = store.Collect(tx, func(scan func(...any) error) (string, error) {
			var act, by, note string
			err := scan(&act, &by, &note)
			return act + " " + by + " " + note, err
		}, `SELECT act, by_whom, note FROM audit WHERE kind = $1 AND object_id = $2 ORDER BY at_ms, id`, kind, id)
		return err
	})
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got acts %q, want %q (%v)", got, want, err)
	}
}

func TestAnotherAgencyGetsADayOfItsOwn(t *testing.T) {
	db := storetest.Open(t)
	lib := content.New(db)
	i := ask(t, lib, floodQuestion).Inquiry
	if err := lib.TakeInquiry(t.Context(), i.ID, 1, "p1"); err != nil {
		t.Fatal(err)
	}
	atNoon(t, db, "2026-03-05")
	for _, agency := range []string{"", "Sở Không Có"} {
		wantKind(t, agency, lib.PassInquiry(t.Context(), i.ID, 2, agency, "p1"), fault.KindInvalid)
	}
	if err := lib.PassInquiry(t.Context(), i.ID, 2, "Công an tỉnh", "p1"); err != nil {
		t.Fatal(err)
	}
	wantKind(t, "to where it is", lib.PassInquiry(t.Context(), i.ID, 3, "Công an tỉnh", "p1"), fault.KindInvalid)
	page, err := lib.Inquiries(t.Context(), content.InquiryFilter{Agency: "Công an tỉnh"})
	if err != nil || len(page.Inquiries) != 1 {
		t.Fatalf("got %+v, %v", page, err)
	}
	if got := page.Inquiries[0]; got.State != content.InquiryNew || got.TakenBy != "" || got.Due != "2026-03-06" || got.ReplyDue != "2026-03-12" {
		t.Errorf("got %+v", got)
	}
	wantAudit(t, db, content.KindInquiry, i.ID, "take p1 ", "pass p1  → Công an tỉnh")
}

// publishAnswer puts an answer with this id before the readers, as an import
// does, and gives its own id.
func publishAnswer(t *testing.T, lib *content.Library, ref, question string) content.Answer {
	t.Helper()
	mustImport(t, lib, fmt.Sprintf(`{"id":%q,"title":%q,"body":"Trả lời."}`, ref, question), true)
	page, err := lib.Answers(t.Context(), content.AnswerFilter{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	return page.Answers[0]
}

// publishDraft writes an answer to its end and brings it before the readers, as
// two people do.
func publishDraft(t *testing.T, lib *content.Library, draft content.Revision) {
	t.Helper()
	draft = sendAnswer(t, lib, draft)
	if err := lib.Approve(t.Context(), content.KindAnswer, draft.ID, draft.Version, content.Approval{When: content.WhenNow}, "p9"); err != nil {
		t.Fatal(err)
	}
}

// sendAnswer writes an answer to its end and sends it for review.
func sendAnswer(t *testing.T, lib *content.Library, draft content.Revision) content.Revision {
	t.Helper()
	text := draft.Text()
	for name, value := range map[string]string{"short": "Được, khi Tổ bầu cử cử người đi cùng.", "topic": "an-ninh-tinh-huong", "agency": "Công an tỉnh", "field": "An ninh", "basis": "luat-85-2015 dieu-69"} {
		text.Fields[name] = []string{value}
	}
	text.Markdown = "Được. Hòm phiếu phụ phải có người của Tổ bầu cử đi cùng."
	draft, err := lib.SaveDraft(t.Context(), content.Save{Kind: content.KindAnswer, ID: draft.ID, Version: draft.Version, Text: text, By: "p1"})
	if err != nil {
		t.Fatal(err)
	}
	if err := lib.Submit(t.Context(), content.KindAnswer, draft.ID, draft.Version, "", "p1"); err != nil {
		t.Fatal(err)
	}
	if draft, err = lib.OpenRevision(t.Context(), content.KindAnswer, draft.ID); err != nil {
		t.Fatal(err)
	}
	return draft
}

func TestPublishingTheAnswerTellsEveryAsker(t *testing.T) {
	lib, db := seeded(t)
	r := ask(t, lib, floodQuestion)
	same := ask(t, lib, "Nước lũ lên, xe cấp cứu chở hòm phiếu được không ạ?")
	if err := lib.MergeInquiry(t.Context(), content.Merge{ID: same.Inquiry.ID, Version: 1, Inquiry: r.Inquiry.ID, Wording: "nước lũ, xe cấp cứu chở hòm phiếu", By: "p1"}); err != nil {
		t.Fatal(err)
	}
	draft, err := lib.AnswerInquiry(t.Context(), r.Inquiry.ID, 1, "p1")
	if err != nil {
		t.Fatal(err)
	}
	id := draft.ID
	if text := draft.Text(); text.Field("question") != floodQuestion || text.Field("date") != "2026-03-02" || draft.State != content.StateDraft {
		t.Errorf("got draft %+v", text)
	}
	if again, err := lib.AnswerInquiry(t.Context(), r.Inquiry.ID, 2, "p2"); err != nil || again.ID != id || again.Number != draft.Number {
		t.Errorf("a second draft: %+v, %v", again, err)
	}
	for _, code := range []string{r.Code, same.Code} {
		told, err := lib.InquiryByReceipt(t.Context(), code)
		if err != nil || told.State != content.InquiryTaken {
			t.Errorf("while it is written: got %s, %v", told.State, err)
		}
	}
	publishDraft(t, lib, draft)
	for _, code := range []string{r.Code, same.Code} {
		told, err := lib.InquiryByReceipt(t.Context(), code)
		if err != nil || told.State != content.InquiryAnswered || told.AnswerID != id {
			t.Errorf("got %s, answer %s, %v", told.State, told.AnswerID, err)
		}
	}
	a, err := lib.AnswerByID(t.Context(), id)
	if err != nil || fmt.Sprint(a.Asked) != "[nước lũ, xe cấp cứu chở hòm phiếu]" {
		t.Errorf("search knows the answer by %v, %v", a.Asked, err)
	}
	if page, _ := lib.Inquiries(t.Context(), content.InquiryFilter{}); page.Total != 0 {
		t.Errorf("%d still wait", page.Total)
	}
	wantAudit(t, db, content.KindInquiry, r.Inquiry.ID, "write p1 answer "+id, "write p2 answer "+id, "answer p9 answer "+id)
	storetest.CheckTypes(t, db)
}

func TestPublishingAndRefusingAtOnceAgree(t *testing.T) {
	lib, db := seeded(t)
	for round := range 24 {
		r := ask(t, lib, fmt.Sprintf("%s Lần hỏi thứ %d.", floodQuestion, round))
		draft, err := lib.AnswerInquiry(t.Context(), r.Inquiry.ID, 1, "p1")
		if err != nil {
			t.Fatal(err)
		}
		var both sync.WaitGroup
		begin := make(chan struct{})
		draft = sendAnswer(t, lib, draft)
		both.Go(func() {
			<-begin
			err := lib.Approve(t.Context(), content.KindAnswer, draft.ID, draft.Version, content.Approval{When: content.WhenNow}, "p9")
			if _, known := fault.Of(err); err != nil && !known {
				t.Error(err)
			}
		})
		both.Go(func() {
			<-begin
			time.Sleep(time.Duration(round) * 500 * time.Microsecond) // somewhere into the publishing
			err := lib.RefuseInquiry(t.Context(), r.Inquiry.ID, 2, "Đã hỏi rồi.", "p2")
			if _, known := fault.Of(err); err != nil && !known {
				t.Error(err)
			}
		})
		close(begin)
		both.Wait()
		i, err := lib.Inquiry(t.Context(), r.Inquiry.ID)
		if err != nil {
			t.Fatal(err)
		}
		last := map[content.InquiryState]string{content.InquiryAnswered: "answer p9 answer " + draft.ID, content.InquiryRefused: "refuse p2 "}[i.State]
		wantAudit(t, db, content.KindInquiry, i.ID, "write p1 answer "+draft.ID, last)
	}
}

func TestMergedInquiriesGoWhereTheirTargetGoes(t *testing.T) {
	lib, _ := seeded(t)
	first, second, third := ask(t, lib, "Câu hỏi thứ nhất của buổi?"), ask(t, lib, "Câu hỏi thứ hai của buổi?"), ask(t, lib, "Câu hỏi thứ ba của buổi?")
	merge := func(what string, from content.Receipt, version int, into content.Receipt) {
		t.Helper()
		err := lib.MergeInquiry(t.Context(), content.Merge{ID: from.Inquiry.ID, Version: version, Inquiry: into.Inquiry.ID, Wording: "cách hỏi " + what, By: "p1"})
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	merge("một", first, 1, second)
	merge("hai", second, 1, third)
	page, err := lib.Inquiries(t.Context(), content.InquiryFilter{})
	if err != nil || len(page.Inquiries) != 1 || page.Inquiries[0].Alike != 2 {
		t.Fatalf("got %+v, %v", page, err)
	}
	answer, err := lib.Answer(t.Context(), "HĐ-0005")
	if err != nil {
		t.Fatal(err)
	}
	err = lib.MergeInquiry(t.Context(), content.Merge{ID: third.Inquiry.ID, Version: 1, Answer: answer.ID, Wording: "cách hỏi ba", By: "p1"})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []content.Receipt{first, second, third} {
		told, err := lib.InquiryByReceipt(t.Context(), r.Code)
		if err != nil || told.State != content.InquiryAnswered || told.AnswerID != answer.ID {
			t.Errorf("%s: got %s %s, %v", r.Inquiry.Question, told.State, told.AnswerID, err)
		}
	}
	after, err := lib.AnswerByID(t.Context(), answer.ID)
	if err != nil || !strings.HasSuffix(fmt.Sprint(after.Asked), "cách hỏi ba cách hỏi một cách hỏi hai]") {
		t.Errorf("got %q, %v", after.Asked, err)
	}
	if after.Question != answer.Question || after.Short != answer.Short || after.Code() != answer.Code() || len(after.Basis) != len(answer.Basis) || after.Body.Parts[0].HTML != answer.Body.Parts[0].HTML {
		t.Error("a wording changed what the answer says")
	}
}

func TestMergingNeedsAPlaceToGo(t *testing.T) {
	lib, _ := seeded(t)
	one, other := ask(t, lib, floodQuestion).Inquiry, ask(t, lib, "Một câu hỏi khác của buổi sáng?").Inquiry
	if err := lib.RefuseInquiry(t.Context(), other.ID, 1, "Hỏi ở xã.", "p1"); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name  string
		merge content.Merge
		want  fault.Kind
	}{
		{"nowhere", content.Merge{}, fault.KindInvalid},
		{"into itself", content.Merge{Inquiry: one.ID}, fault.KindInvalid},
		{"two places", content.Merge{Inquiry: other.ID, Answer: "x"}, fault.KindInvalid},
		{"into a closed one", content.Merge{Inquiry: other.ID}, fault.KindConflict},
		{"into none", content.Merge{Inquiry: "nonsense"}, fault.KindConflict},
		{"into no answer", content.Merge{Answer: "nonsense"}, fault.KindNotFound},
		{"a telephone as wording", content.Merge{Answer: "x", Wording: "gọi 0912345678"}, fault.KindInvalid},
		{"a long wording", content.Merge{Answer: "x", Wording: strings.Repeat("a", 300)}, fault.KindInvalid},
	}
	for _, tt := range tests {
		m := tt.merge
		m.ID, m.Version, m.By = one.ID, 1, "p1"
		wantKind(t, tt.name, lib.MergeInquiry(t.Context(), m), tt.want)
	}
	if got, err := lib.Inquiry(t.Context(), one.ID); err != nil || got.State != content.InquiryNew || got.Version != 1 {
		t.Errorf("a merge that failed left %+v, %v", got, err)
	}
}

func TestTwoInquiriesCannotStandForEachOther(t *testing.T) {
	lib := content.New(storetest.Open(t))
	for n := range 4 {
		a, b := ask(t, lib, fmt.Sprintf("Câu hỏi bên trái số %d?", n)).Inquiry, ask(t, lib, fmt.Sprintf("Câu hỏi bên phải số %d?", n)).Inquiry
		errs := make(chan error, 2)
		for _, m := range []content.Merge{{ID: a.ID, Version: 1, Inquiry: b.ID}, {ID: b.ID, Version: 1, Inquiry: a.ID}} {
			go func() { errs <- lib.MergeInquiry(context.Background(), m) }()
		}
		first, second := <-errs, <-errs
		if (first == nil) == (second == nil) {
			t.Errorf("got %v and %v, want one of them merged", first, second)
		}
	}
}

func TestAWordingIsAddedOnceAndFoundAtOnce(t *testing.T) {
	lib, db := seeded(t)
	before, err := lib.Answer(t.Context(), "HĐ-0003")
	if err != nil {
		t.Fatal(err)
	}
	last, err := db.LastChange(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const wording = `Người "xã khác" tới: mấy lá?`
	for range 2 {
		if err := lib.AddAsked(t.Context(), before.ID, wording, "p1"); err != nil {
			t.Fatal(err)
		}
	}
	for _, known := range []string{"nguoi xa khac toi MAY LA", before.Question, before.Asked[0]} {
		if err := lib.AddAsked(t.Context(), before.ID, known, "p1"); err != nil {
			t.Errorf("%q: %v", known, err)
		}
	}
	after, err := lib.Answer(t.Context(), "HĐ-0003")
	if err != nil {
		t.Fatal(err)
	}
	if len(after.Asked) != len(before.Asked)+1 || after.Asked[len(after.Asked)-1] != wording || after.Revision != before.Revision+1 {
		t.Errorf("got %q in revision %d", after.Asked, after.Revision)
	}
	if now, _ := db.LastChange(t.Context()); now != last+1 {
		t.Errorf("%d changes, want one", now-last)
	}
	var source string
	err = db.Read(t.Context(), func(tx *store.Tx) error {
		return tx.QueryRow(`SELECT source FROM revisions WHERE kind = 'answer' AND object_id = $1 AND number = $2`, before.ID, int64(after.Revision)).Scan(&source)
	})
	if err != nil || !strings.Contains(source, "\n  - \"Người \\\"xã khác\\\" tới: mấy lá?\"\ntopic: bo-phieu-noi-khac\n") {
		t.Errorf("got source %s, %v", source, err)
	}
}

func TestAnAnswerHasRoomForSomeWordings(t *testing.T) {
	lib := content.New(storetest.Open(t))
	a := publishAnswer(t, lib, "x", "Mấy giờ mở cửa phòng bỏ phiếu?")
	for n := range content.MaxAsked {
		if err := lib.AddAsked(t.Context(), a.ID, fmt.Sprintf("cách hỏi số %d", n), "p1"); err != nil {
			t.Fatal(err)
		}
	}
	err := lib.AddAsked(t.Context(), a.ID, "một cách nữa", "p1")
	wantKind(t, "one too many", err, fault.KindInvalid)
	if fieldsOf(err) != "wording" {
		t.Errorf("got fields %q", fieldsOf(err))
	}
	wantKind(t, "none", lib.AddAsked(t.Context(), a.ID, " ", "p1"), fault.KindInvalid)
	wantKind(t, "to nothing", lib.AddAsked(t.Context(), "nonsense", "một cách nữa", "p1"), fault.KindNotFound)
}

func TestAgenciesAreThoseOfTheElectionAndOfTheArchive(t *testing.T) {
	lib, _ := seeded(t)
	mustImport(t, lib, `{"id":"a","title":"Hỏi điện?","body":"Đáp.","agency":"Công ty Điện lực"}`, true)
	list, err := lib.Agencies(t.Context())
	if err != nil || len(list) < 5 || list[len(list)-1] != "Công ty Điện lực" {
		t.Errorf("got %q, %v", list, err)
	}
	for _, agency := range list {
		if strings.HasPrefix(agency, "Biên soạn") {
			t.Errorf("%q is no agency", agency)
		}
	}
}

func TestAWordingSetsNobodysDraftBack(t *testing.T) {
	lib, db := seeded(t)
	before, err := lib.Answer(t.Context(), "HĐ-0003")
	if err != nil {
		t.Fatal(err)
	}
	draft, err := lib.StartDraft(t.Context(), content.KindAnswer, before.ID, "p1")
	if err != nil {
		t.Fatal(err)
	}
	text := draft.Text()
	text.Fields["short"] = []string{"Phát hai phiếu."}
	if draft, err = lib.SaveDraft(t.Context(), content.Save{Kind: content.KindAnswer, ID: before.ID, Version: draft.Version, Text: text, By: "p1"}); err != nil {
		t.Fatal(err)
	}
	for _, by := range []string{"p1", "p2"} {
		if err := lib.AddAsked(t.Context(), before.ID, "khách lạ bầu mấy lá, "+by, by); err != nil {
			t.Fatal(err)
		}
		if err := lib.Submit(t.Context(), content.KindAnswer, before.ID, openVersion(t, lib, before.ID), "", "p1"); by == "p1" && err != nil {
			t.Fatal(err)
		}
	}
	open, err := lib.OpenRevision(t.Context(), content.KindAnswer, before.ID)
	if err != nil || open.State != content.StateReview || open.Text().Field("short") != "Phát hai phiếu." || fmt.Sprint(open.Authors) != "[p1]" {
		t.Fatalf("got %+v, %v", open, err)
	}
	if err := lib.Approve(t.Context(), content.KindAnswer, before.ID, open.Version, content.Approval{When: content.WhenNow}, "p9"); err != nil {
		t.Fatal(err)
	}
	after, err := lib.Answer(t.Context(), "HĐ-0003")
	if err != nil || after.Short != "Phát hai phiếu." || len(after.Asked) != len(before.Asked)+2 || after.Asked[len(after.Asked)-1] != "khách lạ bầu mấy lá, p2" {
		t.Errorf("got %q, %q, %v", after.Short, after.Asked, err)
	}
	storetest.CheckTypes(t, db)
}

func openVersion(t *testing.T, lib *content.Library, id string) int {
	t.Helper()
	r, err := lib.OpenRevision(t.Context(), content.KindAnswer, id)
	if err != nil {
		t.Fatal(err)
	}
	return r.Version
}

func TestWhatAsksNearlyTheSameIsOffered(t *testing.T) {
	lib := content.New(storetest.Open(t))
	one := ask(t, lib, floodQuestion).Inquiry
	near := ask(t, lib, "Ngầm tràn ngập rồi, có chở hòm phiếu phụ bằng thuyền được không?").Inquiry
	ask(t, lib, "Mấy giờ thì dán niêm phong phòng bỏ phiếu?")
	list, err := lib.AlikeInquiries(t.Context(), one, 5)
	if err != nil || len(list) != 1 || list[0].ID != near.ID {
		t.Errorf("got %+v, %v", list, err)
	}
}
