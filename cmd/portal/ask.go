package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"sotay/content"
	"sotay/internal/store"
	"sotay/quizzes"
	"sotay/search"
)

type askCommand struct {
	Storage `embed:""`
	Query   []string `arg:"" help:"What to search for."`
	Limit   int      `default:"10" help:"Hits to show."`
	JSON    bool     `help:"Print JSON instead of text."`
	Explain bool     `help:"Show the parts of each score."`
	Literal bool     `help:"Mend nothing and add no other words."`
}

// Validate checks what kong cannot know.
func (c *askCommand) Validate() error {
	if c.Limit < 1 || c.Limit > search.MaxLimit {
		return fmt.Errorf("--limit %d must be from 1 to %d", c.Limit, search.MaxLimit)
	}
	return nil
}

// Run prints what a search finds.
func (c *askCommand) Run(ctx context.Context, out *output) (err error) {
	db, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	index, leave, err := c.index(ctx, db, out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, leave()) }()
	result, err := index.Search(ctx, search.Query{Text: strings.Join(c.Query, " "), Limit: c.Limit, Explain: c.Explain, Literal: c.Literal, Facets: true})
	if err != nil {
		return err
	}
	if c.JSON {
		encoder := json.NewEncoder(out.stdout)
		encoder.SetIndent("", "  ")
		encoder.SetEscapeHTML(false)
		return encoder.Encode(result)
	}
	return printResult(out.stdout, result)
}

// index opens the site's index, or builds one for this question while the site
// runs, whose index no other process may open.
func (c *askCommand) index(ctx context.Context, db *store.DB, out *output) (*search.Index, func() error, error) {
	log := slog.New(slog.NewJSONHandler(out.stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	open := func(dir string) *search.Index { return search.Open(dir, db, content.New(db), quizzes.New(db), log) }
	unlock, err := store.LockFolder(c.Data)
	if err == nil {
		index := open(c.path(indexFolder))
		leave := func() error { defer unlock(); return index.Close() }
		return index, leave, prepared(ctx, index, leave)
	}
	if !errors.Is(err, store.ErrLocked) {
		return nil, nil, err
	}
	dir, err := os.MkdirTemp("", "portal-search-")
	if err != nil {
		return nil, nil, fmt.Errorf("make a folder for the index: %w", err)
	}
	index := open(filepath.Join(dir, indexFolder))
	leave := func() error { return errors.Join(index.Close(), os.RemoveAll(dir)) }
	return index, leave, prepared(ctx, index, leave)
}

// prepared opens an index and leaves nothing behind when that fails.
func prepared(ctx context.Context, index *search.Index, leave func() error) error {
	if err := index.Prepare(ctx); err != nil {
		return errors.Join(err, leave())
	}
	return nil
}

func printResult(w io.Writer, r search.Result) error {
	var b strings.Builder
	line := func(label string, words ...string) {
		if text := strings.Join(words, "; "); text != "" {
			fmt.Fprintf(&b, "%s: %s\n", label, text)
		}
	}
	fmt.Fprintf(&b, "%d kết quả trong %s\n", r.Total, r.Took)
	line("Đã hiểu câu hỏi là", r.Corrected)
	line("Từ cùng nghĩa", r.Understood...)
	line("Từ gần nghĩa", r.Near...)
	line("Sổ tay không có", r.Absent)
	if r.Loosened {
		line("Nới rộng, đã bỏ", r.Dropped...)
	}
	if r.Direct != nil {
		line("Trả lời nhanh", r.Direct.Code+" "+r.Direct.Short)
	}
	for _, f := range r.Facets {
		var counts []string
		for _, c := range f.Counts {
			counts = append(counts, fmt.Sprintf("%s %d", c.Value, c.Hits))
		}
		line(f.Name, counts...)
	}
	for _, other := range r.Instead {
		line("Thử", fmt.Sprintf("%s (%d kết quả)", other.Text, other.Hits))
	}
	for i, h := range r.Hits {
		fmt.Fprintf(&b, "\n%2d. %s\n", i+1, strings.Join(strings.Fields(h.Code+" "+h.Title), " "))
		line("    "+h.Kind, strings.TrimSpace(h.Heading+" "+h.URL))
		line("    trích", html.UnescapeString(strings.NewReplacer("<mark>", "[", "</mark>", "]").Replace(h.Snippet)))
		var parts []string
		for _, p := range h.Parts {
			parts = append(parts, fmt.Sprintf("%s %.3f", p.Name, p.Value))
		}
		line(fmt.Sprintf("    điểm %.3f", h.Score), parts...)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
