package traces

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/adrg/xdg"
	"golang.org/x/sys/unix"
)

// What WebKitGTK and its libraries would write into the user's folders goes into
// the app's, the user's own themes and fonts stay in sight, and afterwards the
// environment is as it was.
func TestWebviewMovesTheUsersFolders(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", "/home/x/.cache")
	t.Setenv("XDG_DATA_DIRS", "/opt/share")
	t.Setenv("XDG_DATA_HOME", "")
	if err := os.Unsetenv("XDG_DATA_HOME"); err != nil {
		t.Fatal(err)
	}
	w, err := OpenWebview(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"XDG_CACHE_HOME": filepath.Join(w.Path(), "cache"),
		"XDG_DATA_HOME":  filepath.Join(w.Path(), "data"),
		"XDG_DATA_DIRS":  xdg.DataHome + ":/opt/share",
	} {
		if got := os.Getenv(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, is := os.LookupEnv("XDG_DATA_HOME"); is || os.Getenv("XDG_CACHE_HOME") != "/home/x/.cache" || os.Getenv("XDG_DATA_DIRS") != "/opt/share" {
		t.Error("the environment is not as it was")
	}
}

// Only WebKit's helpers are ended, and only those of this process.
func TestEndWebview(t *testing.T) {
	sleep, err := exec.LookPath("sleep")
	if err != nil {
		t.Skip("needs sleep")
	}
	start := func(name string) *exec.Cmd {
		path := filepath.Join(t.TempDir(), name)
		program, err := os.ReadFile(sleep)
		if err == nil {
			err = os.WriteFile(path, program, 0o700)
		}
		if err != nil {
			t.Fatal(err)
		}
		command := exec.Command(path, "600")
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = command.Process.Kill(); _ = command.Wait() })
		return command
	}
	helper, other := start("WebKitNetworkProcess"), start("veridesk-other")
	endWebview()
	if err := unix.Kill(helper.Process.Pid, 0); err != unix.ESRCH {
		t.Errorf("the helper is still there: %v", err)
	}
	if err := unix.Kill(other.Process.Pid, 0); err != nil {
		t.Errorf("another program was ended: %v", err)
	}
}

// Nothing of this process can be dumped any more.
func TestNoDumps(t *testing.T) {
	before, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
	if err != nil || before != 1 {
		t.Skipf("this process is not dumpable anyway: %d, %v", before, err)
	}
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_CORE, &limit); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = unix.Prctl(unix.PR_SET_DUMPABLE, 1, 0, 0, 0)
		_ = unix.Setrlimit(unix.RLIMIT_CORE, &limit)
	})
	if err := NoDumps(); err != nil {
		t.Fatal(err)
	}
	if now, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0); err != nil || now != 0 {
		t.Errorf("dumpable: %d, %v", now, err)
	}
	limits, err := os.ReadFile("/proc/self/limits")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(limits)) {
		if rest, is := strings.CutPrefix(line, "Max core file size"); is && strings.Fields(rest)[0] != "0" {
			t.Errorf("core dumps may be of size %s", strings.Fields(rest)[0])
		}
	}
}
