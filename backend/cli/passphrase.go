package cli

import (
	"log/slog"
	"path/filepath"

	"veridesk/backend/archive"
	"veridesk/backend/traces"
)

const passphraseUsage = "[--new-passphrase-file FILE] [--recovery-code-file FILE]"

// runPassphrase changes the passphrase, or sets a new one with the recovery code.
func runPassphrase(c *call) error {
	fresh := c.flags.String("new-passphrase-file", "", "")
	codeFile := c.flags.String("recovery-code-file", "", "")
	if err := c.parse(); err != nil {
		return err
	}
	if len(c.args) > 0 {
		return usage("passphrase takes no %q.", c.args[0])
	}
	if *codeFile != "" {
		return c.recover(*codeFile, *fresh)
	}
	old, err := c.passphrase(false)
	if err != nil {
		return err
	}
	defer clear(old)
	return c.openWith(old, func(a *archive.Archive) error {
		next, err := c.newPassphrase(*fresh)
		if err != nil {
			return err
		}
		defer clear(next)
		if err := a.ChangePassphrase(c.ctx, old, next); err != nil {
			return err
		}
		return c.print(map[string]bool{"changed": true}, "The passphrase is changed. The recovery code stays good.")
	})
}

func (c *call) recover(codeFile, fresh string) error {
	code, err := c.readKey(codeFile)
	if err != nil {
		return err
	}
	next, err := c.newPassphrase(fresh)
	if err != nil {
		return err
	}
	defer clear(next)
	temp, err := traces.OpenTemp(filepath.Join(c.opts.Data, archive.TempDir))
	if err != nil {
		return err
	}
	defer temp.Close() // as in openWith
	a, err := archive.Recover(c.opts.Data, code, next, archive.Options{Log: slog.Default()})
	if err != nil {
		return err
	}
	if err := a.Close(); err != nil {
		return err
	}
	return c.print(map[string]bool{"changed": true}, "The archive has the new passphrase. The recovery code stays good.")
}

// runRecoveryCode replaces the recovery code.
func runRecoveryCode(c *call) error {
	if err := c.parse(); err != nil {
		return err
	}
	if len(c.args) > 0 {
		return usage("recovery-code takes no %q.", c.args[0])
	}
	passphrase, err := c.passphrase(false)
	if err != nil {
		return err
	}
	defer clear(passphrase)
	return c.openWith(passphrase, func(a *archive.Archive) error {
		code, err := a.NewRecoveryCode(c.ctx, passphrase)
		if err != nil {
			return err
		}
		return c.print(map[string]string{"recoveryCode": code.Text()},
			"The new recovery code, shown this once; the old one opens nothing any more:\n\n  "+code.Text())
	})
}
