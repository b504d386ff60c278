package main

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"

	"github.com/wailsapp/wails/v2/pkg/options"
	wails "github.com/wailsapp/wails/v2/pkg/runtime"

	"veridesk/backend/archive"
	"veridesk/backend/away"
	"veridesk/backend/cli"
	"veridesk/backend/idv"
	"veridesk/backend/traces"
)

// The events. What each carries can be asked for too, with Jobs and in State:
// subscribe, then get, and keep the newer.
const (
	eventJobs  = "jobs"
	eventStore = "store"
	eventLock  = "lock"
)

// App is the window's only binding: every exported method can be called by the
// page, asks the archive and returns. A call that fails rejects with an idv.Error;
// while the archive is locked nearly all of them do.
type App struct {
	options  cli.Options
	emit     func(event string, data any) // tells the page
	ctx      context.Context              // the window's; set by startup
	opened   chan struct{}                // closed when startup has tried to open what opens by itself
	safe     *archive.Safe
	stop     context.CancelFunc // ends what watches for an absence
	notifier notifier
	webview  *traces.Webview // what the page may have left on the disk; nil in tests

	windowFile sync.Mutex // held while the window's settings are changed

	mu      sync.Mutex // guards the fields below
	problem idv.Error  // why the archive did not open by itself
	last    string     // the file of the last export
}

// State is all that the window needs to start. While the archive is locked it
// tells nothing of its content.
type State struct {
	Version  string            `json:"version"`
	DataDir  string            `json:"dataDir"`
	Lock     archive.LockState `json:"lock"`
	Problem  idv.Error         `json:"problem"` // why there is no archive; no code: none
	Origin   archive.Connected `json:"origin"`
	Status   archive.Status    `json:"status"`
	Synced   string            `json:"synced"` // RFC 3339, UTC; "" never
	Settings Settings          `json:"settings"`
	Jobs     archive.JobStates `json:"jobs"`
}

// Settings are what the user decides.
type Settings struct {
	archive.Settings
	ContentProtection bool `json:"contentProtection"` // the window is hidden from screen sharing, from the next start on
}

// NewApp makes the binding. Nothing is opened before the window starts.
func NewApp(o cli.Options) *App {
	a := &App{options: o, opened: make(chan struct{})}
	a.emit = func(event string, data any) { wails.EventsEmit(a.ctx, event, data) }
	a.safe = a.newSafe(archive.Options{Log: slog.Default()})
	a.notifier = newNotifier(a)
	return a
}

// newSafe makes a safe of which the page hears.
func (a *App) newSafe(o archive.Options) *archive.Safe {
	o.Moved = func(s archive.Status) { a.emit(eventStore, s) }
	return archive.NewSafe(a.options.Data, o, a.lockMoved, func(s archive.JobStates) { a.emit(eventJobs, s) })
}

func (a *App) lockMoved(s archive.LockState) {
	if s.Phase != archive.PhaseOpen && a.webview != nil {
		a.webview.Sweep()
	}
	a.emit(eventLock, s)
}

func (a *App) startup(ctx context.Context) {
	a.ctx = ctx
	watching, stop := context.WithCancel(ctx)
	a.stop = stop
	go a.safe.Guard(watching)
	go away.Watch(watching, func(r away.Reason) { a.safe.Lock(archive.Reason(r)) })
	go func() {
		a.openFree()
		close(a.opened)
		if err := a.firstDemo(); err != nil {
			slog.Error("start on the demo", "error", err)
		}
	}()
}

// openFree opens an archive that asks the user for nothing, or keeps why not.
func (a *App) openFree() {
	state, err := a.safe.State()
	if err == nil && (state.Kind == "demo" || state.Kind == "keychain") {
		err = a.safe.Unlock(a.ctx, nil)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.problem = idv.Error{}
	if err != nil {
		slog.Error("open archive", "error", err)
		a.problem = *idv.AsError(err)
	}
}

// firstDemo fills a new archive with demo data where the command line asked for it.
func (a *App) firstDemo() error {
	if state, err := a.safe.State(); !a.options.Demo || err != nil || state.Phase != archive.PhaseNew {
		return nil // the window shows an error
	}
	return a.StartDemo()
}

func (a *App) shutdown(context.Context) {
	<-a.opened
	a.stop()
	a.notifier.Close()
	a.safe.Close()
}

// raise brings the window to the front when a second copy was started. Before
// this one is up there is nothing to bring.
func (a *App) raise(options.SecondInstanceData) {
	select {
	case <-a.opened:
		a.bringForward()
	default:
	}
}

// guard ends a call of the page: a panic, which would leave the page waiting
// for ever, becomes an error, and what is not the user's to mend goes to the log.
func guard(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%w\n%s", idv.Panic(r), debug.Stack())
	}
	if e := idv.AsError(*err); e != nil && (e.Code == idv.CodeInternal || e.Code == idv.CodeDamaged) {
		slog.Error("call failed", "error", *err)
	}
}

// with runs a call on the open archive.
func (a *App) with(call func(context.Context, *archive.Archive) error) (err error) {
	defer guard(&err)
	<-a.opened
	return a.safe.With(call)
}

// State is where the app stands.
func (a *App) State() (s State, err error) {
	defer guard(&err)
	<-a.opened
	s = State{Version: cli.Version, DataDir: a.options.Data, Jobs: a.safe.Jobs.States()}
	a.mu.Lock()
	s.Problem = a.problem
	a.mu.Unlock()
	if s.Lock, err = a.safe.State(); err != nil {
		s.Problem = *idv.AsError(err)
	}
	if s.Lock.Phase != archive.PhaseOpen {
		return s, nil
	}
	s.Problem = idv.Error{}
	return s, a.with(func(_ context.Context, arch *archive.Archive) error {
		about, err := arch.About()
		s.Origin, s.Status, s.Synced = about.Origin, about.Status, about.Synced
		s.Settings = Settings{about.Settings, readWindowSettings(a.options.Data).ContentProtection}
		return err
	})
}

// Reopen tries again to open the archive after a problem.
func (a *App) Reopen() (s State, err error) {
	defer guard(&err)
	<-a.opened
	a.openFree()
	return a.State()
}

// Protect makes a new archive and gives its recovery code, this once.
func (a *App) Protect(passphrase string, keychainOnly bool) (code string, err error) {
	defer guard(&err)
	secret := []byte(passphrase)
	defer clear(secret)
	made, err := a.safe.Create(archive.Protect{Passphrase: secret, KeychainOnly: keychainOnly})
	return made.Text(), err
}

// Unlock opens the archive. A sync that the lock had stopped goes on.
func (a *App) Unlock(passphrase string) (err error) {
	defer guard(&err)
	secret := []byte(passphrase)
	defer clear(secret)
	if err := a.safe.Unlock(a.ctx, secret); err != nil {
		return err
	}
	if a.safe.Interrupted() {
		if err := a.Refresh(); err != nil {
			slog.Warn("the sync does not go on", "error", err)
		}
		return nil
	}
	a.fetchPhotos()
	return nil
}

// Recover opens the archive with its recovery code and gives it a new passphrase.
func (a *App) Recover(code, passphrase string) (err error) {
	defer guard(&err)
	secret := []byte(passphrase)
	defer clear(secret)
	return a.safe.Recover(code, secret)
}

// Lock locks the archive. Every job stops; what they have kept stays.
func (a *App) Lock() { a.safe.Lock(archive.ByHand) }

// Touch says that the user is there.
func (a *App) Touch() { a.safe.Touch() }

// ChangePassphrase replaces the passphrase. The recovery code stays good.
func (a *App) ChangePassphrase(old, passphrase string) error {
	return a.with(func(ctx context.Context, arch *archive.Archive) error {
		return arch.ChangePassphrase(ctx, []byte(old), []byte(passphrase))
	})
}

// NewRecoveryCode replaces the recovery code and gives the new one, this once.
func (a *App) NewRecoveryCode(passphrase string) (code string, err error) {
	err = a.with(func(ctx context.Context, arch *archive.Archive) error {
		made, err := arch.NewRecoveryCode(ctx, []byte(passphrase))
		code = made.Text()
		return err
	})
	return code, err
}

// Wipe removes the archive with all its sessions. word must be DELETE.
func (a *App) Wipe(word string) (err error) {
	defer guard(&err)
	return a.safe.Wipe(word)
}

// SaveSettings keeps the settings.
func (a *App) SaveSettings(s Settings) (err error) {
	defer guard(&err)
	if err := a.safe.SetSettings(s.Settings); err != nil {
		return err
	}
	return a.changeWindow(func(w *windowSettings) { w.ContentProtection = s.ContentProtection })
}

// Jobs are the sync and the export as they stand.
func (a *App) Jobs() archive.JobStates { return a.safe.Jobs.States() }
