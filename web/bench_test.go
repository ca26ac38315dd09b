package web_test

import (
	"testing"

	"github.com/valyala/fasthttp"
)

// BenchmarkPage answers requests through the whole server, middleware and
// compression included, without a network.
func BenchmarkPage(b *testing.B) {
	s := newSite(b)
	handle := s.App().Handler()
	for name, path := range map[string]string{
		"home":   "/",
		"guide":  "/huong-dan/trang-tri-co-dong/trang-tri-phong-bo-phieu",
		"answer": "/hoi-dap/hd-0001-cu-tri-di-lam-an-xa-co-duoc-bo-phieu-o-noi-khac-khong",
		"search": "/tim-kiem?q=bo+phieu+noi+khac",
		"api":    "/api/v1/search?q=bo+phieu+noi+khac",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var c fasthttp.RequestCtx
				c.Request.SetRequestURI("http://localhost" + path)
				c.Request.Header.Set("Accept-Encoding", "gzip")
				handle(&c)
				if c.Response.StatusCode() != fasthttp.StatusOK {
					b.Fatalf("%s: got %d", path, c.Response.StatusCode())
				}
			}
		})
	}
}
