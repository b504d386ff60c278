package seal

// How a slot holds the vault key.

// wrapKey wraps the vault key in a slot.
func (s slots) wrapKey(in *slot, key, material []byte) error {
	wrapping, err := slotKey(*in, material)
	if err != nil {
		return err
	}
	defer clear(wrapping)
	aead, err := newAEAD(wrapping)
	if err != nil {
		return err
	}
	in.wrap = aead.Seal(nil, nil, key, s.wrapContext(*in))
	return nil
}

// unwrapKey gives the vault key, or ErrWrong whatever the reason.
func (s slots) unwrapKey(from slot, material []byte) ([]byte, error) {
	wrapping, err := slotKey(from, material)
	if err != nil {
		return nil, err
	}
	defer clear(wrapping)
	aead, err := newAEAD(wrapping)
	if err != nil {
		return nil, err
	}
	key, err := aead.Open(nil, nil, from.wrap, s.wrapContext(from))
	if err != nil {
		return nil, ErrWrong
	}
	return key, nil
}

func slotKey(of slot, material []byte) ([]byte, error) {
	return derive(material, of.salt[:], append(appendSized(nil, domain, "key slot"), byte(of.kind)), keySize)
}

func (s slots) wrapContext(of slot) []byte {
	return append(appendSized(nil, []byte(domain), s.vaultID[:]), of.head()...)
}
