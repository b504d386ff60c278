package cli

import (
	"fmt"
	"strings"

	"veridesk/backend/archive"
)

const settingsUsage = "[--lock-minutes N] [--retention-years N] [--accepted-level N]\n  [--photo-hosts HOST,...]"

func runSettings(c *call) error {
	minutes := c.flags.Int("lock-minutes", 0, "")
	years := c.flags.Int("retention-years", 0, "")
	level := c.flags.Int("accepted-level", 0, "")
	hosts := c.flags.StringSlice("photo-hosts", nil, "")
	if err := c.parse(); err != nil {
		return err
	}
	if len(c.args) > 0 {
		return usage("settings takes no %q.", c.args[0])
	}
	return c.open(func(a *archive.Archive) error {
		settings, err := a.Settings()
		if err != nil {
			return err
		}
		if c.flags.Changed("lock-minutes") {
			settings.LockMinutes = *minutes
		}
		if c.flags.Changed("retention-years") {
			settings.RetentionYears = *years
		}
		if c.flags.Changed("accepted-level") {
			settings.AcceptedLevel = *level
		}
		if c.flags.Changed("photo-hosts") {
			settings.PhotoHosts = *hosts
		}
		if err := a.SetSettings(settings); err != nil {
			return err
		}
		return c.print(settings, fmt.Sprintf("locks itself: %s\nerases sessions: %s\naccepted match level: %d\nphotos may come from: the portal %s",
			orNever(settings.LockMinutes, "after %d minutes without a touch"), orNever(settings.RetentionYears, "%d years after their end"),
			settings.AcceptedLevel,
			strings.Join(settings.PhotoHosts, " ")))
	})
}

func orNever(n int, format string) string {
	if n == 0 {
		return "never"
	}
	return fmt.Sprintf(format, n)
}
