package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// built is what building an index took.
type built struct {
	CPU, Wall time.Duration
	Bytes     int64
}

// asked is how an open index answered.
type asked struct {
	Open     time.Duration
	Total    score
	Kinds    map[string]score
	Marked   float64 // share of hits whose snippet marks something
	Judged   tally   // once for the quality
	Alone    tally   // by one client
	Crowd    tally   // by many
	CPU      float64 // ms a query
	P50, P99 float64 // ms a query, one client
	KindP50  map[string]float64
	Rate     float64 // queries a second, many clients
	Memory   int64   // at its peak, bytes
}

// tally counts queries and those that the engine refused to answer.
type tally struct {
	Asked, Refused int
}

// add counts a query and lets a refusal pass.
func (t *tally) add(err error) error {
	t.Asked++
	if errors.Is(err, errRefused) {
		t.Refused++
		return nil
	}
	return err
}

const (
	clients   = 8
	orderSeed = 9
)

// patience bounds how long an engine is asked.
type patience struct {
	passes int           // of all queries at most
	time   time.Duration // after which no pass begins
}

func (p patience) part(share float64) patience {
	return patience{p.passes, time.Duration(share * float64(p.time))}
}

func measureBuild(ctx context.Context, e engine, s shelf) (built, error) {
	cpu, started := cpuTime(), time.Now()
	if err := e.build(ctx, fileLines[passage](s.passages())); err != nil {
		return built{}, fmt.Errorf("build index of %s: %w", e.name(), err)
	}
	b := built{CPU: cpuTime() - cpu, Wall: time.Since(started)}
	var err error
	if b.Bytes, err = e.bytes(ctx); err != nil {
		return built{}, fmt.Errorf("measure index of %s: %w", e.name(), err)
	}
	return b, nil
}

// settling is how long an opened engine is left alone before it is asked: what it
// prepares in the background is no part of a query.
const settling = 2 * time.Second

// measureAsking opens an index and asks it again and again, by one client, then
// by many, and last once for the quality of its answers.
func measureAsking(ctx context.Context, e engine, queries []query, p patience) (a asked, err error) {
	started := time.Now()
	s, err := e.open(ctx)
	if err != nil {
		return asked{}, fmt.Errorf("open index of %s: %w", e.name(), err)
	}
	defer func() { err = errors.Join(err, s.close()) }()
	a.Open = time.Since(started)
	time.Sleep(settling)
	runtime.GC()
	if err := a.alone(ctx, s, queries, p.part(0.6)); err != nil {
		return asked{}, fmt.Errorf("ask %s: %w", e.name(), err)
	}
	if err := a.crowd(ctx, s, queries, p.part(0.4)); err != nil {
		return asked{}, fmt.Errorf("ask %s by %d clients: %w", e.name(), clients, err)
	}
	a.Memory = peakMemory()
	if err := a.judge(ctx, s, queries); err != nil {
		return asked{}, fmt.Errorf("ask %s: %w", e.name(), err)
	}
	return a, nil
}

// judge asks each query once and looks at the answers.
func (a *asked) judge(ctx context.Context, s searcher, queries []query) error {
	a.Kinds = map[string]score{}
	hits, marked := 0, 0
	for _, q := range queries {
		list, err := s.ask(ctx, q.Text)
		if err := a.Judged.add(err); err != nil {
			return fmt.Errorf("%q: %w", q.Text, err)
		}
		place := placeOf(list, q.Relevant)
		kind := a.Kinds[q.Kind]
		kind.add(place)
		a.Kinds[q.Kind] = kind
		a.Total.add(place)
		for _, h := range list {
			hits++
			if strings.Contains(h.snippet, "<mark>") {
				marked++
			}
		}
	}
	a.Marked = float64(marked) / float64(max(1, hits))
	return nil
}

// alone asks everything in passes, one query after the other.
func (a *asked) alone(ctx context.Context, s searcher, queries []query, p patience) error {
	var all []time.Duration
	kinds := map[string][]time.Duration{}
	cpu := cpuTime()
	err := p.each(queries, func(pass []query) error {
		for _, q := range pass {
			started := time.Now()
			_, err := s.ask(ctx, q.Text)
			took := time.Since(started)
			if err := a.Alone.add(err); err != nil {
				return fmt.Errorf("%q: %w", q.Text, err)
			}
			all = append(all, took)
			kinds[q.Kind] = append(kinds[q.Kind], took)
		}
		return nil
	})
	if err != nil {
		return err
	}
	a.CPU = milliseconds(cpuTime()-cpu) / float64(len(all))
	a.P50, a.P99 = percentile(all, 50), percentile(all, 99)
	a.KindP50 = map[string]float64{}
	for kind, list := range kinds {
		a.KindP50[kind] = percentile(list, 50)
	}
	return nil
}

// crowd lets many clients share each pass.
func (a *asked) crowd(ctx context.Context, s searcher, queries []query, p patience) error {
	answered, refused := atomic.Int64{}, atomic.Int64{}
	started := time.Now()
	err := p.each(queries, func(pass []query) error {
		next, failed := atomic.Int64{}, make([]error, clients)
		var group sync.WaitGroup
		for client := range clients {
			group.Go(func() {
				for i := next.Add(1) - 1; int(i) < len(pass) && failed[client] == nil; i = next.Add(1) - 1 {
					_, err := s.ask(ctx, pass[i].Text)
					if errors.Is(err, errRefused) {
						refused.Add(1)
					} else if failed[client] = err; err == nil {
						answered.Add(1)
					}
				}
			})
		}
		group.Wait()
		return errors.Join(failed...)
	})
	a.Rate = float64(answered.Load()) / time.Since(started).Seconds()
	a.Crowd = tally{Asked: int(answered.Load() + refused.Load()), Refused: int(refused.Load())}
	return err
}

// each runs passes, every one in another order, at least one.
func (p patience) each(queries []query, fn func(pass []query) error) error {
	random := rand.New(rand.NewPCG(orderSeed, orderSeed))
	started := time.Now()
	for pass := range max(1, p.passes) {
		if pass > 0 && time.Since(started)*time.Duration(pass+1)/time.Duration(pass) > p.time {
			break
		}
		order := slices.Clone(queries)
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		if err := fn(order); err != nil {
			return err
		}
	}
	return nil
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// percentile is the smallest of the times that so many percent do not exceed.
func percentile(list []time.Duration, percent float64) float64 {
	if len(list) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(list))
	at := int(math.Ceil(percent/100*float64(len(sorted)))) - 1
	return milliseconds(sorted[max(0, at)])
}
