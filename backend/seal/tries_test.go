package seal

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"veridesk/backend/disk"
)

// Passphrases are the same however a keyboard composes them, and may be of any
// bytes and length; every byte of them counts.
func TestPassphrases(t *testing.T) {
	long := strings.Repeat("long ", 20_000)
	for made, typed := range map[string]string{
		"na\u00efve":     "nai\u0308ve",
		"\uff21\ufb01":   "Afi",
		"\xff\x00\xfe\n": "\xff\x00\xfe\n",
		long:             long,
		"პაროლი":         "პაროლი",
	} {
		w := newWorld(t, usual(made))
		w.opens(w.with(typed))
		w.refuses(w.with(typed+"x"), ErrWrong)
		w.refuses(w.with("x"+typed[1:]), ErrWrong)
	}
}

// The pause grows with each failure, outlives the app, does not count what is no
// try, and ends with a success.
func TestPause(t *testing.T) {
	w := newWorld(t, usual("open sesame"))
	for range 4 {
		w.refuses(w.with("wrong"), ErrWrong)
	}
	w.keys = cheapKeys(w.dir, w.clock) // the app starts again
	for range 4 {
		w.refuses(w.with("wrong"), ErrWrong)
	}
	want := []time.Duration{1, 2, 4, 8, 16, 30, 30}
	for i := range want {
		want[i] *= time.Second
	}
	if !equal(w.clock.slept, want) {
		t.Fatal(w.clock.slept)
	}
	w.refuses(Secrets{}, ErrSecrets)
	w.put(triesName, make([]byte, triesSize)) // someone puts the count back
	state, err := w.keys.Inspect()
	if err != nil || state.Failures != 8 || state.Pause != 30*time.Second {
		t.Fatal(state, err)
	}
	w.clock.now = w.clock.now.Add(-time.Hour)
	if state, _ := w.keys.Inspect(); state.Pause != 30*time.Second {
		t.Fatal("a clock set back:", state.Pause)
	}
	w.clock.now = w.clock.now.Add(time.Hour + 29*time.Second)
	if state, _ := w.keys.Inspect(); state.Pause != time.Second {
		t.Fatal(state.Pause)
	}
	w.opens(w.with("open sesame"))
	if state, _ := w.keys.Inspect(); state.Failures != 0 || state.Pause != 0 {
		t.Fatal(state)
	}
	wantFiles(t, w.dir, "keys.a", "keys.b")
}

func equal[T comparable](a, b []T) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// While one waits, Inspect tells how long.
func TestInspectWhileWaiting(t *testing.T) {
	w := newWorld(t, usual("open sesame"))
	w.refuses(w.with("wrong"), ErrWrong)
	asked := false
	w.clock.asleep = func() {
		state, err := w.keys.Inspect()
		if asked = true; err != nil || state.Pause != time.Second {
			t.Error(state, err)
		}
	}
	w.opens(w.with("open sesame"))
	if !asked {
		t.Fatal("there was no pause")
	}
}

// A try that is given up while it waits does not count, and opens nothing.
func TestPauseCancelled(t *testing.T) {
	w := newWorld(t, usual("open sesame"))
	w.refuses(w.with("wrong"), ErrWrong)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.keys.Unlock(ctx, w.with("open sesame")); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if state, _ := w.keys.Inspect(); state.Failures != 1 {
		t.Fatal(state.Failures)
	}
	if err := (systemClock{}).Sleep(ctx, time.Hour); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

// A disk that cannot be written holds the pause in memory and still unlocks.
func TestUnlockWithoutWriting(t *testing.T) {
	w := newWorld(t, usual("open sesame"))
	w.keys.write = func(string, []byte) error { return errDiskFull }
	w.put("keys.a", []byte("rubbish"))
	w.refuses(w.with("wrong"), ErrWrong)
	w.refuses(w.with("wrong"), ErrWrong)
	if !equal(w.clock.slept, []time.Duration{time.Second}) {
		t.Fatal(w.clock.slept)
	}
	w.opens(w.with("open sesame"))
	if w.conditions() != [2]Condition{Damaged, Good} {
		t.Fatal(w.conditions())
	}
}

// A try counts from its beginning: ending the app in the middle does not undo it.
func TestTryCountsAtOnce(t *testing.T) {
	w := newWorld(t, usual("open sesame"))
	w.keys.write = func(path string, data []byte) error {
		_ = disk.WriteFile(path, data)
		panic("the app ends")
	}
	func() {
		defer func() { _ = recover() }()
		_, _ = w.keys.Unlock(t.Context(), w.with("wrong"))
	}()
	if state, err := cheapKeys(w.dir, w.clock).Inspect(); err != nil || state.Failures != 1 || state.Pause != time.Second {
		t.Fatal(state, err)
	}
}
