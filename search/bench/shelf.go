package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// shelf is the folder of one size: the passages, the queries, and a folder for
// each engine. It is kept between runs as long as the corpus stays the same.
type shelf struct {
	Dir       string `json:"-"`
	Source    string // fingerprint of corpus and queries
	Passages  int
	TextBytes int64 // of titles and bodies
}

func (s shelf) passages() string           { return filepath.Join(s.Dir, "passages.jsonl") }
func (s shelf) queries() string            { return filepath.Join(s.Dir, "queries.jsonl") }
func (s shelf) index(engine string) string { return filepath.Join(s.Dir, "index-"+engine) }
func (s shelf) label() string              { return filepath.Join(s.Dir, "shelf.json") }

// openShelf reads what a folder says of itself.
func openShelf(dir string) (shelf, error) {
	s := shelf{Dir: dir}
	raw, err := os.ReadFile(s.label())
	if err != nil {
		return shelf{}, err
	}
	return s, json.Unmarshal(raw, &s)
}

// layShelf makes the folder for n passages, or takes the one that is there.
func layShelf(work, corpus string, n int) (shelf, error) {
	source, err := fingerprint(corpus)
	if err != nil {
		return shelf{}, err
	}
	dir := filepath.Join(work, strconv.Itoa(n))
	if s, err := openShelf(dir); err == nil && s.Source == source {
		return s, nil
	}
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o755)); err != nil {
		return shelf{}, err
	}
	s := shelf{Dir: dir, Source: source}
	if err := s.fill(corpus, n); err != nil {
		return shelf{}, err
	}
	raw, err := json.Marshal(s)
	if err != nil {
		return shelf{}, err
	}
	return s, os.WriteFile(s.label(), raw, 0o644)
}

func (s *shelf) fill(corpus string, n int) error {
	list, err := readCorpus(corpus, n)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return fmt.Errorf("the corpus in %s is empty", corpus)
	}
	list = grow(list, n)
	queries, err := collect[query](filepath.Join(corpus, "queries.jsonl"))
	if err != nil {
		return err
	}
	queries = answerable(queries, list)
	if len(queries) == 0 {
		return fmt.Errorf("no query is answered by the first %d passages", n)
	}
	s.Passages = len(list)
	for _, p := range list {
		s.TextBytes += int64(len(p.Title) + len(p.Body))
	}
	return errors.Join(writeLines(s.passages(), list), writeLines(s.queries(), queries))
}

func writeLines[T any](path string, list []T) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	buffer := bufio.NewWriter(file)
	out := json.NewEncoder(buffer)
	out.SetEscapeHTML(false)
	for _, line := range list {
		if err := out.Encode(line); err != nil {
			return errors.Join(err, file.Close())
		}
	}
	return errors.Join(buffer.Flush(), file.Close())
}

func fingerprint(corpus string) (string, error) {
	sum := sha256.New()
	for _, name := range []string{"corpus.jsonl.gz", "queries.jsonl"} {
		file, err := os.Open(filepath.Join(corpus, name))
		if err != nil {
			return "", err
		}
		_, err = io.Copy(sum, file)
		if err := errors.Join(err, file.Close()); err != nil {
			return "", fmt.Errorf("read %s: %w", name, err)
		}
	}
	fmt.Fprint(sum, growthSeed)
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// folderSize adds up the bytes of all files below a folder.
func folderSize(dir string) (total int64, err error) {
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			total += info.Size()
		}
		return err
	})
	return total, err
}
