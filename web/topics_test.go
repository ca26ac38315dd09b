package web_test

import (
	"strings"
	"testing"

	"sotay/internal/accounts"
)

func TestTopicsAreNamedAndOrderedByAdministrators(t *testing.T) {
	s := newSite(t)
	admin := s.inside(t, s.person(t, accounts.Administrator, provinceUnit, "Lê Thị Quản Trị", "0912000001"))
	page := admin.get("/bien-tap/chu-de")
	checkPage(t, "topics", page)
	action, fields := filled(t, page, "form[action='/bien-tap/chu-de']")
	if fields.Get("name-danh-sach-cu-tri") != "Danh sách cử tri" || fields.Get("place-danh-sach-cu-tri") != "2" {
		t.Fatalf("got %v", fields)
	}
	fields.Set("name-trang-tri-co-dong", "Danh sách  cử tri")
	fields.Set("summary-an-ninh-tinh-huong", " ")
	refused := admin.submit(action, fields)
	wantStatus(t, "a name twice, no summary", refused, 422)
	checkPage(t, "a name twice, no summary", refused)
	if refused.count(".err-sum a[href='#f-name-trang-tri-co-dong']") != 1 || refused.count(".err-sum a[href='#f-summary-an-ninh-tinh-huong']") != 1 {
		t.Errorf("got %q", refused.said(".err-sum"))
	}
	fields.Set("name-trang-tri-co-dong", "Phòng bỏ phiếu")
	fields.Set("summary-an-ninh-tinh-huong", "Trật tự, mưa bão")
	fields.Set("place-trang-tri-co-dong", "1")
	fields.Set("place-quy-trinh-chung", "9")
	wantStatus(t, "saved", admin.submit(action, fields), 303)
	v := s.visitor(t)
	tiles := v.get("/huong-dan")
	if first := tiles.page.Find("main a[href='/huong-dan/trang-tri-co-dong']").First(); !strings.Contains(first.Text(), "Phòng bỏ phiếu") {
		t.Errorf("got %q", first.Text())
	}
	var order []string
	for _, e := range tiles.page.Find("main a[href^='/huong-dan/']").EachIter() {
		if at := strings.Split(e.AttrOr("href", ""), "/"); len(at) == 3 {
			order = append(order, at[2])
		}
	}
	if want := "trang-tri-co-dong danh-sach-cu-tri bo-phieu-noi-khac an-ninh-tinh-huong kiem-phieu-bien-ban quy-trinh-chung"; strings.Join(order[:6], " ") != want {
		t.Errorf("got %v, want %s", order, want)
	}
	for _, at := range []string{"/", "/huong-dan/trang-tri-co-dong", guidePath, "/hoi-dap?chu-de=trang-tri-co-dong", "/tinh-huong", "/tim-kiem?q=phong+bo+phieu&loai=huong-dan"} {
		a := v.get(at)
		wantStatus(t, at, a, 200)
		if !strings.Contains(a.text, "Phòng bỏ phiếu") || strings.Contains(a.said("main"), "Trang trí, cổ động") {
			t.Errorf("%s still has the old name", at)
		}
	}
	if headings := v.get("/tinh-huong").page.Find("main h2"); headings.First().Text() != "Phòng bỏ phiếu" || headings.Last().Text() != "Quy trình chung" {
		t.Errorf("situations stand under %q first and %q last", headings.First().Text(), headings.Last().Text())
	}
	if one := v.get("/tinh-huong").page.Find("h2:contains('Phòng bỏ phiếu') + * a").First().AttrOr("href", ""); !strings.Contains(v.get(one).said(".kicker"), "Phòng bỏ phiếu") {
		t.Errorf("%q has the old name", one)
	}
	if got := v.get("/huong-dan/an-ninh-tinh-huong").said(".lead"); got != "Trật tự, mưa bão." {
		t.Errorf("got %q", got)
	}
	if log := admin.get("/nhat-ky?loai=topic").said("tbody"); !strings.Contains(log, "sửa") || !strings.Contains(log, "chủ đề trang-tri-co-dong") {
		t.Errorf("got %q", log)
	}
}
