package archive_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"veridesk/backend/archive"
	"veridesk/backend/seal"
)

// What the parent tells the child of TestKill.
const (
	crashDir   = "VERIDESK_ARCHIVE_CRASH_DIR"
	crashURL   = "VERIDESK_ARCHIVE_CRASH_URL"
	crashFirst = "VERIDESK_ARCHIVE_CRASH_FIRST" // the step to begin with
	crashNth   = "VERIDESK_ARCHIVE_CRASH_NTH"   // of the passphrases, which opens the archive; "" it is a demo
)

// TestCrashWorker is the child of TestKill: it goes round the steps until it is
// killed, and says what begins and what is done.
func TestCrashWorker(t *testing.T) {
	dir := os.Getenv(crashDir)
	if dir == "" {
		t.Skip("runs as the child of TestKill")
	}
	w := newWorker(dir, os.Getenv(crashURL), os.Getenv(crashNth), func(line string) { fmt.Println(line) })
	defer w.Close()
	if err := w.unlock(); err != nil {
		t.Fatal(err)
	}
	at := slices.Index(w.steps(), os.Getenv(crashFirst))
	for n := max(0, at); ; n++ {
		if err := w.step(w.steps()[n%len(w.steps())]); err != nil {
			t.Fatal(err)
		}
	}
}

// worker works on an archive as a user does. It says each thing that begins and
// each that is acknowledged.
type worker struct {
	*archive.Safe
	url string
	nth int // of the passphrases, which opens the archive; -1 it is a demo
	say func(string)
}

func newWorker(dir, url, nth string, say func(string)) *worker {
	w := &worker{url: url, nth: -1, say: say}
	if nth != "" {
		w.nth, _ = strconv.Atoi(nth)
	}
	moved := func(s archive.Status) { say(fmt.Sprint("kept ", s.Total)) }
	w.Safe = archive.NewSafe(dir, crashOptions(moved), func(archive.LockState) {}, func(archive.JobStates) {})
	return w
}

// crashOptions are without a keychain, which would outlive the test.
func crashOptions(moved func(archive.Status)) archive.Options {
	return archive.Options{
		Params: seal.FloorParams(), Moved: moved,
		Keychain: func() (seal.Keychain, error) { return nil, seal.ErrNoKeychain },
	}
}

// nthPassphrase is nil for a demo.
func nthPassphrase(n int) []byte {
	if n < 0 {
		return nil
	}
	return fmt.Append(nil, "passphrase number ", n)
}

func (w *worker) unlock() error { return w.Unlock(context.Background(), nthPassphrase(w.nth)) }

// Sessions come in rounds; of each the first few are erased.
const (
	crashRound = 24
	crashErase = 4
	crashPage  = 8
)

// steps are what the worker does, in turn.
func (w *worker) steps() []string {
	steps := []string{"sync", "photos", "erase", "lock"}
	if w.nth >= 0 {
		steps = append(steps, "passphrase", "code")
	}
	return steps
}

func (w *worker) step(name string) error {
	w.say("begin " + name)
	err := map[string]func() error{
		"sync": w.sync, "photos": w.photos, "erase": w.erase, "lock": w.relock, "passphrase": w.passphrase, "code": w.code,
	}[name]()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	w.say("done " + name)
	return nil
}

func (w *worker) sync() error {
	response, err := http.Get(w.url + growPath + strconv.Itoa(crashRound))
	if err != nil {
		return err
	}
	response.Body.Close()
	return w.With(func(ctx context.Context, a *archive.Archive) error {
		_, err := a.SyncFrom(ctx, archive.Origin{Kind: archive.OriginPortal, Address: w.url}, portalKey, nil)
		return err
	})
}

func (w *worker) photos() error {
	return w.With(func(ctx context.Context, a *archive.Archive) error {
		total := a.Status().Total
		if _, err := a.FetchPhotos(ctx, nil); err != nil {
			return err
		}
		w.say(fmt.Sprint("photos ", total))
		return nil
	})
}

// erase gives up some sessions of the last round.
func (w *worker) erase() error {
	return w.With(func(ctx context.Context, a *archive.Archive) error {
		first := max(0, a.Status().Total/crashRound-1) * crashRound
		var ids []string
		for n := range crashErase {
			ids = append(ids, sessionID(first+n))
		}
		w.say("erasing " + strings.Join(ids, " "))
		if _, err := a.Erase(ctx, ids, nil); err != nil {
			return err
		}
		w.say("erased " + strings.Join(ids, " "))
		return nil
	})
}

func (w *worker) relock() error {
	w.Lock(archive.ByHand)
	return w.unlock()
}

func (w *worker) passphrase() error {
	return w.With(func(ctx context.Context, a *archive.Archive) error {
		w.say(fmt.Sprint("to ", w.nth+1))
		if err := a.ChangePassphrase(ctx, nthPassphrase(w.nth), nthPassphrase(w.nth+1)); err != nil {
			return err
		}
		w.nth++
		w.say(fmt.Sprint("at ", w.nth))
		return nil
	})
}

func (w *worker) code() error {
	return w.With(func(ctx context.Context, a *archive.Archive) error {
		w.say("newcode")
		code, err := a.NewRecoveryCode(ctx, nthPassphrase(w.nth))
		if err != nil {
			return err
		}
		w.say("code " + code.Text())
		return nil
	})
}
