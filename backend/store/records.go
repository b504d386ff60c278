package store

import (
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"veridesk/backend/idv"
)

// ErrNotFound says that there is no such session.
var ErrNotFound = errors.New("no such session")

// details are the bulky parts of a session, about half of its bytes, which no
// list, search or export shows. They lie apart, so that those need not read them.
type details struct {
	MRZ      []idv.MRZField    `json:"mrz,omitempty"`
	Attempts []idv.Attempt     `json:"attempts,omitempty"`
	Unknown  map[string]string `json:"unknown,omitempty"`
}

// split takes the details out of a session.
func split(s idv.Session) (idv.Session, details) {
	d := details{MRZ: s.MRZ, Attempts: s.Attempts, Unknown: s.Unknown}
	s.MRZ, s.Attempts, s.Unknown = nil, nil, nil
	return s, d
}

// join puts them back.
func join(s idv.Session, d details) idv.Session {
	s.MRZ, s.Attempts, s.Unknown = d.MRZ, d.Attempts, d.Unknown
	return s
}

// records are the sessions of one transaction.
type records struct{ sessions, details *bolt.Bucket }

func newRecords(tx *bolt.Tx) records {
	return records{tx.Bucket(bucketSessions), tx.Bucket(bucketDetails)}
}

// brief reads a session without its details.
func (r records) brief(ordinal uint32) (s idv.Session, err error) {
	return s, r.read(r.sessions, ordinal, &s)
}

// whole reads a session with its details.
func (r records) whole(ordinal uint32) (s idv.Session, err error) {
	var d details
	err = errors.Join(r.read(r.sessions, ordinal, &s), r.read(r.details, ordinal, &d))
	return join(s, d), err
}

func (r records) read(bucket *bolt.Bucket, ordinal uint32, value any) error {
	data := bucket.Get(ordinalKey(ordinal))
	if data == nil {
		return fmt.Errorf("read session %d: %w", ordinal, ErrNotFound)
	}
	if err := decode(data, value); err != nil {
		return damagedSession(ordinal, err)
	}
	return nil
}

// encoded is a session as it is kept.
type encoded struct{ session, details []byte }

func encodeSession(s idv.Session) (encoded, error) {
	brief, d := split(s)
	session, err1 := encode(brief)
	details, err2 := encode(d)
	return encoded{session, details}, errors.Join(err1, err2)
}

// get is what is kept now.
func (r records) get(ordinal uint32) encoded {
	key := ordinalKey(ordinal)
	return encoded{r.sessions.Get(key), r.details.Get(key)}
}

func (r records) put(ordinal uint32, e encoded) error {
	key := ordinalKey(ordinal)
	return errors.Join(r.sessions.Put(key, e.session), r.details.Put(key, e.details))
}
