package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/export"
	"veridesk/backend/idv"
)

// export writes everything in both formats. Its peer writes rows of the same
// cells, made once, with the standard library alone: no archive to read, no
// digest, no sync to disk.
func (b *bench) export() error {
	peer, rows, err := b.plainCSV()
	if err != nil {
		return err
	}
	b.title("Export of everything", "", "rows", "seconds", "rows/s", "peak heap MB", "to plain", "to unsealed")
	b.row("encoding/csv alone", rows, peer.Seconds(), perSecond(rows, peer), "", 1.0, "")
	for _, format := range []export.Format{export.CSV, export.XLSX} {
		var open time.Duration
		for _, a := range []*archive.Archive{b.clear, b.archive} {
			watch := watchHeap()
			begin := time.Now()
			done, err := a.Export(b.ctx, archive.Export{
				Path: filepath.Join(b.dir, "all."+string(format)), Format: format, Force: true,
			}, nil)
			took, peak := time.Since(begin), watch()
			if err != nil {
				return err
			}
			name := string(format) + ", sealed"
			if a == b.clear {
				open, name = took, string(format)+", unsealed"
			}
			b.row(name, done.Rows, took.Seconds(), perSecond(done.Rows, took), peak>>20, took.Seconds()/peer.Seconds(), took.Seconds()/open.Seconds())
		}
	}
	return b.out.Flush()
}

// plainCSV writes as many rows of 24 cells as there are sessions.
func (b *bench) plainCSV() (took time.Duration, rows int, err error) {
	page, err := b.archive.Find(b.ctx, idv.Query{Limit: 1})
	if err != nil || page.Total == 0 {
		return 0, 0, errors.Join(err, fmt.Errorf("%d sessions to export", page.Total))
	}
	row := page.Rows[0]
	created, err := time.Parse(time.RFC3339Nano, row.CreatedAt)
	if err != nil {
		return 0, 0, err
	}
	cells := idv.Cells(idv.Session{ID: row.SessionID, Created: created, Extra: []idv.Field{{Key: "phone", Value: row.Extra}}})
	begin := time.Now()
	file, err := os.Create(filepath.Join(b.dir, "plain.csv"))
	if err != nil {
		return 0, 0, err
	}
	buffer := bufio.NewWriter(file)
	w := csv.NewWriter(buffer)
	for range page.Total {
		if err := w.Write(cells[:]); err != nil {
			return 0, 0, err
		}
	}
	w.Flush()
	err = errors.Join(w.Error(), buffer.Flush(), file.Close())
	return time.Since(begin), page.Total, err
}

// watchHeap clears away what came before, and follows the heap until the returned function is called, which gives
// the most bytes that were in use.
func watchHeap() func() uint64 {
	runtime.GC()
	stop, peak := make(chan struct{}), make(chan uint64)
	go func() {
		var most uint64
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			metrics.Read(sample)
			most = max(most, sample[0].Value.Uint64())
			select {
			case <-stop:
				peak <- most
				return
			case <-tick.C:
			}
		}
	}()
	return func() uint64 { close(stop); return <-peak }
}
