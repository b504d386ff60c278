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
number, document number, Session ID or an extra field's value; Georgian, Cyrillic
and Latin spellings find each other. Without --sort the newest sessions come first.
Numbers that hold O for 0, I or L for 1, B for 8, S for 5 or Z for 2 come last and
are marked. --counts shows how many sessions each value has. A text that begins
with - comes after --.` + narrowHelp,
	"show": `Prints one session as JSON: what the list shows, the machine-readable zone, every
attempt at reading the document, and what the portal sent that this version has
no name for.`,
	"export": `Writes all that a search for TEXT finds, in the same order, with the portal's 24
columns. Without --format the ending of FILE decides. A file that exists is left
alone unless --force is given; FILE is never left half written.` + narrowHelp,
	"erase": `The record, the photos and what the search knows of a session are gone for good, and
the files are written anew without them. Its ID, times, outcome and the reason
stay. A session under legal hold is not erased. If one of them cannot be erased,
none is.`,
	"hold": `A session under legal hold is not erased: not by erase, not when its time to be kept
is over, not when the portal liquidates it. --off ends the hold.`,
	"settings": `Without a flag it shows the settings. The window locks itself after so many minutes
without a touch; sessions are erased so many years after their end, at a sync or
when the window opens; 0 stands for never. A match level under the accepted one is
a possible spoof (lowFar). Photos are fetched from the portal's own
host and from the hosts named here.`,
	"backup": `The file holds the sessions, photos and settings, sealed, and opens with what opens
the archive now. A passphrase that works together with this computer's keychain
needs the recovery code on any other computer.`,
	"restore": `Unpacks a backup beside the archive's folder, checks every value and photo in it, and
then puts it in place. What is there already is kept under another name, with
--force only; what was erased in it since the backup is erased again.`,
	"verify": `Opens every sealed value and every photo, checks the structure of the archive's file
in a process of its own, and names what is damaged.`,
	"audit": `Lists what was done to the archive, oldest first: opened, synced, exported, held,
erased. Sessions are named by their IDs, exported files by their SHA-256. --verify
checks every line; --checkpoint prints a signed state of the log, to be kept
elsewhere.`,
	"passphrase": `Asks for the old passphrase, or with --recovery-code-file for none, and sets a new
one. FILE holds it alone.`,
	"recovery-code": "Shows a new recovery code, this once. The old one opens nothing any more.",
	"version":       "Prints the version.",
	"help":          "Prints this list, or the help of one command.",
}

// flagsHelp is what every command understands, before or after its name.
const flagsHelp = `
--data DIR              the archive's folder instead of the usual one
--json                  print one JSON object; errors as {"error": ...} on standard error
--passphrase-file FILE  read the archive's passphrase from FILE; - is standard input
--passphrase-fd N       read it from the open file number N
--no-passphrase         make a new archive without one, for demo data

Without one of the last three the passphrase is asked for at the terminal.
Exit codes: 0 done, 1 failed, 2 not understood, 3 locked or wrong passphrase,
4 archive in use, 130 stopped.`

func helpText(name string) (string, error) {
	var b strings.Builder
	if name == "" || name == "help" {
		fmt.Fprintf(&b, "Usage: veridesk [--data DIR] [--json] COMMAND\n\nWithout a command the window opens; --demo fills a new archive with demo data.\n\n")
		for _, cmd := range commands() {
			fmt.Fprintf(&b, "  %-13s %s\n", cmd.name, cmd.short)
		}
		b.WriteString(flagsHelp)
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
