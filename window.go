// The settings that have to be known before the window is made, when the archive
// is still sealed. They lie in a small clear file and tell nothing of anybody.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"veridesk/backend/archive"
	"veridesk/backend/disk"
)

// windowSettings are the file's content.
type windowSettings struct {
	// ContentProtection keeps the window out of screenshots and shared screens,
	// on Windows and macOS.
	ContentProtection bool `json:"contentProtection"`
}

// readWindowSettings reads the file. What cannot be read is at its safe value.
func readWindowSettings(data string) windowSettings {
	s := windowSettings{ContentProtection: true}
	text, err := os.ReadFile(filepath.Join(data, archive.WindowFile))
	if err == nil {
		err = json.Unmarshal(text, &s)
	}
	if err == nil {
		return s
	}
	if !errors.Is(err, fs.ErrNotExist) {
		slog.Warn("read the window's settings", "error", err)
	}
	return windowSettings{ContentProtection: true}
}

// writeWindowSettings writes the file whole or not at all. They count from the
// next start on.
func writeWindowSettings(data string, s windowSettings) error {
	text, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("write the window's settings: %w", err)
	}
	if err := disk.WriteFile(filepath.Join(data, archive.WindowFile), append(text, '\n')); err != nil {
		return fmt.Errorf("write the window's settings: %w", err)
	}
	return nil
}
