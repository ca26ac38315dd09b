package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// writer is a trainer's browser.
type writer struct {
	http.Client
	t     *testing.T
	at    *running
	token string
}

var (
	ownLink     = regexp.MustCompile(`/the/[a-z0-9-]+`)
	hiddenToken = regexp.MustCompile(`name="khoa" value="([0-9a-f]+)"`)
)

// joins adds a trainer and signs in by the link that the command prints.
func joins(t *testing.T, at *running, data, phone string) *writer {
	t.Helper()
	out, errs, code := portal(t, "person", "add", "--data", data, "--name", "Nguyễn Thị Soạn", "--phone", phone, "--role", "trainer")
	link := ownLink.FindString(out)
	if code != 0 || link == "" {
		t.Fatalf("got code %d, %q, %q", code, out, errs)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	w := &writer{Client: http.Client{Jar: jar}, t: t, at: at}
	w.post(link, url.Values{})
	w.post("/dang-nhap/mat-khau", url.Values{"moi": {"con trâu đi trước cái cày"}, "lai": {"con trâu đi trước cái cày"}})
	_, _, page := w.get("/ho-so")
	found := hiddenToken.FindStringSubmatch(page)
	if found == nil {
		t.Fatalf("not signed in: %s", page)
	}
	w.token = found[1]
	return w
}

func (w *writer) get(path string) (status int, landed, body string) {
	w.t.Helper()
	answer, err := w.Get(w.at.address + path)
	return w.read(answer, err)
}

func (w *writer) post(path string, fields url.Values) (status int, landed, body string) {
	w.t.Helper()
	if w.token != "" {
		fields.Set("khoa", w.token)
	}
	req, err := http.NewRequest(http.MethodPost, w.at.address+path, strings.NewReader(fields.Encode()))
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	answer, err := w.Do(req)
	return w.read(answer, err)
}

func (w *writer) read(answer *http.Response, err error) (status int, landed, body string) {
	w.t.Helper()
	if err != nil {
		w.t.Fatalf("%v; log: %s", err, w.at.errs)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return answer.StatusCode, answer.Request.URL.Path, string(text)
}

// What the editor was told is saved, which it tells the writer, is there after
// the process was killed. The editor saves three seconds after a pause and at
// least every five, so no more than that is lost.
func TestAcknowledgedDraftsSurviveKill(t *testing.T) {
	data := t.TempDir()
	r := serve(t, "--data", data)
	r.waitReady(t)
	w := joins(t, r, data, "0912000031")
	_, editor, _ := w.post("/bien-tap/moi", url.Values{"loai": {"huong-dan"}})
	if !strings.HasSuffix(editor, "/soan") {
		t.Fatalf("a new guide leads to %s", editor)
	}
	version, saves := firstVersion(t, w, editor), 0
	for stop := time.Now().Add(1500 * time.Millisecond); time.Now().Before(stop); {
		saves++
		status, _, body := w.post(strings.TrimSuffix(editor, "soan")+"luu", url.Values{"ban": {version}, "title": {"Soạn dở dang"}, "markdown": {fmt.Sprintf("Câu thứ %d.", saves)}})
		var saved struct{ Version int }
		if err := json.Unmarshal([]byte(body), &saved); status != 200 || err != nil {
			t.Fatalf("save %d: got status %d, %s, %v", saves, status, body, err)
		}
		version = fmt.Sprint(saved.Version)
	}
	if err := r.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-r.ended
	w.at = serve(t, "--data", data)
	w.at.waitReady(t)
	w.Jar.SetCookies(mustParse(t, w.at.address), w.Jar.Cookies(mustParse(t, r.address)))
	status, _, page := w.get(editor)
	if want := fmt.Sprintf("Câu thứ %d.", saves); status != 200 || !strings.Contains(page, want) {
		t.Errorf("after the kill: got status %d without %q, %d saves were acknowledged", status, want, saves)
	}
	if saves < 3 {
		t.Errorf("only %d saves: the test is blind", saves)
	}
}

var versionField = regexp.MustCompile(`name="ban" value="([0-9]+)"`)

func firstVersion(t *testing.T, w *writer, editor string) string {
	t.Helper()
	_, _, page := w.get(editor)
	found := versionField.FindStringSubmatch(page)
	if found == nil {
		t.Fatalf("no version on the page: %s", page)
	}
	return found[1]
}

func mustParse(t *testing.T, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
