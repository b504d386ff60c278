//go:build !windows

package cli

import (
	"errors"
	"os"
	"strconv"

	"golang.org/x/sys/unix"
)

// openFD is the file that this program was started with under a number. Programs
// that are started from here do not get it. One of the Go runtime's own, which
// are of no kind of file, must be neither read nor closed.
func openFD(number string) (*os.File, error) {
	fd, err := strconv.Atoi(number)
	if err != nil {
		return nil, err
	}
	var info unix.Stat_t
	if err := unix.Fstat(fd, &info); err != nil {
		return nil, err
	}
	if info.Mode&unix.S_IFMT == 0 {
		return nil, errors.New("it is not a file to read from")
	}
	unix.CloseOnExec(fd)
	return os.NewFile(uintptr(fd), "file number "+number), nil
}
