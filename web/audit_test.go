package web_test

import (
	"net/url"
	"strings"
	"testing"

	"sotay/internal/accounts"
)

func TestTheLogIsReadInVietnameseAndByName(t *testing.T) {
	s := emptySite(t)
	admin := s.inside(t, s.person(t, accounts.Administrator, provinceUnit, "Lê Thị Quản Trị", "0912000001"))
	lead := s.person(t, accounts.Lead, ownUnit, "Trần Văn Phụ Trách", "0912000002")
	s.person(t, accounts.Lead, otherUnit, "Phạm Văn Phụ Trách", "0912000003")
	wantStatus(t, "an act of the lead", s.inside(t, lead).get("/can-bo"), 200)
	page := admin.get("/nhat-ky?nguoi=tran+van+phu")
	checkPage(t, "log", page)
	if text := page.said("tbody"); !strings.Contains(text, "dùng thẻ") || !strings.Contains(text, "xem danh sách") || strings.Contains(text, "Quản Trị") || !strings.Contains(page.said("main"), "Chỉ việc của Trần Văn Phụ Trách") {
		t.Errorf("got %q", page.said("main"))
	}
	two := admin.get("/nhat-ky?nguoi=phụ+trách")
	if n := two.count("[aria-labelledby=h-ai] a"); n != 2 {
		t.Errorf("%d people are offered, want 2: %q", n, two.said("main"))
	}
	one := admin.get(two.page.Find("[aria-labelledby=h-ai] a").First().AttrOr("href", ""))
	if !strings.Contains(one.said("main"), "Chỉ việc của Phạm Văn Phụ Trách") {
		t.Errorf("got %q", one.said("main"))
	}
	if none := admin.get("/nhat-ky?nguoi=khong+co+ai"); !strings.Contains(none.said("main"), "Không có ai tên") {
		t.Errorf("got %q", none.said("main"))
	}
	if got := admin.get("/nhat-ky?q=" + url.QueryEscape("cấp thẻ")).said("tbody"); !strings.Contains(got, "cấp thẻ") || strings.Contains(got, "đặt mật khẩu") {
		t.Errorf("searched by the Vietnamese word: got %q", got)
	}
	if file := admin.get("/nhat-ky.csv").text; !strings.Contains(file, "đọc nhật ký") || strings.Count(file, "đọc nhật ký") != 1 || !strings.Contains(file, "tải nhật ký") {
		t.Errorf("got %q", file)
	}
}
