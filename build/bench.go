// The benchmarks. They are a Go module of their own, so that the app does not
// depend on the databases that it is compared with.

package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
)

const benchFolder = "backend/bench"

// bench measures the app. The program that does it is started from its source,
// so that the other tasks need not compile it before they begin.
func bench(root string, args []string) error {
	if len(args) > 0 && args[0] == "window" {
		return benchWindow(shell{dir: root, out: os.Stdout}, args[1:])
	}
	return shell{dir: root, out: os.Stdout}.in(benchFolder).run("go", append([]string{"run", "."}, args...)...)
}

// benchWindow measures in the window: from a keystroke to the rows that answer it.
func benchWindow(s shell, args []string) error {
	sessions := "100000"
	if len(args) > 0 {
		if len(args) != 2 || args[0] != "--sessions" {
			return fmt.Errorf("bench window takes --sessions N, not %q", args)
		}
		sessions = args[1]
	}
	err := inOrder(s,
		stage{"system packages", func(s shell) error { return installSystem(s, slices.Concat(windowNeeds, testNeeds)) }},
		stage{"front-end packages", installNode},
		stage{"front end", page},
		stage{"app", window().build},
		stage{"app for a browser", browserWindow().build},
	)
	if err != nil {
		return err
	}
	return s.in("frontend").with("VERIDESK_BENCH_SESSIONS="+sessions).
		run("npm", "exec", "--no", "--", "playwright", "test", "--config", "e2e/playwright.bench.config.ts", "--reporter=line")
}

// benchBuilds looks at the benchmark's code, which ./... of the app leaves out.
func benchBuilds(s shell) error {
	s = s.in(benchFolder).with("CGO_ENABLED=0")
	return errors.Join(
		s.run("go", "vet", "./..."),
		s.run("go", "run", linter, "./..."),
		s.run("go", "build", "-o", os.DevNull, "."),
	)
}

// benchAgrees measures so few sessions that it takes seconds: what counts is
// that the app and its peers give the same answers.
func benchAgrees(s shell) (counts, error) {
	return goTest("./...")(s.in(benchFolder).with("CGO_ENABLED=0"))
}
