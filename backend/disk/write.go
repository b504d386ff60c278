package disk

import (
	"os"
	"path/filepath"
	"strings"
)

// tempSuffix ends the name of a file that is being written.
const tempSuffix = ".new"

// WriteFile makes or replaces a file as a whole, readable by its owner only:
// after a crash at any moment the old or the new bytes are there, and after an
// error the old ones. What a crash leaves beside it is removed by the next
// WriteFile.
func WriteFile(path string, data []byte) error {
	sweep(path)
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*"+tempSuffix)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = Replace(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return err
}

// sweep removes what a crash left while path was being written.
func sweep(path string) {
	entries, _ := os.ReadDir(filepath.Dir(path))
	for _, entry := range entries {
		name := entry.Name()
		if strings.HasPrefix(name, filepath.Base(path)+".") && strings.HasSuffix(name, tempSuffix) {
			_ = os.Remove(filepath.Join(filepath.Dir(path), name))
		}
	}
}
