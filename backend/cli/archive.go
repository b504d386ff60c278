package cli

import (
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
	"veridesk/backend/seal"
	"veridesk/backend/traces"
)

// open opens the archive for as long as use takes.
func (c *call) open(use func(*archive.Archive) error) error {
	found, err := archive.Inspect(c.opts.Data)
	if err != nil {
		return err
	}
	return c.unlock(found, use)
}

// unlock opens the archive that was found with what it asks for.
func (c *call) unlock(found archive.Protection, use func(*archive.Archive) error) error {
	var passphrase []byte
	if found.NeedsPassphrase() {
		var err error
		if passphrase, err = c.passphrase(false); err != nil {
			return err
		}
		defer clear(passphrase)
	}
	return c.openWith(passphrase, use)
}

// openWith opens the archive with its passphrase; nil where it asks for none.
func (c *call) openWith(passphrase []byte, use func(*archive.Archive) error) error {
	temp, err := traces.OpenTemp(filepath.Join(c.opts.Data, archive.TempDir))
	if err != nil {
		return err
	}
	defer temp.Close() // what cannot be cleared away now, the next run clears
	a, err := archive.Open(c.ctx, c.opts.Data, passphrase, archive.Options{Log: slog.Default()})
	if err != nil {
		return err
	}
	c.warnOf(a)
	return errors.Join(use(a), a.Close())
}

// openOrMake opens the archive, or makes it where there is none, and then shows
// its recovery code.
func (c *call) openOrMake(use func(*archive.Archive) error) error {
	found, err := archive.Inspect(c.opts.Data)
	if err != nil {
		return err
	}
	if found.Kind != 0 {
		return c.unlock(found, use)
	}
	protect := archive.Protect{Demo: c.opts.secrets.noPassphrase}
	if !protect.Demo {
		if protect.Passphrase, err = c.passphrase(true); err != nil {
			return err
		}
		defer clear(protect.Passphrase)
	}
	temp, err := traces.OpenTemp(filepath.Join(c.opts.Data, archive.TempDir))
	if err != nil {
		return err
	}
	defer temp.Close() // as in openWith
	a, code, err := archive.Create(c.opts.Data, protect, archive.Options{Log: slog.Default()})
	if err != nil {
		return err
	}
	c.warnOf(a)
	if !protect.Demo {
		c.showCode(code)
	}
	return errors.Join(use(a), a.Close())
}

// warnOf says, at every opening, that an archive is protected by nothing.
func (c *call) warnOf(a *archive.Archive) {
	if a.IsDemo() && !c.opts.JSON {
		fmt.Fprintln(c.stderr, "This archive has no passphrase: anybody can open it. Keep only demo data in it.")
	}
}

// showCode shows a recovery code, this once. It goes where the warnings go, so
// that it does not end up in a file of results.
func (c *call) showCode(code seal.RecoveryCode) {
	if c.opts.JSON {
		_ = writeJSON(c.stderr, map[string]string{"recoveryCode": code.Text()}) // a closed stderr is the caller's choice
		return
	}
	fmt.Fprintf(c.stderr, "Recovery code, shown this once. It opens the archive when the passphrase is forgotten:\n\n  %s\n\n", code.Text())
}

// needDone refuses what cannot be undone without the word of the user.
func needDone(yes bool, what string) error {
	if yes {
		return nil
	}
	return &idv.Error{
		Code: idv.CodeUsage, Message: what + " cannot be undone. Nothing was done.",
		Hint: "Add --yes to do it.",
	}
}
