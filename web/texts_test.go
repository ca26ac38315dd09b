package web_test

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"sotay/content"
	"sotay/internal/viet"
	"sotay/quizzes"
	"sotay/web"
)

func TestHomeCountsTheDaysOnlyBeforeElectionDay(t *testing.T) {
	base := readSite(t)
	tests := []struct {
		today viet.Date
		tag   string
		place int // which phase is marked, 0 for none
	}{
		{"2026-03-06", "Đang ở đây, còn 9 ngày", 1}, {"2026-03-14", "Đang ở đây, còn 1 ngày", 1}, {"2026-03-15", "Hôm nay", 2},
		{"2026-03-16", "", 0}, {"2026-11-22", "", 0}, {"2025-12-31", "Đang ở đây, còn 74 ngày", 1},
	}
	for _, tt := range tests {
		s := base.again(t, func(c *web.Config) { c.Today = func() viet.Date { return tt.today } })
		a := s.visitor(t).get("/")
		if got := a.said(".path .tag"); got != tt.tag {
			t.Errorf("%s: got %q, want %q", tt.today, got, tt.tag)
		}
		if got := a.page.Find(".path > li.now").Index() + 1; got != tt.place {
			t.Errorf("%s: phase %d is marked, want %d", tt.today, got, tt.place)
		}
		if tt.place == 0 && strings.Contains(a.said("main"), "còn ") && strings.Contains(a.said("main"), " ngày nữa") {
			t.Errorf("%s: counts days that are over", tt.today)
		}
	}
}

func TestHomeShowsTheWayIn(t *testing.T) {
	a := readSite(t).visitor(t).get("/")
	if a.count(".path > li") != 3 || a.count(".tile") != 6 || a.count(".date-block") != 1 || a.count("form.search-big input[name=q]") != 1 {
		t.Errorf("phases %d, topics %d, sessions %d", a.count(".path > li"), a.count(".tile"), a.count(".date-block"))
	}
	if got := a.said(".date-block"); got != "Thứ Hai02/3" {
		t.Errorf("got date %q", got)
	}
	if a.count("[data-continue]") != 1 || a.count("html.has-continue") != 0 {
		t.Error("what was being read is shown without a script")
	}
	topics := map[string]bool{}
	a.page.Find("[aria-labelledby=h-moi] .muted").Each(func(_ int, e *goquery.Selection) { topics[e.Text()] = true })
	if n := a.count("[aria-labelledby=h-moi] a[href^='/hoi-dap/']"); n != 4 || len(topics) != n {
		t.Errorf("%d new answers are of %d topics", n, len(topics))
	}
	quizzes := a.page.Find("[aria-labelledby=h-kiem] a")
	if n := a.count("[aria-labelledby=h-kiem] a[href^='/trac-nghiem/']"); n != 4 || quizzes.Length() != 5 || quizzes.Last().AttrOr("href", "") != "/trac-nghiem" {
		t.Errorf("%d quizzes and %q, want a few and the way to all", n, quizzes.Last().Text())
	}
	if got := a.said("title"); got != "Sổ tay Bầu cử" {
		t.Errorf("got title %q", got)
	}
	a.page.Find(".path > li").Each(func(i int, e *goquery.Selection) {
		if e.Find("a[href^='/huong-dan/']").Length() < 3 && e.Find("a[href*='#giai-doan-']").Length() > 0 {
			t.Errorf("phase %d offers all of what is listed whole", i+1)
		}
	})
	if a.count("a[href*='dang-nhap']") != 0 {
		t.Error("a way to sign in, but nowhere to do it")
	}
}

func TestSettingsReachThePages(t *testing.T) {
	full := func(c *web.Config) {
		c.SiteName, c.Province, c.Manager, c.Hotline = "Cẩm nang <thử>", "tỉnh Thử", "Ủy ban Thử & bạn", "0210 3.846.000"
		c.Notice, c.ElectionDate = "Thông báo “thử”.", "2031-05-18"
	}
	s := readSite(t).again(t, full)
	a := s.visitor(t).get("/")
	for selector, want := range map[string]string{
		".brand b": "Cẩm nang <thử>", ".brand": "tỉnh Thử", ".site-foot": "Ủy ban Thử & bạn", ".hotline a": "0210 3.846.000", ".notice": "Thông báo “thử”.", ".path": "18/5/2031", "title": "Cẩm nang <thử>",
	} {
		if got := a.said(selector); !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q in it", selector, got, want)
		}
	}
	if got := a.page.Find(".hotline a").AttrOr("href", ""); got != "tel:02103846000" {
		t.Errorf("got %q to dial", got)
	}
	privacy := s.visitor(t).get("/quyen-rieng-tu").said("article")
	for _, want := range []string{"Ủy ban Thử & bạn quản lý trang này.", "đến khi cơ quan quản lý xóa", "một bản lưu trong trình duyệt", "Sau 24 tháng kể từ khi trả lời"} {
		if !strings.Contains(privacy, want) {
			t.Errorf("the privacy page lacks %q", want)
		}
	}
	s = readSite(t).again(t, func(c *web.Config) { c.Notice, c.Province = "", "" })
	bare := s.visitor(t).get("/")
	if bare.count(".notice") != 0 || bare.count(".hotline") != 0 || strings.Contains(bare.said(".site-foot"), "Đơn vị quản lý") || strings.Contains(bare.said(".brand"), "của") {
		t.Errorf("empty settings leave traces: %q %q", bare.said(".brand"), bare.said(".site-foot"))
	}
}

func TestDeadlinesFollowTheElectionDay(t *testing.T) {
	s := readSite(t)
	find := func() string {
		list, err := s.lib.Guides(t.Context(), content.GuideFilter{})
		if err != nil {
			t.Fatal(err)
		}
		for _, head := range list {
			g, err := s.lib.Guide(t.Context(), head.Slug)
			if err != nil {
				t.Fatal(err)
			}
			for _, part := range g.Body.Parts {
				if part.Kind == content.PartDeadline && part.Key == "niem-yet-cu-tri" {
					return g.Path()
				}
			}
		}
		t.Fatal("no guide has the deadline niem-yet-cu-tri")
		return ""
	}
	path := find()
	for day, want := range map[viet.Date]string{"2026-03-15": "03/02/2026", "2031-05-18": "08/4/2031"} {
		other := s.again(t, func(c *web.Config) { c.ElectionDate = day })
		if !strings.Contains(other.visitor(t).get(path).said("article"), want) {
			t.Errorf("election on %s: %s does not say %s", day, path, want)
		}
	}
}

const guidePath = "/huong-dan/trang-tri-co-dong/trang-tri-phong-bo-phieu"

func TestGuideShowsAllItsParts(t *testing.T) {
	a := readSite(t).visitor(t).get(guidePath)
	for selector, least := range map[string]int{
		".crumbs li": 3, ".meta li": 3, ".banner.ok": 1, ".legal li a[href^='/van-ban/']": 3, ".toc a[href^='#muc-']": 4, ".toc a[href='#tu-kiem-tra']": 1,
		"figure.diagram svg.plan[role=img]": 1, ".legend-list > li": 5, ".legend-list a[href^='/van-ban/']": 1, ".check input": 5, "#tu-kiem-tra": 1,
		"form[action='" + guidePath + "/tu-kiem-tra'] fieldset": 3, ".linkqa .qa-item a": 1, ".pager a": 2, ".series [aria-current=step]": 1, "[data-print]": 1, ".print-head": 1,
		"article[data-guide]": 1, "[data-checklist]": 1,
	} {
		if got := a.count(selector); got < least {
			t.Errorf("got %d of %s, want at least %d", got, selector, least)
		}
	}
	if got, want := a.count("svg.plan .dot"), a.count(".legend-list > li"); got != want {
		t.Errorf("the plan has %d numbers and %d words to them", got, want)
	}
	if got := a.said(".legal"); !strings.Contains(got, "Luật số 85/2015/QH13 (sửa bởi 83/2025/QH15)") {
		t.Errorf("got legal basis %q", got)
	}
	if head := a.said(".print-head"); !strings.Contains(head, "http://example.com"+guidePath) || !strings.Contains(head, "02/3/2026") {
		t.Errorf("got print head %q", head)
	}
	if got := a.said(".banner"); !strings.Contains(got, "Đang áp dụng từ ngày") {
		t.Errorf("got banner %q", got)
	}
}

func TestGuideSaysWhetherItIsInForce(t *testing.T) {
	for today, want := range map[viet.Date]string{"2026-03-02": "ok", "2025-01-01": "info"} {
		s := readSite(t).again(t, func(c *web.Config) { c.Today = func() viet.Date { return today } })
		if a := s.visitor(t).get(guidePath); a.count(".banner."+want) != 1 {
			t.Errorf("%s: got banner %q", today, a.said(".banner"))
		}
	}
}

// A guide in a series leads along the series, any other along the order of the work.
func TestGuidesFollowEachOther(t *testing.T) {
	s := readSite(t)
	v := s.visitor(t)
	list, err := s.lib.Guides(t.Context(), content.GuideFilter{})
	if err != nil {
		t.Fatal(err)
	}
	series, steps := content.SeriesOf(list), 0
	for i, g := range list {
		row, place := list, i
		for _, one := range series {
			if at := one.At(g); at >= 0 {
				row, place = one.Steps, at
				steps++
			}
		}
		before, after := "", ""
		if place > 0 {
			before = row[place-1].Path()
		}
		if place+1 < len(row) {
			after = row[place+1].Path()
		}
		a := v.get(g.Path())
		if got := a.page.Find(".pager .prv").AttrOr("href", ""); got != before {
			t.Errorf("%s leads back to %q, want %q", g.Path(), got, before)
		}
		if got := a.page.Find(".pager .nxt").AttrOr("href", ""); got != after {
			t.Errorf("%s leads on to %q, want %q", g.Path(), got, after)
		}
	}
	if steps < 7 {
		t.Errorf("%d guides stand in a series, want the polling team's seven at least", steps)
	}
}

func TestSelfCheckIsMarkedWithoutMemory(t *testing.T) {
	s := readSite(t)
	v := s.visitor(t)
	g, err := s.lib.Guide(t.Context(), "trang-tri-phong-bo-phieu")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, part := range g.Body.Parts {
		ids = append(ids, part.Keys...)
	}
	questions, err := s.bank.Questions(t.Context(), ids)
	if err != nil || len(questions) != 3 {
		t.Fatalf("got %d questions, %v", len(questions), err)
	}
	fields := url.Values{"k1": questions[0].Rights(), "k2": questions[1].Rights(), "k3": wrongChoice(questions[2])}
	path := guidePath + "/tu-kiem-tra?"
	a := v.get(path + fields.Encode())
	wantStatus(t, "marked", a, 200)
	checkPage(t, "marked", a)
	if a.count(".explain.right") != 2 || a.count(".explain.wrong") != 1 || !strings.Contains(a.said(".lead"), "Đúng 2/3 câu") {
		t.Errorf("got %d right, %d wrong: %q", a.count(".explain.right"), a.count(".explain.wrong"), a.said(".lead"))
	}
	if got := a.Header.Get("Cache-Control"); got != "no-cache" || len(v.cookies) > 0 {
		t.Errorf("got Cache-Control %q, cookies %v", got, v.cookies)
	}
	fields.Del("k2")
	part := v.get(path + fields.Encode())
	wantStatus(t, "incomplete", part, 422)
	checkPage(t, "incomplete", part)
	checkSummary(t, part, "Còn thiếu 1 câu", 1)
	if opened := v.get(guidePath + "/tu-kiem-tra"); opened.StatusCode != 200 || opened.count("[role=alert], .err") != 0 {
		t.Errorf("opening the form is answered with %d and %q", opened.StatusCode, opened.said("[role=alert]"))
	}
	empty := v.get(path + "nop=1")
	wantStatus(t, "empty", empty, 422)
	checkPage(t, "empty", empty)
	checkSummary(t, empty, "Chưa trả lời câu nào", 3)
	if part.count(".err") != 1 || part.count("main input[checked]") != len(fields["k1"])+len(fields["k3"]) || part.count(".explain") != 0 {
		t.Errorf("incomplete: %d sentences, %d choices kept", part.count(".err"), part.count("main input[checked]"))
	}
	for _, query := range []string{"k1=zz&k2=zz&k3=zz", "k1=a&k1=b&k1=c&k2=a&k3=a", "k1=" + strings.Repeat("a&k1=", 200)} {
		wantStatus(t, query[:12], v.get(path+query), 422)
	}
	if quizzes.Grade(questions[2], wrongChoice(questions[2])) {
		t.Error("the wrong choice of this test is right")
	}
}

// checkSummary asserts that the faults of a form stand together at its top and
// lead to their questions.
func checkSummary(t *testing.T, a answer, says string, faults int) {
	t.Helper()
	summary := a.page.Find("main [role=alert][tabindex='-1']")
	if summary.Length() != 1 || !strings.Contains(summary.Text(), says) || summary.Find("a").Length() != faults || a.count(".err") != faults {
		t.Errorf("got summary %q, want %q", summary.Text(), says)
	}
	summary.Find("a").Each(func(_ int, e *goquery.Selection) {
		if a.count("fieldset.bad input[id='"+strings.TrimPrefix(e.AttrOr("href", ""), "#")+"']") != 1 {
			t.Errorf("the summary leads to %q, where no question is", e.AttrOr("href", ""))
		}
	})
}

func TestArchiveIsNarrowedAndPaged(t *testing.T) {
	s := readSite(t)
	v := s.visitor(t)
	seen := map[string]bool{}
	titles := map[string]bool{}
	path, pages := "/hoi-dap", 0
	for ; path != "" && pages < 50; pages++ {
		a := v.get(path)
		wantStatus(t, path, a, 200)
		if got := a.page.Find("link[rel=canonical]").AttrOr("href", ""); got != "http://example.com"+path {
			t.Errorf("%s: canonical address %q", path, got)
		}
		if title := a.said("title"); titles[title] {
			t.Errorf("%s: the title %q is another page's too", path, title)
		} else {
			titles[title] = true
		}
		if want := fmt.Sprintf("Câu %d–", len(seen)+1); !strings.Contains(a.said(".lead"), want) || !strings.Contains(a.said("nav[aria-label='Trang hỏi đáp']"), want) {
			t.Errorf("%s: got %q, want %q in it", path, a.said(".lead"), want)
		}
		if got := a.count("nav[aria-label='Trang hỏi đáp'] a[href='/hoi-dap']"); (got == 1) != (pages > 0) {
			t.Errorf("%s: %d ways back to the first page", path, got)
		}
		links := a.page.Find(".linkqa a")
		for i := range links.Nodes {
			href := links.Eq(i).AttrOr("href", "")
			if seen[href] {
				t.Errorf("%s stands on two pages", href)
			}
			seen[href] = true
		}
		path = a.page.Find("nav[aria-label='Trang hỏi đáp'] a[rel=next]").AttrOr("href", "")
	}
	all, err := s.lib.Answers(t.Context(), content.AnswerFilter{})
	if err != nil {
		t.Fatal(err)
	}
	if len(seen) != all.Total || pages < 2 {
		t.Errorf("%d pages hold %d answers, want %d", pages, len(seen), all.Total)
	}
	narrowed := v.get("/hoi-dap?chu-de=an-ninh-tinh-huong")
	if n := answersOf(t, s, "an-ninh-tinh-huong"); !strings.HasSuffix(narrowed.said(".chip[aria-current]"), fmt.Sprintf(" %d", n)) || narrowed.count(".linkqa a") != min(n, content.AnswersPerPage) {
		t.Errorf("the chip says %q of %d answers, the page has %d", narrowed.said(".chip[aria-current]"), n, narrowed.count(".linkqa a"))
	}
	if narrowed.count(".chip[aria-current]") != 1 || !strings.Contains(narrowed.said(".chip[aria-current]"), "An ninh") {
		t.Errorf("got current chip %q", narrowed.said(".chip[aria-current]"))
	}
}

// answersOf is how many answers a topic has.
func answersOf(t *testing.T, s *site, topic string) int {
	t.Helper()
	list, err := s.lib.Answers(t.Context(), content.AnswerFilter{Topic: topic})
	if err != nil {
		t.Fatal(err)
	}
	return list.Total
}

func TestAnswerShowsWhoWhenAndWhy(t *testing.T) {
	v := readSite(t).visitor(t)
	a := v.follow(v.get("/hoi-dap/hd-0001"))
	for _, selector := range []string{".qa-head h1", ".answer .answer-short", ".answer .tag.ok", ".who", ".answer .chips a[href^='/van-ban/']", "[data-copy-text]", "details textarea[readonly]", "aside .linklist a[href^='/hoi-dap/']"} {
		if a.count(selector) == 0 {
			t.Errorf("the page lacks %s", selector)
		}
	}
	text := a.page.Find("[data-copy-text]").AttrOr("data-copy-text", "")
	if plain := a.page.Find("details textarea").Text(); strings.TrimSpace(plain) != text {
		t.Errorf("with script %q is copied, without %q", text, plain)
	}
	for _, want := range []string{"Hỏi: ", "Trả lời: ", "Căn cứ: ", "Luật số 85/2015/QH13 (sửa bởi 83/2025/QH15), Điều 34", "Tình trạng: Đang áp dụng từ ngày 29/9/2025.", "Lưu ý: Nội dung mẫu, chưa duyệt.", "HĐ-0001: http://example.com/hoi-dap/hd-0001-"} {
		if !strings.Contains(text, want) {
			t.Errorf("the text to copy lacks %q: %s", want, text)
		}
	}
	if got := a.said(".who dt"); !strings.Contains(got, "Cơ quan, nguồn trả lời") || !strings.Contains(got, "Ngày soạn") {
		t.Errorf("got facts %q", got)
	}
	if n := len(strings.Fields(a.said(".answer-short"))); n > 30 {
		t.Errorf("the short answer has %d words", n)
	}
}

func TestImportedAnswersNeedNoFrontMatter(t *testing.T) {
	s := newSite(t)
	lines := `{"id":"x-1","title":"Có <b>được</b> \"không\"?","body":"Thân **bài** <script>alert(1)</script>."}` + "\n"
	if _, err := s.lib.ImportAnswers(t.Context(), "a.jsonl", strings.NewReader(lines), true, "operator"); err != nil {
		t.Fatal(err)
	}
	all, err := s.lib.Answers(t.Context(), content.AnswerFilter{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	v := s.visitor(t)
	a := v.get(all.Answers[0].Path())
	wantStatus(t, "imported", a, 200)
	checkPage(t, "imported", a)
	if got := a.said(".qa-head h1"); !strings.Contains(got, "<b>được</b>") {
		t.Errorf("got heading %q", got)
	}
	if a.count(".answer script") != 0 || a.count(".answer-short") != 0 || a.count("title") != 1 {
		t.Error("the page runs what was imported, or shows what is not there")
	}
	checkPage(t, "home", v.get("/"))
}

func TestLawSaysWhatItIsAndWhoCitesIt(t *testing.T) {
	v := readSite(t).visitor(t)
	a := v.get("/van-ban/85-2015-qh13/dieu-69")
	if a.count(".banner.ok") != 1 || a.count("a[href='https://vbpl.vn'][rel=noopener]") != 1 || a.count("a[href='/van-ban/83-2025-qh15']") == 0 || a.count(".pager a") != 2 {
		t.Errorf("banner %q, %d ways on", a.said(".banner"), a.count(".pager a"))
	}
	for _, kind := range []string{"/huong-dan/", "/hoi-dap/"} {
		if a.count(".linklist a[href^='"+kind+"']") == 0 {
			t.Errorf("nothing of %s cites this article", kind)
		}
	}
	for _, clause := range []string{"khoan-1", "khoan-4"} {
		if a.count("[id='"+clause+"']") != 1 {
			t.Errorf("no place %s", clause)
		}
	}
	if got := a.said(".banner"); !strings.Contains(got, "Văn bản này được sửa bởi Luật 83/2025/QH15, áp dụng từ 01/7/2025.") {
		t.Errorf("got banner %q", got)
	}
	if strings.Contains(a.said("main"), "Thay thế:") || a.count("main a[href='/trac-nghiem']") != 1 {
		t.Error("an article says what its law replaced, or leads to no quiz")
	}
	if other := v.get("/van-ban/85-2015-qh13/dieu-4").said(".banner"); !strings.Contains(other, "Điều 4 được sửa bởi Luật 83/2025/QH15, áp dụng từ 01/7/2025.") {
		t.Errorf("got banner %q", other)
	}
	book := v.get("/van-ban/sach-hoi-dap-2026/cau-155")
	if book.count("a[href='https://vbpl.vn']") != 0 || book.count(".banner.info") != 1 {
		t.Errorf("the handbook is shown as law: %q", book.said(".banner"))
	}
	law := v.get("/van-ban/85-2015-qh13")
	if n := law.count(".provisions > li p"); n < 60 {
		t.Errorf("%d provisions have their summary", n)
	}
}

func TestOnlyQuestionsAreCountedAsQuestions(t *testing.T) {
	s := readSite(t)
	citing, err := s.lib.Citing(t.Context(), "luat-83-2025", "")
	if err != nil {
		t.Fatal(err)
	}
	questions, laws := map[string]bool{}, map[string]bool{}
	for _, c := range citing {
		switch c.Kind {
		case quizzes.KindQuestion:
			questions[c.ID] = true
		case content.KindLaw:
			laws[c.Path] = true
		}
		if c.Kind != quizzes.KindQuestion && (c.Title == "" || c.Path == "") {
			t.Errorf("no page behind %+v", c)
		}
	}
	if len(laws) == 0 {
		t.Fatal("no document cites it; take another one")
	}
	page := s.visitor(t).get("/van-ban/83-2025-qh15")
	got := regexp.MustCompile(`([0-9]+) câu trắc nghiệm`).FindStringSubmatch(page.said("main"))
	if want := len(questions); want == 0 && got != nil || want > 0 && (got == nil || got[1] != strconv.Itoa(want)) {
		t.Errorf("the page counts %q questions, want %d", got, want)
	}
	for path := range laws {
		if page.count(".linklist a[href='"+path+"']") != 1 {
			t.Errorf("the page does not name %s", path)
		}
	}
}

func TestEndedLawLeadsToItsSuccessor(t *testing.T) {
	late := func(c *web.Config) { c.Today = func() viet.Date { return "2026-11-22" } }
	v := readSite(t).again(t, late).visitor(t)
	a := v.get("/van-ban/15-2020-nd-cp")
	if a.count(".banner.stop a[href='/van-ban/174-2026-nd-cp']") != 1 || !strings.Contains(a.said(".banner"), "Đã được thay bằng Nghị định 174 (174/2026/NĐ-CP).") {
		t.Errorf("got banner %q", a.said(".banner"))
	}
	if got := v.get("/van-ban/83-2025-qh15").said("h1"); got != "Luật 83/2025/QH15" {
		t.Errorf("got heading %q", got)
	}
	list := v.get("/van-ban")
	for id, want := range map[string]string{"quy-pham": "85-2015-qh13", "tham-khao": "sach-hoi-dap-2026", "het-hieu-luc": "15-2020-nd-cp"} {
		if list.count("section[aria-labelledby='"+id+"'] a[href='/van-ban/"+want+"']") != 1 || list.count("a[href='/van-ban/"+want+"']") != 1 {
			t.Errorf("%s does not stand under %s alone", want, id)
		}
	}
	if got := list.said("a[href='/van-ban/85-2015-qh13'] .muted"); !strings.Contains(got, "Luật Bầu cử đại biểu Quốc hội") {
		t.Errorf("got subject %q", got)
	}
	ended := "section[aria-labelledby='het-hieu-luc'] a[href='/van-ban/%s']"
	early := readSite(t).visitor(t).get("/van-ban")
	if early.count(fmt.Sprintf(ended, "15-2020-nd-cp")) != 0 || early.count(fmt.Sprintf(ended, "1186-2021-ubtvqh14")) != 1 {
		t.Error("documents in force count as ended, or ended ones as in force")
	}
	hits := v.get("/tim-kiem?q=15/2020/N%C4%90-CP&loai=van-ban")
	if hits.count(".results > li:has(a[href^='/van-ban/15-2020-nd-cp']) .tag.stop svg") == 0 || hits.count(".results > li:has(a[href^='/van-ban/174-2026-nd-cp']) .tag.stop") != 0 {
		t.Errorf("got hits %q", hits.said(".results .meta"))
	}
	if early := readSite(t).visitor(t).get("/tim-kiem?q=15/2020/N%C4%90-CP&loai=van-ban"); early.count(".tag.stop") != 0 {
		t.Error("a hit is marked as ended before its time")
	}
}

func TestLawWithoutStandingIsNotShownAsInForce(t *testing.T) {
	v := readSite(t).visitor(t)
	for path, want := range map[string]string{"01-2021-tt-bnv": "Của kỳ bầu cử trước", "luat-khieu-nai": "Chưa đối chiếu ngày hiệu lực"} {
		a := v.get("/van-ban/" + path)
		if got := a.said(".banner"); !strings.Contains(got, want) || strings.Contains(got, "Còn hiệu lực") {
			t.Errorf("%s: got banner %q, want %q", path, got, want)
		}
	}
}

func TestSessionListsItsTopics(t *testing.T) {
	s := readSite(t)
	a := s.visitor(t).get("/tap-huan/2026-03-02-tap-huan-nghiep-vu-bau-cu")
	if a.count("article section h3") != 6 || a.count(".empty, .linkqa") != 0 {
		t.Errorf("got %d topics, %d empty boxes", a.count("article section h3"), a.count(".empty"))
	}
	for _, topic := range content.Topics() {
		section := "section[aria-labelledby='chu-de-" + topic.Slug + "'] "
		all := answersOf(t, s, topic.Slug)
		if a.count(section+"a[href^='/huong-dan/"+topic.Slug+"/']") == 0 || a.count(section+"a[href^='/hoi-dap/']") != 4 || !strings.Contains(a.said(section+"a[href^='/hoi-dap?']"), fmt.Sprintf("Xem cả %d câu", all)) {
			t.Errorf("%s: got %q", topic.Slug, a.said(section))
		}
	}
}

func TestSessionLeadsToItsQuestions(t *testing.T) {
	s := newSite(t)
	line := fmt.Sprintf(`{"id":"s-1","title":"Hỏi tại buổi?","body":"Đáp.","session":%q}`, "2026-03-02-tap-huan-nghiep-vu-bau-cu")
	if _, err := s.lib.ImportAnswers(t.Context(), "a.jsonl", strings.NewReader(line+"\n"), true, "operator"); err != nil {
		t.Fatal(err)
	}
	v := s.visitor(t)
	a := v.get("/tap-huan/2026-03-02-tap-huan-nghiep-vu-bau-cu")
	if got := a.said(".linkqa a"); got != "Hỏi tại buổi?" {
		t.Errorf("got questions %q", got)
	}
	answer := v.get(a.page.Find(".linkqa a").AttrOr("href", ""))
	if answer.count(".who a[href='/tap-huan/2026-03-02-tap-huan-nghiep-vu-bau-cu']") != 1 {
		t.Errorf("the answer does not lead back: %q", answer.said(".who"))
	}
	if list := v.get("/hoi-dap?buoi=2026-03-02-tap-huan-nghiep-vu-bau-cu"); list.count(".linkqa a") != 1 {
		t.Errorf("got %d questions of the session", list.count(".linkqa a"))
	}
}
