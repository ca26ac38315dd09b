package main

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"sotay/internal/store"
)

type restoreCommand struct {
	File    string `arg:"" type:"existingfile" help:"The backup to read."`
	Storage `embed:""`
}

// Run unpacks the backup into a folder beside the data folder, checks every
// sum, loads the database there, and only then moves it into place.
func (c *restoreCommand) Run(ctx context.Context, out *output) error {
	if err := c.mustBeEmpty(); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(filepath.Clean(c.Data)), 0o750); err != nil {
		return err
	}
	work, err := os.MkdirTemp(filepath.Dir(filepath.Clean(c.Data)), ".restore-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	if err := unpack(c.File, work); err != nil {
		return fmt.Errorf("read backup %s: %w", c.File, err)
	}
	if err := c.load(ctx, work); err != nil {
		return fmt.Errorf("load database: %w", err)
	}
	if err := errors.Join(os.Remove(filepath.Join(work, dumpName)), os.Chmod(work, 0o750)); err != nil {
		return err
	}
	if err := os.Remove(c.Data); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := os.Rename(work, c.Data); err != nil {
		return err
	}
	out.say("restored into %s", c.Data)
	return nil
}

func (c *restoreCommand) mustBeEmpty() error {
	entries, err := os.ReadDir(c.Data)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err == nil && len(entries) > 0 {
		return fmt.Errorf("%s is not empty; restore needs an empty or new folder", c.Data)
	}
	return err
}

func (c *restoreCommand) load(ctx context.Context, work string) error {
	dump, err := os.Open(filepath.Join(work, dumpName))
	if err != nil {
		return err
	}
	defer dump.Close()
	db, err := Storage{Data: work, Database: c.Database}.open(ctx)
	if err != nil {
		return err
	}
	return errors.Join(store.Load(ctx, db, dump), db.Close())
}

// unpack writes the files of a backup below a folder and compares their sums
// with the manifest's.
func unpack(file, folder string) error {
	packed, err := os.Open(file)
	if err != nil {
		return err
	}
	defer packed.Close()
	plain, err := gzip.NewReader(packed)
	if err != nil {
		return fmt.Errorf("not a backup: %w", err)
	}
	archive, sums := tar.NewReader(plain), map[string]string{}
	for {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return errors.New("cut short: the manifest is missing")
		}
		if err != nil {
			return err
		}
		if header.Name == manifestName {
			return compareSums(archive, sums)
		}
		if sums[header.Name], err = unpackFile(archive, folder, header.Name); err != nil {
			return err
		}
	}
}

func unpackFile(from io.Reader, folder, name string) (string, error) {
	allowed := name == dumpName || name == settingsFile || strings.HasPrefix(name, attachmentFolder+"/")
	if !allowed || !filepath.IsLocal(name) {
		return "", fmt.Errorf("unexpected file %q", name)
	}
	path := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return "", err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(file, sum), from)
	return hex.EncodeToString(sum.Sum(nil)), errors.Join(err, file.Sync(), file.Close())
}

// maxManifest bounds the manifest in bytes: 100 bytes a file, 100,000 files.
const maxManifest = 10 << 20

func compareSums(from io.Reader, sums map[string]string) error {
	var m manifest
	if err := json.NewDecoder(io.LimitReader(from, maxManifest)).Decode(&m); err != nil {
		return fmt.Errorf("read manifest: %w", err)
	}
	if m.Format != backupFormat {
		return fmt.Errorf("format %d is not the one this program reads (%d)", m.Format, backupFormat)
	}
	for name, want := range m.SHA256 {
		if sums[name] != want {
			return fmt.Errorf("%s is damaged: its SHA-256 is not the manifest's", name)
		}
	}
	if len(sums) != len(m.SHA256) {
		return errors.New("the archive holds files that its manifest does not name")
	}
	return nil
}
