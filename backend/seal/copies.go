package seal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Key files are kept twice, because without them an archive is lost. Each copy
// is replaced as a whole, one after the other.
var copyNames = [2]string{"keys.a", "keys.b"}

// Condition is the state of one copy of the key file.
type Condition string

// The conditions. Stale, missing and damaged copies are mended at the next unlock.
const (
	Good    Condition = "good"
	Stale   Condition = "stale"   // whole, but from before the last change
	Missing Condition = "missing" // not there
	Damaged Condition = "damaged" // there, but not to be used
	Newer   Condition = "newer"   // whole, of a newer version of the app
)

// Copy is one copy of the key file.
type Copy struct {
	Name      string
	Condition Condition
}

// found is what the folder holds. slots and file belong to the newest whole copy.
type found struct {
	copies [2]Copy
	slots  slots
	file   []byte
	best   int
}

// load reads both copies. The whole one with the highest serial counts; of two
// with the same serial, the first. If one is of a newer version, neither is used:
// the other may be from before that version changed something. What is returned
// with an error still tells the condition of the copies.
func (k *Keys) load() (found, error) {
	all := found{best: -1}
	var newer *NewerError
	var causes []error
	for i, name := range copyNames {
		file, content, err := k.loadCopy(name)
		all.copies[i] = Copy{Name: name, Condition: Damaged}
		switch {
		case errors.As(err, &newer):
			all.copies[i].Condition = Newer
		case errors.Is(err, fs.ErrNotExist):
			all.copies[i].Condition = Missing
		case err != nil:
			causes = append(causes, fmt.Errorf("%s: %w", name, err))
		default:
			all.add(i, file, content)
		}
	}
	switch {
	case newer != nil:
		return all, newer
	case all.best >= 0:
		return all, nil
	case len(causes) == 0:
		return all, ErrNoKeys
	}
	return all, fmt.Errorf("no copy of the key file can be used, only a backup of one helps: %w", errors.Join(causes...))
}

func (all *found) add(i int, file []byte, content slots) {
	all.copies[i].Condition = Good
	switch {
	case all.best < 0:
	case bytes.Equal(file, all.file):
		return
	case content.serial > all.slots.serial:
		all.copies[all.best].Condition = Stale
	default:
		all.copies[i].Condition = Stale
		return
	}
	all.best, all.file, all.slots = i, file, content
}

func (k *Keys) loadCopy(name string) ([]byte, slots, error) {
	from, err := os.Open(filepath.Join(k.dir, name))
	if err != nil {
		return nil, slots{}, err
	}
	defer from.Close()
	file, err := io.ReadAll(io.LimitReader(from, maxSlotsFile))
	if err != nil {
		return nil, slots{}, err
	}
	content, err := parseSlots(file, k.limits)
	if errors.Is(err, ErrParams) {
		err = fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return file, content, err
}

// save writes both copies, the one that counts last: until it is replaced, the
// archive opens as before; from the first rename on, it opens as changed.
func (k *Keys) save(file []byte, best int) error {
	for written, i := range []int{1 - best, best} {
		err := k.write(filepath.Join(k.dir, copyNames[i]), file)
		switch {
		case err != nil && written > 0:
			return fmt.Errorf("write %s: %w: %w", copyNames[i], ErrHalf, err)
		case err != nil:
			return fmt.Errorf("write %s: %w", copyNames[i], err)
		}
	}
	return nil
}

// mend brings the other copy up to the one that was just opened. If that fails,
// the next unlock tries again, and Inspect goes on telling.
func (k *Keys) mend(all found) {
	for i, one := range all.copies {
		if one.Condition != Good {
			_ = k.write(filepath.Join(k.dir, copyNames[i]), all.file)
		}
	}
}
