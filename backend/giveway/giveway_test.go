package giveway_test

import (
	"context"
	"runtime"
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

// bubble runs a test with time of its own, and after it until nothing is left of what it
// began.
func bubble(t *testing.T, test func(t *testing.T)) {
	synctest.Test(t, func(t *testing.T) {
		test(t)
		time.Sleep(time.Hour)
	})
}

func TestNobodyAsks(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := &giveway.Way{}
		w.Take()()
		if took := given(w); took != 0 {
			t.Errorf("waited for %v", took)
		}
		(*giveway.Way)(nil).Take()()
		(*giveway.Way)(nil).Give()
	})
}

// The background waits for all who ask, and until the last answer is on its way.
func TestStandsStill(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := &giveway.Way{}
		first, second := w.Take(), w.Take()
		time.AfterFunc(3*time.Millisecond, first)
		time.AfterFunc(7*time.Millisecond, second)
		var work sync.WaitGroup
		for range 3 {
			work.Go(func() {
				if took := given(w); took != 8*time.Millisecond {
					t.Errorf("waited for %v", took)
				}
			})
		}
		work.Wait()
	})
}

// Who waits for the end of one question does not wait for the next one.
func TestGoesOnBetweenQuestions(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := &giveway.Way{}
		time.AfterFunc(3*time.Millisecond, w.Take())
		next := time.AfterFunc(3500*time.Microsecond, func() { time.AfterFunc(10*time.Millisecond, w.Take()) })
		if took := given(w); took != 4*time.Millisecond {
			t.Errorf("waited for %v", took)
		}
		if next.Stop() {
			t.Error("there was no next question")
		}
	})
}

// A question that takes long, or waits for the background itself, does not stop it.
func TestPatienceEnds(t *testing.T) {
	bubble(t, func(t *testing.T) {
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
	bubble(t, func(t *testing.T) {
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
	bubble(t, func(t *testing.T) {
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

// While questions and work meet, Go has one processor more than otherwise, whoever they
// are, and for some seconds more.
func TestOneProcessorMore(t *testing.T) {
	before := runtime.GOMAXPROCS(0)
	check := func(when string, more int) {
		t.Helper()
		if n := runtime.GOMAXPROCS(0); n != before+more {
			t.Errorf("%s: %d processors, before there were %d", when, n, before)
		}
	}
	bubble(t, func(t *testing.T) {
		one, other := &giveway.Way{}, &giveway.Way{}
		meet := func(w *giveway.Way) {
			time.AfterFunc(time.Millisecond, w.Take())
			w.Give()
		}
		one.Take()()
		one.Give()
		check("nobody has worked during the question", 0)
		meet(one)
		check("somebody has", 1)
		time.Sleep(4 * time.Second)
		meet(one)
		meet(other)
		time.Sleep(4 * time.Second)
		check("a while after", 1)
		meet(other)
		time.Sleep(2 * time.Second)
		check("one has parted", 1)
		time.Sleep(4 * time.Second)
		check("the other has too", 0)
		meet(one)
		check("they meet again", 1)
	})
	check("at last", 0)
}

// Work that knows nothing but its context gives way too.
func TestWayInAContext(t *testing.T) {
	w := &giveway.Way{}
	if of := giveway.Of(w.With(context.Background())); of != w {
		t.Errorf("another way: %p, not %p", of, w)
	}
	giveway.Of(context.Background()).Give()
}
