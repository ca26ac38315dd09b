package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/quizzes"
	"sotay/search"
)

// portal is the product as it is: passages imported as published answers, found
// by its search.
type portal struct {
	database string // folder of the imported answers
	index    string
}

func newPortal(s shelf) engine {
	return portal{database: filepath.Join(s.Dir, "database"), index: s.index("portal")}
}

func (portal) name() string { return "portal" }

// importBatch is how many answers are imported at once.
const importBatch = 5000

// prepare imports the passages, once for each shelf.
func (p portal) prepare(ctx context.Context, passages iter.Seq2[passage, error]) error {
	if _, err := os.Stat(p.database); err == nil {
		return nil
	}
	unfinished := p.database + ".part"
	if err := errors.Join(os.RemoveAll(unfinished), os.MkdirAll(unfinished, 0o755)); err != nil {
		return err
	}
	db, err := store.Open(ctx, filepath.Join(unfinished, databaseFile))
	if err != nil {
		return err
	}
	if err := errors.Join(importAll(ctx, content.New(db), passages), db.Close()); err != nil {
		return err
	}
	return os.Rename(unfinished, p.database)
}

const databaseFile = "portal.db"

func importAll(ctx context.Context, lib *content.Library, passages iter.Seq2[passage, error]) error {
	var file bytes.Buffer
	out, waiting := json.NewEncoder(&file), 0
	flush := func() error {
		if waiting == 0 {
			return nil
		}
		report, err := lib.ImportAnswers(ctx, "corpus", bytes.NewReader(file.Bytes()), true, "operator")
		if err == nil && report.New != waiting {
			err = fmt.Errorf("%d of %d passages were imported", report.New, waiting)
		}
		file.Reset()
		waiting = 0
		return err
	}
	for p, err := range passages {
		if err != nil {
			return err
		}
		if err := out.Encode(p); err != nil {
			return err
		}
		if waiting++; waiting == importBatch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// build lets the portal build its index from its database.
func (p portal) build(ctx context.Context, _ iter.Seq2[passage, error]) error {
	if err := os.RemoveAll(p.index); err != nil {
		return err
	}
	db, index, err := p.handle(ctx)
	if err != nil {
		return err
	}
	return errors.Join(index.Rebuild(ctx), index.Close(), db.Close())
}

func (p portal) handle(ctx context.Context) (*store.DB, *search.Index, error) {
	db, err := store.Open(ctx, filepath.Join(p.database, databaseFile))
	if err != nil {
		return nil, nil, err
	}
	return db, search.Open(p.index, db, content.New(db), quizzes.New(db), slog.New(slog.DiscardHandler)), nil
}

func (p portal) bytes(context.Context) (int64, error) { return folderSize(p.index) }

// openPause is how often the portal is asked whether it is ready.
const openPause = 200 * time.Microsecond

// open starts the portal's follower and waits until it shows an index.
func (p portal) open(ctx context.Context) (searcher, error) {
	db, index, err := p.handle(ctx)
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- index.Run(ctx) }()
	for !index.Ready() {
		select {
		case err := <-ended:
			stop()
			return nil, errors.Join(err, errors.New("the index was not opened"), db.Close())
		case <-time.After(openPause):
		}
	}
	return &openPortal{db: db, index: index, stop: stop, ended: ended}, nil
}

type openPortal struct {
	db    *store.DB
	index *search.Index
	stop  func()
	ended chan error
}

func (p *openPortal) ask(ctx context.Context, text string) ([]hit, error) {
	result, err := p.index.Search(ctx, search.Query{Text: text, Limit: hitsPerQuery})
	if fault.Is(err, fault.KindUnavailable) {
		return nil, fmt.Errorf("%w: %w", errRefused, err)
	}
	if err != nil {
		return nil, err
	}
	hits := make([]hit, 0, hitsPerQuery)
	for h := range slices.Values(result.Hits) {
		hits = append(hits, hit{h.Ref, h.Snippet})
	}
	return hits, nil
}

func (p *openPortal) close() error {
	p.stop()
	return errors.Join(<-p.ended, p.index.Close(), p.db.Close())
}
