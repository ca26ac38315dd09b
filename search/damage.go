package search

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
)

// sealFile holds the checksum of the files that bleve keeps without one. It is
// written when an index is closed and removed when it is opened: after a crash
// there is none, and the guard below is all there is.
const sealFile = "sealed"

// guarded turns a panic of a damaged index, and a fault in its mapped memory,
// into errForeign.
func guarded(do func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v: %w", r, errForeign)
		}
	}()
	return do()
}

// checkFiles refuses a folder in which a byte has changed since it was written.
func checkFiles(path string) error {
	if err := checkSegments(path); err != nil {
		return err
	}
	return breakSeal(path)
}

// checkSegments compares each segment file with the checksum at its end, which
// bleve writes but does not read.
func checkSegments(path string) error {
	files, err := filepath.Glob(filepath.Join(path, "store", "*.zap"))
	if err != nil {
		return fmt.Errorf("list segments of %s: %w", path, err)
	}
	for _, file := range files {
		right, err := checkSegment(file)
		if err != nil {
			return fmt.Errorf("check index: %w", err)
		}
		if !right {
			return fmt.Errorf("segment %s: wrong checksum: %w", file, errForeign)
		}
	}
	return nil
}

// checkSegment reads a segment in pieces, for it can be large.
func checkSegment(path string) (right bool, err error) {
	file, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || info.Size() < crc32.Size {
		return false, err
	}
	sum := crc32.NewIEEE()
	if _, err := io.CopyBuffer(struct{ io.Writer }{sum}, io.LimitReader(file, info.Size()-crc32.Size), make([]byte, 1<<20)); err != nil {
		return false, err
	}
	var told [crc32.Size]byte
	if _, err := io.ReadFull(file, told[:]); err != nil {
		return false, err
	}
	return sum.Sum32() == binary.BigEndian.Uint32(told[:]), nil
}

// seal notes the checksum of a closed index. A folder that somebody deleted
// needs none.
func seal(path string) error {
	sum, err := checksum(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(path, sealFile), sum, 0o600); err != nil {
		return fmt.Errorf("seal index: %w", err)
	}
	return nil
}

// breakSeal checks the seal, if there is one, and removes it.
func breakSeal(path string) error {
	file := filepath.Join(path, sealFile)
	sealed, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read seal: %w", err)
	}
	sum, err := checksum(path)
	if err != nil {
		return err
	}
	if string(sum) != string(sealed) {
		return fmt.Errorf("index %s: broken seal: %w", path, errForeign)
	}
	if err := os.Remove(file); err != nil {
		return fmt.Errorf("open seal: %w", err)
	}
	return nil
}

func checksum(path string) ([]byte, error) {
	sum := crc32.NewIEEE()
	for _, name := range []string{"index_meta.json", filepath.Join("store", "root.bolt")} {
		data, err := os.ReadFile(filepath.Join(path, name))
		if err != nil {
			return nil, fmt.Errorf("check index: %w", err)
		}
		sum.Write(data)
	}
	return sum.Sum(nil), nil
}
