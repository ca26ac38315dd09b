package content

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// InquiryFilter narrows the queue; the zero filter is all that wait.
type InquiryFilter struct {
	State  InquiryState // "" for those that wait
	Agency string
	After  string // the last id of the page before
	Limit  int    // 0 means InquiriesPerPage
}

// InquiryPage is one page of the queue.
type InquiryPage struct {
	Inquiries []Inquiry
	Total     int // of the whole filter
	Late      int // of these, how many are past their day
	Next      string
}

// Inquiries lists what readers asked: of those that wait, what is owed first at
// the top; of closed ones the last closed.
func (l *Library) Inquiries(ctx context.Context, f InquiryFilter) (InquiryPage, error) {
	if f.Limit <= 0 || f.Limit > MaxInquiriesPerPage {
		f.Limit = InquiriesPerPage
	}
	var page InquiryPage
	err := l.db.Read(ctx, func(tx *store.Tx) (err error) {
		var after Inquiry
		if f.After != "" {
			if after, err = inquiryByID(tx, f.After); err != nil {
				return err
			}
		}
		if page.Total, page.Late, err = countInquiries(tx, f); err != nil {
			return err
		}
		list := waitingInquiries
		if f.State != "" && !(Inquiry{State: f.State}).Waiting() {
			list = closedInquiries
		}
		page.Inquiries, err = list(tx, f, after, f.Limit+1)
		return err
	})
	if len(page.Inquiries) > f.Limit {
		page.Inquiries = page.Inquiries[:f.Limit]
		page.Next = page.Inquiries[f.Limit-1].ID
	}
	return page, err
}

// Inquiry is one inquiry, for those who work on it.
func (l *Library) Inquiry(ctx context.Context, id string) (Inquiry, error) {
	var i Inquiry
	err := l.db.Read(ctx, func(tx *store.Tx) (err error) {
		i, err = inquiryByID(tx, id)
		return err
	})
	return i, err
}

// MergedInquiries lists what was merged into an inquiry.
func (l *Library) MergedInquiries(ctx context.Context, id string) ([]Inquiry, error) {
	var list []Inquiry
	err := l.db.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = mergedInto(tx, id)
		return err
	})
	return list, err
}

// AlikeInquiries lists waiting inquiries that ask nearly the same as one, the
// nearest first, among the first of the queue.
func (l *Library) AlikeInquiries(ctx context.Context, i Inquiry, limit int) ([]Inquiry, error) {
	var list []Inquiry
	err := l.db.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = waitingInquiries(tx, InquiryFilter{}, Inquiry{}, maxAlike)
		return err
	})
	near := map[string]float64{}
	for _, other := range list {
		near[other.ID] = likeness(i.Question, other.Question)
	}
	list = slices.DeleteFunc(list, func(other Inquiry) bool { return other.ID == i.ID || near[other.ID] < leastAlike })
	slices.SortStableFunc(list, func(a, b Inquiry) int { return cmp.Compare(near[b.ID], near[a.ID]) })
	return list[:min(limit, len(list))], err
}

// likeness is the share of common syllable pairs of two questions.
func likeness(a, b string) float64 {
	one, other := syllablePairs(a), syllablePairs(b)
	common := 0
	for pair := range one {
		if other[pair] {
			common++
		}
	}
	return float64(common) / float64(max(1, len(one)+len(other)-common))
}

// TakeInquiry says who writes the answer. A colleague may take over.
func (l *Library) TakeInquiry(ctx context.Context, id string, version int, by string) error {
	return l.work(ctx, id, version, by, "take", func(tx *store.Tx, i *Inquiry) (string, error) {
		if i.State == InquiryTaken && i.TakenBy == by {
			return "", fault.Conflict("Anh, chị đã nhận câu hỏi này rồi.")
		}
		i.take(tx, by)
		return "", nil
	})
}

func (i *Inquiry) take(tx *store.Tx, by string) {
	i.State, i.TakenBy, i.Taken, i.Due = InquiryTaken, by, tx.Now(), i.ReplyDue
}

// close ends the work on an inquiry.
func (i *Inquiry) close(tx *store.Tx, as InquiryState) {
	i.State, i.Closed, i.Due = as, tx.Now(), ""
}

// RefuseInquiry closes an inquiry without an answer; the asker reads why.
func (l *Library) RefuseInquiry(ctx context.Context, id string, version int, reason, by string) error {
	reason, faults := cleanField("reason", reason, MaxReasonRunes, nil)
	if len(faults) == 0 && reason == "" {
		faults = append(faults, fault.Field{Name: "reason", Sentence: "Hãy ghi lý do và nên hỏi ở đâu. Người hỏi sẽ đọc đúng câu này."})
	}
	if len(faults) > 0 {
		return fault.Invalid("Chưa từ chối được. Hãy xem lại lý do.", faults...)
	}
	return l.work(ctx, id, version, by, "refuse", func(tx *store.Tx, i *Inquiry) (string, error) {
		i.close(tx, InquiryRefused)
		i.Reason, i.TakenBy = reason, by
		return "", nil // what a reader told and was told can be erased, the log cannot
	})
}

// PassInquiry gives an inquiry to another agency, whose day for taking it begins
// anew; the day of the answer stays.
func (l *Library) PassInquiry(ctx context.Context, id string, version int, agency, by string) error {
	if agency == "" {
		return fault.Invalid("Chưa chọn cơ quan.", fault.Field{Name: "agency", Sentence: "Hãy chọn cơ quan nhận câu hỏi."})
	}
	return l.work(ctx, id, version, by, "pass", func(tx *store.Tx, i *Inquiry) (string, error) {
		if i.Agency == agency {
			return "", fault.Invalid("Câu hỏi đang ở cơ quan này.", fault.Field{Name: "agency", Sentence: "Câu hỏi đang ở cơ quan này. Hãy chọn cơ quan khác."})
		}
		note := i.Agency + " → " + agency
		i.Agency, i.State, i.TakenBy = agency, InquiryNew, ""
		i.TakeDue = WorkDays(viet.DateOf(tx.Now()), TakeDays)
		i.Due = min(i.TakeDue, i.ReplyDue)
		return note, checkAgency(tx, agency)
	})
}

// Merge says where an inquiry goes that was asked before: to an inquiry that
// waits, or to a published answer.
type Merge struct {
	ID      string
	Version int
	Inquiry string // the id of the other, or
	Answer  string // the id of the answer
	Wording string // by which search shall know the answer; "" adds none
	By      string
}

// MergeInquiry closes an inquiry in favour of another or of an answer. Its asker
// is told what becomes of that. The wording becomes one that search knows the
// answer by, at once or as soon as there is one.
func (l *Library) MergeInquiry(ctx context.Context, m Merge) error {
	wording, err := checkWording(m.Wording)
	if err != nil {
		return err
	}
	if (m.Inquiry == "") == (m.Answer == "") || m.Inquiry == m.ID {
		return fault.Invalid("Chưa rõ gộp vào đâu.", fault.Field{Name: "target", Sentence: "Hãy chọn một câu hỏi khác đang chờ, hoặc ghi mã của câu đã trả lời."})
	}
	return l.work(ctx, m.ID, m.Version, m.By, "merge", func(tx *store.Tx, i *Inquiry) (string, error) {
		i.close(tx, InquiryMerged)
		if m.Inquiry != "" {
			i.MergedInto, i.Wording = m.Inquiry, wording
			return KindInquiry + " " + m.Inquiry, joinQueue(tx, *i)
		}
		if _, err := answerByID(tx, register{}, m.Answer); err != nil {
			return "", err
		}
		i.AnswerID = m.Answer
		return KindAnswer + " " + m.Answer, mergeIntoAnswer(tx, *i, wording, m.By)
	})
}

// joinQueue takes those that were merged into an inquiry along to another.
func joinQueue(tx *store.Tx, i Inquiry) error {
	waits, err := holdInquiry(tx, i.MergedInto)
	if err != nil {
		return err
	}
	if !waits {
		return fault.Conflict("Câu hỏi kia không còn chờ trả lời. Hãy tải lại trang rồi chọn lại.")
	}
	return moveMerged(tx, i.ID, i.MergedInto)
}

// mergeIntoAnswer gives the answer the wordings of the inquiry and of those that
// were merged into it.
func mergeIntoAnswer(tx *store.Tx, i Inquiry, wording, by string) error {
	if wording != "" {
		if err := addAsked(tx, i.AnswerID, []string{wording}, by); err != nil {
			return err
		}
	}
	return handOverWordings(tx, i, by)
}

// checkWording reads a wording for search: one line, short, nobody's data.
func checkWording(raw string) (string, error) {
	wording, faults := cleanField("wording", raw, MaxAskedRunes, nil)
	wording = oneLine(wording)
	if found := PersonalData(wording); len(found) > 0 {
		faults = append(faults, fault.Field{Name: "wording", Sentence: fmt.Sprintf("Có %s. Hãy xóa đi.", nameAll(found))})
	}
	if len(faults) > 0 {
		return "", fault.Invalid("Cách hỏi chưa dùng được. Hãy sửa lại.", faults...)
	}
	return wording, nil
}

// work does one step of the work on a waiting inquiry, of the version that the
// person saw. change gives what the audit log says beside the act.
func (l *Library) work(ctx context.Context, id string, version int, by, act string, change func(*store.Tx, *Inquiry) (string, error)) error {
	return l.db.Write(ctx, func(tx *store.Tx) error {
		i, err := inquiryByID(tx, id)
		if err != nil {
			return err
		}
		if !i.Waiting() || i.Version != version {
			return i.movedOn()
		}
		note, err := change(tx, &i)
		if err != nil {
			return err
		}
		changed, err := updateInquiry(tx, i)
		if err != nil {
			return err
		}
		if !changed {
			return i.movedOn()
		}
		return tx.Audit(by, act, KindInquiry, id, note)
	})
}

func (i Inquiry) movedOn() error {
	return fault.Conflict(fmt.Sprintf("Câu hỏi này vừa được người khác xử lý (%s). Hãy tải lại trang để xem bản mới.", strings.ToLower(i.State.Label())))
}

// AnswerInquiry opens the draft of an answer to an inquiry: the one that was
// begun already, else a new one that has what the inquiry tells. Who writes it
// has taken the inquiry. Once readers see the answer, the inquiry is answered.
func (l *Library) AnswerInquiry(ctx context.Context, id string, version int, by string) (Revision, error) {
	var draft Revision
	err := l.work(ctx, id, version, by, "write", func(tx *store.Tx, i *Inquiry) (note string, err error) {
		if draft, err = answerDraftOf(tx, *i, by); err != nil {
			return "", err
		}
		if i.State == InquiryNew {
			i.take(tx, by)
		}
		i.AnswerID = draft.ID
		return KindAnswer + " " + draft.ID, nil
	})
	if err != nil {
		return Revision{}, err
	}
	return draft, nil
}

func answerDraftOf(tx *store.Tx, i Inquiry, by string) (Revision, error) {
	if i.AnswerID != "" {
		draft, err := openRevision(tx, KindAnswer, i.AnswerID)
		if !fault.Is(err, fault.KindNotFound) {
			return draft, err
		}
	}
	t := Template(KindAnswer)
	question := []rune(i.Question)
	t.Fields["question"] = []string{string(question[:min(len(question), MaxQuestionRunes)])}
	t.Fields["agency"], t.Fields["topic"] = []string{i.Agency}, []string{i.Topic}
	t.Fields["date"] = []string{string(viet.DateOf(tx.Now()))}
	t, err := t.clean(KindAnswer)
	if err != nil {
		return Revision{}, err
	}
	return startRevision(tx, KindAnswer, tx.NewID(), t, by)
}

// settleInquiries closes what an answer was written for, once readers see it,
// and hands over the wordings of those that asked the same.
func settleInquiries(tx *store.Tx, answerID, by string) error {
	list, err := inquiriesOfAnswer(tx, answerID)
	if err != nil {
		return fmt.Errorf("settle inquiries of answer %s: %w", answerID, err)
	}
	for _, i := range list {
		i.close(tx, InquiryAnswered)
		changed, err := updateInquiry(tx, i)
		if err != nil {
			return err
		}
		if !changed { // somebody decided on it just now: who publishes sees that first
			return i.movedOn()
		}
		if err := tx.Audit(by, "answer", KindInquiry, i.ID, KindAnswer+" "+answerID); err != nil {
			return err
		}
		if err := handOverWordings(tx, i, by); err != nil {
			return err
		}
	}
	return nil
}

// handOverWordings gives an answer the wordings that wait for it. What there is
// no room for is left: the archive has enough of them then.
func handOverWordings(tx *store.Tx, i Inquiry, by string) error {
	merged, err := mergedInto(tx, i.ID)
	if err != nil {
		return err
	}
	var wordings []string
	for _, m := range merged {
		if m.Wording == "" {
			continue
		}
		if wordings = append(wordings, m.Wording); len(wordings) > MaxAsked {
			break
		}
		if err := clearWording(tx, m.ID); err != nil {
			return err
		}
	}
	err = addAsked(tx, i.AnswerID, wordings, by)
	if full, ok := fault.Of(err); ok && slices.ContainsFunc(full.Fields, func(f fault.Field) bool { return f.Name == "wording" }) {
		return nil
	}
	return err
}
