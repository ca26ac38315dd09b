package web_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"sotay/internal/accounts"
)

// TestAnEndIsThreeTapsFromHome goes from the home page by links alone.
func TestAnEndIsThreeTapsFromHome(t *testing.T) {
	v := readSite(t).visitor(t)
	home := v.get("/")
	list := home.page.Find(".urgent a.btn").AttrOr("href", "")
	if list != "/tinh-huong" || home.count(".urgent .linklist a[href^='/tinh-huong/']") == 0 {
		t.Fatalf("home leads to %q", list)
	}
	for _, ways := range [][]string{{list}, nil} { // over the list, or from the home page itself
		taps, page := 0, home
		for _, to := range ways {
			taps, page = taps+1, v.get(to)
			wantStatus(t, to, page, 200)
		}
		to := page.page.Find("a[href^='/tinh-huong/'].tile, .urgent .linklist a").First().AttrOr("href", "")
		taps, page = taps+1, v.get(to)
		wantStatus(t, to, page, 200)
		node := page.page.Find(".node").First()
		for node.HasClass("question") {
			taps++
			target := node.Find(".choices a").First().AttrOr("href", "")
			if node = page.page.Find(".node" + target); node.Length() != 1 {
				t.Fatalf("%s: the choice %q leads nowhere", to, target)
			}
		}
		if taps > 3 {
			t.Errorf("%d taps to an end of %s", taps, to)
		}
		if got := strings.Join(node.Find("h3").Map(func(_ int, e *goquery.Selection) string { return e.Text() }), ", "); got != "Làm gì, Gọi ai, Ghi lại gì, Căn cứ" {
			t.Errorf("%s: an end has %q", to, got)
		}
	}
}

func TestEverySituationIsOnePageWithoutDeadEnds(t *testing.T) {
	v := readSite(t).visitor(t)
	list := v.get("/tinh-huong")
	if jumps := list.count(".chips a[href^='#th-']"); jumps == 0 || jumps != list.count("section h2[id^='th-']") {
		t.Errorf("%d ways to the topics of a long page", jumps)
	}
	all := list.page.Find("a.tile").Map(func(_ int, e *goquery.Selection) string { return e.AttrOr("href", "") })
	if len(all) == 0 {
		t.Fatal("no situations")
	}
	for _, path := range all {
		a := v.get(path)
		checkPage(t, path, a)
		a.page.Find(".choices a").Each(func(_ int, e *goquery.Selection) {
			if a.count(".node"+e.AttrOr("href", "#none")) != 1 || e.Find(".print-only").Text() == "" {
				t.Errorf("%s: %q leads nowhere", path, e.Text())
			}
		})
		if a.count(".node.question .choices") != a.count(".node.question") || a.count(".node:not(.question)") == 0 || a.count(".contacts li") == 0 {
			t.Errorf("%s: %d questions, %d ends", path, a.count(".node.question"), a.count(".node:not(.question)"))
		}
		if !strings.Contains(a.said(".contacts"), "(chưa có)") || a.count(".contacts a") != 0 {
			t.Errorf("%s: numbers out of nowhere: %q", path, a.said(".contacts"))
		}
	}
	wantStatus(t, "none", v.get("/tinh-huong/khong-co"), 404)
}

func TestAUnitsNumbersAreShownOnTheDevicesThatChoseIt(t *testing.T) {
	s := newSite(t)
	lead := s.inside(t, s.person(t, accounts.Lead, ownUnit, "Lò Thị Lead", "0912000101"))
	admin := s.inside(t, s.person(t, accounts.Administrator, provinceUnit, "Phạm Quản Trị", "0912000102"))
	const page, situation = "/tinh-huong/so-dien-thoai", "/tinh-huong/quen-the-cu-tri"
	form := lead.get(page)
	checkDesk(t, page, form)
	_, fields := filled(t, form, "form[method=post][action='"+page+"']")
	if fields.Get("don-vi") != ownUnit || form.count("select") != 0 {
		t.Errorf("a lead is offered %v", fields)
	}
	fields.Set("to-truong", "0210 3 111 222")
	fields.Set("to-truong-ghi-chu", "trực cả ngày")
	fields.Set("ubnd-xa", "số nhà ông Tư")
	wrong := lead.submit(page, fields)
	wantStatus(t, "not a number", wrong, 422)
	if wrong.count("#f-ubnd-xa[aria-invalid]") != 1 || wrong.page.Find("#f-to-truong").AttrOr("value", "") != "0210 3 111 222" {
		t.Errorf("got %q", wrong.said("main"))
	}
	fields.Set("ubnd-xa", "")
	saved := lead.submit(page, fields)
	wantStatus(t, "saved", saved, 303)
	if got := lead.follow(saved).said(".banner[role=status]"); !strings.HasPrefix(got, "Đã lưu") {
		t.Errorf("got %q", got)
	}
	fields.Set("don-vi", otherUnit)
	wantStatus(t, "another's unit", lead.submit(page, fields), 404)
	wantStatus(t, "another's unit", lead.get(page+"?don-vi="+otherUnit), 404)
	wantStatus(t, "any unit", admin.get(page+"?don-vi="+otherUnit), 200)
	fields.Set("don-vi", provinceUnit)
	wantStatus(t, "the province's", admin.submit(page, url.Values{"don-vi": {provinceUnit}, "ubnd-xa": {"0210 3 999 999"}, "uy-ban-bau-cu-tinh": {"0210 3 888 888"}}), 303)

	v := s.visitor(t)
	before := v.get(situation)
	if strings.Contains(before.text, "3 111 222") {
		t.Error("shown to who did not choose")
	}
	ask := v.get("/tinh-huong/don-vi?ve=" + situation)
	checkPage(t, "/tinh-huong/don-vi", ask)
	action, choice := filled(t, ask, "form[action='/tinh-huong/don-vi']")
	choice.Set("don-vi", ownUnit)
	chosen := v.post(action, choice)
	if chosen.StatusCode != 303 || chosen.Header.Get("Location") != situation || v.cookies["dv"] != ownUnit {
		t.Fatalf("got %d to %q, cookies %v", chosen.StatusCode, chosen.Header.Get("Location"), v.cookies)
	}
	after := v.get(situation)
	checkPage(t, situation, after)
	if after.count("a[href='tel:02103111222']") < 2 || !strings.Contains(after.said(".contacts"), "trực cả ngày") {
		t.Errorf("got %q", after.said(".contacts"))
	}
	second := s.visitor(t)
	second.cookies["dv"] = ownUnit
	if second.get(situation).text != after.text {
		t.Error("two devices with the same choice see different pages")
	}
	second.cookies["dv"] = "><script>"
	if second.get(situation).text != before.text {
		t.Error("a made-up unit changes the page")
	}
	wantStatus(t, "no such unit", v.post(action, url.Values{"don-vi": {"00000"}, "ve": {"/"}}), 422)
	away := v.post(action, url.Values{"don-vi": {""}, "ve": {"https://vi.example"}})
	if away.Header.Get("Location") != "/" {
		t.Errorf("led to %q", away.Header.Get("Location"))
	}
}

func TestASituationGoesFromTheEditorToReadersAndSearch(t *testing.T) {
	w := newWriters(t)
	path := w.lan.begin("tinh-huong", "Ong bay vào phòng bỏ phiếu")
	checkDesk(t, "editor", w.lan.get(path))
	fields := url.Values{"topic": {"an-ninh-tinh-huong"}, "summary": {"Đưa cử tri ra ngoài, giữ hòm phiếu."}, "trust": {"N"}, "effective": {"2026-01-01"}, "basis": {"luat-85-2015 dieu-71"},
		"asked": {"có tổ ong ở điểm bầu cử\nong đốt cử tri"}, "markdown": {"Giữ bình tĩnh."}, "ly-do": {"Xã hỏi"}}
	wrong := w.lan.write(path, "gui-duyet", fields)
	wantStatus(t, "no tree", wrong, 422)
	if !strings.Contains(wrong.said(".to-mend"), "chưa có câu hỏi") {
		t.Errorf("got %q", wrong.said(".to-mend"))
	}
	end := "\n\n### Làm gì\n\n1. Mời cử tri ra ngoài.\n\n### Gọi ai\n\n- {{gọi:chua-chay}}: nói rõ chỗ.\n\n### Ghi lại gì\n\n- Giờ bắt đầu.\n\n### Căn cứ\n\n- Điều 71.\n\n"
	fields.Set("markdown", "Giữ hòm phiếu.\n\n## Có ai bị đốt không?\n\n- [Có](#muc-co-nguoi-bi-dot)\n- [Không](#muc-khong-ai-bi-dot)\n\n## Có người bị đốt"+end+"## Không ai bị đốt"+end)
	sent := w.lan.write(path, "gui-duyet", fields)
	wantStatus(t, "sent", sent, 303)
	at := strings.TrimSuffix(path, "/soan")
	review := w.duyet.get(at + "/duyet")
	checkDesk(t, "review", review)
	action, verdict := filled(t, review, "form[action$='/duyet']")
	wantStatus(t, "approved", w.duyet.submit(action, verdict), 303)
	history := w.duyet.get(at + "/lich-su")
	checkDesk(t, "history", history)
	const address = "/tinh-huong/ong-bay-vao-phong-bo-phieu"
	if got := history.page.Find(".meta a").AttrOr("href", ""); got != address {
		t.Errorf("the history leads to %q", got)
	}
	shown := w.visitor(t).get(address)
	wantStatus(t, "the situation", shown, 200)
	if shown.count(".node") != 3 || !strings.Contains(shown.said("#muc-co-nguoi-bi-dot"), "Lực lượng chữa cháy: nói rõ chỗ") {
		t.Errorf("got %q", shown.said("main"))
	}
	texts := w.lan.get("/bien-tap/bai?loai=tinh-huong")
	checkDesk(t, "texts", texts)
	if !strings.Contains(texts.said(".things"), "Ong bay vào") {
		t.Errorf("the desk lists %q", texts.said(".things"))
	}
	for range 50 {
		found := w.visitor(t).get("/tim-kiem?loai=tinh-huong&q=" + url.QueryEscape("ong dot cu tri"))
		if found.count(".results a[href^='"+address+"']") > 0 {
			if got := found.said(".results .tag"); !strings.HasPrefix(got, "Tình huống") {
				t.Errorf("the hit is called %q", got)
			}
			return
		}
		waitABit()
	}
	t.Error("search does not find it")
}
