package web_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"sotay/content"
	"sotay/internal/accounts"
	"sotay/internal/store"
	"sotay/internal/store/storetest"
	"sotay/internal/viet"
	"sotay/quizzes"
	"sotay/search"
	"sotay/web"
)

// site is the whole portal over its own database.
type site struct {
	*web.Server
	db     *store.DB
	lib    *content.Library
	people *accounts.People
	bank   *quizzes.Bank
	index  *search.Index
	asked  *search.Log
	log    *logBuffer
}

// logBuffer is a log that tests can read while the site runs.
type logBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *logBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// usual are the settings of a site on the day where the test's clock stands.
func usual() web.Config {
	return web.Config{
		SiteName: "Sổ tay Bầu cử", Province: "tỉnh Phú Thọ", Notice: "Nội dung mẫu, chưa duyệt.", ElectionDate: "2026-03-15",
		Today: func() viet.Date { return "2026-03-02" }, Version: "test",
	}
}

// newSite is a portal filled with the embedded texts, its index ready.
func newSite(t testing.TB, change ...func(*web.Config)) *site {
	t.Helper()
	db := storetest.Filled(t, "site", seedSite)
	indexOnce.Do(func() { indexFiles = buildIndex(t, db) })
	folder := t.TempDir()
	for name, data := range indexFiles {
		file := filepath.Join(folder, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, data, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	s := siteOver(t, db, folder, change...)
	s.runIndex(t)
	return s
}

// seedSite fills a database with all that is embedded.
func seedSite(db *store.DB) error {
	ctx := context.Background()
	return errors.Join(content.New(db).Seed(ctx, "operator"), quizzes.New(db).Seed(ctx, "operator"), search.SeedWords(ctx, db, "operator"))
}

// The index of what is embedded is built once; each site gets a copy.
var (
	indexOnce  sync.Once
	indexFiles map[string][]byte
)

// buildIndex gives the files of an index of the database, by their paths.
func buildIndex(t testing.TB, db *store.DB) map[string][]byte {
	t.Helper()
	folder := t.TempDir()
	index := search.Open(folder, db, content.New(db), quizzes.New(db), slog.New(slog.DiscardHandler))
	if err := errors.Join(index.Rebuild(t.Context()), index.Close(), content.New(db).Prepare(t.Context())); err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, _ := filepath.Rel(folder, path)
		files[name], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// emptySite is a portal without texts, whose index does not run.
func emptySite(t testing.TB, change ...func(*web.Config)) *site {
	t.Helper()
	return siteOver(t, storetest.Open(t), t.TempDir(), change...)
}

// siteOver is a portal over a database, whose index does not run yet.
func siteOver(t testing.TB, db *store.DB, folder string, change ...func(*web.Config)) *site {
	t.Helper()
	s := &site{db: db, lib: content.New(db), people: accounts.New(db), bank: quizzes.New(db), asked: search.NewLog(db)}
	s.index = search.Open(folder, db, s.lib, s.bank, slog.New(slog.DiscardHandler))
	s.index.Deadline = time.Minute // tests share a machine that may be loaded
	return s.again(t, change...)
}

// again builds the pages anew over the same rooms, as a restart does.
func (s *site) again(t testing.TB, change ...func(*web.Config)) *site {
	t.Helper()
	other := *s
	other.log = &logBuffer{}
	cfg := usual()
	for _, f := range change {
		f(&cfg)
	}
	healthy := func(ctx context.Context) error { return s.db.Read(ctx, func(*store.Tx) error { return nil }) }
	server, err := web.New(cfg, web.Rooms{Library: s.lib, People: s.people, Bank: s.bank, Index: s.index, Log: s.asked, Healthy: healthy}, slog.New(slog.NewJSONHandler(other.log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	other.Server = server
	return &other
}

func (s *site) runIndex(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.index.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		<-ended
		if err := s.index.Close(); err != nil {
			t.Errorf("close index: %v", err)
		}
	})
	for deadline := time.Now().Add(30 * time.Second); !s.index.Ready(); {
		if time.Now().After(deadline) {
			t.Fatal("the index is not ready after 30 s")
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// answer is what came back.
type answer struct {
	*http.Response
	text string
	page *goquery.Document
}

// visitor asks the site and keeps cookies, as a browser does.
type visitor struct {
	t       testing.TB
	site    *site
	cookies map[string]string
}

func (s *site) visitor(t testing.TB) *visitor {
	return &visitor{t: t, site: s, cookies: map[string]string{}}
}

func (v *visitor) get(path string, header ...string) answer {
	v.t.Helper()
	return v.send(http.MethodGet, path, nil, header...)
}

// post sends a form as a page of the site does.
func (v *visitor) post(path string, fields url.Values, header ...string) answer {
	v.t.Helper()
	return v.send(http.MethodPost, path, strings.NewReader(fields.Encode()),
		append([]string{"Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin"}, header...)...)
}

func (v *visitor) send(method, path string, body io.Reader, header ...string) answer {
	v.t.Helper()
	req, err := http.NewRequest(method, "http://example.com", body)
	if err != nil {
		v.t.Fatal(err)
	}
	at, query, _ := strings.Cut(path, "?")
	plain, err := url.PathUnescape(at)
	if err != nil {
		v.t.Fatal(err)
	}
	req.URL = &url.URL{Scheme: "http", Host: "example.com", Path: plain, RawPath: at, RawQuery: query}
	req.Host = "example.com"
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
		if header[i] == "Host" {
			req.Host = header[i+1]
		}
	}
	for name, value := range v.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	return v.do(req)
}

func (v *visitor) do(req *http.Request) answer {
	v.t.Helper()
	res, err := v.site.App().Test(req, 20000)
	if err != nil {
		v.t.Fatalf("%s %s: %v", req.Method, req.URL, err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	for _, c := range res.Cookies() {
		v.cookies[c.Name] = c.Value
	}
	a := answer{Response: res, text: string(raw)}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		if a.page, err = goquery.NewDocumentFromReader(bytes.NewReader(raw)); err != nil {
			v.t.Fatal(err)
		}
	}
	return a
}

// follow goes where a redirect leads.
func (v *visitor) follow(a answer) answer {
	v.t.Helper()
	to := a.Header.Get("Location")
	if to == "" {
		v.t.Fatalf("status %d leads nowhere: %s", a.StatusCode, a.text)
	}
	path, _, _ := strings.Cut(strings.TrimPrefix(to, "http://example.com"), "#")
	return v.get(path)
}

// count is the number of elements that a selector finds.
func (a answer) count(selector string) int {
	if a.page == nil {
		return 0
	}
	return a.page.Find(selector).Length()
}

// said is the text of what a selector finds, blanks made single.
func (a answer) said(selector string) string {
	if a.page == nil {
		return ""
	}
	return strings.Join(strings.Fields(a.page.Find(selector).Text()), " ")
}

func wantStatus(t testing.TB, what string, a answer, want int) {
	t.Helper()
	if a.StatusCode != want {
		t.Errorf("%s: got status %d, want %d", what, a.StatusCode, want)
	}
}

func firstQuiz(t *testing.T, s *site) string {
	t.Helper()
	list, err := s.bank.Quizzes(t.Context())
	if err != nil || len(list) == 0 {
		t.Fatalf("got %d quizzes, %v", len(list), err)
	}
	return list[0].Slug
}
