// Reading the reports of the test runners.

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// counts is how many tests ended in which way.
type counts struct{ passed, failed, skipped int }

func (c *counts) add(other counts) {
	c.passed += other.passed
	c.failed += other.failed
	c.skipped += other.skipped
}

func (c counts) String() string {
	text := fmt.Sprintf("%d passed, %d failed", c.passed, c.failed)
	if c.skipped > 0 {
		text += fmt.Sprintf(", %d skipped", c.skipped)
	}
	return text
}

// goEvent is one line of "go test -json"; see "go doc test2json".
type goEvent struct {
	Action, Package, ImportPath, Test, Output string
}

// goTests keeps what is needed to count and to show what failed.
type goTests struct {
	counts  counts
	printed map[string]map[string][]string // of what has not passed, by package and test
	failed  map[string]bool                // packages with a failed test
	show    io.Writer
}

// readGoTests counts the tests in the output of "go test -json", subtests
// included, and copies to show what the failed and the skipped ones printed. A package that
// fails without a failed test (it does not compile, or its process broke off) counts as
// one, and all that its unfinished tests printed is shown.
func readGoTests(r io.Reader, show io.Writer) (counts, error) {
	t := goTests{printed: map[string]map[string][]string{}, failed: map[string]bool{}, show: show}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e goEvent
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			fmt.Fprintln(show, lines.Text()) // the go command's own complaints are plain text
			continue
		}
		t.read(e)
	}
	return t.counts, lines.Err()
}

func (t *goTests) read(e goEvent) {
	printed := t.printed[e.Package]
	if printed == nil {
		printed = map[string][]string{}
		t.printed[e.Package] = printed
	}
	switch {
	case e.Action == "output":
		printed[e.Test] = append(printed[e.Test], e.Output)
	case e.Action == "build-output":
		fmt.Fprint(t.show, e.Output)
	case e.Action == "fail":
		if e.Test != "" || !t.failed[e.Package] { // else its tests have said it
			t.failed[e.Package] = true
			t.counts.failed++
			t.say(e.Package, e.Test)
		}
		if e.Test == "" {
			delete(printed, "")
			for _, test := range slices.Sorted(maps.Keys(printed)) {
				t.say(e.Package, test) // it was running when the process broke off
			}
		}
	case e.Test != "" && e.Action == "pass":
		t.counts.passed++
		delete(printed, e.Test)
	case e.Test != "" && e.Action == "skip":
		t.counts.skipped++
		t.say(e.Package, e.Test)
	}
}

// say shows, once, what a test printed, or with "" the package itself.
func (t *goTests) say(pkg, test string) {
	fmt.Fprintf(t.show, "--- %s %s\n%s", pkg, test, strings.Join(t.printed[pkg][test], ""))
	delete(t.printed[pkg], test)
}

// vitestReport is the part that we read of what vitest's json reporter writes.
type vitestReport struct {
	TestResults []struct {
		Status           string
		AssertionResults []struct{ Status string }
	}
}

// readVitest counts the tests. A file that could not be loaded has no test of
// its own and counts as one that failed.
func readVitest(data []byte) (counts, error) {
	var report vitestReport
	if err := json.Unmarshal(data, &report); err != nil {
		return counts{}, fmt.Errorf("read vitest's report: %w", err)
	}
	var sum counts
	for _, file := range report.TestResults {
		var c counts
		for _, test := range file.AssertionResults {
			c.addStatus(test.Status)
		}
		if file.Status == "failed" && c.failed == 0 {
			c.failed = 1
		}
		sum.add(c)
	}
	return sum, nil
}

func (c *counts) addStatus(status string) {
	switch {
	case status == "passed":
		c.passed++
	case slices.Contains([]string{"pending", "skipped", "todo", "disabled"}, status):
		c.skipped++
	default:
		c.failed++
	}
}

// readPlaywright counts the tests in what Playwright's json reporter writes.
// One that passed only when it was tried again has failed: we retry nothing.
func readPlaywright(data []byte) (counts, error) {
	var report struct {
		Stats  struct{ Expected, Unexpected, Flaky, Skipped int }
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(data, &report); err != nil {
		return counts{}, fmt.Errorf("read the browser tests' report: %w", err)
	}
	s := report.Stats
	return counts{passed: s.Expected, failed: s.Unexpected + s.Flaky + len(report.Errors), skipped: s.Skipped}, nil
}
