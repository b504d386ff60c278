// What the system and the front end need, and how it gets there.

package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// A need is something the system must have: how to tell that it is there, and
// the Debian packages that bring it.
type need struct {
	there  func() bool
	debian []string
}

// windowNeeds is what building and opening the window takes on Linux.
var windowNeeds = []need{
	{func() bool { return have("gcc") && exists("/usr/include/stdio.h") }, []string{"gcc", "libc6-dev"}},
	{func() bool { return have("pkg-config") }, []string{"pkg-config"}},
	{library("gtk+-3.0"), []string{"libgtk-3-dev"}},
	{library("webkit2gtk-4.1"), []string{"libwebkit2gtk-4.1-dev"}},
}

// testNeeds is what the tests take on Linux besides windowNeeds: a screen
// without a monitor, keys, a browser, a program of other authors that opens our
// spreadsheets, and a desktop's bus and keychain.
var testNeeds = []need{
	{func() bool { return have("Xvfb") }, []string{"xvfb"}},
	{func() bool { return have("xdotool") }, []string{"xdotool"}},
	{func() bool { return have("chromium") || os.Getenv("VERIDESK_BROWSER") != "" }, []string{"chromium"}},
	{func() bool { return exec.Command("/usr/bin/python3", "-c", "import openpyxl").Run() == nil }, []string{"python3-openpyxl"}},
	{func() bool { return have("dbus-daemon") && have("gnome-keyring-daemon") }, []string{"dbus", "gnome-keyring"}},
}

func library(name string) func() bool {
	return func() bool { return exec.Command("pkg-config", "--exists", name).Run() == nil }
}

// installSystem brings what the system lacks of needs, or says what a person
// has to install. It asks for rights only when something is missing.
func installSystem(s shell, needs []need) error {
	switch runtime.GOOS {
	case "linux":
		return installDebian(s, missing(needs))
	case "darwin":
		if exec.Command("xcode-select", "-p").Run() != nil {
			return fmt.Errorf("the Xcode command line tools are missing; get them with: xcode-select --install")
		}
	}
	return nil // Windows brings all that the window needs
}

func missing(needs []need) []string {
	var packages []string
	for _, n := range needs {
		if !n.there() {
			packages = append(packages, n.debian...)
		}
	}
	return packages
}

func installDebian(s shell, packages []string) error {
	if len(packages) == 0 {
		return nil
	}
	list := strings.Join(packages, " ")
	if !have("apt-get") {
		return fmt.Errorf("install the packages that bring these and try again (Debian's names): %s", list)
	}
	apt := []string{"env", "DEBIAN_FRONTEND=noninteractive", "apt-get"}
	if os.Getuid() != 0 {
		if !have("sudo") {
			return fmt.Errorf("install these as root and try again: apt-get install %s", list)
		}
		apt = append([]string{"sudo"}, apt...)
	}
	fmt.Printf("Missing on this system: %s\nInstalling with: %s install\n", list, strings.Join(apt, " "))
	err := aptInstall(s, apt, packages)
	if err != nil { // a mirror that is being updated answers on the second try
		time.Sleep(3 * time.Second)
		err = aptInstall(s, apt, packages)
	}
	if err != nil && slices.Contains(packages, "chromium") {
		err = fmt.Errorf("%w (where apt has no chromium, VERIDESK_BROWSER can name another program of its family)", err)
	}
	return err
}

func aptInstall(s shell, apt, packages []string) error {
	if err := s.run(apt[0], append(apt[1:], "update", "-q")...); err != nil {
		return err
	}
	install := append(apt[1:len(apt):len(apt)], "install", "-y", "-q", "--no-install-recommends")
	return s.run(apt[0], append(install, packages...)...)
}

func checkNode() error {
	const get = "Node 20.19, or 22.12 and newer, with npm is needed: https://nodejs.org"
	text, err := exec.Command("node", "--version").Output()
	if err != nil || !have("npm") {
		return fmt.Errorf("%s (not found)", get)
	}
	if !nodeIsNew(string(text)) {
		return fmt.Errorf("%s (found %s)", get, strings.TrimSpace(string(text)))
	}
	return nil
}

// nodeIsNew reads what node --version prints, such as v20.19.4. Vite 8 runs on
// what it takes.
func nodeIsNew(version string) bool {
	var major, minor int
	if _, err := fmt.Sscanf(version, "v%d.%d", &major, &minor); err != nil {
		return false
	}
	switch major {
	case 20:
		return minor >= 19
	case 22:
		return minor >= 12
	default:
		return major > 22
	}
}

// installNode brings the front end's packages, only when the lock file is not
// the one that they were installed from.
func installNode(s shell) error {
	if err := checkNode(); err != nil {
		return err
	}
	lock, err := os.ReadFile(filepath.Join(s.dir, "frontend/package-lock.json"))
	if err != nil {
		return fmt.Errorf("read the list of front-end packages: %w", err)
	}
	digest := sha256.Sum256(lock)
	stamp, want := filepath.Join(s.dir, "frontend/node_modules/.installed-from"), hex.EncodeToString(digest[:])
	if got, err := os.ReadFile(stamp); err == nil && string(got) == want {
		return nil
	}
	if err := s.in("frontend").run("npm", "ci", "--no-audit", "--no-fund"); err != nil {
		return err
	}
	return os.WriteFile(stamp, []byte(want), 0o644)
}
