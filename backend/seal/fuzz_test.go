package seal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"testing"
)

// FuzzKeyFile: whatever the bytes, reading them ends in key slots within the
// limits or in a known error, and what is read is written back the same.
func FuzzKeyFile(f *testing.F) {
	good, err := os.ReadFile("testdata/keys.bin")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:frameHead])
	f.Add([]byte(slotsMagic))
	allowed := productionLimits()
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, file := range [][]byte{file, frame(file)} {
			read, err := parseSlots(file, allowed)
			var newer *NewerError
			switch {
			case errors.Is(err, ErrDamaged), errors.Is(err, ErrParams), errors.As(err, &newer):
				continue
			case err != nil:
				t.Fatal(err)
			}
			if read.main.kind.asksPassphrase() && allowed.check(read.main.params) != nil {
				t.Fatal("parameters outside the limits")
			}
			again, err := read.encode(counting(0))
			if end := len(file) - 2*macSize; err != nil || !bytes.Equal(again[:end], file[:end]) {
				t.Fatal("written back differently", err)
			}
		}
	})
}

// frame makes a well-formed key file of any body.
func frame(body []byte) []byte {
	file := append([]byte(slotsMagic), 0, slotsVersion)
	file = binary.BigEndian.AppendUint32(file, uint32(len(body)))
	file = append(file, body...)
	return resum(append(file, make([]byte, macSize)...))
}

// FuzzSealedValue: nothing but what was sealed is ever opened.
func FuzzSealedValue(f *testing.F) {
	vault, err := newVault(counting(0), 1)
	if err != nil {
		f.Fatal(err)
	}
	box := box(f, vault)
	good := sealOne(f, vault)
	f.Add(good, "sessions", []byte("a key"))
	f.Add(good[:headerSize], "", []byte{})
	f.Fuzz(func(t *testing.T, sealed []byte, bucket string, key []byte) {
		at := Place{Schema: 1, Bucket: bucket, Key: key}
		for _, sealed := range [][]byte{sealed, append(bytes.Clone(good[:headerSize]), sealed...)} {
			plain, err := box.Open(nil, sealed, at)
			if err == nil && (string(plain) != "what was sealed" || bucket != somewhere.Bucket || !bytes.Equal(key, somewhere.Key)) {
				t.Fatalf("opened %q at %+v", plain, at)
			}
		}
	})
}

// FuzzStream: both readers agree, and give only true beginnings.
func FuzzStream(f *testing.F) {
	key, plain := FileKey(counting(32)), pattern(chunkPlain+50)
	good := sealStream(f, plain, key)
	f.Add([]byte{}, 0)
	f.Add([]byte{streamVersion}, 5)
	f.Add([]byte("more"), len(good))
	f.Fuzz(func(t *testing.T, put []byte, at int) {
		at = max(0, min(at, len(good)))
		for _, sealed := range [][]byte{put, append(bytes.Clone(good[:at]), put...)} {
			got, err := openBoth(t, sealed, key)
			if !bytes.HasPrefix(plain, got) || (err == nil) != bytes.Equal(sealed, good) {
				t.Fatalf("%d bytes, %v", len(got), err)
			}
		}
	})
}

// FuzzRecoveryCode: what is taken as a code is one, and is written back the same.
func FuzzRecoveryCode(f *testing.F) {
	f.Add(RecoveryCode{secret: [keySize]byte(counting(1))}.Text())
	f.Add("o0-iIlL1 \u2014")
	f.Fuzz(func(t *testing.T, typed string) {
		code, err := parseCode(typed)
		if err != nil && err != ErrCodeTypo {
			t.Fatal(err)
		}
		if again, err2 := parseCode(code.Text()); err == nil && (err2 != nil || again != code) {
			t.Fatal(err2)
		}
	})
}
