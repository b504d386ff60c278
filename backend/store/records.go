package store

import (
	"bytes"
	"errors"

	"veridesk/backend/idv"
)

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
type records struct{ sessions, details bucket }

func (t *txn) records() records {
	return records{t.bucket(bucketSessions), t.bucket(bucketDetails)}
}

// brief reads a session without its details.
func (r records) brief(ordinal uint32) (s idv.Session, err error) {
	data, err := read(r.sessions, ordinal)
	if err == nil {
		err = decode(data, &s)
	}
	return s, damagedSession(ordinal, err)
}

// rest reads a session's details.
func (r records) rest(ordinal uint32) (d details, err error) {
	data, err := read(r.details, ordinal)
	if err == nil {
		err = decode(data, &d)
	}
	return d, damagedSession(ordinal, err)
}

// whole reads a session with its details.
func (r records) whole(ordinal uint32) (idv.Session, error) {
	s, err1 := r.brief(ordinal)
	d, err2 := r.rest(ordinal)
	return join(s, d), errors.Join(err1, err2)
}

// read gives what a bucket has of a session, which is good until the next get.
func read(from bucket, ordinal uint32) ([]byte, error) {
	data, err := from.get(ordinalKey(ordinal))
	if err == nil && data == nil {
		err = errMissing
	}
	return data, err
}

// encoded is a session as it is kept, before it is sealed. Its memory is used
// again for the next one.
type encoded struct{ session, details bytes.Buffer }

func (e *encoded) encode(s idv.Session) error {
	e.session.Reset()
	e.details.Reset()
	brief, d := split(s)
	return errors.Join(encodeTo(&e.session, brief), encodeTo(&e.details, d))
}

// load reads what is kept, and the session that it is.
func (e *encoded) load(r records, ordinal uint32) (s idv.Session, err error) {
	var d details
	err1, err2 := load(&e.session, r.sessions, ordinal), load(&e.details, r.details, ordinal)
	if err := errors.Join(err1, err2); err != nil {
		return s, damagedSession(ordinal, err)
	}
	err = errors.Join(decode(e.session.Bytes(), &s), decode(e.details.Bytes(), &d))
	return join(s, d), damagedSession(ordinal, err)
}

func load(to *bytes.Buffer, from bucket, ordinal uint32) error {
	to.Reset()
	data, err := read(from, ordinal)
	to.Write(data)
	return err
}

func (e *encoded) equal(other *encoded) bool {
	return bytes.Equal(e.session.Bytes(), other.session.Bytes()) &&
		bytes.Equal(e.details.Bytes(), other.details.Bytes())
}

// put keeps a session. Details that are there already, kept says, are not written again:
// few changes touch them.
func (r records) put(ordinal uint32, e, kept *encoded) error {
	key := ordinalKey(ordinal)
	err := r.sessions.put(key, e.session.Bytes())
	if kept == nil || !bytes.Equal(e.details.Bytes(), kept.details.Bytes()) {
		err = errors.Join(err, r.details.put(key, e.details.Bytes()))
	}
	return err
}
