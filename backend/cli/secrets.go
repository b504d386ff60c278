package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"

	"github.com/spf13/pflag"
	"golang.org/x/term"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"veridesk/backend/idv"
)

// maxPassphrase is the longest passphrase that is taken, in bytes.
const maxPassphrase = 4 << 10

// secretFlags say where the archive's passphrase comes from. It never comes from
// an argument or from the environment, which other programs can read.
type secretFlags struct {
	fd           string // the number of an open file; "" not given
	file         string // "-" is standard input; "" not given
	noPassphrase bool   // a new archive gets none; for demo data
}

// add makes the flags known, with what was given before the command as default.
func (s *secretFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&s.fd, "passphrase-fd", s.fd, "")
	flags.StringVar(&s.file, "passphrase-file", s.file, "")
	flags.BoolVar(&s.noPassphrase, "no-passphrase", s.noPassphrase, "")
}

// check refuses flags that contradict each other.
func (s *secretFlags) check(flags *pflag.FlagSet) error {
	given := 0
	for _, is := range []bool{s.fd != "", s.file != "", s.noPassphrase} {
		if is {
			given++
		}
	}
	number, err := strconv.Atoi(s.fd)
	switch {
	case given > 1:
		return usage("--passphrase-fd, --passphrase-file and --no-passphrase exclude each other.")
	case s.fd == "" && flags.Changed("passphrase-fd"), s.fd != "" && (err != nil || number < 0):
		return usage("--passphrase-fd needs the number of an open file, such as 3.")
	case s.file == "" && flags.Changed("passphrase-file"):
		return usage("--passphrase-file needs the name of a file.")
	case runtime.GOOS == "windows" && number > 0:
		return usage("On Windows --passphrase-fd can be 0 only, standard input.")
	}
	return nil
}

// passphrase reads the archive's passphrase from where the flags say, or asks for
// it at the terminal, twice with confirm: when a passphrase is being chosen. The
// caller clears it after use.
func (c *call) passphrase(confirm bool) ([]byte, error) {
	s := c.opts.secrets
	switch {
	case s.noPassphrase:
		return nil, &idv.Error{
			Code:    idv.CodeLocked,
			Message: "The archive is locked: it has a passphrase. Nothing was read.",
			Hint:    "Leave out --no-passphrase, which is for archives of demo data.",
		}
	case s.fd != "":
		return c.passphraseFromFD(s.fd)
	case s.file != "":
		return c.passphraseFromFile(s.file)
	}
	if fd, ok := c.terminal(); ok {
		return c.askPassphrase(fd, confirm)
	}
	return nil, noPassphrase(confirm)
}

// newPassphrase reads a passphrase that replaces another: from the file, if one
// is named, else from the terminal.
func (c *call) newPassphrase(file string) ([]byte, error) {
	if file != "" {
		return c.passphraseFromFile(file)
	}
	if fd, ok := c.terminal(); ok {
		return c.askPassphrase(fd, true)
	}
	return nil, usage("There is no terminal to ask for the new passphrase: name a file with --new-passphrase-file FILE.")
}

func noPassphrase(choosing bool) error {
	e := &idv.Error{
		Code: idv.CodeLocked, Message: "The archive is locked.",
		Hint: "Give its passphrase with --passphrase-file FILE or --passphrase-fd N, or run the command at a terminal.",
	}
	if choosing {
		e.Message = "The new archive needs a passphrase. Nothing was made."
		e.Hint += " --no-passphrase makes an archive for demo data."
	}
	return e
}

// passphraseFromFD reads one line and nothing beyond it, so that standard input
// can hold more.
func (c *call) passphraseFromFD(number string) ([]byte, error) {
	in := c.stdin
	if number != "0" {
		file, err := openFD(number)
		if err != nil {
			return nil, unreadablePassphrase("file number "+number, err)
		}
		defer file.Close()
		in = file
	}
	line := make([]byte, 0, maxPassphrase+2)
	one := make([]byte, 1)
	for len(line) < cap(line) && !bytes.HasSuffix(line, []byte("\n")) {
		n, err := in.Read(one)
		line = append(line, one[:n]...)
		if err != nil && !errors.Is(err, io.EOF) {
			clear(line)
			return nil, unreadablePassphrase("file number "+number, err)
		}
		if err != nil {
			break
		}
	}
	return takePassphrase(line)
}

// passphraseFromFile reads a file that holds the passphrase alone, with or without
// a line's end.
func (c *call) passphraseFromFile(name string) ([]byte, error) {
	in := c.stdin
	if name != "-" {
		file, err := openFile("passphrase file", name)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		c.warnOfReaders(file)
		in = file
	}
	// Some editors and shells write UTF-16, or mark UTF-8, by their first bytes;
	// without a mark the bytes count as they are.
	decoded := transform.NewReader(in, unicode.BOMOverride(encoding.Nop.NewDecoder()))
	text, err := io.ReadAll(io.LimitReader(decoded, maxPassphrase+3))
	if err != nil {
		clear(text)
		return nil, unreadablePassphrase(name, err)
	}
	return takePassphrase(text)
}

// warnOfReaders tells when other users of the machine can read the passphrase.
func (c *call) warnOfReaders(file *os.File) {
	info, err := file.Stat()
	if err != nil || runtime.GOOS == "windows" || c.opts.JSON || !info.Mode().IsRegular() {
		return
	}
	if info.Mode().Perm()&0o077 != 0 {
		fmt.Fprintf(c.stderr, "veridesk: other users of this machine can read %s: chmod 600 keeps it to you.\n", file.Name())
	}
}

// takePassphrase drops one line's end and refuses what no passphrase can be.
func takePassphrase(text []byte) ([]byte, error) {
	line := bytes.TrimSuffix(text, []byte("\n"))
	if len(line) < len(text) {
		line = bytes.TrimSuffix(line, []byte("\r"))
	}
	e := &idv.Error{Code: idv.CodeInvalid, Hint: "A passphrase is one line of up to 4096 bytes."}
	switch {
	case len(line) == 0:
		e.Message = "The passphrase is empty."
	case len(line) > maxPassphrase:
		e.Message = "The passphrase is too long."
	case bytes.ContainsAny(line, "\r\n\x00"):
		e.Message = "The passphrase has more than one line, or bytes that are no text."
	default:
		return line, nil
	}
	clear(text)
	return nil, e
}

func unreadablePassphrase(where string, cause error) error {
	return &idv.Error{
		Code: idv.CodeInvalid, Cause: cause,
		Message: fmt.Sprintf("The passphrase could not be read from %s.", where),
		Hint:    "Check that it is open for reading.",
	}
}

// terminal is standard input, if somebody sits there.
func (c *call) terminal() (fd int, ok bool) {
	file, ok := c.stdin.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return 0, false
	}
	return int(file.Fd()), true
}

func (c *call) askPassphrase(fd int, confirm bool) ([]byte, error) {
	first, err := c.ask(fd, "Passphrase: ")
	if err != nil || !confirm {
		return first, err
	}
	again, err := c.ask(fd, "The same again: ")
	defer clear(again)
	if err == nil && !bytes.Equal(first, again) {
		err = &idv.Error{
			Code: idv.CodeInvalid, Message: "The two passphrases are not the same. Nothing was changed.",
			Hint: "Run the command again.",
		}
	}
	if err != nil {
		clear(first)
		return nil, err
	}
	return first, nil
}

// ask reads a line that is not shown. Stopped, it puts the terminal back as it
// was; the read that still waits ends with the program.
func (c *call) ask(fd int, prompt string) ([]byte, error) {
	if c.ctx.Err() != nil {
		return nil, context.Cause(c.ctx)
	}
	before, err := term.GetState(fd)
	if err != nil {
		return nil, unreadablePassphrase("the terminal", err)
	}
	fmt.Fprint(c.stderr, prompt)
	defer fmt.Fprintln(c.stderr)
	type answer struct {
		line []byte
		err  error
	}
	typed := make(chan answer, 1)
	go func() {
		line, err := term.ReadPassword(fd)
		typed <- answer{line, err}
	}()
	select {
	case <-c.ctx.Done():
		_ = term.Restore(fd, before)
		return nil, context.Cause(c.ctx)
	case a := <-typed:
		if a.err != nil {
			return nil, unreadablePassphrase("the terminal", a.err)
		}
		return takePassphrase(a.line)
	}
}
