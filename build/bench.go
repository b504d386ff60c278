// The benchmarks. They are a Go module of their own, so that the app does not
// depend on the databases that it is compared with.

package main

import (
	"errors"
	"os"
)

const benchFolder = "backend/bench"

// bench measures the app. The program that does it is started from its source,
// so that the other tasks need not compile it before they begin.
func bench(root string, args []string) error {
	return shell{dir: root, out: os.Stdout}.in(benchFolder).run("go", append([]string{"run", "."}, args...)...)
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
