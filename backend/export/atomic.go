package export

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io/fs"
	"os"
	"path/filepath"

	"veridesk/backend/disk"
)

// target is a file in the making: a hidden file of ours in the folder where it
// will stand, readable by its owner only, that gets its name when every byte is
// on the disk. It keeps the first error, and once the context is done every
// write fails, so a writer cannot go on by mistake.
type target struct {
	path  string // where the file will stand
	force bool
	file  *os.File
	hash  hash.Hash
	stop  func() error
	err   error
}

// newTarget refuses a path that cannot be written before anything is read, and
// clears away what a crashed export left in the folder.
func newTarget(ctx context.Context, path string, force bool) (*target, error) {
	path, err := settle(path, force)
	if err != nil {
		return nil, err
	}
	sweep(filepath.Dir(path))
	file, err := createTemp(filepath.Dir(path))
	if err != nil {
		return nil, writeError(path, err)
	}
	return &target{path: path, force: force, file: file, hash: sha256.New(), stop: ctx.Err}, nil
}

// createTemp makes the file and locks it. Another export's sweep may take it
// before it is locked; then there is another one.
func createTemp(dir string) (*os.File, error) {
	for {
		file, err := os.CreateTemp(dir, tempPattern)
		if err != nil {
			return nil, err
		}
		lock(file)
		made, err1 := file.Stat()
		there, err2 := os.Lstat(file.Name())
		if err1 == nil && err2 == nil && os.SameFile(made, there) {
			return file, nil
		}
		_ = file.Close()
		if !os.IsNotExist(err2) {
			return nil, errors.Join(err1, err2, fs.ErrInvalid)
		}
	}
}

// settle is the path to write to: absolute, and with its links followed, so
// that forcing replaces the file that a link leads to and not the link.
func settle(path string, force bool) (string, error) {
	if path == "" || os.IsPathSeparator(path[len(path)-1]) {
		return "", noFileName(path)
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return "", writeError(path, err)
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return "", noFolder(filepath.Dir(path), err)
	}
	_, err = os.Lstat(path)
	switch {
	case os.IsNotExist(err):
		return path, nil
	case err != nil:
		return "", writeError(path, err)
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return "", notAFile(path, info.IsDir())
	case !force:
		return "", writeError(path, fs.ErrExist)
	case err != nil: // a link to nowhere is itself replaced
		return path, nil
	}
	return filepath.EvalSymlinks(path)
}

// Write adds bytes to the file and to its hash.
func (t *target) Write(p []byte) (int, error) {
	if t.err == nil {
		t.err = t.stop()
	}
	if t.err != nil {
		return 0, t.err
	}
	n, err := t.file.Write(p)
	_, _ = t.hash.Write(p[:n])
	t.err = err
	return n, err
}

// commit puts the bytes on the disk, asks before, which may refuse, gives the file
// its name and returns the SHA-256 of its bytes in hex.
func (t *target) commit(before func(sum string) error) (string, error) {
	sum := hex.EncodeToString(t.hash.Sum(nil))
	if t.err == nil {
		t.err = t.stop()
	}
	if t.err == nil {
		t.err = t.file.Sync()
	}
	if t.err == nil && before != nil {
		t.err = before(sum)
	}
	if t.err != nil {
		return "", t.err
	}
	if t.err = place(t.file, t.path, t.force); t.err != nil {
		return "", t.err
	}
	t.file = nil
	return sum, nil
}

// rename gives the finished file its name.
func rename(temp, path string, force bool) error {
	if force {
		return disk.Replace(temp, path)
	}
	return disk.Place(temp, path)
}

// discard removes a file that was not committed; otherwise it does nothing.
func (t *target) discard() {
	if t.file == nil {
		return
	}
	_ = t.file.Close()
	_ = os.Remove(t.file.Name())
	t.file = nil
}
