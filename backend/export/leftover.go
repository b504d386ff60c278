package export

import (
	"os"
	"path/filepath"
	"strings"
)

// What an export makes beside its file, under one random number. Only these
// names are ever swept.
const (
	tempPattern  = ".veridesk-export-*.tmp"   // the file in the making; locked as long as the export runs
	spillPattern = ".veridesk-export-*.spill" // a folder for what does not fit into memory
)

// spillOf is the name of the spill folder of the export that makes the file temp.
func spillOf(temp string) string {
	return strings.TrimSuffix(temp, filepath.Ext(temp)) + filepath.Ext(spillPattern)
}

// tempOf is the file that the export of a spill folder makes.
func tempOf(spill string) string {
	return strings.TrimSuffix(spill, filepath.Ext(spill)) + filepath.Ext(tempPattern)
}

// sweep removes what exports that were killed have left in the folder: they
// hold personal data. What another export is using stays. A failure to remove
// is no reason not to export.
func sweep(dir string) {
	entries, _ := os.ReadDir(dir)
	for _, entry := range entries {
		path := filepath.Join(dir, entry.Name())
		switch {
		case entry.Type().IsRegular() && matches(tempPattern, entry.Name()):
			reclaim(path)
		case entry.IsDir() && matches(spillPattern, entry.Name()) && abandoned(tempOf(path)):
			_ = os.RemoveAll(path)
		}
	}
}

func matches(pattern, name string) bool {
	is, _ := filepath.Match(pattern, name)
	return is
}

// newSpill makes a private folder for the unsealed rows of the export that makes
// the file temp. The lock on that file keeps a sweep away from both.
func newSpill(temp string) (string, error) {
	dir := spillOf(temp)
	if err := os.RemoveAll(dir); err != nil { // of a killed export that had the same number
		return "", err
	}
	return dir, os.Mkdir(dir, 0o700)
}
