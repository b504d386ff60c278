package archive

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"veridesk/backend/idv"
)

// JobKind is a kind of job; of each, one can run at a time.
type JobKind string

// The kinds of job.
const (
	JobSync   JobKind = "sync"
	JobImport JobKind = "import" // counts as a sync: of the two one can run at a time
	JobExport JobKind = "export"
	JobBackup JobKind = "backup"
	JobPhotos JobKind = "photos" // the photos of what was synced
)

// firstPhase is what a job does before its first report.
var firstPhase = map[JobKind]idv.Phase{
	JobSync: idv.PhaseReading, JobImport: idv.PhaseReading, JobExport: idv.PhaseWriting, JobBackup: idv.PhaseWriting, JobPhotos: idv.PhasePhotos,
}

// Job is the running job of a kind, or the last one.
type Job struct {
	ID       int          `json:"id"` // counts up from 1; 0: there was none yet
	Kind     JobKind      `json:"kind"`
	Running  bool         `json:"running"`
	Progress idv.Progress `json:"progress"`
	Report   Counts       `json:"report"`  // of a sync that has ended
	Error    idv.Error    `json:"error"`   // no code: none
	EndedAt  string       `json:"endedAt"` // RFC 3339, UTC; "" while it runs
}

// Counts are an idv.Report in numbers: an event carries no rows.
type Counts struct {
	Read      int `json:"read"`
	Added     int `json:"added"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
	Erased    int `json:"erased"`
	Rejected  int `json:"rejected"`
}

func count(r idv.Report) Counts {
	return Counts{r.Read, r.Added, r.Changed, r.Unchanged, r.Erased, len(r.Rejected)}
}

// JobStates are the jobs as they stand.
type JobStates struct {
	Version int  `json:"version"` // counts up with every change
	Sync    Job  `json:"sync"`    // the sync or the import
	Export  Job  `json:"export"`
	Backup  Job  `json:"backup"`
	Photos  Job  `json:"photos"`
	Paused  bool `json:"paused"` // nothing comes from the portal by itself: see Pause
}

// Jobs runs the long jobs of a window and remembers how they ended.
type Jobs struct {
	changed func(JobStates) // told after every change, one call at a time; must not block
	ctx     context.Context
	stop    context.CancelFunc
	running sync.WaitGroup

	mu     sync.Mutex // guards the fields below and the calls of changed
	states JobStates
	cancel map[*Job]context.CancelFunc
}

// NewJobs makes a runner without jobs.
func NewJobs(changed func(JobStates)) *Jobs {
	ctx, stop := context.WithCancel(context.Background())
	return &Jobs{changed: changed, ctx: ctx, stop: stop, cancel: map[*Job]context.CancelFunc{}}
}

// Work is what a job does until its context ends.
type Work func(ctx context.Context, report func(idv.Progress)) (idv.Report, error)

// Start runs work in the background. It is refused while a job of that kind runs.
// A sync ends a pause.
func (j *Jobs) Start(kind JobKind, work Work) error { return j.start(kind, true, work) }

// Follow starts work that nobody has asked for: it is refused during a pause too.
func (j *Jobs) Follow(kind JobKind, work Work) error { return j.start(kind, false, work) }

func (j *Jobs) start(kind JobKind, asked bool, work Work) error {
	ctx, err := j.begin(kind, asked)
	if err != nil {
		return err
	}
	go func() {
		if err := j.work(ctx, kind, work); err != nil && idv.AsError(err).Code == idv.CodeInternal {
			slog.Error("job failed", "kind", kind, "error", err)
		}
	}()
	return nil
}

// Run runs work and returns when it has ended.
func (j *Jobs) Run(kind JobKind, work Work) error {
	ctx, err := j.begin(kind, true)
	if err != nil {
		return err
	}
	return j.work(ctx, kind, work)
}

// Cancel stops the running job of a kind, if there is one.
func (j *Jobs) Cancel(kind JobKind) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.end(kind)
}

// Pause stops what comes from the portal, and lets nothing of it begin by itself
// until a sync is started. What has come is kept, and the next sync goes on from
// there. An import is left to run: it could not go on in the middle of a file.
func (j *Jobs) Pause() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.states.Sync.Kind == JobSync {
		j.end(JobSync)
	}
	j.end(JobPhotos)
	j.states.Paused = true
	j.tell()
}

// unpause ends a pause without a sync.
func (j *Jobs) unpause() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.states.Paused = false
	j.tell()
}

// end cancels the running job of a kind. The caller holds mu.
func (j *Jobs) end(kind JobKind) {
	if cancel := j.cancel[j.job(kind)]; cancel != nil {
		cancel()
	}
}

// States are the jobs as they stand.
func (j *Jobs) States() JobStates {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.states
}

// Close cancels every job, waits until they have ended and starts no more.
func (j *Jobs) Close() { j.halt() }

// halt cancels every job and waits until they have ended; none starts until allow
// is called.
func (j *Jobs) halt() {
	j.mu.Lock()
	j.stop()
	j.mu.Unlock()
	j.running.Wait()
}

// allow lets jobs start again.
func (j *Jobs) allow() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.ctx.Err() != nil {
		j.ctx, j.stop = context.WithCancel(context.Background())
	}
}

// errPaused answers what would begin by itself.
var errPaused = errors.New("what comes from the portal is paused")

func (j *Jobs) begin(kind JobKind, asked bool) (context.Context, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	job := j.job(kind)
	switch {
	case j.ctx.Err() != nil:
		return nil, j.ctx.Err()
	case job.Running:
		return nil, &idv.Error{
			Code:    idv.CodeBusy,
			Message: fmt.Sprintf("The last %s is still running.", job.Kind),
			Hint:    "Wait until it is done, or stop it first.",
		}
	case j.states.Paused && !asked:
		return nil, errPaused
	}
	j.running.Add(1)
	ctx, cancel := context.WithCancel(j.ctx)
	j.cancel[job] = cancel
	*job = Job{ID: job.ID + 1, Kind: kind, Running: true, Progress: idv.Progress{Phase: firstPhase[kind]}}
	if kind == JobSync {
		j.states.Paused = false
	}
	j.tell()
	return ctx, nil
}

func (j *Jobs) work(ctx context.Context, kind JobKind, work Work) error {
	defer j.running.Done()
	report, err := j.guard(ctx, kind, work)
	failure := idv.AsError(err)
	j.mu.Lock()
	defer j.mu.Unlock()
	job := j.job(kind)
	j.cancel[job]()
	delete(j.cancel, job)
	job.Running, job.Report, job.EndedAt = false, count(report), time.Now().UTC().Format(time.RFC3339)
	if failure != nil {
		job.Error = *failure
	}
	j.tell()
	return err
}

// guard turns a panic into an error: a job that vanished would look as if it ran
// for ever.
func (j *Jobs) guard(ctx context.Context, kind JobKind, work Work) (report idv.Report, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%s: %w", kind, idv.Panic(r))
		}
	}()
	return work(ctx, func(p idv.Progress) {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.job(kind).Progress = p
		j.tell()
	})
}

// job is the state of a kind. The caller holds mu.
func (j *Jobs) job(kind JobKind) *Job {
	switch kind {
	case JobExport:
		return &j.states.Export
	case JobBackup:
		return &j.states.Backup
	case JobPhotos:
		return &j.states.Photos
	}
	return &j.states.Sync
}

// tell passes the states on. The caller holds mu.
func (j *Jobs) tell() {
	j.states.Version++
	j.changed(j.states)
}
