package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/export"
	"veridesk/backend/idv"
)

// export writes everything in both formats. Its peer writes rows of the same
// cells, made once, with the standard library alone: no archive to read, no
// digest, no sync to disk.
func (b *bench) export() error {
	plain, err := b.exportAll(clearDir)
	if err != nil {
		return err
	}
	sealed, err := b.exportAll(sealedDir)
	if err != nil {
		return err
	}
	peer, rows, err := b.plainCSV()
	if err != nil {
		return err
	}
	b.title("Export of everything", "", "rows", "seconds", "rows/s", "peak heap MB", "to plain", "to unsealed")
	b.row("encoding/csv alone", rows, peer.Seconds(), perSecond(rows, peer), none, 1.0, none)
	for i, format := range formats {
		for _, done := range []exported{plain[i], sealed[i]} {
			b.row(string(format)+", "+done.archive, done.rows, done.took.Seconds(), perSecond(done.rows, done.took), done.heap>>20,
				done.took.Seconds()/peer.Seconds(), done.took.Seconds()/plain[i].took.Seconds())
		}
	}
	return b.out.Flush()
}

var formats = []export.Format{export.CSV, export.XLSX}

// exported is what one export took.
type exported struct {
	archive string
	rows    int
	took    time.Duration
	heap    uint64
}

// exportAll exports one archive in each format.
func (b *bench) exportAll(name string) (all []exported, err error) {
	a, err := b.open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	for _, format := range formats {
		heap, begin := watchHeap(), time.Now()
		done, err := a.Export(b.ctx, archive.Export{
			Path: filepath.Join(b.dir, "all."+string(format)), Format: format, Force: true,
		}, nil)
		took, peak := time.Since(begin), heap()
		if err != nil {
			return nil, err
		}
		all = append(all, exported{name, done.Rows, took, peak})
	}
	return all, nil
}

// plainCSV writes as many rows of 24 cells as there are sessions.
func (b *bench) plainCSV() (took time.Duration, rows int, err error) {
	cells := idv.Cells(idv.Session{
		ID: "e35d54ac-8bf8-4c3f-9d0e-6a1f0d5a7b21", Created: time.UnixMilli(b.demo.Seed),
		Extra: []idv.Field{{Key: "phone", Value: "+995 555 12 34 56"}},
	})
	begin := time.Now()
	file, err := os.Create(filepath.Join(b.dir, "plain.csv"))
	if err != nil {
		return 0, 0, fmt.Errorf("plain export: %w", err)
	}
	buffer := bufio.NewWriter(file)
	w := csv.NewWriter(buffer)
	for range b.demo.Sessions {
		if err := w.Write(cells[:]); err != nil {
			return 0, 0, errors.Join(err, file.Close())
		}
	}
	w.Flush()
	err = errors.Join(w.Error(), buffer.Flush(), file.Close())
	return time.Since(begin), b.demo.Sessions, err
}
