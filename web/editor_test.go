package web_test

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"sotay/content"
	"sotay/internal/accounts"
)

// writers is a site with people who write and review.
type writers struct {
	*site
	lan, binh, duyet, quanTri *visitor // two trainers, an approver, an administrator
}

var sharedWriters = sync.OnceValue(func() writers {
	s := newSite(lasting)
	in := func(role accounts.Role, name, phone string) *visitor {
		return s.inside(lasting, s.person(lasting, role, provinceUnit, name, phone))
	}
	return writers{
		s, in(accounts.Trainer, "Nguyễn Thị Lan", "0912000011"), in(accounts.Trainer, "Trần Văn Bình", "0912000012"),
		in(accounts.Approver, "Lê Văn Duyệt", "0912000013"), in(accounts.Administrator, "Phạm Quản Trị", "0912000014"),
	}
})

// newWriters gives a test the site that all of these share; each writes things
// of its own.
func newWriters(t *testing.T) writers {
	t.Helper()
	w := sharedWriters()
	for _, v := range []**visitor{&w.lan, &w.binh, &w.duyet, &w.quanTri} {
		own := **v
		own.t = t
		*v = &own
	}
	return w
}

// filled is a form of a page as a browser would send it, without its button.
func filled(t testing.TB, a answer, selector string) (string, url.Values) {
	t.Helper()
	form := a.page.Find(selector).First()
	if form.Length() == 0 {
		t.Fatalf("no form %s in %q", selector, a.said("main"))
	}
	values := url.Values{}
	form.Find("input[name],textarea[name]").Each(func(_ int, e *goquery.Selection) {
		kind := e.AttrOr("type", "")
		if _, checked := e.Attr("checked"); (kind == "checkbox" || kind == "radio") && !checked {
			return
		}
		value, has := e.Attr("value")
		if !has {
			value = strings.TrimPrefix(e.Text(), "\n")
		}
		values.Add(e.AttrOr("name", ""), value)
	})
	form.Find("select[name]").Each(func(_ int, e *goquery.Selection) {
		chosen := e.Find("option[selected]")
		if chosen.Length() == 0 {
			chosen = e.Find("option").First()
		}
		values.Set(e.AttrOr("name", ""), chosen.AttrOr("value", ""))
	})
	return form.AttrOr("action", ""), values
}

const editorForm = "form[data-editor]"

// begin starts a text of a kind and gives the address of its editor.
func (v *visitor) begin(kind, title string) string {
	v.t.Helper()
	a := v.submit("/bien-tap/moi", url.Values{"loai": {kind}, "ten": {title}})
	wantStatus(v.t, "begin "+kind, a, 303)
	return a.Header.Get("Location")
}

// write opens an editor, changes fields and presses a button.
func (v *visitor) write(path, button string, change url.Values) answer {
	v.t.Helper()
	action, fields := filled(v.t, v.get(path), editorForm)
	for name, values := range change {
		fields[name] = values
	}
	fields.Set("viec", button)
	return v.submit(action, fields)
}

// goodAnswer is what an answer must have.
func goodAnswer() url.Values {
	return url.Values{
		"question": {"Ngầm tràn bị ngập thì chở hòm phiếu phụ bằng xe gì?"}, "short": {"Dùng xe an toàn nhất của xã; Tổ bầu cử đi cùng hòm phiếu."},
		"topic": {"bo-phieu-noi-khac"}, "agency": {"Sở Nội vụ"}, "field": {"Nội vụ"}, "date": {"2026-03-01"}, "trust": {"N"},
		"basis": {"luat-85-2015 dieu-69 khoan-4"}, "markdown": {"Dùng xe an toàn nhất của xã.\n\n1. Báo Ban bầu cử.\n2. Hai người của Tổ đi cùng hòm phiếu."},
		"ly-do": {"Theo câu hỏi của xã Thượng Nông"},
	}
}

// sent begins an answer, writes it and sends it for review; it gives the
// address below which the thing's pages stand.
func (w writers) sent(t *testing.T) string {
	t.Helper()
	path := w.lan.begin("hoi-dap", "")
	a := w.lan.write(path, "gui-duyet", goodAnswer())
	if a.StatusCode != 303 {
		t.Fatalf("sending for review: status %d %q", a.StatusCode, a.said("main"))
	}
	return strings.TrimSuffix(path, "/soan")
}

func TestATextGoesFromDraftToItsReaders(t *testing.T) {
	w := newWriters(t)
	at := w.sent(t)
	waiting := w.duyet.get("/bien-tap")
	checkDesk(t, "/bien-tap", waiting)
	if !strings.Contains(waiting.said("[aria-labelledby=cho-duyet]"), "Ngầm tràn") {
		t.Errorf("the approver does not see what waits: %q", waiting.said("main"))
	}
	page := w.duyet.get(at + "/duyet")
	checkDesk(t, "review", page)
	if text := page.said("main"); !strings.Contains(text, "Lý do sửa: Theo câu hỏi của xã Thượng Nông") || page.count(".diff ins") == 0 {
		t.Errorf("got %q", text)
	}
	action, fields := filled(t, page, "form[action$='/duyet']")
	fields.Set("van-ban", "12/CV-SNV")
	fields.Set("ngay-van-ban", "2026-03-02")
	wantStatus(t, "approved", w.duyet.submit(action, fields), 303)
	history := w.duyet.get(at + "/lich-su")
	checkDesk(t, "history", history)
	if text := history.said("main"); !strings.Contains(text, "12/CV-SNV") || !strings.Contains(text, "Người đọc đang thấy") {
		t.Errorf("got %q", text)
	}
	shown := w.visitor(t).get(history.page.Find(".meta a").AttrOr("href", ""))
	wantStatus(t, "the answer", shown, 200)
	if got := shown.said("h1"); !strings.HasPrefix(got, "Ngầm tràn bị ngập") {
		t.Errorf("readers see %q", got)
	}
}

// checkDesk asserts what holds for pages of signed-in people.
func checkDesk(t testing.TB, what string, a answer) {
	t.Helper()
	wantStatus(t, what, a, 200)
	if a.page == nil || a.count("h1") != 1 || a.count("meta[name=robots][content=noindex]") != 1 || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s: %d headings, headers %v", what, a.count("h1"), a.Header)
		return
	}
	for _, broken := range []string{"ZgotmplZ", "<no value>", "%!"} {
		if strings.Contains(a.text, broken) {
			t.Errorf("%s: the page holds %q", what, broken)
		}
	}
	a.page.Find("main form[method=post]").Each(func(_ int, form *goquery.Selection) {
		if form.Find("input[name=khoa][value]").Length() != 1 && form.Closest("[data-live]").Length() == 0 {
			t.Errorf("%s: the form to %s has no token", what, form.AttrOr("action", ""))
		}
	})
	checkElements(t, what, a.page)
}

func TestNobodyApprovesTheirOwnText(t *testing.T) {
	w := newWriters(t)
	path := w.duyet.begin("hoi-dap", "")
	wantStatus(t, "sent", w.duyet.write(path, "gui-duyet", goodAnswer()), 303)
	at := strings.TrimSuffix(path, "/soan")
	page := w.duyet.get(at + "/duyet")
	if page.count("input[name=ket-luan]") != 0 || !strings.Contains(page.said("aside.section"), "người duyệt khác phải xem") {
		t.Errorf("the author is asked for a verdict: %q", page.said("main aside"))
	}
	_, fields := filled(t, page, "form[action$='/rut-lai']")
	a := w.duyet.submit(at+"/duyet", url.Values{"ban": fields["ban"], "ket-luan": {"dang-ngay"}})
	wantStatus(t, "own approval", a, 403)
	if !strings.Contains(a.said("main"), "không tự duyệt bài của mình") {
		t.Errorf("got %q", a.said("main"))
	}
	wantStatus(t, "a trainer's verdict", w.lan.submit(at+"/duyet", url.Values{"ban": fields["ban"], "ket-luan": {"dang-ngay"}}), 403)
}

func TestWhatIsMissingStandsBesideItsField(t *testing.T) {
	w := newWriters(t)
	path := w.lan.begin("hoi-dap", "câu hỏi dở")
	a := w.lan.write(path, "gui-duyet", url.Values{"markdown": {"Chữ vừa gõ."}, "question": {""}})
	wantStatus(t, "unfinished", a, 422)
	checkElements(t, "unfinished", a.page)
	links := a.page.Find(".err-sum a")
	if links.Length() == 0 || a.count(".err-sum[role=alert]") != 1 {
		t.Fatalf("no summary of faults: %q", a.said("main"))
	}
	links.Each(func(_ int, e *goquery.Selection) {
		id := strings.TrimPrefix(e.AttrOr("href", ""), "#")
		if a.page.Find("[id='"+id+"']").Length() != 1 || !strings.Contains(a.said("[id='"+id+"-loi']"), strings.TrimSpace(e.Text())) {
			t.Errorf("%q leads to %s, which says %q", e.Text(), id, a.said("[id='"+id+"-loi']"))
		}
	})
	if got := a.page.Find("#f-markdown").Text(); strings.TrimSpace(got) != "Chữ vừa gõ." {
		t.Errorf("the text came back as %q", got)
	}
	if again := w.lan.get(path); strings.TrimSpace(again.page.Find("#f-markdown").Text()) != "Chữ vừa gõ." {
		t.Error("what was typed was not saved")
	}
}

func TestALongReasonComesBackWhole(t *testing.T) {
	w := newWriters(t)
	path := w.lan.begin("hoi-dap", "")
	change := goodAnswer()
	change["ly-do"] = []string{strings.TrimSpace(strings.Repeat("Theo câu hỏi của xã. ", 60))}
	a := w.lan.write(path, "gui-duyet", change)
	wantStatus(t, "too long a reason", a, 422)
	field := a.page.Find("#f-ly-do")
	if field.AttrOr("value", "") != change.Get("ly-do") || field.AttrOr("maxlength", "") != "1000" || !strings.Contains(a.said("#f-ly-do-loi"), "1000 ký tự") {
		t.Errorf("got %q, %q", field.AttrOr("value", ""), a.said("#f-ly-do-loi"))
	}
	change["ly-do"] = []string{strings.TrimSpace(strings.Repeat("Theo câu hỏi của xã. ", 40))}
	wantStatus(t, "a long reason", w.lan.write(path, "gui-duyet", change), 303)
}

func TestTwoWhoWriteSeeBothTexts(t *testing.T) {
	w := newWriters(t)
	path := w.lan.begin("huong-dan", "Bài hai người cùng sửa")
	_, mine := filled(t, w.lan.get(path), editorForm)
	_, theirs := filled(t, w.binh.get(path), editorForm)
	theirs.Set("markdown", "Chữ của anh Bình.")
	wantStatus(t, "the first", w.binh.submit(path, theirs), 303)
	mine.Set("markdown", "Chữ của chị Lan.")
	a := w.lan.submit(path, mine)
	wantStatus(t, "the second", a, 409)
	text := a.said(".other-text[role=alert]")
	if !strings.Contains(text, "Trần Văn Bình đã lưu lúc") || !strings.Contains(a.said(".other-text del"), "anh Bình") || !strings.Contains(a.said(".other-text ins"), "chị Lan") {
		t.Errorf("got %q", text)
	}
	if got := strings.TrimSpace(a.page.Find("#f-markdown").Text()); got != "Chữ của chị Lan." {
		t.Errorf("the form holds %q", got)
	}
	_, kept := filled(t, a, editorForm)
	kept.Set("viec", "luu")
	wantStatus(t, "kept", w.lan.submit(path, kept), 303)
	if got := strings.TrimSpace(w.lan.get(path).page.Find("#f-markdown").Text()); got != "Chữ của chị Lan." {
		t.Errorf("got %q", got)
	}
	history := w.lan.get(strings.Replace(path, "/soan", "/lich-su", 1)).said("main")
	if !strings.Contains(history, "Trần Văn Bình") || !strings.Contains(history, "Đã có người sửa tiếp") {
		t.Errorf("the other text is not in the history: %q", history)
	}
}

// saved is what the script of the editor reads.
type saved struct {
	Version  int
	At, By   string
	Values   map[string][]string
	Diff     string
	Sentence string
}

func (v *visitor) autosave(path string, fields url.Values) (answer, saved) {
	v.t.Helper()
	a := v.submit(strings.Replace(path, "/soan", "/luu", 1), fields, "Accept", "application/json")
	var s saved
	if err := json.Unmarshal([]byte(a.text), &s); err != nil {
		v.t.Fatalf("status %d, %v: %s", a.StatusCode, err, a.text)
	}
	return a, s
}

func TestAutosaveTellsWhoWasFaster(t *testing.T) {
	w := newWriters(t)
	path := w.lan.begin("huong-dan", "Bài tự lưu")
	_, fields := filled(t, w.lan.get(path), editorForm)
	delete(fields, "ly-do")
	delete(fields, "roles") // as when none is ticked
	fields.Set("markdown", "Bản một.")
	a, first := w.lan.autosave(path, fields)
	if a.StatusCode != 200 || first.Version == 0 || first.At != "9 giờ 00" || a.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("got %d %+v", a.StatusCode, first)
	}
	fields.Set("markdown", "Bản hai, cùng lượt.")
	a, late := w.lan.autosave(path, fields)
	if a.StatusCode != 409 || late.By != "Nguyễn Thị Lan" || late.Version != first.Version || late.Values["markdown"][0] != "Bản một." || !strings.Contains(late.Diff, "<ins>") {
		t.Errorf("got %d %+v", a.StatusCode, late)
	}
	for name, values := range late.Values { // the script joins them, chosen or not
		if values == nil {
			t.Errorf("the values of %s are null", name)
		}
	}
	fields.Set("ban", "999")
	fields.Set("markdown", strings.Repeat("dài ", content.MaxGuideBytes/4))
	if a, long := w.lan.autosave(path, fields); a.StatusCode != 422 || long.Sentence == "" {
		t.Errorf("too long: got %d %+v", a.StatusCode, long)
	}
	fields.Set("role", "admin")
	wantStatus(t, "an unknown field", w.lan.submit(strings.Replace(path, "/soan", "/luu", 1), fields), 422)
	stranger := w.visitor(t)
	got := stranger.post(strings.Replace(path, "/soan", "/luu", 1), url.Values{"ban": {"1"}}, "Accept", "application/json")
	wantStatus(t, "without a visit", got, 401)
	if !strings.HasPrefix(got.Header.Get("Content-Type"), "application/json") {
		t.Errorf("got %s", got.Header.Get("Content-Type"))
	}
}

func TestAnEndedVisitKeepsWhatWasTyped(t *testing.T) {
	w := newWriters(t)
	path := w.lan.begin("huong-dan", "Bài gửi muộn")
	_, fields := filled(t, w.lan.get(path), editorForm)
	fields.Set("markdown", "Chữ gõ khi phiên đã hết, dài hơn bốn mươi ký tự.")
	a := w.visitor(t).post(path, fields)
	wantStatus(t, "ended visit", a, 401)
	if got := a.page.Find("textarea[name=markdown]").Text(); !strings.Contains(got, "Chữ gõ khi phiên đã hết") || a.count("a[href^='/dang-nhap'][target=_blank]") != 1 {
		t.Errorf("got %q", a.said("main"))
	}
	fields.Set("khoa", "x")
	wantStatus(t, "a foreign token", w.lan.post(path, fields), 403)
}

func TestThePreviewIsDrawnAsForReaders(t *testing.T) {
	w := newWriters(t)
	path := w.lan.begin("huong-dan", "Bài xem trước")
	_, fields := filled(t, w.lan.get(path), editorForm)
	delete(fields, "ly-do")
	fields.Set("markdown", "## Mục một\n\n> [!NEVER]\n> Mở niêm phong <script>alert(1)</script>.\n\n{{tự-kiểm-tra:trang-tri-1}}")
	a := w.lan.submit("/bien-tap/xem-truoc?loai=huong-dan", fields)
	wantStatus(t, "preview", a, 200)
	if a.count("[data-live=bai] .callout.never") != 1 || a.count("script") != 0 || a.count("[data-live=bai] form") != 0 || a.count("[data-live=kiem]") != 1 || a.count("html[lang], .site-head") != 0 {
		t.Errorf("got %s", a.text)
	}
	fields.Set("markdown", "![](/tep/a.png)")
	if broken := w.lan.submit("/bien-tap/xem-truoc?loai=huong-dan", fields); !strings.Contains(broken.said("[data-live=bai]"), "lời tả") {
		t.Errorf("a text that cannot be shown says %q", broken.text)
	}
	wantStatus(t, "another kind", w.lan.submit("/bien-tap/xem-truoc?loai=trac-nghiem", fields), 404)
	shown := w.lan.write(path, "xem", url.Values{"markdown": {"Chữ đã **đậm**."}})
	wantStatus(t, "without script", shown, 303)
	if to := shown.Header.Get("Location"); !strings.HasSuffix(to, "/soan#xem-truoc") {
		t.Errorf("leads to %s", to)
	}
	if got := w.lan.follow(shown); got.said("#xem-truoc strong") != "đậm" {
		t.Errorf("got %q", got.said("#xem-truoc"))
	}
}

func TestThingsThatAreNotThereLeadNowhere(t *testing.T) {
	w := newWriters(t)
	const none = "00000000-0000-7000-8000-000000000000"
	for _, path := range []string{"/bien-tap/van-ban/" + none + "/soan", "/bien-tap/huong-dan/" + none + "/soan", "/bien-tap/huong-dan/" + none + "/lich-su", "/bien-tap/hoi-dap/" + none + "/duyet?ban=1", "/xem-truoc/abc", "/bien-tap/nonsense"} {
		wantStatus(t, path, w.duyet.get(path), 404)
	}
	for _, act := range []string{"soan", "luu", "sua", "duyet", "rut-lai", "dang", "khoi-phuc", "lay-lai", "go-xuong", "dat-lai", "lay-goc"} {
		fields := url.Values{"ban": {"1"}, "ket-luan": {"dang-ngay"}, "ly-do": {"thử"}}
		switch act {
		case "sua", "dat-lai":
			fields = nil
		case "go-xuong":
			fields = url.Values{"ly-do": {"thử"}}
		case "duyet":
			fields.Del("ly-do")
		case "soan", "luu":
			fields = url.Values{"ban": {"1"}}
		default:
			fields = url.Values{"ban": {"1"}}
		}
		wantStatus(t, act, w.duyet.submit("/bien-tap/huong-dan/"+none+"/"+act, fields), 404)
		wantStatus(t, act+" of another kind", w.duyet.submit("/bien-tap/trac-nghiem/"+none+"/"+act, fields), 404)
	}
	wantStatus(t, "a kind that is not written here", w.lan.submit("/bien-tap/moi", url.Values{"loai": {"trac-nghiem"}}), 422)
	wantStatus(t, "an administrator does not write", w.quanTri.submit("/bien-tap/moi", url.Values{"loai": {"huong-dan"}}), 403)
	checkDesk(t, "an administrator's desk", w.quanTri.get("/bien-tap"))
}

func TestAVerdictMayWaitOrGoBack(t *testing.T) {
	w := newWriters(t)
	at := w.sent(t)
	judge := func(change url.Values) answer {
		action, fields := filled(t, w.duyet.get(at+"/duyet"), "form[action$='/duyet']")
		for name, values := range change {
			fields[name] = values
		}
		return w.duyet.submit(action, fields)
	}
	late := judge(url.Values{"ket-luan": {"dang-luc"}, "luc": {"hôm nào đó"}, "ghi-chu": {"Chữ đã gõ"}})
	wantStatus(t, "no time", late, 422)
	if late.count(".err-sum a[href='#f-luc']") != 1 || late.said("#f-ghi-chu") != "Chữ đã gõ" {
		t.Errorf("got %q", late.said("main"))
	}
	wantStatus(t, "no verdict", judge(url.Values{"ket-luan": {"khác"}}), 422)
	wantStatus(t, "back without a reason", judge(url.Values{"ket-luan": {"tra-lai"}, "ghi-chu": {""}}), 422)
	stale := judge(url.Values{"ban": {"77"}, "ghi-chu": {"Đừng mất chữ này"}})
	wantStatus(t, "an older page", stale, 409)
	if stale.said("#f-ghi-chu") != "Đừng mất chữ này" {
		t.Errorf("got %q", stale.said("main"))
	}
	wantStatus(t, "back", judge(url.Values{"ket-luan": {"tra-lai"}, "ghi-chu": {"Ghi rõ ai đi cùng"}}), 303)
	if got := w.lan.get(at + "/soan").said(".banner.info"); !strings.Contains(got, "Lê Văn Duyệt đã trả lại") || !strings.Contains(got, "Ghi rõ ai đi cùng") {
		t.Errorf("the author reads %q", got)
	}
	wantStatus(t, "again", w.lan.write(at+"/soan", "gui-duyet", url.Values{"markdown": {"Dùng xe an toàn nhất của xã. Tổ trưởng đi cùng."}}), 303)
	wantStatus(t, "held", judge(url.Values{"ket-luan": {"giu"}}), 303)
	desk := w.duyet.get("/bien-tap")
	if !strings.Contains(desk.said("[aria-labelledby=da-duyet]"), "Ngầm tràn") {
		t.Errorf("got %q", desk.said("main"))
	}
	action, fields := filled(t, w.duyet.get(at+"/duyet"), "form[action$='/dang']")
	wantStatus(t, "a trainer publishes", w.lan.submit(action, fields), 403)
	wantStatus(t, "published", w.duyet.submit(action, fields), 303)
}

func TestRemarksStandBesideTheirParagraph(t *testing.T) {
	w := newWriters(t)
	at := w.sent(t)
	page := w.duyet.get(at + "/duyet")
	form := page.page.Find("form[action$='/y-kien']").First()
	doan := form.Find("input[name=doan]").AttrOr("value", "")
	wantStatus(t, "remark", w.duyet.submit(at+"/y-kien", url.Values{"so": {form.Find("input[name=so]").AttrOr("value", "")}, "doan": {doan}, "noi-dung": {"Xe nào <b>an toàn</b>?"}}), 303)
	mine := w.lan.get(at + "/duyet")
	remark := mine.page.Find("#doan-" + doan + " .remarks")
	if !strings.Contains(remark.Text(), "Xe nào <b>an toàn</b>?") || !strings.Contains(remark.Text(), "Lê Văn Duyệt") {
		t.Fatalf("got %q", mine.said("main"))
	}
	action, fields := filled(t, mine, ".remarks form")
	if n := w.binh.get(at + "/duyet").count(".remarks form"); n != 0 {
		t.Error("somebody else is offered to finish the remark")
	}
	wantStatus(t, "done by somebody else", w.binh.submit(action, fields), 403)
	wantStatus(t, "done", w.lan.submit(action, fields), 303)
	if got := w.lan.get(at + "/duyet"); got.count(".remarks .done") != 1 {
		t.Errorf("got %q", got.said(".remarks"))
	}
	wantStatus(t, "no such paragraph", w.duyet.submit(at+"/y-kien", url.Values{"so": {"1"}, "doan": {"999"}, "noi-dung": {"?"}}), 404)
	long := strings.Repeat("Câu này chưa rõ. ", 200)
	for place, selector := range map[string]string{doan: "#f-y-" + doan, "0": "#f-y-0"} {
		refused := w.duyet.submit(at+"/y-kien", url.Values{"so": {"1"}, "doan": {place}, "noi-dung": {long}})
		wantStatus(t, "too long", refused, 422)
		checkPage(t, "too long", refused)
		if got := refused.said(selector); got != strings.TrimSpace(long) || !strings.Contains(refused.said(".err-sum"), "2000 ký tự") || refused.count("form[action$='/duyet']") != 1 {
			t.Errorf("the remark on %s is lost: %q", place, got)
		}
	}
	wantStatus(t, "nothing said", w.duyet.submit(at+"/y-kien", url.Values{"so": {"1"}, "doan": {"0"}, "noi-dung": {" "}}), 422)
}

func TestTheDeskListsEveryKind(t *testing.T) {
	w := newWriters(t)
	options := w.lan.get("/bien-tap/bai").page.Find("#tim-loai option[value!='']")
	if options.Length() != len(content.EditedKinds()) {
		t.Errorf("got %d kinds to choose from", options.Length())
	}
	options.Each(func(_ int, option *goquery.Selection) {
		kind := option.AttrOr("value", "")
		list := w.lan.get("/bien-tap/bai?loai=" + kind)
		if all, own := list.count(".things li"), list.count(".things form[action^='/bien-tap/"+kind+"/']"); own == 0 || own != all {
			t.Errorf("%s: %d of %d texts are of the kind", kind, own, all)
		}
	})
}

func TestAPublishedTextIsRevisedTakenDownAndPutBack(t *testing.T) {
	w := newWriters(t)
	list := w.lan.get("/bien-tap/bai?q=trang+tri+phong")
	checkDesk(t, "published texts", list)
	first := list.page.Find(".things li").First()
	if !strings.Contains(first.Text(), "trang trí phòng bỏ phiếu") {
		t.Fatalf("got %q", list.said(".things"))
	}
	action, fields := filled(t, list, ".things form[action$='/sua']")
	a := w.lan.submit(action, fields)
	wantStatus(t, "revise", a, 303)
	path := a.Header.Get("Location")
	at := strings.TrimSuffix(path, "/soan")
	wantStatus(t, "sent", w.lan.write(path, "gui-duyet", url.Values{"summary": {"Tóm tắt mới của bài trang trí."}}), 303)
	if got := w.duyet.get(at + "/duyet").said(".split > div > h3"); got != "Tóm tắt" {
		t.Errorf("what was not touched differs: %q", got)
	}
	review := w.duyet.get(at + "/duyet?xem=hai-cot")
	checkDesk(t, "in two columns", review)
	if review.count(".diff-cols del") == 0 || review.count(".diff-cols ins") == 0 || review.count(".diff > details > summary") == 0 || !strings.Contains(review.said(".diff ins"), "+") {
		t.Errorf("got %q", review.said(".diff"))
	}
	action, fields = filled(t, review, "form[action$='/duyet']")
	wantStatus(t, "approved", w.duyet.submit(action, fields), 303)
	if got := w.visitor(t).get(guidePath).said(".lead"); got != "Tóm tắt mới của bài trang trí." {
		t.Errorf("readers see %q", got)
	}
	compared := w.lan.get(at + "/duyet?ban=1&so=2")
	checkDesk(t, "two numbers", compared)
	wantStatus(t, "without a reason", w.duyet.submit(at+"/go-xuong", url.Values{"ly-do": {""}}), 422)
	wantStatus(t, "taken down", w.duyet.submit(at+"/go-xuong", url.Values{"ly-do": {"Chờ văn bản mới"}}), 303)
	gone := w.visitor(t).get(guidePath)
	wantStatus(t, "taken down", gone, 404)
	if !strings.Contains(gone.said("main"), "Chờ văn bản mới") {
		t.Errorf("readers are told %q", gone.said("main"))
	}
	if got := w.lan.get("/bien-tap/bai"); !strings.Contains(got.said("[aria-labelledby=h-go]"), "Chờ văn bản mới") {
		t.Errorf("got %q", got.said("main"))
	}
	checkDesk(t, "history of what is hidden", w.duyet.get(at+"/lich-su"))
	wantStatus(t, "put back", w.duyet.submit(at+"/dat-lai", nil), 303)
	wantStatus(t, "put back", w.visitor(t).get(guidePath), 200)
	a = w.lan.submit(at+"/khoi-phuc", url.Values{"ban": {"1"}})
	wantStatus(t, "restored", a, 303)
	if got := w.lan.follow(a); !strings.Contains(got.said("#f-summary"), "Chọn chỗ, chia lối") {
		t.Errorf("the old text came back as %q", got.said("#f-summary"))
	}
}

func TestTheBinGivesBack(t *testing.T) {
	w := newWriters(t)
	path := w.lan.begin("tap-huan", "Buổi bỏ đi")
	if n := w.binh.get(path).count("button[value=bo]"); n != 0 {
		t.Error("somebody else is offered to discard the draft")
	}
	wantStatus(t, "discarded by somebody else", w.binh.write(path, "bo", url.Values{"markdown": {"Chữ của người khác."}}), 403)
	if got := w.lan.get(path).said("#f-markdown"); strings.Contains(got, "Chữ của người khác.") {
		t.Errorf("what was refused is stored: %q", got)
	}
	wantStatus(t, "discarded", w.lan.write(path, "bo", url.Values{"markdown": {"Chữ cuối cùng."}}), 303)
	bin := w.binh.get("/bien-tap/thung-rac")
	checkDesk(t, "bin", bin)
	action, fields := filled(t, bin, "form[action$='/lay-lai']")
	a := w.binh.submit(action, fields)
	wantStatus(t, "recovered", a, 303)
	if got := w.binh.follow(a); got.said("#f-markdown") != "Chữ cuối cùng." {
		t.Errorf("got %q", got.said("main"))
	}
}

func TestAPreviewLinkShowsADraftToAnyone(t *testing.T) {
	w := newWriters(t)
	path := w.lan.begin("huong-dan", "Bài gửi xem trước")
	at := strings.TrimSuffix(path, "/soan")
	action, fields := filled(t, w.lan.get(at+"/lich-su"), "form[action$='/chia-se']")
	a := w.lan.submit(action, fields)
	wantStatus(t, "link", a, 200)
	link := strings.TrimPrefix(a.page.Find("#dan").AttrOr("value", ""), "http://example.com")
	shown := w.visitor(t).get(link)
	wantStatus(t, link, shown, 200)
	if shown.said("h1") != "Bài gửi xem trước" || shown.count(".banner.warn") != 1 || shown.count("meta[name=robots][content=noindex]") != 1 || shown.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("got %q", shown.said("main"))
	}
	fields.Set("han", "400")
	wantStatus(t, "for too long", w.lan.submit(action, fields), 422)
	if strings.Contains(w.log.String(), strings.TrimPrefix(link, "/xem-truoc/")) {
		t.Error("the log holds the secret of the link")
	}
}

func TestPreviewLinksAreListedRevokedAndLeadToWhatIsPublished(t *testing.T) {
	w := newWriters(t)
	at := w.sent(t)
	share := func() string {
		t.Helper()
		action, fields := filled(t, w.lan.get(at+"/lich-su"), "form[action$='/chia-se']")
		a := w.lan.submit(action, fields)
		wantStatus(t, "link", a, 200)
		return strings.TrimPrefix(a.page.Find("#dan").AttrOr("value", ""), "http://example.com")
	}
	link, other := share(), share()
	const revoke = "form[action$='/thu-hoi']"
	for _, tt := range []struct {
		who  *visitor
		want int
	}{{w.lan, 2}, {w.duyet, 2}, {w.binh, 0}} {
		for _, page := range []string{"/duyet", "/lich-su"} {
			a := tt.who.get(at + page)
			checkDesk(t, page, a)
			if got := a.count(revoke); got != tt.want {
				t.Errorf("%s: got %d links, want %d", page, got, tt.want)
			}
		}
	}
	page := w.duyet.get(at + "/duyet")
	if text := page.said("[aria-labelledby=h-dan]"); !strings.Contains(text, "Nguyễn Thị Lan lấy, dùng được đến 0 giờ") {
		t.Errorf("got %q", text)
	}
	action, _ := filled(t, page, revoke)
	wantStatus(t, "revoked by somebody else", w.binh.submit(action, nil), 404)
	wantStatus(t, "revoked", w.duyet.submit(action, nil), 303)
	wantStatus(t, "revoked twice", w.duyet.submit(action, nil), 404)
	left := 0
	for _, secret := range []string{link, other} {
		a := w.visitor(t).get(secret)
		if a.StatusCode == 200 {
			left++
			link = secret
		} else if a.StatusCode != 404 || !strings.Contains(a.said("main"), "không còn dùng được") {
			t.Errorf("a revoked link: got %d %q", a.StatusCode, a.said("main"))
		}
	}
	if left != 1 {
		t.Fatalf("%d of two links are left", left)
	}
	action, fields := filled(t, page, "form[action$='/duyet']")
	wantStatus(t, "published", w.duyet.submit(action, fields), 303)
	a := w.visitor(t).get(link)
	if to := a.Header.Get("Location"); a.StatusCode != 303 || !strings.HasPrefix(to, "/hoi-dap/") {
		t.Errorf("after publishing: got %d to %q", a.StatusCode, to)
	}
}

func TestTheEditorFindsLawAndPages(t *testing.T) {
	w := newWriters(t)
	for path, want := range map[string]string{
		"/bien-tap/can-cu?q=nguyen+tac+bo+phieu": `"ref":"luat-85-2015 dieu-69`, "/bien-tap/can-cu?q=luat-85-2015+dieu-69+khoan-4": `"/van-ban/85-2015-qh13/dieu-69#khoan-4"`,
		"/bien-tap/lien-ket?q=trang+tri+phong": guidePath, "/bien-tap/can-cu?q=": `"items":[]`, "/bien-tap/lien-ket?q=": `"items":[]`,
	} {
		a := w.lan.get(path, "Accept", "application/json")
		wantStatus(t, path, a, 200)
		if !strings.Contains(a.text, want) {
			t.Errorf("%s: got %s", path, a.text)
		}
	}
}

func TestTheDeskTurnsAGapIntoADraft(t *testing.T) {
	w := newWriters(t)
	w.asked.Asked("xe cứu thương chở hòm phiếu", 0)
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // what was asked is written at the end
	if err := w.asked.Run(ctx); err != nil {
		t.Fatal(err)
	}
	desk := w.lan.get("/bien-tap")
	checkDesk(t, "desk", desk)
	action, fields := filled(t, desk, "[aria-labelledby=khong-thay] form")
	a := w.lan.submit(action, fields)
	wantStatus(t, "draft", a, 303)
	if got := w.lan.follow(a).said("#f-question"); !strings.Contains(got, "xe") {
		t.Errorf("the draft asks %q", got)
	}
}

func TestEditorStaysWithinItsBudget(t *testing.T) {
	w := newWriters(t)
	page := w.lan.get(w.lan.begin("huong-dan", "Bài"))
	checkDesk(t, "editor", page)
	script := page.page.Find("main script[src]").AttrOr("src", "")
	if n := packedSize(t, w.lan.get(script).text); n > 40<<10 || n < 1000 {
		t.Errorf("the editor's script has %d bytes compressed", n)
	}
	for _, path := range []string{"/", guidePath, "/bien-tap"} {
		if w.lan.get(path).count("script[src='"+script+"']") != 0 {
			t.Errorf("%s loads the editor", path)
		}
	}
	if got := page.count("[role=toolbar] button"); got != 10 {
		t.Errorf("the toolbar has %d verbs", got)
	}
	panels := page.page.Find("[role=toolbar] button[aria-controls]")
	panels.Each(func(_ int, b *goquery.Selection) {
		if at := "#" + b.AttrOr("aria-controls", ""); page.count(at+" button:not([data-shut]), "+at+" input") == 0 {
			t.Errorf("%q offers nothing", b.Text())
		}
	})
	plans, err := w.lib.Plans(t.Context())
	if err != nil || len(plans) == 0 {
		t.Fatal(plans, err)
	}
	for _, plan := range plans {
		if page.count("#khung-so-do button[data-plan='"+plan.Key+"']") != 1 {
			t.Errorf("the plan %s is not offered", plan.Key)
		}
	}
	if strings.Contains(w.lan.get(script).text, "/tep/") {
		t.Error("the editor writes addresses of pictures that no page has")
	}
}
