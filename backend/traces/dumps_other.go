//go:build !linux && !windows

package traces

// NoDumps keeps this process's memory, with the keys and records in it, out of
// core dumps.
func NoDumps() error { return limitDumps() }
