package main

import (
	"errors"
	"os"
	"strings"
	"testing"
)

func TestEveryEngineFindsAPassageAndMarksIt(t *testing.T) {
	list := grow(fewPassages(), 40)
	s := shelf{Dir: t.TempDir()}
	if err := errors.Join(os.MkdirAll(s.Dir, 0o755), writeLines(s.passages(), list)); err != nil {
		t.Fatal(err)
	}
	for _, e := range engines {
		if e.apart && postgresAddress() == "" {
			continue
		}
		t.Run(e.key, func(t *testing.T) {
			engine, ctx := e.in(s), t.Context()
			if err := engine.prepare(ctx, fileLines[passage](s.passages())); err != nil {
				t.Fatal(err)
			}
			b, err := measureBuild(ctx, engine, s)
			if err != nil || b.Bytes == 0 {
				t.Fatalf("build: got %+v, %v", b, err)
			}
			open, err := engine.open(ctx)
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := open.close(); err != nil {
					t.Error(err)
				}
			}()
			for _, text := range []string{"hòm phiếu phụ", "HOM PHIEU PHU", "hòm phiếu ph", "mang hòm phiếu phụ đến chỗ ở"} {
				hits, err := open.ask(ctx, text)
				if err != nil || len(hits) == 0 || len(hits) > hitsPerQuery {
					t.Fatalf("%q: got %d hits, %v", text, len(hits), err)
				}
				if place := placeOf(hits, []string{"d00001"}); place == 0 {
					t.Errorf("%q: the passage is not among %v", text, hits)
				}
				if !strings.Contains(hits[0].snippet, "<mark>") {
					t.Errorf("%q: snippet %q marks nothing", text, hits[0].snippet)
				}
			}
			if hits, err := open.ask(ctx, " ?! "); err != nil || len(hits) > 0 {
				t.Errorf("a query without words: got %d hits, %v", len(hits), err)
			}
		})
	}
}
