package seal

import (
	"errors"
	"io/fs"
	"time"

	"golang.org/x/sys/windows"
)

// replace gives the new file the name of the old one, through to the disk. A
// virus scanner may hold either for a moment: a refusal is tried again for about
// two seconds.
func replace(from, to string) error {
	source, err := windows.UTF16PtrFromString(from)
	if err != nil {
		return err
	}
	target, err := windows.UTF16PtrFromString(to)
	if err != nil {
		return err
	}
	const flags = windows.MOVEFILE_REPLACE_EXISTING | windows.MOVEFILE_WRITE_THROUGH
	for pause := 10 * time.Millisecond; ; pause *= 2 {
		err = windows.MoveFileEx(source, target, flags)
		if err == nil {
			return nil
		}
		if pause > time.Second || !passing(err) {
			return &fs.PathError{Op: "replace", Path: to, Err: err}
		}
		time.Sleep(pause)
	}
}

// passing says that the error may go away by itself.
func passing(err error) bool {
	return errors.Is(err, windows.ERROR_ACCESS_DENIED) ||
		errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_LOCK_VIOLATION)
}
