// Seeded chance: every draw comes from the portal's seed, what is drawn and a
// number, never from what was drawn before it.
package demo

import (
	"encoding/binary"
	"encoding/hex"
	"math/rand/v2"
	"strconv"
)

// stream keeps the draws for one purpose apart from all others, so that a
// change of one leaves the others as they are.
type stream uint64

const (
	streamGroup stream = iota + 1
	streamArrival
	streamPlan
	streamPerson
	streamSession
	streamID
	streamFace
)

type chance struct{ *rand.Rand }

func (p *Portal) chance(s stream, i uint32) chance {
	return seeded(p.options.Seed, s, uint64(i))
}

func seeded(seed int64, s stream, i uint64) chance {
	return chance{rand.New(rand.NewPCG(mix(uint64(seed)+uint64(s)<<56), mix(i)))}
}

// mix spreads neighbouring numbers over all 64 bits (the finaliser of SplitMix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// percent is true in so many cases of a hundred.
func (c chance) percent(n int) bool { return c.IntN(100) < n }

// between is a number from low to high, both included.
func (c chance) between(low, high int) int { return low + c.IntN(high-low+1) }

// digits is a number of exactly n digits, zeros in front.
func (c chance) digits(n int) string {
	out := make([]byte, n)
	for i := range out {
		out[i] = byte('0' + c.IntN(10))
	}
	return string(out)
}

func one[T any](c chance, from []T) T { return from[c.IntN(len(from))] }

// weighted picks an index with the given integer weights.
func (c chance) weighted(weights []int) int {
	total := 0
	for _, w := range weights {
		total += w
	}
	n := c.IntN(total)
	for i, w := range weights {
		if n < w {
			return i
		}
		n -= w
	}
	return len(weights) - 1
}

// record is the number that a database gives.
func (c chance) record() string {
	b := binary.BigEndian.AppendUint64(nil, c.Uint64())
	return hex.EncodeToString(binary.BigEndian.AppendUint32(b, c.Uint32()))
}

// sessionID is a version 4 UUID whose last 32 bits are the scrambled index, so
// that a session is found by its identity without a table of a million rows.
func (p *Portal) sessionID(i uint32) string {
	c := p.chance(streamID, i)
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], c.Uint64())
	binary.BigEndian.PutUint32(b[8:12], c.Uint32())
	binary.BigEndian.PutUint32(b[12:], p.scramble(i))
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	text := make([]byte, 0, 36)
	for _, part := range [...][]byte{b[:4], b[4:6], b[6:8], b[8:10], b[10:]} {
		if len(text) > 0 {
			text = append(text, '-')
		}
		text = hex.AppendEncode(text, part)
	}
	return string(text)
}

// find is the index of the session of that identity.
func (p *Portal) find(id string) (uint32, bool) {
	if len(id) != 36 {
		return 0, false
	}
	tail, err := strconv.ParseUint(id[28:], 16, 32)
	if err != nil {
		return 0, false
	}
	i := p.unscramble(uint32(tail))
	return i, int64(i) < int64(p.options.Sessions) && p.sessionID(i) == id
}

// scramble is a four-round Feistel network: a permutation of all 32-bit
// numbers that depends on the seed.
func (p *Portal) scramble(i uint32) uint32 {
	left, right := uint16(i>>16), uint16(i)
	for round := range uint64(4) {
		left, right = right, left^p.round(round, right)
	}
	return uint32(left)<<16 | uint32(right)
}

func (p *Portal) unscramble(n uint32) uint32 {
	left, right := uint16(n>>16), uint16(n)
	for round := range uint64(4) {
		left, right = right^p.round(3-round, left), left
	}
	return uint32(left)<<16 | uint32(right)
}

func (p *Portal) round(n uint64, half uint16) uint16 {
	return uint16(mix(uint64(p.options.Seed) ^ n<<48 ^ uint64(half)))
}
