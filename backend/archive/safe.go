package archive

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"log/slog"
	"sync"
	"time"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

// Phase is where a Safe stands.
type Phase string

// The phases.
const (
	PhaseNew    Phase = "new"    // there is no archive yet
	PhaseLocked Phase = "locked" // there is one, and its keys are not in memory
	PhaseOpen   Phase = "open"
)

// Reason is why a Safe was locked.
type Reason string

// The reasons.
const (
	ByIdle   Reason = "idle"   // nobody touched it for as long as the settings say
	ByScreen Reason = "screen" // the screen was locked
	BySleep  Reason = "sleep"  // the computer slept
	ByHand   Reason = "user"
)

// LockState is where a Safe stands, as the window shows it.
type LockState struct {
	Version  int    `json:"version"` // counts up with every change
	Phase    Phase  `json:"phase"`
	Kind     string `json:"kind"`     // passphrase, passphraseKeychain, keychain, demo; "" while new
	Keychain bool   `json:"keychain"` // the system has a keychain
	Wait     int    `json:"wait"`     // seconds before the next passphrase is tried
	Reason   Reason `json:"reason"`   // why it was locked; "" it was not, since the start
	LocksIn  int    `json:"locksIn"`  // seconds until it locks itself; 0 never
	Photos   string `json:"photos"`   // where photos are while it is open: a path that no other opening has
}

// kindWords name the kinds of keys to the window.
var kindWords = map[seal.Kind]string{
	seal.PassphraseAlone: "passphrase", seal.PassphraseKeychain: "passphraseKeychain",
	seal.KeychainAlone: "keychain", seal.Demo: "demo",
}

// errLocked answers every call to an archive that is not open.
var errLocked = &idv.Error{Code: idv.CodeLocked, Message: "The archive is locked.", Hint: "Unlock it to go on."}

// Safe is an archive's folder as a window uses it. There is no archive yet, or it
// is locked, or it is open; it locks itself when nobody touches it. It runs the
// jobs, which end when it locks. It is safe for concurrent use.
type Safe struct {
	dir     string
	options Options
	told    func(LockState) // after every change; must not block
	Jobs    *Jobs

	hasKeychain func() bool
	life        context.Context // ends with Close
	end         context.CancelFunc

	turn sync.Mutex // held by whoever opens, locks or removes the archive

	mu      sync.Mutex // guards the fields below
	open    *opened    // nil unless open
	version int
	reason  Reason
	touched time.Time
	idle    time.Duration // 0 never
	cut     bool          // the last lock stopped a sync
}

// opened is an archive from its opening to its lock.
type opened struct {
	*Archive
	ctx   context.Context // ends when the archive is locked
	stop  context.CancelFunc
	token string         // part of the addresses of its photos
	calls sync.WaitGroup // what runs on the archive
	tidy  chan struct{}  // the settings say something new of what to keep
}

// NewSafe makes a safe; nothing is opened yet. told and jobs hear of every change
// of the lock and of the jobs.
func NewSafe(dir string, o Options, told func(LockState), jobs func(JobStates)) *Safe {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Safe{dir: dir, options: o, told: told, Jobs: NewJobs(jobs)}
	s.hasKeychain = sync.OnceValue(func() bool {
		_, err := o.keychain()
		return err == nil
	})
	s.life, s.end = context.WithCancel(context.Background())
	return s
}

// State is where the safe stands now. The error says why the folder's keys cannot
// be told.
func (s *Safe) State() (LockState, error) {
	found, err := Inspect(s.dir)
	keychain := s.hasKeychain()
	s.mu.Lock()
	defer s.mu.Unlock()
	state := LockState{
		Version: s.version, Phase: PhaseLocked, Kind: kindWords[found.Kind], Keychain: keychain, Reason: s.reason,
		Wait: int((found.Wait + time.Second - 1) / time.Second),
	}
	switch {
	case s.open != nil:
		state.Phase, state.Photos = PhaseOpen, "/photo/"+s.open.token
		if s.guards() {
			state.LocksIn = max(1, int(s.idle-time.Since(s.touched))/int(time.Second))
		}
	case found.Kind == 0 && err == nil:
		state.Phase = PhaseNew
	}
	return state, err
}

// guards reports whether the open archive locks itself: one that asks for nothing
// would open again by itself. The caller holds mu.
func (s *Safe) guards() bool { return s.open != nil && !s.open.IsDemo() && s.idle > 0 }

// Create makes a new archive and opens it.
func (s *Safe) Create(p Protect) (code seal.RecoveryCode, err error) {
	err = s.enter(func() (a *Archive, err error) {
		a, code, err = Create(s.dir, p, s.options)
		return a, err
	})
	return code, err
}

// Unlock opens the archive. The passphrase is nil where it asks for none.
func (s *Safe) Unlock(ctx context.Context, passphrase []byte) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer context.AfterFunc(s.life, stop)()
	return s.enter(func() (*Archive, error) { return Open(ctx, s.dir, passphrase, s.options) })
}

// Recover opens the archive with its recovery code and gives it a new passphrase.
func (s *Safe) Recover(code string, passphrase []byte) error {
	return s.enter(func() (*Archive, error) { return Recover(s.dir, code, passphrase, s.options) })
}

// enter opens the archive unless it is open.
func (s *Safe) enter(way func() (*Archive, error)) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	if s.current() != nil {
		return &idv.Error{Code: idv.CodeBusy, Message: "The archive is open already.", Hint: "Lock it first."}
	}
	a, err := way()
	if err != nil {
		s.tell() // how long the next try has to wait
		return err
	}
	settings, err := a.Settings()
	if err != nil {
		return errors.Join(err, a.Close())
	}
	o := &opened{Archive: a, token: rand.Text(), tidy: make(chan struct{}, 1)}
	o.ctx, o.stop = context.WithCancel(context.Background())
	s.mu.Lock()
	s.open, s.reason, s.touched = o, "", time.Now()
	s.idle = time.Duration(settings.LockMinutes) * time.Minute
	s.mu.Unlock()
	s.Jobs.allow()
	o.calls.Go(func() { s.tidy(o) })
	s.tell()
	return nil
}

func (s *Safe) current() *opened {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open
}

// tell passes on where the safe stands.
func (s *Safe) tell() {
	s.mu.Lock()
	s.version++
	s.mu.Unlock()
	state, err := s.State()
	if err != nil {
		s.options.Log.Error("read the keys", "error", err)
	}
	s.told(state)
}

// With runs a call on the open archive. The context ends when the archive is
// locked; a call must not wait for a person.
func (s *Safe) With(call func(context.Context, *Archive) error) error {
	s.mu.Lock()
	o := s.open
	if o == nil {
		s.mu.Unlock()
		return s.closed()
	}
	o.calls.Add(1)
	s.mu.Unlock()
	defer o.calls.Done()
	err := call(o.ctx, o.Archive)
	if err != nil && o.ctx.Err() != nil {
		return errLocked
	}
	return err
}

// WithToken runs a call for somebody who holds an address of this opening.
func (s *Safe) WithToken(token string, call func(context.Context, *Archive) error) error {
	o := s.current()
	if o == nil || subtle.ConstantTimeCompare([]byte(token), []byte(o.token)) != 1 {
		return errLocked
	}
	return s.With(call)
}

// closed says why there is no open archive.
func (s *Safe) closed() error {
	state, err := s.State()
	if err == nil && state.Phase == PhaseNew {
		return &idv.Error{
			Code: idv.CodeNotFound, Message: "There is no archive yet.",
			Hint: "Choose a passphrase to protect it with, or start on the demo.",
		}
	}
	return errLocked
}

// WorkOn is what a job does with the open archive.
type WorkOn func(ctx context.Context, a *Archive, report func(idv.Progress)) (idv.Report, error)

// Start starts a job on the open archive; it ends when the archive is locked.
func (s *Safe) Start(kind JobKind, work WorkOn) error { return s.start(s.Jobs.Start, kind, work) }

// Follow starts a job that nobody has asked for: see Jobs.Follow.
func (s *Safe) Follow(kind JobKind, work WorkOn) error { return s.start(s.Jobs.Follow, kind, work) }

func (s *Safe) start(start func(JobKind, Work) error, kind JobKind, work WorkOn) error {
	return s.With(func(_ context.Context, a *Archive) error {
		return start(kind, func(ctx context.Context, report func(idv.Progress)) (idv.Report, error) {
			return work(ctx, a, report)
		})
	})
}

// Run runs a job on the open archive and returns when it has ended.
func (s *Safe) Run(kind JobKind, work func(context.Context, *Archive, func(idv.Progress)) error) error {
	return s.With(func(_ context.Context, a *Archive) error {
		return s.Jobs.Run(kind, func(ctx context.Context, report func(idv.Progress)) (idv.Report, error) {
			return idv.Report{}, work(ctx, a, report)
		})
	})
}

// Touch says that the user is there.
func (s *Safe) Touch() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.touched = time.Now()
}

// SetSettings keeps the settings and goes by them: sessions that are kept longer
// than they now say are erased at once, in the background.
func (s *Safe) SetSettings(settings Settings) error {
	err := s.With(func(_ context.Context, a *Archive) error { return a.SetSettings(settings) })
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.idle, s.touched = time.Duration(settings.LockMinutes)*time.Minute, time.Now()
	if s.open != nil {
		poke(s.open.tidy)
	}
	s.mu.Unlock()
	s.tell()
	return nil
}

// Guard locks the safe when nobody has touched it for as long as the settings
// say. It returns when the context ends.
func (s *Safe) Guard(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-tick.C:
			if s.due(now) {
				s.Lock(ByIdle)
			}
		}
	}
}

// due reports whether it is time to lock.
func (s *Safe) due(now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.guards() && now.Sub(s.touched) >= s.idle
}

// lockGrace is how long jobs and calls may take to end by themselves when the
// safe locks. Then the keys go, and whatever still runs fails.
const lockGrace = 500 * time.Millisecond

// Lock stops every job and call, closes the archive and forgets its keys. When it
// returns nothing of the archive can be asked for any more. It is not locked
// because of an absence when it asks for nothing anyway.
func (s *Safe) Lock(reason Reason) {
	s.turn.Lock()
	defer s.turn.Unlock()
	s.mu.Lock()
	o := s.open
	if o == nil || o.IsDemo() && reason != ByHand {
		s.mu.Unlock()
		return
	}
	s.open, s.reason = nil, reason
	s.cut = s.Jobs.States().Sync.Running
	s.mu.Unlock()
	s.tell() // the page blanks while the files are closed
	s.shut(o)
}

// shut closes an archive that nobody can ask any more.
func (s *Safe) shut(o *opened) {
	o.stop()
	late := time.AfterFunc(lockGrace, o.forget)
	defer late.Stop()
	s.Jobs.halt()
	o.calls.Wait()
	if err := o.Close(); err != nil {
		s.options.Log.Error("close archive", "error", err)
	}
}

// Interrupted reports, once, whether the last lock stopped a sync that nobody had
// paused.
func (s *Safe) Interrupted() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	cut := s.cut
	s.cut = false
	return cut && !s.Jobs.States().Paused
}

// Close locks for good.
func (s *Safe) Close() {
	s.end()
	s.turn.Lock()
	defer s.turn.Unlock()
	s.mu.Lock()
	o := s.open
	s.open = nil
	s.mu.Unlock()
	s.Jobs.Close()
	if o != nil {
		s.shut(o)
	}
}
