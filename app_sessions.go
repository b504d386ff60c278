package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // Windows has no time zones by their names

	"github.com/adrg/xdg"
	wails "github.com/wailsapp/wails/v2/pkg/runtime"

	"veridesk/backend/archive"
	"veridesk/backend/demo"
	"veridesk/backend/export"
	"veridesk/backend/idv"
)

// This file is what the page asks of an open archive.

// Find answers a query with one page.
func (a *App) Find(q idv.Query) (p idv.Page, err error) {
	err = a.with(func(ctx context.Context, arch *archive.Archive) error {
		p, err = arch.Find(ctx, q)
		return err
	})
	return p, err
}

// Details tells all of one session; days are those of the window's time zone.
func (a *App) Details(ordinal uint32) (d idv.Details, err error) {
	zone := time.Local
	if name := readWindowSettings(a.options.Data).TimeZone; name != "" {
		if known, err := time.LoadLocation(name); err == nil {
			zone = known
		}
	}
	err = a.with(func(ctx context.Context, arch *archive.Archive) error {
		d, err = arch.Details(ctx, ordinal, zone)
		return err
	})
	return d, err
}

// Views are the kept questions.
func (a *App) Views() (views []archive.View, err error) {
	err = a.with(func(_ context.Context, arch *archive.Archive) error {
		views, err = arch.Views()
		return err
	})
	return views, err
}

// SaveViews keeps the questions, in place of those that were kept.
func (a *App) SaveViews(views []archive.View) error {
	return a.with(func(_ context.Context, arch *archive.Archive) error { return arch.SetViews(views) })
}

// Layout is how the list's columns are to look, in the page's own words.
func (a *App) Layout() (layout string, err error) {
	err = a.with(func(_ context.Context, arch *archive.Archive) error {
		layout, err = arch.Layout()
		return err
	})
	return layout, err
}

// SaveLayout keeps it.
func (a *App) SaveLayout(layout string) error {
	return a.with(func(_ context.Context, arch *archive.Archive) error { return arch.SetLayout(layout) })
}

// Rejected gives up to limit of the rows and items that could not be read.
func (a *App) Rejected(limit int) (r archive.Rejections, err error) {
	err = a.with(func(_ context.Context, arch *archive.Archive) error {
		r, err = arch.Rejected(limit)
		return err
	})
	return r, err
}

// StartDemo fills the archive from the built-in demo portal; a new one is made
// without a passphrase for it.
func (a *App) StartDemo() (err error) {
	defer guard(&err)
	state, err := a.safe.State()
	if err == nil && state.Phase == archive.PhaseNew {
		_, err = a.safe.Create(archive.Protect{Demo: true})
	}
	if err != nil {
		return err
	}
	return a.syncFrom(archive.Origin{Kind: archive.OriginDemo, Sessions: demo.DefaultSessions, Seed: demo.DefaultSeed}, "")
}

// Connect syncs from a portal from now on.
func (a *App) Connect(address, key string) error {
	if err := a.needProtection(); err != nil {
		return err
	}
	return a.syncFrom(archive.Origin{Kind: archive.OriginPortal, Address: address}, key)
}

// needProtection refuses real sessions in an archive without a passphrase.
func (a *App) needProtection() error {
	return a.with(func(_ context.Context, arch *archive.Archive) error {
		if !arch.IsDemo() {
			return nil
		}
		return &idv.Error{
			Code:    idv.CodeInvalid,
			Message: "This is a demo archive without a passphrase: anybody can open it. Nothing was brought in.",
			Hint:    "Start a protected archive for real sessions.",
		}
	})
}

// Refresh brings in what is new where the archive's sessions come from.
func (a *App) Refresh() error {
	var origin archive.Origin
	err := a.with(func(_ context.Context, arch *archive.Archive) (err error) {
		origin, err = arch.Origin()
		return err
	})
	if err != nil {
		return err
	}
	return a.syncFrom(origin, "")
}

// syncFrom starts the sync job; photos follow by themselves.
func (a *App) syncFrom(origin archive.Origin, key string) (err error) {
	defer guard(&err)
	return a.safe.Start(archive.JobSync, func(ctx context.Context, arch *archive.Archive, report func(idv.Progress)) (idv.Report, error) {
		done, err := arch.SyncFrom(ctx, origin, key, report)
		if err == nil {
			a.fetchPhotos()
		}
		return done, err
	})
}

// FetchPhotos starts the job that fetches the photos that are still at the portal,
// those of a session first.
func (a *App) FetchPhotos(ordinal uint32) (err error) {
	defer guard(&err)
	return a.safe.Start(archive.JobPhotos, photoWork(ordinal))
}

// fetchPhotos starts the job that fetches the photos of what was synced, unless it
// runs, or there is a pause, or the archive was locked meanwhile.
func (a *App) fetchPhotos() {
	if err := a.safe.Follow(archive.JobPhotos, photoWork()); err != nil {
		slog.Debug("photos are not fetched now", "error", err)
	}
}

// photoWork fetches photos, those of the named sessions first.
func photoWork(first ...uint32) archive.WorkOn {
	return func(ctx context.Context, arch *archive.Archive, report func(idv.Progress)) (idv.Report, error) {
		_, err := arch.FetchPhotos(ctx, report, first...)
		return idv.Report{}, err
	}
}

// ImportCSV lets the user choose CSV exports and starts to import them; false
// if none was chosen.
func (a *App) ImportCSV() (started bool, err error) {
	defer guard(&err)
	if err := a.needProtection(); err != nil {
		return false, err
	}
	files, err := wails.OpenMultipleFilesDialog(a.ctx, wails.OpenDialogOptions{
		Title:   "Import the portal's CSV export",
		Filters: []wails.FileFilter{{DisplayName: "CSV files (*.csv)", Pattern: "*.csv"}},
	})
	if err != nil || len(files) == 0 {
		return false, err
	}
	return true, a.safe.Start(archive.JobImport, func(ctx context.Context, arch *archive.Archive, report func(idv.Progress)) (idv.Report, error) {
		return arch.Import(ctx, files, report)
	})
}

// CancelSync stops the running sync or import; what it has read so far is kept.
func (a *App) CancelSync() { a.safe.Jobs.Cancel(archive.JobSync) }

// PauseSync stops the running sync and the photos that follow it; what has come is
// kept. Nothing comes from the portal by itself any more until Refresh goes on
// where it stopped, or the app starts anew.
func (a *App) PauseSync() { a.safe.Jobs.Pause() }

// CancelExport stops the running export; no file is left.
func (a *App) CancelExport() { a.safe.Jobs.Cancel(archive.JobExport) }

// Erase gives up sessions, by their IDs; a tombstone of each stays.
func (a *App) Erase(ids []string) (erased int, err error) {
	err = a.with(func(ctx context.Context, arch *archive.Archive) error {
		erased, err = arch.Erase(ctx, ids, nil)
		return err
	})
	return erased, err
}

// Hold puts sessions under legal hold, or takes them out of it.
func (a *App) Hold(ids []string, on bool) error {
	return a.with(func(ctx context.Context, arch *archive.Archive) error { return arch.Hold(ctx, ids, on) })
}

// Export writes what the query finds to a spreadsheet and returns when it is on
// disk. With ask the user names the file, and no file name in the answer means
// that none was named; otherwise it goes into the last folder so named, or the
// one for downloads, under a new name.
func (a *App) Export(q idv.Query, format string, ask bool) (done idv.Exported, err error) {
	kind, err := export.ParseFormat(format)
	if err != nil {
		return done, err
	}
	e := archive.Export{Query: q, Format: kind}
	err = a.with(func(_ context.Context, arch *archive.Archive) (err error) {
		e.Path, err = arch.ExportPath(kind, xdg.UserDirs.Download)
		return err
	})
	if err != nil {
		return done, err
	}
	if ask {
		named, err := a.askPath(e.Path, string(kind), "Spreadsheets")
		if err != nil || named == "" {
			return done, err
		}
		e.Path, e.Force = export.Chosen(named, kind)
	}
	defer guard(&err)
	err = a.safe.Run(archive.JobExport, func(ctx context.Context, arch *archive.Archive, report func(idv.Progress)) (err error) {
		if done, err = arch.ExportNew(ctx, e, report); err != nil || !ask {
			return err
		}
		return arch.SetExportFolder(filepath.Dir(done.File))
	})
	if err == nil {
		a.mu.Lock()
		a.last = done.File
		a.mu.Unlock()
	}
	return done, err
}

// askPath asks for a file and proposes path; "" if the user changed their mind.
func (a *App) askPath(path, ending, what string) (string, error) {
	return wails.SaveFileDialog(a.ctx, wails.SaveDialogOptions{
		DefaultDirectory: filepath.Dir(path), DefaultFilename: filepath.Base(path),
		Filters: []wails.FileFilter{{DisplayName: what + " (*." + ending + ")", Pattern: "*." + ending}},
	})
}

// Backup writes the archive into one sealed file that the user names; no name in
// the answer means that none was named.
func (a *App) Backup() (file string, err error) {
	defer guard(&err)
	// A locked archive says so before anybody is asked for a file.
	if err := a.with(func(context.Context, *archive.Archive) error { return nil }); err != nil {
		return "", err
	}
	name := "veridesk_" + time.Now().Format(time.DateOnly) + backupEnding
	file, err = a.askPath(filepath.Join(xdg.UserDirs.Documents, name), backupEnding[1:], "Backups")
	if err != nil || file == "" {
		return "", err
	}
	replace := filepath.Ext(file) != "" // the dialog has asked about that name only
	if !replace {
		file += backupEnding
	}
	return file, a.safe.Run(archive.JobBackup, func(ctx context.Context, arch *archive.Archive, report func(idv.Progress)) error {
		_, err := arch.Backup(ctx, file, replace, report)
		return err
	})
}

const backupEnding = ".vdbackup"

// ShowInFolder shows the last export in the system's file manager.
func (a *App) ShowInFolder() (err error) {
	defer guard(&err)
	a.mu.Lock()
	file := a.last
	a.mu.Unlock()
	if file == "" {
		return errors.New("show in folder: no export yet")
	}
	return a.show(file, file)
}

// photos serves /photo/TOKEN/ORDINAL/small|full/NAME and passes everything else
// on. The token is another one after every opening: after a lock an address that
// the page or its cache still knows leads nowhere.
func (a *App) photos(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/photo/") {
			next.ServeHTTP(w, r)
			return
		}
		photo, mediaType, err := a.photo(strings.Split(strings.TrimPrefix(r.URL.Path, "/photo/"), "/"))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", mediaType)
		_, _ = w.Write(photo) // the page has gone if this fails
	})
}

func (a *App) photo(parts []string) (photo []byte, mediaType string, err error) {
	defer guard(&err)
	if len(parts) != 4 {
		return nil, "", errors.New("not the address of a photo")
	}
	ordinal, err := strconv.ParseUint(parts[1], 10, 32)
	if err != nil {
		return nil, "", err
	}
	err = a.safe.WithToken(parts[0], func(_ context.Context, arch *archive.Archive) error {
		photo, mediaType, err = arch.Photo(uint32(ordinal), parts[3], parts[2] == "small")
		return err
	})
	return photo, mediaType, err
}
