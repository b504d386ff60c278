package cli

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/export"
)

const exportUsage = "--format csv|xlsx --out FILE [--force] [TEXT...]\n  " + narrowUsage

func runExport(c *call) error {
	format := c.flags.String("format", "", "")
	out := c.flags.String("out", "", "")
	force := c.flags.Bool("force", false, "")
	narrowed := newNarrow(c.flags)
	if err := c.parse(); err != nil {
		return err
	}
	if *out == "" {
		return usage("export needs a file to write: --out FILE.")
	}
	if *format == "" {
		*format = strings.TrimPrefix(strings.ToLower(filepath.Ext(*out)), ".")
	}
	kind, err := export.ParseFormat(*format)
	if err != nil {
		return err
	}
	query, err := narrowed.query(c.args, time.Local)
	if err != nil {
		return err
	}
	return c.open(func(a *archive.Archive) error {
		done, err := a.Export(c.ctx, archive.Export{
			Query: query, Path: *out, Format: kind, Force: *force,
		}, c.progress())
		if err != nil {
			return err
		}
		text := fmt.Sprintf("%d rows written to %s\nSHA-256 %s", done.Rows, done.File, done.SHA256)
		if done.Altered > 0 {
			text += fmt.Sprintf("\n%d cells could not be kept as they are; the sheet About lists them", done.Altered)
		}
		return c.print(done, text)
	})
}
