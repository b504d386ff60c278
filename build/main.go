// Command build is Veridesk's task program. It does the same on Linux, macOS
// and Windows, and needs only Go and Node:
//
//	go run ./build run      install what is missing, build, open the demo archive
//	go run ./build test     everything that must pass
//	go run ./build check    the quick part of it, before a commit
//	go run ./build bench    measure: [sync|search|export|unlock|window] [--sessions 100000]
//
// The Go that go.mod asks for is looked after by the go command itself.
package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// A task is one word after "go run ./build".
type task struct {
	name, does string
	run        func(root string, args []string) error
}

var tasks = []task{
	{"run", "install what is missing, build the app and open it on a demo archive", runApp},
	{"test", "install what the tests need and run everything that must pass", testAll},
	{"check", "format, vet, staticcheck, floors, bindings and types", check},
	{"bench", "measure beside peers: [sync|search|export|unlock|window] [--sessions 100000]", bench},
}

// errFailed ends a task that has already said on the terminal what failed.
var errFailed = errors.New("failed")

func main() {
	err := do(os.Args[1:])
	if err != nil && !errors.Is(err, errFailed) {
		fmt.Fprintln(os.Stderr, "build:", err)
	}
	if err != nil {
		os.Exit(1)
	}
}

func do(args []string) error {
	root, err := projectRoot()
	if err != nil {
		return err
	}
	for _, t := range tasks {
		if len(args) > 0 && args[0] == t.name {
			return t.run(root, args[1:])
		}
	}
	fmt.Fprintln(os.Stderr, "usage: go run ./build TASK")
	for _, t := range tasks {
		fmt.Fprintf(os.Stderr, "  %-6s %s\n", t.name, t.does)
	}
	return errFailed
}

// projectRoot is the nearest folder upwards that holds wails.json, so that a task
// can be started from anywhere in the project. The benchmark has a go.mod too.
func projectRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		_, err := os.Stat(filepath.Join(dir, "wails.json"))
		if err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if !errors.Is(err, fs.ErrNotExist) || up == dir {
			return "", fmt.Errorf("find the project: %w", err)
		}
		dir = up
	}
}
