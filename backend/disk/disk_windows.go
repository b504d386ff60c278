package disk

import (
	"errors"
	"io/fs"
	"time"

	"golang.org/x/sys/windows"
)

func replace(temp, path string) error {
	return move(temp, path, windows.MOVEFILE_WRITE_THROUGH|windows.MOVEFILE_REPLACE_EXISTING)
}

func place(temp, path string) error { return move(temp, path, windows.MOVEFILE_WRITE_THROUGH) }

// move renames, through to the disk. A virus scanner or an indexer may hold a
// fresh file for a moment: a refusal is tried again for about two seconds.
func move(temp, path string, flags uint32) error {
	from, err := windows.UTF16PtrFromString(temp)
	if err != nil {
		return err
	}
	to, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return err
	}
	for pause := 10 * time.Millisecond; ; pause *= 2 {
		err = windows.MoveFileEx(from, to, flags)
		if err == nil {
			return nil
		}
		if pause > time.Second || !passing(err) {
			return &fs.PathError{Op: "move", Path: path, Err: err}
		}
		time.Sleep(pause)
	}
}

// passing says that the error may go away by itself.
func passing(err error) bool {
	return errors.Is(err, windows.ERROR_ACCESS_DENIED) ||
		errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_LOCK_VIOLATION)
}

func freeSpace(dir string) (free uint64, err error) {
	path, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, err
	}
	err = windows.GetDiskFreeSpaceEx(path, &free, nil, nil)
	return free, err
}
