package bus

import (
	"context"
	"os"
	"path/filepath"

	"github.com/godbus/dbus/v5"
)

// Session joins the user's bus; the context's end leaves it. The library's own
// search would start a bus where there is none, and change the environment.
func Session(ctx context.Context) (*dbus.Conn, error) {
	address := os.Getenv("DBUS_SESSION_BUS_ADDRESS")
	if address == "" {
		address = "unix:path=" + dbus.EscapeBusAddressValue(filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "bus"))
	}
	return dbus.Connect(address, dbus.WithContext(ctx))
}
