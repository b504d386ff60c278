package search_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/blevesearch/vellum"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
	"veridesk/backend/search"
)

// clearKeys do not seal: they show what a test would find in a clear index.
type clearKeys struct{ seal.Keyring }

func (clearKeys) Box(seal.Purpose, uint32) (seal.Box, error) { return clearBox{}, nil }

type clearBox struct{}

func (clearBox) ID() seal.KeyID { return seal.KeyID{} }
func (clearBox) Seal(dst, plain []byte, _ seal.Place) ([]byte, error) {
	return append(dst, plain...), nil
}
func (clearBox) Open(dst, sealed []byte, _ seal.Place) ([]byte, error) {
	return append(dst, sealed...), nil
}
func (clearBox) Used() uint64  { return 0 }
func (clearBox) Resume(uint64) {}

// marked are sessions of which every word is like no other.
func marked(from, to int) (docs []search.Doc, markers []string) {
	for n := from; n < to; n++ {
		word := func(kind string) string {
			markers = append(markers, fmt.Sprintf("%squux%05dzyx", kind, n))
			return markers[len(markers)-1]
		}
		s := idv.Session{ID: word("session")}
		s.Person.FirstName = idv.Name{Latin: word("given"), Georgian: "ქეთევანი" + word("geo")}
		s.Person.LastName.Latin = word("family")
		s.Person.PersonalNumber, s.Document.Number = word("personal"), word("document")
		docs = append(docs, search.Doc{Ordinal: uint32(n), Session: s})
	}
	return docs, markers
}

// Nothing of a session, nor of the archive, can be read from any file, while the
// index is written to and after it is closed. In a clear index it can.
func TestNothingIsClearOnDisk(t *testing.T) {
	for _, c := range []struct {
		name  string
		keys  seal.Keyring
		clear bool
	}{{"sealed", vault(t), false}, {"control", clearKeys{}, true}} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			ix, err := search.Open(dir, "archive-of-the-marker", c.keys)
			if err != nil {
				t.Fatal(err)
			}
			var markers []string
			for n := range 20 {
				docs, more := marked(n*40, n*40+60) // a third replaces
				update(t, ix, docs, uint64(n+1))
				markers = append(markers, more...)
				if hits := clearWords(t, dir, markers); hits > 0 && !c.clear {
					t.Fatalf("%d clear words while the index is written", hits)
				}
			}
			if err := ix.Purge(context.Background()); err != nil {
				t.Fatal(err)
			}
			shut(t, ix)
			if hits := clearWords(t, dir, markers); (hits > 800) != c.clear || hits > 0 != c.clear {
				t.Errorf("%d clear words", hits)
			}
			texts := append(markers[:600:600], "archive-of-the-marker", "default_mapping", "index_type")
			if hits := clearTexts(t, dir, texts); (hits >= 3) != c.clear || hits > 0 != c.clear {
				t.Errorf("%d of the texts are in the files", hits)
			}
		})
	}
}

// clearTexts counts the texts that are in any file, in any usual spelling.
func clearTexts(t *testing.T, dir string, texts []string) (hits int) {
	t.Helper()
	all := bytes.Join(contents(t, dir), []byte{0})
	for _, text := range texts {
		for _, spelling := range spellings(text) {
			if bytes.Contains(all, spelling) {
				hits++
				break
			}
		}
	}
	return hits
}

func spellings(text string) (all [][]byte) {
	var little, big []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		little = binary.LittleEndian.AppendUint16(little, unit)
		big = binary.BigEndian.AppendUint16(big, unit)
	}
	all = append(all, []byte(text), []byte(strings.ToUpper(text)), little, big)
	for _, raw := range [][]byte{[]byte(text), little, big} {
		digits := hex.EncodeToString(raw)
		all = append(all, []byte(digits), []byte(strings.ToUpper(digits)))
		for shift := range 3 { // what is left of base64 wherever the text begins
			encoded := base64.RawStdEncoding.EncodeToString(append(make([]byte, shift), raw...))
			all = append(all, []byte(encoded[4:len(encoded)-4]))
		}
	}
	return all
}

// clearWords counts how many of the words are in the dictionaries that can be
// read from the files as they are. A dictionary is packed: its words do not show
// as text.
func clearWords(t *testing.T, dir string, words []string) int {
	t.Helper()
	wanted := map[string]bool{}
	for _, word := range words {
		wanted[word] = true
	}
	found := map[string]bool{}
	head := make([]byte, 16)
	head[0] = 1 // version 1, type 0
	for _, content := range contents(t, dir) {
		for at := 0; ; at++ {
			next := bytes.Index(content[at:], head)
			if next < 0 {
				break
			}
			at += next
			for _, word := range dictionaryAt(content, at) {
				if wanted[word] {
					found[word] = true
				}
			}
		}
	}
	return len(found)
}

// dictionaryAt reads the dictionary that begins there, if one does: its length
// stands before it.
func dictionaryAt(content []byte, at int) (words []string) {
	for size := 1; size <= min(5, at); size++ {
		length, n := binary.Uvarint(content[at-size : at])
		if n != size || at+int(length) > len(content) || length < 32 {
			continue
		}
		fst, err := vellum.Load(content[at : at+int(length)])
		if err != nil {
			continue
		}
		terms, err := fst.Iterator(nil, nil)
		for ; err == nil; err = terms.Next() {
			word, _ := terms.Current()
			words = append(words, string(word))
		}
	}
	return words
}

func contents(t *testing.T, dir string) (all [][]byte) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return ignoreMissing(err)
		}
		content, err := os.ReadFile(path)
		all = append(all, content)
		return ignoreMissing(err)
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// ignoreMissing lets files go away while they are listed: Bleve removes some.
func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
