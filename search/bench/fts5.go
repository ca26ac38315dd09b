package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"

	_ "github.com/mattn/go-sqlite3"

	"sotay/internal/viet"
)

// fts5 is SQLite's full-text search with its own Unicode tokenizer.
type fts5 struct {
	file string
}

func newFTS5(s shelf) engine { return fts5{s.index("fts5") + ".db"} }

func (fts5) name() string { return "SQLite FTS5" }

func (fts5) prepare(context.Context, iter.Seq2[passage, error]) error { return nil }

func (f fts5) build(ctx context.Context, passages iter.Seq2[passage, error]) error {
	if err := os.Remove(f.file); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	db, err := sql.Open("sqlite3", "file:"+f.file+"?_synchronous=NORMAL")
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	err = inTransaction(ctx, db, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `CREATE VIRTUAL TABLE passages USING fts5(id UNINDEXED, title, body, tokenize = "unicode61 remove_diacritics 2")`)
		if err != nil {
			return fmt.Errorf("make table (built with -tags sqlite_fts5?): %w", err)
		}
		insert, err := tx.PrepareContext(ctx, `INSERT INTO passages (id, title, body) VALUES (?, ?, ?)`)
		if err != nil {
			return err
		}
		for p, err := range passages {
			if err != nil {
				return err
			}
			if _, err := insert.ExecContext(ctx, p.ID, plainD(p.Title), plainD(p.Body)); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO passages (passages) VALUES ('optimize')`)
		return err
	})
	return errors.Join(err, db.Close())
}

func plainD(text string) string { return onlyD.Replace(viet.NFC(text)) }

func inTransaction(ctx context.Context, db *sql.DB, fn func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func (f fts5) bytes(context.Context) (int64, error) {
	info, err := os.Stat(f.file)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// fts5Connections is as many as the portal's own pool of readers has.
const fts5Connections = 4

func (f fts5) open(ctx context.Context) (searcher, error) {
	db, err := sql.Open("sqlite3", "file:"+f.file+"?mode=ro&_query_only=on&_cache_size=-65536")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(fts5Connections)
	db.SetMaxIdleConns(fts5Connections)
	find, err := db.PrepareContext(ctx, `
		SELECT id, snippet(passages, 2, '<mark>', '</mark>', '…', 32) FROM passages
		WHERE passages MATCH ? AND rank MATCH 'bm25(0.0, 5.0, 1.0)' ORDER BY rank LIMIT ?`)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &openFTS5{db, find}, nil
}

type openFTS5 struct {
	db   *sql.DB
	find *sql.Stmt
}

func (f *openFTS5) ask(ctx context.Context, text string) ([]hit, error) {
	words := foldedWords(text)
	if len(words) == 0 {
		return nil, nil
	}
	rows, err := f.find.QueryContext(ctx, `"`+strings.Join(words, `" AND "`)+`"*`, hitsPerQuery)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var hits []hit
	for rows.Next() {
		var h hit
		if err := rows.Scan(&h.id, &h.snippet); err != nil {
			return nil, err
		}
		hits = append(hits, h)
	}
	return hits, rows.Err()
}

func (f *openFTS5) close() error { return errors.Join(f.find.Close(), f.db.Close()) }
