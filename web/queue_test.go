package web_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"sotay/content"
	"sotay/internal/accounts"
)

// trainer is a signed-in trainer, and the person.
func (s *site) trainer(t *testing.T) (*visitor, accounts.Person) {
	t.Helper()
	p := s.person(t, accounts.Trainer, provinceUnit, "Nguyễn Văn Bình", "0912000071")
	return s.inside(t, p), p
}

// onlyInquiry is the one inquiry that waits.
func (s *site) onlyInquiry(t *testing.T) content.Inquiry {
	t.Helper()
	page, err := s.lib.Inquiries(t.Context(), content.InquiryFilter{})
	if err != nil || len(page.Inquiries) != 1 {
		t.Fatalf("got %+v, %v", page, err)
	}
	return page.Inquiries[0]
}

func TestTheQueueIsWorkedOn(t *testing.T) {
	s := newSite(t)
	v, person := s.trainer(t)
	code := s.visitor(t).sendQuestion(floodQuestion)
	i := s.onlyInquiry(t)
	list := v.get("/bien-tap/cau-hoi")
	wantStatus(t, "queue", list, 200)
	checkPage(t, "queue", list)
	if got := list.said(".linklist a[href='" + i.Path() + "']"); !strings.Contains(got, floodQuestion) || !strings.Contains(got, "Nhận trước hết ngày 03/3/2026") || !strings.Contains(got, "Hỏi hôm nay") {
		t.Errorf("got %q", got)
	}
	desk := v.get("/bien-tap")
	checkPage(t, "desk", desk)
	if desk.count("[aria-labelledby=cau-hoi] a[href='"+i.Path()+"']") != 1 || !strings.Contains(desk.said(".stats"), "1câu hỏi chưa trả lời") {
		t.Errorf("the desk says %q", desk.said("main"))
	}
	page := v.get(i.Path())
	wantStatus(t, "inquiry", page, 200)
	checkPage(t, "inquiry", page)
	if page.count("form[action$='/gop'] input[value^='dap:']") == 0 {
		t.Error("no published answer is offered")
	}
	wantStatus(t, "taken", v.submit(i.Path()+"/nhan", url.Values{"ban": {"1"}}), 303)
	if got := v.get(i.Path()).said(".meta"); !strings.Contains(got, "Đang soạn trả lời") || !strings.Contains(got, person.Name) {
		t.Errorf("got %q", got)
	}
	late := v.submit(i.Path()+"/tu-choi", url.Values{"ban": {"1"}, "ly-do": {"Hỏi ở xã nhé."}})
	wantStatus(t, "of an older version", late, 409)
	checkPage(t, "of an older version", late)
	if late.said("#f-ly-do") != "Hỏi ở xã nhé." || late.page.Find("form[action$='/tu-choi'] input[name=ban]").AttrOr("value", "") != "2" {
		t.Errorf("what was typed is lost: %q", late.said("main"))
	}
	empty := v.submit(i.Path()+"/tu-choi", url.Values{"ban": {"2"}, "ly-do": {" "}})
	wantStatus(t, "without a reason", empty, 422)
	if empty.count("#f-ly-do[aria-invalid=true]") != 1 || empty.count(".err-sum a[href='#f-ly-do']") != 1 {
		t.Errorf("got %q", empty.said("main"))
	}
	wantStatus(t, "passed on", v.submit(i.Path()+"/chuyen", url.Values{"ban": {"2"}, "co-quan": {"Công an tỉnh"}}), 303)
	if got := v.get("/bien-tap/cau-hoi?co-quan=" + url.QueryEscape("Công an tỉnh")).count("main .linklist a[href='" + i.Path() + "']"); got != 1 {
		t.Error("the other agency does not find it")
	}
	for name, fields := range map[string]url.Values{
		"nowhere": {"ban": {"3"}}, "no such code": {"ban": {"3"}, "ma-hoi-dap": {"HĐ-9999"}}, "hostile": {"ban": {"3"}, "vao": {"dap:answer:' OR 1=1"}, "cach-hoi": {"gọi 0912345678"}},
	} {
		a := v.submit(i.Path()+"/gop", fields)
		wantStatus(t, name, a, 422)
		checkPage(t, name, a)
	}
	wantStatus(t, "merged", v.submit(i.Path()+"/gop", url.Values{"ban": {"3"}, "ma-hoi-dap": {"hd-5"}, "cach-hoi": {"nước lũ chở hòm phiếu bằng xe cứu thương"}}), 303)
	answer, err := s.lib.Answer(t.Context(), "HĐ-0005")
	if err != nil || answer.Asked[len(answer.Asked)-1] != "nước lũ chở hòm phiếu bằng xe cứu thương" {
		t.Errorf("got %v, %v", answer.Asked, err)
	}
	if told := s.visitor(t).post("/hoi-dap/phieu", url.Values{"so-phieu": {code}}); told.count(".banner.ok a[href='"+answer.Path()+"']") != 1 {
		t.Errorf("the asker reads %q", told.said("main"))
	}
	done := v.get(i.Path())
	checkPage(t, "closed", done)
	if done.count("main form[method=post]") != 0 || v.get("/bien-tap/cau-hoi?trang-thai=merged").count("main .linklist a[href='"+i.Path()+"']") != 1 {
		t.Errorf("a closed inquiry can be worked on: %q", done.said("main"))
	}
	checkPage(t, "empty queue", v.get("/bien-tap/cau-hoi"))
	wantStatus(t, "no such state", v.get("/bien-tap/cau-hoi?trang-thai=nonsense"), 404)
	wantStatus(t, "no such inquiry", v.get("/bien-tap/cau-hoi/nonsense"), 404)
	wantStatus(t, "no version", v.submit(i.Path()+"/nhan", url.Values{}), 422)
}

func TestAVisitorAsksATrainerAnswersTheVisitorReads(t *testing.T) {
	s := newSite(t)
	v, person := s.trainer(t)
	visitor := s.visitor(t)
	code := visitor.sendQuestion(floodQuestion)
	i := s.onlyInquiry(t)
	a := v.submit(i.Path()+"/tra-loi", url.Values{"ban": {"1"}})
	wantStatus(t, "begun", a, 303)
	i = s.onlyInquiry(t)
	if a.Header.Get("Location") != "/bien-tap/hoi-dap/"+i.AnswerID+"/soan" || i.TakenBy != person.ID {
		t.Errorf("leads to %s, taken by %s", a.Header.Get("Location"), i.TakenBy)
	}
	draft, err := s.lib.OpenRevision(t.Context(), content.KindAnswer, i.AnswerID)
	if err != nil {
		t.Fatal(err)
	}
	text := draft.Text()
	for name, value := range map[string]string{"short": "Được, khi có người của Tổ đi cùng.", "topic": "an-ninh-tinh-huong", "agency": "Công an tỉnh", "field": "An ninh", "basis": "luat-85-2015 dieu-69"} {
		text.Fields[name] = []string{value}
	}
	text.Markdown = "Được, khi có người của Tổ bầu cử đi cùng."
	if draft, err = s.lib.SaveDraft(t.Context(), content.Save{Kind: content.KindAnswer, ID: draft.ID, Version: draft.Version, Text: text, By: person.ID}); err != nil {
		t.Fatal(err)
	}
	if err := s.lib.Submit(t.Context(), content.KindAnswer, draft.ID, draft.Version, "", person.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.lib.Approve(t.Context(), content.KindAnswer, draft.ID, draft.Version+1, content.Approval{When: content.WhenNow}, "p9"); err != nil {
		t.Fatal(err)
	}
	told := visitor.post("/hoi-dap/phieu", url.Values{"so-phieu": {code}})
	checkPage(t, "answered", told)
	link := told.page.Find(".banner.ok a").AttrOr("href", "")
	if read := visitor.get(link); read.said(".qa-head h1") != floodQuestion {
		t.Errorf("%q leads to %q", link, read.said("h1"))
	}
	if err := s.lib.TakeDown(t.Context(), content.KindAnswer, draft.ID, "Rà lại.", "p9"); err != nil {
		t.Fatal(err)
	}
	gone := visitor.post("/hoi-dap/phieu", url.Values{"so-phieu": {code}})
	checkPage(t, "taken down", gone)
	if gone.count(".banner.warn") != 1 || gone.count(".banner.ok") != 0 {
		t.Errorf("got %q", gone.said("main"))
	}
}

func TestNobodyIsKeptAsTheAsker(t *testing.T) {
	s := emptySite(t)
	v, person := s.trainer(t)
	v.sendQuestion(floodQuestion)
	if kept := fmt.Sprintf("%+v", s.onlyInquiry(t)); strings.Contains(kept, person.ID) {
		t.Errorf("the asker is kept: %s", kept)
	}
	v.cookies["phien"] = "ended"
	wantStatus(t, "with a visit that has ended", v.post("/hoi-dap/gui", v.askForm(floodQuestion)), 200)
}
