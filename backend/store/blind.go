package store

import (
	"encoding/binary"
	"strings"
	"unicode"

	"veridesk/backend/seal"
)

// The fields of the blind tokens. They are part of the format.
const (
	fieldID       = "session id"
	fieldNumber   = "personal or document number"
	fieldSource   = "source"
	fieldRejected = "rejected"
)

// token is the key that stands for a value.
func (t *txn) token(field, value string) (seal.Token, error) {
	token, err := t.keys.Blind(field, []byte(value))
	if err != nil {
		return seal.Token{}, broken("A token", err)
	}
	return token, nil
}

// Blind is what stands for a personal or document number in a Row: equal
// numbers have equal ones however they are spelled (letter case, blanks,
// hyphens), and nobody can tell the number from it. 0 is no number.
func (s *Store) Blind(number string) (uint64, error) {
	return (&txn{keys: s.keys}).blind(number)
}

func (t *txn) blind(number string) (uint64, error) {
	number = strings.Map(plainRune, number)
	if number == "" {
		return 0, nil
	}
	token, err := t.token(fieldNumber, number)
	if err != nil {
		return 0, err
	}
	return max(1, binary.BigEndian.Uint64(token[:])), nil
}

// plainRune brings a rune of a number to one form, or drops it.
func plainRune(r rune) rune {
	if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) {
		return -1
	}
	return unicode.ToUpper(r)
}
