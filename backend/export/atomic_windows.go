package export

import (
	"errors"
	"io/fs"
	"os"
	"time"

	"golang.org/x/sys/windows"
)

// place closes the file and gives it its name, through to the disk. Without
// force the move fails where a file stands. A virus scanner or an indexer may
// hold a fresh file for a moment, so a refusal is tried again for two seconds.
func place(file *os.File, path string, force bool) error {
	if err := file.Close(); err != nil {
		return err
	}
	from, err := windows.UTF16PtrFromString(file.Name())
	if err != nil {
		return err
	}
	to, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return err
	}
	flags := uint32(windows.MOVEFILE_WRITE_THROUGH)
	if force {
		flags |= windows.MOVEFILE_REPLACE_EXISTING
	}
	for wait := 10 * time.Millisecond; ; wait *= 2 {
		err := windows.MoveFileEx(from, to, flags)
		switch {
		case err == nil:
			return nil
		case wait > time.Second || !heldByAnother(err):
			return &fs.PathError{Op: "move", Path: path, Err: err}
		}
		time.Sleep(wait)
	}
}

func heldByAnother(err error) bool {
	return errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_LOCK_VIOLATION) ||
		errors.Is(err, windows.ERROR_ACCESS_DENIED)
}

// syncDir has nothing to do: the move was written through.
func syncDir(string) {}

// lock has nothing to do: an open file cannot be opened for exclusive use.
func lock(*os.File) {}

// reclaim removes a file that no process has open.
func reclaim(path string) {
	if abandoned(path) {
		_ = os.Remove(path)
	}
}

// abandoned reports whether no process has the file open.
func abandoned(path string) bool {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return false
	}
	const shareWithNobody = 0
	handle, err := windows.CreateFile(name, windows.GENERIC_READ, shareWithNobody, nil,
		windows.OPEN_EXISTING, windows.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	_ = windows.CloseHandle(handle)
	return true
}
