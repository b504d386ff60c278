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
	"io"
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
	"veridesk/backend/traces"
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
	slog.SetDefault(newLog(log))
	if err := traces.NoDumps(); err != nil {
		slog.Warn("start", "error", err)
	}
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
	o.Env = os.Environ()
	if cli.Kind == cli.BindingsBuild { // opens nothing, and so leaves nothing
		return wails.Run(window(NewApp(o), assets, ""))
	}
	temp, err := traces.OpenTemp(filepath.Join(o.Data, archive.TempDir))
	if err != nil {
		return err
	}
	defer cleared(temp)
	webview, err := traces.OpenWebview(filepath.Join(o.Data, archive.WebviewDir))
	if err != nil {
		return err
	}
	defer cleared(webview)
	app := NewApp(o)
	app.webview = webview
	return wails.Run(window(app, assets, webview.Path()))
}

// cleared deletes what the window has left. Should that fail, the next start does it.
func cleared(left io.Closer) {
	if err := left.Close(); err != nil {
		slog.Warn("close window", "error", err)
	}
}

// window is what Wails makes the window from. The web view's context menu and
// its developer tools are off because nothing here, and no build tag, puts them on.
func window(app *App, assets fs.FS, webview string) *options.App {
	protected := readWindowSettings(app.options.Data).ContentProtection
	return &options.App{
		Title: "Veridesk", Width: 1280, Height: 820, MinWidth: 800, MinHeight: 560,
		AssetServer: &assetserver.Options{Assets: assets, Middleware: func(next http.Handler) http.Handler { return secure(app.photos(next)) }},
		Bind:        []any{app},
		OnStartup:   app.startup, OnShutdown: app.shutdown,
		ErrorFormatter:     sentence,
		Logger:             wailsLog{},
		LogLevelProduction: logger.ERROR,
		Menu:               appMenu(),
		SingleInstanceLock: &options.SingleInstanceLock{
			UniqueId: "veridesk-" + digest(app.options.Data), OnSecondInstanceLaunch: app.raise,
		},
		Mac: &mac.Options{
			Preferences:       &mac.Preferences{TabFocusesLinks: mac.Enabled}, // Tab reaches every control
			ContentProtection: protected,
		},
		Windows: &windows.Options{WebviewUserDataPath: webview, ContentProtection: protected},
	}
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
