package web_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"sotay/internal/accounts"
	"sotay/internal/store/storetest"
)

func TestNamesAreErasedAfterTheTermOnceConfirmed(t *testing.T) {
	s := emptySite(t)
	old := s.person(t, accounts.Trainee, ownUnit, "Trần Văn Cũ", "0912000002")
	s.db.SetClock(func() time.Time { return storetest.Start.AddDate(0, 0, 10) })
	admin := s.inside(t, s.person(t, accounts.Administrator, provinceUnit, "Lê Thị Quản Trị", "0912000001"))
	fresh := s.person(t, accounts.Trainee, ownUnit, "Phạm Thị Mới", "0912000003")
	page := admin.get("/can-bo/xoa-cu")
	checkPage(t, "ask", page)
	if page.count("form[method=post][action='/can-bo/xoa-cu']") != 0 {
		t.Error("names can be erased before a day is chosen")
	}
	for _, day := range []string{"2027-01-01", "hôm qua", "2026-02-30"} {
		a := admin.get("/can-bo/xoa-cu?truoc=" + url.QueryEscape(day))
		wantStatus(t, day, a, 422)
		checkPage(t, day, a)
	}
	page = admin.get("/can-bo/xoa-cu?truoc=2026-03-05")
	checkPage(t, "preview", page)
	if text := page.said("section"); !strings.Contains(text, "1 người") || !strings.Contains(text, "Học viên: 1 người") {
		t.Errorf("got %q", text)
	}
	action, fields := filled(t, page, "form[method=post][action='/can-bo/xoa-cu']")
	unsure := admin.submit(action, fields)
	wantStatus(t, "not confirmed", unsure, 422)
	checkPage(t, "not confirmed", unsure)
	fields.Set("dong-y", "1")
	a := admin.submit(action, fields)
	wantStatus(t, "confirmed", a, 303)
	if text := admin.follow(a).said("main"); !strings.Contains(text, "Đã xóa tên 1 người") {
		t.Errorf("got %q", text)
	}
	for id, want := range map[string]bool{old.ID: true, fresh.ID: false} {
		if p, err := s.people.Person(t.Context(), id, accounts.Operator); err != nil || p.Erased != want {
			t.Errorf("got %+v, %v, want erased %t", p, err, want)
		}
	}
	lead := s.inside(t, s.person(t, accounts.Lead, ownUnit, "Ngô Văn Phụ Trách", "0912000004"))
	wantStatus(t, "as a lead", lead.get("/can-bo/xoa-cu"), 403)
}
