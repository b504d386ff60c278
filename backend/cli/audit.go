package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"veridesk/backend/archive"
)

const auditUsage = "[--after N] [--limit 100] | --verify | --checkpoint"

func runAudit(c *call) error {
	after := c.flags.Uint64("after", 0, "")
	limit := c.flags.Int("limit", 100, "")
	verify := c.flags.Bool("verify", false, "")
	checkpoint := c.flags.Bool("checkpoint", false, "")
	if err := c.parse(); err != nil {
		return err
	}
	switch {
	case len(c.args) > 0:
		return usage("audit takes no %q.", c.args[0])
	case *verify && *checkpoint:
		return usage("--verify and --checkpoint exclude each other.")
	case *limit < 0:
		return usage("--limit %d is less than nothing.", *limit)
	}
	return c.open(func(a *archive.Archive) error {
		switch {
		case *verify:
			if err := a.VerifyAudit(c.ctx); err != nil {
				return err
			}
			return c.print(map[string]bool{"whole": true}, "Every line of the audit log is as it was written.")
		case *checkpoint:
			signed, verifier, err := a.Checkpoint()
			if err != nil {
				return err
			}
			return c.print(map[string]string{"checkpoint": signed, "verifier": verifier}, signed+"\nIts key: "+verifier)
		}
		lines, err := a.Audit(*after, *limit)
		if err != nil {
			return err
		}
		return c.print(map[string]any{"entries": lines}, auditText(lines))
	})
}

func auditText(lines []archive.Entry) string {
	var b strings.Builder
	for i, e := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%d  %s  %s", e.Number, e.At, e.Action)
		for _, word := range []string{e.Object, e.Result} {
			if word != "" {
				b.WriteString("  " + word)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(e.Detail)) {
			fmt.Fprintf(&b, "  %s: %s", name, e.Detail[name])
		}
	}
	return b.String()
}
