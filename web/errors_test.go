package web_test

import (
	"encoding/json"
	"strings"
	"testing"

	"sotay/web"
)

func TestMissingPageOffersASearchForItsWords(t *testing.T) {
	v := readSite(t).visitor(t)
	a := v.get("/huong-dan/trang-tri-co-dong/phong-bo-phieu_cu.html")
	wantStatus(t, "missing page", a, 404)
	if got := a.page.Find("main input[name=q]").AttrOr("value", ""); got != "phong bo phieu cu html" {
		t.Errorf("got search field %q", got)
	}
	if strings.Contains(a.said("main"), "gọi") {
		t.Errorf("without a telephone: got %q", a.said("main"))
	}
	near := v.get("/huong-dan/trang-tri-phong-bo-phieu")
	wantStatus(t, "near miss", near, 404)
	if got := near.page.Find("main p a").First(); got.AttrOr("href", "") != guidePath || !strings.Contains(near.said("main p"), "Có phải: Sắp xếp, trang trí phòng bỏ phiếu?") {
		t.Errorf("a near miss leads to %q: %q", got.AttrOr("href", ""), near.said("main p"))
	}
	if far := v.get("/xyzzyqwv"); strings.Contains(far.said("main"), "Có phải") {
		t.Errorf("nonsense leads to %q", far.said("main p"))
	}
	called := readSite(t).again(t, func(c *web.Config) { c.Hotline = "0210 3.846.000" }).visitor(t).get("/xyzzyqwv")
	if called.count("main a[href='tel:02103846000']") != 1 {
		t.Errorf("with a telephone: got %q", called.said("main"))
	}
	if a.Header.Get("Cache-Control") != "no-store" || a.count("meta[name=robots][content=noindex]") != 1 {
		t.Errorf("an error may be kept: %v", a.Header)
	}
}

func TestPanicIsLoggedAndNeverShown(t *testing.T) {
	s := emptySite(t)
	s.Break("/hong")
	a := s.visitor(t).get("/hong")
	wantStatus(t, "panic", a, 500)
	number := a.Header.Get("X-Request-Id")
	if strings.Contains(a.text, "secret detail") || !strings.Contains(a.said("main"), number) {
		t.Errorf("got page %q, want the number %s and no detail", a.said("main"), number)
	}
	if log := s.log.String(); !strings.Contains(log, "secret detail") || !strings.Contains(log, number) {
		t.Errorf("the log lacks the panic or its number: %s", log)
	}
	checkPage(t, "/hong", a)
}

func TestErrorPageStandsWithoutDatabase(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	if err := s.db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/", "/huong-dan", "/hoi-dap", "/van-ban/85-2015-qh13", "/trac-nghiem", "/sitemap.xml"} {
		a := v.get(path)
		wantStatus(t, path, a, 500)
		checkPage(t, path, a)
		if said := a.said("main"); !strings.Contains(said, a.Header.Get("X-Request-Id")) || strings.Contains(said, "database") {
			t.Errorf("%s: got %q", path, said)
		}
	}
	for _, path := range []string{"/giup-do", "/healthz", "/tim-kiem?q=hom+phieu"} {
		wantStatus(t, path, v.get(path), 200)
	}
	wantStatus(t, "/readyz", v.get("/readyz"), 503)
	if n := strings.Count(s.log.String(), "request failed"); n != 6 {
		t.Errorf("%d failures stand in the log, want each once", n)
	}
}

func TestSearchSaysThatItIsBeingPrepared(t *testing.T) {
	v := emptySite(t).visitor(t)
	a := v.get("/tim-kiem?q=hom+phieu")
	wantStatus(t, "search without index", a, 503)
	if a.Header.Get("Retry-After") == "" || !strings.Contains(a.said("main"), "chuẩn bị") {
		t.Errorf("got Retry-After %q and %q", a.Header.Get("Retry-After"), a.said("main"))
	}
	if got := a.page.Find("main input[name=q]").AttrOr("value", ""); got != "hom phieu" {
		t.Errorf("what was typed is lost: %q", got)
	}
	api := v.get("/api/v1/search?q=hom+phieu")
	wantStatus(t, "interface without index", api, 503)
	var body struct{ Error, Request string }
	if err := json.Unmarshal([]byte(api.text), &body); err != nil || body.Error == "" || body.Request == "" || api.Header.Get("Retry-After") == "" {
		t.Errorf("got %s (%v)", api.text, err)
	}
}

func TestEmptySiteSaysWhatWillBeHere(t *testing.T) {
	v := emptySite(t).visitor(t)
	for _, path := range []string{"/", "/huong-dan", "/hoi-dap", "/van-ban", "/tap-huan", "/trac-nghiem", "/huong-dan/danh-sach-cu-tri"} {
		a := v.get(path)
		wantStatus(t, path, a, 200)
		checkPage(t, path, a)
	}
	if a := v.get("/hoi-dap"); !strings.Contains(a.said("main"), "Chưa có câu hỏi đáp") {
		t.Errorf("got %q", a.said("main"))
	}
}
