package cli

import (
	"fmt"
	"log/slog"

	"veridesk/backend/archive"
)

const backupUsage = "--out FILE [--force]"

func runBackup(c *call) error {
	out := c.flags.String("out", "", "")
	force := c.flags.Bool("force", false, "")
	if err := c.parse(); err != nil {
		return err
	}
	if *out == "" || len(c.args) > 0 {
		return usage("backup needs a file to write: --out FILE.")
	}
	return c.open(func(a *archive.Archive) error {
		done, err := a.Backup(c.ctx, *out, *force, c.progress())
		if err != nil {
			return err
		}
		return c.print(done, fmt.Sprintf("%d sessions and %d photos backed up to %s\nSHA-256 %s", done.Sessions, done.Photos, done.File, done.SHA256))
	})
}

const restoreUsage = "[--force] [--recovery-code-file FILE --new-passphrase-file FILE] BACKUP"

func runRestore(c *call) error {
	force := c.flags.Bool("force", false, "")
	codeFile := c.flags.String("recovery-code-file", "", "")
	fresh := c.flags.String("new-passphrase-file", "", "")
	if err := c.parse(); err != nil {
		return err
	}
	if len(c.args) != 1 {
		return usage("restore needs one backup.")
	}
	job := archive.Restore{File: c.args[0], Dir: c.opts.Data, Force: *force}
	asks, err := archive.InspectBackup(job.File)
	switch {
	case err != nil:
		return err
	case *codeFile != "":
		if job.RecoveryCode, err = c.readKey(*codeFile); err == nil {
			job.NewPassphrase, err = c.newPassphrase(*fresh)
		}
	case asks.NeedsPassphrase():
		job.Passphrase, err = c.passphrase(false)
	}
	if err != nil {
		return err
	}
	defer clear(job.Passphrase)
	defer clear(job.NewPassphrase)
	done, err := job.Run(c.ctx, archive.Options{Log: slog.Default()}, c.progress())
	if err != nil {
		return err
	}
	text := fmt.Sprintf("%d sessions and %d photos restored into %s, every one of them checked", done.Sessions, done.Photos, c.opts.Data)
	if done.Erased > 0 {
		text += fmt.Sprintf("\n%d sessions were erased since the backup, and are erased again", done.Erased)
	}
	if done.Aside != "" {
		text += "\nwhat was there is now in " + done.Aside
	}
	return c.print(done, text)
}
