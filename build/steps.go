// Steps that must pass, and running them side by side.

package main

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"time"
)

// A step is one thing that must pass. A step that only checks or builds counts
// as one test; one that runs tests says how many of them there were.
type step struct {
	name  string
	needs []string // steps that must have passed before
	after []string // steps that must have ended before, in whatever way
	setup bool     // an installation: it counts only when it fails
	run   func(s shell) (counts, error)
}

// one is a step that passes or fails as a whole.
func one(name string, run func(s shell) error) step {
	return step{name: name, run: func(s shell) (counts, error) {
		if err := run(s); err != nil {
			return counts{}, err
		}
		return counts{passed: 1}, nil
	}}
}

func setup(name string, run func(s shell) error) step {
	st := one(name, run)
	st.setup = true
	return st
}

func (st step) needing(names ...string) step {
	st.needs = append(st.needs, names...)
	return st
}

// following keeps a step back: what it follows has filled the compiler's cache
// for it, or writes the files that it reads.
func (st step) following(names ...string) step {
	st.after = append(st.after, names...)
	return st
}

// An outcome is what became of a step.
type outcome struct {
	step    step
	counts  counts
	err     error
	took    time.Duration
	printed string
	missed  string // the step without which this one could not run
}

func (o outcome) passed() bool { return o.err == nil && o.missed == "" && o.counts.failed == 0 }

// runSteps runs all steps, at most lanes at a time, in their order as far as
// needs and after allow; those name only steps that stand earlier. A failure
// keeps only those steps from running that need it. Each outcome goes to report
// as soon as it is known, one at a time.
func runSteps(s shell, steps []step, lanes int, report func(outcome)) {
	finished := make(chan outcome)
	waiting, done, running := slices.Clone(steps), map[string]outcome{}, 0
	end := func(o outcome) {
		done[o.step.name] = o
		report(o)
	}
	for len(waiting) > 0 || running > 0 {
		waiting = slices.DeleteFunc(waiting, func(st step) bool {
			if blocker := blockedBy(st, done); blocker != "" {
				end(outcome{step: st, counts: counts{skipped: 1}, missed: blocker})
				return true
			}
			if running == lanes || !ready(st, done) {
				return false
			}
			running++
			go func() { finished <- runStep(s, st) }()
			return true
		})
		if running > 0 {
			end(<-finished)
			running--
		}
	}
}

// blockedBy is a step that this one needs and that did not pass, or "".
func blockedBy(st step, done map[string]outcome) string {
	for _, name := range st.needs {
		if o, ended := done[name]; ended && !o.passed() {
			return name
		}
	}
	return ""
}

func ready(st step, done map[string]outcome) bool {
	for _, name := range slices.Concat(st.needs, st.after) {
		if _, ended := done[name]; !ended {
			return false
		}
	}
	return true
}

// errNothing keeps a step from passing that found nothing to do.
var errNothing = errors.New("no test ran")

func runStep(s shell, st step) outcome {
	var printed bytes.Buffer
	s.out = &printed
	start := time.Now()
	c, err := st.run(s)
	if err == nil && c == (counts{}) {
		err = errNothing
	}
	if err != nil && c.failed == 0 {
		c.failed = 1
	}
	return outcome{step: st, counts: c, err: err, took: time.Since(start), printed: strings.TrimSpace(printed.String())}
}
