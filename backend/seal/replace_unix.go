//go:build !windows

package seal

import (
	"os"
	"path/filepath"
)

// replace gives the new file the name of the old one, and flushes the folder so
// that this survives a power cut. Some disks cannot flush a folder; the file is
// replaced all the same.
func replace(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	if dir, err := os.Open(filepath.Dir(to)); err == nil {
		_ = dir.Sync()
		_ = dir.Close()
	}
	return nil
}
