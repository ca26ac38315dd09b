package content

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"

	"sotay/internal/fault"
	"sotay/internal/store"
)

//go:embed law guides answers sessions situations terms plans
var seedFiles embed.FS

// seedNote is what the audit log says of a seeded text.
const seedNote = "nội dung kèm theo chương trình"

// proposalNote is why a newer embedded text waits for review.
const proposalNote = "đề xuất từ bản chương trình mới"

// Seed fills an empty database with the embedded material, published as the
// operator's act. Into a database that was seeded before it enters only what is
// new. What is there already stays as it is, for the database is the truth: an
// embedded text that has changed is sent for review, once. A database that was
// filled without the seed is left alone.
func (l *Library) Seed(ctx context.Context, by string) error { return l.seed(ctx, seedFiles, by) }

func (l *Library) seed(ctx context.Context, files fs.FS, by string) error {
	return l.writeUnique(ctx, func(tx *store.Tx) error {
		wanted, err := wantsSeed(tx)
		if err != nil || !wanted {
			return err
		}
		offered, err := offeredSeeds(tx)
		if err != nil {
			return err
		}
		for _, folder := range folders {
			if err := seedFolder(tx, files, folder, offered, by); err != nil {
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

func seedFolder(tx *store.Tx, files fs.FS, folder string, offered map[seedKey]bool, by string) error {
	entries, err := fs.ReadDir(files, folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read seed folder %s: %w", folder, err)
	}
	sort.Slice(entries, func(i, j int) bool { return entries[i].Name() < entries[j].Name() })
	for _, entry := range entries {
		name, ok := strings.CutSuffix(entry.Name(), kindIn(folder).ending)
		if !ok {
			continue
		}
		source, err := fs.ReadFile(files, path.Join(folder, entry.Name()))
		if err != nil {
			return fmt.Errorf("read seed %s/%s: %w", folder, entry.Name(), err)
		}
		t := seedText{folder: folder, name: name, source: string(source), by: by}
		if offered[t.key()] {
			continue
		}
		if err := t.offer(tx); err != nil {
			return fmt.Errorf("seed %s/%s: %w", folder, entry.Name(), err)
		}
	}
	return nil
}

// seedText is one embedded text.
type seedText struct{ folder, name, source, by string }

// seedKey names what an embedded text said.
type seedKey struct{ path, hash string }

func (t seedText) key() seedKey {
	sum := sha256.Sum256([]byte(t.source))
	return seedKey{t.folder + "/" + t.name, hex.EncodeToString(sum[:])}
}

// offer enters the text when its thing is not there, else proposes it.
func (t seedText) offer(tx *store.Tx) error {
	id, err := seededID(tx, t.folder, t.name)
	if err != nil {
		return err
	}
	if id != "" {
		return t.propose(tx, kindIn(t.folder).name, id)
	}
	if err := t.enter(tx); err != nil {
		return err
	}
	_, err = noteSeed(tx, t.key())
	return err
}

// enter saves the text as its thing's first revision.
func (t seedText) enter(tx *store.Tx) error {
	s := saving{source: t.source, by: t.by, note: seedNote, publish: true}
	if save := kindIn(t.folder).save; save != nil {
		return save(tx, Slug(t.name), s)
	}
	d, err := readAnswer(s.source, false)
	if err != nil {
		return err
	}
	if d.answer.Number != NumberOfCode(t.name) {
		return fault.Invalid(fmt.Sprintf("code: %s không khớp tên tệp %s.", d.answer.Code(), t.name))
	}
	return saveAnswer(tx, d, s)
}

// propose sends the text for review, unless readers saw it already. While
// somebody works on the thing, or it is taken down, the offer waits for a later
// start; so it does for kinds that are not edited yet.
func (t seedText) propose(tx *store.Tx, kind, id string) error {
	shown, err := shownBefore(tx, kind, id, t.source)
	if err != nil {
		return err
	}
	if shown {
		_, err := noteSeed(tx, t.key())
		return err
	}
	if !edited(kind) {
		return nil
	}
	busy, err := isOpenTaken(tx, kind, id)
	if err != nil || busy {
		return err
	}
	if _, err := takenDown(tx, kind, id); !fault.Is(err, fault.KindNotFound) {
		return err
	}
	first, err := noteSeed(tx, t.key()) // of several nodes one goes on
	if err != nil || !first {
		return err
	}
	return t.submit(tx, kind, id)
}

func (t seedText) submit(tx *store.Tx, kind, id string) error {
	number, version, shown, err := lastNumbers(tx, kind, id)
	if err != nil {
		return err
	}
	r := Revision{Kind: kind, ID: id, Number: number + 1, Version: version + 1, Base: shown, State: StateReview, Slug: Slug(t.name),
		Title: TextOf(kind, t.source).title(kind), Source: t.source, By: t.by, Authors: []string{t.by}, Note: proposalNote, Submitted: tx.Now()}
	if err := r.atItsAddress(tx); err != nil {
		return err
	}
	stored, err := insertRevision(tx, r)
	if err != nil {
		return err
	}
	if !stored { // somebody opened the thing at this moment
		return forgetSeed(tx, t.key())
	}
	return tx.Audit(t.by, "submit", kind, id, proposalNote)
}

// atItsAddress leaves the thing where it is now, whatever its embedded text is
// called.
func (r *Revision) atItsAddress(tx *store.Tx) error {
	if r.Kind == KindAnswer || rawKind(r.Kind) {
		r.Slug = r.Text().slug(r.Kind)
		return nil
	}
	slug, err := slugOf(tx, r.Kind, r.ID)
	if err != nil || slug == r.Slug {
		return err
	}
	r.Slug = slug
	if r.Kind == KindSession { // its source says the address too
		r.Source = r.Text().Source(r.Kind)
	}
	return nil
}
