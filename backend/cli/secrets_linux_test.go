package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"veridesk/backend/idv"
)

// openTerminal is a terminal and what sits before it: its keys and its screen.
func openTerminal(t *testing.T) (terminal, user *os.File) {
	t.Helper()
	user, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no terminals here:", err)
	}
	t.Cleanup(func() { _ = user.Close() })
	control, err := user.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	var number int
	var failed error
	err = control.Control(func(fd uintptr) {
		failed = unix.IoctlSetPointerInt(int(fd), unix.TIOCSPTLCK, 0)
		if failed == nil {
			number, failed = unix.IoctlGetInt(int(fd), unix.TIOCGPTN)
		}
	})
	if err := errors.Join(err, failed); err != nil {
		t.Fatal(err)
	}
	terminal, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = terminal.Close() })
	return terminal, user
}

// prompter is a user who types a line whenever one is asked for and the terminal
// no longer shows what is typed.
type prompter struct {
	terminal, user *os.File
	lines          []string
	said           strings.Builder
}

func (p *prompter) Write(text []byte) (int, error) {
	p.said.Write(text)
	if strings.HasSuffix(string(text), ": ") && len(p.lines) > 0 {
		line := p.lines[0]
		p.lines = p.lines[1:]
		go func() {
			untilHidden(p.terminal)
			fmt.Fprintln(p.user, line)
		}()
	}
	return len(text), nil
}

func untilHidden(terminal *os.File) {
	for {
		now, err := unix.IoctlGetTermios(int(terminal.Fd()), unix.TCGETS)
		if err != nil || now.Lflag&unix.ECHO == 0 {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// shown is all that the terminal has shown the user.
func shown(t *testing.T, terminal, user *os.File) string {
	t.Helper()
	const end = "the end"
	fmt.Fprint(terminal, end)
	var text []byte
	for part := make([]byte, 100); !strings.HasSuffix(string(text), end); {
		n, err := user.Read(part)
		if err != nil {
			t.Fatal(err)
		}
		text = append(text, part[:n]...)
	}
	return string(text)
}

func TestPassphraseAtTheTerminal(t *testing.T) {
	for _, test := range []struct {
		confirm bool
		lines   []string
		want    string
	}{
		{false, []string{"open sesame"}, "open sesame"},
		{true, []string{"open sesame", "open sesame"}, "open sesame"},
		{true, []string{"open sesame", "close sesame"}, ""},
		{true, []string{"open sesame", ""}, ""},
		{false, []string{""}, ""},
	} {
		terminal, user := openTerminal(t)
		screen := &prompter{terminal: terminal, user: user, lines: test.lines}
		c, _, _ := called(t, nil, nil)
		c.stdin, c.stderr = terminal, screen
		before := settings(t, terminal)
		got, err := c.passphrase(test.confirm)
		if test.want == "" {
			wantCode(t, err, idv.CodeInvalid)
		} else if err != nil || string(got) != test.want {
			t.Errorf("%q gave %q, %v", test.lines, got, err)
		}
		if settings(t, terminal) != before {
			t.Error("the terminal is not as it was")
		}
		if text := screen.said.String() + shown(t, terminal, user); strings.Contains(text, "sesame") {
			t.Errorf("the terminal shows the passphrase: %q", text)
		}
	}
}

// settings is how the terminal stands; what matters is that the echo is back.
func settings(t *testing.T, terminal *os.File) unix.Termios {
	t.Helper()
	now, err := unix.IoctlGetTermios(int(terminal.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	if now.Lflag&unix.ECHO == 0 {
		t.Error("the terminal shows nothing")
	}
	return *now
}

// Ctrl+C while it is asked ends the command and leaves the terminal usable.
func TestStoppedWhileAsked(t *testing.T) {
	terminal, _ := openTerminal(t)
	ctx, stop := context.WithCancel(context.Background())
	c, _, _ := called(t, nil, nil)
	c.ctx, c.stdin = ctx, terminal
	go func() {
		untilHidden(terminal)
		stop()
	}()
	_, err := c.passphrase(false)
	wantCode(t, err, idv.CodeCancelled)
	settings(t, terminal)
}

// A number is a file that the program was started with: a pipe, and none of the
// runtime's own.
func TestPassphraseFromNumber(t *testing.T) {
	var ends [2]int
	if err := unix.Pipe2(ends[:], unix.O_CLOEXEC); err != nil {
		t.Fatal(err)
	}
	if _, err := unix.Write(ends[1], []byte("open sesame\nmore")); err != nil {
		t.Fatal(err)
	}
	_ = unix.Close(ends[1])
	c, _, err := called(t, []string{"--passphrase-fd", fmt.Sprint(ends[0])}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := c.passphrase(false); err != nil || string(got) != "open sesame" {
		t.Errorf("%q, %v", got, err)
	}
	_, err = c.passphrase(false) // it is closed now
	wantCode(t, err, idv.CodeInvalid)

	queue, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(queue)
	c, _, _ = called(t, []string{"--passphrase-fd", fmt.Sprint(queue)}, nil)
	_, err = c.passphrase(false)
	wantCode(t, err, idv.CodeInvalid)
	if _, err := unix.FcntlInt(uintptr(queue), unix.F_GETFD, 0); err != nil {
		t.Error("a file of the runtime was closed")
	}
}
