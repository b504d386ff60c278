package seal

import (
	"sync"
	"time"

	"veridesk/backend/disk"
)

// Keys are the key files in a folder: the vault key, wrapped once for daily use
// (see [Kind]) and once for the recovery code. One Keys may be used from several
// goroutines, which take turns; only one process at a time may change a folder.
type Keys struct {
	dir    string
	clock  Clock
	limits limits
	write  func(path string, data []byte) error

	turn sync.Mutex // held by each call but Inspect, also while Unlock waits

	mu    sync.Mutex // guards tries
	tries tries
}

// NewKeys names the folder, which has to exist and should be readable by the
// user alone. A nil clock is the system's.
func NewKeys(dir string, clock Clock) *Keys {
	if clock == nil {
		clock = systemClock{}
	}
	return &Keys{dir: dir, clock: clock, limits: productionLimits(), write: disk.WriteFile}
}

// State is what can be told of key files without a secret.
type State struct {
	Kind     Kind   // what Unlock asks for
	Params   Params // of the passphrase; zero where there is none
	Serial   uint64 // as of Vault.Serial, but not yet proven
	Copies   [2]Copy
	Failures int           // tries since the last that succeeded
	Pause    time.Duration // how long Unlock would wait before the next try
}

// Inspect tells what the folder holds. It answers ErrNoKeys, a *NewerError, or
// ErrDamaged when no copy can be used; the state of the copies comes with every
// error. It does not wait for an Unlock that waits.
func (k *Keys) Inspect() (State, error) {
	all, err := k.load()
	tried := k.tried()
	return State{
		Kind: all.slots.main.kind, Params: all.slots.main.params, Serial: all.slots.serial,
		Copies: all.copies, Failures: int(tried.count), Pause: tried.pause(k.clock.Now()),
	}, err
}
