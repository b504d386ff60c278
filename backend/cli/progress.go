package cli

import (
	"fmt"
	"os"

	"github.com/mattn/go-isatty"

	"veridesk/backend/idv"
)

// progress draws how far a job has come on one line of the terminal; nil where
// nobody watches.
func (c *call) progress() func(idv.Progress) {
	file, ok := c.stderr.(*os.File)
	if !ok || c.opts.JSON || !isatty.IsTerminal(file.Fd()) {
		return nil
	}
	return func(p idv.Progress) {
		text := fmt.Sprintf("%s %d", p.Phase, p.Done)
		if p.Total > 0 {
			text += fmt.Sprintf(" of %d", p.Total)
		}
		fmt.Fprintf(file, "\r%-40s\r", text)
	}
}
