// The task run: from the source code to the app on its demo archive.

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// demoArchive is where the demo data goes, so that a person's own archive is
// never touched by a trial from the source code.
const demoArchive = "build/demo-archive"

// demoSessions is how many sessions the demonstration without a window takes.
const demoSessions = "5000"

// runApp builds the app and opens its window; on a machine without a display it
// does the same job with the command line.
func runApp(root string, _ []string) error {
	s := shell{dir: root, out: os.Stdout}
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return demonstrate(s)
	}
	return openWindow(s)
}

func openWindow(s shell) error {
	app := window()
	err := inOrder(s,
		stage{"system packages", func(s shell) error { return installSystem(s, windowNeeds) }},
		stage{"front-end packages", installNode},
		stage{"bindings", bindings},
		stage{"front end", page},
		stage{"app (the first time takes a few minutes)", app.build},
	)
	if err != nil {
		return err
	}
	fmt.Println("Opening Veridesk. Its archive is in", demoArchive)
	// Ctrl+C is for the app, which closes its archive; we wait until it has.
	signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	return s.run(app.path(s.dir), "--data", filepath.Join(s.dir, demoArchive), "--demo")
}

// demonstrate shows the main job without a window: sessions over HTTP, searches
// from the first letter on, and two spreadsheets in the current folder. It builds
// the command line alone, because a machine without a display has no use for GTK.
func demonstrate(s shell) error {
	fmt.Println("There is no display here, so no window can open. The command line does the same job instead.")
	if err := inOrder(s, stage{"command line (the first time takes a minute)", cliOnly.build}); err != nil {
		return err
	}
	here, err := os.Getwd()
	if err != nil {
		return err
	}
	data := filepath.Join(s.dir, demoArchive)
	commands := [][]string{
		{"sync", "--no-passphrase", "--demo", "--sessions", demoSessions},
		{"search", "--limit", "3", "n"},
		{"search", "--limit", "3", "nin"},
		{"search", "--limit", "3", "nino", "ber"},
		{"search", "--limit", "3", "010"},
		{"export", "--format", "csv", "--force", "--out", filepath.Join(here, "sessions.csv")},
		{"export", "--format", "xlsx", "--force", "--out", filepath.Join(here, "sessions.xlsx")},
	}
	for _, args := range commands {
		fmt.Printf("\n$ veridesk %s\n", strings.Join(args, " "))
		start := time.Now()
		if err := s.run(cliOnly.path(s.dir), append([]string{"--data", data}, args...)...); err != nil {
			return err
		}
		fmt.Printf("(%.2f s)\n", time.Since(start).Seconds())
	}
	fmt.Printf("\nThe archive stays: %s --data %s search TEXT\n", cliOnly.path(s.dir), data)
	return nil
}

// A stage is a part of the way to the app, with the name that is printed.
type stage struct {
	name string
	run  func(s shell) error
}

// inOrder runs stages one after the other, up to the first that fails; only of
// that one is shown what its programs printed.
func inOrder(s shell, stages ...stage) error {
	for _, st := range stages {
		fmt.Printf("-- %s\n", st.name)
		var printed bytes.Buffer
		s.out = &printed
		start := time.Now()
		if err := st.run(s); err != nil {
			fmt.Println(printed.String())
			return err
		}
		fmt.Printf("   %.1f s\n", time.Since(start).Seconds())
	}
	return nil
}
