package archive

import (
	"fmt"
	"os"
)

// resident is how much memory the process takes, in bytes: with the pages of files
// that it has read.
func resident() int64 {
	var total, pages int64
	counts, err := os.ReadFile("/proc/self/statm") // in pages, see proc(5)
	if err == nil {
		_, err = fmt.Sscan(string(counts), &total, &pages)
	}
	if err != nil {
		return held()
	}
	return pages * int64(os.Getpagesize())
}
