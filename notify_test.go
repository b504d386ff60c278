package main

import (
	"errors"
	"strings"
	"testing"

	"veridesk/backend/idv"
)

// board notes what it is asked to show, and then fails.
type board struct {
	fails func() error
	shown chan string
}

func (b *board) Show(title, text string) error {
	b.shown <- title + "|" + text
	return b.fails()
}

func (b *board) Close() {}

// TestNotifyHoldsNobodyUp: whatever the system does with a notification, the call
// comes back and the app goes on.
func TestNotifyHoldsNobodyUp(t *testing.T) {
	a := protected(t)
	never := make(chan struct{})
	defer close(never)
	for _, fails := range []func() error{
		func() error { return nil },
		func() error { return errors.New("nothing shows any") },
		func() error { panic("oh") },
		func() error { <-never; return nil },
	} {
		b := &board{fails: fails, shown: make(chan string, 1)}
		a.notifier = b
		a.Notify("12 sessions exported", strings.Repeat("ა", 201))
		if got := <-b.shown; got != "12 sessions exported|"+strings.Repeat("ა", 200) {
			t.Errorf("shown: %s", got)
		}
	}
	if _, err := a.Find(idv.Query{}); err != nil {
		t.Errorf("after all of them: %v", err)
	}
}
