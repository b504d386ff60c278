package columns

import (
	"math"
	"sync"
	"unicode"
	"unicode/utf8"
)

// keys are what the high orders go by, of one session. Computing them takes
// longer than writing them down, so that it is done beforehand.
type keys struct {
	first, last uint32 // of the names
	numbers     [3]uint64
	extra       string
}

// The numbers that are sorted by.
const (
	personalNumber = iota
	documentNumber
	sessionID
)

// keysOf computes the keys of sessions, and gives names not met before a place
// among the others. The caller holds writing.
func (r *rows) keysOf(news []told) []keys {
	all := make([]keys, len(news))
	for i := range news {
		all[i].first = r.names.note(news[i].facts.FirstName)
		all[i].last = r.names.note(news[i].facts.LastName)
	}
	r.ranks = r.names.learn(r.ranks)
	for i := range news {
		k, f := &all[i], news[i].facts
		k.first, k.last = r.names.codes[k.first], r.names.codes[k.last]
		k.numbers = [3]uint64{packed(f.PersonalNumber), packed(f.DocumentNumber), packed(f.SessionID)}
		k.extra = folded(f.Extra)
	}
	return all
}

// setKeys writes a session's keys, and reports whether its text is another one.
func (r *rows) setKeys(at uint32, k *keys) (retold bool) {
	r.first[at], r.last[at] = k.first, k.last
	for i, number := range k.numbers {
		r.numbers[i][at] = number
	}
	if string(r.texts.get(r.extra[at])) == k.extra {
		return false
	}
	r.texts.drop(r.extra[at])
	r.extra[at] = r.texts.keep(k.extra)
	return true
}

// none is the rank of what has no value: behind all others.
const none = math.MaxUint64

// timeRank ranks Unix milliseconds, earlier first.
func timeRank(t int64) uint64 {
	if t == 0 || t == absent {
		return none
	}
	return uint64(t) ^ 1<<63
}

// packedSigns is how many signs of a number are sorted by: the most that fit into
// 64 bits, 40 to a sign.
const packedSigns = 12

// packed is a number or an ID as a number that sorts by its first twelve letters
// and digits, upper case and lower alike; 0 is none. Letters other than A-Z
// come behind those and are all alike: such numbers are misread ones.
func packed(text string) (key uint64) {
	n := 0
	for _, r := range text {
		sign := uint64(0)
		if r < utf8.RuneSelf {
			sign = signs[r]
		} else if unicode.IsLetter(r) || unicode.IsDigit(r) {
			sign = misread
		}
		if sign == 0 {
			continue
		}
		key = key*40 + sign
		if n++; n == packedSigns {
			return key
		}
	}
	for ; n < packedSigns; n++ {
		key *= 40
	}
	return key
}

// signs are the digits and letters by their ASCII; 0 is what does not count.
var signs = func() (signs [utf8.RuneSelf]uint64) {
	for i := range uint64(10) {
		signs['0'+i] = 1 + i
	}
	for i := range uint64(26) {
		signs['A'+i], signs['a'+i] = 11+i, 11+i
	}
	return signs
}()

// misread is the sign of a letter or a digit that is not ASCII.
const misread = 37

// foldedBytes is how much of a text is sorted by.
const foldedBytes = 48

// folded is what a text of the company's fields is sorted by: its first letters
// and digits in lower case, what stands between them as one blank.
func folded(text string) string {
	buf := make([]byte, 0, foldedBytes+1+utf8.UTFMax)
	gap, known := false, foldings()
	for _, r := range text {
		if int(r) < len(known) {
			r = rune(known[r])
		} else {
			r = folding(r)
		}
		if r == 0 {
			gap = len(buf) > 0
			continue
		}
		had := len(buf)
		if gap {
			buf = append(buf, ' ')
		}
		if buf, gap = utf8.AppendRune(buf, r), false; len(buf) > foldedBytes {
			buf = buf[:had]
			break
		}
	}
	return string(buf)
}

// folding is what a letter, a digit or a mark counts as, and 0 for what stands between.
func folding(r rune) rune {
	if r == utf8.RuneError || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
		return 0
	}
	return unicode.ToLower(r)
}

// foldings are the foldings of the signs of most scripts: there are a million texts to
// fold, and Unicode's tables are searched.
var foldings = sync.OnceValue(func() *[0x2e00]uint16 {
	var known [0x2e00]uint16
	for r := range known {
		known[r] = uint16(folding(rune(r)))
	}
	return &known
})

// textRank ranks a text by its first eight bytes.
func textRank(text []byte) uint64 {
	if len(text) == 0 {
		return none
	}
	rank := uint64(0)
	for i := range 8 {
		rank <<= 8
		if i < len(text) {
			rank |= uint64(text[i])
		}
	}
	return rank
}
