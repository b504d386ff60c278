//go:build !windows

package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// replace syncs the folder, so that the new name survives a power cut. Some disks
// cannot; the file is replaced all the same.
func replace(temp, path string) error {
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	_ = Sync(filepath.Dir(path))
	return nil
}

// place gives the name by a hard link, which never replaces anything. Where the
// disk knows no hard links (FAT, some network disks) the look and the rename are
// two steps, and a file made between them is replaced.
func place(temp, path string) error {
	err := os.Link(temp, path)
	if err == nil {
		_ = os.Remove(temp) // a second name of a whole file, if this fails
		_ = Sync(filepath.Dir(path))
		return nil
	}
	if _, lerr := os.Lstat(path); errors.Is(err, fs.ErrExist) || lerr == nil {
		return fs.ErrExist
	}
	return replace(temp, path)
}

func freeSpace(dir string) (uint64, error) {
	var stat unix.Statfs_t
	if err := unix.Statfs(dir, &stat); err != nil {
		return 0, err
	}
	return uint64(stat.Bavail) * uint64(stat.Bsize), nil
}
