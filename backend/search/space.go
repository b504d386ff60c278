package search

import (
	"os"
	"path/filepath"

	"veridesk/backend/disk"
)

// leastFree is how much room the disk must have beside the index's own size for
// more to be written. Bleve does not stand a full disk while it seals: the
// memory of what could not be written is spoilt. A merge writes at most the
// index once more.
const leastFree = 64 << 20

// room reports, as an error that idv.DiskFull knows, that the disk has no room
// for leastFree and so many bytes more.
func room(dir string, more uint64) error { return disk.Need(dir, leastFree+more) }

// size is how many bytes the files of a generation take. A file that goes away
// meanwhile counts nothing.
func size(dir string) (total uint64) {
	entries, err := os.ReadDir(filepath.Join(dir, storeDir))
	if err != nil {
		return 0
	}
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil {
			total += uint64(info.Size())
		}
	}
	return total
}
