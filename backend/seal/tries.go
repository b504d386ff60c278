package seal

import (
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"time"
)

// Clock is the time that the pause after a wrong passphrase is measured with.
type Clock interface {
	Now() time.Time
	// Sleep waits, and answers the context's error if that is done first.
	Sleep(context.Context, time.Duration) error
}

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

func (systemClock) Sleep(ctx context.Context, pause time.Duration) error {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return ctx.Err()
	}
}

// tries counts the tries to unlock since the last that succeeded. It is a hurdle
// for someone at the keyboard: against someone with a copy of the files only the
// cost of Argon2id and the keychain help. So the count stands unsealed in a file
// beside the key files, is counted before a try, so that ending the app does not
// undo it, and if the file cannot be written the count in memory still holds.
type tries struct {
	count uint32
	last  time.Time
}

const (
	triesName = "keys.tries" // count(4) | Unix milliseconds of the last(8), big-endian
	triesSize = 4 + 8
	maxPause  = 30 * time.Second
)

// pause is how long to wait before the next try: 1, 2, 4, 8, 16, then 30 s. A
// clock set back does not make it longer.
func (t tries) pause(now time.Time) time.Duration {
	if t.count == 0 {
		return 0
	}
	full := min(time.Second<<min(t.count-1, 5), maxPause)
	return max(0, min(full, full-now.Sub(t.last)))
}

// tried gives the higher of the counts in memory and on disk.
func (k *Keys) tried() tries {
	k.mu.Lock()
	defer k.mu.Unlock()
	file, err := os.ReadFile(filepath.Join(k.dir, triesName))
	if err != nil || len(file) != triesSize {
		return k.tries
	}
	onDisk := tries{
		count: binary.BigEndian.Uint32(file),
		last:  time.UnixMilli(int64(binary.BigEndian.Uint64(file[4:]))),
	}
	if onDisk.count < k.tries.count {
		return k.tries
	}
	return onDisk
}

// begin waits as long as earlier tries ask for, then counts this one.
func (k *Keys) begin(ctx context.Context) error {
	before := k.tried()
	if pause := before.pause(k.clock.Now()); pause > 0 {
		if err := k.clock.Sleep(ctx, pause); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	k.count(tries{count: before.count + 1, last: k.clock.Now()})
	return nil
}

func (k *Keys) count(now tries) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.tries = now
	file := binary.BigEndian.AppendUint32(nil, now.count)
	file = binary.BigEndian.AppendUint64(file, uint64(now.last.UnixMilli()))
	_ = k.write(filepath.Join(k.dir, triesName), file)
}

// succeed forgets the tries.
func (k *Keys) succeed() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.tries = tries{}
	_ = os.Remove(filepath.Join(k.dir, triesName))
}
