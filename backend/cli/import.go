package cli

import "veridesk/backend/archive"

const importUsage = "FILE..."

func runImport(c *call) error {
	if err := c.parse(); err != nil {
		return err
	}
	if len(c.args) == 0 {
		return usage("import needs the name of a CSV file.")
	}
	return c.openOrMake(func(a *archive.Archive) error {
		report, err := a.Import(c.ctx, c.args, c.progress())
		return c.report(report, err)
	})
}
