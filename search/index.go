package search

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"sotay/content"
	"sotay/internal/fault"
	"sotay/internal/store"
	"sotay/quizzes"
)

// Index is this node's index of everything published.
type Index struct {
	// Deadline is how long a search may take before its reader is told to ask with
	// fewer words; it waits a third of that for a free core. Open sets 300 ms. It is
	// changed, if at all, before the first search.
	Deadline time.Duration

	dir   string
	db    *store.DB
	nouns nouns
	log   *slog.Logger
	slots chan struct{}              // one search per core
	words atomic.Pointer[dictionary] // nil until loaded

	writing sync.Mutex    // one build or batch at a time
	unlock  func()        // gives the folder free for other processes; nil while not taken
	damaged chan struct{} // a search met what looks like damage

	mu      sync.RWMutex // held for reading while a search runs
	current *volume      // nil until a whole index is open
}

// Open makes the handle of the index in a folder. The index itself is opened or
// built by Run.
func Open(dir string, db *store.DB, lib *content.Library, bank *quizzes.Bank, log *slog.Logger) *Index {
	return &Index{
		Deadline: searchDeadline, dir: dir, db: db, nouns: nouns{lib, bank}, log: log,
		slots: make(chan struct{}, runtime.GOMAXPROCS(0)), damaged: make(chan struct{}, 1),
	}
}

// Ready reports whether a whole index is open.
func (x *Index) Ready() bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.current != nil
}

// Close ends the use of the index. Run must have ended.
func (x *Index) Close() error {
	x.writing.Lock()
	defer x.writing.Unlock()
	err := x.swap(nil)
	if x.unlock != nil {
		x.unlock()
		x.unlock = nil
	}
	return err
}

// take makes the folder and keeps other processes out of it.
func (x *Index) take() error {
	if x.unlock != nil {
		return nil
	}
	if err := os.MkdirAll(x.dir, 0o755); err != nil {
		return fmt.Errorf("make index folder: %w", err)
	}
	unlock, err := store.LockFolder(x.dir)
	if err != nil {
		return fmt.Errorf("take index folder: %w", err)
	}
	x.unlock = unlock
	return nil
}

// swap shows searches another volume and closes the one before.
func (x *Index) swap(next *volume) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	before := x.current
	x.current = next
	if before == nil {
		return nil
	}
	return before.close()
}

// What a visitor reads when search cannot answer.
const (
	preparing = "Phần tìm kiếm đang chuẩn bị. Xin thử lại sau ít giây."
	crowded   = "Đang có nhiều người tìm kiếm. Xin thử lại sau ít giây."
	tooSlow   = "Câu tìm kiếm này mất quá nhiều thời gian. Xin thử lại với ít từ hơn."
)

// Search answers a query; an empty one has no hits.
func (x *Index) Search(ctx context.Context, asked Query) (result Result, err error) {
	started := time.Now()
	asked = asked.bounded()
	if len(syllables(asked.Text)) == 0 {
		return Result{Query: asked.Text, Took: time.Since(started)}, nil
	}
	err = x.ask(ctx, asked.Text, func(ctx context.Context, v *volume) (err error) {
		result, err = v.answer(ctx, x.dictionary(), asked)
		return err
	})
	if err != nil {
		return Result{}, err
	}
	result.Took = time.Since(started)
	return result, nil
}

// ask lets the current volume answer, in one of the slots and not for long. When
// it fails from within, the reader is told to wait and Run looks after the files.
func (x *Index) ask(ctx context.Context, text string, answer func(context.Context, *volume) error) error {
	leave, err := x.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	ctx, cancel := context.WithTimeout(ctx, x.Deadline)
	defer cancel()
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.current == nil {
		return fault.Unavailable(preparing)
	}
	err = guarded(func() error { return answer(ctx, x.current) })
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.DeadlineExceeded):
		return fault.Unavailable(tooSlow)
	case ctx.Err() != nil:
		return err
	}
	x.log.Error("search failed inside the index", "query", loggable(text), "err", err)
	x.reportDamage()
	return fault.Unavailable(preparing)
}

// bounded keeps page and text inside the limits.
func (q Query) bounded() Query {
	q.Text = firstRunes(q.Text, MaxQueryRunes)
	if q.Limit <= 0 {
		q.Limit = DefaultLimit
	}
	q.Limit = min(q.Limit, MaxLimit)
	q.Offset = max(0, min(q.Offset, MaxReach))
	return q
}

// enter takes one of the slots, so that a crowd cannot pile up.
func (x *Index) enter(ctx context.Context) (leave func(), err error) {
	wait := time.NewTimer(x.Deadline / 3)
	defer wait.Stop()
	select {
	case x.slots <- struct{}{}:
		return func() { <-x.slots }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-wait.C:
		return nil, fault.Unavailable(crowded)
	}
}

func (x *Index) reportDamage() {
	select {
	case x.damaged <- struct{}{}:
	default:
	}
}
