package web_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"sotay/search"
	"sotay/web"
)

const session = "2026-03-02-tap-huan-nghiep-vu-bau-cu"

// full is a result with everything that a page may tell of.
func full() search.Result {
	return search.Result{
		Query: "cu tri di lam an xa", Total: 37,
		Hits: []search.Hit{
			{ID: "answer:1", Kind: search.KindAnswer, Code: "HĐ-0001", Title: "Cử tri <đi> làm ăn xa?", URL: "/hoi-dap/hd-0001", Snippet: "… <mark>cử tri</mark> …", Agency: "Công an tỉnh", Session: session, Date: "2026-03-02"},
			{ID: "answer:2", Kind: search.KindAnswer, Code: "HĐ-0002", Title: "Không tại buổi nào", URL: "/hoi-dap/hd-0002", Agency: "Biên soạn", Date: "2026-02-01"},
			{ID: "law:1", Kind: search.KindLaw, Title: "Cũ", URL: "/van-ban/15-2020-nd-cp", Date: "2020-02-03", Ended: "2026-01-01"},
		},
		Understood: []string{"UBND = Ủy ban nhân dân"}, Near: []string{"tạm vắng", "tạm trú"}, Corrected: "cử tri đi làm ăn xa", Loosened: true, Dropped: []string{"xa", "<b>"},
		Direct: &search.Direct{ID: "answer:1", Code: "HĐ-0001", Title: "Cử tri đi làm ăn xa có được bỏ phiếu không?", URL: "/hoi-dap/hd-0001", Short: "Được. Xin giấy chứng nhận.", Agency: "Công an tỉnh", Date: "2026-03-02"},
		Facets: []search.Facet{
			{Name: search.FacetKind, Counts: []search.Count{{Value: "answer", Hits: 1021}, {Value: "guide", Hits: 9}, {Value: "quiz", Hits: 0}, {Value: "person", Hits: 3}}},
			{Name: search.FacetTopic, Counts: []search.Count{{Value: "bo-phieu-noi-khac", Hits: 24}, {Value: "nonsense", Hits: 2}}},
			{Name: search.FacetSession, Counts: []search.Count{{Value: session, Hits: 14}, {Value: "withdrawn", Hits: 2}}},
			{Name: search.FacetAgency, Counts: []search.Count{{Value: "Sở Văn hóa, Thể thao & \"Du lịch\"", Hits: 2}}},
			{Name: search.FacetYear},
		},
	}
}

func TestFiltersShowWhatTheyWouldLeave(t *testing.T) {
	s := readSite(t).again(t)
	s.ShowFound("/thu", full())
	a := s.visitor(t).get("/thu?q=cu+tri&loai=hoi-dap&loai=van-ban&sap=moi&van-ban=luat-85-2015&trang=2")
	wantStatus(t, "page", a, 200)
	checkPage(t, "page", a)
	var got []string
	for i := range a.page.Find(".facet .opt").Nodes {
		label := a.page.Find(".facet .opt").Eq(i)
		mark := ""
		if label.Find("input[checked]").Length() > 0 {
			mark = " (chosen)"
		}
		got = append(got, label.Find("input").AttrOr("name", "")+"="+label.Find("input").AttrOr("value", "")+": "+strings.Join(strings.Fields(label.Text()), " ")+mark)
	}
	want := []string{
		"loai=hoi-dap: Hỏi đáp 1.021 (chosen)", "loai=van-ban: Văn bản 0 (chosen)", "loai=huong-dan: Hướng dẫn 9",
		"chu-de=bo-phieu-noi-khac: Bỏ phiếu ở nơi khác 24",
		"buoi=" + session + ": Tập huấn nghiệp vụ bầu cử, ngày 02/3/2026 14",
		"co-quan=Sở Văn hóa, Thể thao & \"Du lịch\": Sở Văn hóa, Thể thao & \"Du lịch\" 2",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for name, want := range map[string]string{"q": "cu tri", "sap": "moi", "van-ban": "luat-85-2015"} {
		if got := a.page.Find(".fold-body input[type=hidden][name="+name+"]").AttrOr("value", ""); got != want {
			t.Errorf("the form carries %s %q, want %q", name, got, want)
		}
	}
	if a.count(".fold-body input[name=trang]") != 0 {
		t.Error("the form leads to a later page")
	}
	if got := a.said(".fold summary"); got != "Lọc kết quả (đang chọn 2)" {
		t.Errorf("got summary %q", got)
	}
	for i, want := range []string{"/tim-kiem?loai=van-ban&q=cu+tri&sap=moi&van-ban=luat-85-2015", "/tim-kiem?loai=hoi-dap&q=cu+tri&sap=moi&van-ban=luat-85-2015"} {
		if got := a.page.Find("ul[aria-label='Đang lọc theo'] a").Eq(i).AttrOr("href", ""); got != want {
			t.Errorf("without filter %d: got %s, want %s", i, got, want)
		}
	}
}

func TestLongFacetsAreCutButKeepWhatIsChosen(t *testing.T) {
	s := readSite(t).again(t)
	var many []search.Count
	for _, r := range "ABCDEFGHIJKLMNOPQRST" {
		many = append(many, search.Count{Value: string(r), Hits: 5})
	}
	s.ShowFound("/thu", search.Result{Total: 1, Hits: full().Hits[:1], Facets: []search.Facet{{Name: search.FacetAgency, Counts: many}}})
	a := s.visitor(t).get("/thu?q=x&co-quan=T")
	if a.count(".facet .opt") != 12 || a.page.Find(".facet input").First().AttrOr("value", "") != "T" {
		t.Errorf("got %q", a.said(".facet"))
	}
	tooMany := s.visitor(t).get("/tim-kiem?q=x" + strings.Repeat("&co-quan=a&co-quan=b", 1) + "&nam=1&nam=2&nam=3&nam=4&nam=5&nam=6&nam=7&nam=8&nam=9&nam=10&nam=11&nam=12&nam=13&nam=14&nam=15&nam=16&nam=17&nam=18&nam=19&nam=20&nam=21")
	wantStatus(t, "21 years", tooMany, 422)
	wantStatus(t, "one year 30 times", s.visitor(t).get("/tim-kiem?q=x"+strings.Repeat("&nam=2026", 30)), 200)
}

// TestFiltersKeepTheirPromise takes each filter that a page offers and counts
// what it leaves. Where few hits are left, the search asks for less and may find
// more.
func TestFiltersKeepTheirPromise(t *testing.T) {
	v := readSite(t).visitor(t)
	offered := map[string]int{}
	for _, query := range []string{"q=hom+phieu", "q=hom+phieu&loai=hoi-dap", "q=phieu&van-ban=luat-85-2015"} {
		boxes := v.get("/tim-kiem?" + query).page.Find(".facet input:not([checked])")
		for i := range boxes.Nodes {
			box := boxes.Eq(i)
			name, value := box.AttrOr("name", ""), box.AttrOr("value", "")
			offered[name]++
			address, before := "/tim-kiem?"+query+"&"+name+"="+url.QueryEscape(value), 0
			if name == "loai" && strings.Contains(query, "loai=") { // one more of the same group adds to it
				before = number(t, v.get("/tim-kiem?"+query).said("main p[role=status] b"))
			}
			a := v.get(address)
			wantStatus(t, address, a, 200)
			if got, want := number(t, a.said("main p[role=status] b")), before+number(t, box.Parent().Find(".num").Text()); got < want || got > want && want >= 5 {
				t.Errorf("%s: got %d hits, want %d", address, got, want)
			}
			if a.count(".facet input[name="+name+"][checked]") == 0 {
				t.Errorf("%s: the page does not show the choice", address)
			}
		}
	}
	for _, name := range []string{"loai", "chu-de", "co-quan", "nam"} {
		if offered[name] == 0 {
			t.Errorf("no page offers %s", name)
		}
	}
}

// number reads "1.021 kết quả" and "1.021".
func number(t *testing.T, said string) int {
	t.Helper()
	digits, _, _ := strings.Cut(strings.TrimSpace(said), " ")
	n, err := strconv.Atoi(strings.ReplaceAll(digits, ".", ""))
	if err != nil {
		t.Errorf("%q is no number of hits", said)
	}
	return n
}

func TestUnknownAgenciesAndYearsFindNothing(t *testing.T) {
	v := readSite(t).visitor(t)
	for _, filter := range []string{"co-quan=Không+có", "nam=1999", "nam=nonsense"} {
		a := v.get("/tim-kiem?q=hom+phieu&" + filter)
		wantStatus(t, filter, a, 200)
		checkPage(t, filter, a)
		if a.said("h1") != "Chưa có nội dung cho câu này" || a.page.Find("main li a:contains('Bỏ bộ lọc')").AttrOr("href", "") != "/tim-kiem?q=hom+phieu" {
			t.Errorf("%s: got %q", filter, a.said("main"))
		}
	}
}

func TestSearchSortsByDate(t *testing.T) {
	a := readSite(t).visitor(t).get("/tim-kiem?q=hom+phieu&sap=moi&loai=hoi-dap&loai=van-ban")
	var days []string
	a.page.Find(".results .meta").Each(func(_ int, meta *goquery.Selection) {
		parts := strings.Split(meta.Find("li").Last().Text(), "/")
		if len(parts) != 3 {
			t.Fatalf("a hit has no day: %s", meta.Text())
		}
		days = append(days, fmt.Sprintf("%s-%02s-%02s", parts[2], parts[1], parts[0]))
	})
	if len(days) < 3 || !slices.IsSortedFunc(days, func(a, b string) int { return strings.Compare(b, a) }) {
		t.Errorf("got %v", days)
	}
}

func TestInterfaceNarrowsSortsAndCounts(t *testing.T) {
	v := readSite(t).visitor(t)
	var all, law, none struct {
		Total  int
		Hits   []struct{ URL string }
		Facets map[string][]struct {
			Value string
			Hits  int
		}
	}
	for path, into := range map[string]any{"q=hom+phieu&facets=1&sort=newest": &all, "q=hom+phieu&law=luat-85-2015&limit=50": &law, "q=hom+phieu&agency=nobody&facets=0": &none} {
		if err := json.Unmarshal([]byte(v.get("/api/v1/search?"+path).text), into); err != nil {
			t.Fatal(err)
		}
	}
	if len(all.Facets["kind"]) < 2 || all.Facets["kind"][0].Hits == 0 || all.Facets["kind"][0].Hits > all.Total {
		t.Errorf("got facets %v of %d", all.Facets, all.Total)
	}
	for _, hit := range law.Hits {
		if !strings.HasPrefix(hit.URL, "/van-ban/85-2015-qh13") {
			t.Errorf("within the law: got %s", hit.URL)
		}
	}
	if law.Total == 0 || law.Facets != nil || none.Total != 0 {
		t.Errorf("got %d within the law, facets %v, %d of nobody", law.Total, law.Facets, none.Total)
	}
}

func TestFoundPageTellsEverything(t *testing.T) {
	s := readSite(t).again(t)
	s.ShowFound("/thu", full())
	a := s.visitor(t).get("/thu?q=cu+tri+di+lam+an+xa")
	checkPage(t, "page", a)
	for selector, want := range map[string]string{
		"main > .wrap p[role=status]": "37 kết quả, sắp theo mức phù hợp. Sắp theo ngày mới nhất",
		".expand dl": "Đã hiểu câu hỏi là“cử tri đi làm ăn xa”Tìm cả từ cùng nghĩaUBND = Ủy ban nhân dânTìm thêm từ gần nghĩa≈ tạm vắng; ≈ tạm trú" +
			"Nới rộngKhông có nội dung chứa đủ các từ đã gõ; đã bỏ: “xa”, “<b>”.",
		".expand a":                        "Chỉ tìm đúng chữ đã gõ",
		".direct-label":                    "Trả lời nhanh Chưa được cấp có thẩm quyền duyệt",
		".direct h2":                       "Được. Xin giấy chứng nhận.",
		".direct .muted":                   "HĐ-0001. Công an tỉnh, ngày 02/3/2026.",
		".results > li:nth-child(1) h2":    "Cử tri <đi> làm ăn xa?",
		".results > li:nth-child(1) .meta": "Hỏi đápHĐ-0001Công an tỉnhTập huấn nghiệp vụ bầu cử, ngày 02/3/2026",
		".results > li:nth-child(2) .meta": "Hỏi đápHĐ-0002",
		".results > li:nth-child(3) .meta": "Văn bản Hết hiệu lực",
		"nav[aria-label='Trang kết quả']":  "Trang 1/4Trang sau",
	} {
		if got := a.said(selector); got != want {
			t.Errorf("%s: got %q, want %q", selector, got, want)
		}
	}
	for selector, want := range map[string]string{
		"p[role=status] a": "/tim-kiem?q=cu+tri+di+lam+an+xa&sap=moi", ".expand a": "/tim-kiem?dung=1&q=cu+tri+di+lam+an+xa", ".direct a": "/hoi-dap/hd-0001",
		"nav[aria-label='Trang kết quả'] a": "/tim-kiem?q=cu+tri+di+lam+an+xa&trang=2",
	} {
		if got := a.page.Find("main").Find(selector).AttrOr("href", ""); got != want {
			t.Errorf("%s: got %s, want %s", selector, got, want)
		}
	}
	newest := s.visitor(t).get("/thu?q=x&sap=moi&trang=2")
	if got := newest.said("main > .wrap p[role=status]"); got != "37 kết quả, sắp theo ngày mới nhất. Sắp theo mức phù hợp" || newest.count(".direct") != 0 {
		t.Errorf("by date, second page: got %q with %d direct answers", got, newest.count(".direct"))
	}
	if got := newest.said(".results > li:nth-child(3) .meta"); !strings.HasSuffix(got, "03/02/2020") {
		t.Errorf("by date: got %q", got)
	}
	literal := s.visitor(t).get("/thu?q=x&dung=1&loai=hoi-dap")
	if got := literal.page.Find(".expand a").AttrOr("href", ""); got != "/tim-kiem?loai=hoi-dap&q=x" || !strings.Contains(literal.said(".expand"), "Chỉ tìm đúng chữ đã gõ.") {
		t.Errorf("literal: the way back is %q", got)
	}
}

func TestDirectAnswerIsLabelledWhileTheNoticeStands(t *testing.T) {
	for notice, want := range map[string]int{"Nội dung mẫu.": 1, "": 0} {
		s := readSite(t).again(t, func(c *web.Config) { c.Notice = notice })
		s.ShowFound("/thu", full())
		if got := s.visitor(t).get("/thu?q=x").count(".direct .tag"); got != want {
			t.Errorf("notice %q: got %d labels, want %d", notice, got, want)
		}
	}
}

func TestFoundPageSaysNoMoreThanItMust(t *testing.T) {
	s := readSite(t).again(t)
	s.ShowFound("/thu", search.Result{Total: 1, Hits: full().Hits[:1]})
	s.ShowFound("/noi", search.Result{Total: 1, Hits: full().Hits[:1], Loosened: true})
	s.ShowFound("/het", search.Result{Total: 11})
	a := s.visitor(t).get("/thu?q=x")
	for _, selector := range []string{".expand", ".direct", ".facet", ".fold", "p[role=status] a", "nav[aria-label='Trang kết quả']", "ul[aria-label='Đang lọc theo']"} {
		if got := a.page.Find("main").Find(selector).Length(); got != 0 {
			t.Errorf("got %d of %s", got, selector)
		}
	}
	loose := s.visitor(t).get("/noi?q=x")
	if got := loose.said(".expand"); got != "Nới rộngKhông có nội dung chứa đủ các từ đã gõ; dưới đây là nội dung gần nhất." {
		t.Errorf("loosened: got %q", got)
	}
	wantStatus(t, "a page beyond the last", s.visitor(t).get("/het?q=x&trang=9"), 404)
}

func TestNothingFoundTellsWhatWasTriedAndLeadsOn(t *testing.T) {
	s := readSite(t).again(t)
	s.ShowFound("/thu", search.Result{Corrected: "xe cứu thương chở hòm phiếu", Instead: []search.Try{{Text: "vận chuyển hòm phiếu", Hits: 3}, {Text: "ngầm & lũ", Hits: 1200}}})
	a := s.visitor(t).get("/thu?q=xe+cuu+thuong&loai=hoi-dap")
	checkPage(t, "page", a)
	if got, want := a.said(".expand dl"), "Đã tìm“xe cuu thuong”Đã hiểu câu hỏi là“xe cứu thương chở hòm phiếu”Đã thử thêm“vận chuyển hòm phiếu”, “ngầm & lũ”"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := a.said("main .split .linklist"), "Tìm: vận chuyển hòm phiếu3 kết quả Tìm: ngầm & lũ1.200 kết quả"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := a.page.Find("main .linklist a").Eq(1).AttrOr("href", ""), "/tim-kiem?loai=hoi-dap&q="+url.QueryEscape("ngầm & lũ"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if a.count("main .tile") != 6 || a.count("main form") != 2 || a.count("main li a:contains('Bỏ bộ lọc')") != 1 || a.count(".results") != 0 {
		t.Errorf("got %q", a.said("main"))
	}
}

func TestSearchMayStayWithinADocument(t *testing.T) {
	v := readSite(t).visitor(t)
	law := v.get("/van-ban/85-2015-qh13")
	form := law.page.Find("main form[action='/tim-kiem']")
	if form.Find("input[type=hidden][name=van-ban]").AttrOr("value", "") != "luat-85-2015" || form.Find("label").Text() != "Tìm trong văn bản này" {
		t.Errorf("the page of the law has no search of its own: %s", form.Text())
	}
	a := v.get("/tim-kiem?q=" + url.QueryEscape("hòm phiếu") + "&van-ban=luat-85-2015")
	wantStatus(t, "search", a, 200)
	if got := a.said(".scope"); got != "Chỉ trong Luật Bầu cử. Tìm trong mọi nội dung" {
		t.Errorf("got %q", got)
	}
	if got := a.page.Find(".scope a").Last().AttrOr("href", ""); got != "/tim-kiem?q="+url.QueryEscape("hòm phiếu") {
		t.Errorf("the way out: got %q", got)
	}
	if got := a.page.Find("main .search-row input[type=hidden]").AttrOr("value", ""); got != "luat-85-2015" {
		t.Errorf("the field leaves the law: got %q", got)
	}
}

func TestInterfaceTellsHowTheQueryWasTaken(t *testing.T) {
	text, err := json.Marshal(web.ViewResult(full()))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"corrected":"cử tri đi làm ăn xa"`, `"understood":["UBND = Ủy ban nhân dân"]`, `"near":["tạm vắng","tạm trú"]`, `"loosened":true`, `"dropped":["xa","\u003cb\u003e"]`,
		`"facets":{"agency":[{"value":"Sở Văn hóa, Thể thao \u0026 \"Du lịch\"","hits":2}],"kind":[{"value":"answer","hits":1021}`, `"year":[]`,
		`"direct":{"id":"answer:1","code":"HĐ-0001","title":"Cử tri đi làm ăn xa có được bỏ phiếu không?","url":"/hoi-dap/hd-0001","short":"Được. Xin giấy chứng nhận.","agency":"Công an tỉnh","date":"2026-03-02"}`,
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the answer lacks %s: %s", want, text)
		}
	}
	plain, err := json.Marshal(web.ViewResult(search.Result{Query: "x"}))
	if want := `{"query":"x","total":0,"took_us":0,"hits":[]}`; err != nil || string(plain) != want {
		t.Errorf("got %s, want %s (%v)", plain, want, err)
	}
}
