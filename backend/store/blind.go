package store

import (
	"encoding/binary"
	"strings"
	"unicode"
)

// The fields of the blind tokens. They are part of the format.
const (
	fieldID       = "session id"
	fieldNumber   = "personal or document number"
	fieldSource   = "source"
	fieldRejected = "rejected"
)

// token is the key that stands for a value.
func (t *txn) token(field, value string) ([]byte, error) {
	token, err := t.keys.Blind(field, []byte(value))
	if err != nil {
		return nil, broken("A token", err)
	}
	return token[:], nil
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
	return max(1, binary.BigEndian.Uint64(token)), nil
}

// plainRune brings a rune of a number to one form, or drops it.
func plainRune(r rune) rune {
	if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) {
		return -1
	}
	return unicode.ToUpper(r)
}

// ref is where a session stands: its ordinal and the number of its last change.
type ref struct {
	ordinal uint32
	seq     uint64
}

// find looks a Session ID up; key is its token.
func (t *txn) find(id string) (key []byte, found ref, ok bool, err error) {
	if key, err = t.token(fieldID, id); err != nil {
		return nil, ref{}, false, err
	}
	data, err := t.bucket(bucketIDs).get(key)
	switch {
	case err != nil:
		return nil, ref{}, false, broken("The entry of session "+id, err)
	case data == nil:
		return key, ref{}, false, nil
	}
	return key, toRef(data), true, nil
}

func toRef(b []byte) ref { return ref{toOrdinal(b[:4]), toNumber(b[4:])} }

func (r ref) bytes() []byte {
	return binary.BigEndian.AppendUint64(ordinalKey(r.ordinal), r.seq)
}

// Ordinal finds a session by its exact Session ID.
func (s *Store) Ordinal(id string) (ordinal uint32, found bool, err error) {
	err = s.view(func(t *txn) error {
		_, at, ok, err := t.find(id)
		ordinal, found = at.ordinal, ok
		return err
	})
	return ordinal, found, err
}
