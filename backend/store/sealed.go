package store

import (
	"bytes"
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"veridesk/backend/seal"
)

// boxes seal the values. The generation of a key would change with a new key,
// which has not been needed: a key may seal 2^32 values.
type boxes struct{ records, secrets, audit seal.Box }

func newBoxes(keys seal.Keyring) (boxes, error) {
	const generation = 1
	records, err1 := keys.Box(seal.Records, generation)
	secrets, err2 := keys.Box(seal.Credentials, generation)
	audit, err3 := keys.Box(seal.Audit, generation)
	if err := errors.Join(err1, err2, err3); err != nil {
		return boxes{}, broken("The key", err)
	}
	return boxes{records, secrets, audit}, nil
}

// of is the box for a bucket's values.
func (b boxes) of(bucket string) seal.Box {
	switch bucket {
	case bucketSecrets:
		return b.secrets
	case bucketAudit, bucketHashes:
		return b.audit
	default:
		return b.records
	}
}

// txn is a transaction on sealed buckets. Only one goroutine may use it.
type txn struct {
	tx    *bolt.Tx
	keys  seal.Keyring
	boxes boxes
	plain []byte       // memory for the value read last
	text  bytes.Buffer // memory for the value encoded last
	facts factsEncoder // memory for the chunk of facts encoded last
	known factsDecoder // memory for those decoded
	read  int          // see hasRead
}

func (s *Store) txn(tx *bolt.Tx) *txn { return &txn{tx: tx, keys: s.keys, boxes: s.boxes} }

// bucket is a bucket whose values are sealed, each for its own key.
type bucket struct {
	name string
	raw  *bolt.Bucket
	box  seal.Box
	txn  *txn
}

func (t *txn) bucket(name string) bucket {
	return bucket{name, t.tx.Bucket([]byte(name)), t.boxes.of(name), t}
}

// sealedSince is the layout that the values name when they are sealed: it says what
// their places mean, which later layouts have not changed.
const sealedSince = 2

func (b bucket) place(key []byte) seal.Place {
	return seal.Place{Schema: sealedSince, Bucket: b.name, Key: key}
}

// get gives the value under key, nil if there is none. It is good until the
// next get from any bucket of the transaction.
func (b bucket) get(key []byte) ([]byte, error) {
	sealed := b.raw.Get(key)
	if sealed == nil {
		return nil, nil
	}
	return b.open(key, sealed)
}

// open opens what stands under key, which bbolt gave.
func (b bucket) open(key, sealed []byte) ([]byte, error) {
	plain, err := b.box.Open(b.txn.plain[:0], sealed, b.place(key))
	if err != nil {
		return nil, fmt.Errorf("open a value of %s: %w", b.name, err)
	}
	b.txn.plain = plain
	if plain == nil {
		plain = []byte{} // an empty value is one all the same
	}
	return plain, nil
}

// stepper reads values whose keys follow each other: it does not look for each anew.
type stepper struct {
	bucket bucket
	cursor *bolt.Cursor
	key    []byte // where the cursor stands; nil at first
}

func (b bucket) stepper() *stepper { return &stepper{bucket: b, cursor: b.raw.Cursor()} }

// get gives the value under key as bucket.get does.
func (s *stepper) get(key []byte) ([]byte, error) {
	var sealed []byte
	if s.key != nil {
		s.key, sealed = s.cursor.Next()
	}
	if !bytes.Equal(s.key, key) {
		s.key, sealed = s.cursor.Seek(key)
	}
	if !bytes.Equal(s.key, key) || sealed == nil {
		return nil, nil
	}
	return s.bucket.open(key, sealed)
}

// put keeps plain under key.
func (b bucket) put(key, plain []byte) error {
	// bbolt holds on to the sealed bytes until the commit: they need memory of their own
	sealed, err := b.box.Seal(make([]byte, 0, len(plain)+seal.Overhead), plain, b.place(key))
	if err != nil {
		return fmt.Errorf("seal a value of %s: %w", b.name, err)
	}
	return b.raw.Put(key, sealed)
}

func (b bucket) delete(key []byte) error { return b.raw.Delete(key) }

// getValue decodes the value under key into value, if there is one.
func (b bucket) getValue(key []byte, value any) (found bool, err error) {
	data, err := b.get(key)
	if data == nil || err != nil {
		return false, err
	}
	return true, decode(data, value)
}

// putValue encodes value and keeps it under key.
func (b bucket) putValue(key []byte, value any) error {
	b.txn.text.Reset()
	if err := encodeTo(&b.txn.text, value); err != nil {
		return err
	}
	return b.put(key, b.txn.text.Bytes())
}

// each gives every key and its opened value, which is good until the next one;
// damage is what cannot be opened.
func (b bucket) each(yield func(key, value []byte, damage error) error) error {
	return b.raw.ForEach(func(key, sealed []byte) error {
		value, err := b.open(key, sealed)
		return yield(key, value, err)
	})
}
