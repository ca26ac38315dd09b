package web

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/viet"
	"sotay/search"
)

// queuePath is where those work who answer.
const queuePath = "/bien-tap/cau-hoi"

// inquiryView is an inquiry as the queue shows it.
type inquiryView struct {
	content.Inquiry
	Waited string // "Chờ 2 ngày"
	Owed   string // what is to be done by when
	Taker  string // the name of who has taken it
}

// deskInquiries are the first of the queue, for the desk and for the queue's own
// page. Path leads to all of them; "" where they stand. next is the last of the
// page, "" on the last page.
type deskInquiries struct {
	List        []inquiryView
	Total, Late int
	Path        string
	next        string
}

// deskInquiries reads the queue; the desk asks for the first few that wait.
func (s *Server) deskInquiries(ctx context.Context, f content.InquiryFilter) (deskInquiries, error) {
	page, err := s.rooms.Library.Inquiries(ctx, f)
	if err != nil {
		return deskInquiries{}, err
	}
	d := deskInquiries{Total: page.Total, Late: page.Late, Path: queuePath, next: page.Next}
	d.List, err = s.viewInquiries(ctx, page.Inquiries)
	return d, err
}

// deskFeedback is what readers said of the pages, for the desk.
type deskFeedback struct {
	Pages []content.PageFeedback
	Notes []noteView
	Days  int
}

type noteView struct {
	content.FeedbackNote
	When string
}

// deskFeedback reads what readers have said lately.
func (s *Server) deskFeedback(ctx context.Context, limit int) (deskFeedback, error) {
	d := deskFeedback{Days: feedbackDays}
	report, err := s.rooms.Library.Feedback(ctx, s.cfg.Today().AddDays(-feedbackDays), limit)
	if err != nil {
		return d, err
	}
	for _, p := range report.Pages {
		if p.Unclear > 0 {
			d.Pages = append(d.Pages, p)
		}
	}
	for _, n := range report.Notes {
		d.Notes = append(d.Notes, noteView{n, viet.Clock(n.At)})
	}
	return d, nil
}

// viewInquiries names who took each and says what is owed.
func (s *Server) viewInquiries(ctx context.Context, list []content.Inquiry) ([]inquiryView, error) {
	var ids []string
	for _, i := range list {
		ids = append(ids, i.TakenBy)
	}
	names, err := s.rooms.People.Names(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("name who took inquiries: %w", err)
	}
	var views []inquiryView
	for _, i := range list {
		views = append(views, inquiryView{i, waited(s.cfg.Today(), i.Asked), owed(i), names[i.TakenBy]})
	}
	return views, nil
}

// waited is how long an asker has waited, in days of the calendar.
func waited(today viet.Date, asked time.Time) string {
	switch days := daysBetween(viet.DateOf(asked), today); {
	case days > 0:
		return fmt.Sprintf("Chờ %d ngày", days)
	default:
		return "Hỏi hôm nay"
	}
}

func owed(i content.Inquiry) string {
	switch {
	case i.State == content.InquiryNew && i.Late:
		return "Quá hạn nhận " + i.Due.String()
	case i.State == content.InquiryNew:
		return "Nhận trước hết ngày " + i.Due.String()
	case i.State == content.InquiryTaken && i.Late:
		return "Quá hạn trả lời " + i.Due.String()
	case i.State == content.InquiryTaken:
		return "Trả lời trước hết ngày " + i.Due.String()
	}
	return i.State.Label()
}

type queuePage struct {
	base
	Filter   content.InquiryFilter
	States   []content.InquiryState
	Agencies []string
	Found    deskInquiries
	Next     string
	Feedback deskFeedback
}

func (s *Server) listInquiries(c *fiber.Ctx) error {
	f := content.InquiryFilter{State: content.InquiryState(c.Query("trang-thai")), Agency: legible(c.Query("co-quan"), maxChoiceRunes), After: c.Query("sau")}
	if f.State != "" && f.State.Label() == "" {
		return fault.NotFound("Không có trạng thái này. Hãy chọn lại ở hàng đợi.")
	}
	page := queuePage{base: s.staffPage(c, "Câu hỏi gửi đến", "Câu hỏi của người đọc chờ trả lời."), Filter: f, States: content.InquiryStates()}
	var err error
	if page.Found, err = s.deskInquiries(c.UserContext(), f); err != nil {
		return err
	}
	page.Found.Path = ""
	if page.Agencies, err = s.rooms.Library.Agencies(c.UserContext()); err != nil {
		return err
	}
	if next := page.Found.next; next != "" {
		page.Next = queuePath + "?" + url.Values{"trang-thai": {string(f.State)}, "co-quan": {f.Agency}, "sau": {next}}.Encode()
	}
	if page.Feedback, err = s.deskFeedback(c.UserContext(), feedbackListed); err != nil {
		return err
	}
	return s.render(c, "inquiries/list", page)
}

// inquiryPage is one inquiry with all that can be done about it.
type inquiryPage struct {
	base
	Inquiry  inquiryView
	When     string
	Merged   []content.Inquiry // asked the same
	Target   *content.Inquiry  // that stands for it
	Answer   *content.Answer   // that it led to
	Draft    string            // address of the draft of its answer
	Agencies []string
	Alike    []content.Inquiry
	Similar  []similarView
	Faults   []fault.Field
	Done     string
	Typed    workTyped
}

// workTyped is what was typed into the forms of an inquiry.
type workTyped struct{ Reason, Agency, Target, Code, Wording string }

// workFields are the fields of the forms, by what the room calls them.
var workFields = map[string]string{"reason": "ly-do", "agency": "co-quan", "target": "vao", "wording": "cach-hoi"}

// FaultOf is the sentence about a field, "" when it is right.
func (p inquiryPage) FaultOf(name string) string { return faultOf(p.Faults, name) }

// workDone tells what was done, by the step.
var workDone = map[string]string{
	"nhan": "Đã nhận câu hỏi.", "tu-choi": "Đã từ chối. Người hỏi đọc được lý do ở trang phiếu.",
	"chuyen": "Đã chuyển cơ quan khác.", "gop": "Đã gộp. Người hỏi được dẫn tới câu trả lời chung.",
}

func (s *Server) showInquiry(c *fiber.Ctx) error {
	page, err := s.inquiryPage(c)
	if err != nil {
		return err
	}
	page.Done = workDone[c.Query("xong")]
	return s.render(c, "inquiries/show", page)
}

func (s *Server) inquiryPage(c *fiber.Ctx) (page inquiryPage, err error) {
	ctx, lib := c.UserContext(), s.rooms.Library
	i, err := lib.Inquiry(ctx, c.Params("id"))
	if err != nil {
		return page, err
	}
	views, err := s.viewInquiries(ctx, []content.Inquiry{i})
	if err != nil {
		return page, err
	}
	page = inquiryPage{base: s.staffPage(c, "Câu hỏi: "+firstRunes(i.Question, maxPersonRunes), "Một câu hỏi của người đọc."), Inquiry: views[0], When: viet.Clock(i.Asked)}
	page.Crumbs = []crumb{{"Câu hỏi gửi đến", queuePath}}
	page.Typed.Wording = firstRunes(i.Question, content.MaxAskedRunes)
	if page.Merged, err = lib.MergedInquiries(ctx, i.ID); err != nil {
		return page, err
	}
	if i.MergedInto != "" {
		target, err := lib.Inquiry(ctx, i.MergedInto)
		if err != nil {
			return page, err
		}
		page.Target = &target
	}
	if err := s.nameAnswer(ctx, &page); err != nil || !i.Waiting() {
		return page, err
	}
	return page, s.offerTargets(ctx, &page)
}

// nameAnswer finds the answer that an inquiry led to, or the draft of it.
func (s *Server) nameAnswer(ctx context.Context, page *inquiryPage) error {
	id := page.Inquiry.AnswerID
	if id == "" {
		return nil
	}
	answer, err := s.rooms.Library.AnswerByID(ctx, id)
	if err == nil {
		page.Answer = &answer
		return nil
	}
	if page.Inquiry.Waiting() {
		page.Draft = draftPath(id)
	}
	if fault.Is(err, fault.KindNotFound) {
		return nil
	}
	return err
}

// draftPath is where an answer is written.
func draftPath(answerID string) string { return "/bien-tap/hoi-dap/" + answerID + "/soan" }

// offerTargets lists where the inquiry may be merged into or passed to.
func (s *Server) offerTargets(ctx context.Context, page *inquiryPage) (err error) {
	lib := s.rooms.Library
	if page.Agencies, err = lib.Agencies(ctx); err != nil {
		return err
	}
	if page.Alike, err = lib.AlikeInquiries(ctx, page.Inquiry.Inquiry, similarTexts); err != nil {
		return err
	}
	page.Similar, err = s.similarTo(ctx, page.Inquiry.Question, search.KindAnswer)
	return err
}

// workOn reads a form about an inquiry and does its step. When somebody was
// faster or a field is wrong, the page comes back as the inquiry is now, with
// what was typed.
func (s *Server) workOn(c *fiber.Ctx, step func(id string, version int, f form) error) error {
	f, err := readForm(c, "ban", "ly-do", "co-quan", "vao", "ma-hoi-dap", "cach-hoi")
	if err != nil {
		return err
	}
	version, err := strconv.Atoi(f.first("ban"))
	if err != nil {
		return fault.Invalid("Trang đã cũ. Hãy tải lại trang rồi làm lại.")
	}
	err = step(c.Params("id"), version, f)
	if err == nil {
		parts := strings.Split(c.Path(), "/")
		return c.Redirect(queuePath+"/"+c.Params("id")+"?xong="+parts[len(parts)-1], fiber.StatusSeeOther)
	}
	broken, ok := fault.Of(err)
	if !ok || broken.Kind != fault.KindInvalid && broken.Kind != fault.KindConflict {
		return err
	}
	page, again := s.inquiryPage(c)
	if again != nil {
		return again
	}
	page.Faults = faultsIn(broken, workFields)
	page.Typed = workTyped{
		Reason: legibleText(f.first("ly-do"), 2*content.MaxReasonRunes), Agency: legible(f.first("co-quan"), maxChoiceRunes),
		Target: legible(f.first("vao"), maxCodeBytes), Code: legible(f.first("ma-hoi-dap"), maxCodeBytes), Wording: legible(f.first("cach-hoi"), 2*content.MaxAskedRunes),
	}
	if _, sent := f["cach-hoi"]; !sent {
		page.Typed.Wording = firstRunes(page.Inquiry.Question, content.MaxAskedRunes)
	}
	c.Status(statuses[broken.Kind].status)
	return s.render(c, "inquiries/show", page)
}

func (s *Server) takeInquiry(c *fiber.Ctx) error {
	return s.workOn(c, func(id string, version int, _ form) error {
		return s.rooms.Library.TakeInquiry(c.UserContext(), id, version, actor(c).ID)
	})
}

func (s *Server) refuseInquiry(c *fiber.Ctx) error {
	return s.workOn(c, func(id string, version int, f form) error {
		return s.rooms.Library.RefuseInquiry(c.UserContext(), id, version, f.first("ly-do"), actor(c).ID)
	})
}

func (s *Server) passInquiry(c *fiber.Ctx) error {
	return s.workOn(c, func(id string, version int, f form) error {
		return s.rooms.Library.PassInquiry(c.UserContext(), id, version, f.first("co-quan"), actor(c).ID)
	})
}

// mergeInquiry merges into what was chosen, "cau:" and the id of an inquiry or
// "dap:" and that of an answer, else into the answer whose code was typed.
func (s *Server) mergeInquiry(c *fiber.Ctx) error {
	return s.workOn(c, func(id string, version int, f form) error {
		m := content.Merge{ID: id, Version: version, Wording: f.first("cach-hoi"), By: actor(c).ID}
		kind, chosen, _ := strings.Cut(f.first("vao"), ":")
		switch code := strings.TrimSpace(f.first("ma-hoi-dap")); {
		case kind == "cau":
			m.Inquiry = chosen
		case kind == "dap":
			m.Answer = strings.TrimPrefix(chosen, content.KindAnswer+":")
		case code != "":
			answer, err := s.rooms.Library.Answer(c.UserContext(), code)
			if fault.Is(err, fault.KindNotFound) {
				return fault.Invalid("Không có câu hỏi đáp mang mã này.", fault.Field{Name: "target", Sentence: "Không có câu hỏi đáp mang mã này. Hãy xem lại mã, ví dụ HĐ-0012."})
			}
			if err != nil {
				return err
			}
			m.Answer = answer.ID
		}
		return s.rooms.Library.MergeInquiry(c.UserContext(), m)
	})
}

// answerInquiry opens the draft of the answer.
func (s *Server) answerInquiry(c *fiber.Ctx) error {
	var draft content.Revision
	f := func(id string, version int, _ form) (err error) {
		draft, err = s.rooms.Library.AnswerInquiry(c.UserContext(), id, version, actor(c).ID)
		return err
	}
	if err := s.workOn(c, f); err != nil || draft.ID == "" {
		return err
	}
	return c.Redirect(draftPath(draft.ID), fiber.StatusSeeOther)
}

// firstRunes is the beginning of a line.
func firstRunes(text string, limit int) string {
	runes := []rune(text)
	return string(runes[:min(limit, len(runes))])
}
