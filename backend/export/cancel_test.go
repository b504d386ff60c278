package export

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"veridesk/backend/idv"
)

// countdown is a context that is cancelled when it has been asked so many times.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// The export asks its context at every row and at every write, the zip's too:
// stopped at any of these points it leaves nothing and says so.
func TestCancelAnywhereLeavesNothing(t *testing.T) {
	const seed = 1
	random := rand.New(rand.NewPCG(seed, seed))
	const rows = 300
	t.Logf("seed %d", seed)
	for _, format := range formats {
		never := &countdown{context.Background(), math.MaxInt}
		job := Job{Path: filepath.Join(t.TempDir(), "out"), Format: format, Rows: many(t, rows)}
		if _, err := Run(never, job); err != nil {
			t.Fatal(err)
		}
		asked := math.MaxInt - never.left
		if writes := asked - rows; writes < 3 || format == XLSX && writes < 8 {
			t.Errorf("%s: asked %d times besides the rows: no stop while the file is written", format, writes)
		}
		points := []int{0, 1, asked - 2, asked - 1}
		for range 40 {
			points = append(points, random.IntN(asked))
		}
		for _, point := range points {
			dir := t.TempDir()
			job.Path = filepath.Join(dir, "out")
			_, err := Run(&countdown{context.Background(), point}, job)
			wantCode(t, err, idv.CodeCancelled)
			if !errors.Is(err, context.Canceled) {
				t.Errorf("error %v hides its cause", err)
			}
			wantFiles(t, dir)
		}
	}
}

// The rows are asked for no longer than the context lives, and an error that
// they bring because of it is not taken for one of theirs.
func TestCancelStopsTheRows(t *testing.T) {
	for _, format := range formats {
		dir := t.TempDir()
		ctx, cancel := context.WithCancel(context.Background())
		read := 0
		rows := func(yield func(idv.Session, error) bool) {
			for s := range many(t, 1000) {
				if read++; read == 500 {
					cancel()
					yield(idv.Session{}, ctx.Err())
					return
				}
				if !yield(s, nil) {
					return
				}
			}
		}
		_, err := Run(ctx, Job{Path: filepath.Join(dir, "out"), Format: format, Rows: rows})
		wantCode(t, err, idv.CodeCancelled)
		wantFiles(t, dir)
	}
}
