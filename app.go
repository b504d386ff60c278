package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"github.com/adrg/xdg"
	"github.com/wailsapp/wails/v2/pkg/options"
	wails "github.com/wailsapp/wails/v2/pkg/runtime"

	"veridesk/backend/archive"
	"veridesk/backend/cli"
	"veridesk/backend/demo"
	"veridesk/backend/export"
	"veridesk/backend/idv"
)

// The events. What each carries can be asked for too, with Jobs and in State:
// subscribe, then get, and keep the newer.
const (
	eventJobs  = "jobs"
	eventStore = "store"
)

// App is the window's only binding: every exported method can be called by the
// page, asks the archive and returns. A call that fails rejects with an idv.Error.
type App struct {
	options cli.Options
	emit    func(event string, data any) // tells the page
	ctx     context.Context              // the window's; set by startup
	opened  chan struct{}                // closed when startup has tried to open the archive
	jobs    *archive.Jobs

	mu      sync.Mutex // guards the fields below
	archive *archive.Archive
	problem idv.Error // why there is no archive
	key     string    // the portal's, for the origin's address; kept in memory only
	last    string    // the file of the last export
}

// Origin is where Refresh reads from.
type Origin struct {
	Kind     archive.OriginKind `json:"kind"`
	Address  string             `json:"address"`
	NeedsKey bool               `json:"needsKey"` // the portal's key has to be given (again)
}

// State is all that the window needs to start.
type State struct {
	Version string            `json:"version"`
	DataDir string            `json:"dataDir"`
	Origin  Origin            `json:"origin"`
	Status  archive.Status    `json:"status"`
	Synced  string            `json:"synced"`  // RFC 3339, UTC; "" never
	Problem idv.Error         `json:"problem"` // why there is no archive; no code: none
	Jobs    archive.JobStates `json:"jobs"`
}

// NewApp makes the binding. Nothing is opened before the window starts.
func NewApp(o cli.Options) *App {
	a := &App{options: o, opened: make(chan struct{})}
	a.emit = func(event string, data any) { wails.EventsEmit(a.ctx, event, data) }
	a.jobs = archive.NewJobs(func(s archive.JobStates) { a.emit(eventJobs, s) })
	return a
}

func (a *App) startup(ctx context.Context) {
	a.ctx = ctx
	go func() {
		a.open()
		close(a.opened)
		if err := a.firstDemo(); err != nil {
			slog.Error("start on the demo", "error", err)
		}
	}()
}

// firstDemo fills a new archive with demo data where the command line asked for it.
func (a *App) firstDemo() error {
	if !a.options.Demo {
		return nil
	}
	arch, err := a.get()
	if err != nil {
		return nil // the window shows why
	}
	if o, err := arch.Origin(); err != nil || o.Kind != archive.OriginNone {
		return err
	}
	return a.StartDemo()
}

func (a *App) shutdown(context.Context) {
	<-a.opened
	a.jobs.Close()
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.archive != nil {
		if err := a.archive.Close(); err != nil {
			slog.Error("close archive", "error", err)
		}
	}
}

// raise brings the window to the front when a second copy was started. Before
// this one is up there is nothing to bring.
func (a *App) raise(options.SecondInstanceData) {
	select {
	case <-a.opened:
	default:
		return
	}
	wails.WindowUnminimise(a.ctx)
	wails.Show(a.ctx)
}

// open opens the archive if it is not, or keeps why it could not.
func (a *App) open() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.archive != nil {
		return
	}
	opened, err := archive.Open(a.options.Data, archive.Options{
		Log:   slog.Default(),
		Moved: func(s archive.Status) { a.emit(eventStore, s) },
	})
	a.archive, a.problem = opened, idv.Error{}
	if err != nil {
		slog.Error("open archive", "error", err)
		a.problem = *idv.AsError(err)
	}
}

// get is the open archive, or why there is none.
func (a *App) get() (*archive.Archive, error) {
	<-a.opened
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.archive == nil {
		problem := a.problem
		return nil, &problem
	}
	return a.archive, nil
}

// guard ends a call of the page: a panic, which would leave the page waiting
// for ever, becomes an error, and what is internal goes to the log.
func guard(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
	}
	if e := idv.AsError(*err); e != nil && e.Code == idv.CodeInternal {
		slog.Error("call failed", "error", *err)
	}
}

// State is where the app stands.
func (a *App) State() (s State, err error) {
	defer guard(&err)
	s = State{Version: cli.Version, DataDir: a.options.Data, Jobs: a.jobs.States()}
	arch, err := a.get()
	if err != nil {
		s.Problem = *idv.AsError(err)
		return s, nil
	}
	origin, err := arch.Origin()
	if err != nil {
		return s, err
	}
	synced, err := arch.Synced()
	if !synced.IsZero() {
		s.Synced = synced.Format(time.RFC3339)
	}
	s.Status = arch.Status()
	s.Origin = Origin{
		Kind: origin.Kind, Address: origin.Address,
		NeedsKey: origin.Kind == archive.OriginPortal && a.portalKey() == "",
	}
	return s, err
}

// Reopen tries again to open the archive after a problem.
func (a *App) Reopen() (s State, err error) {
	defer guard(&err)
	<-a.opened
	a.open()
	return a.State()
}

// Jobs are the sync and the export as they stand.
func (a *App) Jobs() archive.JobStates { return a.jobs.States() }

// Find answers a query with one page.
func (a *App) Find(q idv.Query) (p idv.Page, err error) {
	defer guard(&err)
	arch, err := a.get()
	if err != nil {
		return p, err
	}
	return arch.Find(a.ctx, q)
}

// Rejected gives up to limit of the rows and items that could not be read.
func (a *App) Rejected(limit int) (r archive.Rejections, err error) {
	defer guard(&err)
	arch, err := a.get()
	if err != nil {
		return r, err
	}
	return arch.Rejected(limit)
}

// StartDemo fills the archive from the built-in demo portal.
func (a *App) StartDemo() error {
	return a.syncFrom(archive.Origin{Kind: archive.OriginDemo, Sessions: demo.DefaultSessions, Seed: demo.DefaultSeed}, "")
}

// Connect syncs from a portal from now on.
func (a *App) Connect(address, key string) error {
	return a.syncFrom(archive.Origin{Kind: archive.OriginPortal, Address: address}, key)
}

// Refresh brings in what is new at the portal.
func (a *App) Refresh() error {
	arch, err := a.get()
	if err != nil {
		return err
	}
	origin, err := arch.Origin()
	if err != nil {
		return err
	}
	key := a.portalKey()
	if origin.Kind == archive.OriginPortal && key == "" {
		return &idv.Error{
			Code:    idv.CodeKeyNeeded,
			Message: "The portal's key is needed again: it is not kept when the app is closed.",
			Hint:    "Enter the key to go on.",
		}
	}
	return a.syncFrom(origin, key)
}

func (a *App) portalKey() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.key
}

// syncFrom starts the sync job. The key is remembered together with the origin:
// once the portal has taken it. A portal that refuses its key has it forgotten.
func (a *App) syncFrom(origin archive.Origin, key string) (err error) {
	defer guard(&err)
	arch, err := a.get()
	if err != nil {
		return err
	}
	return a.jobs.Start(archive.JobSync, func(ctx context.Context, report func(idv.Progress)) (idv.Report, error) {
		done, err := arch.SyncFrom(ctx, origin, key, report)
		if origin.Kind == archive.OriginPortal {
			a.remember(arch, origin.Address, key, err)
		}
		return done, err
	})
}

// remember keeps the key of the portal that is the origin now, and no other's.
func (a *App) remember(arch *archive.Archive, address, key string, failed error) {
	origin, err := arch.Origin()
	if err != nil || origin.Kind != archive.OriginPortal || origin.Address != address {
		return
	}
	if failed != nil && idv.AsError(failed).Code == idv.CodeRefused {
		key = ""
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.key = key
}

// ImportCSV lets the user choose CSV exports and starts to import them; false
// if none was chosen.
func (a *App) ImportCSV() (started bool, err error) {
	defer guard(&err)
	arch, err := a.get()
	if err != nil {
		return false, err
	}
	files, err := wails.OpenMultipleFilesDialog(a.ctx, wails.OpenDialogOptions{
		Title:   "Import the portal's CSV export",
		Filters: []wails.FileFilter{{DisplayName: "CSV files (*.csv)", Pattern: "*.csv"}},
	})
	if err != nil || len(files) == 0 {
		return false, err
	}
	return true, a.jobs.Start(archive.JobSync, func(ctx context.Context, report func(idv.Progress)) (idv.Report, error) {
		return arch.Import(ctx, files, report)
	})
}

// CancelSync stops the running sync or import; what it has read so far is kept.
func (a *App) CancelSync() { a.jobs.Cancel(archive.JobSync) }

// CancelExport stops the running export; no file is left.
func (a *App) CancelExport() { a.jobs.Cancel(archive.JobExport) }

// Export writes what the query finds to a spreadsheet and returns when it is on
// disk. With ask the user names the file, and no file name in the answer means
// that none was named; otherwise it goes into the last folder so named, or the
// one for downloads, under a new name.
func (a *App) Export(q idv.Query, format string, ask bool) (done idv.Exported, err error) {
	defer guard(&err)
	arch, err := a.get()
	if err != nil {
		return done, err
	}
	kind, err := export.ParseFormat(format)
	if err != nil {
		return done, err
	}
	e := archive.Export{Query: q, Format: kind}
	if e.Path, err = exportPath(arch, kind); err != nil {
		return done, err
	}
	if ask {
		named, err := a.askPath(e.Path, kind)
		if err != nil || named == "" {
			return done, err
		}
		e.Path, e.Force = export.Chosen(named, kind)
	}
	err = a.jobs.Run(archive.JobExport, func(ctx context.Context, report func(idv.Progress)) (idv.Report, error) {
		var err error
		done, err = arch.ExportNew(ctx, e, report)
		return idv.Report{}, err
	})
	if err != nil {
		return done, err
	}
	a.mu.Lock()
	a.last = done.File
	a.mu.Unlock()
	if ask {
		err = arch.SetExportFolder(filepath.Dir(done.File))
	}
	return done, err
}

// exportPath is where an export goes unless the user says otherwise.
func exportPath(arch *archive.Archive, kind export.Format) (string, error) {
	folder, err := arch.ExportFolder()
	if err != nil {
		return "", err
	}
	if info, err := os.Stat(folder); folder == "" || err != nil || !info.IsDir() {
		folder = xdg.UserDirs.Download
		_ = os.MkdirAll(folder, 0o755) // if this fails, the export says that there is no folder
	}
	return filepath.Join(folder, fmt.Sprintf("sessions_%s.%s", time.Now().Format(time.DateOnly), kind)), nil
}

// askPath asks for a file and proposes path; "" if the user changed their mind.
func (a *App) askPath(path string, kind export.Format) (string, error) {
	return wails.SaveFileDialog(a.ctx, wails.SaveDialogOptions{
		DefaultDirectory: filepath.Dir(path), DefaultFilename: filepath.Base(path),
		Filters: []wails.FileFilter{{DisplayName: "Spreadsheets (*." + string(kind) + ")", Pattern: "*." + string(kind)}},
	})
}

// ShowInFolder shows the last export in the system's file manager.
func (a *App) ShowInFolder() (err error) {
	defer guard(&err)
	a.mu.Lock()
	file := a.last
	a.mu.Unlock()
	if file == "" {
		return errors.New("show in folder: no export yet")
	}
	show := cli.ShowInFolder(file)
	if err := show.Start(); err != nil {
		return &idv.Error{
			Code: idv.CodeInvalid, Cause: err,
			Message: "The file manager could not be started.",
			Hint:    "The file is " + file + ".",
		}
	}
	go show.Wait() // explorer exits with 1 even when it worked
	return nil
}
