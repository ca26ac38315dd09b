package web_test

import (
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"sotay/content"
	"sotay/internal/accounts"
	"sotay/internal/viet"
	"sotay/quizzes"
	"sotay/web"
)

// theDay is the guide of election day; its hours rest on article 71.
const theDay = "/huong-dan/quy-trinh-chung/trinh-tu-ngay-bau-cu"

// An approver records that an article changed: exactly what cites it says so,
// everywhere that readers meet it, until somebody has looked.
func TestWhatCitesAChangedProvisionIsMarked(t *testing.T) {
	s := newSite(t)
	approver := s.inside(t, s.person(t, accounts.Approver, provinceUnit, "Lê Người Duyệt", "0912000001"))
	trainer := s.inside(t, s.person(t, accounts.Trainer, provinceUnit, "Nguyễn Giảng Viên", "0912000002"))
	reader := s.visitor(t)
	const of = "luat-85-2015 dieu-71"
	form := url.Values{"of": {of}, "by": {"luat-83-2025 dieu-1"}, "effect": {"amended"}, "since": {string(usual().Today())}, "note": {"Giờ mới."}}

	if got := trainer.submit("/bien-tap/hieu-luc", form).StatusCode; got != 403 {
		t.Fatalf("a trainer records: got status %d, want 403", got)
	}
	trial := approver.submit("/bien-tap/hieu-luc/thu", form)
	wantStatus(t, "the trial", trial, 200)
	checkPage(t, "/bien-tap/hieu-luc/thu", trial)
	if !strings.Contains(trial.said("main"), "Chưa lưu gì") || trial.count("a[href='"+theDay+"']") != 1 {
		t.Errorf("the trial does not name the guide of the day: %s", trial.said("main"))
	}
	if reader.get(theDay).count(".banner.warn") != 0 {
		t.Fatal("the trial was stored")
	}
	path, hidden := trial.fields(t, "Ghi sửa đổi này")
	if a := approver.post(path, hidden); a.StatusCode != 303 {
		t.Fatalf("recording: got status %d: %s", a.StatusCode, a.said("main"))
	}

	flags, err := s.lib.Flags(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	marked := map[string]bool{}
	for thing := range flags {
		marked[thing.Kind+" "+thing.ID] = true
	}
	want := map[string]bool{}
	citing, err := s.lib.Citing(t.Context(), "luat-85-2015", "dieu-71")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range citing {
		want[c.Kind+" "+c.ID] = true
	}
	if len(want) < 5 || len(marked) != len(want) {
		t.Errorf("%d texts are marked, %d cite the article", len(marked), len(want))
	}
	for _, c := range citing {
		if !marked[c.Kind+" "+c.ID] {
			t.Errorf("%s %s cites the article and is not marked", c.Kind, c.ID)
		}
		if c.Path == "" {
			continue
		}
		path, entry, _ := strings.Cut(c.Path, "#")
		a := reader.get(path)
		if entry != "" { // a term, one of many on its page
			if a.page.Find("#"+entry+" .banner.warn").Length() != 1 {
				t.Errorf("%s: no banner", c.Path)
			}
			continue
		}
		if a.count(".banner.warn a[href^='/van-ban/85-2015-qh13/dieu-71']") != 1 || !strings.Contains(a.said(".banner.warn"), "Giờ mới.") {
			t.Errorf("%s: got banner %q", c.Path, a.said(".banner"))
		}
	}
	guides, err := s.lib.Guides(t.Context(), content.GuideFilter{})
	if err != nil {
		t.Fatal(err)
	}
	others := 0
	for _, g := range guides {
		if !want[content.KindGuide+" "+g.ID] {
			others++
			if a := reader.get(g.Path()); a.count(".banner.warn") != 0 {
				t.Errorf("%s does not cite it and is marked: %s", g.Path(), a.said(".banner"))
			}
		}
	}
	if got := reader.get(theDay + "/the-in").said(".sheet"); !strings.Contains(got, "LƯU Ý: Đang xem lại: căn cứ đã đổi. Hãy hỏi Ủy ban bầu cử") {
		t.Errorf("the card does not warn: %q", got)
	}
	if others == 0 {
		t.Error("every guide cites the article; take another one")
	}
	if a := reader.get("/van-ban/85-2015-qh13/dieu-71"); !strings.Contains(a.said(".banner.warn"), "Đã được sửa đổi") {
		t.Errorf("the provision says %q", a.said(".banner"))
	}
	found := reader.get("/tim-kiem?q=gio+bat+dau+ket+thuc+bo+phieu")
	if !strings.Contains(found.said(".results"), "Đang xem lại") || found.count(".direct") != 0 {
		t.Errorf("search: direct %q, marked %d", found.said(".direct"), found.count(".results .tag.warn"))
	}
	if !strings.Contains(reader.get("/api/v1/search?q=gio+bat+dau+ket+thuc+bo+phieu").text, `"under_review":true`) {
		t.Error("the API does not say that a hit is under review")
	}
	desk := approver.get("/bien-tap")
	if !strings.Contains(desk.said("a[href='/bien-tap/hieu-luc'] b"), viet.Number(len(want))) {
		t.Errorf("the desk counts %q, want %d", desk.said("a[href='/bien-tap/hieu-luc'] b"), len(want))
	}

	list := approver.get("/bien-tap/hieu-luc")
	checkPage(t, "/bien-tap/hieu-luc", list)
	form2 := list.page.Find("form:has(button:contains('Đã xem, bài vẫn đúng'))").First()
	fields := url.Values{}
	form2.Find("input[name]").Each(collect(fields))
	fields.Set("ghi-chu", "Đọc lại, vẫn đúng.")
	if a := approver.post(form2.AttrOr("action", ""), fields); a.StatusCode != 303 {
		t.Fatalf("affirming: got status %d: %s", a.StatusCode, a.said("main"))
	}
	if again := approver.get("/bien-tap/hieu-luc"); !strings.Contains(again.said("main"), "Lê Người Duyệt xác nhận lúc") || !strings.Contains(again.said("main"), "Đọc lại, vẫn đúng.") {
		t.Errorf("the list does not say who looked: %s", again.said("main"))
	}
	after, err := s.lib.Flags(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, still := after[content.Thing{Kind: fields.Get("loai"), ID: fields.Get("bai")}]; still || len(after) != len(want)-1 {
		t.Errorf("%d are marked after one was affirmed, want %d", len(after), len(want)-1)
	}
	if got := list.page.Find("form[action$='/rut']").Length(); got != 1 {
		t.Fatalf("%d ways to withdraw, want 1", got)
	}
	if a := approver.submit(list.page.Find("form[action$='/rut']").AttrOr("action", ""), nil); a.StatusCode != 303 {
		t.Fatalf("withdrawing: got status %d", a.StatusCode)
	}
	if a := reader.get(theDay); a.count(".banner.warn") != 0 || a.count(".banner.ok") != 1 {
		t.Errorf("after it was withdrawn: %s", a.said(".banner"))
	}
}

func TestAChangeToComeIsAnnounced(t *testing.T) {
	s := newSite(t)
	form := content.AmendmentForm{Of: "luat-85-2015 dieu-71", By: "luat-83-2025", Effect: "replaced", Successor: "luat-83-2025 dieu-1", Since: string(usual().Today().AddDays(30))}
	if _, err := s.lib.RecordAmendment(t.Context(), form, "p"); err != nil {
		t.Fatal(err)
	}
	reader := s.visitor(t)
	if got := reader.get(theDay).said(".banner.info"); !strings.Contains(got, "Căn cứ sẽ đổi từ ngày") || !strings.Contains(got, "Nay là Luật 83/2025/QH15, Điều 1") {
		t.Errorf("got banner %q", got)
	}
	if got := reader.get("/tim-kiem?q=gio+bat+dau+ket+thuc+bo+phieu").count(".results .tag.warn"); got != 0 {
		t.Errorf("%d hits are under review before the day", got)
	}
}

func TestWrongFormsOfAmendmentsComeBack(t *testing.T) {
	s := newSite(t)
	approver := s.inside(t, s.person(t, accounts.Approver, provinceUnit, "Lê Người Duyệt", "0912000001"))
	right := func() url.Values {
		return url.Values{"of": {"luat-85-2015 dieu-71"}, "by": {"luat-83-2025"}, "effect": {"amended"}, "since": {"2026-12-01"}, "note": {"Giờ mới"}}
	}
	for field, value := range map[string]string{
		"of": "Điều 71", "by": "luat-999-2030", "effect": "gone", "successor": "luat-85-2015 dieu-99", "since": "32/13", "note": strings.Repeat("dài ", 200),
	} {
		form := right()
		form.Set(field, value)
		for _, path := range []string{"/bien-tap/hieu-luc", "/bien-tap/hieu-luc/thu"} {
			a := approver.submit(path, form)
			if a.StatusCode != 422 || a.count(".err") != 1 || !strings.Contains(a.text, "Giờ mới") && field != "note" {
				t.Errorf("%s with %s=%.20q: got status %d, %d sentences", path, field, value, a.StatusCode, a.count(".err"))
			}
		}
	}
	if a := approver.submit("/bien-tap/hieu-luc", right()); a.StatusCode != 303 {
		t.Fatalf("the right form: got status %d: %s", a.StatusCode, a.said("main"))
	}
	if a := approver.submit("/bien-tap/hieu-luc", right()); a.StatusCode != 409 || !strings.Contains(a.said("main"), "đã được ghi") {
		t.Errorf("twice: got status %d: %s", a.StatusCode, a.said("main"))
	}
	for path, form := range map[string]url.Values{"/bien-tap/hieu-luc/nobody/rut": nil, "/bien-tap/hieu-luc/nobody/con-dung": {"loai": {"guide"}, "bai": {"x"}}} {
		if got := approver.submit(path, form).StatusCode; got != 404 {
			t.Errorf("%s: got status %d, want 404", path, got)
		}
	}
}

func TestASelfCheckLeavesOutSuspendedQuestions(t *testing.T) {
	s := newSite(t)
	reader := s.visitor(t)
	before := reader.get(guidePath).count("form[action$='/tu-kiem-tra'] fieldset")
	guide, err := s.lib.Guide(t.Context(), "trang-tri-phong-bo-phieu")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, part := range guide.Body.Parts {
		ids = append(ids, part.Keys...)
	}
	q, err := s.bank.Question(t.Context(), ids[0])
	if err != nil || before < 2 {
		t.Fatal(before, err)
	}
	id, err := s.lib.RecordAmendment(t.Context(), content.AmendmentForm{Of: q.Basis[0].String(), By: "luat-83-2025", Effect: "amended", Since: string(usual().Today())}, "p")
	if err != nil {
		t.Fatal(err)
	}
	if after := reader.get(guidePath).count("form[action$='/tu-kiem-tra'] fieldset"); after >= before {
		t.Errorf("%d questions are asked, %d before their law changed", after, before)
	}
	flags, err := s.lib.Flags(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, id2 := range ids {
		if flags[content.Thing{Kind: quizzes.KindQuestion, ID: id2}] == nil {
			continue
		}
		if err := s.lib.Affirm(t.Context(), id, content.Thing{Kind: quizzes.KindQuestion, ID: id2}, "Vẫn đúng.", "p"); err != nil {
			t.Fatal(err)
		}
	}
	if again := reader.get(guidePath).count("form[action$='/tu-kiem-tra'] fieldset"); again != before {
		t.Errorf("%d questions are asked after somebody looked, want %d", again, before)
	}
}

// A question that only a guide asks comes back when its text names what holds now.
func TestACorrectedQuestionIsAskedAgain(t *testing.T) {
	s := newSite(t)
	const alone = `// basis: luat-85-2015 dieu-69 khoan-1
// read: /huong-dan/trang-tri-co-dong/trang-tri-phong-bo-phieu
// topic: trang-tri-co-dong
// trust: V
::cau-rieng-1:: Câu này đúng hay sai? {TRUE####Đúng.}
`
	save := func(text string) {
		if err := s.bank.Save(t.Context(), "rieng.gift", text, "p"); err != nil {
			t.Fatal(err)
		}
	}
	flagged := func() bool {
		flags, err := s.lib.Flags(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return flags[content.Thing{Kind: quizzes.KindQuestion, ID: "cau-rieng-1"}] != nil
	}
	save(alone)
	if _, err := s.lib.RecordAmendment(t.Context(), content.AmendmentForm{Of: "luat-85-2015 dieu-69", By: "luat-83-2025", Effect: "amended", Since: string(usual().Today())}, "p"); err != nil {
		t.Fatal(err)
	}
	if !flagged() {
		t.Fatal("a question is not flagged whose law changed")
	}
	save(strings.ReplaceAll(alone, "dieu-69 khoan-1", "dieu-71"))
	if flagged() {
		t.Error("a question is flagged still that rests on what holds")
	}
	save(alone)
	if !flagged() {
		t.Error("a question is not flagged that rests again on what changed")
	}
}

// The questions that an amendment concerns are named together.
func TestThePageOfAmendmentsAsksTheBankOnce(t *testing.T) {
	s := newSite(t)
	if _, err := s.lib.RecordAmendment(t.Context(), content.AmendmentForm{Of: "luat-85-2015", By: "luat-83-2025", Effect: "amended", Since: string(usual().Today())}, "p"); err != nil {
		t.Fatal(err)
	}
	approver := s.inside(t, s.person(t, accounts.Approver, provinceUnit, "Lê Người Duyệt", "0912000001"))
	approver.get("/bien-tap/hieu-luc") // what is kept until the next change is read now
	before := s.db.Statements()
	a := approver.get("/bien-tap/hieu-luc")
	wantStatus(t, "amendments", a, 200)
	questions := strings.Count(a.said("main"), "Câu trắc nghiệm")
	if got := s.db.Statements() - before; questions < 50 || got > 50 {
		t.Errorf("%d questions are named with %d statements, want 50 at most", questions, got)
	}
}

// What is not in force yet says so also when its law will change.
func TestAFlagHidesNoOtherWarning(t *testing.T) {
	s := newSite(t).again(t, func(c *web.Config) { c.Today = func() viet.Date { return "2025-01-01" } })
	reader := s.visitor(t)
	const situation = "/tinh-huong/quen-the-cu-tri"
	for _, path := range []string{theDay, situation} {
		if got := reader.get(path).said(".banner.info"); !strings.Contains(got, "Áp dụng từ ngày") {
			t.Fatalf("%s: got banner %q", path, got)
		}
	}
	for _, of := range []string{"luat-85-2015 dieu-71", "luat-85-2015 dieu-69"} {
		if _, err := s.lib.RecordAmendment(t.Context(), content.AmendmentForm{Of: of, By: "luat-83-2025", Effect: "amended", Since: "2025-01-01"}, "p"); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{theDay, situation} {
		a := reader.get(path)
		if !strings.Contains(a.said(".banner.info"), "Áp dụng từ ngày") || a.count(".banner.warn") == 0 {
			t.Errorf("%s: got banners %q", path, a.said(".banner"))
		}
	}
}

// What was affirmed on the site that an export came from is told so: nobody of
// this site is named, nor when somebody looked.
func TestWhatWasAffirmedElsewhereNamesNobodyHere(t *testing.T) {
	s := newSite(t)
	const key = `"of":"luat-85-2015 dieu-69","by":"luat-83-2025","since":"2026-03-01"`
	folder, err := content.ReadFolder(fstest.MapFS{
		"bai-moi.md":       &fstest.MapFile{Data: []byte("---\ntitle: Bài mới\ntopic: kiem-phieu-bien-ban\nphase: on\nroles: [to-bau-cu]\nsummary: Tóm tắt.\ntrust: N\nbasis: [luat-85-2015 dieu-69]\n---\nNội dung.\n")},
		"amendments.jsonl": &fstest.MapFile{Data: []byte("{" + key + `,"effect":"amended"}`)},
		"affirmed.jsonl":   &fstest.MapFile{Data: []byte("{" + key + `,"kind":"guide","text":"bai-moi","note":"Vẫn đúng."}`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.lib.ImportFolder(t.Context(), folder, true, accounts.Operator); err != nil {
		t.Fatal(err)
	}
	approver := s.inside(t, s.person(t, accounts.Approver, provinceUnit, "Lê Người Duyệt", "0912000001"))
	list := approver.get("/bien-tap/hieu-luc")
	checkPage(t, "/bien-tap/hieu-luc", list)
	if got := list.said("details:contains('1 bài đã xem lại')"); !strings.Contains(got, "Bài mới Xác nhận trên trang cũ, nhập về đây lúc") || !strings.Contains(got, "Vẫn đúng.") || strings.Contains(got, content.Elsewhere) {
		t.Errorf("got %s", got)
	}
	if s.visitor(t).get("/huong-dan/kiem-phieu-bien-ban/bai-moi").count(".banner.warn") != 0 {
		t.Error("the text that was affirmed is marked")
	}
}
