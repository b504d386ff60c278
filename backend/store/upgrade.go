package store

import (
	"errors"

	berrors "go.etcd.io/bbolt/errors"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

// Before layout 4 a bucket of its own had the ordinal and the last change of every
// Session ID, a row had neither, and more sessions shared a chunk.
const (
	bucketIDs  = "ids"  // token of the Session ID -> ordinal, sequence number
	oldRowSize = rowSeq // bytes
	oldFacts   = 128    // sessions in a chunk of facts
	oldestRows = 4096   // rows in a chunk, of layout 2, where the state does not say
)

// upgrade readies a file of an earlier version in one transaction, which also has
// every version refuse it that would not understand it. It writes nothing to a file
// that is as it should be. What is to be done the sealed state tells: the number of the
// layout stands in clear, and a wrong bit in it would have good chunks cut again.
func (s *Store) upgrade() error {
	st, err := s.readState()
	if err != nil || (st.Facts == idv.FactsVersion && st.Rows == chunkRows) {
		return err
	}
	_, err = s.update(func(w *writer) error {
		return errors.Join(
			w.upgradeFacts(), w.upgradeRows(),
			w.tx.Bucket([]byte(bucketMeta)).Put(keySchema, number(schema)),
		)
	})
	return err
}

// upgradeFacts throws the facts of another version away, which Facts derives, and cuts
// those of an earlier layout.
func (w *writer) upgradeFacts() error {
	name := []byte(bucketFacts)
	if w.state.Facts != idv.FactsVersion {
		w.state.Facts = idv.FactsVersion
		if err := w.tx.DeleteBucket(name); err != nil && !errors.Is(err, berrors.ErrBucketNotFound) {
			return err
		}
		_, err := w.tx.CreateBucket(name)
		return err
	}
	if w.state.Rows == chunkRows {
		return nil
	}
	return cut(w.bucket(bucketFacts), w.state.Last, oldFacts, func(old []byte, first, end uint32) error {
		facts, err := w.known.decode(nil, string(old))
		if err != nil || len(facts) != int(end-first) {
			return nil // they are derived anew
		}
		for number := first / chunkFacts; len(facts) > 0; number++ {
			from, to := span(number, chunkFacts, end-1)
			if err := w.writeFacts(number, facts[:to+1-from]); err != nil {
				return err
			}
			facts = facts[to+1-from:]
		}
		return nil
	})
}

// upgradeRows cuts the chunks of an earlier layout, and brings together what a row knows
// now. The rows of a chunk that cannot be read are missing afterwards: who asks for them
// is told so, as of the damage before.
func (w *writer) upgradeRows() error {
	if w.state.Rows == chunkRows {
		return nil
	}
	ids, err := w.oldIDs()
	if err != nil {
		return err
	}
	size := w.state.Rows
	if size == 0 {
		size = oldestRows
	}
	w.state.Rows = chunkRows
	err = cut(w.rows.bucket, w.state.Last, size, func(old []byte, first, end uint32) error {
		for number := first / chunkRows; number*chunkRows < end; number++ {
			from, to := span(number, chunkRows, end-1)
			chunk := make([]byte, 0, chunkRows*rowSize)
			for ordinal := from - from%chunkRows; ordinal <= to; ordinal++ { // no session has the ordinal 0
				at := int(ordinal%size) * oldRowSize
				if at+oldRowSize > len(old) {
					break
				}
				chunk = append(chunk, old[at:at+oldRowSize]...)
				chunk = append(chunk, ids[ordinal][:]...)
			}
			if err := w.rows.bucket.put(ordinalKey(number), chunk); err != nil {
				return err
			}
		}
		return nil
	})
	return errors.Join(err, w.tx.DeleteBucket([]byte(bucketIDs)))
}

// oldID is the end of a row: the sequence number of the last change and the token of the
// Session ID.
type oldID [rowSize - rowSeq]byte

// oldIDs reads the bucket of Session IDs, by ordinal. One that is damaged would come again
// at the next sync as a new session: the file is left as it is then.
func (w *writer) oldIDs() ([]oldID, error) {
	ids, found := make([]oldID, w.state.Last+1), uint32(0)
	err := w.bucket(bucketIDs).each(func(key, value []byte, damage error) error {
		if damage != nil {
			return damage
		}
		if len(key) != len(seal.Token{}) || len(value) != 4+8 || toOrdinal(value[:4]) > w.state.Last {
			return errMissing
		}
		ordinal := toOrdinal(value[:4])
		copy(ids[ordinal][:], value[4:])
		copy(ids[ordinal][8:], key)
		found++
		return nil
	})
	if err == nil && found != w.state.Last {
		err = errMissing
	}
	if err != nil {
		err = broken("The list of Session IDs", err)
	}
	return ids, err
}

// cut takes the chunks of some size out of a bucket and has others put in their place:
// put gets the content of each, and the ordinals from first to before end that are in it.
// One that cannot be read is only taken out.
func cut(from bucket, last, size uint32, put func(old []byte, first, end uint32) error) error {
	// From the last one on: then no new number is that of an old chunk still to come.
	for number := last/size + 1; number > 0; number-- {
		key := ordinalKey(number - 1)
		old, err := from.get(key)
		if errors.Is(err, seal.ErrLocked) {
			return err
		}
		if err := from.delete(key); err != nil {
			return err
		}
		if old == nil {
			continue
		}
		first, to := span(number-1, size, last)
		if err := put(old, first, to+1); err != nil {
			return err
		}
	}
	return nil
}
