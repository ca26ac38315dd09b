package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"time"
)

// row is what was measured of one engine at one size.
type row struct {
	key, name string
	apart     bool
	built     built
	asked     asked
}

// sheet is what was measured at one size.
type sheet struct {
	shelf shelf
	kinds []string // in the order of the queries
	count int      // queries
	rows  []row
}

// compare measures every engine at every size and writes the table.
func compare(ctx context.Context, s settings) (err error) {
	if s.work == "" {
		if s.work, err = os.MkdirTemp("", "search-bench-"); err != nil {
			return err
		}
		defer os.RemoveAll(s.work)
	}
	var page bytes.Buffer
	writeHead(&page)
	for _, n := range s.sizes {
		measured, err := measure(ctx, s, n)
		if err != nil {
			return err
		}
		measured.write(&page)
	}
	writeFoot(&page, s)
	if s.out != "" {
		err = os.WriteFile(s.out, page.Bytes(), 0o644)
	}
	_, said := io.Copy(os.Stdout, &page)
	return errors.Join(err, said)
}

func measure(ctx context.Context, s settings, n int) (sheet, error) {
	shelf, err := layShelf(s.work, s.corpus, n)
	if err != nil {
		return sheet{}, fmt.Errorf("lay out %d passages: %w", n, err)
	}
	queries, err := collect[query](shelf.queries())
	if err != nil {
		return sheet{}, err
	}
	out := sheet{shelf: shelf, kinds: kindsOf(queries), count: len(queries)}
	for _, key := range s.engines {
		r, err := measureEngine(ctx, shelf, key, s.patience)
		if err != nil {
			return sheet{}, fmt.Errorf("%s with %d passages: %w", key, n, err)
		}
		out.rows = append(out.rows, r)
	}
	return out, nil
}

func kindsOf(queries []query) (kinds []string) {
	known := map[string]bool{}
	for _, q := range queries {
		if !known[q.Kind] {
			kinds = append(kinds, q.Kind)
		}
		known[q.Kind] = true
	}
	return kinds
}

// measureEngine lets each step run in a fresh process.
func measureEngine(ctx context.Context, s shelf, key string, p patience) (row, error) {
	e, err := engineOf(key, s)
	if err != nil {
		return row{}, err
	}
	r := row{key: key, name: e.name(), apart: isApart(key)}
	started := time.Now()
	if err := runProcess(ctx, stepPrepare, s, key, p, nil); err != nil {
		return row{}, err
	}
	if err := runProcess(ctx, stepBuild, s, key, p, &r.built); err != nil {
		return row{}, err
	}
	if err := runProcess(ctx, stepAsk, s, key, p, &r.asked); err != nil {
		return row{}, err
	}
	fmt.Fprintf(os.Stderr, "%d passages, %s: %.0f s\n", s.Passages, r.name, time.Since(started).Seconds())
	return r, nil
}

// runProcess starts this program anew for one step and reads what it measured.
func runProcess(ctx context.Context, step string, s shelf, key string, p patience, result any) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	command := exec.CommandContext(ctx, self, step,
		"-shelf", s.Dir, "-engine", key, "-passes", strconv.Itoa(p.passes), "-time", p.time.String())
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		return fmt.Errorf("step %s: %w", step, err)
	}
	if result == nil {
		return nil
	}
	return json.Unmarshal(out, result)
}
