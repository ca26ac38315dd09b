package content

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// KindInquiry is how the audit log names a question sent by a reader.
const KindInquiry = "inquiry"

// InquiryState is where a reader's question stands.
type InquiryState string

// The states of an inquiry. The first two wait for somebody.
const (
	InquiryNew      InquiryState = "new"
	InquiryTaken    InquiryState = "taken"
	InquiryRefused  InquiryState = "refused"
	InquiryAnswered InquiryState = "answered"
	InquiryMerged   InquiryState = "merged" // into another inquiry, or into an answer
)

var inquiryLabels = map[InquiryState]string{
	InquiryNew: "Chưa nhận", InquiryTaken: "Đang soạn trả lời", InquiryRefused: "Từ chối", InquiryAnswered: "Đã trả lời", InquiryMerged: "Đã gộp",
}

// Label is the state in words; "" for an unknown one.
func (s InquiryState) Label() string { return inquiryLabels[s] }

// InquiryStates lists the states.
func InquiryStates() []InquiryState {
	return []InquiryState{InquiryNew, InquiryTaken, InquiryRefused, InquiryAnswered, InquiryMerged}
}

// Inquiry is a question that a reader sent and that has no answer yet, or got
// one.
type Inquiry struct {
	ID         string
	Question   string // one line
	Detail     string // what happened, where, when
	Place      string
	Agency     string // who is to answer; "" while nobody knows
	Topic      string // its slug, "" while nobody named one
	State      InquiryState
	TakenBy    string
	Reason     string // why it was refused, for the asker
	AnswerID   string // of the answer being written, or that it led to
	MergedInto string // the inquiry that stands for it
	Wording    string // by which search shall know the answer, once there is one
	Version    int
	TakeDue    viet.Date
	ReplyDue   viet.Date
	Due        viet.Date // of the two, the one that is owed next; "" when closed
	Asked      time.Time
	Taken      time.Time
	Closed     time.Time
	Alike      int  // inquiries merged into it
	Late       bool // its day has passed
}

// Path is the inquiry's address for those who work on it.
func (i Inquiry) Path() string { return "/bien-tap/cau-hoi/" + i.ID }

// Waiting reports whether somebody has to do something.
func (i Inquiry) Waiting() bool { return i.State == InquiryNew || i.State == InquiryTaken }

// NewInquiry is what a reader sends.
type NewInquiry struct {
	Form      string // by NewInquiryForm
	Question  string
	Detail    string
	Place     string
	Agency    string
	Confirmed bool // sent although it seems to hold personal data
}

// Receipt is what an asker is told.
type Receipt struct {
	Code     string
	Inquiry  Inquiry
	State    InquiryState // of the inquiry that stands for it; never merged
	Reason   string
	AnswerID string
}

// PersonalField is the name of the fault of text that seems to tell who
// somebody is. It is no refusal: who confirms may send it.
const PersonalField = "personal"

// Ask takes in a question. The same form sent again gives the same receipt; with
// another question in it it is a conflict, for one code stands for one question.
func (l *Library) Ask(ctx context.Context, n NewInquiry) (Receipt, error) {
	code := receiptOf(n.Form)
	if code == "" {
		return Receipt{}, fault.Invalid("Biểu mẫu đã cũ. Hãy mở lại trang rồi gửi lại.")
	}
	i, err := n.read()
	if err != nil {
		return Receipt{}, err
	}
	err = l.db.Write(ctx, func(tx *store.Tx) error {
		if err := checkAgency(tx, i.Agency); err != nil {
			return err
		}
		fresh := i
		fresh.open(tx.NewID(), tx.Now())
		added, err := insertInquiry(tx, fresh, receiptHash(code))
		if err != nil || added {
			i = fresh
			return err
		}
		stored, err := inquiryByReceipt(tx, receiptHash(code))
		if err != nil {
			return err
		}
		if stored.Question != i.Question || stored.Detail != i.Detail {
			return fault.Conflict("Biểu mẫu này đã gửi một câu hỏi khác. Nội dung vừa gõ vẫn còn: bấm gửi lần nữa để gửi thành câu mới.")
		}
		i = stored
		return nil
	})
	if err != nil {
		return Receipt{}, err
	}
	return l.InquiryByReceipt(ctx, code)
}

// read takes the texts through the gate and checks them.
func (n NewInquiry) read() (Inquiry, error) {
	i := Inquiry{Agency: n.Agency}
	var faults []fault.Field
	i.Question, faults = cleanField("question", n.Question, MaxInquiryRunes, faults)
	i.Question = oneLine(i.Question)
	i.Detail, faults = cleanField("detail", n.Detail, MaxInquiryRunes, faults)
	i.Place, faults = cleanField("place", n.Place, MaxPlaceRunes, faults)
	i.Place = oneLine(i.Place)
	if len(faults) == 0 && len([]rune(i.Question)) < MinInquiryRunes {
		faults = append(faults, fault.Field{Name: "question", Sentence: fmt.Sprintf("Hãy viết rõ hơn: ít nhất %d chữ cái, nêu việc gì, ở đâu, lúc nào.", MinInquiryRunes)})
	}
	found := PersonalData(i.Question + "\n" + i.Detail + "\n" + i.Place)
	if len(found) > 0 && !n.Confirmed {
		faults = append(faults, fault.Field{Name: PersonalField, Sentence: fmt.Sprintf("Nội dung có %s. Câu hỏi không cần dữ liệu này: hãy xóa đi, hoặc đánh dấu đồng ý gửi.", nameAll(found))})
	}
	if len(faults) > 0 {
		return i, fault.Invalid("Câu hỏi chưa gửi được. Hãy xem lại các chỗ sau.", faults...)
	}
	return i, nil
}

func nameAll(found []Personal) string {
	var labels []string
	for _, p := range found {
		labels = append(labels, p.Label())
	}
	return strings.Join(labels, ", ")
}

// cleanField takes one typed field through the gate.
func cleanField(name, raw string, limit int, faults []fault.Field) (string, []fault.Field) {
	text, err := viet.Clean(raw, limit)
	if err != nil {
		return "", append(faults, fault.Field{Name: name, Sentence: fmt.Sprintf("Có ký tự không đọc được, hoặc dài quá %d ký tự. Hãy viết ngắn lại.", limit)})
	}
	return text, faults
}

// open makes it a new inquiry with its two days.
func (i *Inquiry) open(id string, now time.Time) {
	today := viet.DateOf(now)
	i.ID, i.State, i.Version, i.Asked = id, InquiryNew, 1, now
	i.TakeDue, i.ReplyDue = WorkDays(today, TakeDays), WorkDays(today, ReplyDays)
	i.Due = i.TakeDue
}

const noReceipt = "Không có phiếu nào mang mã này. Hãy xem lại 12 chữ trên phiếu."

// InquiryByReceipt tells an asker what became of the question: where it was
// merged, what became of that.
func (l *Library) InquiryByReceipt(ctx context.Context, typed string) (Receipt, error) {
	r := Receipt{}
	if len(typed) <= maxReceiptBytes {
		r.Code = ReadReceipt(typed)
	}
	if r.Code == "" {
		return r, fault.NotFound(noReceipt)
	}
	err := l.db.Read(ctx, func(tx *store.Tx) (err error) {
		if r.Inquiry, err = inquiryByReceipt(tx, receiptHash(r.Code)); err != nil {
			return err
		}
		leading := r.Inquiry
		if leading.MergedInto != "" {
			if leading, err = inquiryByID(tx, leading.MergedInto); err != nil {
				return err
			}
		}
		r.State, r.Reason, r.AnswerID = leading.State, leading.Reason, leading.AnswerID
		return nil
	})
	if r.State == InquiryMerged { // into an answer
		r.State = InquiryAnswered
	}
	return r, err
}

// Agencies lists who may be asked: those of the election, then those that gave
// answers of the archive.
func (l *Library) Agencies(ctx context.Context) ([]string, error) {
	var list []string
	err := l.db.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = agencies(tx)
		return err
	})
	return list, err
}

// electionAgencies answer for the fields of an election in every province.
var electionAgencies = []string{"Ủy ban bầu cử tỉnh", "Sở Nội vụ", "Công an tỉnh", "Sở Văn hóa, Thể thao và Du lịch", "Ủy ban Mặt trận Tổ quốc tỉnh"}

// noAgency is the source of answers that were drawn from the law itself.
const noAgency = "Biên soạn từ văn bản pháp luật"

func agencies(tx *store.Tx) ([]string, error) {
	archive, err := agenciesOfAnswers(tx)
	if err != nil {
		return nil, fmt.Errorf("list agencies: %w", err)
	}
	list := slices.Clone(electionAgencies)
	for _, agency := range archive {
		if agency != noAgency && !slices.Contains(list, agency) {
			list = append(list, agency)
		}
	}
	return list, nil
}

func checkAgency(tx *store.Tx, agency string) error {
	if agency == "" {
		return nil
	}
	known, err := agencies(tx)
	if err != nil || slices.Contains(known, agency) {
		return err
	}
	return fault.Invalid("Không có cơ quan này.", fault.Field{Name: "agency", Sentence: "Không có cơ quan này trong danh sách. Hãy chọn lại."})
}
