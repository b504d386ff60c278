//go:build darwin && cgo

package seal

import (
	"errors"
	"fmt"

	"github.com/keybase/go-keychain"
)

// macKeychain is the login keychain, through its API: an entry belongs to the
// signature of the app that made it. (The command /usr/bin/security would make
// entries that every program may read through that command.) Entries stay on this
// Mac and are readable only while it is unlocked.
type macKeychain struct{}

func systemKeychain() (Keychain, error) { return macKeychain{}, nil }

func (macKeychain) item(entry string) keychain.Item {
	item := keychain.NewItem()
	item.SetSecClass(keychain.SecClassGenericPassword)
	item.SetService(keychainService)
	item.SetAccount(entry)
	return item
}

func (m macKeychain) Get(entry string) ([]byte, error) {
	query := m.item(entry)
	query.SetMatchLimit(keychain.MatchLimitOne)
	query.SetReturnData(true)
	results, err := keychain.QueryItem(query)
	switch {
	case err != nil:
		return nil, fmt.Errorf("read from the Keychain: %w", err)
	case len(results) == 0:
		return nil, ErrNoEntry
	}
	return results[0].Data, nil
}

func (m macKeychain) Set(entry string, secret []byte) error {
	if err := m.Delete(entry); err != nil && !errors.Is(err, ErrNoEntry) {
		return err
	}
	item := m.item(entry)
	item.SetLabel(keychainService)
	item.SetData(secret)
	item.SetSynchronizable(keychain.SynchronizableNo)
	item.SetAccessible(keychain.AccessibleWhenUnlockedThisDeviceOnly)
	if err := keychain.AddItem(item); err != nil {
		return fmt.Errorf("write to the Keychain: %w", err)
	}
	return nil
}

func (m macKeychain) Delete(entry string) error {
	err := keychain.DeleteItem(m.item(entry))
	switch {
	case errors.Is(err, keychain.ErrorItemNotFound):
		return ErrNoEntry
	case err != nil:
		return fmt.Errorf("delete from the Keychain: %w", err)
	}
	return nil
}
