package export

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/windows"
)

// place closes the file, as Windows wants it, and gives it its name.
func place(file *os.File, path string, force bool) error {
	if err := file.Close(); err != nil {
		return err
	}
	return rename(file.Name(), path, force)
}

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
