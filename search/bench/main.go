package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "search-bench:", err)
		os.Exit(1)
	}
}

// settings are what the command line says.
type settings struct {
	corpus, work, out string
	sizes             []int
	engines           []string
	patience          patience
}

func run(ctx context.Context, args []string) error {
	if len(args) > 0 && slices.Contains(steps, args[0]) {
		return runStep(ctx, args[0], args[1:])
	}
	var s settings
	flags := flag.NewFlagSet("search-bench", flag.ContinueOnError)
	flags.StringVar(&s.corpus, "corpus", "", "`folder` with corpus.jsonl.gz and queries.jsonl")
	flags.StringVar(&s.work, "work", "", "`folder` for indexes and imported answers, kept for the next run; default is a temporary one")
	flags.StringVar(&s.out, "out", "", "`file` that gets the table too")
	sizes := flags.String("sizes", "10000", "numbers of passages")
	chosen := flags.String("engines", "", "which of "+strings.Join(keys(), ",")+"; default is all that can run")
	patienceFlags(flags, &s.patience)
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return nil
	} else if err != nil {
		return err
	}
	if s.corpus == "" {
		return errors.New("-corpus says nothing; name the folder with corpus.jsonl.gz and queries.jsonl")
	}
	var err error
	if s.sizes, err = numbers(*sizes); err != nil {
		return err
	}
	if s.engines, err = choose(*chosen); err != nil {
		return err
	}
	return compare(ctx, s)
}

func patienceFlags(flags *flag.FlagSet, p *patience) {
	flags.IntVar(&p.passes, "passes", 10, "how often all queries are asked at most, by one client and by many")
	flags.DurationVar(&p.time, "time", 20*time.Second, "about how long an engine is asked; every query is asked once at least")
}

func split(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

func numbers(list string) (sizes []int, err error) {
	for _, word := range split(list) {
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("-sizes: %q is no number of passages", word)
		}
		sizes = append(sizes, n)
	}
	if len(sizes) == 0 {
		return nil, errors.New("-sizes says nothing")
	}
	return sizes, nil
}

// choose gives the engines in the order of the table.
func choose(list string) (chosen []string, err error) {
	named := split(list)
	for _, key := range named {
		if !slices.Contains(keys(), key) {
			return nil, fmt.Errorf("-engines: there is no %q; there are %s", key, strings.Join(keys(), ", "))
		}
	}
	for _, e := range engines {
		if len(named) == 0 && (!e.apart || postgresAddress() != "") || slices.Contains(named, e.key) {
			chosen = append(chosen, e.key)
		}
	}
	return chosen, nil
}

// The steps, each in a process of its own.
const (
	stepPrepare = "prepare"
	stepBuild   = "build"
	stepAsk     = "ask"
)

var steps = []string{stepPrepare, stepBuild, stepAsk}

// runStep does one step for one engine and writes what it measured as JSON.
func runStep(ctx context.Context, step string, args []string) error {
	flags := flag.NewFlagSet(step, flag.ContinueOnError)
	dir, key := flags.String("shelf", "", "folder"), flags.String("engine", "", "key")
	var p patience
	patienceFlags(flags, &p)
	if err := flags.Parse(args); err != nil {
		return err
	}
	s, err := openShelf(*dir)
	if err != nil {
		return fmt.Errorf("open shelf: %w", err)
	}
	e, err := engineOf(*key, s)
	if err != nil {
		return err
	}
	var result any
	switch step {
	case stepPrepare:
		err = e.prepare(ctx, fileLines[passage](s.passages()))
	case stepBuild:
		result, err = measureBuild(ctx, e, s)
	case stepAsk:
		var queries []query
		if queries, err = collect[query](s.queries()); err == nil {
			result, err = measureAsking(ctx, e, queries, p)
		}
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(result)
}
