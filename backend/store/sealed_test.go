package store_test

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	bolt "go.etcd.io/bbolt"

	"veridesk/backend/idv"
)

// TestSwappedValuesAreRefused swaps values between keys, of the same bucket and
// of others: nothing of it is believed, and Scrub names exactly what was touched.
func TestSwappedValuesAreRefused(t *testing.T) {
	const rounds, pairs = 20, 50
	w := makeWorld(t, 120)
	random := rand.New(rand.NewPCG(3, 4))
	whole := w.bytes(t)
	values := w.values(t)
	places := slices.SortedFunc(maps.Keys(values), func(a, b place) int {
		return cmp.Or(cmp.Compare(a.bucket, b.bucket), cmp.Compare(a.key, b.key))
	})
	for round := range rounds {
		random.Shuffle(len(places), func(i, j int) { places[i], places[j] = places[j], places[i] })
		want := map[string]bool{}
		edit(t, w.file, func(tx *bolt.Tx) error {
			for i := range pairs {
				a, b := places[2*i], places[2*i+1]
				want[w.names[a.bucket+"/"+a.key]], want[w.names[b.bucket+"/"+b.key]] = true, true
				if err := tx.Bucket([]byte(a.bucket)).Put([]byte(a.key), []byte(values[b])); err != nil {
					return err
				}
				if err := tx.Bucket([]byte(b.bucket)).Put([]byte(b.key), []byte(values[a])); err != nil {
					return err
				}
			}
			return nil
		})
		damaged, err := w.scrub(t)
		if got, want := slices.Compact(slices.Sorted(slices.Values(damaged))), slices.Sorted(maps.Keys(want)); err != nil || !slices.Equal(got, want) {
			t.Fatalf("round %d: %v, scrub names\n%q, want\n%q", round, err, got, want)
		}
		if w.read(t, fmt.Sprint("round ", round)) == 0 {
			t.Errorf("round %d: everything could be read", round)
		}
		replaceFile(t, w.file, whole)
	}
}

// TestDamagedValueIsNamed flips one bit of one value at a time.
func TestDamagedValueIsNamed(t *testing.T) {
	const flips = 150
	w := makeWorld(t, 40)
	whole, values := w.bytes(t), w.values(t)
	random := rand.New(rand.NewPCG(7, 8))
	places := slices.SortedFunc(maps.Keys(values), func(a, b place) int {
		return cmp.Or(cmp.Compare(a.bucket, b.bucket), cmp.Compare(a.key, b.key))
	})
	for range flips {
		at := places[random.IntN(len(places))]
		sealed := []byte(values[at])
		harmed, bit := slices.Clone(whole), random.IntN(8*len(sealed))
		harmed[bytes.Index(whole, sealed)+bit/8] ^= 1 << (bit % 8)
		replaceFile(t, w.file, harmed)
		want := []string{w.names[at.bucket+"/"+at.key]}
		damaged, err := w.scrub(t)
		if err != nil || !slices.Equal(damaged, want) {
			t.Errorf("bit %d of the value in %s: scrub names %q, want %q, %v", bit, at.bucket, damaged, want, err)
		}
	}
}

// TestBitFlips flips bits of the file, one at a time: what is read then is right
// or an error, and what is refused is also found by Scrub. Writing to the file
// may fail and does not end the process.
func TestBitFlips(t *testing.T) {
	const flips = 300
	w := makeWorld(t, 60)
	whole := w.bytes(t)
	random := rand.New(rand.NewPCG(5, 6))
	noticed := 0
	used := len(bytes.TrimRight(whole, "\x00"))
	for n := range flips {
		at, bit := random.IntN(used), random.IntN(8)
		what := fmt.Sprintf("bit %d of byte %d", bit, at)
		harmed := slices.Clone(whole)
		harmed[at] ^= 1 << bit
		replaceFile(t, w.file, harmed)
		refused := w.read(t, what)
		damaged, err := w.scrub(t)
		if err != nil {
			w.wantDamage(t, what, err)
		}
		if refused > 0 && err == nil && len(damaged) == 0 {
			t.Errorf("%s: %d reads were refused, and scrub finds nothing", what, refused)
		}
		if refused > 0 {
			noticed++
		}
		if n%4 == 0 {
			w.writeTo(t, what)
		}
	}
	t.Logf("%d of %d flips were noticed; the others hit what is free", noticed, flips)
	if noticed < flips/3 {
		t.Errorf("only %d of %d flips were noticed", noticed, flips)
	}
}

// TestDamagedFile cuts the file and overwrites pages of it.
func TestDamagedFile(t *testing.T) {
	w := makeWorld(t, 400)
	data := w.bytes(t)
	harms := map[string][]byte{"half of it": data[:len(data)/2], "the start": data[:5*4096]}
	for n := range 12 {
		harmed := slices.Clone(data)
		at := 3*4096 + n*(len(data)-20*4096)/12
		for i := range 12 * 4096 {
			harmed[at+i] = 0xff
		}
		harms[fmt.Sprintf("overwritten at %d", at)] = harmed
	}
	noticed := 0
	for _, what := range slices.Sorted(maps.Keys(harms)) {
		replaceFile(t, w.file, harms[what])
		if w.read(t, what) > 0 {
			noticed++
		}
		w.writeTo(t, what)
	}
	if noticed < len(harms)/2 {
		t.Errorf("only %d of %d damaged files were noticed", noticed, len(harms))
	}
}

// encodings are the ways in which a text may stand in a file.
func encodings(text string) map[string][]byte {
	all := map[string][]byte{
		"UTF-8":  []byte(text),
		"hex":    []byte(hex.EncodeToString([]byte(text))),
		"HEX":    []byte(strings.ToUpper(hex.EncodeToString([]byte(text)))),
		"digits": {}, "UTF-16LE": {}, "UTF-16BE": {},
	}
	for _, unit := range utf16.Encode([]rune(text)) {
		all["UTF-16LE"] = append(all["UTF-16LE"], byte(unit), byte(unit>>8))
		all["UTF-16BE"] = append(all["UTF-16BE"], byte(unit>>8), byte(unit))
	}
	for shift := range 3 { // what stands before moves base64 by up to two bytes
		code := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("x", shift) + text))
		all[fmt.Sprint("base64 ", shift)] = []byte(code[(shift*8+5)/6 : len(code)-1])
	}
	if raw, err := hex.DecodeString(strings.ReplaceAll(text, "-", "")); err == nil {
		all["digits"] = raw // a Session ID in 16 bytes
	} else {
		delete(all, "digits")
	}
	return all
}

// hits are the encodings of a text that the data hold.
func hits(data []byte, text string) (found []string) {
	for name, code := range encodings(text) {
		if bytes.Contains(data, code) {
			found = append(found, name)
		}
	}
	return found
}

// TestNothingIsReadable looks for everything that was kept in the file's bytes.
func TestNothingIsReadable(t *testing.T) {
	w := makeWorld(t, 60)
	data := w.bytes(t)
	if found := hits(data, secret); len(found) > 0 {
		t.Errorf("the secret text stands there as %v", found)
	}
	for _, s := range w.want {
		for _, text := range []string{s.ID, s.Document.Number, s.Created.Format("2006-01-02T15:04:05")} {
			if found := hits(data, text); len(found) > 0 {
				t.Errorf("%s stands there as %v", text, found)
			}
		}
	}
	if len(hits(data, "origin")) == 0 {
		t.Error("not even the name of a setting is found: the search is blind")
	}
	for name, code := range encodings(w.want[0].ID) {
		if sample := slices.Concat([]byte("some text "), code, []byte(" more")); len(hits(sample, w.want[0].ID)) == 0 {
			t.Errorf("the search does not find %s", name)
		}
	}
}

// TestErasedIsGoneAfterCompact searches the file for the sealed bytes of erased
// sessions.
func TestErasedIsGoneAfterCompact(t *testing.T) {
	w := makeWorld(t, 300)
	before := w.values(t)
	s := openWith(t, w.file, w.keys)
	var gone []string
	for n := 0; n < 300; n += 2 {
		gone = append(gone, w.want[n].ID)
	}
	if _, err := s.Erase(gone, idv.ByUser, noon); err != nil {
		t.Fatal(err)
	}
	found := func() (n int) {
		data := w.bytes(t)
		for at, sealed := range before {
			name := w.names[at.bucket+"/"+at.key]
			var ordinal int
			_, err := fmt.Sscanf(name, "session number %d", &ordinal)
			// the rows hold the tokens of the numbers, the facts names; of long values any part is too much
			if erased := at.bucket == "rows" || at.bucket == "facts" || err == nil && ordinal%2 == 1; erased && bytes.Contains(data, []byte(sealed[:min(len(sealed), 200)])) {
				n++
			}
		}
		return n
	}
	if found() == 0 {
		t.Fatal("nothing is left even before compacting: the search is blind")
	}
	if err := s.Compact(t.Context(), silent); err != nil {
		t.Fatal(err)
	}
	if n := found(); n > 0 || s.Freed() {
		t.Errorf("%d sealed values of erased sessions are left, freed %v", n, s.Freed())
	}
}
