package seal

import (
	"errors"
	"fmt"

	"github.com/danieljoos/wincred"
)

// credentialManager is the Windows Credential Manager. Its entries stay on this
// computer: they do not roam with the profile.
type credentialManager struct{}

func systemKeychain() (Keychain, error) { return credentialManager{}, nil }

func (credentialManager) target(entry string) string { return keychainService + ": " + entry }

func (c credentialManager) find(entry string) (*wincred.GenericCredential, error) {
	found, err := wincred.GetGenericCredential(c.target(entry))
	if errors.Is(err, wincred.ErrElementNotFound) {
		return nil, ErrNoEntry
	}
	return found, err
}

func (c credentialManager) Get(entry string) ([]byte, error) {
	found, err := c.find(entry)
	if err != nil {
		return nil, err
	}
	return found.CredentialBlob, nil
}

func (c credentialManager) Set(entry string, secret []byte) error {
	made := wincred.NewGenericCredential(c.target(entry))
	made.UserName = keychainService
	made.CredentialBlob = secret
	made.Persist = wincred.PersistLocalMachine
	if err := made.Write(); err != nil {
		return fmt.Errorf("write to the Credential Manager: %w", err)
	}
	return nil
}

func (c credentialManager) Delete(entry string) error {
	found, err := c.find(entry)
	if err != nil {
		return err
	}
	return found.Delete()
}
