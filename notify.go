package main

import (
	"log/slog"

	wails "github.com/wailsapp/wails/v2/pkg/runtime"

	"veridesk/backend/idv"
)

// notifier shows notifications of the system. Show may take its time, and fails
// where there is nothing that shows any, or the user does not want them.
type notifier interface {
	Show(title, text string) error
	Close()
}

// maxNotice is how many characters of a title or a text are shown.
const maxNotice = 200

// Notify shows a notification of the system that something is done. It returns at
// once: whether it can be shown is of no weight, for the window tells the same.
func (a *App) Notify(title, text string) { go a.tell(short(title), short(text)) }

// short is a text without what is too much of it.
func short(text string) string {
	if runes := []rune(text); len(runes) > maxNotice {
		return string(runes[:maxNotice])
	}
	return text
}

// tell shows a notification. Nobody waits for it: some systems ask the user first,
// and what the library does then cannot be ended.
func (a *App) tell(title, text string) {
	var err error
	defer func() {
		if r := recover(); r != nil {
			err = idv.Panic(r)
		}
		if err != nil {
			slog.Info("no notification", "error", err)
		}
	}()
	err = a.notifier.Show(title, text)
}

// bringForward puts the window before all others.
func (a *App) bringForward() {
	wails.WindowUnminimise(a.ctx)
	wails.Show(a.ctx)
}
