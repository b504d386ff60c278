package seal

// Keychain keeps small secrets where the system keeps its own, for the user who
// is logged in. An entry that is not there is ErrNoEntry. On Windows every
// program of the user can read it, on Linux too while the keychain is open; on a
// Mac the system asks the user before it gives an entry to another program.
type Keychain interface {
	Get(entry string) ([]byte, error)
	// Set makes or replaces the entry.
	Set(entry string, secret []byte) error
	Delete(entry string) error
}

// keychainService is the name that the user sees in the system's own list.
const keychainService = "Veridesk"

// SystemKeychain gives the keychain of the system, or ErrNoKeychain. It asks the
// user nothing; Get, Set and Delete may, and wait for the answer.
func SystemKeychain() (Keychain, error) { return systemKeychain() }
