package web_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"sotay/content"
)

type feed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Author  string   `xml:"author>name"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Entries []struct {
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
		Summary string `xml:"summary"`
		Link    struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
	} `xml:"entry"`
}

func readFeed(t *testing.T, v *visitor) feed {
	t.Helper()
	a := v.get("/moi.atom")
	wantStatus(t, "/moi.atom", a, 200)
	if got := a.Header.Get("Content-Type"); got != "application/atom+xml; charset=utf-8" {
		t.Errorf("the feed is %s", got)
	}
	wantStatus(t, "the feed again", v.get("/moi.atom", "If-None-Match", a.Header.Get("Etag")), 304)
	var f feed
	if err := xml.Unmarshal([]byte(a.text), &f); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestTheFeedOfNewsIsAtom(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	before := readFeed(t, v)
	if before.ID != "tag:example.com,2026:moi" || before.Title == "" || before.Author == "" || len(before.Links) != 2 || len(before.Entries) != 50 {
		t.Errorf("got id %q, %d links, %d entries", before.ID, len(before.Links), len(before.Entries))
	}
	ids := map[string]bool{}
	for _, e := range before.Entries {
		at, err := time.Parse(time.RFC3339, e.Updated)
		u, wrong := url.Parse(e.Link.Href)
		if err != nil || at.IsZero() || wrong != nil || !u.IsAbs() || e.Title == "" || !strings.HasPrefix(e.ID, "tag:example.com,2026:") || ids[e.ID] {
			t.Errorf("faulty entry %+v", e)
		}
		ids[e.ID] = true
		wantStatus(t, e.Link.Href, v.get(u.RequestURI()), 200)
	}
	if got := v.get("/").page.Find(`link[type="application/atom+xml"]`).AttrOr("href", ""); got != "/moi.atom" {
		t.Errorf("pages name the feed %q", got)
	}

	publishGuide(t, s, "kiem-phieu.md", func(source string) string { return source + "\n\nMột đoạn < mới & khác.\n" })
	after := readFeed(t, v)
	first := after.Entries[0]
	if ids[first.ID] || !strings.HasSuffix(first.ID, "/2") || !strings.HasSuffix(first.Link.Href, changedGuide+"/thay-doi?ban=2") || !strings.Contains(first.Summary, "Sửa, bản 2") {
		t.Errorf("the changed guide is %+v", first)
	}
	for _, e := range after.Entries[1 : len(after.Entries)-1] {
		if !ids[e.ID] {
			t.Errorf("%s has another id than before", e.Title)
		}
	}
	page := v.get("/moi")
	if got := page.said(".linklist li:first-child"); !strings.Contains(got, "Kiểm phiếu tại phòng bỏ phiếu") || !strings.Contains(got, "Sửa, bản 2") {
		t.Errorf("the page of news begins %q", got)
	}
}

func TestReadersSeeWhatWasChanged(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	first := v.get(changedGuide)
	publishGuide(t, s, "kiem-phieu.md", func(source string) string {
		return strings.Replace(source, "title: Kiểm phiếu tại phòng bỏ phiếu", "title: Kiểm phiếu ở phòng bỏ phiếu", 1) + "\n\nMột đoạn **mới**, gửi trước {{hạn:bien-ban-kiem-phieu}}.\n"
	})
	a := v.get(changedGuide + "/thay-doi")
	wantStatus(t, "changes", a, 200)
	if got := a.said("ins"); !strings.Contains(got, "ở") || !strings.Contains(got, "Một đoạn mới, gửi trước …") || strings.Contains(got, "**") {
		t.Errorf("added: %q", got)
	}
	if got := a.said("del"); got != "Bỏ: tại" {
		t.Errorf("removed: %q", got)
	}
	if got := a.said(".linklist"); !strings.Contains(got, "Bản 2, 02/3/2026") || !strings.Contains(got, "Bản 1, 02/3/2026") {
		t.Errorf("the revisions are %q", got)
	}
	checkPage(t, "changes", a)
	if old := v.get(changedGuide + "/thay-doi?ban=1"); old.count("ins,del") != 0 {
		t.Error("the first revision has changes")
	}
	was, is := first.page.Find("article").AttrOr("data-marks", ""), v.get(changedGuide).page.Find("article").AttrOr("data-marks", "")
	if was == "" || was == is || !strings.Contains(is, `"muc-`) {
		t.Errorf("the marks of sections were %q and are %q", was, is)
	}
}

// changedTexts is a text of each kind but guides and answers, a change, where
// readers see it, and the word that was added.
var changedTexts = []struct{ kind, file, was, is, changes, added string }{
	{"Tình huống", "situations/mat-dien.md", "Làm gì\n\n", "Làm gì\n\nGiữ bình tĩnh.\n\n", "/tinh-huong/mat-dien/thay-doi", "Giữ bình tĩnh."},
	{"Thuật ngữ", "terms/ban-bau-cu.md", "Tổ chức phụ trách", "Cơ quan phụ trách", "/thuat-ngu/ban-bau-cu/thay-doi", "Cơ quan"},
	{"Sơ đồ", "plans/phong-hai-cua.yaml", "Nhìn thấy hòm phiếu", "Nhìn thấy hai hòm phiếu", "/so-do/phong-hai-cua/thay-doi", "hai"},
	{"Văn bản", "law/blhs-2015.md", "Phạt cảnh cáo", "Bị phạt cảnh cáo", "/van-ban/100-2015-qh13/thay-doi", "Bị phạt"},
	{"Tập huấn", "sessions/2026-03-02-tap-huan-nghiep-vu-bau-cu.md", "title: ", "title: Lần hai, ", "/tap-huan/2026-03-02-tap-huan-nghiep-vu-bau-cu/thay-doi", "Lần hai,"},
}

func TestEveryKindTellsReadersWhatWasChanged(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	for _, c := range changedTexts {
		text := strings.TrimSuffix(c.changes, "/thay-doi")
		if first := v.get(c.changes); first.StatusCode != 200 || first.count("ins,del") != 0 || c.kind != "Thuật ngữ" && v.get(text).count(`.meta a[href="`+c.changes+`"]`) != 1 {
			t.Errorf("%s before the change: status %d, %d changes", c.changes, first.StatusCode, first.count("ins,del"))
		}
		publishFile(t, s, c.file, func(source string) string {
			if !strings.Contains(source, c.was) {
				t.Fatalf("%s does not say %q", c.file, c.was)
			}
			return strings.Replace(source, c.was, c.is, 1)
		})
		a := v.get(c.changes)
		checkPage(t, c.changes, a)
		if got := a.said("ins"); got != "Thêm: "+c.added {
			t.Errorf("%s: added %q, want %q", c.changes, got, c.added)
		}
		if a.count(`.linklist a[href="`+c.changes+`?ban=1"]`) != 1 || v.get(c.changes+"?ban=1").StatusCode != 200 {
			t.Errorf("%s has no way to the first revision", c.changes)
		}
		revised := "Sửa, bản 2"
		if c.kind == "Văn bản" { // nobody may think that the law was amended
			revised = "Sửa tóm tắt trong sổ tay, bản 2"
		}
		if (c.kind == "Văn bản") != strings.Contains(a.said("main"), "Văn bản gốc không đổi") {
			t.Errorf("%s does not say what was changed", c.changes)
		}
		if got := v.get("/moi").said(`li:has(a[href="` + c.changes + `?ban=2"])`); !strings.Contains(got, c.kind+". "+revised) {
			t.Errorf("the page of news says %q of %s", got, c.file)
		}
		wantStatus(t, "none", v.get(strings.Replace(c.changes, "/thay-doi", "-khong-co/thay-doi", 1)), 404)
	}
	if got := v.get("/thuat-ngu").page.Find(`.entry a[href$="/thay-doi"]`); got.Length() != 1 || got.AttrOr("href", "") != "/thuat-ngu/ban-bau-cu/thay-doi" {
		t.Errorf("%d terms lead to what was changed, want the one", got.Length())
	}
}

func TestNewsOfLawLeadsToTheProvisionAndToWhatCitesIt(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	form := content.AmendmentForm{Of: "luat-85-2015 dieu-71", By: "luat-83-2025 dieu-1", Effect: "amended", Since: "2026-12-01", Note: "Giờ mới."}
	id, err := s.lib.RecordAmendment(t.Context(), form, "p")
	if err != nil {
		t.Fatal(err)
	}
	const line = `.linklist li:has(a[href="/van-ban/85-2015-qh13/dieu-71"])`
	page := v.get("/moi")
	checkPage(t, "/moi", page)
	if got := page.said(line); !strings.Contains(got, "Điều 71 được sửa đổi từ ngày 01/12/2026") || !strings.Contains(got, "Căn cứ đổi. Mới ghi: Giờ mới.") {
		t.Errorf("got %q", got)
	}
	to := page.page.Find(line+` a.small`).AttrOr("href", "")
	if to != "/van-ban/85-2015-qh13/dieu-71#noi-dan" || v.get("/van-ban/85-2015-qh13/dieu-71").count("h2#noi-dan ~ ul a[href='"+theDay+"']") != 1 {
		t.Errorf("the way to what cites it is %q", to)
	}
	named := func() (found bool) {
		for _, e := range readFeed(t, v).Entries {
			found = found || e.ID == "tag:example.com,2026:amendment/"+id && strings.HasSuffix(e.Link.Href, "/van-ban/85-2015-qh13/dieu-71")
		}
		return found
	}
	if !named() {
		t.Error("the feed does not know the amendment")
	}
	if err := s.lib.WithdrawAmendment(t.Context(), id, "p"); err != nil {
		t.Fatal(err)
	}
	if named() || v.get("/moi").page.Find(line).Length() != 0 {
		t.Error("it is news although it was withdrawn")
	}
}

func TestAChangedQuizIsNews(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	later := s.now(t).Add(72 * time.Hour)
	s.db.SetClock(func() time.Time { return later })
	source, err := os.ReadFile("../quizzes/bank/30-kiem-phieu-va-bien-ban.gift")
	if err != nil {
		t.Fatal(err)
	}
	before := readFeed(t, v)
	changed := regexp.MustCompile(`(?m)^(// *title: *)`).ReplaceAllString(string(source), "${1}Bài mới: ")
	if err := s.bank.Save(t.Context(), "30.gift", changed, "operator"); err != nil {
		t.Fatal(err)
	}
	first := readFeed(t, v).Entries[0]
	if !strings.Contains(first.Title, "Bài mới: ") || !strings.Contains(first.Link.Href, "/trac-nghiem/") || !strings.Contains(first.Summary, "Mới đăng hoặc vừa sửa.") || first.Updated != later.UTC().Format(time.RFC3339) {
		t.Errorf("got %+v", first)
	}
	for _, e := range before.Entries {
		if e.ID == first.ID {
			t.Error("the changed quiz has the id that it had before")
		}
	}
	if got := v.get("/moi").said(".linklist li:first-child"); !strings.Contains(got, "Trắc nghiệm. Mới đăng hoặc vừa sửa") {
		t.Errorf("the page of news begins %q", got)
	}
}

// maxNews is what the page of news may weigh on its way, long as it is.
const maxNews = 8 << 10

func TestThePageOfNewsStaysSmall(t *testing.T) {
	s := newSite(t)
	for _, of := range []string{"dieu-69", "dieu-70", "dieu-71", "dieu-72", "dieu-73", "dieu-74", "dieu-75", "dieu-76", "dieu-77", "dieu-78"} {
		form := content.AmendmentForm{Of: "luat-85-2015 " + of, By: "luat-83-2025 dieu-1", Effect: "amended", Since: "2026-12-01", Note: "Giờ mới."}
		if _, err := s.lib.RecordAmendment(t.Context(), form, "p"); err != nil {
			t.Fatal(err)
		}
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	a := s.visitor(t).get("/moi")
	if _, err := w.Write([]byte(a.text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil || packed.Len() > maxNews || a.page.Find(".section .linklist > li").Length() != 50 {
		t.Errorf("%d bytes packed, want at most %d; %d pieces of news", packed.Len(), maxNews, a.page.Find(".section .linklist > li").Length())
	}
	t.Logf("%d bytes, %d packed", len(a.text), packed.Len())
}

func TestASituationMarksItsNodes(t *testing.T) {
	s := newSite(t)
	const path = "/tinh-huong/mat-dien"
	v := s.visitor(t)
	marks := func() map[string]string {
		m := map[string]string{}
		a := v.get(path)
		if err := json.Unmarshal([]byte(a.page.Find("article").AttrOr("data-marks", "")), &m); err != nil {
			t.Fatal(err)
		}
		for id := range m {
			if a.count("section#"+id+" > h2#h-"+id) != 1 {
				t.Errorf("nothing on the page is marked by %q", id)
			}
		}
		if len(m) != a.count(".node") || a.count("[data-changed][hidden]") != 1 {
			t.Errorf("%d marks of %d nodes", len(m), a.count(".node"))
		}
		return m
	}
	before := marks()
	publishFile(t, s, "situations/mat-dien.md", func(source string) string {
		return strings.Replace(source, "### Làm gì\n\n", "### Làm gì\n\nGiữ bình tĩnh.\n\n", 1)
	})
	changed := 0
	for id, mark := range marks() {
		if before[id] != mark {
			changed++
		}
	}
	if changed != 1 {
		t.Errorf("%d nodes are marked anew, want 1", changed)
	}
}
