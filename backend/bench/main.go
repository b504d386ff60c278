// Command bench measures the archive on this machine: sync, search, export and
// unlocking, each beside a plain peer that does the least that could be done and
// beside the same archive unsealed, in the same run. It prints ratios next to
// times, because times differ from machine to machine.
//
//	go run ./build bench [search|sync|export|unlock] [--sessions 100000] [--seed 1]
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/spf13/pflag"

	"veridesk/backend/archive"
	"veridesk/backend/demo"
	"veridesk/backend/seal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench is one run: the demo portal's sessions in an archive of their own, and in
// another that is not sealed.
type bench struct {
	ctx     context.Context
	dir     string
	demo    demo.Options
	portal  *demo.Server
	archive *archive.Archive // sealed, protected by passphrase
	clear   *archive.Archive
	out     *tabwriter.Writer
}

// The folders of the two archives.
const (
	sealedDir = "sealed"
	clearDir  = "clear"
)

var passphrase = []byte("a passphrase for the benchmark")

// noKeychain leaves the user's keychain alone.
func noKeychain() (seal.Keychain, error) { return nil, seal.ErrNoKeychain }

// options are those of every archive here.
func options() archive.Options { return archive.Options{Keychain: noKeychain} }

// open makes the two archives. The returned function closes them.
func (b *bench) open() (func() error, error) {
	sealed, _, err := archive.Create(filepath.Join(b.dir, sealedDir), archive.Protect{Passphrase: passphrase}, options())
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(b.dir, clearDir)
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, errors.Join(err, sealed.Close())
	}
	vault, _, err := seal.NewKeys(dir, nil).Create(seal.Secrets{Demo: true}, seal.Params{})
	if err != nil {
		return nil, errors.Join(err, sealed.Close())
	}
	b.archive = sealed
	if b.clear, err = archive.OpenWith(dir, clearKeys{vault}, options()); err != nil {
		return nil, errors.Join(err, sealed.Close())
	}
	return func() error { return errors.Join(b.archive.Close(), b.clear.Close()) }, nil
}

var benches = []string{"sync", "search", "export", "unlock"}

func run(ctx context.Context) (err error) {
	sessions := pflag.Int("sessions", 100_000, "how many sessions")
	seed := pflag.Int64("seed", demo.DefaultSeed, "which sessions")
	pflag.Parse()
	wanted := pflag.Args()
	for _, name := range wanted {
		if !slices.Contains(benches, name) {
			return fmt.Errorf("there is no bench %q; there are %v", name, benches)
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
	closeBoth, err := b.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeBoth()) }()
	fmt.Printf("%d demo sessions, seed %d, %s/%s, %d cores\n", *sessions, *seed, runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	if len(wanted) == 0 {
		wanted = benches
	}
	if err := b.sync(slices.Contains(wanted, "sync")); err != nil {
		return err
	}
	for _, bench := range []struct {
		name string
		run  func() error
	}{{"search", b.search}, {"export", b.export}, {"unlock", b.unlock}} {
		if slices.Contains(wanted, bench.name) {
			if err := bench.run(); err != nil {
				return err
			}
		}
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
