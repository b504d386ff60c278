package seal

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"testing"
)

// resum gives a changed key file the checksum it needs to be looked at.
func resum(file []byte) []byte {
	content := file[:len(file)-sha256.Size]
	sum := sha256.Sum256(content)
	return append(bytes.Clone(content), sum[:]...)
}

// Any flipped bit of one copy, and any cut, leaves the other to open the vault,
// which mends the first; of both copies, it is reported as damage beyond repair.
func TestSlotsDamaged(t *testing.T) {
	w := newWorld(t, usual("open sesame"))
	good := w.file("keys.a")
	spoilt := [][]byte{{}, good[:1], good[:len(good)-1], append(bytes.Clone(good), 0), bytes.Repeat([]byte{0}, len(good))}
	for bit := range len(good) * 8 {
		changed := bytes.Clone(good)
		changed[bit/8] ^= 1 << (bit % 8)
		spoilt = append(spoilt, changed)
	}
	for i, bad := range spoilt {
		w.put(copyNames[i%2], bad)
		want := [2]Condition{Good, Good}
		want[i%2] = Damaged
		if w.conditions() != want {
			t.Fatalf("case %d: %v", i, w.conditions())
		}
		if i%41 == 0 { // opening is slower than looking
			w.opens(w.with("open sesame"))
			if !bytes.Equal(w.file("keys.a"), good) || !bytes.Equal(w.file("keys.b"), good) {
				t.Fatalf("case %d was not mended", i)
			}
		}
		w.put("keys.a", bad)
		w.put("keys.b", bad)
		w.refuses(w.with("open sesame"), ErrDamaged)
		w.put("keys.a", good)
		w.put("keys.b", good)
	}
}

// Someone who changes a bit and mends the checksum, in both copies, gets an
// error whatever the bit: never a vault with another key or other parameters.
func TestSlotsForged(t *testing.T) {
	w := newWorld(t, usual("open sesame"))
	w.keys.write = func(string, []byte) error { return nil } // quicker: nothing here needs what unlocking writes
	good := w.file("keys.a")
	for bit := range (len(good) - sha256.Size) * 8 {
		changed := bytes.Clone(good)
		changed[bit/8] ^= 1 << (bit % 8)
		changed = resum(changed)
		w.put("keys.a", changed)
		w.put("keys.b", changed)
		if costly(changed) { // allowed, but it would take the test minutes
			continue
		}
		vault, err := w.keys.Unlock(t.Context(), w.with("open sesame"))
		var newer *NewerError
		if vault != nil || !(errors.Is(err, ErrWrong) || errors.Is(err, ErrDamaged) ||
			errors.Is(err, ErrNoEntry) || errors.Is(err, ErrNoKeychain) || errors.Is(err, ErrSecrets) || errors.As(err, &newer)) {
			t.Fatalf("bit %d: %v", bit, err)
		}
	}
}

func costly(file []byte) bool {
	params := file[frameHead+bodyHead+1:]
	memory := binary.BigEndian.Uint32(params[4:])
	return memory > 1<<10 && memory <= productionLimits().most.MemoryKiB
}

// Weak parameters in a key file are refused before any passphrase is tried, and
// a memory bomb before any memory is taken.
func TestSlotsOutsideLimits(t *testing.T) {
	w := newWorld(t, usual("open sesame"))
	strict := NewKeys(w.dir, w.clock)
	if _, err := strict.Unlock(t.Context(), w.with("open sesame")); !errors.Is(err, ErrParams) || !errors.Is(err, ErrDamaged) {
		t.Fatal("the tests' parameters were taken:", err)
	}
	for _, params := range []Params{
		{3, 64<<10 - 1, 4}, {2, 64 << 10, 4}, {3, 64 << 10, 3}, {0, 0, 0},
		{3, 1 << 30, 4}, {1 << 30, 64 << 10, 4}, {3, 64 << 10, 255},
	} {
		file := w.file("keys.a")
		head := slot{params: params}.head()
		copy(file[frameHead+bodyHead+1:], head[1:10])
		w.put("keys.a", resum(file))
		w.put("keys.b", resum(file))
		if _, err := strict.Unlock(t.Context(), w.with("open sesame")); !errors.Is(err, ErrParams) {
			t.Fatalf("%+v: %v", params, err)
		}
		if state, _ := strict.Inspect(); state.Failures != 0 {
			t.Fatal("counted as a try")
		}
	}
}

// A newer key file is named, and nothing is touched, also if the other copy is
// one that this version could read.
func TestSlotsNewer(t *testing.T) {
	w := newWorld(t, usual("open sesame"))
	newer := resum(append([]byte(slotsMagic+"\x00\x02\x00\x00\x00\x05later"), make([]byte, sha256.Size)...))
	w.put("keys.b", newer)
	_, err := w.keys.Unlock(t.Context(), w.with("open sesame"))
	var named *NewerError
	if !errors.As(err, &named) || named.Version != 2 || w.conditions() != [2]Condition{Good, Newer} {
		t.Fatal(err, w.conditions())
	}
	if _, err := w.keys.Recover(w.code.Text()); !errors.As(err, &named) {
		t.Fatal(err)
	}
	if !bytes.Equal(w.file("keys.b"), newer) {
		t.Fatal("a newer key file was overwritten")
	}
}

func TestCopies(t *testing.T) {
	w := newWorld(t, usual("open sesame"))
	good := w.file("keys.a")
	w.remove("keys.a")
	if w.conditions() != [2]Condition{Missing, Good} {
		t.Fatal(w.conditions())
	}
	w.opens(w.with("open sesame"))
	if !bytes.Equal(w.file("keys.a"), good) {
		t.Fatal("the missing copy was not mended")
	}
	w.remove("keys.a")
	w.remove("keys.b")
	w.refuses(w.with("open sesame"), ErrNoKeys)
	w.put("keys.b", good[1:])
	w.refuses(w.with("open sesame"), ErrDamaged)
}

// A copy whose serial was raised to win is found out by its MAC.
func TestSerialRaised(t *testing.T) {
	w := newWorld(t, usual("open sesame"))
	good := w.file("keys.a")
	raised := bytes.Clone(good)
	raised[frameHead+16] = 0xff
	w.put("keys.a", resum(raised))
	w.refuses(w.with("open sesame"), ErrDamaged)
	if _, err := w.keys.Recover(w.code.Text()); !errors.Is(err, ErrDamaged) {
		t.Fatal(err)
	}
	if !bytes.Equal(w.file("keys.b"), good) {
		t.Fatal("the true copy was overwritten")
	}
}
