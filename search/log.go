package search

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// Log adds up what is searched for and which hits are opened, by day and folded
// query. It knows no person and no address, and it never keeps a search
// waiting: what does not fit into its buffer is dropped.
type Log struct {
	db      *store.DB
	entries chan noted
}

// NewLog makes the log over a database; Run stores what it is told.
func NewLog(db *store.DB) *Log {
	return &Log{db: db, entries: make(chan noted, logBuffer)}
}

// noted is a search, or a click when it has a hit.
type noted struct {
	query string // as typed; only its loggable form is stored
	total int
	hit   string
}

// Asked notes that a query was asked and how many hits it had.
func (l *Log) Asked(query string, total int) { l.note(noted{query: query, total: max(0, total)}) }

// Clicked notes that a hit of a query was opened. What is no id of a hit is
// left out, and so is a click on a query that nobody asked.
func (l *Log) Clicked(query, hit string) {
	if len(hit) <= maxHitBytes && hitID.MatchString(hit) {
		l.note(noted{query: query, hit: hit})
	}
}

var hitID = regexp.MustCompile(`^(?:` + strings.Join(kinds, "|") + `):[A-Za-z0-9._/#-]+(?: [A-Za-z0-9._/#-]+)?$`)

func (l *Log) note(e noted) {
	select {
	case l.entries <- e:
	default:
	}
}

// Run stores what was noted, in batches, and forgets what is too old, until the
// context ends; then it stores the rest. While the database is away it keeps
// its batch; any other error ends it.
func (l *Log) Run(ctx context.Context) error {
	tick, daily := time.NewTicker(flushInterval), time.NewTicker(forgetEvery)
	defer tick.Stop()
	defer daily.Stop()
	b, old := batch{}, true
	for {
		in := l.entries
		if b.full() { // the database is away
			in = nil
		}
		select {
		case <-ctx.Done():
			return l.finish(ctx, b)
		case e := <-in:
			if b.add(e); !b.full() {
				continue
			}
		case <-daily.C:
			old = true
		case <-tick.C:
		}
		err := l.flush(ctx, b)
		if err == nil && old {
			err = l.forget(ctx)
			old = err != nil
		}
		if err != nil && ctx.Err() == nil && !fault.Is(err, fault.KindUnavailable) {
			return err
		}
	}
}

// finish stores what still waits at a stop.
func (l *Log) finish(ctx context.Context, b batch) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), flushTime)
	defer cancel()
	for {
		select {
		case e := <-l.entries:
			b.add(e)
			if !b.full() {
				continue
			}
			if err := l.flush(ctx, b); err != nil {
				return err
			}
		default:
			return l.flush(ctx, b)
		}
	}
}

// flush stores a batch and empties it.
func (l *Log) flush(ctx context.Context, b batch) error {
	if len(b) == 0 {
		return nil
	}
	err := l.db.Write(ctx, func(tx *store.Tx) error { return storeBatch(tx, viet.DateOf(tx.Now()), b) })
	if err != nil {
		return fmt.Errorf("store query log: %w", err)
	}
	clear(b)
	return nil
}

// forget deletes what is older than the log is kept.
func (l *Log) forget(ctx context.Context) error {
	err := l.db.Write(ctx, func(tx *store.Tx) error {
		return deleteSearches(tx, viet.DateOf(tx.Now()).AddDays(-LogDays))
	})
	if err != nil {
		return fmt.Errorf("forget old searches: %w", err)
	}
	return nil
}

// batch is what was noted of each query since the last time.
type batch map[string]*tally

type tally struct {
	asked, hits int
	clicks      map[string]int // by hit
}

func (b batch) full() bool { return len(b) >= flushSize }

func (b batch) add(e noted) {
	query := loggable(e.query)
	if query == "" {
		return
	}
	t := b[query]
	if t == nil {
		t = &tally{clicks: map[string]int{}}
		b[query] = t
	}
	switch {
	case e.hit == "":
		t.asked, t.hits = t.asked+1, e.total
	case len(t.clicks) < MaxReach || t.clicks[e.hit] > 0:
		t.clicks[e.hit]++
	}
}
