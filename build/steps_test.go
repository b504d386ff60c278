package main

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// runAndReport runs steps and hands back what the terminal showed.
func runAndReport(steps []step, lanes int) (text string, err error) {
	var out bytes.Buffer
	r := report{out: &out}
	runSteps(shell{}, steps, lanes, r.add)
	err = r.close()
	return out.String(), err
}

func passes(shell) error { return nil }

func TestAFailureKeepsOnlyWhatNeedsItFromRunning(t *testing.T) {
	fails := func(s shell) error {
		fmt.Fprintln(s.out, "line 7: 3 passed, 0 failed")
		return errors.New("exit status 2")
	}
	text, err := runAndReport([]step{
		one("a", fails),
		one("b", passes).needing("a"),
		one("c", passes).needing("b"),
		one("d", passes).following("a"),
		one("e", passes),
	}, 2)
	if !errors.Is(err, errFailed) {
		t.Errorf("err = %v", err)
	}
	if !strings.HasSuffix(text, "\ntests: 2 passed, 1 failed, 2 skipped\n") {
		t.Errorf("closing line: %s", text)
	}
	for _, want := range []string{"    | line 7: 3 passed, 0 failed\n    | exit status 2\n", "c, because this did not pass: b"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in:\n%s", want, text)
		}
	}
	closing := regexp.MustCompile(`(?m)^(\w+: )?\d+ passed, \d+ failed(, \d+ skipped)?$`)
	if n := len(closing.FindAllString(text, -1)); n != 1 {
		t.Errorf("%d closing lines in:\n%s", n, text)
	}
}

func TestStepsRunInOrderAndNotMoreThanLanes(t *testing.T) {
	var now, most atomic.Int32
	var order []string
	var steps []step
	for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
		st := one(name, func(shell) error {
			most.Store(max(most.Load(), now.Add(1)))
			now.Add(-1)
			return nil
		})
		if name == "f" {
			st = st.following("a", "b", "c", "d", "e")
		}
		steps = append(steps, st)
	}
	runSteps(shell{}, steps, 2, func(o outcome) { order = append(order, o.step.name) })
	if len(order) != 6 || order[5] != "f" {
		t.Errorf("ended in the order %v", order)
	}
	if most.Load() > 2 {
		t.Errorf("%d ran at once", most.Load())
	}
}

func TestRunningNothingIsAFailure(t *testing.T) {
	nothing := step{name: "tests", run: func(shell) (counts, error) { return counts{}, nil }}
	if text, err := runAndReport([]step{nothing}, 1); err == nil {
		t.Errorf("no failure in:\n%s", text)
	}
}

func TestAnInstallationCountsOnlyWhenItFails(t *testing.T) {
	text, err := runAndReport([]step{setup("packages", passes), one("vet", passes)}, 1)
	if err != nil || !strings.HasSuffix(text, "\ntests: 1 passed, 0 failed\n") {
		t.Errorf("%v:\n%s", err, text)
	}
}

// runSteps waits for ever for a step that stands later or does not exist.
func TestStepsNameOnlyEarlierSteps(t *testing.T) {
	var earlier []string
	for _, st := range testSteps() {
		for _, name := range slices.Concat(st.needs, st.after) {
			if !slices.Contains(earlier, name) {
				t.Errorf("%q waits for %q, which does not stand before it", st.name, name)
			}
		}
		earlier = append(earlier, st.name)
	}
}
