package away

import (
	"context"
	"slices"
	"testing"
	"time"
)

// look is what the clock says when it is looked at: how far both have gone.
type look struct{ wall, steady time.Duration }

// handClock goes through the looks and then says that the context is done.
func handClock(looks []look) clock {
	start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	at := -1
	return clock{
		now: func() (time.Time, time.Duration) {
			if at < 0 {
				return start, 0
			}
			return start.Add(looks[at].wall), looks[at].steady
		},
		wait: func(context.Context, time.Duration) bool { at++; return at < len(looks) },
	}
}

func TestSleep(t *testing.T) {
	second := time.Second
	for name, test := range map[string]struct {
		looks []look
		want  int
	}{
		"awake":                        {[]look{{2 * second, 2 * second}, {4 * second, 4 * second}, {6 * second, 6 * second}}, 0},
		"a busy machine":               {[]look{{2 * second, 2 * second}, {21 * second, 21 * second}, {23 * second, 23 * second}}, 0},
		"slept, the steady clock not":  {[]look{{2 * second, 2 * second}, {3600 * second, 3 * second}, {3602 * second, 5 * second}}, 1},
		"slept, and the steady clock":  {[]look{{2 * second, 2 * second}, {3600 * second, 3600 * second}, {3602 * second, 3602 * second}}, 1},
		"slept twice":                  {[]look{{60 * second, second}, {62 * second, 3 * second}, {200 * second, 5 * second}}, 2},
		"slept, and was set back":      {[]look{{-3600 * second, 3600 * second}}, 1},
		"set back":                     {[]look{{-3600 * second, 2 * second}, {-3598 * second, 4 * second}}, 0},
		"set back, then slept":         {[]look{{-3600 * second, 2 * second}, {-3000 * second, 4 * second}}, 1},
		"slept as long as it must be":  {[]look{{asleepFor, 2 * second}}, 1},
		"slept a little less than it":  {[]look{{asleepFor - 1, 2 * second}}, 0},
		"nobody looked before the end": {nil, 0},
	} {
		told := 0
		watchSleep(t.Context(), handClock(test.looks), func(r Reason) {
			if r != Sleep {
				t.Errorf("%s: told %s", name, r)
			}
			told++
		})
		if told != test.want {
			t.Errorf("%s: told %d times, want %d", name, told, test.want)
		}
	}
}

// The lock of a screen is told once, when it comes.
func TestLockedIsToldOnce(t *testing.T) {
	states := []bool{false, true, true, false, true, true}
	asked := 0
	var told []int
	locked := func() bool { asked++; return states[asked-1] }
	watchLocked(t.Context(), handClock(make([]look, len(states)-1)), locked, func(Reason) { told = append(told, asked) })
	if !slices.Equal(told, []int{2, 5}) {
		t.Errorf("told at looks %v, want 2 and 5", told)
	}
}

// The real clock: two looks apart, and an end as soon as the context is done.
func TestSystemClock(t *testing.T) {
	c := systemClock()
	wall, steady := c.now()
	if !c.wait(t.Context(), time.Millisecond) {
		t.Fatal("it did not wait")
	}
	wall2, steady2 := c.now()
	if steady2 <= steady || wall2.Before(wall) || time.Until(wall).Abs() > time.Minute {
		t.Errorf("from %v, %v to %v, %v", wall, steady, wall2, steady2)
	}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	if c.wait(done, time.Hour) {
		t.Error("it went on after the end")
	}
}
