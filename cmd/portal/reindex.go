package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"sotay/content"
	"sotay/internal/store"
	"sotay/quizzes"
	"sotay/search"
)

type reindexCommand struct {
	Storage `embed:""`
}

// Run builds the index anew. Beside a running site, whose index no other
// process may open, it asks through the change log, which every node follows.
func (c *reindexCommand) Run(ctx context.Context, out *output) error {
	db, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	unlock, err := store.LockFolder(c.Data)
	if errors.Is(err, store.ErrLocked) {
		out.say("the site is running; it builds its index anew beside the old one")
		return db.Write(ctx, func(tx *store.Tx) error { return tx.Changed(search.KindIndex, "all", operator) })
	}
	if err != nil {
		return err
	}
	defer unlock()
	index := search.Open(c.path(indexFolder), db, content.New(db), quizzes.New(db), slog.New(slog.NewJSONHandler(out.stderr, nil)))
	if err := index.Rebuild(ctx); err != nil {
		return errors.Join(fmt.Errorf("build index: %w", err), index.Close())
	}
	out.say("index built")
	return index.Close()
}
