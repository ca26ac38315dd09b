package web_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

func waitABit() { time.Sleep(100 * time.Millisecond) }

func TestTermsStandUnderTheirLettersAndAbbreviationsInATable(t *testing.T) {
	a := readSite(t).visitor(t).get("/thuat-ngu")
	checkPage(t, "/thuat-ngu", a)
	letters := a.page.Find("main h2[id^='chu-']").Map(func(_ int, e *goquery.Selection) string { return e.Text() })
	if got := strings.Join(letters, ""); !inOrder(got, "BĐHU") || a.count(".chips a[href='#chu-dd']") != 1 {
		t.Errorf("got letters %q", got)
	}
	if got := a.said("#tn-uy-ban-bau-cu h3"); got != "Ủy ban bầu cử (UBBC)" {
		t.Errorf("got %q", got)
	}
	if a.count("[aria-labelledby=viet-tat] tbody tr") < 5 || a.count("tbody a[href='#tn-hoi-dong-nhan-dan']") != 1 {
		t.Errorf("got %q", a.said("[aria-labelledby=viet-tat]"))
	}
}

// inOrder reports whether a text has these letters, each once and in this order.
func inOrder(text, letters string) bool {
	at := -1
	for _, r := range letters {
		next := strings.IndexRune(text, r)
		if next <= at || strings.Count(text, string(r)) != 1 {
			return false
		}
		at = next
	}
	return true
}

func TestTextsMarkATermOnceAndLeadToItsMeaning(t *testing.T) {
	v := readSite(t).visitor(t)
	terms := v.get("/thuat-ngu")
	marked := 0
	for _, path := range []string{"/huong-dan/kiem-phieu-bien-ban/kiem-phieu", "/huong-dan/trang-tri-co-dong/trang-tri-phong-bo-phieu", v.get("/hoi-dap/hd-0003").Header.Get("Location"), "/tinh-huong/quen-the-cu-tri"} {
		a := v.get(path)
		seen := map[string]bool{}
		a.page.Find("a.term").Each(func(_ int, e *goquery.Selection) {
			to := e.AttrOr("href", "")
			_, anchor, _ := strings.Cut(to, "#")
			if seen[to] || e.AttrOr("data-note", "") == "" || terms.count("#"+anchor) != 1 || e.ParentsFiltered("a, h2, h3").Length() > 0 {
				t.Errorf("%s: got %s %q", path, to, e.Text())
			}
			seen[to] = true
			marked++
		})
	}
	if marked < 6 {
		t.Errorf("only %d terms are marked", marked)
	}
	if n := v.get("/van-ban/85-2015-qh13/dieu-69").count("a.term"); n != 0 {
		t.Errorf("law has %d marks", n)
	}
}

func TestSearchTellsTheMeaningOfATermFirst(t *testing.T) {
	v := readSite(t).visitor(t)
	a := v.get("/tim-kiem?q=" + url.QueryEscape("HĐND là gì"))
	if a.count(".direct a[href='/thuat-ngu#tn-hoi-dong-nhan-dan']") != 1 || !strings.Contains(a.said(".direct"), "Hội đồng nhân dân HĐND") {
		t.Errorf("got %q", a.said(".direct"))
	}
	if only := v.get("/tim-kiem?loai=thuat-ngu&q=" + url.QueryEscape("hòm phụ")); only.count(".results a[href='/thuat-ngu#tn-hom-phieu-phu']") != 1 {
		t.Errorf("got %q", only.said(".results"))
	}
}

func TestGuidesOfASeriesFollowEachOther(t *testing.T) {
	w := newWriters(t)
	guide := func(title, step, series string) string {
		path := w.lan.begin("huong-dan", title)
		a := w.lan.write(path, "gui-duyet", url.Values{"topic": {"quy-trinh-chung"}, "phase": {"on"}, "roles": {"to-bau-cu"}, "summary": {"Tóm tắt."}, "trust": {"N"}, "effective": {"2026-01-01"},
			"basis": {"luat-85-2015 dieu-69"}, "series": {"thu-loat"}, "step": {step}, "series_title": {series}, "markdown": {"## Việc\n\nLàm."}})
		wantStatus(t, title, a, 303)
		action, verdict := filled(t, w.duyet.get(strings.TrimSuffix(path, "/soan")+"/duyet"), "form[action$='/duyet']")
		wantStatus(t, title, w.duyet.submit(action, verdict), 303)
		return "/huong-dan/quy-trinh-chung/" + strings.ReplaceAll(strings.ToLower(title), " ", "-")
	}
	third, first, second := guide("Loat buoc ba", "3", ""), guide("Loat buoc mot", "1", "Việc thử"), guide("Loat buoc hai", "2", "")
	v := w.visitor(t)
	a := v.get(second)
	checkPage(t, second, a)
	if got := a.said(".kicker"); got != "Bước 2/3 của loạt bài “Việc thử”" {
		t.Errorf("got %q", got)
	}
	if a.page.Find(".pager .prv").AttrOr("href", "") != first || a.page.Find(".pager .nxt").AttrOr("href", "") != third || a.count(".series li") != 3 || a.count(".series .now [aria-current=step]") != 1 {
		t.Errorf("got %q", a.said(".pager"))
	}
	if last := v.get(third); last.count(".pager .nxt") != 0 || last.page.Find(".pager .prv").AttrOr("href", "") != second {
		t.Errorf("got %q", last.said(".pager"))
	}
	list := v.get("/loat-bai/thu-loat")
	checkPage(t, "/loat-bai/thu-loat", list)
	if list.said("h1") != "Việc thử" || list.count(".series a") != 3 || v.get("/loat-bai").count("a[href='/loat-bai/thu-loat']") != 1 {
		t.Errorf("got %q", list.said("main"))
	}
	step := v.get("/loat-bai/thu-loat/2")
	if step.StatusCode != 302 || step.Header.Get("Location") != second {
		t.Errorf("got %d to %q", step.StatusCode, step.Header.Get("Location"))
	}
	for _, path := range []string{"/loat-bai/khong-co", "/loat-bai/thu-loat/0", "/loat-bai/thu-loat/4", "/loat-bai/thu-loat/x"} {
		wantStatus(t, path, v.get(path), 404)
	}
}

// TestDataAloneAddsAPlan writes a plan in the editor and draws it in a guide.
func TestDataAloneAddsAPlan(t *testing.T) {
	w := newWriters(t)
	path := w.lan.begin("so-do", "Sân đình thử")
	form := w.lan.get(path)
	checkDesk(t, "editor of a plan", form)
	if form.count(".editor-side svg.plan") != 1 {
		t.Errorf("the preview shows %q", form.said(".editor-side"))
	}
	_, fields := filled(t, form, editorForm)
	source := fields.Get("markdown")
	wrong := w.lan.write(path, "gui-duyet", url.Values{"markdown": {strings.Replace(source, "kind: hom-phieu,", "kind: nha,", 1)}})
	wantStatus(t, "no such kind", wrong, 422)
	if !strings.Contains(wrong.said(".to-mend"), "Không có loại vật") {
		t.Errorf("got %q", wrong.said(".to-mend"))
	}
	wantStatus(t, "sent", w.lan.write(path, "gui-duyet", url.Values{"markdown": {source}}), 303)
	review := w.duyet.get(strings.TrimSuffix(path, "/soan") + "/duyet")
	checkDesk(t, "review of a plan", review)
	action, verdict := filled(t, review, "form[action$='/duyet']")
	wantStatus(t, "approved", w.duyet.submit(action, verdict), 303)
	v := w.visitor(t)
	a := v.get("/so-do/san-dinh-thu")
	checkPage(t, "/so-do/san-dinh-thu", a)
	if a.count("svg.plan") != 1 || a.said("h1") != "Sân đình thử" {
		t.Errorf("got %q", a.said("main"))
	}
	preview := w.lan.submit("/bien-tap/xem-truoc?loai=huong-dan", url.Values{"markdown": {"{{sơ-đồ:san-dinh-thu}}"}})
	if preview.count("svg.plan") != 1 || strings.Contains(preview.said(".to-mend"), "không có sơ đồ") {
		t.Errorf("got %q", preview.said("[data-live=kiem]"))
	}
	if list := w.lan.get("/bien-tap/bai?loai=so-do"); !strings.Contains(list.said(".things"), "Sân đình thử") {
		t.Errorf("the desk lists %q", list.said(".things"))
	}
	found := func() bool {
		return v.get("/tim-kiem?loai=so-do&q="+url.QueryEscape("san dinh thu")).count(".results a[href='/so-do/san-dinh-thu']") > 0
	}
	within(t, "search finds the plan", found)
	wantStatus(t, "taken down", w.duyet.submit(strings.TrimSuffix(path, "/soan")+"/go-xuong", url.Values{"ly-do": {"Vẽ lại"}}), 303)
	within(t, "search leaves out what was taken down", func() bool { return !found() })
}

// within waits for search, which follows what is published.
func within(t *testing.T, what string, is func() bool) {
	t.Helper()
	for range 50 {
		if is() {
			return
		}
		waitABit()
	}
	t.Errorf("not so: %s", what)
}

func TestADocumentOfLawIsRevisedInTheEditor(t *testing.T) {
	w := newWriters(t)
	a := w.lan.submit("/bien-tap/van-ban/nd-88-2012/sua", nil)
	wantStatus(t, "revise", a, 303)
	path := a.Header.Get("Location")
	form := w.lan.get(path)
	checkDesk(t, "editor of a law", form)
	_, fields := filled(t, form, editorForm)
	changed := strings.TrimSpace(fields.Get("markdown")) + "\n\nCâu thêm để thử."
	wantStatus(t, "sent", w.lan.write(path, "gui-duyet", url.Values{"markdown": {changed}}), 303)
	review := w.duyet.get(strings.TrimSuffix(path, "/soan") + "/duyet")
	checkDesk(t, "review of a law", review)
	action, verdict := filled(t, review, "form[action$='/duyet']")
	wantStatus(t, "approved", w.duyet.submit(action, verdict), 303)
	checkDesk(t, "history of a law", w.duyet.get(strings.TrimSuffix(path, "/soan")+"/lich-su"))
	law := w.visitor(t).get("/van-ban/88-2012-nd-cp")
	wantStatus(t, "the law", law, 200)
	if !strings.Contains(law.text, "Câu thêm để thử") {
		found := false
		law.page.Find("a[href^='/van-ban/88-2012-nd-cp/']").Each(func(_ int, e *goquery.Selection) {
			found = found || strings.Contains(w.visitor(t).get(e.AttrOr("href", "")).text, "Câu thêm để thử")
		})
		if !found {
			t.Errorf("got %q", law.said("main"))
		}
	}
}
