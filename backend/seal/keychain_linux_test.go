package seal

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"veridesk/backend/bus/bustest"
)

// The Linux keychain, with a real Secret Service on a session bus of its own:
// where gnome-keyring is installed.
func TestSecretService(t *testing.T) {
	daemon, err := exec.LookPath("gnome-keyring-daemon")
	if err != nil {
		t.Skip("needs gnome-keyring-daemon: apt-get install gnome-keyring")
	}
	startSessionBus(t)
	if keychain, err := SystemKeychain(); !errors.Is(err, ErrNoKeychain) {
		t.Skipf("this system starts a Secret Service of its own: %v, %v", keychain, err)
	}
	startKeyring(t, daemon)
	keychain, err := SystemKeychain()
	if err != nil {
		t.Fatal(err)
	}
	secret := random(keySize)
	if _, err := keychain.Get("an entry"); !errors.Is(err, ErrNoEntry) {
		t.Fatal(err)
	}
	if err := keychain.Delete("an entry"); !errors.Is(err, ErrNoEntry) {
		t.Fatal(err)
	}
	for _, secret := range [][]byte{random(keySize), secret} {
		if err := keychain.Set("an entry", secret); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := keychain.Get("an entry"); err != nil || !bytes.Equal(got, secret) {
		t.Fatal(err)
	}
	if _, err := keychain.Get("another entry"); !errors.Is(err, ErrNoEntry) {
		t.Fatal(err)
	}
	vaultInKeychain(t, keychain)
	if err := keychain.Delete("an entry"); err != nil {
		t.Fatal(err)
	}
	if _, err := keychain.Get("an entry"); !errors.Is(err, ErrNoEntry) {
		t.Fatal(err)
	}
}

func vaultInKeychain(t *testing.T, keychain Keychain) {
	t.Helper()
	keys := cheapKeys(t.TempDir(), newHandClock())
	old, changed := Secrets{Passphrase: []byte("old"), Keychain: keychain}, Secrets{Passphrase: []byte("new"), Keychain: keychain}
	vault, _, err := keys.Create(old, cheap)
	if err != nil {
		t.Fatal(err)
	}
	if err := keys.Rewrap(vault, changed, cheap); err != nil {
		t.Fatal(err)
	}
	if _, err := keys.Unlock(t.Context(), old); !errors.Is(err, ErrWrong) {
		t.Fatal(err)
	}
	if _, err := keys.Unlock(t.Context(), changed); err != nil {
		t.Fatal(err)
	}
}

// busConfig is a session bus that starts no services by itself.
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

// startSessionBus gives this process a session bus that nobody else uses.
func startSessionBus(t *testing.T) {
	t.Helper()
	home := t.TempDir()
	for name, value := range map[string]string{"HOME": home, "XDG_RUNTIME_DIR": home, "XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home} {
		t.Setenv(name, value)
	}
	config := filepath.Join(home, "bus.conf")
	if err := os.WriteFile(config, []byte(busConfig), 0o600); err != nil {
		t.Fatal(err)
	}
	bustest.Start(t, "DBUS_SESSION_BUS_ADDRESS", home, "--config-file="+config)
}

// startKeyring starts the service with a keyring that is open, and waits until
// it answers.
func startKeyring(t *testing.T, daemon string) {
	t.Helper()
	command := exec.Command(daemon, "--unlock", "--components=secrets", "--foreground")
	command.Stdin = strings.NewReader("a login password")
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = command.Wait()
		close(ended)
	}()
	t.Cleanup(func() {
		_ = command.Process.Kill()
		<-ended
	})
	for {
		if _, err := SystemKeychain(); err == nil {
			return
		}
		select {
		case <-ended:
			t.Fatal("the Secret Service ended")
		case <-time.After(10 * time.Millisecond):
		}
	}
}
