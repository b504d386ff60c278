// What a run of steps shows on the terminal.

package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// A report prints a line for each step and adds up what they counted.
type report struct {
	out   io.Writer
	start time.Time
	total counts
}

// add prints a step's line, and all that it printed if a test failed or was left out.
func (r *report) add(o outcome) {
	if !o.step.setup || !o.passed() {
		r.total.add(o.counts)
	}
	word, note := "ok", ""
	switch {
	case o.missed != "":
		word, note = "not run", ", because this did not pass: "+o.missed
	case !o.passed():
		word = "FAILED"
	}
	if n := o.counts; n.passed+n.failed+n.skipped > 1 {
		note = fmt.Sprintf(" (%s)", n)
	}
	fmt.Fprintf(r.out, "%-7s %6.1f s  %s%s\n", word, o.took.Seconds(), o.step.name, note)
	if o.missed != "" || o.passed() && o.counts.skipped == 0 {
		return
	}
	// Indented, so that no line of it can be taken for the closing line.
	for _, line := range strings.Split(o.printed, "\n") {
		fmt.Fprintf(r.out, "    | %s\n", line)
	}
	if o.err != nil {
		fmt.Fprintf(r.out, "    | %s\n", strings.ReplaceAll(o.err.Error(), "\n", "\n    | "))
	}
}

// close prints the time and, alone on the last line, the sums.
func (r *report) close() error {
	fmt.Fprintf(r.out, "%.0f seconds\ntests: %s\n", time.Since(r.start).Seconds(), r.total)
	if r.total.failed > 0 {
		return errFailed
	}
	return nil
}
