package seal

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"

	"github.com/zalando/go-keyring"
	ss "github.com/zalando/go-keyring/secret_service"
)

// secretService is the Secret Service of the desktop, over the session bus.
type secretService struct{}

const secretServiceName = "org.freedesktop.secrets"

// systemKeychain looks whether a Secret Service runs or would be started.
func systemKeychain() (Keychain, error) {
	service, err := ss.NewSecretService()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoKeychain, err)
	}
	for _, list := range []string{"ListNames", "ListActivatableNames"} {
		var names []string
		err := service.BusObject().Call("org.freedesktop.DBus."+list, 0).Store(&names)
		if err == nil && slices.Contains(names, secretServiceName) {
			return secretService{}, nil
		}
	}
	return nil, fmt.Errorf("%w: nobody offers %s", ErrNoKeychain, secretServiceName)
}

// Get reads an entry. Secrets are stored as base64: the service calls them text.
func (secretService) Get(entry string) ([]byte, error) {
	text, err := keyring.Get(keychainService, entry)
	if err != nil {
		return nil, secretServiceError("read from", err)
	}
	secret, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, errors.New("the keychain entry is not one of this app")
	}
	return secret, nil
}

func (secretService) Set(entry string, secret []byte) error {
	err := keyring.Set(keychainService, entry, base64.StdEncoding.EncodeToString(secret))
	return secretServiceError("write to", err)
}

func (secretService) Delete(entry string) error {
	return secretServiceError("delete from", keyring.Delete(keychainService, entry))
}

func secretServiceError(doing string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNoEntry
	}
	return fmt.Errorf("%s the Secret Service: %w", doing, err)
}
