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
	if err := jobs.Start(archive.JobSync, untilStopped); err != nil {
		t.Fatal(err)
	}
	if err := jobs.Start(archive.JobSync, untilStopped); idv.AsError(err).Code != idv.CodeBusy {
		t.Errorf("a second sync: %v", err)
	}
	if err := jobs.Start(archive.JobExport, untilStopped); err != nil {
		t.Errorf("an export beside a sync: %v", err)
	}
	jobs.Cancel(archive.JobSync)
	jobs.Close() // waits for the sync and cancels the export
	got := jobs.States()
	if got.Sync.Error.Code != idv.CodeCancelled || got.Export.Error.Code != idv.CodeCancelled {
		t.Errorf("%+v", got)
	}
	if err := jobs.Start(archive.JobSync, untilStopped); !errors.Is(err, context.Canceled) {
		t.Errorf("started after Close: %v", err)
	}
}

// untilStopped is work that ends when it is stopped.
func untilStopped(ctx context.Context, _ func(idv.Progress)) (idv.Report, error) {
	<-ctx.Done()
	return idv.Report{}, ctx.Err()
}

func nothing(context.Context, func(idv.Progress)) (idv.Report, error) { return idv.Report{}, nil }

func TestPauseStopsWhatComesFromThePortalUntilASync(t *testing.T) {
	told := make(chan archive.JobStates, 100)
	jobs := archive.NewJobs(func(s archive.JobStates) { told <- s })
	defer jobs.Close()
	for _, kind := range []archive.JobKind{archive.JobSync, archive.JobPhotos, archive.JobExport} {
		if err := jobs.Start(kind, untilStopped); err != nil {
			t.Fatal(err)
		}
	}
	jobs.Pause()
	for s := range told {
		if s.Paused && !s.Sync.Running && !s.Photos.Running {
			break
		}
	}
	if got := jobs.States(); !got.Export.Running || got.Sync.Error.Code != idv.CodeCancelled || got.Photos.Error.Code != idv.CodeCancelled {
		t.Errorf("%+v", got)
	}
	if err := jobs.Follow(archive.JobPhotos, nothing); err == nil {
		t.Error("photos came by themselves during a pause")
	}
	for _, kind := range []archive.JobKind{archive.JobPhotos, archive.JobImport} {
		if err := jobs.Run(kind, nothing); err != nil || !jobs.States().Paused {
			t.Errorf("%s by hand: %v, paused %v", kind, err, jobs.States().Paused)
		}
	}
	if err := jobs.Run(archive.JobSync, nothing); err != nil || jobs.States().Paused {
		t.Errorf("a sync did not end the pause: %v", err)
	}
	if err := jobs.Follow(archive.JobPhotos, nothing); err != nil {
		t.Errorf("after the pause: %v", err)
	}
}

func TestPauseLeavesAnImportToRun(t *testing.T) {
	jobs := archive.NewJobs(func(archive.JobStates) {})
	defer jobs.Close()
	if err := jobs.Start(archive.JobImport, untilStopped); err != nil {
		t.Fatal(err)
	}
	if err := jobs.Start(archive.JobSync, nothing); err == nil || idv.AsError(err).Message != "The last import is still running." {
		t.Errorf("a sync beside an import: %v", err)
	}
	jobs.Pause()
	if got := jobs.States(); !got.Sync.Running || got.Sync.Kind != archive.JobImport || !got.Paused {
		t.Errorf("%+v", got)
	}
}

func TestPanicBecomesAnError(t *testing.T) {
	jobs := archive.NewJobs(func(archive.JobStates) {})
	err := jobs.Run(archive.JobExport, func(context.Context, func(idv.Progress)) (idv.Report, error) { panic("oh") })
	if got := jobs.States().Export; err == nil || got.Running || got.Error.Code != idv.CodeInternal {
		t.Errorf("%+v, %v", got, err)
	}
}
