package archive_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// forms are the ways in which a text, or a piece of a picture, may stand in a file,
// each by its name.
func forms(mark []byte) map[string][]byte {
	all := map[string][]byte{}
	for _, text := range spellings(mark) {
		add := func(form string, bytes []byte) { all[fmt.Sprintf("%s of %.40q", form, text)] = bytes }
		add("bytes", text)
		add("hex", []byte(hex.EncodeToString(text)))
		add("HEX", []byte(strings.ToUpper(hex.EncodeToString(text))))
		for shift := range 3 {
			add(fmt.Sprint("base64 at ", shift), base64At(base64.RawStdEncoding, text, shift))
			add(fmt.Sprint("base64url at ", shift), base64At(base64.RawURLEncoding, text, shift))
		}
		if utf8.Valid(text) {
			units := utf16.Encode([]rune(string(text)))
			add("UTF-16LE", utf16Bytes(units, binary.LittleEndian))
			add("UTF-16BE", utf16Bytes(units, binary.BigEndian))
			if escaped := url.QueryEscape(string(text)); escaped != string(text) {
				add("percent", []byte(escaped))
			}
			add("JSON", jsonEscapes(units))
		}
	}
	return all
}

// spellings are a text as it is, in small and in capital letters.
func spellings(mark []byte) [][]byte {
	if !utf8.Valid(mark) {
		return [][]byte{mark}
	}
	return [][]byte{mark, bytes.ToLower(mark), bytes.ToUpper(mark)}
}

// base64At encodes what of a text in base64 does not depend on what stands around
// it, when shift bytes stand before it in its group of three.
func base64At(encoding *base64.Encoding, text []byte, shift int) []byte {
	padded := append(make([]byte, shift), text...)
	whole := padded[:len(padded)/3*3]
	return []byte(encoding.EncodeToString(whole))[[]int{0, 2, 3}[shift]:]
}

func utf16Bytes(units []uint16, order binary.AppendByteOrder) (out []byte) {
	for _, unit := range units {
		out = order.AppendUint16(out, unit)
	}
	return out
}

func jsonEscapes(units []uint16) (out []byte) {
	for _, unit := range units {
		out = fmt.Appendf(out, `\u%04x`, unit)
	}
	return out
}

// scanned is what a search of a folder found.
type scanned struct {
	files map[string]int // sizes
	hits  []string
}

// scan searches each file in a folder, and its name, for the marks in every form.
func scan(t *testing.T, dir string, marks [][]byte) scanned {
	t.Helper()
	needles := map[string]string{} // to what they are
	for _, mark := range marks {
		for form, needle := range forms(mark) {
			needles[string(needle)] = form
		}
	}
	found := scanned{files: map[string]int{}}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		look := func(where string, data []byte) {
			for needle, form := range needles {
				if bytes.Contains(data, []byte(needle)) {
					found.hits = append(found.hits, where+": "+form)
				}
			}
		}
		look("the name "+name, []byte(name))
		if !entry.Type().IsRegular() {
			return nil
		}
		data, err := os.ReadFile(path)
		look(name, data)
		found.files[name] = len(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// nothingInClear fails for each mark in a folder, and when a file or folder that
// has to be there was not searched.
func nothingInClear(t *testing.T, when, dir string, marks [][]byte, need ...string) {
	t.Helper()
	found := scan(t, dir, marks)
	slices.Sort(found.hits)
	for _, hit := range found.hits[:min(len(found.hits), 20)] {
		t.Errorf("%s: %s", when, hit)
	}
	searched, total := map[string]bool{}, 0
	for name, size := range found.files {
		total += size
		for part := range strings.SplitSeq(filepath.ToSlash(name), "/") {
			searched[part] = searched[part] || size > 0
		}
	}
	for _, name := range need {
		if !searched[name] {
			t.Errorf("%s: %s was not searched", when, name)
		}
	}
	t.Logf("%s: %d files of %d bytes searched, %d hits", when, len(found.files), total, len(found.hits))
}

// TestScanFindsWhatIsThere plants each mark in each form, at each place in a group
// of three.
func TestScanFindsWhatIsThere(t *testing.T) {
	marks := append(markedTexts(), photoOf(3, "front")[200:224])
	for _, mark := range marks {
		for _, text := range spellings(mark) {
			for before := range 3 {
				plain := slices.Concat([]byte("xyz")[:before], text, []byte("abcd"))
				for _, planted := range [][]byte{
					plain, []byte(hex.EncodeToString(plain)), []byte(base64.StdEncoding.EncodeToString(plain)),
					[]byte(base64.URLEncoding.EncodeToString(plain)), utf16Of(plain),
				} {
					dir := t.TempDir()
					if err := os.WriteFile(filepath.Join(dir, "f"), slices.Concat([]byte{0, 1, 2}, planted, []byte{3}), 0o600); err != nil {
						t.Fatal(err)
					}
					if len(scan(t, dir, marks).hits) == 0 {
						t.Fatalf("%q is not found as %q", text, planted)
					}
				}
			}
		}
	}
}

// utf16Of is the bytes themselves if they are no text.
func utf16Of(text []byte) []byte {
	if !utf8.Valid(text) {
		return text
	}
	return utf16Bytes(utf16.Encode([]rune(string(text))), binary.LittleEndian)
}
