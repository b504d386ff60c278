package store

// Cursors, settings and secrets: small values under names.

// Cursor is where to read on from a source; "" at first.
func (s *Store) Cursor(source string) (cursor string, err error) {
	err = s.view(func(t *txn) error {
		key, err := t.token(fieldSource, source)
		if err != nil {
			return err
		}
		value, err := t.bucket(bucketCursors).named(key[:])
		cursor = string(value)
		if err != nil {
			return broken("The place to read on from "+source, err)
		}
		return nil
	})
	return cursor, err
}

func (w *writer) setCursor(source, cursor string) error {
	key, err := w.token(fieldSource, source)
	if err != nil {
		return err
	}
	return w.bucket(bucketCursors).put(key[:], []byte(cursor))
}

// named is get for a bucket of a few values: when there is none under the key
// they all have to be whole, because a damaged key looks like a missing one.
func (b bucket) named(key []byte) ([]byte, error) {
	value, err := b.get(key)
	if value != nil || err != nil {
		return value, err
	}
	return nil, b.each(func(_, _ []byte, err error) error { return err })
}

// Setting reads the setting name into value; a setting never made leaves it
// alone. The name stands in the clear: it is a constant of the program.
func (s *Store) Setting(name string, value any) error {
	return s.view(func(t *txn) error {
		data, err := t.bucket(bucketSettings).named([]byte(name))
		if err == nil && data != nil {
			err = decode(data, value)
		}
		if err != nil {
			return broken("The setting "+name, err)
		}
		return nil
	})
}

// SetSetting keeps value under name.
func (s *Store) SetSetting(name string, value any) error {
	_, err := s.update(func(w *writer) error {
		return w.bucket(bucketSettings).putValue([]byte(name), value)
	})
	return err
}

// Secret is what SetSecret kept under name, or "".
func (s *Store) Secret(name string) (secret string, err error) {
	err = s.view(func(t *txn) error {
		value, err := t.bucket(bucketSecrets).named([]byte(name))
		secret = string(value)
		if err != nil {
			return broken("The secret "+name, err)
		}
		return nil
	})
	return secret, err
}

// SetSecret keeps a password or key under name, sealed with a key that seals
// nothing else; "" removes it. The name stands in the clear.
func (s *Store) SetSecret(name, value string) error {
	_, err := s.update(func(w *writer) error {
		secrets := w.bucket(bucketSecrets)
		if value == "" {
			w.state.Freed = w.state.Freed || secrets.raw.Get([]byte(name)) != nil
			return secrets.delete([]byte(name))
		}
		return secrets.put([]byte(name), []byte(value))
	})
	return err
}
