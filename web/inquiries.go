package web

import (
	"context"
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/viet"
	"sotay/search"
)

// askPage is the form for a question.
type askPage struct {
	base
	Faults   []fault.Field
	Form     string // its id, from which the receipt follows
	Question string
	Detail   string
	Place    string
	Agency   string
	Agencies []string
	Personal string // the sentence about data that tells who somebody is, "" when there is none
	Looked   bool   // for texts that are there already
	Similar  []similarView
}

// similarView is a text that may answer the question already.
type similarView struct {
	search.Hit
	KindName string
}

// inquiryFields are the fields of the form, by what the room calls them.
var inquiryFields = map[string]string{"question": "cau-hoi", "detail": "chi-tiet", "place": "noi", "agency": "co-quan", content.PersonalField: "dong-y"}

func (s *Server) showAsk(c *fiber.Ctx) error {
	page, err := s.askPage(c)
	if err != nil {
		return err
	}
	page.Question = legible(c.Query("cau"), content.MaxInquiryRunes)
	if err := s.lookFor(c, &page); err != nil {
		return err
	}
	return s.render(c, "inquiries/ask", page)
}

// askPage is an empty form. It is each visitor's own, for the sake of its id.
func (s *Server) askPage(c *fiber.Ctx) (page askPage, err error) {
	c.Set(fiber.HeaderCacheControl, noStore)
	page = askPage{base: s.page(c, "Gửi câu hỏi", "Gửi câu hỏi về nghiệp vụ bầu cử, không cần tài khoản; nhận mã phiếu để xem trả lời."), Form: content.NewInquiryForm()}
	page.NoIndex, page.URL, page.Crumbs = true, "", []crumb{{"Trang chủ", "/"}, {"Hỏi đáp", "/hoi-dap"}}
	page.Agencies, err = s.rooms.Library.Agencies(c.UserContext())
	return page, err
}

// sendInquiry takes in a question and shows its receipt. It does not redirect:
// the code stands in no address and in no cookie, and the same form sent again
// shows it again.
func (s *Server) sendInquiry(c *fiber.Ctx) error {
	f, err := readForm(c, "phieu", "cau-hoi", "chi-tiet", "noi", "co-quan", "dong-y", "xem")
	if err != nil {
		return err
	}
	page, err := s.askPage(c)
	if err != nil {
		return err
	}
	page.take(f)
	if f.first("xem") != "" || f.first("phieu") == "" {
		if err := s.lookFor(c, &page); err != nil {
			return err
		}
		return s.render(c, "inquiries/ask", page)
	}
	n := content.NewInquiry{
		Form: f.first("phieu"), Question: f.first("cau-hoi"), Detail: f.first("chi-tiet"), Place: f.first("noi"), Agency: f.first("co-quan"),
		Confirmed: f.first("dong-y") != "",
	}
	if !s.limits.asking.allow(s.addressOf(c)) {
		return s.askAnew(c, page, f, fault.TooMany(fmt.Sprintf("Đã gửi %d câu trong một giờ từ mạng này. Nội dung vừa gõ vẫn còn; hãy gửi lại sau ít phút.", maxInquiries)))
	}
	receipt, err := s.rooms.Library.Ask(c.UserContext(), n)
	if err != nil {
		return s.askAnew(c, page, f, err)
	}
	return s.showReceiptOf(c, receipt, true)
}

// take keeps what was typed.
func (p *askPage) take(f form) {
	p.Question, p.Detail = legibleText(f.first("cau-hoi"), 2*content.MaxInquiryRunes), legibleText(f.first("chi-tiet"), 2*content.MaxInquiryRunes)
	p.Place, p.Agency = legible(f.first("noi"), 2*content.MaxPlaceRunes), legible(f.first("co-quan"), maxChoiceRunes)
}

// legibleText is legible with its lines.
func legibleText(raw string, limit int) string {
	lines := strings.Split(strings.ReplaceAll(raw, "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = legible(line, limit)
	}
	text := []rune(strings.Join(lines, "\n"))
	return strings.TrimSpace(string(text[:min(limit, len(text))]))
}

// askAnew shows the form again with what was typed and what is wrong. A form
// that was sent with another question before gets a new id.
func (s *Server) askAnew(c *fiber.Ctx, page askPage, f form, err error) error {
	broken, ok := fault.Of(err)
	if !ok || broken.Kind == fault.KindNotFound || broken.Kind == fault.KindSignIn {
		return err
	}
	if broken.Kind == fault.KindInvalid && len(broken.Fields) > 0 || broken.Kind == fault.KindTooMany || broken.Kind == fault.KindUnavailable {
		page.Form = legible(f.first("phieu"), maxCodeBytes)
	}
	page.Faults = faultsIn(broken, inquiryFields)
	for _, field := range broken.Fields {
		if field.Name == content.PersonalField {
			page.Personal = field.Sentence
		}
	}
	c.Status(statuses[broken.Kind].status)
	return s.render(c, "inquiries/ask", page)
}

// faultsIn are the sentences of a fault under the names of a form's fields.
func faultsIn(broken *fault.Fault, names map[string]string) []fault.Field {
	list := faultsOf(broken)
	named := make([]fault.Field, len(list))
	for i, f := range list {
		named[i] = fault.Field{Name: names[f.Name], Sentence: f.Sentence}
	}
	return named
}

// FaultOf is the sentence about a field of the form, "" when there is none.
func (p askPage) FaultOf(name string) string { return faultOf(p.Faults, name) }

func faultOf(list []fault.Field, name string) string {
	for _, f := range list {
		if f.Name == name {
			return f.Sentence
		}
	}
	return ""
}

// lookFor finds texts that may answer the question already. It notes no search:
// what people are about to ask is theirs until they send it. Without an index
// there are none.
func (s *Server) lookFor(c *fiber.Ctx, page *askPage) error {
	if len([]rune(page.Question)) < leastSimilar {
		return nil
	}
	var err error
	page.Looked = true
	page.Similar, err = s.similarTo(c.UserContext(), page.Question, search.KindAnswer, search.KindGuide)
	return err
}

func (s *Server) similarTo(ctx context.Context, question string, kinds ...string) ([]similarView, error) {
	result, err := s.rooms.Index.Search(ctx, search.Query{Text: legible(question, MaxQueryRunes), Limit: similarTexts, Filter: search.Filter{Kinds: kinds}})
	if fault.Is(err, fault.KindUnavailable) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find texts like a question: %w", err)
	}
	var list []similarView
	for _, hit := range result.Hits {
		list = append(list, similarView{hit, kindName(hit.Kind)})
	}
	return list, nil
}

// receiptPage looks an inquiry up by its code.
type receiptPage struct {
	base
	Faults  []fault.Field
	Typed   string
	Receipt *content.Receipt
	Sent    bool // just now
	Answer  *content.Answer
	Taken   bool   // the answer was taken down
	Asked   string // day and hour
	Copy    string // code and address as plain text
}

func (s *Server) receiptPage(c *fiber.Ctx) receiptPage {
	c.Set(fiber.HeaderCacheControl, noStore)
	page := receiptPage{base: s.page(c, "Xem trả lời theo mã phiếu", "Gõ mã phiếu đã nhận khi gửi câu hỏi để xem câu hỏi đang ở bước nào và câu trả lời.")}
	page.NoIndex, page.URL, page.Crumbs = true, "", []crumb{{"Trang chủ", "/"}, {"Hỏi đáp", "/hoi-dap"}}
	return page
}

func (s *Server) showReceipt(c *fiber.Ctx) error {
	return s.render(c, "inquiries/receipt", s.receiptPage(c))
}

// findReceipt shows what became of a question. The code comes in the body, so
// that no log and no history keeps it.
func (s *Server) findReceipt(c *fiber.Ctx) error {
	f, err := readForm(c, "so-phieu")
	if err != nil {
		return err
	}
	typed := f.first("so-phieu")
	receipt, err := content.Receipt{}, fault.TooMany("Đã thử quá nhiều mã từ mạng này. Hãy chờ ít phút rồi thử lại.")
	if s.limits.looking.allow(s.addressOf(c)) {
		receipt, err = s.rooms.Library.InquiryByReceipt(c.UserContext(), typed)
	}
	if broken, ok := fault.Of(err); ok {
		page := s.receiptPage(c)
		page.Typed = legible(typed, maxCodeBytes)
		page.Faults = []fault.Field{{Name: "so-phieu", Sentence: broken.Sentence}}
		c.Status(statuses[broken.Kind].status)
		return s.render(c, "inquiries/receipt", page)
	}
	if err != nil {
		return err
	}
	return s.showReceiptOf(c, receipt, false)
}

func (s *Server) showReceiptOf(c *fiber.Ctx, r content.Receipt, sent bool) error {
	page := s.receiptPage(c)
	page.Receipt, page.Sent, page.Asked = &r, sent, viet.Clock(r.Inquiry.Asked)
	page.Title = "Phiếu " + r.Code
	page.Copy = fmt.Sprintf("Mã phiếu: %s\nCâu hỏi: %s\nXem trả lời ở: %s", r.Code, r.Inquiry.Question, s.absolute(c, "/hoi-dap/phieu"))
	if r.AnswerID != "" && r.State == content.InquiryAnswered {
		answer, err := s.rooms.Library.AnswerByID(c.UserContext(), r.AnswerID)
		if err != nil && !fault.Is(err, fault.KindNotFound) {
			return err
		}
		if page.Taken = err != nil; !page.Taken {
			page.Answer = &answer
		}
	}
	return s.render(c, "inquiries/receipt", page)
}

// FaultOf is the sentence about a field of the form, "" when there is none.
func (p receiptPage) FaultOf(name string) string { return faultOf(p.Faults, name) }
