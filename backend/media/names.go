package media

import (
	"crypto/rand"
	"path/filepath"
	"strings"
)

// The names of files: "a/b/" and 24 letters, all random but for the last six,
// which are those of the run that made the file. They tell nothing of what is
// inside. Two levels of 32 folders keep a folder of some million photos to some
// thousand entries, and a small archive to a thousand folders.
const (
	randomLetters = 18
	runLetters    = 6
	alphabet      = "abcdefghijklmnopqrstuvwxyz234567" // reads the same where case does not count
)

// letters are n random letters of the alphabet, five bits each.
func letters(n int) string {
	name := make([]byte, n)
	_, _ = rand.Read(name) // never fails: see its documentation
	for i := range name {
		name[i] = alphabet[name[i]%32]
	}
	return string(name)
}

func (s *Store) newName() string {
	return letters(1) + "/" + letters(1) + "/" + letters(randomLetters) + s.run
}

// isName tells a name that newName could have made from anything else that may
// stand in a record or in the folder, such as a path to elsewhere.
func isName(file string) bool {
	const length = 2 + 2 + randomLetters + runLetters
	if len(file) != length || file[1] != '/' || file[3] != '/' {
		return false
	}
	return strings.Trim(file[:1]+file[2:3]+file[4:], alphabet) == ""
}

func (s *Store) path(file string) string { return filepath.Join(s.dir, filepath.FromSlash(file)) }
