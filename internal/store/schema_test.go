package store_test

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sotay/internal/store"
	"sotay/internal/store/storetest"
)

var update = flag.Bool("update", false, "write golden files anew")

func schemaFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("schema/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("got %d schema files, %v", len(files), err)
	}
	return files
}

// An applied file never changes: databases out there would not follow. Before a
// release, a change of a file not yet applied anywhere is confirmed by -update.
func TestAppliedSchemaFilesStayAsTheyAre(t *testing.T) {
	const golden = "testdata/schema.sha256"
	var got strings.Builder
	for _, file := range schemaFiles(t) {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&got, "%x  %s\n", sha256.Sum256(content), filepath.Base(file))
	}
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("got\n%swant\n%sadd a new file instead of changing an applied one; -update confirms files not applied yet", got.String(), want)
	}
}

func TestSchemaFilesGoOnlyForwardOneTransactionEach(t *testing.T) {
	for i, file := range schemaFiles(t) {
		if want := fmt.Sprintf("%04d_", i+1); !strings.HasPrefix(filepath.Base(file), want) {
			t.Errorf("%s: want the number %s", file, want)
		}
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		first, rest, _ := strings.Cut(string(content), "\n")
		if first != "-- +goose Up" || strings.Contains(rest, "+goose") {
			t.Errorf("%s: want -- +goose Up in the first line and no other annotation", file)
		}
	}
}

func TestOnlyAnAbsentForeignKeyIsNull(t *testing.T) {
	db := openFile(t)
	storetest.CheckTypes(t, db)
	var wrong []string
	err := db.Read(ctx, func(tx *store.Tx) (err error) {
		wrong, err = store.Collect(tx, func(scan func(...any) error) (s string, err error) { return s, scan(&s) },
			`SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
				WHERE m.type = 'table' AND m.name <> 'goose_db_version' AND substr(m.name, 1, 7) <> 'sqlite_' AND c."notnull" = 0
				AND c.name NOT IN (SELECT f."from" FROM pragma_foreign_key_list(m.name) f)`)
		return err
	})
	if err != nil || len(wrong) > 0 {
		t.Errorf("got columns that may be NULL but are no foreign keys: %v, %v", wrong, err)
	}
}

func TestAnOlderProgramOpensANewerSchema(t *testing.T) {
	dsn := storetest.DSN(t)
	write(t, reopen(t, dsn), func(tx *store.Tx) error {
		_, err := tx.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, TRUE)`)
		return err
	})
	write(t, reopen(t, dsn), audit("g1"))
}
