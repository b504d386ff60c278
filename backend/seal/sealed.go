package seal

import "encoding/binary"

// A sealed value is
//
//	version(1) | key id(4) | nonce(12) | ciphertext | tag(16)
//
// with AES-256-GCM. The associated data are the version and the place. The key
// id is derived from the key, so it says which purpose and generation of which
// vault a value belongs to and gives away neither.
const (
	// Overhead is how many bytes a sealed value is longer than its plaintext.
	Overhead = headerSize + nonceSize + tagSize

	sealedVersion = 1
	headerSize    = 1 + len(KeyID{})
	nonceSize     = 12
	tagSize       = 16

	// maxMessages is how often a key may be used with random nonces (NIST SP
	// 800-38D, 8.3: the chance that two are equal stays below 2^-32).
	maxMessages = 1 << 32
)

// KeyID names the key of a sealed value. It is no secret.
type KeyID [4]byte

// KeyOf reads the key's name off a sealed value, which it does not check.
func KeyOf(sealed []byte) (KeyID, error) {
	switch {
	case len(sealed) < Overhead:
		return KeyID{}, ErrDamaged
	case sealed[0] != sealedVersion:
		return KeyID{}, ErrVersion
	}
	return KeyID(sealed[1:headerSize]), nil
}

// Place is where a value stands. It is not stored: a value opened for another
// place than it was sealed for is refused, so values cannot be swapped.
type Place struct {
	Schema uint32 // of what the bucket holds
	Bucket string
	Key    []byte
}

// context is the associated data: no two places have the same.
func (p Place) context() []byte {
	bytes := make([]byte, 0, 1+4+4+len(p.Bucket)+4+len(p.Key))
	bytes = append(bytes, sealedVersion)
	bytes = binary.BigEndian.AppendUint32(bytes, p.Schema)
	bytes = appendSized(bytes, p.Bucket)
	return appendSized(bytes, p.Key)
}
