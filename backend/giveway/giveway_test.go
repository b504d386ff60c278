package giveway_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"veridesk/backend/giveway"
)

// given is how long Give waits.
func given(w *giveway.Way) time.Duration {
	begin := time.Now()
	w.Give()
	return time.Since(begin)
}

func TestNobodyAsks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &giveway.Way{}
		w.Take()()
		if took := given(w); took != 0 {
			t.Errorf("waited for %v", took)
		}
		(*giveway.Way)(nil).Take()()
		(*giveway.Way)(nil).Give()
	})
}

// The background waits for all who ask, and no longer.
func TestStandsStill(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &giveway.Way{}
		first, second := w.Take(), w.Take()
		time.AfterFunc(3*time.Millisecond, first)
		time.AfterFunc(7*time.Millisecond, second)
		var work sync.WaitGroup
		for range 3 {
			work.Go(func() {
				if took := given(w); took != 7*time.Millisecond {
					t.Errorf("waited for %v", took)
				}
			})
		}
		work.Wait()
	})
}

// A question that takes long, or waits for the background itself, does not stop it.
func TestPatienceEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &giveway.Way{}
		done := w.Take()
		if took := given(w); took != 30*time.Millisecond {
			t.Errorf("waited for %v", took)
		}
		if took := given(w); took != 0 {
			t.Errorf("waited again, for %v", took)
		}
		done()
	})
}

// Questions without a pause leave the background half of the time.
func TestQuestionsWithoutEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &giveway.Way{}
		var work sync.WaitGroup
		stop := make(chan struct{})
		work.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				done := w.Take()
				time.Sleep(2 * time.Millisecond)
				done()
			}
		})
		begin, worked := time.Now(), time.Duration(0)
		for time.Since(begin) < time.Second {
			w.Give()
			time.Sleep(100 * time.Microsecond)
			worked += 100 * time.Microsecond
		}
		close(stop)
		work.Wait()
		if worked < 450*time.Millisecond {
			t.Errorf("the background worked for %v in a second", worked)
		}
	})
}

// How long it has been quiet counts from the end of the last question.
func TestQuiet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &giveway.Way{}
		const never = 24 * time.Hour
		for name, way := range map[string]*giveway.Way{"new": w, "none": nil} {
			if quiet := way.Quiet(); quiet < never {
				t.Errorf("%s: quiet for %v", name, quiet)
			}
		}
		one, other := w.Take(), w.Take()
		time.Sleep(time.Second)
		one()
		time.Sleep(time.Second)
		if quiet := w.Quiet(); quiet != 0 {
			t.Errorf("while somebody asks it has been quiet for %v", quiet)
		}
		other()
		time.Sleep(3 * time.Second)
		if quiet := w.Quiet(); quiet != 3*time.Second {
			t.Errorf("quiet for %v", quiet)
		}
	})
}

// A pause begins when the last of those who ask has its answer.
func TestPauses(t *testing.T) {
	w, begun := &giveway.Way{}, 0
	w.Take()() // before anyone wants to know
	w.Pauses(func() { begun++ })
	one, other := w.Take(), w.Take()
	one()
	if begun > 0 {
		t.Error("a pause while somebody asks")
	}
	other()
	w.Take()()
	if begun != 2 {
		t.Errorf("%d pauses after two times of questions", begun)
	}
}

// Work that knows nothing but its context gives way too.
func TestWayInAContext(t *testing.T) {
	w := &giveway.Way{}
	if of := giveway.Of(w.With(context.Background())); of != w {
		t.Errorf("another way: %p, not %p", of, w)
	}
	giveway.Of(context.Background()).Give()
}
