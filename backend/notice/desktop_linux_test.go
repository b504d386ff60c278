package notice_test

import (
	"testing"

	"github.com/godbus/dbus/v5"

	"veridesk/backend/bus/bustest"
	"veridesk/backend/notice"
)

// shown is what a desktop was asked to show.
type shown struct {
	App, Title, Text string
	Replaces         uint32
	Actions          []string
}

// desktop shows notifications as desktops do, with numbers from 1.
type desktop struct {
	bus   *dbus.Conn
	shown chan shown
	last  uint32
}

func (d *desktop) Notify(app string, replaces uint32, _, title, text string, actions []string, _ map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	d.shown <- shown{app, title, text, replaces, actions}
	d.last++
	return d.last, nil
}

func (d *desktop) emit(t *testing.T, signal string, values ...any) {
	t.Helper()
	if err := d.bus.Emit("/org/freedesktop/Notifications", "org.freedesktop.Notifications."+signal, values...); err != nil {
		t.Fatal(err)
	}
}

// startBus starts a bus for this process.
func startBus(t *testing.T) (address string) {
	t.Helper()
	address, _ = bustest.Start(t, "DBUS_SESSION_BUS_ADDRESS", t.TempDir(), "--session")
	return address
}

// startDesktop takes the place of the desktop on a bus.
func startDesktop(t *testing.T, address string) *desktop {
	t.Helper()
	bus, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bus.Close() })
	d := &desktop{bus: bus, shown: make(chan shown, 10)}
	if err := bus.Export(d, "/org/freedesktop/Notifications", "org.freedesktop.Notifications"); err != nil {
		t.Fatal(err)
	}
	if _, err := bus.RequestName("org.freedesktop.Notifications", dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestANotificationIsShownAndClicked(t *testing.T) {
	d := startDesktop(t, startBus(t))
	clicks := make(chan struct{}, 10)
	n := notice.New(func() { clicks <- struct{}{} })
	if err := n.Show("12 sessions exported", "a & <b>"); err != nil {
		t.Fatal(err)
	}
	if got := <-d.shown; got.App != "Veridesk" || got.Title != "12 sessions exported" || got.Text != "a &amp; &lt;b&gt;" || got.Replaces != 0 || got.Actions[0] != "default" {
		t.Errorf("%+v", got)
	}
	if err := n.Show("again", ""); err != nil {
		t.Fatal(err)
	}
	if got := <-d.shown; got.Replaces != 1 {
		t.Errorf("the second does not take the place of the first: %+v", got)
	}
	// Signals come in their order: what must not count comes first.
	d.emit(t, "NotificationClosed", uint32(2), uint32(2))
	d.emit(t, "ActionInvoked", uint32(7), "default")
	d.emit(t, "ActionInvoked", uint32(2), "other")
	d.emit(t, "ActionInvoked", uint32(2), "default")
	<-clicks
	n.Close()
	if len(clicks) != 0 {
		t.Errorf("%d clicks more", len(clicks))
	}
	if err := n.Show("after the end", ""); err == nil {
		t.Error("shown after Close")
	}
}

func TestWithoutADesktopItFailsAtOnceAndTriesAgain(t *testing.T) {
	n := notice.New(func() {})
	defer n.Close()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	if err := n.Show("no bus", ""); err == nil {
		t.Error("shown without a bus")
	}
	address := startBus(t)
	if err := n.Show("nobody shows", ""); err == nil {
		t.Error("shown without a desktop")
	}
	d := startDesktop(t, address)
	if err := n.Show("now", ""); err != nil || (<-d.shown).Title != "now" {
		t.Errorf("not shown: %v", err)
	}
}
