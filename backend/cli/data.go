package cli

import (
	"path/filepath"
	"runtime"

	"github.com/adrg/xdg"
)

// DefaultData is the folder of the user's archive: on Windows not in the
// roaming profile, where it would travel to other machines.
func DefaultData() string {
	name := "Veridesk"
	if runtime.GOOS == "linux" {
		name = "veridesk"
	}
	return filepath.Join(xdg.DataHome, name)
}
