// The sessions of an archive, read once and kept small, so that every index is
// built from the same data and none waits for the archive.

package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
	"veridesk/backend/store"
)

// data is every session, newest first: the place in it is a session's rank.
type data struct {
	people []person
	shapes []idv.Session // what many sessions have in common, see shapeOf
}

// person is what a session has for itself: a million of them are to fit beside
// what is measured, and to give the garbage collector nothing to do.
type person struct {
	ordinal, shape    uint32
	created, finished int64  // Unix milliseconds, 0 none
	text              string // see pack
}

const separator = "\x1f"

// readChanges is how many sessions are read at once.
const readChanges = 5000

// readData reads the closed archive in that folder.
func readData(dir string, vault *seal.Vault) (d *data, err error) {
	st, err := store.Open(filepath.Join(dir, storeFile), vault)
	if err != nil {
		return nil, err
	}
	defer func() {
		if closing := st.Close(); err == nil {
			err = closing
		}
	}()
	d = &data{}
	known := map[string]uint32{}
	for seq := uint64(0); ; {
		changes, err := st.Changes(seq, readChanges)
		if err != nil {
			return nil, err
		}
		if len(changes) == 0 {
			break
		}
		for _, change := range changes {
			if err := d.add(change, known); err != nil {
				return nil, err
			}
		}
		seq = changes[len(changes)-1].Seq
	}
	slices.SortFunc(d.people, newestFirst)
	return d, nil
}

// newestFirst is the archive's first order: of the same moment, the higher ordinal
// is newer.
func newestFirst(a, b person) int {
	if a.created != b.created {
		return int(min(1, max(-1, b.created-a.created)))
	}
	return int(b.ordinal) - int(a.ordinal)
}

func (d *data) add(change store.Change, known map[string]uint32) error {
	s := change.Session
	common := shapeOf(s)
	key, err := json.Marshal(common)
	if err != nil {
		return err
	}
	shape, found := known[string(key)]
	if !found {
		shape = uint32(len(d.shapes))
		known[string(key)] = shape
		d.shapes = append(d.shapes, common)
	}
	text, err := pack(s)
	d.people = append(d.people, person{
		ordinal: change.Ordinal, shape: shape, text: text,
		created: milli(s.Created), finished: milli(s.Finished),
	})
	return err
}

// shapeOf leaves out what tells sessions apart, and what no list shows.
func shapeOf(s idv.Session) idv.Session {
	shape := idv.Session{
		Environment: s.Environment, Outcome: s.Outcome, Tags: s.Tags, Liquidated: s.Liquidated,
		ManualVerified: s.ManualVerified, ManualRejected: s.ManualRejected, Checked: s.Checked,
		Document: idv.Document{Type: s.Document.Type},
		Checks: idv.Checks{
			Liveness: s.Checks.Liveness, MatchLevel: s.Checks.MatchLevel,
			DigitalSpoof: s.Checks.DigitalSpoof, FullID: s.Checks.FullID,
		},
		Device: idv.Device{Kind: s.Device.Kind}, Location: idv.Location{Country: s.Location.Country},
	}
	if s.Erased != nil {
		shape.Erased = &idv.Erased{Reason: s.Erased.Reason}
	}
	return shape
}

// pack joins a session's own texts into one.
func pack(s idv.Session) (string, error) {
	texts := []string{
		s.ID, s.Person.FirstName.Latin, s.Person.FirstName.Georgian, s.Person.LastName.Latin, s.Person.LastName.Georgian,
		s.Person.PersonalNumber, s.Document.Number,
	}
	for _, field := range s.Extra {
		texts = append(texts, field.Key, field.Value)
	}
	text := strings.Join(texts, separator)
	if strings.Count(text, separator) != len(texts)-1 {
		return "", fmt.Errorf("a session's text holds the sign that separates them")
	}
	return text, nil
}

// session is what the indexes and the list go by, of the session with that rank.
func (d *data) session(rank int) idv.Session {
	p := d.people[rank]
	s, texts := d.shapes[p.shape], strings.Split(p.text, separator)
	s.ID = texts[0]
	s.Person.FirstName = idv.Name{Latin: texts[1], Georgian: texts[2]}
	s.Person.LastName = idv.Name{Latin: texts[3], Georgian: texts[4]}
	s.Person.PersonalNumber, s.Document.Number = texts[5], texts[6]
	for pair := range slices.Chunk(texts[7:], 2) {
		s.Extra = append(s.Extra, idv.Field{Key: pair[0], Value: pair[1]})
	}
	s.Created, s.Finished = moment(p.created), moment(p.finished)
	return s
}

// milli is 0 for no time.
func milli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func moment(milli int64) time.Time {
	if milli == 0 {
		return time.Time{}
	}
	return time.UnixMilli(milli).UTC()
}
