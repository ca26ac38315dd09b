package web_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"sotay/internal/accounts"
	"sotay/search"
)

// wordFor is the address of the form of a stored word.
func wordFor(t *testing.T, s *site, typed string) string {
	t.Helper()
	page, err := s.index.Words(t.Context(), search.WordFilter{Query: typed})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range page.Words {
		if w.Typed == typed {
			return "/bien-tap/tu-ngu/" + w.ID
		}
	}
	t.Fatalf("no word %q", typed)
	return ""
}

// fields are those of the form that has a button.
func (a answer) fields(t *testing.T, button string) (path string, f url.Values) {
	t.Helper()
	form := a.page.Find("main form:has(button:contains('" + button + "'))").First()
	if form.Length() == 0 {
		t.Fatalf("no form with %q: %s", button, a.said("main"))
	}
	f = url.Values{}
	form.Find("input[name]:not([type=radio]), input[type=radio][checked], textarea").Each(collect(f))
	return form.AttrOr("action", ""), f
}

func TestATrainerTriesAWordAndSavesIt(t *testing.T) {
	s := newSite(t)
	v := s.inside(t, s.person(t, accounts.Trainer, provinceUnit, "Nguyễn Giảng Viên", "0912000001"))
	a := v.get("/bien-tap/tu-ngu?go=mau+rem+san+khau")
	wantStatus(t, "the list", a, 200)
	checkPage(t, "/bien-tap/tu-ngu", a)
	path, form := a.fields(t, "Thử trước khi lưu")
	if form.Get("typed") != "mau rem san khau" || form.Get("samples") != "mau rem san khau" || form.Get("relation") != "same" {
		t.Fatalf("the missed query does not stand in the form: %v", form)
	}
	form.Set("typed", "rèm sân khấu")
	form.Set("official", "phông màn")
	a = v.post(path, form)
	wantStatus(t, "the trial", a, 200)
	checkPage(t, path, a)
	if text := a.said("main"); !strings.Contains(text, "rèm sân khấu = phông màn") || !strings.Contains(text, "Chưa lưu gì") || a.count(".tag.ok") == 0 {
		t.Errorf("the trial does not show what changes: %s", text)
	}
	if got := s.visitor(t).get("/tim-kiem?q=rem+san+khau").text; strings.Contains(got, "phông màn</dd>") {
		t.Error("the trial was saved")
	}
	path, form = a.fields(t, "Lưu")
	a = v.post(path, form)
	if a.StatusCode != 303 {
		t.Fatalf("saving: got status %d: %s", a.StatusCode, a.said("main"))
	}
	checkPage(t, "after saving", v.follow(a))
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if strings.Contains(s.visitor(t).get("/tim-kiem?q=rem+san+khau").text, "rèm sân khấu = phông màn") {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("search does not use the saved word")
		}
	}
	a = v.post(path, form)
	wantStatus(t, "the same word again", a, 422)
	checkPage(t, path, a)
	if a.page.Find("#f-typed").AttrOr("value", "") != "rèm sân khấu" || a.count("#e-typed") != 1 || a.count(".err-sum") != 1 {
		t.Errorf("the refused form lacks what was typed or why: %s", a.said("main"))
	}
}

func TestAWordIsTakenOutOfUseAndBroughtBack(t *testing.T) {
	s := newSite(t)
	v := s.inside(t, s.person(t, accounts.Trainer, provinceUnit, "Nguyễn Giảng Viên", "0912000001"))
	path := wordFor(t, s, "thùng phiếu")
	a := v.get(path)
	wantStatus(t, "the word", a, 200)
	checkPage(t, path, a)
	at, form := a.fields(t, "Xem nếu bỏ thì sao")
	a = v.post(at, form)
	wantStatus(t, "the trial", a, 200)
	checkPage(t, at, a)
	if text := a.said("main h2"); !strings.Contains(text, "Nếu bỏ “thùng phiếu”") {
		t.Errorf("got %q", text)
	}
	at, form = a.fields(t, "Bỏ từ này")
	if at != path+"/bo" {
		t.Fatalf("the button leads to %s", at)
	}
	for range 2 {
		wantStatus(t, "taking out of use", v.post(at, form), 303)
	}
	a = v.get("/bien-tap/tu-ngu?bo=1&q=thung+phieu")
	checkPage(t, "the removed", a)
	at, form = a.fields(t, "Lấy lại")
	if at != path+"/lay-lai" {
		t.Fatalf("the button leads to %s", at)
	}
	wantStatus(t, "bringing back", v.post(at, form), 303)
	if text := v.get("/bien-tap/tu-ngu?q=th%C3%B9ng+phi%E1%BA%BFu").said("table"); !strings.Contains(text, "thùng phiếu") {
		t.Errorf("the word is not back: %s", text)
	}
}

func TestTwoPeopleDoNotOverwriteAWord(t *testing.T) {
	s := newSite(t)
	one := s.inside(t, s.person(t, accounts.Trainer, provinceUnit, "Nguyễn Giảng Viên", "0912000001"))
	other := s.inside(t, s.person(t, accounts.Trainer, provinceUnit, "Lê Người Khác", "0912000002"))
	path := wordFor(t, s, "thùng phiếu")
	_, mine := one.get(path).fields(t, "Thử trước khi lưu")
	_, theirs := other.get(path).fields(t, "Thử trước khi lưu")
	theirs.Set("typed", "Thùng phiếu")
	theirs.Del("samples")
	mine.Set("relation", "related")
	mine.Set("samples", "giữ câu này")
	wantStatus(t, "the other's", other.post("/bien-tap/tu-ngu", theirs), 303)
	a := one.post("/bien-tap/tu-ngu", mine)
	wantStatus(t, "the second", a, 409)
	checkPage(t, path, a)
	if text := a.said("main"); !strings.Contains(text, "Trong bảng đang là: Thùng phiếu") || a.said("#f-samples") != "giữ câu này" {
		t.Errorf("the page lacks one of both: %s", text)
	}
	_, mine = a.fields(t, "Lưu như đã gõ")
	wantStatus(t, "saved on purpose", one.post("/bien-tap/tu-ngu", mine), 303)
}

func TestWrongFormsOfWordsAreRefused(t *testing.T) {
	s := newSite(t)
	v := s.inside(t, s.person(t, accounts.Trainer, provinceUnit, "Nguyễn Giảng Viên", "0912000001"))
	good := func(change ...string) url.Values {
		f := url.Values{"typed": {"rèm"}, "official": {"phông màn"}, "relation": {"same"}, "samples": {""}}
		for i := 0; i < len(change); i += 2 {
			f.Set(change[i], change[i+1])
		}
		return f
	}
	for _, tt := range []struct {
		name   string
		form   url.Values
		status int
		at     string // what the page has
	}{
		{"nothing", url.Values{}, 422, "#e-typed"},
		{"no other side", good("official", " "), 422, "#e-official"},
		{"no relation", good("relation", "x"), 422, ".err-sum a[href='#f-relation']"},
		{"too long", good("typed", strings.Repeat("rèm ", 60)), 422, "#e-typed"},
		{"unreadable", good("official", "a\x00<script>alert(1)</script>\xff"), 422, "#e-official"},
		{"an unknown field", good("by", "an"), 422, ".failure"},
		{"no such word", good("id", "khong-co"), 404, ".failure"},
		{"too many queries", good("samples", strings.Join(strings.Split("abcdefghijkl", ""), "\r\n")), 422, "#e-samples"},
	} {
		for _, path := range []string{"/bien-tap/tu-ngu/thu", "/bien-tap/tu-ngu"} {
			if tt.at == "#e-samples" && path == "/bien-tap/tu-ngu" {
				continue // queries are not saved
			}
			a := v.submit(path, tt.form)
			wantStatus(t, tt.name+" to "+path, a, tt.status)
			if a.count(tt.at) == 0 {
				t.Errorf("%s to %s: the page has no %s: %s", tt.name, path, tt.at, a.said("main"))
			}
			checkPage(t, tt.name, a)
			if strings.Contains(a.text, "<script>alert") {
				t.Errorf("%s: what was typed is HTML", tt.name)
			}
		}
	}
	for _, path := range []string{"/bien-tap/tu-ngu?q=%00%ff&sau=x&quan-he=x", "/bien-tap/tu-ngu?go=%00%ff" + strings.Repeat("a", 1000), "/bien-tap/tu-ngu?q=khongcotunay"} {
		a := v.get(path)
		wantStatus(t, path, a, 200)
		checkPage(t, path, a)
	}
	wantStatus(t, "no word", v.get("/bien-tap/tu-ngu/khong-co"), 404)
}

func TestADoubtfulAbbreviationIsWarnedAbout(t *testing.T) {
	s := newSite(t)
	v := s.inside(t, s.person(t, accounts.Approver, provinceUnit, "Trần Người Duyệt", "0912000001"))
	a := v.submit("/bien-tap/tu-ngu/thu", url.Values{"typed": {"TT"}, "official": {"Thông tư"}, "relation": {"same"}, "samples": {"TT ve bau cu"}})
	wantStatus(t, "the trial", a, 200)
	if text := a.said(".callout.warn"); !strings.Contains(text, "hai chữ cái") {
		t.Errorf("got %q", text)
	}
	wantStatus(t, "saved all the same", v.submit("/bien-tap/tu-ngu", url.Values{"typed": {"TT"}, "official": {"Thông tư"}, "relation": {"same"}}), 303)
}

func TestAWordIsKeptWhileSearchIsNotReady(t *testing.T) {
	s := emptySite(t)
	v := s.inside(t, s.person(t, accounts.Trainer, provinceUnit, "Nguyễn Giảng Viên", "0912000001"))
	a := v.submit("/bien-tap/tu-ngu/thu", url.Values{"typed": {"rèm sân khấu"}, "official": {"phông màn"}, "relation": {"same"}})
	wantStatus(t, "the trial", a, 503)
	if a.page.Find("#f-typed").AttrOr("value", "") != "rèm sân khấu" {
		t.Errorf("what was typed is lost: %s", a.said("main"))
	}
	path, form := a.fields(t, "Lưu như đã gõ")
	wantStatus(t, "saving", v.post(path, form), 303)
}

func TestAGapIsDismissedFromTheDesk(t *testing.T) {
	s := newSite(t)
	v := s.inside(t, s.person(t, accounts.Trainer, provinceUnit, "Nguyễn Giảng Viên", "0912000001"))
	s.asked.Asked("tiêm chủng cho trẻ", 0)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.asked.Run(ctx); err != nil {
		t.Fatal(err)
	}
	a := v.get("/bien-tap")
	checkPage(t, "/bien-tap", a)
	if a.count("a[href='/bien-tap/tu-ngu?go=tiem%20chung%20cho%20tre']") != 1 {
		t.Errorf("the desk leads to no new word: %s", a.said("main"))
	}
	path, form := a.fields(t, "Bỏ qua")
	a = v.post(path, form)
	if a.StatusCode != 303 || a.Header.Get("Location") != "/bien-tap#khong-thay" {
		t.Errorf("got %d to %q", a.StatusCode, a.Header.Get("Location"))
	}
	if g, err := s.asked.Gaps(t.Context(), "2026-01-01", 10); err != nil || len(g.Nothing) != 0 {
		t.Errorf("got %+v, %v, want no gap", g.Nothing, err)
	}
	if text := v.get("/bien-tap").said("table"); strings.Contains(text, "tiem chung") {
		t.Errorf("the desk still shows it: %s", text)
	}
	wantStatus(t, "nothing", v.submit("/bien-tap/khong-thay/bo-qua", url.Values{}), 422)
}
