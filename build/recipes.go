// How each thing that the project generates is made.

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// resources makes Windows' icon, manifest and version resource. It is no
// dependency of the app, so it is run at a version and not kept in go.mod.
const resources = "github.com/tc-hib/go-winres@v0.3.3"

const bindingsFolder = "frontend/wailsjs"

// A binary is one way to build the app. Release flags such as -trimpath are
// left out: they would compile every package a second time.
type binary struct {
	out, tags, ldflags string
	env                []string
}

var (
	// cliOnly is the command line alone: no window, no C compiler, no GTK.
	cliOnly = binary{out: "veridesk-cli", env: []string{"CGO_ENABLED=0"}}
	// windowsWindow is the Windows app, from any system.
	windowsWindow = binary{
		out: "veridesk.exe", tags: "desktop,production,wv2runtime.embed", ldflags: "-s -w -H windowsgui",
		env: []string{"GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0"},
	}
)

// window is the app as users get it, for the system that this runs on.
func window() binary {
	b := binary{out: "veridesk", tags: "desktop,production", ldflags: "-s -w"}
	switch runtime.GOOS {
	case "linux":
		b.tags += ",webkit2_41"
	case "darwin":
		b.env = []string{"CGO_ENABLED=1", "CGO_CFLAGS=-mmacosx-version-min=12.0", "CGO_LDFLAGS=-framework UniformTypeIdentifiers -mmacosx-version-min=12.0"}
	case "windows":
		return windowsWindow
	}
	return b
}

// browserWindow is the window whose page a browser can open too. It takes calls
// from any page, so it is for tests only and never leaves this machine.
func browserWindow() binary {
	b := window()
	b.out, b.ldflags = "veridesk-dev", ""
	b.tags = strings.Replace(b.tags, "desktop,production", "dev", 1)
	return b
}

func (b binary) path(root string) string {
	name := b.out
	if runtime.GOOS == "windows" && filepath.Ext(name) == "" {
		name += ".exe"
	}
	return filepath.Join(root, "build", "bin", name)
}

func (b binary) build(s shell) error {
	if strings.HasPrefix(b.tags, windowsWindow.tags) {
		err := s.run("go", "run", resources, "make", "--in", "build/windows/winres.json", "--arch", "amd64", "--out", "rsrc")
		if err != nil {
			return err
		}
	}
	args := []string{"build", "-o", b.path(s.dir)}
	if b.tags != "" {
		args = append(args, "-tags", b.tags)
	}
	if b.ldflags != "" {
		args = append(args, "-ldflags", b.ldflags)
	}
	return s.with(b.env...).run("go", append(args, ".")...)
}

// bindings writes the front end's TypeScript for the methods of app.go.
func bindings(s shell) error {
	return s.with("CGO_ENABLED=0").run("go", "run", "-tags", "bindings", ".")
}

// bindingsUpToDate writes the bindings and fails when that changed any: the
// committed ones are then not those of the code.
func bindingsUpToDate(s shell) error {
	folder := filepath.Join(s.dir, bindingsFolder)
	before, err := contents(folder)
	if err != nil {
		return err
	}
	if err := bindings(s); err != nil {
		return err
	}
	after, err := contents(folder)
	if err != nil {
		return err
	}
	return compare(before, after)
}

func compare(before, after map[string][]byte) error {
	var changed []error
	for name, data := range after {
		if old, ok := before[name]; !ok || !bytes.Equal(old, data) {
			changed = append(changed, fmt.Errorf("%s/%s was not up to date: commit it as it is now", bindingsFolder, name))
		}
	}
	return errors.Join(changed...)
}

// contents reads every file below a folder; a folder that is not there is empty.
func contents(folder string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		files[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return files, nil
	}
	return files, err
}

// page makes frontend/dist, which the binaries embed.
func page(s shell) error {
	return s.in("frontend").run("npm", "run", "build")
}
