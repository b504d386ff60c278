package seal

import (
	"fmt"
	"runtime/debug"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Params say how much work and memory one try of a passphrase costs (Argon2id,
// RFC 9106). They stand in the key slot.
type Params struct {
	Time      uint32 // passes
	MemoryKiB uint32
	Threads   uint8
}

// DefaultParams take about a second and 256 MiB on an ordinary computer.
func DefaultParams() Params { return Params{Time: 3, MemoryKiB: 256 << 10, Threads: 4} }

// FloorParams are the least that is accepted, at making and at opening: RFC
// 9106's choice for little memory. They are for computers that cannot afford the
// default.
func FloorParams() Params { return Params{Time: 3, MemoryKiB: 64 << 10, Threads: 4} }

// limits are what Params have to keep to. The lower one keeps a changed file
// from making passphrases cheap to try, the upper one from using up the memory.
type limits struct{ least, most Params }

func productionLimits() limits {
	return limits{
		least: FloorParams(),
		most:  Params{Time: 32, MemoryKiB: 4 << 20, Threads: 16},
	}
}

func (l limits) check(p Params) error {
	if p.Time < l.least.Time || p.MemoryKiB < l.least.MemoryKiB || p.Threads < l.least.Threads ||
		p.Time > l.most.Time || p.MemoryKiB > l.most.MemoryKiB || p.Threads > l.most.Threads {
		return fmt.Errorf("%d passes, %d KiB, %d threads: %w", p.Time, p.MemoryKiB, p.Threads, ErrParams)
	}
	return nil
}

// stretch makes key material of a passphrase. It is brought to Unicode form
// NFKC first, because keyboards of different systems compose the same letters
// differently; bytes that are no UTF-8 stay as they are, and no length is cut.
func stretch(passphrase, salt []byte, p Params) []byte {
	normal := norm.NFKC.Append(make([]byte, 0, 4*len(passphrase)), passphrase...)
	defer clear(normal)
	// What Argon2 has taken goes back at once: it is more than all the rest of the
	// program needs, and would stay with the process for minutes.
	defer debug.FreeOSMemory()
	return argon2.IDKey(normal, salt, p.Time, p.MemoryKiB, p.Threads, keySize)
}
