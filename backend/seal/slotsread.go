package seal

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
)

// The reading half of the key file's format: strict, and without a secret.

// parseSlots reads a key file as far as that is possible without a secret. It
// refuses what is not exactly of the format, and parameters outside the limits.
func parseSlots(file []byte, allowed limits) (slots, error) {
	body, err := unframe(file)
	if err != nil {
		return slots{}, err
	}
	if len(body) < bodyHead+macSize {
		return slots{}, ErrDamaged
	}
	s := slots{vaultID: [16]byte(body), serial: binary.BigEndian.Uint64(body[16:])}
	count := int(body[bodyHead-1])
	list := body[bodyHead : len(body)-macSize]
	if count < 1 || count > 2 || len(list) != count*slotSize {
		return slots{}, ErrDamaged
	}
	if s.main, err = parseSlot(list[:slotSize], allowed); err != nil {
		return slots{}, err
	}
	if count == 2 {
		second, err := parseSlot(list[slotSize:], allowed)
		if err != nil {
			return slots{}, err
		}
		s.recovery = &second
	}
	if s.main.kind == recovery || (s.main.kind == Demo) != (s.recovery == nil) ||
		(s.recovery != nil && s.recovery.kind != recovery) {
		return slots{}, ErrDamaged
	}
	return s, nil
}

// unframe checks what is the same in all versions and gives the body.
func unframe(file []byte) ([]byte, error) {
	if len(file) < frameHead+sha256.Size || !bytes.HasPrefix(file, []byte(slotsMagic)) {
		return nil, ErrDamaged
	}
	content := file[:len(file)-sha256.Size]
	sum := sha256.Sum256(content)
	if !bytes.Equal(sum[:], file[len(content):]) {
		return nil, ErrDamaged
	}
	version := binary.BigEndian.Uint16(file[len(slotsMagic):])
	length := binary.BigEndian.Uint32(file[len(slotsMagic)+2:])
	switch {
	case version > slotsVersion:
		return nil, &NewerError{Version: int(version)}
	case version != slotsVersion || int64(length) != int64(len(content)-frameHead):
		return nil, ErrDamaged
	}
	return content[frameHead:], nil
}

func parseSlot(from []byte, allowed limits) (slot, error) {
	s := slot{
		kind: Kind(from[0]),
		params: Params{
			Time:      binary.BigEndian.Uint32(from[1:]),
			MemoryKiB: binary.BigEndian.Uint32(from[5:]),
			Threads:   from[9],
		},
		salt: [16]byte(from[10:]),
		wrap: bytes.Clone(from[slotHead:]),
	}
	switch {
	case s.kind < PassphraseKeychain || s.kind > recovery:
		return slot{}, ErrDamaged
	case s.kind.asksPassphrase():
		return s, allowed.check(s.params)
	case s.params != Params{}:
		return slot{}, ErrDamaged
	}
	return s, nil
}
