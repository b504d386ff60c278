// The test runners: how each is started, and where its counts come from.

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
)

// goTest runs Go tests uncached. What a test needs of the system must be there.
func goTest(args ...string) func(s shell) (counts, error) {
	return func(s shell) (counts, error) {
		var events bytes.Buffer
		c := s.with("VERIDESK_TEST_NEEDS=1").command("go", append([]string{"test", "-json", "-count=1"}, args...)...)
		c.Stdout = &events
		err := c.Run()
		n, readErr := readGoTests(&events, s.out)
		if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && n.failed > 0 {
			err = nil // the failed tests say it better
		}
		return n, errors.Join(readErr, err)
	}
}

// random are the tests that break something at a random moment or place (kills,
// damaged bits, two copies at once), most of them in processes of their own: the
// race detector would only make them slow. The others are long because they
// compare much; it sees them too, only shorter.
const (
	random = "Kill|Flip|Reopen|NothingInClear|TwoAtOnce|Crash"
	long   = random + "|LockedWhileWriting|AgreesWith"
)

// atLength repeats what is random or long as often as it takes to trust it, which
// VERIDESK_TEST_ALL asks for.
func atLength(s shell) (counts, error) {
	run := goTest("-run", long, "./backend/archive", "./backend/search", "./backend/store", "./backend/seal", "./backend/media", "./backend/export")
	return run(s.with("VERIDESK_TEST_ALL=1", "CGO_ENABLED=0"))
}

func vitest(s shell) (counts, error) {
	return reported(s, "vitest.json", readVitest, func(s shell, file string) error {
		return s.in("frontend").run("npm", "exec", "--no", "--", "vitest", "run", "--reporter=default", "--reporter=json", "--outputFile.json="+file)
	})
}

func playwright(s shell) (counts, error) {
	return reported(s, "playwright.json", readPlaywright, func(s shell, file string) error {
		s = s.in("frontend").with("PLAYWRIGHT_JSON_OUTPUT_NAME="+file, "FORCE_COLOR=0")
		return s.run("npm", "exec", "--no", "--", "playwright", "test", "--config", "e2e/playwright.config.ts", "--reporter=list,json")
	})
}

// reported runs a test runner that leaves its report in a file, and reads it.
// A runner that fails although no test did is a failure of its own.
func reported(s shell, name string, read func([]byte) (counts, error), run func(s shell, file string) error) (counts, error) {
	dir, err := os.MkdirTemp("", "veridesk-report-")
	if err != nil {
		return counts{}, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, name)
	runErr := run(s, file)
	data, err := os.ReadFile(file)
	if err != nil {
		return counts{}, errors.Join(runErr, err)
	}
	n, err := read(data)
	if n.failed > 0 {
		runErr = nil
	}
	return n, errors.Join(err, runErr)
}
