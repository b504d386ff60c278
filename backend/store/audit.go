package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// The audit log is a Merkle tree as of RFC 6962: one 32-byte root stands for
// all entries, and a root that was taken outside shows later whether entries of
// then were changed, removed or put in between. An entry is kept in the same
// transaction as the action that it tells of.

// Entry is an action in the audit log. It holds no personal data: the object is
// a Session ID or a hash.
type Entry struct {
	At     time.Time         `json:"at"` // zero: the moment it is kept
	Action string            `json:"action"`
	Object string            `json:"object,omitempty"`
	Result string            `json:"result,omitempty"`
	Detail map[string]string `json:"detail,omitempty"`
}

// NumberedEntry is an entry and its number in the log, from 1.
type NumberedEntry struct {
	Number uint64
	Entry
}

// Append adds entries to the audit log.
func (s *Store) Append(entries ...Entry) error {
	_, err := s.update(func(w *writer) error { return w.append(entries...) })
	return err
}

func (w *writer) append(entries ...Entry) error {
	for _, entry := range entries {
		if entry.At.IsZero() {
			entry.At = w.now
		}
		entry.At = entry.At.UTC()
		if err := w.appendOne(entry); err != nil {
			return fmt.Errorf("write the audit log: %w", err)
		}
	}
	return nil
}

func (w *writer) appendOne(entry Entry) error {
	var record bytes.Buffer
	if err := encodeTo(&record, entry); err != nil {
		return err
	}
	index := int64(w.state.Audit)
	hashes, err := tlog.StoredHashes(index, record.Bytes(), w.hashes())
	if err != nil {
		return err
	}
	w.state.Audit++
	kept := w.bucket(bucketHashes)
	for i, hash := range hashes {
		at := uint64(tlog.StoredHashIndex(0, index)) + uint64(i)
		err = errors.Join(err, kept.put(number(at), hash[:]))
	}
	return errors.Join(err, w.bucket(bucketAudit).put(number(w.state.Audit), record.Bytes()))
}

// hashes reads the tree's hashes.
func (t *txn) hashes() tlog.HashReader {
	from := t.bucket(bucketHashes)
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		list := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			data, err := from.get(number(uint64(index)))
			if err == nil && len(data) != tlog.HashSize {
				err = errMissing
			}
			if err != nil {
				return nil, broken(fmt.Sprintf("Hash %d of the audit log", index), err)
			}
			copy(list[i][:], data)
		}
		return list, nil
	})
}

// Audit gives up to limit entries after the given number, oldest first.
func (s *Store) Audit(after uint64, limit int) (entries []NumberedEntry, err error) {
	err = s.view(func(t *txn) error {
		st, err := t.state()
		for n := after + 1; err == nil && n <= st.Audit && len(entries) < limit; n++ {
			entry := NumberedEntry{Number: n}
			if _, err = t.entry(n, &entry.Entry); err == nil {
				entries = append(entries, entry)
			}
		}
		return err
	})
	return entries, err
}

// entry decodes an entry that is there, and gives its bytes, which are good
// until the next get.
func (t *txn) entry(n uint64, entry *Entry) ([]byte, error) {
	data, err := t.bucket(bucketAudit).get(number(n))
	if err == nil && data == nil {
		err = errMissing
	}
	if err == nil {
		err = decode(data, entry)
	}
	if err != nil {
		return nil, damagedEntry(n, err)
	}
	return data, nil
}

func damagedEntry(n uint64, err error) error {
	return broken(fmt.Sprintf("Entry number %d of the audit log", n), err)
}

// Checkpoint is how many entries the audit log has, and the root of its tree.
func (s *Store) Checkpoint() (size uint64, root [32]byte, err error) {
	err = s.view(func(t *txn) error {
		st, err := t.state()
		if err != nil {
			return err
		}
		size = st.Audit
		root, err = tlog.TreeHash(int64(size), t.hashes())
		return err
	})
	return size, root, err
}

// VerifyAudit computes the whole tree anew from the entries and compares it
// with the one that is kept. Meanwhile writes wait.
func (s *Store) VerifyAudit(ctx context.Context) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	return s.view(func(t *txn) error {
		st, err := t.state()
		if err != nil {
			return err
		}
		var tree []tlog.Hash // by stored index
		reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
			list := make([]tlog.Hash, len(indexes))
			for i, index := range indexes {
				list[i] = tree[index]
			}
			return list, nil
		})
		for n := uint64(1); n <= st.Audit; n++ {
			if err := ctx.Err(); err != nil {
				return err
			}
			record, err := t.entry(n, new(Entry))
			if err != nil {
				return err
			}
			hashes, err := tlog.StoredHashes(int64(n-1), record, reader)
			if err != nil {
				return err
			}
			if err := t.compare(n, int64(len(tree)), hashes); err != nil {
				return err
			}
			tree = append(tree, hashes...)
		}
		return nil
	})
}

// compare says whether the tree has the hashes from an index on, which come
// with an entry.
func (t *txn) compare(entry uint64, from int64, hashes []tlog.Hash) error {
	indexes := make([]int64, len(hashes))
	for i := range indexes {
		indexes[i] = from + int64(i)
	}
	kept, err := t.hashes().ReadHashes(indexes)
	if err != nil {
		return err
	}
	for i := range kept {
		if kept[i] != hashes[i] {
			return damagedEntry(entry, errors.New("it is not the one that was logged"))
		}
	}
	return nil
}
