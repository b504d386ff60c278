package store

import "golang.org/x/sys/unix"

// letGo tells the system that the pages of the file that were read need not stay
// mapped: they count as this program's memory until then. They stay in the
// system's cache, and come back by themselves when they are read again.
func (t *txn) letGo() {
	// Within a transaction the mapping stays where it is. It is advice: an error
	// changes nothing.
	_, _, _ = unix.Syscall(unix.SYS_MADVISE, t.tx.DB().Info().Data, uintptr(t.tx.Size()), unix.MADV_DONTNEED)
}
