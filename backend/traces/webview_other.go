//go:build !linux && !darwin

package traces

// WebView2, on Windows, is told its folder by the window's options.
func webviewEnv(string) map[string]string { return nil }

func webviewFolders() []string { return nil }

// endWebview has nothing to do: the web view ends with its window.
func endWebview() {}
