package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

// A key file is
//
//	magic(8) | version(2) | body length(4) | body | SHA-256 of all before(32)
//
// in every version there will ever be, so that a newer file is told from a
// damaged one. Numbers are big-endian. The body of version 1 is
//
//	vault id(16) | serial(8) | count(1) | slot(86) × count | MAC(32)
//
// and a slot, which holds the vault key wrapped with a key made from secrets, is
//
//	kind(1) | time(4) | memory KiB(4) | threads(1) | salt(16) | wrapped key(60)
//
// with zeros for the three Argon2id parameters where no passphrase is asked for.
// The MAC (HMAC-SHA256 over all before it) comes from the vault key: it is
// checked after a slot was opened, and binds serial and slots together. A slot's
// wrapping binds its own head and the vault id.
const (
	slotsMagic   = "veridkey"
	slotsVersion = 1

	frameHead = len(slotsMagic) + 2 + 4
	bodyHead  = 16 + 8 + 1
	slotHead  = 1 + 4 + 4 + 1 + 16
	wrapSize  = nonceSize + keySize + tagSize
	slotSize  = slotHead + wrapSize
	macSize   = sha256.Size

	maxSlotsFile = 1 << 20 // bytes that are read of a key file: room for what versions to come put in
)

// slots is the content of a key file: how the vault is opened every day, and the
// recovery code, which only a demo archive has not.
type slots struct {
	vaultID  [16]byte
	serial   uint64
	main     slot
	recovery *slot
}

type slot struct {
	kind   Kind
	params Params
	salt   [16]byte // also names the keychain entry
	wrap   []byte
}

// encode gives the bytes of a key file, with the MAC that the vault key makes.
func (s slots) encode(key []byte) ([]byte, error) {
	all := []slot{s.main}
	if s.recovery != nil {
		all = append(all, *s.recovery)
	}
	file := []byte(slotsMagic)
	file = binary.BigEndian.AppendUint16(file, slotsVersion)
	file = binary.BigEndian.AppendUint32(file, uint32(bodyHead+len(all)*slotSize+macSize))
	file = append(file, s.vaultID[:]...)
	file = binary.BigEndian.AppendUint64(file, s.serial)
	file = append(file, byte(len(all)))
	for _, one := range all {
		file = append(file, one.head()...)
		file = append(file, one.wrap...)
	}
	mac, err := slotsMAC(key, file)
	if err != nil {
		return nil, err
	}
	file = append(file, mac...)
	sum := sha256.Sum256(file)
	return append(file, sum[:]...), nil
}

func (s slot) head() []byte {
	head := []byte{byte(s.kind)}
	head = binary.BigEndian.AppendUint32(head, s.params.Time)
	head = binary.BigEndian.AppendUint32(head, s.params.MemoryKiB)
	head = append(head, s.params.Threads)
	return append(head, s.salt[:]...)
}

func slotsMAC(key, file []byte) ([]byte, error) {
	macKey, err := subkey(key, "key file", "", 0)
	if err != nil {
		return nil, err
	}
	defer clear(macKey)
	mac := hmac.New(sha256.New, macKey)
	mac.Write(file)
	return mac.Sum(nil), nil
}

// authentic checks the MAC of a key file that was parsed.
func authentic(file, key []byte) error {
	end := len(file) - sha256.Size - macSize
	mac, err := slotsMAC(key, file[:end])
	if err != nil {
		return err
	}
	if !hmac.Equal(mac, file[end:end+macSize]) {
		return fmt.Errorf("the key file is of another vault, or was changed by something else than this app: %w", ErrDamaged)
	}
	return nil
}
