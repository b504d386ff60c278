package cli

import (
	"fmt"
	"runtime/debug"
	"strings"
)

// Version is the app's version.
const Version = "0.1.0"

func runVersion(c *call) error {
	if err := c.parse(); err != nil {
		return err
	}
	if len(c.args) > 0 {
		return usage("version takes no %q.", c.args[0])
	}
	commit := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				commit = s.Value
			}
		}
	}
	return c.print(map[string]string{"version": Version, "commit": commit}, "veridesk "+Version)
}

func runHelp(c *call) error {
	if err := c.parse(); err != nil {
		return err
	}
	if len(c.args) > 1 {
		return usage("help explains one command at a time.")
	}
	return c.printHelp(strings.Join(c.args, ""))
}

func (c *call) printHelp(name string) error {
	text, err := helpText(name)
	if err != nil {
		return err
	}
	return c.print(map[string]string{"help": text}, text)
}

// details is what help says of a command beyond its usage line.
var details = map[string]string{
	"portal": `Serves invented sessions on this machine, as a portal does: the session feed,
session data, photos and the CSV export. Everybody in it is made up; the same
--seed makes the same people. --addr 127.0.0.1:0 takes a free port.`,
	"sync": `Brings in what the portal has and this archive has not. It can be stopped at any
time and goes on where it stopped. --demo starts a demo portal for the time of
the sync. FILE holds the portal's key alone; - reads it from standard input.
The address begins with https://; http:// is for this machine only.`,
	"import": `Reads CSV files as the portal exports them: all 24 columns, in any order. A row
that cannot be read is named with its number and the reason; the rest goes on.
Importing a file again changes nothing.`,
	"search": `Every word must be found, as the beginning of a first name, last name, personal
number, document number or Session ID. Newest sessions come first. A text that
begins with - comes after --.`,
	"show": `Prints one session as JSON: what the list shows, the machine-readable zone, every
attempt at reading the document, and what the portal sent that this version has
no name for.`,
	"export": `Writes all that a search for TEXT finds, in the same order, with the portal's 24
columns. Without --format the ending of FILE decides. A file that exists is left
alone unless --force is given; FILE is never left half written.`,
	"version": "Prints the version.",
	"help":    "Prints this list, or the help of one command.",
}

func helpText(name string) (string, error) {
	var b strings.Builder
	if name == "" || name == "help" {
		fmt.Fprintf(&b, "Usage: veridesk [--data DIR] [--json] COMMAND\n\nWithout a command the window opens; --demo fills a new archive with demo data.\n\n")
		for _, cmd := range commands() {
			fmt.Fprintf(&b, "  %-8s %s\n", cmd.name, cmd.short)
		}
		fmt.Fprintf(&b, "\n--data DIR  the archive's folder instead of the usual one\n--json      print one JSON object; errors as {\"error\": ...} on standard error\n\n")
		fmt.Fprintf(&b, "Exit codes: 0 done, 1 failed, 2 not understood, 4 archive in use, 130 stopped.")
		return b.String(), nil
	}
	for _, cmd := range commands() {
		if cmd.name == name {
			line := strings.TrimSpace("Usage: veridesk " + cmd.name + " " + cmd.usage)
			return line + "\n\n" + details[name], nil
		}
	}
	return "", usage("There is no command %q.", name)
}
