package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// passage is one text of the corpus.
type passage struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Body  string `json:"body"`
}

// query is a text to search for, with the passages that answer it.
type query struct {
	Text     string   `json:"q"`
	Kind     string   `json:"kind"`
	Source   string   `json:"src"`
	Relevant []string `json:"rel"`
}

const (
	maxLine    = 1 << 20 // bytes of one line of the corpus
	growthSeed = 20260315
)

// readCorpus reads the first n passages of the folder, all when there are fewer.
func readCorpus(dir string, n int) ([]passage, error) {
	file, err := os.Open(filepath.Join(dir, "corpus.jsonl.gz"))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	unpacked, err := gzip.NewReader(bufio.NewReader(file))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file.Name(), err)
	}
	var list []passage
	for p, err := range lines[passage](unpacked) {
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", file.Name(), err)
		}
		if list = append(list, p); len(list) == n {
			break
		}
	}
	return list, nil
}

// lines reads JSON lines one at a time; an error is the last thing it gives.
func lines[T any](r io.Reader) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		scanner := bufio.NewScanner(r)
		scanner.Buffer(make([]byte, 64<<10), maxLine)
		for scanner.Scan() {
			var line T
			err := json.Unmarshal(scanner.Bytes(), &line)
			if !yield(line, err) || err != nil {
				return
			}
		}
		if err := scanner.Err(); err != nil {
			var none T
			yield(none, err)
		}
	}
}

// fileLines reads a file of JSON lines one at a time.
func fileLines[T any](path string) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		file, err := os.Open(path)
		if err != nil {
			var none T
			yield(none, err)
			return
		}
		defer file.Close()
		lines[T](file)(yield)
	}
}

// collect reads a whole file of JSON lines.
func collect[T any](path string) (list []T, err error) {
	for line, err := range fileLines[T](path) {
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		list = append(list, line)
	}
	return list, nil
}

// grow appends made-up passages until there are n: pieces of 3 to 6 running
// words from random passages until 300 to 1,200 bytes, under a title of 3 + 2
// words. The same corpus always grows into the same.
func grow(list []passage, n int) []passage {
	if n <= len(list) {
		return list[:n]
	}
	random := rand.New(rand.NewPCG(growthSeed, growthSeed))
	words := make([][]string, 0, len(list))
	for _, p := range list {
		if w := strings.Fields(p.Body); len(w) > 0 {
			words = append(words, w)
		}
	}
	piece := func(length int) string {
		from := words[random.IntN(len(words))]
		length = min(length, len(from))
		at := random.IntN(len(from) - length + 1)
		return strings.Join(from[at:at+length], " ")
	}
	grown := slices.Clone(list)
	for len(grown) < n {
		p := passage{ID: fmt.Sprintf("d%05d", len(grown)), Title: piece(3) + " " + piece(2)}
		size := 300 + random.IntN(901)
		var body strings.Builder
		for body.Len() < size {
			if body.Len() > 0 {
				body.WriteByte(' ')
			}
			body.WriteString(piece(3 + random.IntN(4)))
		}
		p.Body = body.String()
		grown = append(grown, p)
	}
	return grown
}

// answerable cuts the relevant passages to those that are present and leaves
// queries out that nothing answers then.
func answerable(queries []query, present []passage) []query {
	ids := make(map[string]bool, len(present))
	for _, p := range present {
		ids[p.ID] = true
	}
	var kept []query
	for _, q := range queries {
		q.Relevant = slices.DeleteFunc(slices.Clone(q.Relevant), func(id string) bool { return !ids[id] })
		if len(q.Relevant) > 0 {
			kept = append(kept, q)
		}
	}
	return kept
}
