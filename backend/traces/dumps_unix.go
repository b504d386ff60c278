//go:build !windows

package traces

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// limitDumps sets the size of a core dump to nothing. The hard limit stays, for
// programs that are started from here.
func limitDumps() error {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_CORE, &limit); err != nil {
		return fmt.Errorf("read the limit of core dumps: %w", err)
	}
	limit.Cur = 0
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &limit); err != nil {
		return fmt.Errorf("limit core dumps: %w", err)
	}
	return nil
}
