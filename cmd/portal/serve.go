package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"sync"
	"time"

	"sotay/content"
	"sotay/internal/accounts"
	"sotay/internal/store"
	"sotay/quizzes"
	"sotay/search"
	"sotay/web"
)

type serveCommand struct {
	Storage `embed:""`
	Site    `embed:""`
	Addr    string `default:"127.0.0.1:8080" env:"PORTAL_ADDR" help:"Address to listen on."`
	NoSeed  bool   `env:"PORTAL_NO_SEED" help:"Do not fill an empty database with the embedded content."`
	Dev     bool   `env:"PORTAL_DEV" help:"Read templates and style sheets from ./web at every request."`
}

// operator is who the audit log names for acts of the command line.
const operator = "operator"

// drainTime is how long a stop waits for requests under way.
const drainTime = 8 * time.Second

// restartTime is how long a loop rests after an error.
const restartTime = time.Minute

// Run serves until the context ends, then drains and stops.
func (c *serveCommand) Run(ctx context.Context, out *output) error {
	log := slog.New(slog.NewJSONHandler(out.stderr, nil))
	unlock, err := c.lock()
	if err != nil {
		return err
	}
	defer unlock()
	db, err := c.open(ctx)
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	defer db.Close()
	site, err := c.build(ctx, db, log)
	if err != nil {
		return err
	}
	return site.serve(ctx, c.Addr, out)
}

func (c *serveCommand) lock() (func(), error) {
	if err := os.MkdirAll(c.Data, 0o750); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	unlock, err := store.LockFolder(c.Data)
	if errors.Is(err, store.ErrLocked) {
		return nil, fmt.Errorf("another portal already serves %s; stop it first or choose another --data", c.Data)
	}
	return unlock, err
}

// site is everything that runs.
type site struct {
	web    *web.Server
	index  *search.Index
	asked  *search.Log
	lib    *content.Library
	people *accounts.People
	log    *slog.Logger
}

// build makes the rooms and fills an empty database.
func (c *serveCommand) build(ctx context.Context, db *store.DB, log *slog.Logger) (*site, error) {
	lib, bank, people := content.New(db).HeldOn(c.election()), quizzes.New(db), accounts.New(db)
	if err := people.SeedUnits(ctx, c.Province); err != nil {
		return nil, err
	}
	if !c.NoSeed {
		if err := seed(ctx, db, lib, bank); err != nil {
			return nil, err
		}
	}
	index := search.Open(c.path(indexFolder), db, lib, bank, log)
	asked := search.NewLog(db)
	server, err := web.New(web.Config{
		SiteName: c.SiteName, Province: c.Province, Manager: c.Manager, Hotline: c.Hotline, Notice: c.Notice, BaseURL: c.BaseURL,
		TrustedProxies: c.TrustedProxies, ElectionDate: c.election().Day, ElectionKind: c.election().Kind, Today: c.today, Dev: c.Dev, Version: versionName(),
	}, web.Rooms{Library: lib, People: people, Bank: bank, Index: index, Log: asked, Healthy: func(ctx context.Context) error { return db.Read(ctx, func(*store.Tx) error { return nil }) }}, log)
	if err != nil {
		return nil, fmt.Errorf("build site: %w", err)
	}
	return &site{web: server, index: index, asked: asked, lib: lib, people: people, log: log}, nil
}

// serve listens and keeps the background work going until the context ends.
func (s *site) serve(ctx context.Context, addr string, out *output) error {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	background, stop := context.WithCancel(context.Background())
	var loops sync.WaitGroup
	loops.Go(func() { s.loop("search index", s.index.Run(background)) })
	loops.Go(func() { s.rerender(background) })
	loops.Go(func() { s.keep(background, "query log", s.asked.Run) })
	loops.Go(func() { s.keep(background, "publishing", s.lib.Run) })
	loops.Go(func() { s.keep(background, "retention", s.lib.RunForgetting) })
	loops.Go(func() { s.keep(background, "accounts", s.people.Run) })
	served := make(chan error, 1)
	go func() { served <- s.web.Serve(listener) }()
	out.say("listening on http://%s", listener.Addr())
	select {
	case err = <-served:
	case <-ctx.Done():
		drain, cancel := context.WithTimeout(context.Background(), drainTime)
		err = s.web.Shutdown(drain)
		cancel()
	}
	stop()
	loops.Wait()
	return errors.Join(err, s.index.Close())
}

func (s *site) loop(name string, err error) {
	if err != nil && !errors.Is(err, context.Canceled) {
		s.log.Error("background work ended", "loop", name, "err", err)
	}
}

// keep keeps a loop going: after an error it rests, then begins again. The query
// log loses what waited, publishing nothing.
func (s *site) keep(ctx context.Context, name string, run func(context.Context) error) {
	for {
		s.loop(name, run(ctx))
		select {
		case <-ctx.Done():
			return
		case <-time.After(restartTime):
		}
	}
}

func (s *site) rerender(ctx context.Context) {
	n, err := s.lib.Rerender(ctx)
	if s.loop("renderer", err); n > 0 {
		s.log.Info("rendered again", "texts", n)
	}
	s.loop("text check", s.lib.Prepare(ctx))
}
