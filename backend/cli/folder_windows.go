package cli

import (
	"os/exec"
	"syscall"
)

// ShowInFolder is the program that shows a file in the system's file manager.
// Explorer reads its command line itself: only the path may stand in quotes.
func ShowInFolder(file string) *exec.Cmd {
	show := exec.Command("explorer.exe")
	show.SysProcAttr = &syscall.SysProcAttr{CmdLine: `explorer.exe /select,"` + file + `"`}
	return show
}
