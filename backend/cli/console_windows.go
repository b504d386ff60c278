package cli

import (
	"os"

	"golang.org/x/sys/windows"
)

// AttachConsole lets the commands print where they were typed. The app is a
// window program, to which Windows gives no console; output that already goes
// into a file or a pipe stays as it is.
func AttachConsole() {
	if out, err := windows.GetStdHandle(windows.STD_OUTPUT_HANDLE); err == nil && out != 0 && out != windows.InvalidHandle {
		if kind, err := windows.GetFileType(out); err == nil && kind != windows.FILE_TYPE_UNKNOWN {
			return
		}
	}
	const parentProcess = ^uintptr(0)
	attach := windows.NewLazySystemDLL("kernel32.dll").NewProc("AttachConsole")
	if done, _, _ := attach.Call(parentProcess); done == 0 {
		return // started by a double click: there is no console
	}
	if console, err := os.OpenFile("CONOUT$", os.O_RDWR, 0); err == nil {
		os.Stdout, os.Stderr = console, console
	}
	if keys, err := os.OpenFile("CONIN$", os.O_RDWR, 0); err == nil {
		os.Stdin = keys
	}
}
