// Package bustest starts message buses for tests.
package bustest

import (
	"os/exec"
	"strings"
	"testing"
)

// Daemon is the program that a bus runs; a test that cannot have it is skipped.
func Daemon(t *testing.T) string {
	t.Helper()
	daemon, err := exec.LookPath("dbus-daemon")
	if err != nil {
		t.Skip("needs dbus-daemon: apt-get install dbus")
	}
	return daemon
}

// Start starts a bus that nobody else uses, in a folder, and names its address in a
// variable of the environment. It is stopped at the end of the test, if not before.
// config are the arguments that say how it is set up.
func Start(t *testing.T, variable, folder string, config ...string) (address string, stop func()) {
	t.Helper()
	command := exec.Command(Daemon(t), append(config, "--nofork", "--print-address", "--address=unix:dir="+folder)...)
	out, err := command.StdoutPipe()
	if err == nil {
		err = command.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	stop = func() { _ = command.Process.Kill(); _ = command.Wait() }
	t.Cleanup(stop)
	said := make([]byte, 1000)
	n, err := out.Read(said)
	if err != nil {
		t.Fatal(err)
	}
	address = strings.TrimSpace(string(said[:n]))
	t.Setenv(variable, address)
	return address, stop
}
