//go:build !linux

package store

// LetGo has no use here: the pages of mapped files are trimmed by the system, or do
// not count as the program's memory.
func (s *Store) LetGo() {}
