package search

// Signs that people take for each other when they read an ID or a number off a
// paper or a screen.

// leastNear is how many characters a word must have to be looked for by signs
// that look alike; in a shorter one too much is alike.
const leastNear = 5

// looksLikeNumber reports whether a word is looked for by look-alikes too.
func looksLikeNumber(word string) bool {
	return len(word) >= leastNear && hasDigit(word)
}

// look is the sign that stands for all that look like this one.
func look(sign byte) byte {
	switch sign {
	case 'o':
		return '0'
	case 'i', 'l':
		return '1'
	case 'z':
		return '2'
	case 's':
		return '5'
	case 'b':
		return '8'
	}
	return sign
}

// beginsLike reports whether a term begins with what looks like the word.
func beginsLike(term, word string) bool {
	if len(term) < len(word) {
		return false
	}
	for i := range len(word) {
		if look(term[i]) != look(word[i]) {
			return false
		}
	}
	return true
}

// likeness is an automaton over the bytes of terms, as Bleve's dictionaries take
// it: it matches what begins like the word or, for beginnings, the beginnings of
// what looks like it. Its state is how many bytes have matched; fail is the state
// without a way out.
type likeness struct {
	word       string
	beginnings bool
}

const fail = -1

// Start implements segment.Automaton, as the others do.
func (l likeness) Start() int { return 0 }

// IsMatch reports whether what has been read matches.
func (l likeness) IsMatch(state int) bool {
	return state == len(l.word) || l.beginnings && state > 0
}

// CanMatch reports whether it may become a match.
func (l likeness) CanMatch(state int) bool { return state != fail }

// WillAlwaysMatch reports whether it stays a match, whatever follows.
func (l likeness) WillAlwaysMatch(state int) bool { return !l.beginnings && state == len(l.word) }

// Accept reads a byte.
func (l likeness) Accept(state int, sign byte) int {
	switch {
	case state == fail:
		return fail
	case state == len(l.word):
		if l.beginnings {
			return fail
		}
		return state
	case look(sign) == look(l.word[state]):
		return state + 1
	}
	return fail
}
