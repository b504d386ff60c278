package search

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"testing"

	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"

	"veridesk/backend/idv"
)

// segmentOf is a segment of so many sessions, as the planner sees it.
type segmentOf int64

func (s segmentOf) Id() uint64          { return uint64(s) }
func (s segmentOf) FullSize() int64     { return int64(s) }
func (s segmentOf) LiveSize() int64     { return int64(s) }
func (s segmentOf) HasVector() bool     { return false }
func (s segmentOf) FileSize() int64     { return int64(s) * 250 }
func (s segmentOf) LiveFileSize() int64 { return s.FileSize() }

// TestMergePlan looks at what is merged while sessions come, and in quiet: ten
// segments of a million sessions then, and not the million again for a few that
// came since.
func TestMergePlan(t *testing.T) {
	bleves := mergeplan.DefaultMergePlanOptions
	text, err := json.Marshal(whileIndexing)
	if err == nil {
		err = json.Unmarshal(text, &bleves)
	}
	if err != nil {
		t.Fatal(err)
	}
	million := []mergeplan.Segment{
		segmentOf(237_455), segmentOf(208_875), segmentOf(176_000), segmentOf(105_000), segmentOf(99_500),
		segmentOf(77_000), segmentOf(31_918), segmentOf(18_998), segmentOf(15_999), segmentOf(3_672),
	}
	later := []mergeplan.Segment{segmentOf(974_417), segmentOf(5_001), segmentOf(5_000), segmentOf(300)}
	muchLater := append(later, segmentOf(4_000), segmentOf(200))
	for _, c := range []struct {
		name     string
		segments []mergeplan.Segment
		options  *mergeplan.MergePlanOptions
		merged   int
	}{
		{"a million, while more come", million, &bleves, 0},
		{"a million, in quiet", million, &inQuiet, 10},
		{"a few after a million, in quiet", later, &inQuiet, 0},
		{"some more, in quiet", muchLater, &inQuiet, 5},
		{"one", later[:1], &inQuiet, 0},
	} {
		plan, err := mergeplan.Plan(c.segments, c.options)
		if err != nil {
			t.Fatal(err)
		}
		merged, large := 0, 0
		if plan != nil {
			for _, task := range plan.Tasks {
				merged += len(task.Segments)
				for _, s := range task.Segments {
					large = max(large, int(s.LiveSize()))
				}
			}
		}
		if merged != c.merged || merged < 10 && large > 500_000 {
			t.Errorf("%s: %d segments are merged, the largest of %d, want %d", c.name, merged, large, c.merged)
		}
	}
}

// TestMergeOfFiles merges what Bleve by itself would leave in several files.
func TestMergeOfFiles(t *testing.T) {
	before := maps.Clone(whileIndexing)
	defer func() { whileIndexing = before }()
	whileIndexing["FloorSegmentSize"], whileIndexing["MaxSegmentsPerTier"] = 1, 50
	ix, dir, keys := opened(t)
	files := func() int {
		paths, err := filepath.Glob(filepath.Join(ix.generation.dir, storeDir, "*.zap"))
		if err != nil {
			t.Fatal(err)
		}
		return len(paths)
	}
	const batches = 4
	for n := range uint32(batches) {
		someone := idv.Session{ID: fmt.Sprint("se", n), Person: idv.Person{FirstName: idv.Name{Latin: "Ada"}}}
		err := ix.Update([]Doc{{Ordinal: 10 + n, Session: someone}}, uint64(10+n))
		if err := errors.Join(err, ix.settle(t.Context())); err != nil {
			t.Fatal(err)
		}
	}
	if n := files(); n < batches {
		t.Fatalf("%d files before", n)
	}
	if err := ix.Merge(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := files(); n != 1 {
		t.Errorf("%d files after", n)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	ix = reopened(t, dir, keys)
	if found, err := ix.Find(t.Context(), "ada"); err != nil || found.Exact.GetCardinality() != batches {
		t.Errorf("found %v, %v", found, err)
	}
}
