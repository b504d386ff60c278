// Command bench measures the archive on this machine: sync, search and export,
// each beside a plain peer that does the least that could be done, in the same
// run. It prints ratios next to times, because times differ from machine to
// machine.
//
//	go run ./build bench [search|sync|export] [--sessions 100000] [--seed 1]
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/spf13/pflag"

	"veridesk/backend/archive"
	"veridesk/backend/demo"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench is one run: the demo portal's sessions in an archive of their own.
type bench struct {
	ctx     context.Context
	dir     string
	demo    demo.Options
	portal  *demo.Server
	archive *archive.Archive
	out     *tabwriter.Writer
}

func run(ctx context.Context) (err error) {
	sessions := pflag.Int("sessions", 100_000, "how many sessions")
	seed := pflag.Int64("seed", demo.DefaultSeed, "which sessions")
	pflag.Parse()
	wanted := pflag.Args()
	for _, name := range wanted {
		if !slices.Contains([]string{"sync", "search", "export"}, name) {
			return fmt.Errorf("there is no bench %q; there are search, sync and export", name)
		}
	}
	b := &bench{ctx: ctx, demo: demo.Options{Sessions: *sessions, Seed: *seed, Key: demo.DefaultKey}}
	b.out = tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	if b.dir, err = os.MkdirTemp("", "veridesk-bench-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.dir)) }()
	if b.portal, err = demo.Listen("127.0.0.1:0", b.demo); err != nil {
		return err
	}
	defer b.portal.Close()
	if b.archive, err = archive.Open(b.dir, archive.Options{}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.archive.Close()) }()
	fmt.Printf("%d demo sessions, seed %d, %s/%s, %d cores\n", *sessions, *seed, runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	all := len(wanted) == 0
	if err := b.sync(all || slices.Contains(wanted, "sync")); err != nil {
		return err
	}
	if all || slices.Contains(wanted, "search") {
		if err := b.search(); err != nil {
			return err
		}
	}
	if all || slices.Contains(wanted, "export") {
		return b.export()
	}
	return nil
}

// row prints one line of a table.
func (b *bench) row(cells ...any) {
	for _, cell := range cells {
		switch v := cell.(type) {
		case time.Duration:
			fmt.Fprintf(b.out, "%.2f ms\t", float64(v.Microseconds())/1000)
		case float64:
			fmt.Fprintf(b.out, "%.2f\t", v)
		default:
			fmt.Fprintf(b.out, "%v\t", v)
		}
	}
	fmt.Fprintln(b.out)
}

// title begins a table.
func (b *bench) title(text string, cells ...any) {
	b.out.Flush()
	fmt.Printf("\n%s\n", text)
	b.row(cells...)
}

// quantiles sorts times and gives their median, 95th percentile and maximum.
func quantiles(times []time.Duration) (p50, p95, most time.Duration) {
	slices.Sort(times)
	return times[len(times)/2], times[len(times)*95/100], times[len(times)-1]
}

func perSecond(n int, took time.Duration) int { return int(float64(n) / took.Seconds()) }
