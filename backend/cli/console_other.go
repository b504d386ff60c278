//go:build !windows

package cli

// AttachConsole lets the commands print where they were typed, which needs
// nothing but on Windows.
func AttachConsole() {}
