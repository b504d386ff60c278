package seal

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

// Purpose keeps the keys of different kinds of data apart, so that a value of
// one kind never passes for one of another.
type Purpose string

// The purposes. Their names are part of the format: they never change.
const (
	Records     Purpose = "records" // the values of the archive file
	Media       Purpose = "media"   // what is sealed about photos, beside the records
	Index       Purpose = "index"   // the search index: a generation for each that is built
	Audit       Purpose = "audit"   // the audit log and its signing key
	Tmp         Purpose = "tmp"     // what lives for one run
	Credentials Purpose = "secrets" // the portal's key, the proxy's password
	Backup      Purpose = "backup"  // the key of a backup file
)

// domain begins every derivation: keys of another program or of another format
// come out different.
const domain = "veridesk seal 1"

// subkey derives a key from the vault key (HKDF-SHA256, RFC 5869, no salt: the
// vault key is uniformly random). Use says what it is for inside this package.
func subkey(key []byte, use string, purpose Purpose, generation uint32) ([]byte, error) {
	info := appendSized(nil, domain, use, string(purpose))
	info = binary.BigEndian.AppendUint32(info, generation)
	return derive(key, nil, info, keySize)
}

func derive(key, salt, info []byte, size int) ([]byte, error) {
	out, err := hkdf.Key(sha256.New, key, salt, string(info), size)
	if err != nil {
		return nil, fmt.Errorf("derive a key: %w", err)
	}
	return out, nil
}

// appendSized adds each part behind its length (4 bytes, big-endian), so that no
// two lists of parts give the same bytes.
func appendSized[S string | []byte](to []byte, parts ...S) []byte {
	for _, part := range parts {
		to = binary.BigEndian.AppendUint32(to, uint32(len(part)))
		to = append(to, part...)
	}
	return to
}

// Token stands for a value in a blind index.
type Token [16]byte

// Blind gives the token of a value: HMAC-SHA256, cut to 16 bytes. Equal values
// of the same field have equal tokens, of different fields unrelated ones, and
// without the vault nobody can tell or try out which value is behind a token.
// The caller brings values to one form first (letter case, blanks).
func (v *Vault) Blind(field string, value []byte) (Token, error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.key == nil {
		return Token{}, ErrLocked
	}
	mac := hmac.New(sha256.New, v.blind)
	mac.Write(appendSized(nil, []byte(field), value))
	return Token(mac.Sum(nil)), nil // the conversion keeps the first 16 bytes
}
