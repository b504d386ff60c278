package traces

import (
	"os"
	"path/filepath"
)

// bundleID is the app's name in build/darwin/Info.plist.
const bundleID = "org.veridesk.Veridesk"

func webviewEnv(string) map[string]string { return nil }

// webviewFolders are where WebKit keeps an app's data: under its bundle's name,
// or under the program's where it runs outside a bundle.
func webviewFolders() []string {
	home, err := os.UserHomeDir()
	if err != nil {
		return nil
	}
	var folders []string
	for _, name := range []string{bundleID, "veridesk"} {
		folders = append(folders, filepath.Join(home, "Library", "Caches", name), filepath.Join(home, "Library", "WebKit", name))
	}
	return folders
}

// endWebview has nothing to do: the web view ends with its window.
func endWebview() {}
