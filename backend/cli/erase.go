package cli

import (
	"fmt"

	"veridesk/backend/archive"
)

const eraseUsage = "--yes SESSION-ID..."

func runErase(c *call) error {
	yes := c.flags.Bool("yes", false, "")
	if err := c.parse(); err != nil {
		return err
	}
	if len(c.args) == 0 {
		return usage("erase needs a Session ID or more.")
	}
	if err := needDone(*yes, "Erasing"); err != nil {
		return err
	}
	return c.open(func(a *archive.Archive) error {
		erased, err := a.Erase(c.ctx, c.args, c.progress())
		if err != nil {
			return err
		}
		return c.print(map[string]int{"erased": erased}, fmt.Sprintf("%d sessions erased", erased))
	})
}

const holdUsage = "[--off] SESSION-ID..."

func runHold(c *call) error {
	off := c.flags.Bool("off", false, "")
	if err := c.parse(); err != nil {
		return err
	}
	if len(c.args) == 0 {
		return usage("hold needs a Session ID or more.")
	}
	return c.open(func(a *archive.Archive) error {
		if err := a.Hold(c.ctx, c.args, !*off); err != nil {
			return err
		}
		words := "under legal hold: nothing erases them"
		if *off {
			words = "no longer under legal hold"
		}
		return c.print(map[string]any{"sessions": len(c.args), "hold": !*off}, fmt.Sprintf("%d sessions %s", len(c.args), words))
	})
}
