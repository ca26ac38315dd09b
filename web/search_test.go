package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"sotay/search"
	"sotay/web"
)

func TestSearchMarksWhatItFound(t *testing.T) {
	v := readSite(t).visitor(t)
	for name, query := range map[string]string{
		"without tones": "hom phieu phu", "with tones": "hòm phiếu phụ", "decomposed": "ho\u0300m phie\u0302\u0301u phu\u0323", "capitals": "HÒM PHIẾU PHỤ",
	} {
		a := v.get("/tim-kiem?q=" + url.QueryEscape(query))
		wantStatus(t, name, a, 200)
		checkPage(t, name, a)
		if a.count(".results > li") == 0 || a.count(".results mark") == 0 {
			t.Errorf("%s: got %d hits with %d marks", name, a.count(".results > li"), a.count(".results mark"))
		}
		if got := a.page.Find("main input[name=q]").AttrOr("value", ""); !strings.EqualFold(got, "hom phieu phu") && !strings.EqualFold(got, "hòm phiếu phụ") {
			t.Errorf("%s: the field holds %q", name, got)
		}
		if !strings.Contains(a.said("title"), "Tìm: ") || a.count("meta[name=robots][content=noindex]") != 1 {
			t.Errorf("%s: got title %q", name, a.said("title"))
		}
	}
}

func TestSearchNarrowsByKindAndTopic(t *testing.T) {
	v := readSite(t).visitor(t)
	for slug, want := range map[string]string{"huong-dan": "/huong-dan/", "hoi-dap": "/hoi-dap/", "van-ban": "/van-ban/", "trac-nghiem": "/trac-nghiem/", "so-do": "/so-do/"} {
		a := v.get("/tim-kiem?q=bo+phieu&loai=" + slug)
		hits := a.page.Find(".results h2 a")
		if hits.Length() == 0 {
			t.Errorf("%s: no hits", slug)
		}
		for i := range hits.Nodes {
			if href := hits.Eq(i).AttrOr("href", ""); !strings.HasPrefix(href, want) {
				t.Errorf("%s: got %s", slug, href)
			}
		}
		if a.count(".facet input[name=loai][checked]") != 1 || a.count(".facet input[name=loai][checked][value="+slug+"]") != 1 {
			t.Errorf("%s: the boxes do not show what is chosen", slug)
		}
	}
	a := v.get("/tim-kiem?q=cu+tri&chu-de=danh-sach-cu-tri")
	if got := a.said("ul[aria-label='Đang lọc theo'] a"); got != "Danh sách cử tri, bỏ mục lọc này ✕" {
		t.Errorf("got %q", got)
	}
	if got := a.page.Find("ul[aria-label='Đang lọc theo'] a").AttrOr("href", ""); got != "/tim-kiem?q=cu+tri" {
		t.Errorf("without the topic: got %q", got)
	}
}

func TestSearchSaysNoMoreThanItMust(t *testing.T) {
	v := readSite(t).visitor(t)
	one := v.get("/tim-kiem?q=" + url.QueryEscape("HĐ-0001") + "&loai=hoi-dap")
	if one.count(".results > li") == 0 || one.count("nav[aria-label='Trang kết quả']") != 0 || strings.Contains(one.said(".results"), "Biên soạn") {
		t.Errorf("one page of hits: got %q", one.said("main"))
	}
	plain, narrowed := v.get("/tim-kiem?q=xyzzyqwv"), v.get("/tim-kiem?q=xyzzyqwv&loai=van-ban")
	if plain.count("main ul a[href^='/tim-kiem?q=']") < 6 || strings.Contains(plain.said("main"), "Bỏ bộ lọc") {
		t.Errorf("no hits: got %q", plain.said("main"))
	}
	if got := narrowed.page.Find("main li a:contains('Bỏ bộ lọc')").AttrOr("href", ""); got != "/tim-kiem?q=xyzzyqwv" {
		t.Errorf("without the filter: got %q", got)
	}
	bare := v.get("/tim-kiem")
	if bare.count("main form label[for=q]:not(.vh)") != 1 || bare.count("main form .hint a[href^='/tim-kiem?q=']") < 3 {
		t.Errorf("nothing asked: got %q", bare.said("main form"))
	}
}

func TestSearchIsPaged(t *testing.T) {
	v := readSite(t).visitor(t)
	seen := map[string]bool{}
	path := "/tim-kiem?q=phieu"
	for pages := 0; path != "" && pages < 30; pages++ {
		a := v.get(path)
		wantStatus(t, path, a, 200)
		hits := a.page.Find(".results h2 a")
		for i := range hits.Nodes {
			href := hits.Eq(i).AttrOr("href", "")
			if seen[href] {
				t.Errorf("%s stands on two pages", href)
			}
			seen[href] = true
		}
		path = a.page.Find("nav[aria-label='Trang kết quả'] a").Last().AttrOr("href", "")
		if !strings.Contains(a.page.Find("nav[aria-label='Trang kết quả']").Text(), "Trang sau") {
			break
		}
	}
	if len(seen) < 20 {
		t.Errorf("all pages together have %d hits", len(seen))
	}
}

func TestOddQueriesAreAnsweredInWords(t *testing.T) {
	v := readSite(t).visitor(t)
	tests := []struct {
		name, query string
		status      int
		says        string
	}{
		{"empty", "", 200, ""},
		{"blank", "+%20+", 200, ""},
		{"too long", strings.Repeat("a%CC%81", 301), 422, "nhiều nhất 300 ký tự"},
		{"long but fitting", strings.Repeat("%E1%BA%BF", 300), 200, ""},
		{"broken text", "phi%ff%feu", 422, "ký tự không đọc được"},
		{"NUL", "phieu%00", 422, "ký tự không đọc được"},
		{"private use", "%EE%80%80", 422, "ký tự không đọc được"},
		{"query language", "%2B-%3A%22%28%29%7B%7D%5B%5D%5E~*%3F%5C%2F", 200, ""},
		{"wildcard", "*", 200, ""},
		{"regular expression", "%2F.*%2F", 200, ""},
		{"script", "%3Cscript%3Ealert(1)%3C%2Fscript%3E", 200, ""},
		{"template", "%7B%7B.%7D%7D", 200, ""},
		{"newlines", "a%0d%0ab", 200, ""},
	}
	for _, tt := range tests {
		a := v.get("/tim-kiem?q=" + tt.query)
		wantStatus(t, tt.name, a, tt.status)
		checkPage(t, tt.name, a)
		if !strings.Contains(a.said(".err"), tt.says) || (tt.says == "") != (a.count(".err") == 0) {
			t.Errorf("%s: got %q, want %q", tt.name, a.said(".err"), tt.says)
		}
		if tt.status == 422 && (a.count("main input[aria-invalid][aria-describedby=q-loi]") != 1 || a.page.Find("main input[name=q]").AttrOr("value", "") == "" && tt.name != "private use") {
			t.Errorf("%s: the field does not hold what was typed, or says nothing of its fault", tt.name)
		}
		if strings.Contains(a.text, "<script>alert") {
			t.Errorf("%s: the query runs", tt.name)
		}
	}
}

func TestSearchInterfaceKeepsItsShape(t *testing.T) {
	v := readSite(t).visitor(t)
	a := v.get("/api/v1/search?q=bo+phieu+noi+khac&kind=answer,guide&limit=3")
	wantStatus(t, "search", a, 200)
	var body map[string]any
	if err := json.Unmarshal([]byte(a.text), &body); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"query", "total", "took_us", "hits"} {
		if _, ok := body[key]; !ok {
			t.Errorf("the answer lacks %s", key)
		}
	}
	hits, _ := body["hits"].([]any)
	if len(hits) != 3 {
		t.Fatalf("got %d hits, want 3", len(hits))
	}
	for _, hit := range hits {
		h, _ := hit.(map[string]any)
		for _, key := range []string{"id", "kind", "ref", "code", "title", "url", "snippet", "score"} {
			if _, ok := h[key]; !ok {
				t.Errorf("a hit lacks %s: %v", key, h)
			}
		}
		if h["kind"] != "answer" && h["kind"] != "guide" {
			t.Errorf("got a hit of kind %v", h["kind"])
		}
	}
	if empty := v.get("/api/v1/search?q=xyzzyqwv").text; !strings.Contains(empty, `"hits":[]`) {
		t.Errorf("no hits: got %s", empty)
	}
	if far := v.get("/api/v1/search?q=phieu&offset=900"); far.StatusCode != 200 || !strings.Contains(far.text, `"hits":[]`) {
		t.Errorf("far beyond: got %d %s", far.StatusCode, far.text)
	}
}

func TestInterfaceRefusesNonsenseInVietnamese(t *testing.T) {
	v := readSite(t).visitor(t)
	tests := []struct {
		path   string
		status int
		says   string
	}{
		{"search", 422, "q: "}, {"search?q=%ff", 422, "q: "}, {"search?q=" + strings.Repeat("a", 301), 422, "q: "},
		{"search?q=a&limit=0", 422, "limit: "}, {"search?q=a&limit=51", 422, "limit: "}, {"search?q=a&limit=x", 422, "limit: "},
		{"search?q=a&offset=-1", 422, "offset: "}, {"search?q=a&offset=1001", 422, "offset: "}, {"search?q=a&kind=person", 422, "kind: "},
		{"search?q=a&kind=answer,", 422, "kind: "}, {"search?q=a&topic=nonsense", 422, "topic: "}, {"search?q=a&topic=danh-sach-cu-tri&topic=nonsense", 422, "topic: "},
		{"search?q=a&session=nonsense", 422, "session: "}, {"search?q=a&law=nonsense", 422, "law: "}, {"search?q=a&agency=%ff", 422, "agency: "},
		{"search?q=a&year=" + strings.Repeat("1", 201), 422, "year: "}, {"search?q=a&sort=oldest", 422, "sort: "}, {"search?q=a&facets=yes", 422, "facets: "},
		{"answers/hd-9999", 404, "Không có"}, {"answers/nonsense", 404, "Không có"}, {"answers/" + strings.Repeat("1", 500), 404, "Không có"},
		{"nothing", 404, ""},
	}
	for _, tt := range tests {
		a := v.get("/api/v1/" + tt.path)
		wantStatus(t, tt.path, a, tt.status)
		var body struct{ Error, Request string }
		if err := json.Unmarshal([]byte(a.text), &body); err != nil || !strings.HasPrefix(body.Error, tt.says) || body.Error == "" || body.Request == "" {
			t.Errorf("%.60s: got %s (%v)", tt.path, a.text, err)
		}
	}
}

func TestAnswerInterfaceGivesTextAndBasis(t *testing.T) {
	v := readSite(t).visitor(t)
	for _, code := range []string{"hd-0001", "HD-0001", "H%C4%90-0001", "hd-1"} {
		a := v.get("/api/v1/answers/" + code)
		wantStatus(t, code, a, 200)
		var body struct {
			Code, Question, Short, HTML, Text, Topic, Agency, Field, Date, Trust, URL string
			Basis                                                                     []struct{ Ref, Label, URL string }
		}
		if err := json.Unmarshal([]byte(a.text), &body); err != nil {
			t.Fatal(err)
		}
		if body.Code != "HĐ-0001" || body.Question == "" || body.Short == "" || body.HTML == "" || body.Text == "" || body.Topic != "bo-phieu-noi-khac" || len(body.Basis) == 0 {
			t.Errorf("%s: got %+v", code, body)
		}
		for _, b := range body.Basis {
			if b.Ref == "" || b.Label == "" || !strings.HasPrefix(b.URL, "/van-ban/") {
				t.Errorf("%s: basis %+v", code, b)
			}
		}
		wantStatus(t, "its page", v.get(body.URL), 200)
	}
}

func TestSearchesAndClicksAreNoted(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	a := v.get("/tim-kiem?q=H%C3%B2m+phi%E1%BA%BFu")
	if got := a.page.Find("[data-asked]").AttrOr("data-asked", ""); got != "Hòm phiếu" {
		t.Errorf("the results name the query %q", got)
	}
	first := a.page.Find("[data-asked] a[data-hit]").AttrOr("data-hit", "")
	if hits := a.count(".results > li"); hits == 0 || a.count(".results a[data-hit]") != hits {
		t.Errorf("%d of %d hits have their id", a.count(".results a[data-hit]"), hits)
	}
	v.get("/api/v1/search?q=hom+phieu")
	for _, same := range []string{"/tim-kiem?q=hom+phieu&trang=2", "/tim-kiem?q=hom+phieu&loai=hoi-dap", "/tim-kiem?q=hom+phieu&chu-de=danh-sach-cu-tri",
		"/tim-kiem?q=hom+phieu&buoi=2026-03-02-tap-huan-nghiep-vu-bau-cu", "/tim-kiem?q=hom+phieu&co-quan=S", "/tim-kiem?q=hom+phieu&nam=2026", "/tim-kiem?q=hom+phieu&van-ban=luat-85-2015",
		"/tim-kiem?q=hom+phieu&sap=moi", "/tim-kiem?q=hom+phieu&dung=1", "/tim-kiem/goi-y?q=hom+phieu", "/tim-kiem/goi-y?q=xyzzyqwv",
		"/api/v1/search?q=hom+phieu&offset=10", "/api/v1/search?q=hom+phieu&kind=answer", "/api/v1/search?q=hom+phieu&session=2026-03-02-tap-huan-nghiep-vu-bau-cu", "/api/v1/search?q=hom+phieu&agency=S",
		"/api/v1/search?q=hom+phieu&year=2026", "/api/v1/search?q=hom+phieu&law=luat-85-2015", "/api/v1/search?q=hom+phieu&sort=newest", "/tim-kiem?q=", "/tim-kiem?q=%ff"} {
		v.get(same)
	}
	v.send("HEAD", "/tim-kiem?q=hom+phieu", nil)
	v.get("/tim-kiem?q=xyzzyqwv+0987.654.321")
	clicked := v.post("/tim-kiem/chon", url.Values{"q": {"Hòm phiếu"}, "id": {first}}, "Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")
	wantStatus(t, "click", clicked, 204)
	if clicked.text != "" || len(v.cookies) > 0 {
		t.Errorf("a click is answered %q and sets %v", clicked.text, v.cookies)
	}
	for name, fields := range map[string]url.Values{
		"nothing": {}, "no hit": {"q": {"a"}}, "no query": {"id": {first}}, "two queries": {"q": {"a", "b"}, "id": {first}},
		"two hits": {"q": {"a"}, "id": {first, first}}, "too long": {"q": {strings.Repeat("a", 301)}, "id": {first}}, "unknown field": {"q": {"a"}, "id": {first}, "who": {"me"}},
	} {
		wantStatus(t, name, v.post("/tim-kiem/chon", fields), 422)
	}
	wantStatus(t, "read", v.get("/tim-kiem/chon"), 405)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.asked.Run(ctx); err != nil {
		t.Fatal(err)
	}
	gaps, err := s.asked.Gaps(t.Context(), "2026-03-02", 10)
	if err != nil {
		t.Fatal(err)
	}
	if len(gaps.Most) != 2 || gaps.Most[0].Query != "hom phieu" || gaps.Most[0].Asked != 2 || gaps.Most[0].Clicks != 1 || gaps.Most[0].Hits == 0 {
		t.Errorf("got %+v", gaps.Most)
	}
	if len(gaps.Nothing) != 1 || gaps.Nothing[0].Query != "xyzzyqwv" {
		t.Errorf("got %+v", gaps.Nothing)
	}
}

func TestPrivacyPageTellsWhatIsKeptOfSearches(t *testing.T) {
	said := readSite(t).visitor(t).get("/quyen-rieng-tu").said("main")
	if want := fmt.Sprintf("giữ %d ngày", search.LogDays); !strings.Contains(said, "Câu tìm kiếm: ") || !strings.Contains(said, "Gợi ý khi gõ: ") || !strings.Contains(said, want) {
		t.Errorf("the page lacks %q: %s", want, said)
	}
}

func FuzzReadText(f *testing.F) {
	for _, s := range []string{"", "hòm phiếu", "a\xffb", "\x00", strings.Repeat("ế", 40), "\ue000", "a\u0301\u0301", " a \n b "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		text, fault := web.ReadText(raw, 30)
		limit := 30
		if fault != "" {
			limit = 60
		}
		if !utf8.ValidString(text) || utf8.RuneCountInString(text) > limit || strings.ContainsAny(text, "\x00\r") {
			t.Fatalf("got %q, %q from %q", text, fault, raw)
		}
		if again, fault := web.ReadText(text, 60); fault != "" || again != strings.Join(strings.Fields(text), " ") {
			t.Fatalf("what is shown again is refused: %q from %q: %s", text, raw, fault)
		}
	})
}

func TestSearchSaysHowItUnderstoodAndOffersTheLiteralSearch(t *testing.T) {
	v := readSite(t).visitor(t)
	page := v.get("/tim-kiem?q=baafu+cuwr+nowi+khac")
	wantStatus(t, "mistyped", page, 200)
	if said := page.said(".expand"); !strings.Contains(said, "bầu cử nơi") {
		t.Errorf("the page does not say what was understood: %q", said)
	}
	literal, ok := page.page.Find(".expand a").First().Attr("href")
	if !ok || !strings.Contains(literal, "dung=1") {
		t.Fatalf("no way to the literal search: %q", literal)
	}
	again := v.get(literal)
	wantStatus(t, "literal", again, 200)
	if said := again.said(".expand"); strings.Contains(said, "Đã hiểu câu hỏi là") {
		t.Errorf("the literal search was corrected: %q", said)
	}
	if again.count(`input[name="q"][value="baafu cuwr nowi khac"]`) == 0 {
		t.Error("what was typed does not come back")
	}
}

func TestTrainingSessionsAreFound(t *testing.T) {
	w := newWriters(t)
	path := "/tap-huan/2026-03-02-tap-huan-nghiep-vu-bau-cu"
	a := w.visitor(t).get("/tim-kiem?q=tap+huan+nghiep+vu&loai=tap-huan")
	wantStatus(t, "sessions alone", a, 200)
	checkPage(t, "sessions alone", a)
	hits := a.page.Find("main .linklist a[href^='" + path + "'], main h3 a[href^='" + path + "'], main h2 a[href^='" + path + "']")
	if hits.Length() == 0 || !strings.Contains(a.said("main"), "Buổi tập huấn") {
		t.Errorf("got %q", a.said("main"))
	}
	if got := w.visitor(t).get("/api/v1/search?q=tap+huan+nghiep+vu&kind=session").text; !strings.Contains(got, path) || strings.Contains(got, `"kind":"answer"`) {
		t.Errorf("got %s", got)
	}
	if texts := w.lan.get("/bien-tap/bai?q=tap+huan+nghiep+vu&loai=tap-huan"); texts.count(".things li") == 0 || texts.count(".things form[action^='/bien-tap/tap-huan/']") == 0 {
		t.Errorf("the desk finds %q", texts.said("main"))
	}
}
