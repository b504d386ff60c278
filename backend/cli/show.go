package cli

import (
	"encoding/json"

	"veridesk/backend/archive"
)

const showUsage = "SESSION-ID"

func runShow(c *call) error {
	if err := c.parse(); err != nil {
		return err
	}
	if len(c.args) != 1 {
		return usage("show needs one Session ID.")
	}
	return c.open(func(a *archive.Archive) error {
		session, err := a.Get(c.args[0])
		if err != nil {
			return err
		}
		text, err := json.MarshalIndent(session, "", "  ")
		if err != nil {
			return err
		}
		return c.print(session, string(text))
	})
}
