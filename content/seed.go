package content

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"

	"sotay/internal/fault"
	"sotay/internal/store"
)

//go:embed law guides answers sessions
var seedFiles embed.FS

// seedNote is what the audit log says of a seeded text.
const seedNote = "nội dung kèm theo chương trình"

// Seed fills an empty database with the embedded material, published as the
// operator's act. Into a database that was seeded before it adds only what is
// new; what is there already stays as it is, for the database is the truth. A
// database that was filled without the seed is left alone.
func (l *Library) Seed(ctx context.Context, by string) error {
	return l.db.Write(ctx, func(tx *store.Tx) error {
		wanted, err := wantsSeed(tx)
		if err != nil || !wanted {
			return err
		}
		for _, folder := range []string{"law", "sessions", "guides", "answers"} {
			if err := seedFolder(tx, folder, by); err != nil {
				return err
			}
		}
		return nil
	})
}

// Seeded reports whether this database was filled with the embedded material.
func (l *Library) Seeded(ctx context.Context) (bool, error) {
	var seeded bool
	err := l.db.Read(ctx, func(tx *store.Tx) (err error) {
		seeded, err = wasSeeded(tx)
		return err
	})
	return seeded, err
}

func wantsSeed(tx *store.Tx) (bool, error) {
	empty, err := noRevisions(tx)
	if err != nil || empty {
		return empty, err
	}
	return wasSeeded(tx)
}

func seedFolder(tx *store.Tx, folder, by string) error {
	entries, err := fs.ReadDir(seedFiles, folder)
	if err != nil {
		return fmt.Errorf("read seed folder %s: %w", folder, err)
	}
	sort.Slice(entries, func(i, j int) bool { return entries[i].Name() < entries[j].Name() })
	for _, entry := range entries {
		name, ok := strings.CutSuffix(entry.Name(), ".md")
		if !ok {
			continue
		}
		source, err := seedFiles.ReadFile(path.Join(folder, entry.Name()))
		if err != nil {
			return fmt.Errorf("read seed %s/%s: %w", folder, entry.Name(), err)
		}
		if err := seedOne(tx, folder, name, saving{source: string(source), by: by, note: seedNote, publish: true}); err != nil {
			return fmt.Errorf("seed %s/%s: %w", folder, entry.Name(), err)
		}
	}
	return nil
}

// seedOne saves one embedded text unless its thing is there already.
func seedOne(tx *store.Tx, folder, name string, s saving) error {
	known, err := knownToSeed(tx, folder, name)
	if err != nil || known {
		return err
	}
	switch folder {
	case "law":
		return saveLaw(tx, s)
	case "sessions":
		return saveSession(tx, s)
	case "guides":
		return saveGuide(tx, Slug(name), s)
	case "answers":
		d, err := readAnswer(s.source, false)
		if err != nil {
			return err
		}
		if d.answer.Number != NumberOfCode(name) {
			return fault.Invalid(fmt.Sprintf("code: %s không khớp tên tệp %s.", d.answer.Code(), name))
		}
		return saveAnswer(tx, d, s)
	}
	return errors.New("unknown seed folder " + folder)
}
