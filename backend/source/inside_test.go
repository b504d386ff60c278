package source

import (
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"veridesk/backend/giveway"
)

// What reads sessions stands still while somebody asks.
func TestGivesWay(t *testing.T) {
	for name, reads := range map[string]func(way *giveway.Way) int{
		"feed": func(way *giveway.Way) int {
			answer, seen := newFeedReader(way).parse([]byte(`{"items":[{"id":"a"},{"id":"b"}]}`))
			if seen != "" {
				t.Fatal(seen)
			}
			return answer.items
		},
		"CSV": func(way *giveway.Way) (rows int) {
			csv := &CSV{path: filepath.Join("testdata", "verifications.sample.csv")}
			err := csv.rows(way.With(t.Context()), func(int, csvRow, error) bool { rows++; return true })
			if err != nil {
				t.Fatal(err)
			}
			return rows
		},
	} {
		synctest.Test(t, func(t *testing.T) {
			way := &giveway.Way{}
			const answer = 7 * time.Millisecond
			begin := time.Now()
			time.AfterFunc(answer, way.Take())
			if rows := reads(way); rows == 0 {
				t.Errorf("%s: nothing was read", name)
			}
			if took := time.Since(begin); took < answer || took > answer+time.Millisecond {
				t.Errorf("%s: stood still for %v, the answer took %v", name, took, answer)
			}
		})
	}
}
