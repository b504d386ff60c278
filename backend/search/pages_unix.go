//go:build unix

package search

import "golang.org/x/sys/unix"

// forget tells the system that a mapped file has been read and will not be for a
// while: its pages count as this program's memory until then. It is advice, so an
// error changes nothing.
func forget(mapped []byte) {
	if len(mapped) > 0 {
		_ = unix.Madvise(mapped, unix.MADV_DONTNEED)
	}
}
