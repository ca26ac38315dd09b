package web_test

import (
	"net/url"
	"strings"
	"testing"

	"sotay/internal/accounts"
)

func TestTheMenuTellsWhatWaits(t *testing.T) {
	s := newSite(t)
	in := func(role accounts.Role, name, phone string) *visitor {
		return s.inside(t, s.person(t, role, provinceUnit, name, phone))
	}
	w := writers{site: s, lan: in(accounts.Trainer, "Nguyễn Thị Lan", "0912000011"), duyet: in(accounts.Approver, "Lê Văn Duyệt", "0912000013")}
	badge := func(v *visitor, at, entry string) string {
		t.Helper()
		return v.get(at).said(".nav-main a[href='" + entry + "']")
	}
	if got := badge(w.duyet, "/ho-so", "/bien-tap"); got != "Bàn làm việc" {
		t.Errorf("nothing waits: got %q", got)
	}
	at := w.sent(t)
	w.visitor(t).sendQuestion(floodQuestion)
	wantStatus(t, "an act counts anew", w.duyet.submit("/ho-so/may-khac/dang-xuat", nil), 303)
	for _, tt := range []struct {
		who             *visitor
		at, entry, want string
	}{
		{w.duyet, "/ho-so", "/bien-tap", "Bàn làm việc 1: 1 bài chờ duyệt"},
		{w.duyet, "/bien-tap/bai", "/bien-tap/cau-hoi", "Câu hỏi 1: 1 câu chưa trả lời"},
		{w.lan, "/ho-so", "/bien-tap", "Bàn làm việc"}, // her own text waits for others
	} {
		if got := badge(tt.who, tt.at, tt.entry); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
	if got := w.duyet.get("/bien-tap").said("main .lead"); !strings.Contains(got, "Có 2 việc đang chờ") {
		t.Errorf("the desk says %q", got)
	}
	action, fields := filled(t, w.duyet.get(at+"/duyet"), "form[action$='/duyet']")
	fields["ket-luan"], fields["ghi-chu"] = []string{"tra-lai"}, []string{"Thêm căn cứ."}
	wantStatus(t, "sent back", w.duyet.submit(action, fields), 303)
	if got := badge(w.duyet, "/ho-so", "/bien-tap"); got != "Bàn làm việc" {
		t.Errorf("after the act: got %q", got)
	}
	w.lan.submit("/bien-tap/xem-truoc", url.Values{}) // forgets what was counted
	if got := badge(w.lan, "/ho-so", "/bien-tap"); got != "Bàn làm việc 1: 1 bản nháp bị trả lại" {
		t.Errorf("sent back: got %q", got)
	}
}

func TestPublicPagesTellNothingOfTheStaff(t *testing.T) {
	w := newWriters(t)
	for _, path := range []string{"/", "/huong-dan", "/hoi-dap"} {
		if own, other := w.duyet.get(path), w.visitor(t).get(path); own.text != other.text || strings.Contains(own.text, "badge") {
			t.Errorf("%s is not the same for all", path)
		}
	}
}
