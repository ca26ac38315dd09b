package web_test

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"sotay/content"
	"sotay/web"
)

const floodQuestion = "Ngầm tràn bị ngập, chở hòm phiếu phụ bằng xe cứu thương được không?"

// askForm opens the form and gives its fields, filled in.
func (v *visitor) askForm(question string) url.Values {
	v.t.Helper()
	a := v.get("/hoi-dap/gui")
	wantStatus(v.t, "form", a, 200)
	return url.Values{"phieu": {a.page.Find("input[name=phieu]").AttrOr("value", "")}, "cau-hoi": {question}, "chi-tiet": {""}, "noi": {""}, "co-quan": {""}}
}

// sendQuestion sends a question and gives its receipt.
func (v *visitor) sendQuestion(question string) string {
	v.t.Helper()
	a := v.post("/hoi-dap/gui", v.askForm(question))
	wantStatus(v.t, "question", a, 200)
	return a.said(".receipt .code")
}

var receiptForm = regexp.MustCompile(`^[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){2}$`)

func TestAQuestionIsSentAndLookedUpWithoutAccount(t *testing.T) {
	s := emptySite(t)
	v := s.visitor(t)
	fields := v.askForm(floodQuestion)
	fields.Set("chi-tiet", "Tổ 4 <b>sáng nay</b>")
	fields.Set("co-quan", "Công an tỉnh")
	a := v.post("/hoi-dap/gui", fields)
	wantStatus(t, "sent", a, 200)
	checkPage(t, "sent", a)
	code := a.said(".receipt .code")
	if !receiptForm.MatchString(code) || a.Header.Get("Cache-Control") != "no-store" || len(v.cookies) > 0 {
		t.Errorf("got code %q, %s, cookies %v", code, a.Header.Get("Cache-Control"), v.cookies)
	}
	if main := a.said("main"); !strings.Contains(main, "chậm nhất ngày 03/3/2026") || !strings.Contains(main, "chậm nhất ngày 12/3/2026") || !strings.Contains(main, "Tổ 4 <b>sáng nay</b>") || !strings.Contains(main, "Nơi nhận: Công an tỉnh") {
		t.Errorf("got %q", main)
	}
	if again := v.post("/hoi-dap/gui", fields); again.said(".receipt .code") != code {
		t.Errorf("sent again: got %q, want %s", again.said(".receipt .code"), code)
	}
	other := s.visitor(t)
	found := other.post("/hoi-dap/phieu", url.Values{"so-phieu": {strings.ToLower(strings.ReplaceAll(code, "-", " "))}})
	wantStatus(t, "looked up", found, 200)
	checkPage(t, "looked up", found)
	if found.count(".banner.info") != 1 || !strings.Contains(found.said("main"), floodQuestion) || found.count(".receipt") != 0 || found.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("got %q", found.said("main"))
	}
	if strings.Contains(s.log.String(), code) || strings.Contains(s.log.String(), "cứu thương") {
		t.Error("the access log holds the code or the question")
	}
}

func TestAQuestionThatCannotBeTakenComesBackAsTyped(t *testing.T) {
	v := emptySite(t).visitor(t)
	tests := []struct {
		name, field, value string
		status             int
		marked             string
	}{
		{"short", "cau-hoi", "Hỏi gì?", 422, "#f-cau-hoi"},
		{"long", "chi-tiet", strings.Repeat("dài ", 800), 422, "#f-chi-tiet"},
		{"control characters", "noi", "xã\x07Thử", 422, "#f-noi"},
		{"unknown agency", "co-quan", "Sở <i>lạ</i>", 422, "#f-co-quan"},
		{"not UTF-8", "cau-hoi", floodQuestion + "\xff", 422, "#f-cau-hoi"},
		{"a form of one's own", "phieu", "abc", 422, ""},
	}
	for _, tt := range tests {
		fields := v.askForm(floodQuestion)
		fields.Set("noi", "xã Thử")
		fields.Set(tt.field, tt.value)
		a := v.post("/hoi-dap/gui", fields)
		wantStatus(t, tt.name, a, tt.status)
		checkPage(t, tt.name, a)
		if tt.marked != "" && (a.count(tt.marked+"[aria-invalid=true]") != 1 || a.count(".err-sum a[href='"+tt.marked+"']") != 1) {
			t.Errorf("%s: nothing leads to %s: %q", tt.name, tt.marked, a.said(".err-sum"))
		}
		if tt.field != "cau-hoi" && a.said("#f-cau-hoi") != floodQuestion || tt.field != "noi" && a.page.Find("#f-noi").AttrOr("value", "") != "xã Thử" {
			t.Errorf("%s: what was typed is lost", tt.name)
		}
	}
	for name, fields := range map[string]url.Values{"unknown field": {"phieu": {"x"}, "person": {"p1"}}, "index": {"cau-hoi[0]": {"x"}}} {
		wantStatus(t, name, v.post("/hoi-dap/gui", fields), 422)
	}
}

func TestPersonalDataIsWarnedOf(t *testing.T) {
	s := emptySite(t)
	v := s.visitor(t)
	fields := v.askForm(floodQuestion + " Gọi 0912 345 678.")
	a := v.post("/hoi-dap/gui", fields)
	wantStatus(t, "with a telephone number", a, 422)
	checkPage(t, "with a telephone number", a)
	if a.count("input[name=dong-y]:not([checked])") != 1 || !strings.Contains(a.said(".callout.warn"), "số điện thoại") || !strings.Contains(a.said("#f-cau-hoi"), "0912 345 678") {
		t.Errorf("got %q", a.said("main"))
	}
	if page, err := s.lib.Inquiries(t.Context(), content.InquiryFilter{}); err != nil || page.Total != 0 {
		t.Errorf("%d were stored all the same, %v", page.Total, err)
	}
	fields.Set("phieu", a.page.Find("input[name=phieu]").AttrOr("value", ""))
	fields.Set("dong-y", "1")
	wantStatus(t, "confirmed", v.post("/hoi-dap/gui", fields), 200)
}

func TestOneFormIsOneQuestion(t *testing.T) {
	v := emptySite(t).visitor(t)
	fields := v.askForm(floodQuestion)
	first := v.post("/hoi-dap/gui", fields).said(".receipt .code")
	fields.Set("cau-hoi", "Câu khác gửi bằng nút quay lại của trình duyệt?")
	a := v.post("/hoi-dap/gui", fields)
	wantStatus(t, "another question in the same form", a, 409)
	checkPage(t, "another question in the same form", a)
	fields.Set("phieu", a.page.Find("input[name=phieu]").AttrOr("value", ""))
	if second := v.post("/hoi-dap/gui", fields).said(".receipt .code"); second == first || second == "" {
		t.Errorf("got receipts %q and %q", first, second)
	}
}

func TestSimilarTextsAreShownBeforeSending(t *testing.T) {
	s := readSite(t).again(t)
	v := s.visitor(t)
	const known = "Cử tri đi làm ăn xa có được bỏ phiếu ở nơi khác không?"
	a := v.post("/hoi-dap/gui", url.Values{"cau-hoi": {known}, "xem": {"1"}})
	wantStatus(t, "similar", a, 200)
	checkPage(t, "similar", a)
	if n := a.count("#gan-giong a[href^='/hoi-dap/hd-'], #gan-giong a[href^='/huong-dan/']"); n == 0 || n > 4 || a.said("#f-cau-hoi") != known {
		t.Errorf("got %d texts: %q", n, a.said("#gan-giong"))
	}
	if len(a.page.Find("input[name=phieu]").AttrOr("value", "")) != 32 {
		t.Error("the form has no id")
	}
	nothing := v.post("/hoi-dap/gui", url.Values{"cau-hoi": {"xyzzyqwv plugh frobnicate"}, "xem": {"1"}})
	if got := nothing.said("#gan-giong"); !strings.Contains(got, "Chưa có câu nào gần giống") {
		t.Errorf("got %q", got)
	}
	bareSite := emptySite(t)
	bare := bareSite.visitor(t).post("/hoi-dap/gui", url.Values{"cau-hoi": {known}, "xem": {"1"}})
	wantStatus(t, "without index", bare, 200)
	if page, err := bareSite.lib.Inquiries(t.Context(), content.InquiryFilter{}); err != nil || page.Total != 0 {
		t.Errorf("looking sent %d questions, %v", page.Total, err)
	}
}

func TestTheSearchWithoutHitsSendsItsQueryOn(t *testing.T) {
	v := readSite(t).visitor(t)
	none := v.get("/tim-kiem?q=xyzzyqwv+plugh")
	if none.said("form[action='/hoi-dap/gui'] textarea") != "xyzzyqwv plugh" {
		t.Errorf("got %q", none.said("main"))
	}
	if found := v.get("/tim-kiem?q=bo+phieu"); found.count("main form[action='/hoi-dap/gui']") != 0 {
		t.Error("a search with hits asks for a question")
	}
	a := v.get("/hoi-dap/gui?cau=xyzzyqwv+plugh")
	wantStatus(t, "form", a, 200)
	checkPage(t, "form", a)
	if a.said("#f-cau-hoi") != "xyzzyqwv plugh" {
		t.Errorf("got %q", a.said("#f-cau-hoi"))
	}
	checkPage(t, "hostile", v.get("/hoi-dap/gui?cau=%3C/textarea%3E%3Cscript%3Ealert(1)%3C/script%3E%00%ff"))
}

func TestCodesThatLeadNowhereSaySo(t *testing.T) {
	v := emptySite(t).visitor(t)
	checkPage(t, "/hoi-dap/phieu", v.get("/hoi-dap/phieu"))
	for _, typed := range []string{"", "2222-2222-2222", "<script>", strings.Repeat("A", 3000), "\xff"} {
		a := v.post("/hoi-dap/phieu", url.Values{"so-phieu": {typed}})
		wantStatus(t, typed, a, 404)
		checkPage(t, typed, a)
		if a.count("#f-so-phieu[aria-invalid=true]") != 1 {
			t.Errorf("%q: got %q", typed, a.said("main"))
		}
	}
}

func TestAnAddressMayNotFlood(t *testing.T) {
	s := emptySite(t)
	v := s.visitor(t)
	fields := v.askForm(floodQuestion)
	for range web.MaxInquiries {
		wantStatus(t, "question", v.post("/hoi-dap/gui", fields), 200)
	}
	a := v.post("/hoi-dap/gui", fields)
	wantStatus(t, "one too many", a, 429)
	checkPage(t, "one too many", a)
	if a.said("#f-cau-hoi") != floodQuestion || a.page.Find("input[name=phieu]").AttrOr("value", "") != fields.Get("phieu") {
		t.Error("what was typed is lost")
	}
	for range web.MaxReceipts {
		wantStatus(t, "code", v.post("/hoi-dap/phieu", url.Values{"so-phieu": {"2222-2222-2222"}}), 404)
	}
	wantStatus(t, "one code too many", v.post("/hoi-dap/phieu", url.Values{"so-phieu": {"2222-2222-2222"}}), 429)
}

func TestTheLimiterSlidesAndForgets(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	l := web.NewLimiter(2, time.Hour, func() time.Time { return now })
	try := func(what, address string, want bool) {
		t.Helper()
		if got := l.Allow(address); got != want {
			t.Errorf("%s: got %t, want %t", what, got, want)
		}
	}
	try("first", "a", true)
	try("second", "a", true)
	try("third", "a", false)
	try("another address", "b", true)
	now = now.Add(time.Hour + time.Minute)
	try("a moment after the hour", "a", true)
	try("and again", "a", false)
	now = now.Add(3 * time.Hour)
	try("long after", "a", true)
	for n := range 30_000 {
		l.Allow(fmt.Sprint(n))
	}
	if got := l.Known(); got > 20_000 {
		t.Errorf("remembers %d addresses", got)
	}
}

func TestAddressesBehindAProxyAreTold(t *testing.T) {
	tests := []struct {
		proxies   []string
		forwarded string
		want      string
	}{
		{nil, "203.0.113.7", "0.0.0.0"},
		{[]string{"0.0.0.0"}, "203.0.113.7", "203.0.113.7"},
		{[]string{"0.0.0.0"}, "198.51.100.1, 203.0.113.7", "203.0.113.7"},
		{[]string{"0.0.0.0", "10.0.0.0/8"}, "198.51.100.1, 203.0.113.7, 10.1.2.3", "203.0.113.7"},
		{[]string{"0.0.0.0"}, "nonsense", "0.0.0.0"},
		{[]string{"0.0.0.0"}, "", "0.0.0.0"},
		{[]string{"0.0.0.0"}, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
		{[]string{"0.0.0.0"}, "::ffff:203.0.113.7", "203.0.113.7"},
	}
	base := emptySite(t)
	for _, tt := range tests {
		s := base.again(t, func(c *web.Config) { c.TrustedProxies = tt.proxies })
		s.ShowAddress("/dia-chi")
		if got := s.visitor(t).get("/dia-chi", "X-Forwarded-For", tt.forwarded).text; got != tt.want {
			t.Errorf("%v behind %v: got %s, want %s", tt.forwarded, tt.proxies, got, tt.want)
		}
	}
}

func TestFeedbackIsTheSameFormForAllAndLeadsBack(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	for _, path := range []string{guidePath, "/hoi-dap/hd-0001-cu-tri-di-lam-an-xa-co-duoc-bo-phieu-o-noi-khac-khong", "/tinh-huong/quen-the-cu-tri"} {
		page := v.get(path)
		if other := s.visitor(t).get(path); other.text != page.text {
			t.Errorf("%s: two readers get different bytes", path)
		}
		fields := url.Values{"ro": {"0"}, "chu": {"Chưa rõ <b>mẫu</b> nào"}}
		for _, name := range []string{"loai", "bai"} {
			fields.Set(name, page.page.Find(".feedback input[name="+name+"]").AttrOr("value", ""))
		}
		a := v.post("/gop-y", fields)
		wantStatus(t, path, a, 303)
		if got := a.Header.Get("Location"); got != path+"#cam-on" || page.count("#cam-on") != 1 {
			t.Errorf("%s: leads to %s", path, got)
		}
		for name, change := range map[string]url.Values{"telephone": {"chu": {"gọi 0912345678"}}, "no choice": {"ro": {""}}, "nonsense": {"ro": {"7"}}} {
			sent := url.Values{"ro": {"0"}, "chu": {"giữ lại"}, "loai": fields["loai"], "bai": fields["bai"]}
			for k := range change {
				sent[k] = change[k]
			}
			bad := v.post("/gop-y", sent)
			wantStatus(t, name, bad, 422)
			checkPage(t, name, bad)
			if got := bad.said("textarea"); got != sent.Get("chu") {
				t.Errorf("%s: got %q back", name, got)
			}
		}
	}
	report, err := s.lib.Feedback(t.Context(), "2026-03-01", 10)
	if err != nil || len(report.Pages) != 3 || len(report.Notes) != 3 || report.Pages[0].Unclear != 1 {
		t.Errorf("got %+v, %v", report, err)
	}
	if len(v.cookies) > 0 {
		t.Errorf("set cookies: %v", v.cookies)
	}
	for name, fields := range map[string]url.Values{"no text": {"loai": {"guide"}, "bai": {"x"}, "ro": {"1"}}, "no kind": {"ro": {"1"}}, "a law": {"loai": {"law"}, "bai": {"luat-85-2015"}, "ro": {"1"}}} {
		wantStatus(t, name, v.post("/gop-y", fields), 404)
	}
	wantStatus(t, "twice", v.post("/gop-y", url.Values{"loai": {"guide"}, "bai": {"x"}, "ro": {"1", "0"}}), 422)
}

func TestTheReceiptLeadsToTheAnswer(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	code := v.sendQuestion(floodQuestion)
	refused := v.sendQuestion("Một câu hỏi không thuộc bầu cử, hỏi về đất đai?")
	page, err := s.lib.Inquiries(t.Context(), content.InquiryFilter{})
	if err != nil || len(page.Inquiries) != 2 {
		t.Fatalf("got %+v, %v", page, err)
	}
	answer, err := s.lib.Answer(t.Context(), "HĐ-0005")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.lib.MergeInquiry(t.Context(), content.Merge{ID: page.Inquiries[0].ID, Version: 1, Answer: answer.ID, By: "p1"}); err != nil {
		t.Fatal(err)
	}
	if err := s.lib.RefuseInquiry(t.Context(), page.Inquiries[1].ID, 1, "Hỏi <b>Phòng Kinh tế</b> xã.", "p1"); err != nil {
		t.Fatal(err)
	}
	a := v.post("/hoi-dap/phieu", url.Values{"so-phieu": {code}})
	checkPage(t, "answered", a)
	if a.count(".banner.ok a[href='"+answer.Path()+"']") != 1 {
		t.Errorf("got %q", a.said("main"))
	}
	a = v.post("/hoi-dap/phieu", url.Values{"so-phieu": {refused}})
	checkPage(t, "refused", a)
	if got := a.said(".banner.stop"); !strings.Contains(got, "Hỏi <b>Phòng Kinh tế</b> xã.") {
		t.Errorf("got %q", got)
	}
}
