// Package cli is the command line: one file a command. It needs no display.
package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"
	"strings"

	"github.com/spf13/pflag"

	"veridesk/backend/idv"
)

// The exit codes.
const (
	exitOK      = 0
	exitFailed  = 1
	exitUsage   = 2
	exitLocked  = 3
	exitInUse   = 4
	exitStopped = 130
)

// Options are the flags that stand before the command, or before nothing: then
// the window opens.
type Options struct {
	Data string // the archive's folder
	JSON bool   // one JSON object instead of text
	Demo bool   // the window starts on the demo archive at first run

	secrets secretFlags

	// Env is what programs that are not part of this one are started with: the
	// window changes its own environment. nil is this process's.
	Env []string
}

// command is one word of the command line.
type command struct {
	name  string
	usage string // what follows the name
	short string // one line of help
	run   func(*call) error
}

// commands is the table behind dispatch and help, in the order of help.
func commands() []command {
	return []command{
		{"portal", portalUsage, "serve invented sessions as a portal does, until stopped", runPortal},
		{"sync", syncUsage, "bring in what is new from a portal", runSync},
		{"import", importUsage, "bring in the portal's CSV exports", runImport},
		{"search", searchUsage, "find sessions, newest first; no text finds everything", runSearch},
		{"show", showUsage, "print one session with all that is known of it", runShow},
		{"export", exportUsage, "write what a search finds to a spreadsheet", runExport},
		{"erase", eraseUsage, "give up sessions for good; only tombstones stay", runErase},
		{"hold", holdUsage, "put sessions under legal hold: nothing erases them", runHold},
		{"settings", settingsUsage, "show or change when to lock and how long to keep", runSettings},
		{"backup", backupUsage, "write the archive into one sealed file", runBackup},
		{"restore", restoreUsage, "put a backup in the archive's place, checked", runRestore},
		{"verify", "", "open every value and photo and name what is damaged", runVerify},
		{"audit", auditUsage, "tell what was done to the archive, and check that log", runAudit},
		{"passphrase", passphraseUsage, "change the passphrase, or replace a forgotten one", runPassphrase},
		{"recovery-code", "", "replace the recovery code", runRecoveryCode},
		{"version", "", "print the version", runVersion},
		{"help", "[COMMAND]", "explain a command", runHelp},
	}
}

// call is one run of a command.
type call struct {
	ctx    context.Context
	opts   Options
	flags  *pflag.FlagSet // the command's own; parsed by parse
	args   []string
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
}

// Parse reads the flags before the command. args is what is left: empty when
// the window is wanted.
func Parse(argv []string) (o Options, args []string, err error) {
	o.Data = DefaultData()
	if runtime.GOOS == "darwin" && len(argv) > 0 && strings.HasPrefix(argv[0], "-psn_") {
		argv = argv[1:] // a process number, added by the Finder
	}
	flags := newFlags("veridesk", &o)
	flags.SetInterspersed(false)
	flags.BoolVar(&o.Demo, "demo", false, "")
	version := flags.Bool("version", false, "")
	switch err := flags.Parse(argv); {
	case errors.Is(err, pflag.ErrHelp):
		return o, []string{"help"}, nil
	case err != nil:
		return o, nil, usage("%s.", sentence(err))
	case o.secrets.check(flags) != nil:
		return o, nil, o.secrets.check(flags)
	case *version:
		return o, []string{"version"}, nil
	case o.Data == "":
		return o, nil, usage("--data needs the name of a folder.")
	}
	return o, flags.Args(), nil
}

func newFlags(name string, o *Options) *pflag.FlagSet {
	flags := pflag.NewFlagSet(name, pflag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	flags.StringVar(&o.Data, "data", o.Data, "")
	flags.BoolVar(&o.JSON, "json", o.JSON, "")
	o.secrets.add(flags)
	return flags
}

// Run runs the command that args begins with and returns the exit code.
func Run(ctx context.Context, o Options, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c := &call{ctx: ctx, opts: o, args: args[1:], stdin: stdin, stdout: stdout, stderr: stderr}
	c.flags = newFlags(args[0], &c.opts)
	if args[0] == checkPages {
		return c.finish(runCheckPages(c))
	}
	for _, cmd := range commands() {
		if cmd.name == args[0] {
			return c.finish(cmd.run(c))
		}
	}
	return c.finish(usage("There is no command %q.", args[0]))
}

// Fail prints an error as a command does and returns the exit code.
func Fail(o Options, stderr io.Writer, err error) int {
	return (&call{opts: o, stderr: stderr}).finish(err)
}

// errHelp asks for the command's help instead of its run.
var errHelp = errors.New("help asked for")

// finish turns a command's end into words and an exit code.
func (c *call) finish(err error) int {
	if err == nil {
		return exitOK
	}
	if errors.Is(err, errHelp) {
		return c.finish(c.printHelp(c.flags.Name()))
	}
	e := idv.AsError(err)
	if e.Code == idv.CodeInternal || e.Code == idv.CodeDamaged {
		slog.Error("command failed", "error", err)
	}
	if c.opts.JSON {
		writeJSON(c.stderr, map[string]any{"error": e})
	} else {
		fmt.Fprintln(c.stderr, strings.TrimSpace("veridesk: "+e.Message+"\n"+e.Hint))
	}
	switch e.Code {
	case idv.CodeUsage:
		return exitUsage
	case idv.CodeLocked, idv.CodeWrongSecret:
		return exitLocked
	case idv.CodeInUse:
		return exitInUse
	case idv.CodeCancelled:
		return exitStopped
	default:
		return exitFailed
	}
}

// parse reads the command's flags, which may stand anywhere among its
// arguments, and leaves the rest in args.
func (c *call) parse() error {
	err := c.flags.Parse(c.args)
	c.args = c.flags.Args()
	switch {
	case errors.Is(err, pflag.ErrHelp):
		return errHelp
	case err != nil:
		return &idv.Error{
			Code: idv.CodeUsage, Message: fmt.Sprintf("%s: %s.", c.flags.Name(), err),
			Hint: "veridesk help " + c.flags.Name() + " explains the command. A text that begins with - comes after --.",
		}
	case c.opts.Data == "":
		return usage("--data needs the name of a folder.")
	}
	return c.opts.secrets.check(c.flags)
}

// print writes the command's result: value with --json, else the text.
func (c *call) print(value any, text string) error {
	var err error
	if c.opts.JSON {
		err = writeJSON(c.stdout, value)
	} else {
		_, err = fmt.Fprintln(c.stdout, text)
	}
	if err != nil {
		return &idv.Error{
			Code: idv.CodeNotWritable, Cause: err,
			Message: "The result could not be printed.",
			Hint:    "Check where the output goes: a full disk, or a program that has ended.",
		}
	}
	return nil
}

func writeJSON(w io.Writer, value any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(value)
}

func usage(format string, args ...any) error {
	return &idv.Error{
		Code: idv.CodeUsage, Message: fmt.Sprintf(format, args...),
		Hint: "veridesk help explains the commands.",
	}
}

// sentence begins an error's text with a capital.
func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:]
}

// openFile says in words why a file that was named cannot be read.
func openFile(what, name string) (*os.File, error) {
	file, err := os.Open(name)
	if err == nil {
		return file, nil
	}
	e := &idv.Error{
		Code: idv.CodeInvalid, Cause: err,
		Message: fmt.Sprintf("The %s %s cannot be read.", what, name),
		Hint:    "Check the name and the rights of the file.",
	}
	if errors.Is(err, os.ErrNotExist) {
		e.Code, e.Message = idv.CodeNotFound, fmt.Sprintf("There is no %s %s.", what, name)
	}
	return nil, e
}
