package web_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"sotay/content"
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

// Nothing but the code knows how a topic was called before.
func TestARenamedTopicHasItsNewNameEverywhere(t *testing.T) {
	s := newSite(t)
	lan := s.inside(t, s.person(t, accounts.Trainer, provinceUnit, "Nguyễn Thị Lan", "0912000011"))
	drafts := map[string]string{}
	for _, kind := range []string{"huong-dan", "hoi-dap", "tinh-huong", "tap-huan"} {
		drafts[kind] = strings.TrimSuffix(lan.begin(kind, "Bài mới về phòng bỏ phiếu"), "/soan")
	}
	wantStatus(t, "a draft with a topic", lan.write(drafts["hoi-dap"]+"/soan", "luu", goodAnswer()), 303)
	old, renamed := content.Topics(), content.Topics()
	for i := range renamed {
		renamed[i].Name = fmt.Sprintf("Mảng việc số %d", i+1)
	}
	slices.Reverse(renamed)
	if err := s.lib.SaveTopics(t.Context(), renamed, "p"); err != nil {
		t.Fatal(err)
	}
	named := []string{
		"/", "/huong-dan", guidePath, "/huong-dan/an-ninh-tinh-huong", guidePath + "/thay-doi", "/hoi-dap", "/hoi-dap?chu-de=trang-tri-co-dong", "/tinh-huong",
		"/tinh-huong/quen-the-cu-tri", "/lich", "/tap-huan", "/trac-nghiem", "/tim-kiem?q=phong+bo+phieu", "/tim-kiem?q=phong+bo+phieu&chu-de=trang-tri-co-dong",
		"/tim-kiem?q=bau+cu&loai=trac-nghiem", "/tim-kiem?q=khong+co+gi+nhu+the",
	}
	sessions, err := s.lib.Sessions(t.Context())
	if err != nil || len(sessions) == 0 || len(sessions[0].Topics) == 0 {
		t.Fatal(sessions, err)
	}
	named = append(named, sessions[0].Path())
	for _, topic := range sessions[0].Topics {
		if !strings.HasPrefix(topic.Name, "Mảng việc số ") {
			t.Errorf("the list of sessions says %q", topic.Name)
		}
	}
	for _, draft := range drafts {
		named = append(named, draft+"/soan", draft+"/duyet", draft+"/lich-su")
	}
	named = append(named, "/bien-tap", "/bien-tap/bai", "/bien-tap/bai?loai=tinh-huong", "/bien-tap/cau-hoi", "/bien-tap/huong-dan")
	for _, path := range named {
		a := lan.get(path)
		wantStatus(t, path, a, 200)
		a.page.Find("main option, main label, main .chip, main h2, main h3, main .kicker, main .muted, main .meta li, nav.crumbs li, main ins, main del, main .change, .diff p").Each(func(_ int, e *goquery.Selection) {
			for _, topic := range old {
				if text := strings.TrimSpace(e.Text()); text == topic.Name || strings.HasSuffix(text, ": "+topic.Name) {
					t.Errorf("%s: %q is called as before in %s", path, text, goquery.NodeName(e))
				}
			}
		})
	}
	if said := lan.get(drafts["hoi-dap"] + "/duyet").said(".diff"); !strings.Contains(said, "Mảng việc số 3") || strings.Contains(said, "Bỏ phiếu ở nơi khác") {
		t.Errorf("the comparison says %q", said)
	}
	options := lan.get(drafts["huong-dan"] + "/soan").page.Find("select[name=topic] option[value!='']")
	if options.Length() != len(old) || options.First().Text() != renamed[0].Name {
		t.Errorf("%d topics can be chosen, the first is %q", options.Length(), options.First().Text())
	}
}
