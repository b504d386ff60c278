package archive

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"veridesk/backend/export"
	"veridesk/backend/idv"
)

// Export is what an export writes and where.
type Export struct {
	Query  idv.Query // Offset and Limit do not count: the whole selection is written
	Path   string
	Format export.Format
	Force  bool // replace a file that is there
}

// Export writes every session that the query finds to a file, in the order of
// the list. It writes all or nothing.
func (a *Archive) Export(ctx context.Context, e Export, report func(idv.Progress)) (idv.Exported, error) {
	if err := a.refuseOwn(e.Path); err != nil {
		return idv.Exported{}, err
	}
	if strings.TrimSpace(e.Query.Text) != "" {
		if err := a.Indexed(ctx, report); err != nil {
			return idv.Exported{}, err
		}
	}
	e.Query.Offset, e.Query.Limit, e.Query.Facets = 0, -1, false
	question, _, err := a.question(ctx, e.Query)
	if err != nil {
		return idv.Exported{}, err
	}
	found, err := a.columns.Find(ctx, question)
	if err != nil {
		return idv.Exported{}, err
	}
	return export.Run(ctx, export.Job{
		Path: e.Path, Format: e.Format, Force: e.Force,
		Rows: a.store.Sessions(found.Ordinals), Total: found.Total,
		Before: func(done idv.Exported) error {
			return a.noted(actionExport, done.SHA256, nil, "rows", done.Rows, "format", e.Format, "selected", !e.Query.All())
		},
		Report: report,
	})
}

// refuseOwn refuses a path that is one of the archive's own files, or lies in
// one of its folders: an export must not overwrite what it reads from, nor be
// wiped with a folder that may be deleted.
func (a *Archive) refuseOwn(path string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("export to %s: %w", path, err)
	}
	own, err := os.ReadDir(a.dir)
	if err != nil {
		return fmt.Errorf("read the archive's folder: %w", err)
	}
	for up := path; up != filepath.Dir(up); up = filepath.Dir(up) {
		info, err := os.Stat(up)
		if err != nil {
			continue
		}
		for _, entry := range own {
			mine, err := entry.Info()
			if err == nil && isOwn(entry.Name()) && os.SameFile(info, mine) {
				return &idv.Error{
					Code:    idv.CodeInvalid,
					Message: fmt.Sprintf("%s belongs to the archive itself. Nothing was written.", path),
					Hint:    "Choose a file outside the archive's own files and folders.",
				}
			}
		}
	}
	return nil
}

// ExportNew exports under the first name that is free: name, name (2), ... With
// Force it is like Export.
func (a *Archive) ExportNew(ctx context.Context, e Export, report func(idv.Progress)) (idv.Exported, error) {
	ext := filepath.Ext(e.Path)
	stem := strings.TrimSuffix(e.Path, ext)
	for n := 2; ; n++ {
		done, err := a.Export(ctx, e, report)
		if failure := idv.AsError(err); failure == nil || failure.Code != idv.CodeExists {
			return done, err
		}
		e.Path = fmt.Sprintf("%s (%d)%s", stem, n, ext)
	}
}

// ExportPath proposes where an export goes: into the folder that the user last
// chose, or the one given, under today's date.
func (a *Archive) ExportPath(format export.Format, downloads string) (string, error) {
	folder, err := a.ExportFolder()
	if err != nil {
		return "", err
	}
	if info, err := os.Stat(folder); folder == "" || err != nil || !info.IsDir() {
		folder = downloads
		_ = os.MkdirAll(folder, 0o755) // if this fails, the export says that there is no folder
	}
	return filepath.Join(folder, fmt.Sprintf("sessions_%s.%s", time.Now().Format(time.DateOnly), format)), nil
}
