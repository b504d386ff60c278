// Command bench measures the archive on this machine: sync, search, export and
// unlocking, each beside peers that do the same job, or the least that could be
// done, in the same run. It prints ratios next to times, because times differ
// from machine to machine.
//
//	go run ./build bench [sync|search|export|unlock] [--sessions 100000] [--seed 1] [--tries 300]
//
// Search alone, with no number given, is measured with 10,000, 100,000 and
// 1,000,000 sessions.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"text/tabwriter"

	"github.com/spf13/pflag"

	"veridesk/backend/demo"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	is, err := isChild(ctx)
	if !is {
		err = run(ctx, os.Args[1:], os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// isChild does what this process was started for by another one of this program, if
// it was.
func isChild(ctx context.Context) (is bool, err error) {
	if options := os.Getenv(portalVariable); options != "" {
		return true, servePortal(options, os.Stdin, os.Stdout)
	}
	if dir := os.Getenv(apartVariable); dir != "" {
		return true, serveApart(ctx, dir, os.Stdin, os.Stdout)
	}
	var report any
	if dir := os.Getenv(childVariable); dir != "" {
		report, err = child(ctx, dir)
	} else if dir := os.Getenv(changesVariable); dir != "" {
		report, err = measureChanges(ctx, dir)
	} else {
		return false, nil
	}
	if err != nil {
		return true, err
	}
	return true, json.NewEncoder(os.Stdout).Encode(report)
}

// bench is one run over the sessions of a demo portal.
type bench struct {
	ctx    context.Context
	dir    string // everything that is made lies in here
	demo   demo.Options
	tries  int // how often each kind of question is asked
	portal *portal
	fills  map[string]fill // by the archive's folder, see filled
	out    *tabwriter.Writer
}

// measurements are what can be asked for, in the order in which they run.
var measurements = []struct {
	name string
	run  func(*bench) error
}{
	{"sync", (*bench).sync}, {"search", (*bench).search}, {"export", (*bench).export}, {"unlock", (*bench).unlock},
}

// searched are the archives that search alone is measured with.
var searched = []int{10_000, 100_000, 1_000_000}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := pflag.NewFlagSet("bench", pflag.ContinueOnError)
	sessions := flags.Int("sessions", 100_000, "how many sessions")
	seed := flags.Int64("seed", demo.DefaultSeed, "which sessions")
	tries := flags.Int("tries", 300, "how many searches of each kind")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if err := known(flags.Args()); err != nil {
		return err
	}
	sizes := []int{*sessions}
	if slices.Equal(flags.Args(), []string{"search"}) && !flags.Changed("sessions") {
		sizes = searched
	}
	for _, sessions := range sizes {
		b := &bench{
			ctx: ctx, tries: max(1, *tries), demo: demo.Options{Sessions: sessions, Seed: *seed, Key: demo.DefaultKey},
			fills: map[string]fill{}, out: tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight),
		}
		if err := b.measure(flags.Args()); err != nil {
			return err
		}
	}
	return nil
}

// measure makes what is wanted, or everything.
func (b *bench) measure(wanted []string) (err error) {
	if b.dir, err = os.MkdirTemp("", "veridesk-bench-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.dir)) }()
	if b.portal, err = b.startPortal(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.portal.stop()) }()
	b.say("%d demo sessions, seed %d, %s/%s, %d cores", b.demo.Sessions, b.demo.Seed, runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	for _, m := range measurements {
		if len(wanted) > 0 && !slices.Contains(wanted, m.name) {
			continue
		}
		if err := m.run(b); err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
	}
	return nil
}

// known refuses what cannot be measured.
func known(wanted []string) error {
	var names []string
	for _, m := range measurements {
		names = append(names, m.name)
	}
	for _, name := range wanted {
		if !slices.Contains(names, name) {
			return fmt.Errorf("there is no bench %q; there are %v", name, names)
		}
	}
	return nil
}
