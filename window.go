// The settings that have to be known while the archive is sealed: before the window
// is made, and for the locked window. They lie in a small clear file and tell nothing of anybody.
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
	"veridesk/backend/idv"
)

// windowSettings are the file's content.
type windowSettings struct {
	// ContentProtection keeps the window out of screenshots and shared screens,
	// on Windows and macOS.
	ContentProtection bool `json:"contentProtection"`
	WindowSettings
}

// WindowSettings are how a person wants the window, locked or not. The page knows
// the words; "" and 0 are its defaults.
type WindowSettings struct {
	Language  string `json:"language"`
	Theme     string `json:"theme"`
	Contrast  string `json:"contrast"`
	Motion    string `json:"motion"`
	Scale     int    `json:"scale"` // percent
	Density   string `json:"density"`
	Dates     string `json:"dates"`
	TimeZone  string `json:"timeZone"`
	NoLetters bool   `json:"noLetters"` // shortcuts of a single character do nothing
	Blur      bool   `json:"blur"`      // photos are blurred until they are pointed at
	Clearing  string `json:"clearing"`  // when what was copied is cleared
	Quiet     bool   `json:"quiet"`     // the system shows no notification of what is done
}

// maxWord is the longest word that a window setting may have, in bytes.
const maxWord = 64

// check refuses what no page has sent.
func (s WindowSettings) check() error {
	for _, word := range []string{s.Language, s.Theme, s.Contrast, s.Motion, s.Density, s.Dates, s.TimeZone, s.Clearing} {
		if len(word) > maxWord {
			return &idv.Error{
				Code:    idv.CodeInvalid,
				Message: "A setting of the window is longer than any can be. Nothing was changed.",
				Hint:    "Choose one of the values that the window offers.",
			}
		}
	}
	return nil
}

// WindowSettings are how the window is to look.
func (a *App) WindowSettings() (WindowSettings, error) {
	return readWindowSettings(a.options.Data).WindowSettings, nil
}

// SaveWindowSettings keeps them.
func (a *App) SaveWindowSettings(s WindowSettings) (err error) {
	defer guard(&err)
	if err := s.check(); err != nil {
		return err
	}
	return a.changeWindow(func(w *windowSettings) { w.WindowSettings = s })
}

// changeWindow changes a part of the file.
func (a *App) changeWindow(change func(*windowSettings)) error {
	a.windowFile.Lock()
	defer a.windowFile.Unlock()
	s := readWindowSettings(a.options.Data)
	change(&s)
	return writeWindowSettings(a.options.Data, s)
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

// writeWindowSettings writes the file whole or not at all. Content protection
// counts from the next start on.
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
