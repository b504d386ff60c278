//go:build !linux

package store

// letGo has no use here: the pages of mapped files are trimmed by the system, or do
// not count as the program's memory.
func (t *txn) letGo() {}
