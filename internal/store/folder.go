package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// LockFolder takes the data folder for this process until release is called or
// the process ends. When another one has it the answer is ErrLocked, at once.
func LockFolder(dir string) (release func(), err error) {
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock data folder: %w", err)
	}
	if err := flock(f); err != nil {
		f.Close()
		return nil, fmt.Errorf("lock %s: %w", f.Name(), err)
	}
	return func() { f.Close() }, nil
}

// flock locks an open file or folder; closing it is unlocking.
func flock(f *os.File) error {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return ErrLocked
	}
	return err
}

// lockMigration waits until no other process migrates a database of this
// folder. The folder itself is locked, so no file is left behind.
func lockMigration(ctx context.Context, dir string) (release func(), err error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, fmt.Errorf("lock migration: %w", err)
	}
	for {
		err := flock(f)
		if err == nil {
			return func() { f.Close() }, nil
		}
		if errors.Is(err, ErrLocked) {
			err = wait(ctx, lockPoll)
		}
		if err != nil {
			f.Close()
			return nil, fmt.Errorf("lock migration: %w", err)
		}
	}
}

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
