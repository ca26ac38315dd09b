package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed schema/*.sql
var schema embed.FS

const gooseTable = "goose_db_version"

// migrate applies the schema files that the database lacks, each in one
// transaction. The caller holds the migration lock.
func migrate(ctx context.Context, db *sql.DB, dialect goose.Dialect) error {
	files, err := fs.Sub(schema, "schema")
	if err != nil {
		return fmt.Errorf("schema files: %w", err)
	}
	provider, err := goose.NewProvider(dialect, db, files,
		goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()), goose.WithTableName(gooseTable))
	if err != nil {
		return fmt.Errorf("schema files: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}
