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
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

type backupCommand struct {
	File    string `arg:"" help:"The backup to write; it must not exist yet."`
	Storage `embed:""`
}

// A backup is a gzipped tar: the database as an engine-neutral dump, the
// attachments, the settings file, and last a manifest with the SHA-256 of each.
const (
	dumpName     = "database.jsonl"
	manifestName = "manifest.json"
)

// manifest says what a backup holds.
type manifest struct {
	Format  int               `json:"format"`
	Version string            `json:"version"`
	At      time.Time         `json:"at"`
	SHA256  map[string]string `json:"sha256"` // by name in the archive
}

// backupFormat is raised when the archive's layout changes.
const backupFormat = 1

// Run writes the backup beside its final name and renames it when it is whole.
func (c *backupCommand) Run(ctx context.Context, out *output) error {
	db, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := os.Stat(c.File); err == nil {
		return fmt.Errorf("%s exists; choose another name", c.File)
	}
	partial := c.File + ".partial"
	file, err := os.OpenFile(partial, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	err = c.write(file, func(w io.Writer) error { return db.Dump(ctx, w) })
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return errors.Join(fmt.Errorf("write backup: %w", err), os.Remove(partial))
	}
	if err := os.Rename(partial, c.File); err != nil {
		return err
	}
	out.say("backup written to %s", c.File)
	return nil
}

func (c *backupCommand) write(w io.Writer, dump func(io.Writer) error) error {
	packed := gzip.NewWriter(w)
	archive := &archiveWriter{tar: tar.NewWriter(packed), sums: map[string]string{}}
	if err := archive.addDump(dump); err != nil {
		return err
	}
	if err := archive.addFolder(c.Data, attachmentFolder); err != nil {
		return err
	}
	if err := archive.addFile(c.path(settingsFile), settingsFile); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := archive.addManifest(); err != nil {
		return err
	}
	return errors.Join(archive.tar.Close(), packed.Close())
}

// archiveWriter adds files to a tar and remembers their sums.
type archiveWriter struct {
	tar  *tar.Writer
	sums map[string]string
}

// addDump writes the dump to a temporary file first, for a tar must know sizes
// before contents.
func (a *archiveWriter) addDump(dump func(io.Writer) error) error {
	file, err := os.CreateTemp("", "portal-dump-")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	if err := errors.Join(dump(file), file.Close()); err != nil {
		return fmt.Errorf("dump database: %w", err)
	}
	return a.addFile(file.Name(), dumpName)
}

func (a *archiveWriter) addFolder(root, name string) error {
	err := filepath.WalkDir(filepath.Join(root, name), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		return a.addFile(path, filepath.ToSlash(rel))
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func (a *archiveWriter) addFile(path, name string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	return a.add(name, info.Size(), io.LimitReader(file, info.Size()))
}

func (a *archiveWriter) add(name string, size int64, from io.Reader) error {
	if err := a.tar.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: size}); err != nil {
		return fmt.Errorf("add %s: %w", name, err)
	}
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(a.tar, sum), from); err != nil {
		return fmt.Errorf("add %s: %w", name, err)
	}
	a.sums[name] = hex.EncodeToString(sum.Sum(nil))
	return nil
}

func (a *archiveWriter) addManifest() error {
	text, err := json.MarshalIndent(manifest{Format: backupFormat, Version: versionName(), At: time.Now().UTC(), SHA256: a.sums}, "", "  ")
	if err != nil {
		return err
	}
	if err := a.tar.WriteHeader(&tar.Header{Name: manifestName, Mode: 0o600, Size: int64(len(text))}); err != nil {
		return err
	}
	_, err = a.tar.Write(text)
	return err
}
