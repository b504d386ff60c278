// What must pass, in which order, and what of it a commit is checked with.

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// linter is run at a version and not kept in go.mod: it is no part of the app.
const linter = "honnef.co/go/tools/cmd/staticcheck@v0.8.1"

// The names of the steps that others need.
const (
	packages   = "system packages"
	nodes      = "front-end packages"
	generated  = "generated bindings are up to date"
	dist       = "front end builds"
	appBuilds  = "window builds"
	devBuilds  = "window for browser tests builds"
	windowsVet = "go vet for Windows"
	benchCode  = "benchmark builds"
)

// testAll is the whole of what must pass.
func testAll(root string, _ []string) error {
	return runAll(root, testSteps())
}

// check is what to run before a commit: it takes seconds once caches are warm.
func check(root string, _ []string) error {
	steps := append([]step{setup(nodes, installNode)}, codeSteps()...)
	return runAll(root, append(steps, step{name: "packages import only from lower floors", run: goTest("./backend")}))
}

func runAll(root string, steps []step) error {
	r := report{out: os.Stdout, start: time.Now()}
	// One lane more than there are cores: at first the steps wait for the network.
	runSteps(shell{dir: root}, steps, runtime.NumCPU()+1, r.add)
	return r.close()
}

func testSteps() []step {
	steps := []step{
		setup(packages, func(s shell) error { return installSystem(s, slices.Concat(windowNeeds, testNeeds)) }),
		setup(nodes, installNode),
	}
	steps = append(steps, codeSteps()...)
	steps = append(steps,
		step{name: "front-end tests", run: vitest}.needing(nodes).following(generated),
		one(dist, page).needing(nodes).following(generated),
		step{name: "Go tests", run: goTest(append(race(), "-skip", random, "./backend/...", "./build", ".")...)}.needing(packages),
		step{name: "Go tests at length", run: atLength}.needing(packages).following("Go tests"),
		step{name: "benchmark's answers agree", run: benchAgrees}.following(benchCode, "Go tests at length"),
		one("command line builds without cgo", cliOnly.build).following(generated),
		one(appBuilds, window().build).needing(packages, dist),
		one(devBuilds, browserWindow().build).needing(packages, dist).following(appBuilds),
		one("Windows executable builds", windowsWindow.build).needing(dist).following(windowsVet),
	)
	// The app is driven alone on the machine, even when a check has failed.
	last := step{name: "end-to-end tests", run: playwright}.needing(nodes, appBuilds, devBuilds)
	for _, st := range steps {
		last = last.following(st.name)
	}
	return append(steps, last)
}

// codeSteps look at the code without running it. Those for Go leave cgo out, so
// that they share the compiler's cache with each other and the plain build.
func codeSteps() []step {
	plain := func(args ...string) func(s shell) error {
		return func(s shell) error { return s.with("CGO_ENABLED=0").run("go", args...) }
	}
	vetFor := func(system string, args ...string) func(s shell) error {
		return func(s shell) error { return plain(append([]string{"vet"}, args...)...)(s.with("GOOS=" + system)) }
	}
	return []step{
		one(generated, bindingsUpToDate),
		one("Go code is formatted", formatted),
		one("go vet", plain("vet", "./...")).following(generated),
		one(windowsVet, vetFor("windows", "-tags", "desktop,production", "./...")),
		one("go vet for macOS", vetFor("darwin", "./...")),
		one("staticcheck", plain("run", linter, "./...")).following("go vet"),
		one(benchCode, benchBuilds).following("staticcheck"),
		one("front-end types", types).needing(nodes).following(generated),
	}
}

// race is the flag of the race detector, which needs a C compiler: there is none
// on Windows as a rule.
func race() []string {
	if runtime.GOOS == "windows" {
		return nil
	}
	return []string{"-race"}
}

func types(s shell) error {
	front := s.in("frontend")
	return errors.Join(front.run("npm", "run", "check"), front.run("npm", "exec", "--no", "--", "tsc", "-p", "e2e"))
}

func formatted(s shell) error {
	var list strings.Builder
	files, err := filepath.Glob(filepath.Join(s.dir, "*.go"))
	if err != nil {
		return err
	}
	out := s.out
	s.out = &list
	err = s.run("gofmt", append([]string{"-l", "backend", "build"}, files...)...)
	fmt.Fprint(out, list.String())
	if err == nil && list.Len() > 0 {
		err = errors.New("these files are not formatted: run gofmt -w on them")
	}
	return err
}
