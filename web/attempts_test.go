package web_test

import (
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"sotay/quizzes"
	"sotay/web"
)

// begin starts the first quiz and gives its slug and questions.
func begin(t *testing.T, v *visitor) quizzes.Quiz {
	t.Helper()
	slug := firstQuiz(t, v.site)
	a := v.post("/trac-nghiem/"+slug, nil)
	wantStatus(t, "start", a, 303)
	if got := a.Header.Get("Location"); got != "/trac-nghiem/"+slug+"/1" {
		t.Fatalf("start leads to %q", got)
	}
	quiz, err := v.site.bank.Quiz(t.Context(), slug)
	if err != nil {
		t.Fatal(err)
	}
	return quiz
}

func at(quiz quizzes.Quiz, position int) string { return fmt.Sprintf("%s/%d", quiz.Path(), position) }

// wrongChoice is a choice that is not right.
func wrongChoice(q quizzes.Question) []string {
	for _, o := range q.Options {
		if !o.Right {
			return []string{o.Key}
		}
	}
	return q.Rights()[:1]
}

func TestQuizIsTakenQuestionByQuestion(t *testing.T) {
	v := readSite(t).visitor(t)
	quiz := begin(t, v)
	wrong := 0
	for i, q := range quiz.Questions {
		path := at(quiz, i+1)
		asked := v.get(path)
		wantStatus(t, path, asked, 200)
		checkPage(t, path, asked)
		if asked.count(".explain") != 0 || asked.count(".verdict") != 0 || strings.Contains(asked.text, q.Explanation) {
			t.Errorf("%s tells its answer", path)
		}
		if hint, told := asked.said(".hint"), strings.HasSuffix(q.Stem, "đúng hay sai?"); (hint == "") != told {
			t.Errorf("%s: below %q stands the hint %q", path, q.Stem, hint)
		}
		chosen := q.Rights()
		if i%3 == 0 {
			chosen = wrongChoice(q)
		}
		right := quizzes.Grade(q, chosen)
		if !right {
			wrong++
		}
		reply := v.post(path, url.Values{"k": chosen})
		wantStatus(t, path, reply, 303)
		if got := reply.Header.Get("Location"); got != path+"#giai-thich" {
			t.Errorf("%s: the reply leads to %q", path, got)
		}
		checkExplanation(t, path, v.follow(reply), q, right)
	}
	checkResult(t, v, quiz, wrong)
}

func checkExplanation(t *testing.T, path string, a answer, q quizzes.Question, right bool) {
	t.Helper()
	checkPage(t, path, a)
	class := "wrong"
	if right {
		class = "right"
	}
	if a.count("#giai-thich.explain."+class+"[tabindex='-1']") != 1 {
		t.Errorf("%s: no explanation that a reader lands on", path)
	}
	if got, want := a.count(".opt.right"), len(q.Rights()); got != want {
		t.Errorf("%s: %d right options are marked, want %d", path, got, want)
	}
	if right == (a.count(".opt.wrong") > 0) {
		t.Errorf("%s: right is %v, but %d options are marked wrong", path, right, a.count(".opt.wrong"))
	}
	if got := a.page.Find(".explain .chips a").Last().AttrOr("href", ""); got != q.Read || !strings.Contains(got, "#") {
		t.Errorf("%s: leads on to %q, want %q", path, got, q.Read)
	}
	if a.count(".explain .chips a[href^='/van-ban/']") != len(q.Basis) {
		t.Errorf("%s: %d citations are linked, want %d", path, a.count(".explain .chips a[href^='/van-ban/']"), len(q.Basis))
	}
}

func checkResult(t *testing.T, v *visitor, quiz quizzes.Quiz, wrong int) {
	t.Helper()
	path := quiz.Path() + "/ket-qua"
	a := v.get(path)
	wantStatus(t, path, a, 200)
	checkPage(t, path, a)
	n := len(quiz.Questions)
	if got, want := a.said(".score-num"), fmt.Sprintf("%d/%d", n-wrong, n); got != want {
		t.Errorf("got score %q, want %q", got, want)
	}
	if got := a.count(".linklist a[href$='#giai-thich']"); got != wrong {
		t.Errorf("%d wrong answers are listed, want %d", got, wrong)
	}
	a.page.Find(".topic-bars > li").Each(func(_ int, topic *goquery.Selection) {
		var right, asked int
		if _, err := fmt.Sscanf(topic.Find(".num").Text(), "%d/%d", &right, &asked); err != nil {
			t.Fatal(err)
		}
		if got := topic.Find(".tag").Length(); (got == 1) != (asked > 1) {
			t.Errorf("%d questions on a topic make %d verdicts", asked, got)
		}
		if got := topic.Find("a[href*='#']").Length(); (got > 0) != (right < asked) {
			t.Errorf("%d of %d right: %d sections to read again", right, asked, got)
		}
	})
	if got := a.said(".score"); !strings.Contains(got, "Kết quả không gắn với tên anh, chị; chỉ máy này mở lại được.") {
		t.Errorf("got %q", got)
	}
	score := fmt.Sprintf("Xem kết quả lần trước: %d/%d", n-wrong, n)
	checkProgress(t, v, quiz, score, path, "Làm lại từ đầu")
	wantStatus(t, "again", v.post(quiz.Path(), nil), 303)
	if again := v.get(at(quiz, 1)); again.count(".explain") != 0 {
		t.Error("the second attempt begins with the replies of the first")
	}
}

// checkProgress asserts what the list of quizzes and the start of one say to who
// has an attempt.
func checkProgress(t *testing.T, v *visitor, quiz quizzes.Quiz, says, leads, button string) {
	t.Helper()
	list, start := v.get("/trac-nghiem"), v.get(quiz.Path())
	if got := list.said(".linklist a[href='" + leads + "']"); !strings.HasPrefix(got, says) {
		t.Errorf("the list says %q, want %q", got, says)
	}
	if got := start.said("main button"); got != button || !strings.Contains(start.said("main"), says) {
		t.Errorf("the start says %q, want %q and %q", start.said("main"), says, button)
	}
	for _, a := range []answer{list, start} {
		checkPage(t, "progress", a)
		if got := a.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("a visitor's own page has Cache-Control %q", got)
		}
	}
	for _, path := range []string{"/trac-nghiem", quiz.Path()} {
		stranger, other := v.site.visitor(t).get(path), v.site.visitor(t).get(path)
		if stranger.text != other.text || stranger.Header.Get("Cache-Control") != "no-cache" || strings.Contains(stranger.text, "ần trước") {
			t.Errorf("%s is not the same for all strangers", path)
		}
	}
}

func TestFirstReplyStands(t *testing.T) {
	v := readSite(t).visitor(t)
	quiz := begin(t, v)
	q := quiz.Questions[0]
	v.post(at(quiz, 1), url.Values{"k": wrongChoice(q)})
	before := v.get(at(quiz, 1)).said("main")
	for _, chosen := range [][]string{wrongChoice(q), q.Rights()} {
		wantStatus(t, "second submit", v.post(at(quiz, 1), url.Values{"k": chosen}), 303)
	}
	if after := v.get(at(quiz, 1)).said("main"); after != before {
		t.Errorf("a second submit changed the page to %q", after)
	}
}

func TestReplyMustBeAChoice(t *testing.T) {
	v := readSite(t).visitor(t)
	quiz := begin(t, v)
	single := -1
	for i, q := range quiz.Questions {
		if q.Kind == quizzes.KindSingle {
			single = i
			break
		}
	}
	if single < 0 {
		t.Fatal("the first quiz has no question with one right option")
	}
	path, q := at(quiz, single+1), quiz.Questions[single]
	for name, fields := range map[string]url.Values{
		"nothing": {}, "unknown option": {"k": {"zz"}}, "two of one": {"k": {q.Options[0].Key, q.Options[1].Key}},
	} {
		a := v.post(path, fields)
		wantStatus(t, name, a, 422)
		checkPage(t, name, a)
		if a.said(".err") == "" || a.count("fieldset.bad[aria-describedby]") != 1 || a.count(".explain") != 0 {
			t.Errorf("%s: got %q", name, a.said("main"))
		}
		if a.page.Find(".err").Children().Filter("svg").Length() != 1 {
			t.Errorf("%s: the sentence has no sign", name)
		}
	}
	if a := v.post(path, url.Values{"k": {q.Options[0].Key, q.Options[1].Key}}); a.count("main input[checked]") != 2 {
		t.Errorf("what was chosen is lost: %d of 2", a.count("main input[checked]"))
	}
	a := v.post(path, url.Values{"k": {"a"}, "score": {"10"}, "person_id": {"1"}})
	wantStatus(t, "foreign fields", a, 422)
	if v.get(path).count(".explain") != 0 {
		t.Error("a refused reply was stored")
	}
	for _, odd := range []string{"0", "-1", "01", "11", "999999999999999999999", "a", "1x"} {
		wantStatus(t, "position "+odd, v.get(quiz.Path()+"/"+odd), 404)
		wantStatus(t, "reply at "+odd, v.post(quiz.Path()+"/"+odd, url.Values{"k": {"a"}}), 404)
	}
}

func TestAttemptOutlivesReloadAndRestart(t *testing.T) {
	s := readSite(t)
	v := s.visitor(t)
	quiz := begin(t, v)
	v.post(at(quiz, 1), url.Values{"k": quiz.Questions[0].Rights()})
	before := v.get(at(quiz, 1)).said("main")
	v.site = s.again(t)
	if after := v.get(at(quiz, 1)).said("main"); after != before {
		t.Errorf("after a restart: got %q, want %q", after, before)
	}
	checkProgress(t, v, quiz, "Làm tiếp từ câu 2", at(quiz, 2), "Làm tiếp từ câu 2")
	a := v.post(quiz.Path(), nil)
	if got := a.Header.Get("Location"); got != at(quiz, 2) {
		t.Errorf("starting again leads to %q, want the next open question", got)
	}
	open := v.get(quiz.Path() + "/ket-qua")
	if open.count(".score-num") != 0 || open.count("a[href='"+at(quiz, 2)+"']") != 1 {
		t.Errorf("the result of an open attempt: got %q", open.said("main"))
	}
}

func TestAttemptIsOneVisitorsOwn(t *testing.T) {
	s := readSite(t)
	v := s.visitor(t)
	quiz := begin(t, v)
	v.post(at(quiz, 1), url.Values{"k": quiz.Questions[0].Rights()})
	for _, path := range []string{at(quiz, 1), at(quiz, 2), quiz.Path() + "/ket-qua"} {
		if got := v.get(path).Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s: got Cache-Control %q", path, got)
		}
		for _, cookie := range []string{"", "nonsense", strings.Repeat("0", 32), strings.Repeat("a", 5000)} {
			stranger := s.visitor(t)
			if cookie != "" {
				stranger.cookies["luot"] = cookie
			}
			a := stranger.get(path)
			wantStatus(t, path+" for a stranger", a, 303)
			if got := a.Header.Get("Location"); got != quiz.Path() {
				t.Errorf("%s: a stranger is led to %q", path, got)
			}
		}
		stranger := s.visitor(t)
		wantStatus(t, "a stranger's reply", stranger.post(at(quiz, 2), url.Values{"k": {"a"}}), 303)
		if len(stranger.cookies) > 0 {
			t.Errorf("a reply without an attempt set %v", stranger.cookies)
		}
	}
}

func TestVisitCookieIsBoundAndSecret(t *testing.T) {
	for name, tt := range map[string]struct {
		base, cookie string
		secure       bool
	}{
		"plain": {"", "luot", false}, "http": {"http://example.com", "luot", false}, "https": {"https://example.com", "__Host-luot", true},
	} {
		s := readSite(t).again(t, func(c *web.Config) { c.BaseURL = tt.base })
		v := s.visitor(t)
		quiz := firstQuiz(t, s)
		if a := v.get("/trac-nghiem/" + quiz); a.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s: opening a quiz set a cookie", name)
		}
		cookies := v.post("/trac-nghiem/"+quiz, nil).Cookies()
		if len(cookies) != 1 {
			t.Fatalf("%s: got %d cookies", name, len(cookies))
		}
		c := cookies[0]
		if c.Name != tt.cookie || c.Secure != tt.secure || !c.HttpOnly || c.SameSite != 2 || c.Path != "/" || c.Domain != "" || c.MaxAge != 365*24*3600 || len(c.Value) != 32 {
			t.Errorf("%s: got %s", name, c.Raw)
		}
		value := v.cookies[tt.cookie]
		wantStatus(t, "second start", v.post("/trac-nghiem/"+quiz, nil), 303)
		if v.cookies[tt.cookie] != value {
			t.Errorf("%s: a second start changed the cookie", name)
		}
		if strings.Contains(s.log.String(), value) {
			t.Errorf("%s: the log holds the cookie", name)
		}
	}
}

func TestStartTwiceMakesOneAttempt(t *testing.T) {
	v := readSite(t).visitor(t)
	quiz := begin(t, v)
	for range 3 {
		if got := v.post(quiz.Path(), nil).Header.Get("Location"); got != at(quiz, 1) {
			t.Errorf("got %q", got)
		}
	}
	wantStatus(t, "unknown quiz", v.post("/trac-nghiem/khong-co", nil), 404)
}

func TestCitationsFollowTheRegister(t *testing.T) {
	s := newSite(t)
	v := s.visitor(t)
	quiz := begin(t, v)
	v.post(at(quiz, 1), url.Values{"k": quiz.Questions[0].Rights()})
	const before, after = "Luật Bầu cử, Điều", "Luật Bầu cử mới, Điều"
	if got := v.get(at(quiz, 1)).said(".explain .chips"); !strings.Contains(got, before) {
		t.Fatalf("got citations %q, want %q among them", got, before)
	}
	source, err := os.ReadFile("../content/law/luat-85-2015.md")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(source), "short: Luật Bầu cử\n", "short: Luật Bầu cử mới\n", 1)
	if err := s.lib.SaveLaw(t.Context(), text, "editor", true); err != nil {
		t.Fatal(err)
	}
	if got := v.get(at(quiz, 1)).said(".explain .chips"); !strings.Contains(got, after) {
		t.Errorf("got citations %q, want %q among them", got, after)
	}
}
