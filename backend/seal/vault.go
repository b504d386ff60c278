package seal

import (
	"crypto/rand"
	"sync"
)

const keySize = 32 // bytes, of every key in this package

// Vault holds the vault key of an unlocked archive. All its methods, and those
// of the boxes that come from it, may be called from several goroutines, also
// while Close runs: they finish before it or answer ErrLocked.
type Vault struct {
	mu     sync.RWMutex // guards all below; held for reading while a key is used
	key    []byte       // nil once closed
	blind  []byte
	serial uint64
	boxes  map[boxName]*gcmBox
}

// Keyring is what sealing needs of an unlocked archive. A *Vault is the real
// one; a measurement of what sealing costs brings one that does not seal.
type Keyring interface {
	Box(Purpose, uint32) (Box, error)
	Blind(field string, value []byte) (Token, error)
	Serial() uint64
	Close()
}

type boxName struct {
	purpose    Purpose
	generation uint32
}

// newVault takes the key over: the caller must not keep it.
func newVault(key []byte, serial uint64) (*Vault, error) {
	blind, err := subkey(key, "blind index", "", 0)
	if err != nil {
		return nil, err
	}
	return &Vault{key: key, blind: blind, serial: serial, boxes: map[boxName]*gcmBox{}}, nil
}

// Serial counts the changes of the key files. It only grows. An archive that
// keeps the highest one it saw in a sealed value notices key files put back from
// a backup, with which an old passphrase would open it again.
func (v *Vault) Serial() uint64 {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.serial
}

// Close locks the vault: it waits for what is being sealed or opened, then
// overwrites the keys and forgets them; everything later answers ErrLocked. A
// second Close does nothing.
//
// Go cannot promise that nothing is left: the garbage collector does not clear
// what it frees, stacks are copied as they grow, and the expanded keys inside
// crypto/aes are out of reach and stay until their memory is used again. Streams
// have keys of their own and are not locked by this.
func (v *Vault) Close() {
	v.mu.Lock()
	defer v.mu.Unlock()
	clear(v.key)
	clear(v.blind)
	for _, box := range v.boxes {
		box.aead = nil
	}
	v.key, v.blind, v.boxes = nil, nil, nil
}

// copyKey gives the vault key to code that must not hold the lock for long. The
// caller clears it.
func (v *Vault) copyKey() ([]byte, error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.key == nil {
		return nil, ErrLocked
	}
	return append(make([]byte, 0, keySize), v.key...), nil
}

func (v *Vault) setSerial(serial uint64) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.serial = serial
}

// random gives n bytes. crypto/rand ends the program rather than fail.
func random(n int) []byte {
	bytes := make([]byte, n)
	_, _ = rand.Read(bytes)
	return bytes
}
