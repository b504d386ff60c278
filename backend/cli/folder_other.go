//go:build !windows

package cli

import (
	"os/exec"
	"path/filepath"
	"runtime"
)

// ShowInFolder is the program that shows a file in the system's file manager.
func ShowInFolder(file string) *exec.Cmd {
	if runtime.GOOS == "darwin" {
		return exec.Command("open", "-R", file)
	}
	return exec.Command("xdg-open", filepath.Dir(file))
}
