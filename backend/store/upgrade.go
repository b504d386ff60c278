package store

import (
	"errors"
	"slices"

	berrors "go.etcd.io/bbolt/errors"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

// oldChunkRows is how many rows a chunk had in layout 2, which the state does not
// tell. Each of them is cut into whole chunks.
const oldChunkRows = 32 * chunkRows

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

// upgradeFacts throws the facts of another version away. Facts derives them.
func (w *writer) upgradeFacts() error {
	if w.state.Facts == idv.FactsVersion {
		return nil
	}
	w.state.Facts = idv.FactsVersion
	name := []byte(bucketFacts)
	if err := w.tx.DeleteBucket(name); err != nil && !errors.Is(err, berrors.ErrBucketNotFound) {
		return err
	}
	_, err := w.tx.CreateBucket(name)
	return err
}

// upgradeRows cuts the chunks of layout 2. The rows of one that cannot be read are
// missing afterwards: who asks for them is told so, as of the damage before.
func (w *writer) upgradeRows() error {
	if w.state.Rows == chunkRows {
		return nil
	}
	w.state.Rows = chunkRows
	// From the last one on: then no new number is that of an old chunk still to come.
	for number := w.state.Last/oldChunkRows + 1; number > 0; number-- {
		if err := w.cutRows(number - 1); err != nil {
			return err
		}
	}
	return nil
}

// cutRows puts chunks in the place of the old one with that number.
func (w *writer) cutRows(old uint32) error {
	bucket, key := w.bucket(bucketRows), ordinalKey(old)
	rows, err := bucket.get(key)
	if errors.Is(err, seal.ErrLocked) {
		return err
	}
	err = bucket.delete(key)
	number := old * (oldChunkRows / chunkRows)
	for chunk := range slices.Chunk(rows, chunkRows*rowSize) {
		err = errors.Join(err, bucket.put(ordinalKey(number), chunk))
		number++
	}
	return err
}
