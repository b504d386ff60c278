// Command veridesk keeps a local archive of a company's identity-verification
// sessions. With a command it is a command-line program; without one it opens
// the window. Nothing is opened before one of the two is chosen.
package main

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/logger"
	"github.com/wailsapp/wails/v2/pkg/menu"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/mac"
	"github.com/wailsapp/wails/v2/pkg/options/windows"

	"veridesk/backend/archive"
	"veridesk/backend/cli"
	"veridesk/backend/idv"
)

//go:embed all:frontend/dist
var dist embed.FS

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	o, args, err := cli.Parse(os.Args[1:])
	if err != nil || len(args) > 0 {
		cli.AttachConsole()
	}
	if err != nil {
		return cli.Fail(o, os.Stderr, err)
	}
	if o.Data, err = filepath.Abs(o.Data); err != nil {
		return cli.Fail(o, os.Stderr, err)
	}
	log := &logFile{dir: o.Data}
	defer log.Close()
	slog.SetDefault(slog.New(slog.NewTextHandler(log, nil)))
	if len(args) > 0 {
		return cli.Run(ctx, o, args, os.Stdin, os.Stdout, os.Stderr)
	}
	if err := openWindow(o); err != nil {
		return cli.Fail(o, os.Stderr, err)
	}
	return 0
}

// openWindow shows the window and returns when it is closed.
func openWindow(o cli.Options) error {
	if err := canShow(); err != nil {
		return err
	}
	assets, err := fs.Sub(dist, "frontend/dist")
	if err != nil {
		return err
	}
	app := NewApp(o)
	return wails.Run(&options.App{
		Title: "Veridesk", Width: 1280, Height: 820, MinWidth: 800, MinHeight: 560,
		AssetServer: &assetserver.Options{Assets: assets, Middleware: secure},
		Bind:        []any{app},
		OnStartup:   app.startup, OnShutdown: app.shutdown,
		ErrorFormatter:     sentence,
		LogLevelProduction: logger.ERROR,
		Menu:               appMenu(),
		SingleInstanceLock: &options.SingleInstanceLock{
			UniqueId: "veridesk-" + digest(o.Data), OnSecondInstanceLaunch: app.raise,
		},
		Mac:     &mac.Options{Preferences: &mac.Preferences{TabFocusesLinks: mac.Enabled}}, // Tab reaches every control
		Windows: &windows.Options{WebviewUserDataPath: filepath.Join(o.Data, archive.WebviewDir)},
	})
}

// sentence is a failed call's error as the page receives it: JSON text, because
// Wails hands everything but text to the page as "[object Object]".
func sentence(err error) any {
	text, err := json.Marshal(idv.AsError(err))
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// canShow says in words why no window can open.
func canShow() error {
	switch {
	case cli.Kind == cli.PlainBuild:
		return &idv.Error{
			Code:    idv.CodeInvalid,
			Message: "This build has no window: it is the command line alone.",
			Hint:    "veridesk help lists the commands; go run ./build run builds and opens the window.",
		}
	case cli.Kind == cli.WindowBuild && runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "":
		return &idv.Error{
			Code:    idv.CodeInvalid,
			Message: "There is no display to open the window on.",
			Hint:    "The command line works without one: veridesk help lists the commands.",
		}
	}
	return nil
}

// digest names a data folder without telling it.
func digest(dir string) string {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	sum := sha256.Sum256([]byte(dir))
	return hex.EncodeToString(sum[:8])
}

// appMenu is the menu bar on macOS, where copy and paste need one; elsewhere
// the window has none.
func appMenu() *menu.Menu {
	if runtime.GOOS != "darwin" {
		return nil
	}
	return menu.NewMenuFromItems(menu.AppMenu(), menu.EditMenu(), menu.WindowMenu())
}

// secure sets the headers that keep the page to itself.
func secure(next http.Handler) http.Handler {
	headers := map[string]string{
		"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; " +
			"img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; " +
			"base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
		"Permissions-Policy":     "camera=(), microphone=(), geolocation=(), clipboard-read=()",
		"Referrer-Policy":        "no-referrer",
		"X-Content-Type-Options": "nosniff",
		"Cache-Control":          "no-store",
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range headers {
			w.Header().Set(name, value)
		}
		next.ServeHTTP(w, r)
	})
}

// logFile is the log in the data folder, made when the first line is written.
// At start a log over maxLog bytes becomes the old one.
type logFile struct {
	dir  string
	file *os.File
}

const maxLog = 4 << 20

// Write appends to the log; slog calls it for one line at a time.
func (l *logFile) Write(line []byte) (int, error) {
	if l.file == nil {
		path := filepath.Join(l.dir, archive.LogFile)
		if info, err := os.Stat(path); err == nil && info.Size() > maxLog {
			_ = os.Rename(path, filepath.Join(l.dir, archive.OldLogFile)) // another copy may hold it: then it grows on
		}
		file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return 0, err
		}
		l.file = file
	}
	return l.file.Write(line)
}

// Close closes the log.
func (l *logFile) Close() error {
	if l.file == nil {
		return nil
	}
	return errors.Join(l.file.Sync(), l.file.Close())
}
