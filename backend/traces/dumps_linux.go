package traces

import (
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

// NoDumps keeps this process's memory, with the keys and records in it, out of
// core dumps, and from other programs of the same user: a process that cannot be
// dumped cannot be traced by them either. Programs that it starts are not
// affected by the second.
func NoDumps() error {
	if err := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0); err != nil {
		return errors.Join(fmt.Errorf("forbid core dumps: %w", err), limitDumps())
	}
	return limitDumps()
}
