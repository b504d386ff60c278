package source_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"veridesk/backend/idv"
	"veridesk/backend/source"
)

// subject is a kind of source for the conformance suite to make instances of.
type subject struct {
	batch int // records in a full batch
	make  func(t *testing.T, sessions int, bad map[int]bool) source.Source
}

// TestConformance holds every source to the contract of Source.
func TestConformance(t *testing.T) {
	for name, s := range map[string]subject{"feed": {3, makeFeed}, "csv": {500, makeCSV}} {
		t.Run(name, func(t *testing.T) { conform(t, s) })
	}
}

// makeFeed serves sessions s-1, s-2, ... by pages of 3; a bad one has no ID.
func makeFeed(t *testing.T, sessions int, bad map[int]bool) source.Source {
	server := newPortal(t)
	feed, err := source.NewFeed(source.FeedOptions{Address: server.URL, Key: testKey, Name: "portal under test"})
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = pagedBy(3, sessions, bad)
	return feed
}

func makeCSV(t *testing.T, sessions int, bad map[int]bool) source.Source {
	var text strings.Builder
	text.WriteString(strings.Join(idv.Columns[:], ",") + "\r\n")
	for n := 1; n <= sessions; n++ {
		id := fmt.Sprintf("s-%d", n)
		if bad[n] {
			id = ""
		}
		text.WriteString(",Nino,,,,,,,,,,,2025-03-01T08:00:00.448Z,,," + id + ",,,,,,,,\r\n")
	}
	path := filepath.Join(t.TempDir(), "sessions.csv")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := source.NewCSV(path)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func wantIDs(sessions int, bad map[int]bool) (ids []string) {
	for n := 1; n <= sessions; n++ {
		if !bad[n] {
			ids = append(ids, fmt.Sprintf("s-%d", n))
		}
	}
	return ids
}

func conform(t *testing.T, s subject) {
	many := 3*s.batch + 1
	t.Run("every session once, in order, the same again", func(t *testing.T) {
		src := s.make(t, many, nil)
		first, second := readAll(t.Context(), src, ""), readAll(t.Context(), src, "")
		if first.err != nil || !slices.Equal(first.ids, wantIDs(many, nil)) {
			t.Fatalf("%v, %d sessions", first.err, len(first.ids))
		}
		if !reflect.DeepEqual(first.batches, second.batches) {
			t.Error("a second reading gave something else")
		}
		for i, batch := range first.batches {
			if batch.Total != many {
				t.Errorf("batch %d says %d records in all, and there are %d", i, batch.Total, many)
			}
		}
		if name := src.Name(); name != src.Name() || strings.Contains(name, testKey) {
			t.Errorf("name %q", name)
		}
	})
	t.Run("nothing", func(t *testing.T) {
		if got := readAll(t.Context(), s.make(t, 0, nil), ""); got.err != nil || len(got.ids)+len(got.rejected) > 0 {
			t.Errorf("%+v", got)
		}
	})
	t.Run("a damaged cursor starts over", func(t *testing.T) {
		got := readAll(t.Context(), s.make(t, 2, nil), "{not a cursor")
		if got.err != nil || !slices.Equal(got.ids, wantIDs(2, nil)) {
			t.Errorf("%v %v", got.err, got.ids)
		}
	})
	t.Run("rejects by number, the rest goes on", func(t *testing.T) { conformRejects(t, s) })
	t.Run("every cursor resumes", func(t *testing.T) { conformResume(t, s) })
	t.Run("stops", func(t *testing.T) { conformStop(t, s) })
}

func conformRejects(t *testing.T, s subject) {
	many := 3*s.batch + 1
	bad := map[int]bool{1: true, s.batch + 2: true, many: true}
	got := readAll(t.Context(), s.make(t, many, bad), "")
	if got.err != nil || !slices.Equal(got.ids, wantIDs(many, bad)) {
		t.Fatalf("%v, %d sessions", got.err, len(got.ids))
	}
	var rows []int
	for _, r := range got.rejected {
		rows = append(rows, r.Row)
		if r.File == "" || r.Column == "" || r.Reason == "" || !strings.Contains(r.Raw, "2025-03-01T08:00:00.448Z") {
			t.Errorf("%+v", r)
		}
	}
	if want := []int{1, s.batch + 2, many}; !slices.Equal(rows, want) {
		t.Errorf("rejected %v, want %v", rows, want)
	}
}

// conformResume goes on behind each batch as a later run would. A source that
// keeps no cursor reads all again.
func conformResume(t *testing.T, s subject) {
	many := 3*s.batch + 1
	src := s.make(t, many, nil)
	all := readAll(t.Context(), src, "")
	kept := 0
	for i, batch := range all.batches[:len(all.batches)-1] {
		kept += len(batch.Records)
		want := all.ids[kept:]
		if batch.Cursor == "" {
			want = all.ids
		}
		if rest := readAll(t.Context(), src, batch.Cursor); rest.err != nil || !slices.Equal(rest.ids, want) {
			t.Errorf("behind batch %d: %v %v, want %v", i, rest.err, rest.ids, want)
		}
	}
	if (src.Name() == "") != (all.batches[0].Cursor == "") {
		t.Errorf("name %q with cursor %q", src.Name(), all.batches[0].Cursor)
	}
}

func conformStop(t *testing.T, s subject) {
	src := s.make(t, 3*s.batch+1, nil)
	before := runtime.NumGoroutine()
	for range src.Batches(t.Context(), "") {
		break // the iterator must bear it, and leave nothing running behind
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	batches, last := 0, error(nil)
	for batch, err := range src.Batches(ctx, "") {
		last = err
		if len(batch.Records) > 0 {
			batches++
		}
		cancel()
	}
	if batches != 1 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d batches, then %v", batches, last)
	}
	cancelled := readAll(ctx, src, "")
	if !errors.Is(cancelled.err, context.Canceled) || len(cancelled.batches) > 0 {
		t.Errorf("%d batches and %v of a context that has ended", len(cancelled.batches), cancelled.err)
	}
	for tries := 0; runtime.NumGoroutine() > before; tries++ { // the server closes its connections a little later
		if tries == 5000 {
			t.Fatal("a goroutine is still running")
		}
		time.Sleep(time.Millisecond)
	}
}
