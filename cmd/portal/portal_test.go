package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// asPortal makes the test binary behave as the program itself, so that tests
// can start, kill and watch true processes.
const asPortal = "PORTAL_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asPortal) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// portal runs one command to its end.
func portal(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), asPortal+"=1")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// running is a server process.
type running struct {
	cmd     *exec.Cmd
	address string
	errs    *lockedBuffer
	ended   chan error
}

// lockedBuffer gathers a process's log while tests read it.
type lockedBuffer struct {
	mu   sync.Mutex
	text strings.Builder
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// serve starts the site on a free port and waits for its one line.
func serve(t *testing.T, args ...string) *running {
	t.Helper()
	cmd := exec.Command(os.Args[0], append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)
	cmd.Env = append(os.Environ(), asPortal+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	r := &running{cmd: cmd, errs: &lockedBuffer{}, ended: make(chan error, 1)}
	cmd.Stderr = r.errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill() })
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatalf("the server said nothing: %v %s", cmd.Wait(), r.errs)
	}
	var found bool
	if r.address, found = strings.CutPrefix(lines.Text(), "listening on "); !found {
		t.Fatalf("got %q", lines.Text())
	}
	go func() { io.Copy(io.Discard, out); r.ended <- cmd.Wait() }()
	return r
}

// stop sends SIGTERM and gives the exit code.
func (r *running) stop(t *testing.T) int {
	t.Helper()
	if err := r.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case <-r.ended:
	case <-time.After(30 * time.Second):
		t.Fatal("the server did not stop within 30 s of SIGTERM")
	}
	return r.cmd.ProcessState.ExitCode()
}

func (r *running) get(t *testing.T, path string) (int, string) {
	t.Helper()
	answer, err := http.Get(r.address + path)
	if err != nil {
		t.Fatalf("%v; log: %s", err, r.errs)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

func (r *running) waitReady(t *testing.T) {
	t.Helper()
	r.eventually(t, "ready", time.Minute, func() bool { code, _ := r.get(t, "/readyz"); return code == 200 })
}

func (r *running) eventually(t *testing.T, what string, within time.Duration, holds func() bool) time.Duration {
	t.Helper()
	start := time.Now()
	for !holds() {
		if time.Since(start) > within {
			t.Fatalf("not %s within %s; log: %s", what, within, r.errs)
		}
		time.Sleep(20 * time.Millisecond)
	}
	return time.Since(start)
}

type hits struct {
	Total int `json:"total"`
	Hits  []struct {
		Kind, Ref, Code, Title, URL, Snippet string
	} `json:"hits"`
}

func (r *running) search(t *testing.T, q string) hits {
	t.Helper()
	code, body := r.get(t, "/api/v1/search?q="+url.QueryEscape(q))
	var found hits
	if err := json.Unmarshal([]byte(body), &found); code != 200 || err != nil {
		t.Fatalf("search %q: %d %s (%v)", q, code, body, err)
	}
	return found
}

func writeFile(t *testing.T, lines ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "answers.jsonl")
	if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestServeSeedsAnswersAndStopsCleanly(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	r := serve(t, "--data", data)
	if code, _ := r.get(t, "/healthz"); code != 200 {
		t.Errorf("healthz: got %d", code)
	}
	r.waitReady(t)
	if found := r.search(t, "cu tri di lam an xa co duoc bo phieu o noi khac"); found.Total == 0 || found.Hits[0].Code != "HĐ-0001" {
		t.Errorf("di lam an xa: got %+v", found)
	}
	if code, body := r.get(t, "/api/v1/answers/hd-0001"); code != 200 || !strings.Contains(body, "HĐ-0001") {
		t.Errorf("answer: got %d %s", code, body)
	}
	if code := r.stop(t); code != 0 {
		t.Errorf("exit code on SIGTERM: got %d; log: %s", code, r.errs)
	}
}

func TestSecondServeOnOneFolderSaysSoAtOnce(t *testing.T) {
	data := t.TempDir()
	r := serve(t, "--data", data, "--no-seed")
	start := time.Now()
	_, stderr, code := portal(t, "serve", "--data", data, "--addr", "127.0.0.1:0")
	if code == 0 || !strings.Contains(stderr, "another portal already serves "+data) || time.Since(start) > 15*time.Second {
		t.Errorf("got %d after %s: %s", code, time.Since(start), stderr)
	}
	r.stop(t)
}

func TestImportBesideARunningSiteIsFoundWithinASecond(t *testing.T) {
	data := t.TempDir()
	r := serve(t, "--data", data)
	r.waitReady(t)
	file := writeFile(t, `{"id":"k-1","title":"Voi rừng phá phòng bỏ phiếu thì làm gì?","body":"Báo ngay Ủy ban nhân dân cấp xã."}`)
	stdout, stderr, code := portal(t, "import", "answers", file, "--data", data, "--publish")
	if code != 0 || !strings.Contains(stdout, "1 mới") {
		t.Fatalf("import: %d %s %s", code, stdout, stderr)
	}
	took := r.eventually(t, "found", 5*time.Second, func() bool {
		found := r.search(t, "voi rừng phá phòng")
		return found.Total > 0 && found.Hits[0].Ref == "k-1"
	})
	t.Logf("found after %s", took)
	r.stop(t)
}

func TestImportMakesAnUnseededFolderAndRefusesFaultyFilesWhole(t *testing.T) {
	data := filepath.Join(t.TempDir(), "new")
	bad := writeFile(t, `{"id":"1","title":"Tốt?","body":"Tốt."}`, `{"id":"2","title":"","body":"x"}`, `{"id":"3"`)
	_, stderr, code := portal(t, "import", "answers", bad, "--data", data, "--publish")
	if code != 1 || !strings.Contains(stderr, bad+":2: thiếu title") || !strings.Contains(stderr, bad+":3: ") {
		t.Errorf("got %d: %s", code, stderr)
	}
	good := writeFile(t, `{"id":"1","title":"Tốt?","body":"Tốt.","thừa":1}`)
	for i, want := range []string{"1 mới", "1 giữ nguyên"} {
		stdout, stderr, code := portal(t, "import", "answers", good, "--data", data, "--publish")
		if code != 0 || !strings.Contains(stdout, want) || strings.Count(stderr, "thừa") != 1 {
			t.Errorf("import %d: got %d %s %s", i+1, code, stdout, stderr)
		}
	}
	r := serve(t, "--data", data, "--no-seed")
	r.waitReady(t)
	if found := r.search(t, "tốt"); found.Total != 1 || found.Hits[0].Code != "HĐ-0001" {
		t.Errorf("got %+v", found)
	}
	r.stop(t)
}

func TestBackupUnderLoadRestoresTheSame(t *testing.T) {
	folder := t.TempDir()
	data, backup, fresh := filepath.Join(folder, "data"), filepath.Join(folder, "b.tar.gz"), filepath.Join(folder, "fresh")
	r := serve(t, "--data", data)
	r.waitReady(t)
	if err := os.MkdirAll(filepath.Join(data, "files", "ab"), 0o750); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"files/ab/abc": "đính kèm", "settings.json": `{"hotline": "0210 111 222"}`} {
		if err := os.WriteFile(filepath.Join(data, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	loaded := make(chan int)
	stop := make(chan struct{})
	go func() { loaded <- load(r.address, stop) }()
	if _, stderr, code := portal(t, "backup", backup, "--data", data); code != 0 {
		t.Fatalf("backup: %s", stderr)
	}
	close(stop)
	if n := <-loaded; n == 0 {
		t.Fatal("there was no load during the backup")
	}
	want, _, _ := portal(t, "check", "--data", data)
	if code := r.stop(t); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if _, stderr, code := portal(t, "restore", backup, "--data", fresh); code != 0 {
		t.Fatalf("restore: %s", stderr)
	}
	if got, stderr, code := portal(t, "check", "--data", fresh); code != 0 || got != want {
		t.Errorf("check of the restored folder: %d %s %s", code, got, stderr)
	}
	if text, _ := os.ReadFile(filepath.Join(fresh, "files/ab/abc")); string(text) != "đính kèm" {
		t.Errorf("attachment: got %q", text)
	}
	again := serve(t, "--data", fresh)
	again.waitReady(t)
	if found := again.search(t, "cu tri di lam an xa co duoc bo phieu o noi khac"); found.Total == 0 || found.Hits[0].Code != "HĐ-0001" {
		t.Errorf("search in the restored site: got %+v", found)
	}
	if _, body := again.get(t, "/"); !strings.Contains(body, "0210 111 222") {
		t.Error("the restored site does not know the hotline of settings.json")
	}
	again.stop(t)
}

// load starts quiz attempts until stopped and counts those acknowledged.
func load(address string, stop <-chan struct{}) int {
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	page, err := client.Get(address + "/trac-nghiem")
	if err != nil {
		return 0
	}
	body, _ := io.ReadAll(page.Body)
	page.Body.Close()
	_, rest, _ := strings.Cut(string(body), `href="/trac-nghiem/`)
	slug, _, _ := strings.Cut(rest, `"`)
	for n := 0; ; {
		select {
		case <-stop:
			return n
		default:
		}
		request, _ := http.NewRequest(http.MethodPost, address+"/trac-nghiem/"+slug, nil)
		request.Header.Set("Sec-Fetch-Site", "same-origin")
		if answer, err := client.Do(request); err == nil {
			if answer.Body.Close(); answer.StatusCode == http.StatusSeeOther {
				n++
			}
		}
	}
}

func TestRestoreRefusesDamageAndFullFolders(t *testing.T) {
	folder := t.TempDir()
	data, backup := filepath.Join(folder, "data"), filepath.Join(folder, "b.tar.gz")
	good := writeFile(t, `{"id":"1","title":"Tốt?","body":"Tốt."}`)
	portal(t, "import", "answers", good, "--data", data)
	if _, stderr, code := portal(t, "backup", backup, "--data", data); code != 0 {
		t.Fatalf("backup: %s", stderr)
	}
	if _, stderr, code := portal(t, "backup", backup, "--data", data); code != 1 || !strings.Contains(stderr, "exists") {
		t.Errorf("a backup was overwritten: %d %s", code, stderr)
	}
	if _, stderr, code := portal(t, "restore", backup, "--data", data); code != 1 || !strings.Contains(stderr, "not empty") {
		t.Errorf("restore over data: %d %s", code, stderr)
	}
	whole, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"cut": whole[:len(whole)/2], "flipped": flip(whole), "no backup": []byte("hello")} {
		broken, target := filepath.Join(folder, "broken"), filepath.Join(folder, "target")
		if err := os.WriteFile(broken, text, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, stderr, code := portal(t, "restore", broken, "--data", target); code != 1 {
			t.Errorf("%s: restored with %d %s", name, code, stderr)
		}
		if _, err := os.Stat(target); err == nil {
			t.Errorf("%s: the data folder exists after a refused restore", name)
		}
	}
}

func flip(whole []byte) []byte {
	text := bytes.Clone(whole)
	text[len(text)/2] ^= 0xff
	return text
}

func TestCheckFindsTheEmbeddedTextsInOrder(t *testing.T) {
	if stdout, stderr, code := portal(t, "check"); code != 0 || !strings.Contains(stdout, "in order") {
		t.Errorf("got %d\n%s%s", code, stdout, stderr)
	}
}

func TestCheckNamesWhatIsWrong(t *testing.T) {
	data := t.TempDir()
	file := writeFile(t, `{"id":"1","title":"Căn cứ lạ?","body":"Xem [đây](/huong-dan/khong-co).","refs":["luat-0-0000 dieu-1"]}`)
	portal(t, "import", "answers", file, "--data", data, "--publish")
	stdout, stderr, code := portal(t, "check", "--data", data)
	if code != 1 || !strings.Contains(stdout, "luat-0-0000 dieu-1") || !strings.Contains(stdout, "/huong-dan/khong-co") || !strings.Contains(stderr, "faults") {
		t.Errorf("got %d\n%s%s", code, stdout, stderr)
	}
}

func TestReindexAloneAndBesideARunningSite(t *testing.T) {
	data := t.TempDir()
	file := writeFile(t, `{"id":"1","title":"Tốt?","body":"Tốt."}`)
	portal(t, "import", "answers", file, "--data", data, "--publish")
	if stdout, stderr, code := portal(t, "reindex", "--data", data); code != 0 || !strings.Contains(stdout, "index built") {
		t.Fatalf("got %d %s %s", code, stdout, stderr)
	}
	r := serve(t, "--data", data, "--no-seed")
	r.waitReady(t)
	if stdout, stderr, code := portal(t, "reindex", "--data", data); code != 0 || !strings.Contains(stdout, "running") {
		t.Errorf("got %d %s %s", code, stdout, stderr)
	}
	r.eventually(t, "rebuilt", 5*time.Second, func() bool { return strings.Contains(r.errs.String(), "search index built") })
	if found := r.search(t, "tốt"); found.Total != 1 {
		t.Errorf("got %+v", found)
	}
	r.stop(t)
}

func TestSearchGapsBesideARunningSiteAndAfterItsStop(t *testing.T) {
	data := t.TempDir()
	r := serve(t, "--data", data)
	r.waitReady(t)
	for _, q := range []string{"xyzzyqwv", "xyzzyqwv 0987 654 321", "hòm phiếu", "Hom Phieu", "hom phiếu"} {
		r.search(t, q)
	}
	var stdout, stderr string
	var code int
	r.eventually(t, "listed", 10*time.Second, func() bool {
		stdout, stderr, code = portal(t, "search", "gaps", "--data", data)
		return code != 0 || strings.Contains(stdout, "xyzzyqwv")
	})
	checkGaps := func(when string, lines ...string) {
		t.Helper()
		got := strings.Join(strings.Fields(stdout), " ")
		for _, want := range lines {
			if code != 0 || !strings.Contains(got, want) {
				t.Errorf("%s: want %q, got %d %s%s", when, want, code, stdout, stderr)
			}
		}
		if strings.Contains(stdout, "0987") {
			t.Errorf("%s: a telephone number stands in the list: %s", when, stdout)
		}
	}
	checkGaps("beside", "Không tìm thấy gì Lần hỏi Câu Cách gõ khác 2 xyzzyqwv Hỏi nhiều nhất Lần hỏi Kết quả Lần bấm Câu 3 ")
	r.search(t, "xyzzyqwv") // stored at the stop
	r.stop(t)
	stdout, stderr, code = portal(t, "search", "gaps", "--data", data, "--days", "1", "--limit", "1")
	checkGaps("after the stop", "3 xyzzyqwv", "Có kết quả nhưng không ai bấm Lần hỏi Kết quả Câu 3 ")
	for _, wrong := range [][]string{{"--days", "0"}, {"--days", "401"}, {"--limit", "0"}} {
		if _, stderr, code := portal(t, append([]string{"search", "gaps", "--data", data}, wrong...)...); code != 2 || !strings.Contains(stderr, wrong[0]) {
			t.Errorf("%v: got %d %s", wrong, code, stderr)
		}
	}
	if _, stderr, code := portal(t, "search", "gaps", "--data", filepath.Join(data, "nothing")); code != 1 || !strings.Contains(stderr, "no database") {
		t.Errorf("without a database: got %d %s", code, stderr)
	}
}

func TestSettingsComeFromFlagEnvironmentAndFileInThisOrder(t *testing.T) {
	data := t.TempDir()
	settings := `{"hotline": "0210 333 444", "site-name": "Cổng Thử", "province": "tỉnh Sơn La"}`
	if err := os.WriteFile(filepath.Join(data, settingsFile), []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PORTAL_PROVINCE", "tỉnh Lào Cai")
	r := serve(t, "--data", data, "--no-seed", "--site-name", "Cổng Cờ", "--notice", "Thông báo thử")
	_, body := r.get(t, "/")
	for _, want := range []string{"Cổng Cờ", "0210 333 444", "tỉnh Lào Cai", "Thông báo thử"} {
		if !strings.Contains(body, want) {
			t.Errorf("the home page lacks %q", want)
		}
	}
	for _, not := range []string{"Cổng Thử", "tỉnh Sơn La"} {
		if strings.Contains(body, not) {
			t.Errorf("the home page says %q", not)
		}
	}
	r.stop(t)
}

func TestBadSettingsAreRefusedWithTheirNames(t *testing.T) {
	for flag, value := range map[string]string{"--election-date": "15/3/2026", "--today": "mai", "--base-url": "sotay.example.vn/x"} {
		_, stderr, code := portal(t, "serve", "--data", t.TempDir(), flag, value)
		if code != 2 || !strings.Contains(stderr, flag) {
			t.Errorf("%s %s: got %d %s", flag, value, code, stderr)
		}
	}
}

func TestASiteMayBeOfAByElection(t *testing.T) {
	held := []string{"--by-election", "--election-date", "2027-05-16"}
	if _, stderr, code := portal(t, "serve", "--data", t.TempDir(), "--by-election", "--election-date", "2027-05-17"); code != 2 || !strings.Contains(stderr, "--election-date 2027-05-17 is no Sunday") {
		t.Errorf("a Monday: got %d %s", code, stderr)
	}
	if _, stderr, code := portal(t, "check", "--by-election", "--election-date", "2025-08-03"); code != 2 || !strings.Contains(stderr, "01/11/2025") {
		t.Errorf("a day before the rules that are known: got %d %s", code, stderr)
	}
	stdout, _, code := portal(t, append([]string{"check"}, held...)...)
	if code == 0 || !strings.Contains(stdout, "Sổ tay chưa thấy hạn riêng của việc “Phát xong thẻ cử tri” cho bầu cử bổ sung") {
		t.Errorf("the check ends with %d and does not tell of limits that are missing", code)
	}
	r := serve(t, append([]string{"--data", t.TempDir()}, held...)...)
	if _, body := r.get(t, "/lich"); !strings.Contains(body, "Lịch bầu cử bổ sung") || !strings.Contains(body, "Thứ Bảy, 01/5/2027") {
		t.Error("the calendar is not that of the by-election")
	}
	r.stop(t)
}

func TestVersionPrintsOneLine(t *testing.T) {
	if stdout, _, code := portal(t, "version"); code != 0 || !strings.HasPrefix(stdout, "portal ") || strings.Count(stdout, "\n") != 1 {
		t.Errorf("got %d %q", code, stdout)
	}
}

func TestTenThousandAnswersAreReadyWithinASecondOfTheStart(t *testing.T) {
	data := t.TempDir()
	lines := make([]string, 10000)
	for i := range lines {
		lines[i] = fmt.Sprintf(`{"id":"n%d","title":"Câu hỏi số %d về hòm phiếu khu vực %d?","body":"Hòm phiếu số %d đặt ở phòng bỏ phiếu %d."}`, i, i, i%97, i, i%89)
	}
	if _, stderr, code := portal(t, "import", "answers", writeFile(t, lines...), "--data", data, "--publish"); code != 0 {
		t.Fatal(stderr)
	}
	first := serve(t, "--data", data, "--no-seed")
	if code, _ := first.get(t, "/hoi-dap"); code != 200 {
		t.Errorf("pages while the index is built: got %d", code)
	}
	first.eventually(t, "indexed", 2*time.Minute, func() bool { code, _ := first.get(t, "/readyz"); return code == 200 })
	first.stop(t)
	start := time.Now()
	again := serve(t, "--data", data, "--no-seed")
	again.waitReady(t)
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("ready after %s", took)
	} else {
		t.Logf("ready after %s", took)
	}
	again.stop(t)
}

func TestAcknowledgedRepliesSurviveKill(t *testing.T) {
	data := t.TempDir()
	r := serve(t, "--data", data)
	_, page := r.get(t, "/trac-nghiem")
	_, rest, _ := strings.Cut(page, `href="/trac-nghiem/`)
	slug, _, _ := strings.Cut(rest, `"`)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	post := func(path, form string, cookies []*http.Cookie) *http.Response {
		t.Helper()
		request, err := http.NewRequest(http.MethodPost, r.address+path, strings.NewReader(form))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("Sec-Fetch-Site", "same-origin")
		for _, c := range cookies {
			request.AddCookie(c)
		}
		answer, err := client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		return answer
	}
	cookies := post("/trac-nghiem/"+slug, "", nil).Cookies()
	if answer := post("/trac-nghiem/"+slug+"/1", "k=a", cookies); answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("reply: got %d", answer.StatusCode)
	}
	if err := r.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-r.ended
	r = serve(t, "--data", data)
	request, err := http.NewRequest(http.MethodGet, r.address+"/trac-nghiem/"+slug+"/1", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cookies {
		request.AddCookie(c)
	}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(answer.Body)
	answer.Body.Close()
	if !strings.Contains(string(body), `class="explain`) {
		t.Error("the acknowledged reply is gone after kill -9")
	}
	r.stop(t)
}

func TestSearchShowsHowAQueryWasUnderstood(t *testing.T) {
	data := t.TempDir()
	r := serve(t, "--data", data)
	r.waitReady(t)
	check := func(when string, args []string, want ...string) {
		t.Helper()
		stdout, stderr, code := portal(t, append([]string{"search", "--data", data}, args...)...)
		for _, w := range want {
			if code != 0 || !strings.Contains(stdout, w) {
				t.Errorf("%s: want %q, got %d %s%s", when, w, code, stdout, stderr)
			}
		}
	}
	check("beside", []string{"--explain", "baafu cuwr nowi khac"}, "Đã hiểu câu hỏi là: bầu cử nơi khác", " 1. HĐ-0001", "cover 0.", "kind: ")
	r.stop(t)
	check("after the stop", []string{"--json", "--limit", "1", "di", "lam", "an", "xa", "bo", "phieu", "o", "noi", "khac"}, `"Query": "di lam an xa bo phieu o noi khac"`, `"Code": "HĐ-0001"`)
	check("literally", []string{"--literal", "baafu cuwr"}, "0 kết quả")
	if _, stderr, code := portal(t, "search", "--data", data, "--limit", "0", "x"); code != 2 || !strings.Contains(stderr, "--limit") {
		t.Errorf("a wrong limit: got %d %s", code, stderr)
	}
}
