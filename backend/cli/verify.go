package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
)

// checkPages is the command that a process of our own is started with.
const checkPages = "check-pages"

// runVerify checks an archive as a whole. The structure of its file is checked by
// another process, which a damaged page may end.
func runVerify(c *call) error {
	if err := c.parse(); err != nil {
		return err
	}
	if len(c.args) > 0 {
		return usage("verify takes no %q.", c.args[0])
	}
	if found, err := archive.Inspect(c.opts.Data); err != nil || found.Kind == 0 {
		return errors.Join(err, c.open(nil))
	}
	pages := c.checkPages()
	if pages != nil && idv.AsError(pages).Code != idv.CodeDamaged {
		return pages
	}
	return c.open(func(a *archive.Archive) error {
		found, err := a.Verify(c.ctx, c.progress())
		if err != nil {
			return err
		}
		if pages != nil {
			found.Damaged = append(found.Damaged, "the structure of the archive's file")
		}
		if err := c.print(found, verifiedText(found)); err != nil {
			return err
		}
		if len(found.Damaged) > 0 {
			return &idv.Error{
				Code: idv.CodeDamaged, Message: fmt.Sprintf("%d parts of the archive are damaged.", len(found.Damaged)),
				Hint: "Restore a backup, or start a new archive and sync again.",
			}
		}
		return nil
	})
}

func verifiedText(found archive.Verified) string {
	text := fmt.Sprintf("%d sessions, %d sealed values and %d photos checked, %d damaged", found.Sessions, found.Values, found.Photos, len(found.Damaged))
	for _, name := range found.Damaged {
		text += "\n  " + name
	}
	return text
}

// checkPages runs the check of the file's structure in a process of its own.
func (c *call) checkPages() error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	var said bytes.Buffer
	child := exec.CommandContext(c.ctx, program, "--data", c.opts.Data, checkPages)
	child.Stderr = &said
	err = child.Run()
	var ended *exec.ExitError
	switch {
	case err == nil:
		return nil
	case c.ctx.Err() != nil:
		return c.ctx.Err()
	case !errors.As(err, &ended):
		return fmt.Errorf("check the archive's file: %w", err)
	case ended.ExitCode() == exitInUse:
		return &idv.Error{
			Code: idv.CodeInUse, Message: fmt.Sprintf("The archive %s is in use by another copy of Veridesk.", c.opts.Data),
			Hint: "Close or lock the other copy and try again.",
		}
	}
	return &idv.Error{
		Code: idv.CodeDamaged, Cause: errors.New(strings.TrimSpace(said.String())),
		Message: "The structure of the archive's file is damaged.", Hint: "Restore a backup.",
	}
}

// runCheckPages is the other process. It needs no passphrase.
func runCheckPages(c *call) error {
	if err := c.parse(); err != nil {
		return err
	}
	return archive.CheckPages(c.opts.Data)
}
