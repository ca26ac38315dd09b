package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"

	"sotay/content"
	"sotay/internal/store"
	"sotay/quizzes"
	"sotay/search"
)

type exportCommand struct {
	Storage `embed:""`
	Out     string `required:"" placeholder:"DIR" help:"Folder to write; it must be empty or not there yet."`
}

// Places of the other rooms' texts in an export.
const (
	quizFolder = "quizzes"
	wordsFile  = "words.jsonl"
)

// Run writes the texts, and last the list by which a cut-off export is known.
func (c *exportCommand) Run(ctx context.Context, out *output) error {
	db, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	folder, err := newOutFolder(c.Out)
	if err != nil {
		return err
	}
	defer folder.root.Close()
	err = exportTexts(ctx, db, folder.put)
	if err == nil {
		err = folder.finish()
	}
	if err != nil {
		return fmt.Errorf("export to %s: %w", c.Out, err)
	}
	out.say("%d files written to %s", folder.files, c.Out)
	return nil
}

// exportTexts asks each room for its texts.
func exportTexts(ctx context.Context, db *store.DB, put func(name string, text []byte) error) error {
	if err := content.New(db).Export(ctx, put); err != nil {
		return err
	}
	err := quizzes.New(db).Export(ctx, func(name string, text []byte) error { return put(quizFolder+"/"+name, text) })
	if err != nil {
		return err
	}
	words, err := search.ExportWords(ctx, db)
	if err != nil || len(words) == 0 {
		return err
	}
	return put(wordsFile, words)
}

// outFolder is the folder of an export. Nothing is ever written outside of it.
type outFolder struct {
	root  *os.Root
	list  *os.File // of what was written, under its unfinished name
	files int
}

func newOutFolder(dir string) (*outFolder, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("make folder: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	entries, err := fs.ReadDir(root.FS(), ".")
	if err == nil && len(entries) > 0 {
		err = fmt.Errorf("%s is not empty; choose another folder or empty it first", dir)
	}
	var list *os.File
	if err == nil {
		list, err = root.OpenFile(content.UnfinishedName, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o640)
	}
	if err == nil {
		_, err = list.Write(content.ManifestHead().Bytes())
	}
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return &outFolder{root: root, list: list}, nil
}

// put writes one file beside its name and renames it when it is whole. What a
// power failure leaves of it the sums of the list tell.
func (f *outFolder) put(name string, text []byte) error {
	if err := f.root.MkdirAll(path.Dir(name), 0o750); err != nil {
		return fmt.Errorf("make folder of %s: %w", name, err)
	}
	partial := name + ".partial"
	if err := f.root.WriteFile(partial, text, 0o640); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := f.root.Rename(partial, name); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	sum := sha256.Sum256(text)
	if _, err := f.list.Write(content.ManifestLine{Path: name, SHA256: hex.EncodeToString(sum[:])}.Bytes()); err != nil {
		return fmt.Errorf("list %s: %w", name, err)
	}
	f.files++
	return nil
}

// finish gives the list its name.
func (f *outFolder) finish() error {
	if err := errors.Join(f.list.Sync(), f.list.Close()); err != nil {
		return fmt.Errorf("write list: %w", err)
	}
	return f.root.Rename(content.UnfinishedName, content.ManifestName)
}
