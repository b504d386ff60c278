// Package disk is what the archive needs of the system's disks beyond package
// os: files that are replaced whole or not at all, names that survive a power
// cut, and room that is looked for before it is used.
package disk

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"syscall"
)

// Replace gives the file at temp, which is closed on Windows and synced
// everywhere, the name path in the same folder or another one of the same disk.
// A file that has the name is gone then. A crash at any moment leaves the old
// file or the new one. After an error temp and path are as they were.
func Replace(temp, path string) error { return replace(temp, path) }

// Place is Replace for a name that no file may have: then the error is
// fs.ErrExist.
func Place(temp, path string) error { return place(temp, path) }

// Sync makes a file's bytes, or a folder's list of names, survive a power cut.
// Some disks cannot sync a folder.
func Sync(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	err = f.Sync()
	if runtime.GOOS == "windows" {
		err = nil // Windows syncs no folder and no file opened for reading, and journals both
	}
	return errors.Join(err, f.Close())
}

// Free is how many bytes this user may still write to the disk that dir is on.
func Free(dir string) (uint64, error) {
	free, err := freeSpace(dir)
	if err != nil {
		return 0, fmt.Errorf("measure free space: %w", err)
	}
	return free, nil
}

// Need reports, as an error that idv.DiskFull knows, that so many bytes are more
// than is free on the disk that dir is on.
func Need(dir string, bytes uint64) error {
	free, err := Free(dir)
	if err == nil && free < bytes {
		err = fmt.Errorf("%d bytes free of the %d needed: %w", free, bytes, syscall.ENOSPC)
	}
	return err
}
