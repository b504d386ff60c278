package traces

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/adrg/xdg"
	"golang.org/x/sys/unix"
)

// webviewEnv moves what WebKitGTK keeps, which it puts into a folder named after
// the program below these two, and Mesa's compiled shaders. Themes, icons and
// fonts of the user stay in sight by the search path.
func webviewEnv(path string) map[string]string {
	shared := os.Getenv("XDG_DATA_DIRS")
	if shared == "" {
		shared = "/usr/local/share:/usr/share" // the default of the XDG Base Directory Specification
	}
	return map[string]string{
		"XDG_DATA_HOME":  filepath.Join(path, "data"),
		"XDG_CACHE_HOME": filepath.Join(path, "cache"),
		"XDG_DATA_DIRS":  strings.Join([]string{xdg.DataHome, shared}, ":"),
	}
}

func webviewFolders() []string { return nil }

// endWebview ends WebKit's helpers. They live as long as this process and write
// down once more what they know when it ends, after the folder was wiped.
func endWebview() {
	lists, _ := filepath.Glob("/proc/self/task/*/children")
	for _, list := range lists {
		pids, _ := os.ReadFile(list)
		for _, field := range strings.Fields(string(pids)) {
			pid, err := strconv.Atoi(field)
			name, err2 := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid))
			if err != nil || err2 != nil || !strings.HasPrefix(string(name), "WebKit") {
				continue
			}
			_ = unix.Kill(pid, unix.SIGKILL)
			_, _ = unix.Wait4(pid, nil, 0, nil) // nobody else waits for it: the window's loop is over
		}
	}
}
