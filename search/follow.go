package search

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"sotay/internal/store"
)

// Run opens the index, builds it when there is no whole one, and then follows
// the change log until the context ends.
func (x *Index) Run(ctx context.Context) error {
	wake, stop := x.db.Wake()
	defer stop()
	tick := time.NewTicker(pollInterval)
	defer tick.Stop()
	failing := false
	for {
		err := x.step(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil && !failing {
			x.log.Error("search index does not follow the database", "err", err)
		}
		failing = err != nil
		select {
		case <-ctx.Done():
			return nil
		case <-wake:
		case <-tick.C:
		}
	}
}

// Prepare opens the index, or builds it when there is no whole one, and brings it
// to the last change, for a process that does not follow the database.
func (x *Index) Prepare(ctx context.Context) error { return x.step(ctx) }

// step brings the index to the last change; the first one opens it.
func (x *Index) step(ctx context.Context) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	if !x.Ready() {
		if err := x.open(ctx); err != nil {
			return err
		}
	}
	err := x.checkDamage()
	if err == nil {
		err = x.catchUp(ctx)
	}
	if errors.Is(err, errForeign) {
		x.log.Warn("search index is built anew", "reason", err)
		return x.rebuild(ctx)
	}
	return err
}

// checkDamage notices that the folder is gone, and looks at the files once a
// search reported damage.
func (x *Index) checkDamage() error {
	if _, err := os.Stat(x.current.path); err != nil {
		return fmt.Errorf("look at index: %w: %w", err, errForeign)
	}
	select {
	case <-x.damaged:
		return checkSegments(x.current.path)
	default:
		return nil
	}
}

// open takes the newest folder with a whole index, or builds one.
func (x *Index) open(ctx context.Context) error {
	if err := x.take(); err != nil {
		return err
	}
	numbers, err := x.folders()
	if err != nil {
		return err
	}
	for _, n := range slices.Backward(numbers) {
		v, err := openVolume(x.folder(n))
		if err != nil {
			x.log.Warn("search index is not usable", "folder", x.folder(n), "err", err)
			continue
		}
		return x.use(ctx, v)
	}
	return x.rebuild(ctx)
}

// use shows an opened volume once it belongs to this database.
func (x *Index) use(ctx context.Context, v *volume) error {
	mark, err := x.markOf(ctx, v.state.Seq)
	if err == nil && mark != v.state.Mark {
		x.log.Warn("search index is of another database", "folder", v.path)
		if err := v.close(); err != nil {
			return err
		}
		return x.rebuild(ctx)
	}
	if err == nil {
		err = x.loadWords(ctx)
	}
	if err != nil {
		return errors.Join(err, v.close())
	}
	if err := x.swap(v); err != nil {
		return err
	}
	return x.clear(v.path)
}

// loadWords takes the dictionary that is in the database now.
func (x *Index) loadWords(ctx context.Context) error {
	words, err := readDictionary(ctx, x.db)
	if err != nil {
		return fmt.Errorf("load dictionary: %w", err)
	}
	x.words.Store(&words)
	return nil
}

// markOf tells what a change was, so that an index notices a restored or
// different database behind the same numbers.
func (x *Index) markOf(ctx context.Context, seq int64) (string, error) {
	if seq == 0 {
		return "", nil
	}
	list, err := x.db.Changes(ctx, seq-1, 1)
	if err != nil {
		return "", fmt.Errorf("read change %d: %w", seq, err)
	}
	if len(list) == 0 || list[0].Seq != seq {
		return "none", nil
	}
	return fingerprint(list[0]), nil
}

func fingerprint(c store.Change) string {
	return fmt.Sprintf("%s %s %d", c.Kind, c.ObjectID, c.At.UnixMilli())
}

// catchUp applies the changes after the last one that is in the index.
func (x *Index) catchUp(ctx context.Context) error {
	for {
		list, err := x.db.Changes(ctx, x.current.state.Seq, batchSize)
		if err != nil {
			return fmt.Errorf("read changes: %w", err)
		}
		if len(list) == 0 {
			return errors.Join(x.checkBehind(ctx), guarded(x.current.learnAgain))
		}
		if list[0].Seq != x.current.state.Seq+1 {
			return fmt.Errorf("changes after %d are gone: %w", x.current.state.Seq, errForeign)
		}
		if slices.ContainsFunc(list, func(c store.Change) bool { return c.Kind == KindIndex }) {
			return x.rebuild(ctx)
		}
		if slices.ContainsFunc(list, func(c store.Change) bool { return c.Kind == KindSynonym }) {
			if err := x.loadWords(ctx); err != nil {
				return err
			}
		}
		if err := x.applyChanges(ctx, list); err != nil {
			return err
		}
	}
}

// checkBehind notices a database that was set back.
func (x *Index) checkBehind(ctx context.Context) error {
	last, err := x.db.LastChange(ctx)
	if err != nil {
		return fmt.Errorf("read last change: %w", err)
	}
	if last < x.current.state.Seq {
		return fmt.Errorf("the database ends at change %d, the index at %d: %w", last, x.current.state.Seq, errForeign)
	}
	return nil
}

func (x *Index) applyChanges(ctx context.Context, list []store.Change) error {
	things, err := x.nouns.changed(ctx, list)
	if err != nil {
		return err
	}
	var u update
	for _, t := range things {
		name := owner(t.Kind, t.ID)
		docs, err := x.nouns.documents(ctx, t.Kind, t.ID)
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		u.owners, u.docs = append(u.owners, name), append(u.docs, docs...)
	}
	last := list[len(list)-1]
	return guarded(func() error { return x.current.apply(ctx, u, last.Seq, fingerprint(last)) })
}

// Rebuild builds a new index beside the present one, which answers meanwhile,
// and then takes its place.
func (x *Index) Rebuild(ctx context.Context) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	if err := x.take(); err != nil {
		return err
	}
	return x.rebuild(ctx)
}

func (x *Index) rebuild(ctx context.Context) error {
	started := time.Now()
	numbers, err := x.folders()
	if err != nil {
		return err
	}
	next := 1
	if len(numbers) > 0 {
		next = numbers[len(numbers)-1] + 1
	}
	if x.current != nil && x.current.path == x.folder(next) { // somebody deleted the folder
		next++
	}
	if err := x.build(ctx, x.folder(next)); err != nil {
		return err
	}
	if err := x.loadWords(ctx); err != nil {
		return err
	}
	v, err := openVolume(x.folder(next))
	if err != nil {
		return err
	}
	if err := guarded(v.learnAgain); err != nil {
		return errors.Join(err, v.close())
	}
	if err := x.swap(v); err != nil {
		x.log.Warn("old search index did not close", "err", err)
	}
	x.log.Info("search index built", "folder", v.path, "documents", v.state.Documents, "seconds", time.Since(started).Seconds())
	return x.clear(v.path)
}

// build writes everything published into a folder. The folder gets its name
// when it is whole.
func (x *Index) build(ctx context.Context, path string) error {
	unfinished := path + buildingSuffix
	if err := os.RemoveAll(unfinished); err != nil {
		return fmt.Errorf("clear %s: %w", unfinished, err)
	}
	v, err := createVolume(unfinished)
	if err != nil {
		return err
	}
	err = x.fill(ctx, v)
	if err == nil {
		err = v.pack(ctx)
	}
	if err := errors.Join(err, v.close()); err != nil {
		return err
	}
	if err := os.Rename(unfinished, path); err != nil {
		return fmt.Errorf("name the new index: %w", err)
	}
	return nil
}

// fill streams everything in batches. Changes made meanwhile come after its
// number and are applied again by the follower.
func (x *Index) fill(ctx context.Context, v *volume) error {
	seq, err := x.db.LastChange(ctx)
	if err != nil {
		return fmt.Errorf("read last change: %w", err)
	}
	mark, err := x.markOf(ctx, seq)
	if err != nil {
		return err
	}
	var u update
	err = x.nouns.each(ctx, func(docs []document) error {
		u.docs = append(u.docs, docs...)
		if len(u.docs) < buildBatch {
			return nil
		}
		full := u
		u = update{}
		return v.apply(ctx, full, seq, mark)
	})
	if err != nil {
		return fmt.Errorf("build index: %w", err)
	}
	return v.apply(ctx, u, seq, mark)
}

const (
	folderPrefix   = "index-"
	buildingSuffix = ".building"
)

func (x *Index) folder(n int) string { return filepath.Join(x.dir, folderPrefix+strconv.Itoa(n)) }

// folders lists the numbers of finished indexes, ascending.
func (x *Index) folders() ([]int, error) {
	entries, err := os.ReadDir(x.dir)
	if err != nil {
		return nil, fmt.Errorf("read index folder: %w", err)
	}
	var numbers []int
	for _, e := range entries {
		rest, ok := strings.CutPrefix(e.Name(), folderPrefix)
		if n, err := strconv.Atoi(rest); ok && err == nil && n > 0 {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	return numbers, nil
}

// clear removes every index but the one in use.
func (x *Index) clear(keep string) error {
	entries, err := os.ReadDir(x.dir)
	if err != nil {
		return fmt.Errorf("read index folder: %w", err)
	}
	for _, e := range entries {
		path := filepath.Join(x.dir, e.Name())
		if path == keep || !strings.HasPrefix(e.Name(), folderPrefix) {
			continue
		}
		if err := os.RemoveAll(path); err != nil {
			return fmt.Errorf("remove old index: %w", err)
		}
	}
	return nil
}
