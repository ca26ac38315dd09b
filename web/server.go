package web

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"sync/atomic"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/accounts"
	"sotay/internal/viet"
	"sotay/quizzes"
	"sotay/search"
)

// Config is what an operator sets about the site. Nothing of it stands in a
// template.
type Config struct {
	SiteName       string
	Province       string // as in "của …"
	Manager        string // who runs the site; empty leaves the line out
	Hotline        string // telephone; empty leaves the line out
	Notice         string // shown on every page; empty shows none
	BaseURL        string // scheme and host; empty: whatever host was asked
	TrustedProxies []string
	ElectionDate   viet.Date
	ElectionKind   content.ElectionKind
	Today          func() viet.Date
	Dev            bool   // read templates and assets from ./web at every request
	Version        string // of the program
}

// election is the one that the site speaks of.
func (c Config) election() content.Election {
	return content.Election{Day: c.ElectionDate, Kind: c.ElectionKind}
}

// Rooms are what the pages show.
type Rooms struct {
	Library *content.Library
	Bank    *quizzes.Bank
	Index   *search.Index
	People  *accounts.People
	Log     *search.Log                     // of what is searched for
	Healthy func(ctx context.Context) error // whether the database answers
}

// Server is the site.
type Server struct {
	cfg     Config
	rooms   Rooms
	log     *slog.Logger
	app     *fiber.App
	site    siteView
	base    *url.URL // the configured address; nil when there is none
	drawn   drawn    // templates and assets as they were at start
	packed  packed
	metrics metrics
	limits  limits
	notices notices

	listener atomic.Pointer[listener] // while it serves
}

// New builds the site over its rooms.
func New(cfg Config, rooms Rooms, log *slog.Logger) (*Server, error) {
	s := &Server{cfg: cfg, rooms: rooms, log: log, site: viewOf(cfg), metrics: newMetrics(), limits: newLimits()}
	if err := s.readAddresses(); err != nil {
		return nil, err
	}
	var err error
	if s.drawn, err = draw(embedded); err != nil {
		return nil, err
	}
	s.app = fiber.New(fiber.Config{
		Immutable: true, UnescapePath: true, CaseSensitive: true, StrictRouting: true,
		BodyLimit: MaxBodyBytes, ReadBufferSize: MaxHeaderBytes,
		ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		EnableTrustedProxyCheck: true, TrustedProxies: cfg.TrustedProxies,
		DisablePreParseMultipartForm: true, DisableStartupMessage: true, ErrorHandler: s.failOutside,
	})
	s.app.Server().HeaderReceived = sizeOfBody
	s.app.Use(s.observe, s.check)
	s.register()
	return s, nil
}

// readAddresses checks the configured address and the proxies, so that a typo
// stops the program instead of opening it.
func (s *Server) readAddresses() error {
	for _, proxy := range s.cfg.TrustedProxies {
		_, _, err := net.ParseCIDR(proxy)
		if err != nil && net.ParseIP(proxy) == nil {
			return fmt.Errorf("trusted proxy %q is neither an address nor a range", proxy)
		}
	}
	if s.cfg.BaseURL == "" {
		return nil
	}
	base, err := url.Parse(strings.TrimSuffix(s.cfg.BaseURL, "/"))
	if err != nil || base.Host == "" || base.Path != "" || base.Scheme != "http" && base.Scheme != "https" {
		return fmt.Errorf("base address %q must be scheme and host alone", s.cfg.BaseURL)
	}
	s.base = base
	return nil
}

// https reports whether visitors reach the site by https, as configured.
func (s *Server) https() bool { return s.base != nil && s.base.Scheme == "https" }

// App is the Fiber application, for tests.
func (s *Server) App() *fiber.App { return s.app }

// Serve answers requests until Shutdown.
func (s *Server) Serve(ln net.Listener) error {
	s.listener.Store(listen(ln))
	if err := s.app.Listener(s.listener.Load()); err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// Shutdown lets requests under way finish, then ends Serve.
func (s *Server) Shutdown(ctx context.Context) error {
	if l := s.listener.Load(); l != nil {
		l.stop()
	}
	if err := s.app.ShutdownWithContext(ctx); err != nil {
		return fmt.Errorf("shut down: %w", err)
	}
	return nil
}
