package search

import (
	"slices"
	"strings"
	"unicode"

	"veridesk/backend/idv"
)

// What is read of a text, a word and a query. Longer ones are cut, on both
// sides alike, so that no record and no pasted file can stall the search.
const (
	maxText  = 1000 // characters of a field or of a query
	maxTerm  = 64   // characters of a term
	maxWords = 32   // words of a query
)

// Terms are what a session is found by, each once: the words of its names (in
// every spelling), of its personal number and of its document number; each of
// these written together when it has several words ("O'NEIL" is also "oneil",
// "12 AB 345" also "12ab345"); and its Session ID written together. An erased
// session has none.
func Terms(s idv.Session) []string {
	if s.Erased != nil {
		return nil
	}
	var terms []string
	for _, text := range []string{
		s.Person.FirstName.Latin, s.Person.FirstName.Georgian,
		s.Person.LastName.Latin, s.Person.LastName.Georgian,
		s.Person.PersonalNumber, s.Document.Number,
	} {
		parts := split(clip(text, maxText))
		terms = append(terms, parts...)
		if len(parts) > 1 {
			terms = append(terms, together(parts))
		}
	}
	// The groups of a Session ID are no words: as prefixes they would make
	// every second session an answer to "be" or "de".
	if parts := split(clip(s.ID, maxText)); len(parts) > 0 {
		terms = append(terms, together(parts))
	}
	slices.Sort(terms)
	return slices.Compact(terms)
}

// Word is one blank-separated piece of a query. A session answers it if one of
// its terms begins with Joined, or if every one of Parts is the beginning of a
// term. Parts is nil unless the word holds punctuation: "e35d54ac-8bf8" is the
// beginning of a Session ID, "beridze-kvara" of two names in another order.
type Word struct {
	Joined string
	Parts  []string
}

// Words are the words of a query, each once. A text longer than maxText
// characters or maxWords words counts up to there.
func Words(text string) []Word {
	var words []Word
	seen := map[string]bool{}
	for _, chunk := range strings.Fields(clip(text, maxText)) {
		parts := split(chunk)
		key := strings.Join(parts, " ")
		if len(parts) == 0 || seen[key] {
			continue
		}
		seen[key] = true
		word := Word{Joined: together(parts)}
		if len(parts) > 1 {
			word.Parts = parts
		}
		if words = append(words, word); len(words) == maxWords {
			break
		}
	}
	return words
}

// split is the folded text's runs of letters and digits.
func split(text string) []string {
	parts := strings.FieldsFunc(fold(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	for i, part := range parts {
		parts[i] = clip(part, maxTerm)
	}
	return parts
}

func together(parts []string) string {
	return clip(strings.Join(parts, ""), maxTerm)
}

// clip is the text's first n characters.
func clip(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for at := range text {
		if n--; n < 0 {
			return text[:at]
		}
	}
	return text
}
