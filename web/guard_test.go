package web_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"sotay/web"
)

func TestHostIsCheckedWhenAnAddressIsConfigured(t *testing.T) {
	s := emptySite(t, func(c *web.Config) { c.BaseURL = "https://sotay.example.vn" })
	v := s.visitor(t)
	tests := []struct {
		path, host string
		header     []string
		want       int
	}{
		{"/giup-do", "sotay.example.vn", nil, 200},
		{"/giup-do", "SOTAY.example.vn", nil, 200},
		{"/giup-do", "evil.example", nil, 421},
		{"/giup-do", "localhost", nil, 421},
		{"/giup-do", "sotay.example.vn:8080", nil, 421},
		{"/giup-do", "evil.example", []string{"X-Forwarded-Host", "sotay.example.vn"}, 421},
		{"/api/v1/answers/hd-0001", "evil.example", nil, 421},
		{"/static/x.css", "evil.example", nil, 421},
		{"/healthz", "127.0.0.1", nil, 200},
		{"/readyz", "127.0.0.1", nil, 503},
		{"/metrics", "127.0.0.1", nil, 404},
	}
	for _, tt := range tests {
		a := v.get(tt.path, append([]string{"Host", tt.host}, tt.header...)...)
		wantStatus(t, tt.path+" at "+tt.host, a, tt.want)
		if strings.Contains(a.text, "evil.example") {
			t.Errorf("%s at %s: the page names the other host", tt.path, tt.host)
		}
	}
}

func TestConfiguredAddressStandsInEveryLink(t *testing.T) {
	s := emptySite(t, func(c *web.Config) { c.BaseURL = "https://sotay.example.vn" })
	v := s.visitor(t)
	a := v.get("/giup-do", "Host", "sotay.example.vn", "X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "http")
	for _, selector := range []string{"link[rel=canonical]", `meta[property="og:url"]`} {
		e := a.page.Find(selector)
		if got := e.AttrOr("href", e.AttrOr("content", "")); got != "https://sotay.example.vn/giup-do" {
			t.Errorf("%s: got %q", selector, got)
		}
	}
	if a.Header.Get("Strict-Transport-Security") == "" {
		t.Error("an https site sends no HSTS")
	}
	if robots := v.get("/robots.txt", "Host", "sotay.example.vn").text; !strings.Contains(robots, "Sitemap: https://sotay.example.vn/sitemap.xml") {
		t.Errorf("robots.txt: got %q", robots)
	}
}

func TestForwardedHeadersOfStrangersAreIgnored(t *testing.T) {
	v := readSite(t).visitor(t)
	a := v.get("/giup-do", "X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https", "X-Request-Id", "<script>")
	if got := a.page.Find("link[rel=canonical]").AttrOr("href", ""); got != "http://example.com/giup-do" {
		t.Errorf("got canonical address %q", got)
	}
	if got := a.Header.Get("X-Request-Id"); strings.Contains(got, "<") || len(got) != 9 {
		t.Errorf("got request number %q", got)
	}
	if a.Header.Get("Strict-Transport-Security") != "" {
		t.Error("a site without https sends HSTS")
	}
}

func TestBrokenSettingsStopTheStart(t *testing.T) {
	s := emptySite(t)
	for _, change := range []func(*web.Config){
		func(c *web.Config) { c.TrustedProxies = []string{"10.0.0.0/33"} },
		func(c *web.Config) { c.TrustedProxies = []string{"localhost"} },
		func(c *web.Config) { c.BaseURL = "sotay.example.vn" },
		func(c *web.Config) { c.BaseURL = "https://sotay.example.vn/portal" },
		func(c *web.Config) { c.BaseURL = "ftp://sotay.example.vn" },
	} {
		cfg := usual()
		change(&cfg)
		if _, err := web.New(cfg, web.Rooms{Library: s.lib, Bank: s.bank, Index: s.index, Log: s.asked}, nil); err == nil {
			t.Errorf("started with %+v", cfg)
		}
	}
}

func TestCanonicalIsItsOwnCanonical(t *testing.T) {
	for _, path := range []string{"/", "//", "/A//B/", "/%2F/", "/đẶng/", "/api/v1/answers/HĐ-0001/", "\xff/", "/İ"} {
		once := web.Canonical(path)
		if twice := web.Canonical(once); twice != once || !strings.HasPrefix(once, "/") || strings.HasPrefix(once, "//") {
			t.Errorf("%q: got %q, then %q", path, once, twice)
		}
	}
}

// TestServesAndStops runs the site behind a real listener: metrics answer on
// loopback alone, many ask at once, and a stop lets them finish.
func TestServesAndStops(t *testing.T) {
	s := readSite(t).again(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.Serve(listener) }()
	base := "http://" + listener.Addr().String()
	client := &http.Client{Timeout: 10 * time.Second}
	ask := func(path string, header ...string) (int, string) {
		req, err := http.NewRequest(http.MethodGet, base+path, nil)
		if err != nil {
			t.Error(err)
			return 0, ""
		}
		for i := 0; i+1 < len(header); i += 2 {
			req.Header.Set(header[i], header[i+1])
		}
		res, err := client.Do(req)
		if err != nil {
			t.Error(err)
			return 0, ""
		}
		defer res.Body.Close()
		text, err := io.ReadAll(res.Body)
		if err != nil {
			t.Error(err)
		}
		return res.StatusCode, string(text)
	}
	var readers sync.WaitGroup
	for i := range 8 {
		readers.Go(func() {
			for _, path := range []string{"/", "/hoi-dap", fmt.Sprintf("/hoi-dap?sau=hd-%04d", 20+i), "/tim-kiem?q=hom+phieu"} {
				if status, text := ask(path); status != 200 || !strings.Contains(text, "</html>") {
					t.Errorf("%s: got status %d and %d bytes", path, status, len(text))
				}
			}
		})
	}
	readers.Wait()
	if status, text := ask("/metrics"); status != 200 || !strings.Contains(text, `portal_requests_total{method="GET",route="/hoi-dap",status="200"}`) {
		t.Errorf("metrics: got status %d: %.300s", status, text)
	}
	for _, header := range []string{"X-Forwarded-For", "Forwarded", "Via"} {
		if status, _ := ask("/metrics", header, "198.51.100.7"); status != 404 {
			t.Errorf("metrics through a proxy that sends %s: got status %d, want 404", header, status)
		}
	}
	if status, _ := ask("/" + strings.Repeat("a", 20000)); status != 431 {
		t.Errorf("an endless address: got status %d, want 431", status)
	}
	// A browser connects ahead of need; a stop does not wait until its time to ask is over.
	silent, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	client.CloseIdleConnections()
	if status, _ := ask("/healthz"); status != 200 { // on a later connection: the silent one was accepted
		t.Errorf("healthz: got status %d", status)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := s.Shutdown(ctx); err != nil {
		t.Error(err)
	}
	if err := <-served; err != nil {
		t.Error(err)
	}
}
