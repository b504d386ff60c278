package archive_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
)

// heard collects what a Jobs tells.
type heard struct {
	mu     sync.Mutex
	states []archive.JobStates
}

func (h *heard) add(s archive.JobStates) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.states = append(h.states, s)
}

func TestJobRunsAndIsRemembered(t *testing.T) {
	var h heard
	jobs := archive.NewJobs(h.add)
	err := jobs.Run(archive.JobSync, func(_ context.Context, report func(idv.Progress)) (idv.Report, error) {
		report(idv.Progress{Phase: idv.PhaseReading, Done: 3})
		return idv.Report{Read: 3, Rejected: make([]idv.Rejection, 1)}, nil
	})
	jobs.Close()
	got := jobs.States()
	if err != nil || got.Sync.ID != 1 || got.Sync.Running || got.Sync.Report.Read != 3 || got.Sync.Report.Rejected != 1 ||
		got.Sync.EndedAt == "" || got.Sync.Progress.Done != 3 || got.Export.ID != 0 {
		t.Errorf("%+v, %v", got, err)
	}
	for i, s := range h.states {
		if s.Version != i+1 {
			t.Errorf("telling %d has version %d", i, s.Version)
		}
	}
	if len(h.states) != 3 || !h.states[0].Sync.Running {
		t.Errorf("told %+v", h.states)
	}
}

func TestJobIsAloneOfItsKindAndCanBeCancelled(t *testing.T) {
	jobs := archive.NewJobs(func(archive.JobStates) {})
	wait := func(ctx context.Context, _ func(idv.Progress)) (idv.Report, error) {
		<-ctx.Done()
		return idv.Report{}, ctx.Err()
	}
	if err := jobs.Start(archive.JobSync, wait); err != nil {
		t.Fatal(err)
	}
	if err := jobs.Start(archive.JobSync, wait); idv.AsError(err).Code != idv.CodeBusy {
		t.Errorf("a second sync: %v", err)
	}
	if err := jobs.Start(archive.JobExport, wait); err != nil {
		t.Errorf("an export beside a sync: %v", err)
	}
	jobs.Cancel(archive.JobSync)
	jobs.Close() // waits for the sync and cancels the export
	got := jobs.States()
	if got.Sync.Error.Code != idv.CodeCancelled || got.Export.Error.Code != idv.CodeCancelled {
		t.Errorf("%+v", got)
	}
	if err := jobs.Start(archive.JobSync, wait); !errors.Is(err, context.Canceled) {
		t.Errorf("started after Close: %v", err)
	}
}

func TestPanicBecomesAnError(t *testing.T) {
	jobs := archive.NewJobs(func(archive.JobStates) {})
	err := jobs.Run(archive.JobExport, func(context.Context, func(idv.Progress)) (idv.Report, error) { panic("oh") })
	if got := jobs.States().Export; err == nil || got.Running || got.Error.Code != idv.CodeInternal {
		t.Errorf("%+v, %v", got, err)
	}
}
