// A start of the app, and its memory, in a process of its own: what the benchmark
// itself keeps is not in it.

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
)

// childVariable makes the program a child: it holds the folder of the archive.
const childVariable = "VERIDESK_BENCH_CHILD"

// started is what a child reports. Times count from the moment at which the keys
// are there.
type started struct {
	Rows, Search, Counts time.Duration
	Busy, Idle           resident
}

// starts is how often the archive is opened; the files are in the system's cache.
const starts = 3

// start prints the table of starts.
func (b *bench) start() error {
	var rows, search, counts []time.Duration
	var last started
	for range starts {
		if err := errors.Join(warm(b.dir), b.askChild(childVariable, &last)); err != nil {
			return err
		}
		rows, search, counts = append(rows, last.Rows), append(search, last.Search), append(counts, last.Counts)
	}
	b.title("Start in a process of its own, from the unlocked keys on, files in the cache", "", "p50", "max")
	for _, l := range []struct {
		name  string
		times []time.Duration
	}{{"to the first rows", rows}, {"to the first search", search}, {"to all counts of it", counts}} {
		p50, _, most := quantiles(l.times)
		b.row(l.name, p50, most)
	}
	b.say("memory after %d searches (RSS): %s; idle for %v: %s", len(afterwards), last.Busy, idle, last.Idle)
	return nil
}

// askChild runs this program once more, as the child that the variable makes it, on
// the sealed archive, and reads its report.
func (b *bench) askChild(variable string, report any) error {
	command, err := b.again(variable, filepath.Join(b.dir, sealedDir))
	if err != nil {
		return err
	}
	output, err := command.Output()
	if err != nil {
		return fmt.Errorf("measure in a process of its own: %w", err)
	}
	return json.Unmarshal(output, report)
}

// again is this program once more, as what the variable makes it.
func (b *bench) again(variable, value string) (*exec.Cmd, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	command := exec.CommandContext(b.ctx, program)
	command.Env = append(os.Environ(), variable+"="+value)
	command.Stderr = os.Stderr
	return command, nil
}

// idle is how long a child does nothing before its memory is read.
const idle = 5 * time.Second

// afterwards is what somebody may do after a start.
var afterwards = []idv.Query{
	{Text: "a"}, {Text: "ni"}, {Text: "nino"}, {Text: "010"}, {Text: "be ge"},
	{Filter: idv.Filter{Outcomes: []idv.Outcome{idv.Verified}}},
	{Text: "g", Filter: idv.Filter{Reviewed: []string{idv.ReviewedYes}, Liveness: []string{idv.LivenessPassed}}},
	{Sort: idv.Sort{By: idv.ByLastName, Ascending: true}},
	{Sort: idv.Sort{By: idv.ByPersonalNumber}}, {Sort: idv.Sort{By: idv.ByExtra}},
}

// child opens the archive in a folder, and asks.
func child(ctx context.Context, dir string) (report started, err error) {
	vault, err := keysOf(ctx, dir)
	if err != nil {
		return report, err
	}
	begin := time.Now()
	a, err := openWith(dir, vault)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	for _, step := range []struct {
		query idv.Query
		took  *time.Duration
	}{
		{idv.Query{Limit: pageRows}, &report.Rows},
		{idv.Query{Limit: pageRows, Text: "a"}, &report.Search},
		{idv.Query{Limit: pageRows, Text: "a", Facets: true}, &report.Counts},
	} {
		if _, err := a.Find(ctx, step.query); err != nil {
			return report, err
		}
		*step.took = time.Since(begin)
	}
	if err := work(ctx, a); err != nil {
		return report, err
	}
	report.Busy = residentNow()
	select {
	case <-ctx.Done():
	case <-time.After(idle):
	}
	report.Idle = residentNow()
	return report, nil
}

func work(ctx context.Context, a *archive.Archive) error {
	for _, query := range afterwards {
		query.Limit, query.Facets = pageRows, true
		if _, err := a.Find(ctx, query); err != nil {
			return err
		}
	}
	return nil
}
