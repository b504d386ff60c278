//go:build !windows && !linux && !(darwin && cgo)

package seal

func systemKeychain() (Keychain, error) { return nil, ErrNoKeychain }
