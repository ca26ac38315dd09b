package web

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"sotay/internal/accounts"
	"sotay/internal/fault"
)

// Names of what middleware leaves for handlers.
const (
	localRoute   = "route"
	localRequest = "request"
)

// guard says who may open an address: pass gives nil to let a request through.
type guard struct {
	act  accounts.Act // what the person must be allowed to do; "" where nobody signs in
	pass func(c *fiber.Ctx) error
}

// anyone may open the address.
var anyone = guard{pass: func(*fiber.Ctx) error { return nil }}

// operator lets only programs on this machine pass, and nothing that a proxy on
// this machine hands on.
var operator = guard{pass: onlyThisMachine}

func onlyThisMachine(c *fiber.Ctx) error {
	forwarded := c.Get(fiber.HeaderXForwardedFor) + c.Get(fiber.HeaderForwarded) + c.Get(fiber.HeaderVia)
	if !c.Context().RemoteIP().IsLoopback() || forwarded != "" {
		return fault.NotFound(noPage)
	}
	return nil
}

// observe surrounds every request: its number, deadline and headers, the answer
// to its errors, packing, and the logs.
func (s *Server) observe(c *fiber.Ctx) error {
	started := time.Now()
	ctx, cancel := context.WithTimeout(context.Background(), requestTime)
	defer cancel()
	c.SetUserContext(ctx)
	s.prepare(c)
	if err := next(c); err != nil {
		s.fail(c, err)
	}
	s.pack(c)
	s.note(c, time.Since(started))
	return nil
}

// prepare gives the request its number and the answer its headers.
func (s *Server) prepare(c *fiber.Ctx) {
	number := requestNumber()
	c.Locals(localRequest, number)
	c.Set(fiber.HeaderXRequestID, number)
	for name, value := range headers {
		c.Set(name, value)
	}
	if s.https() {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age=31536000")
	}
}

var headers = map[string]string{
	fiber.HeaderContentSecurityPolicy: "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self'",
	fiber.HeaderXContentTypeOptions:   "nosniff",
	fiber.HeaderReferrerPolicy:        "same-origin",
	fiber.HeaderPermissionsPolicy:     "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
	"Cross-Origin-Opener-Policy":      "same-origin",
	"Cross-Origin-Resource-Policy":    "same-origin",
	fiber.HeaderCacheControl:          "no-cache",
}

// numberLetters leaves out what is mistaken on the telephone. There are 32, so
// that a byte falls on each alike.
const numberLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// requestNumber is short enough to be read out: "K7TM-3319".
func requestNumber() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	for i := range b {
		b[i] = numberLetters[int(b[i])%len(numberLetters)]
	}
	return string(b[:4]) + "-" + string(b[4:])
}

// next runs the rest of the chain and turns a panic into an error.
func next(c *fiber.Ctx) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return c.Next()
}

// note writes the access log, without query strings: they are what people ask.
func (s *Server) note(c *fiber.Ctx, took time.Duration) {
	path, status := loggable(c), c.Response().StatusCode()
	s.metrics.count(c, status, took)
	if path == "/healthz" || path == "/readyz" || path == "/metrics" {
		return
	}
	s.log.Info("request", "request", requestOf(c), "method", c.Method(), "path", path, "status", status,
		"ms", took.Milliseconds(), "bytes", len(c.Response().Body()))
}

// secretPlaces begin addresses whose rest opens something.
var secretPlaces = []string{"/the/", "/xem-truoc/"}

// loggable is the path without what opens something, however it was typed.
func loggable(c *fiber.Ctx) string {
	path := canonical(c.Path())
	for _, place := range secretPlaces {
		if strings.HasPrefix(path, place) {
			return place + ":secret"
		}
	}
	return c.Path()
}

func requestOf(c *fiber.Ctx) string {
	number, _ := c.Locals(localRequest).(string)
	return number
}

// check refuses what is not meant for this site, before any handler.
func (s *Server) check(c *fiber.Ctx) error {
	if !s.rightHost(c) {
		return fiber.NewError(fiber.StatusMisdirectedRequest)
	}
	if strings.Contains(c.Path(), "\x00") || !utf8.ValidString(c.Path()) { // no address of ours, and no database takes it
		return fault.NotFound(noPage)
	}
	if to := canonical(c.Path()); to != c.Path() && isSafe(c) {
		return redirectTo(c, to)
	}
	if !isSafe(c) && !s.sameOrigin(c) {
		return fault.Denied("Yêu cầu này không gửi từ trang của sổ tay. Hãy mở lại trang rồi gửi lại.")
	}
	if !isSafe(c) && c.Get(fiber.HeaderContentEncoding) != "" {
		return fiber.NewError(fiber.StatusBadRequest) // no page packs a form; what it unpacks to nobody measured
	}
	return c.Next()
}

// rightHost lets any host pass while no address is configured; health and
// metrics are asked by machines that know only the port.
func (s *Server) rightHost(c *fiber.Ctx) bool {
	switch c.Path() {
	case "/healthz", "/readyz", "/metrics":
		return true
	}
	return s.base == nil || strings.EqualFold(c.Hostname(), s.base.Host)
}

// canonical is how the site writes an address: lower case, single slashes, none
// at the end. The JSON interface takes codes as they are.
func canonical(path string) string {
	for strings.Contains(path, "//") {
		path = strings.ReplaceAll(path, "//", "/")
	}
	if !strings.HasPrefix(path, "/api/") {
		path = strings.ToLower(path)
	}
	return "/" + strings.Trim(path, "/")
}

// redirectTo leads to another path of the site for good and keeps the query.
func redirectTo(c *fiber.Ctx, path string) error {
	path, anchor, _ := strings.Cut(path, "#")
	to := url.URL{Path: path, Fragment: anchor, RawQuery: string(c.Context().URI().QueryString())}
	return c.Redirect(to.String(), fiber.StatusMovedPermanently)
}

// isSafe reports whether the method changes nothing.
func isSafe(c *fiber.Ctx) bool {
	return c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead
}

// sameOrigin reports whether a form was sent from a page of this site: browsers
// say so in Sec-Fetch-Site, older ones in Origin.
func (s *Server) sameOrigin(c *fiber.Ctx) bool {
	if site := c.Get("Sec-Fetch-Site"); site != "" {
		return site == "same-origin" || site == "none"
	}
	origin, err := url.Parse(c.Get(fiber.HeaderOrigin))
	return err == nil && origin.Host != "" && strings.EqualFold(origin.Host, c.Hostname())
}
