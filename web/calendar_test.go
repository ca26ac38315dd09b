package web_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"

	"sotay/content"
	"sotay/internal/viet"
	"sotay/web"
)

func TestCalendarSaysWhereTodayStands(t *testing.T) {
	s := readSite(t) // 2 March 2026, the day on which polling teams get their ballots
	a := s.visitor(t).get("/lich")
	wantStatus(t, "/lich", a, 200)
	if got := a.said(".dates > .today"); !strings.Contains(got, "Hôm nay") || !strings.Contains(got, "Giao tài liệu, phiếu bầu cho Tổ bầu cử") || !strings.Contains(got, "Ban bầu cử") {
		t.Errorf("today says %q", got)
	}
	if got := a.said(".dates > .next h2"); !strings.Contains(got, "Thứ Năm, 05/3/2026") || !strings.Contains(got, "Hạn tới gần nhất") {
		t.Errorf("next says %q", got)
	}
	if n := a.count(".dates > .today"); n != 1 {
		t.Errorf("%d days are today", n)
	}
	a.page.Find(".dues > li").Each(func(_ int, e *goquery.Selection) {
		if e.Find(".chip").Length() == 0 || e.Find("p a").Length() == 0 {
			t.Errorf("without basis or guide: %s", e.Text())
		}
	})
	guides := a.page.Find(`#niem-yet-cu-tri a[href^="/huong-dan/"]`)
	if guides.Length() == 0 || strings.Count(guides.First().AttrOr("href", ""), "/") != 3 {
		t.Errorf("the deadline of the voters' list leads to no guide")
	}
}

func TestCalendarOfARoleHasItsTasksAlone(t *testing.T) {
	a := readSite(t).visitor(t).get("/lich?vai-tro=to-bau-cu")
	if got := a.said(".dates"); !strings.Contains(got, "Phát xong thẻ cử tri") || strings.Contains(got, "Hiệp thương") {
		t.Errorf("the polling team's calendar says %q", got)
	}
	if got := a.said(".chips [aria-current]"); got != "Tổ bầu cử" {
		t.Errorf("the chosen role is %q", got)
	}
}

func TestWhatIsOverIsFoldedWhileSomethingIsAhead(t *testing.T) {
	s := readSite(t) // 2 March 2026
	a := s.visitor(t).get("/lich")
	if got := a.said("details.gone > summary"); !strings.Contains(got, "15 mốc đã qua") || !strings.Contains(got, "20/11/2025") {
		t.Errorf("the fold says %q", got)
	}
	if n := a.page.Find("details.gone + ol.dates > .past").Length(); n != 15 || a.count(".dates > .past") != n {
		t.Errorf("%d of %d days are below the fold", n, a.count(".dates > .past"))
	}
	if first := a.page.Find("details.gone + ol.dates + ol.dates > li").First(); !first.HasClass("today") {
		t.Errorf("what is ahead begins with %q", first.Text())
	}
	after := s.again(t, func(c *web.Config) { c.Today = func() viet.Date { return "2026-11-27" } }).visitor(t).get("/lich")
	if after.count("details.gone") != 0 || after.count(".dates > .past") < 20 {
		t.Error("a calendar of the past is folded away whole")
	}
}

const ofByElection = "/lich?ngay=16%2F5%2F2027&loai=bo-sung" // as the form sends it

func TestCalendarReckonsAnotherElection(t *testing.T) {
	v := readSite(t).visitor(t)
	a := v.get(ofByElection)
	wantStatus(t, ofByElection, a, 200)
	if got := a.said("#ngay-2027-05-01"); !strings.Contains(got, "Thứ Bảy, 01/5/2027") || !strings.Contains(got, "Tổ có 9 đến 11 người") || !strings.Contains(got, "15 ngày trước ngày bầu cử bổ sung") || !strings.Contains(got, "Công bố danh sách cử tri") {
		t.Errorf("15 days before says %q", got)
	}
	if got := a.said("section[aria-labelledby=h-mo]"); !strings.Contains(got, "Phát xong thẻ cử tri") || !strings.Contains(got, "Ủy ban bầu cử bổ sung") || strings.Contains(a.said(".dates"), "Phát xong thẻ") {
		t.Errorf("what the law leaves open says %q", got)
	}
	if a.count("#bau-them a[href$='/dieu-93']") != 1 {
		t.Error("the results lead to no provision")
	}
	if a.said("h1") != "Lịch bầu cử bổ sung" || a.count("meta[name=robots][content*=noindex]") != 1 || a.count("a[href='/lich']") == 0 || !strings.Contains(a.said("main"), "15/3/2026") {
		t.Errorf("the page does not say whose calendar it is: %s", a.said("main > p"))
	}
	chip := a.page.Find(".chips a").FilterFunction(func(_ int, e *goquery.Selection) bool { return e.Text() == "Mặt trận Tổ quốc" }).AttrOr("href", "")
	front := v.get(chip)
	if got := front.said(".dates"); !strings.Contains(got, "Hiệp thương lần ba") || strings.Contains(got, "Lập Tổ bầu cử") || front.said("h1") != "Việc của Mặt trận Tổ quốc, theo ngày" {
		t.Errorf("the calendar of a role at %s says %q", chip, got)
	}
	file := v.get(front.page.Find(".btns a").AttrOr("href", ""))
	checkCalendar(t, file.text)
	if got := unfold(file.text); !strings.Contains(got, "UID:gioi-thieu-2027-05-16-bo-sung@") || !strings.Contains(got, "DTSTART;VALUE=DATE:20270427\r\n") || strings.Contains(got, "phat-the") || !strings.Contains(got, "lịch bầu cử bổ sung ngày 16/5/2027") {
		t.Errorf("the file says %s", got)
	}
	if general := v.get("/lich?ngay=2027-05-16&loai="); general.said("h1") != "Lịch bầu cử" || !strings.Contains(general.said("#ngay-2027-04-03"), "Lập Tổ bầu cử") {
		t.Error("a general election on the same day is not reckoned")
	}
}

func TestCalendarRefusesDaysWithoutALaw(t *testing.T) {
	v := readSite(t).visitor(t)
	for query, want := range map[string]string{
		"?ngay=2027-05-17&loai=bo-sung": "gần nhất là 16/5/2027", "?ngay=2027-05-13&loai=": "gần nhất là 16/5/2027", "?ngay=&loai=bo-sung": "ghi ngày", "?ngay=%3Cb%3E&loai=": "ghi ngày", "?ngay=9999-12-26&loai=": "chỉ tính cho ngày",
		"?ngay=2024-05-19&loai=bo-sung": "01/11/2025",
	} {
		a := v.get("/lich" + query)
		wantStatus(t, query, a, 422)
		if got := a.said("[role=alert]"); !strings.Contains(got, want) || a.count("form[action='/lich'] input[name=ngay]") != 1 || a.count(".dates") != 0 {
			t.Errorf("%s says %q", query, got)
		}
		wantStatus(t, "the file of "+query, v.get("/lich.ics"+query), 422)
	}
	wantStatus(t, "an unknown kind", v.get("/lich?ngay=2027-05-16&loai=x"), 404)
}

func TestTheDayOfTheSiteIsNotRefusedInTheForm(t *testing.T) {
	v := readSite(t).again(t, func(c *web.Config) { c.ElectionDate = "2026-03-16" }).visitor(t) // a Monday
	for _, path := range []string{"/lich", "/lich?ngay=16%2F3%2F2026&loai="} {
		if a := v.get(path); a.StatusCode != 200 || a.count("#ngay-2026-03-16") != 1 {
			t.Errorf("%s: got status %d, %q", path, a.StatusCode, a.said("[role=alert]"))
		}
	}
}

func TestASiteOfAByElectionSaysNoDateThatTheLawDoesNotSet(t *testing.T) {
	s := readSite(t).again(t, func(c *web.Config) { c.ElectionDate, c.ElectionKind = "2027-05-16", content.ByElection })
	v := s.visitor(t)
	if a := v.get("/lich"); a.said("h1") != "Lịch bầu cử bổ sung" || a.count("#ngay-2027-05-01") != 1 || a.count("meta[name=robots][content*=noindex]") != 0 {
		t.Errorf("the site's own calendar is %q", a.said("h1"))
	}
	guides, err := s.lib.GuidesOnDeadlines(t.Context())
	if err != nil || len(guides["phat-the"]) == 0 || len(guides["to-bau-cu"]) == 0 {
		t.Fatalf("no guide names the deadlines: %v", err)
	}
	if got := v.get(guides["phat-the"][0].Path()).said("article"); !strings.Contains(got, "(Sổ tay chưa thấy hạn riêng cho bầu cử bổ sung)") || strings.Contains(got, "13/5/2027") {
		t.Error("a date that the law does not set is reckoned, or nothing said of it")
	}
	if got := v.get(guides["to-bau-cu"][0].Path()).said("article"); !strings.Contains(got, "01/5/2027") {
		t.Error("the polling team's day is not that of the by-election")
	}
	if got := v.get(guides["phat-the"][0].Path() + "/the-in").text; strings.Contains(got, "13/5/2027") {
		t.Error("the card reckons what the page does not")
	}
}

func TestAnotherElectionDayMovesEveryDate(t *testing.T) {
	s := readSite(t).again(t, func(c *web.Config) { c.ElectionDate = "2027-06-06" })
	v := s.visitor(t)
	got := v.get("/lich").said("#ngay-2027-04-24") // 43 days before
	if !strings.Contains(got, "Thứ Bảy, 24/4/2027") || !strings.Contains(got, "Lập Tổ bầu cử") {
		t.Errorf("43 days before 6 June 2027 says %q", got)
	}
	if text := v.get("/lich").said(".dates") + unfold(v.get("/lich.ics").text); strings.Contains(text, "Kỳ này") || strings.Contains(text, "2026031") {
		t.Error("dates of 2026 stand in the calendar of 2027")
	}
}

func TestCalendarFileKeepsToTheStandard(t *testing.T) {
	v := readSite(t).visitor(t)
	for _, path := range []string{"/lich.ics", "/lich.ics?vai-tro=to-bau-cu", "/lich.ics?vai-tro=giao-vien-tap-huan"} {
		a := v.get(path)
		wantStatus(t, path, a, 200)
		if got := a.Header.Get("Content-Type"); got != "text/calendar; charset=utf-8" {
			t.Errorf("%s: got %s", path, got)
		}
		checkCalendar(t, a.text)
		wantStatus(t, path+" again", v.get(path, "If-None-Match", a.Header.Get("Etag")), 304)
	}
	wantStatus(t, "an unknown role", v.get("/lich.ics?vai-tro=x"), 404)
	all := unfold(v.get("/lich.ics").text)
	for _, want := range []string{
		"UID:to-bau-cu-2026-03-15@so-tay-bau-cu\r\n", "DTSTART;VALUE=DATE:20260131\r\nDTEND;VALUE=DATE:20260201\r\n",
		"SUMMARY:Hạn: Giao tài liệu\\, phiếu bầu cho Tổ bầu cử\r\n", "SUMMARY:Ngày bầu cử\r\n",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("the calendar lacks %q", want)
		}
	}
}

var contentLine = regexp.MustCompile(`^[A-Z][A-Z-]*(;[A-Z]+=[A-Za-z0-9-]+)*:`)

func unfold(text string) string { return strings.ReplaceAll(text, "\r\n ", "") }

// checkCalendar holds a file against RFC 5545: line breaks, folding, the
// properties each event needs once.
func checkCalendar(t testing.TB, text string) {
	t.Helper()
	if !utf8.ValidString(text) || !strings.HasSuffix(text, "END:VCALENDAR\r\n") || strings.Count(text, "\n") != strings.Count(text, "\r\n") || strings.Count(text, "\r") != strings.Count(text, "\r\n") {
		t.Fatalf("not UTF-8, not ended or broken by something else than CRLF: %q", text)
	}
	for _, line := range strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || line == "" {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
	}
	uids := map[string]bool{}
	for i, part := range strings.Split(unfold(text), "\r\nBEGIN:VEVENT\r\n") {
		for _, line := range strings.Split(strings.TrimSuffix(part, "\r\n"), "\r\n") {
			if !contentLine.MatchString(line) {
				t.Errorf("no content line: %q", line)
			}
		}
		if i == 0 {
			continue
		}
		for _, name := range []string{"UID:", "DTSTAMP:", "DTSTART;VALUE=DATE:", "SUMMARY:", "URL:", "END:VEVENT"} {
			if strings.Count("\r\n"+part, "\r\n"+name) != 1 {
				t.Errorf("an event has %s not once: %q", name, part)
			}
		}
		uid, _, _ := strings.Cut(part, "\r\n")
		if uids[uid] {
			t.Errorf("%s stands twice", uid)
		}
		uids[uid] = true
		link, _, _ := strings.Cut(part[strings.Index(part, "\r\nURL:")+6:], "\r\n")
		if u, err := url.Parse(link); err != nil || !u.IsAbs() {
			t.Errorf("the address %q is not absolute", link)
		}
	}
	if len(uids) == 0 {
		t.Error("no event")
	}
}

func FuzzCalendarFile(f *testing.F) {
	for _, text := range []string{"", "a;b,c\\d\nx", "BEGIN:VEVENT\r\nEND:VCALENDAR", strings.Repeat("ậ", 200), "\xff\xfe\x00", strings.Repeat("a", 74) + "ễ", "😀" + strings.Repeat("\\", 90)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		file := web.CalendarFile(text, text)
		checkCalendar(t, file)
		if strings.Count(unfold(file), "\r\nBEGIN:") != 1 {
			t.Errorf("text became a component: %q", file)
		}
	})
}

func TestCalendarTextIsEscaped(t *testing.T) {
	got := unfold(web.CalendarFile("a;b,c\\d", "x\r\ny\nz\x00\x7f"))
	for _, want := range []string{`SUMMARY:a\;b\,c\\d` + "\r\n", `DESCRIPTION:x\ny\nz` + "\r\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("got %q, want %q in it", got, want)
		}
	}
}
