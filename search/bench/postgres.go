package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"sotay/internal/viet"
)

// postgres is PostgreSQL's full-text search, in the schema search_bench of the
// database that TEST_POSTGRES or PGDSN names. The schema goes when it was asked.
type postgres struct{}

func newPostgres(shelf) engine { return postgres{} }

func (postgres) name() string { return "PostgreSQL FTS" }

func postgresAddress() string {
	if address := os.Getenv("TEST_POSTGRES"); address != "" {
		return address
	}
	return os.Getenv("PGDSN")
}

func openPostgresPool(ctx context.Context) (*pgxpool.Pool, error) {
	address := postgresAddress()
	if address == "" {
		return nil, errors.New("PostgreSQL takes part when TEST_POSTGRES or PGDSN names a database")
	}
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, errors.New("TEST_POSTGRES or PGDSN is no address of a PostgreSQL database")
	}
	config.MaxConns, config.MinConns = clients, 1
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	return pool, pool.Ping(ctx)
}

func (postgres) prepare(context.Context, iter.Seq2[passage, error]) error { return nil }

func (postgres) build(ctx context.Context, passages iter.Seq2[passage, error]) error {
	pool, err := openPostgresPool(ctx)
	if err != nil {
		return err
	}
	defer pool.Close()
	if err := executeAll(ctx, pool, `DROP SCHEMA IF EXISTS search_bench CASCADE`, `CREATE SCHEMA search_bench`,
		`CREATE TABLE search_bench.passages (id text PRIMARY KEY, title text NOT NULL, body text NOT NULL, words tsvector NOT NULL
			GENERATED ALWAYS AS (setweight(to_tsvector('simple', title), 'A') || to_tsvector('simple', body)) STORED)`); err != nil {
		return err
	}
	rows := &passageRows{}
	next, stop := iter.Pull2(passages)
	defer stop()
	rows.next = next
	if _, err := pool.CopyFrom(ctx, pgx.Identifier{"search_bench", "passages"}, []string{"id", "title", "body"}, rows); err != nil {
		return err
	}
	return executeAll(ctx, pool, `CREATE INDEX passages_words ON search_bench.passages USING gin (words)`, `VACUUM ANALYZE search_bench.passages`)
}

func executeAll(ctx context.Context, pool *pgxpool.Pool, statements ...string) error {
	for _, statement := range statements {
		if _, err := pool.Exec(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

// passageRows hands passages to COPY.
type passageRows struct {
	next func() (passage, error, bool)
	now  passage
	err  error
}

// Next steps to the next passage.
func (r *passageRows) Next() bool {
	p, err, more := r.next()
	r.now, r.err = p, err
	return more && err == nil
}

// Values are the columns of the passage.
func (r *passageRows) Values() ([]any, error) {
	return []any{r.now.ID, viet.Fold(r.now.Title), viet.Fold(r.now.Body)}, nil
}

// Err is why there was no next passage.
func (r *passageRows) Err() error { return r.err }

func (postgres) bytes(ctx context.Context) (size int64, err error) {
	pool, err := openPostgresPool(ctx)
	if err != nil {
		return 0, err
	}
	defer pool.Close()
	err = pool.QueryRow(ctx, `SELECT pg_total_relation_size('search_bench.passages')`).Scan(&size)
	return size, err
}

func (postgres) open(ctx context.Context) (searcher, error) {
	pool, err := openPostgresPool(ctx)
	if err != nil {
		return nil, err
	}
	return &openPostgres{pool}, nil
}

type openPostgres struct {
	pool *pgxpool.Pool
}

const findInPostgres = `
	SELECT id, ts_headline('simple', body, asked, 'StartSel=<mark>, StopSel=</mark>, MaxWords=35, MinWords=15')
	FROM (
		SELECT id, body, asked, ts_rank_cd(words, asked) AS rank
		FROM search_bench.passages, to_tsquery('simple', $1) AS asked
		WHERE words @@ asked ORDER BY rank DESC, id LIMIT $2
	) AS best ORDER BY rank DESC, id`

func (p *openPostgres) ask(ctx context.Context, text string) ([]hit, error) {
	words := foldedWords(text)
	if len(words) == 0 {
		return nil, nil
	}
	rows, err := p.pool.Query(ctx, findInPostgres, `'`+strings.Join(words, `' & '`)+`':*`, hitsPerQuery)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (h hit, err error) {
		err = row.Scan(&h.id, &h.snippet)
		return h, err
	})
}

func (p *openPostgres) close() error {
	defer p.pool.Close()
	return executeAll(context.Background(), p.pool, `DROP SCHEMA search_bench CASCADE`)
}
