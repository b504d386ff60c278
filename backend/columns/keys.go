package columns

import (
	"math"
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
	for i := range news {
		r.names.note(news[i].facts.FirstName)
		r.names.note(news[i].facts.LastName)
	}
	r.ranks = r.names.learn(r.ranks)
	all := make([]keys, len(news))
	for i := range news {
		f := news[i].facts
		all[i] = keys{
			first: r.names.codes[f.FirstName], last: r.names.codes[f.LastName],
			numbers: [3]uint64{packed(f.PersonalNumber), packed(f.DocumentNumber), packed(f.SessionID)},
			extra:   folded(f.Extra),
		}
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
	signs := 0
	for _, r := range text {
		sign := signOf(r)
		if sign == 0 {
			continue
		}
		key = key*40 + sign
		if signs++; signs == packedSigns {
			return key
		}
	}
	for ; signs < packedSigns; signs++ {
		key *= 40
	}
	return key
}

// signOf is 0 for what does not count.
func signOf(r rune) uint64 {
	switch {
	case r >= '0' && r <= '9':
		return uint64(r-'0') + 1
	case r >= 'A' && r <= 'Z':
		return uint64(r-'A') + 11
	case r >= 'a' && r <= 'z':
		return uint64(r-'a') + 11
	case r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)):
		return 37
	}
	return 0
}

// foldedBytes is how much of a text is sorted by.
const foldedBytes = 48

// folded is what a text of the company's fields is sorted by: its first letters
// and digits in lower case, what stands between them as one blank.
func folded(text string) string {
	buf := make([]byte, 0, foldedBytes+1+utf8.UTFMax)
	gap := false
	for _, r := range text {
		switch { // a million of them: most signs need no table
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
		case r >= 'A' && r <= 'Z':
			r += 'a' - 'A'
		case r >= utf8.RuneSelf && r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)):
			r = unicode.ToLower(r)
		default:
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
