package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"sync/atomic"
)

// Box seals and opens values with one subkey of a vault. It may be used from
// several goroutines.
type Box interface {
	// ID is the name of the box's key, as KeyOf reads it from a value.
	ID() KeyID
	// Seal appends the sealed value to dst, which must not overlap plain.
	Seal(dst, plain []byte, at Place) ([]byte, error)
	// Open appends the plaintext to dst, which must not overlap sealed. It
	// answers ErrVersion, ErrKey, or ErrDamaged, and then no byte of the value.
	Open(dst, sealed []byte, at Place) ([]byte, error)
	// Used is how many values the box has sealed since the vault was opened, or
	// since the number given to Resume. At 2^32 Seal answers ErrExhausted. A key
	// that lives longer than a run is only counted in full by a caller that keeps
	// this number beside the values and gives it back to Resume.
	Used() uint64
	// Resume adds what earlier runs have sealed with the key.
	Resume(used uint64)
}

// gcmBox is the Box of a vault.
type gcmBox struct {
	vault *Vault
	id    KeyID
	aead  cipher.AEAD // guarded by vault.mu; nil once the vault is closed
	used  atomic.Uint64
}

// Box gives the box of a purpose and generation; asked again, the same one. A
// new generation is a new key: for a new index, or when a key is used up.
func (v *Vault) Box(purpose Purpose, generation uint32) (Box, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.key == nil {
		return nil, ErrLocked
	}
	name := boxName{purpose, generation}
	if known := v.boxes[name]; known != nil {
		return known, nil
	}
	key, err := subkey(v.key, "box", purpose, generation)
	if err != nil {
		return nil, err
	}
	defer clear(key)
	id, err := subkey(v.key, "box id", purpose, generation)
	if err != nil {
		return nil, err
	}
	aead, err := newAEAD(key)
	if err != nil {
		return nil, err
	}
	made := &gcmBox{vault: v, id: KeyID(id), aead: aead}
	v.boxes[name] = made
	return made, nil
}

// newAEAD is AES-256-GCM that makes the nonce itself and puts it before the
// ciphertext, which is the format above.
func newAEAD(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

func (b *gcmBox) ID() KeyID { return b.id }

func (b *gcmBox) Seal(dst, plain []byte, at Place) ([]byte, error) {
	b.vault.mu.RLock()
	defer b.vault.mu.RUnlock()
	if b.aead == nil {
		return nil, ErrLocked
	}
	if b.used.Add(1) > maxMessages {
		b.used.Store(maxMessages)
		return nil, ErrExhausted
	}
	dst = append(dst, sealedVersion)
	dst = append(dst, b.id[:]...)
	return b.aead.Seal(dst, nil, plain, at.context()), nil
}

func (b *gcmBox) Open(dst, sealed []byte, at Place) ([]byte, error) {
	b.vault.mu.RLock()
	defer b.vault.mu.RUnlock()
	if b.aead == nil {
		return nil, ErrLocked
	}
	id, err := KeyOf(sealed)
	if err != nil {
		return nil, err
	}
	if id != b.id {
		return nil, ErrKey
	}
	plain, err := b.aead.Open(dst, nil, sealed[headerSize:], at.context())
	if err != nil {
		return nil, ErrDamaged
	}
	return plain, nil
}

func (b *gcmBox) Used() uint64 { return min(b.used.Load(), maxMessages) }

func (b *gcmBox) Resume(used uint64) {
	if b.used.Add(min(used, maxMessages)) > maxMessages {
		b.used.Store(maxMessages)
	}
}
