package away

import (
	"context"
	"errors"
	"io"
	"os"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"golang.org/x/sys/unix"

	"veridesk/backend/bus/bustest"
)

const ourPath = dbus.ObjectPath("/org/freedesktop/login1/session/_37")

// startBus starts a bus that nobody else uses and names it in the environment.
func startBus(t *testing.T, variable string) (bus *dbus.Conn, stop func()) {
	t.Helper()
	address, stop := bustest.Start(t, variable, t.TempDir(), "--session")
	bus, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bus.Close() })
	return bus, stop
}

// fakeLogin answers as systemd's login manager does.
type fakeLogin struct{ inhibited chan inhibitor }

// inhibitor is the pipe whose writing end the program holds to delay sleep. The
// bus sends a copy of write, so that ours must be closed before the pipe can end.
type inhibitor struct {
	read  *os.File
	write int
}

// held reports whether the program still has its end. It can be asked once.
func (i inhibitor) held() bool {
	_ = unix.Close(i.write)
	_ = i.read.SetReadDeadline(time.Now())
	_, err := i.read.Read(make([]byte, 1))
	return errors.Is(err, os.ErrDeadlineExceeded)
}

// released waits until the program has given its end up.
func (i inhibitor) released() bool {
	_ = i.read.SetReadDeadline(time.Time{})
	_, err := i.read.Read(make([]byte, 1))
	return err == io.EOF
}

func (l *fakeLogin) GetSession(id string) (dbus.ObjectPath, *dbus.Error) {
	if id != "7" {
		return "", dbus.MakeFailedError(errors.New("no session " + id))
	}
	return ourPath, nil
}

func (l *fakeLogin) Get(of, name string) (dbus.Variant, *dbus.Error) {
	if of != loginSession || name != "Id" {
		return dbus.Variant{}, dbus.MakeFailedError(errors.New("no property " + name))
	}
	return dbus.MakeVariant("7"), nil
}

func (l *fakeLogin) Inhibit(what, _, _, mode string) (dbus.UnixFD, *dbus.Error) {
	var ends [2]int
	err := unix.Pipe2(ends[:], unix.O_CLOEXEC|unix.O_NONBLOCK)
	if err != nil || what != "sleep" || mode != "delay" {
		return 0, dbus.MakeFailedError(errors.Join(err, errors.New(what+" "+mode)))
	}
	l.inhibited <- inhibitor{os.NewFile(uintptr(ends[0]), "inhibitor"), ends[1]}
	return dbus.UnixFD(ends[1]), nil
}

func startLogin(t *testing.T) (bus *dbus.Conn, login *fakeLogin, stop func()) {
	t.Helper()
	bus, stop = startBus(t, "DBUS_SYSTEM_BUS_ADDRESS")
	login = &fakeLogin{inhibited: make(chan inhibitor, 4)}
	for path, name := range map[dbus.ObjectPath]string{managerPath: loginManager, ownSession: properties} {
		if err := bus.Export(login, path, name); err != nil {
			t.Fatal(err)
		}
	}
	if reply, err := bus.RequestName(login1, dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatal(reply, err)
	}
	return bus, login, stop
}

func emit(t *testing.T, bus *dbus.Conn, path dbus.ObjectPath, name string, values ...any) {
	t.Helper()
	if err := bus.Emit(path, name, values...); err != nil {
		t.Fatal(err)
	}
}

// watching runs Watch until the test ends.
func watching(t *testing.T, report func(Reason)) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		Watch(ctx, report)
	}()
	t.Cleanup(func() { cancel(); <-ended })
}

// Every desktop's screen saver is heard, wherever it sits.
func TestScreenSavers(t *testing.T) {
	for _, name := range screenSavers {
		bus, _ := startBus(t, "DBUS_SESSION_BUS_ADDRESS")
		t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", "disabled:")
		told := make(chan Reason, 1000)
		watching(t, func(r Reason) { told <- r })
		for heard := false; !heard; { // it may not listen yet
			emit(t, bus, "/any/path", name+".ActiveChanged", true)
			select {
			case reason := <-told:
				if heard = true; reason != Screen {
					t.Errorf("%s: reported %s", name, reason)
				}
			case <-time.After(time.Millisecond):
			}
		}
	}
}

func TestIsTrue(t *testing.T) {
	for _, body := range [][]any{nil, {false}, {"true"}, {true, true}, {int32(1)}} {
		if isTrue(body) {
			t.Errorf("%v counts as true", body)
		}
	}
}

// Of the login manager's signals only those count that say that this user leaves.
func TestLogin(t *testing.T) {
	for _, id := range []string{"7", ""} { // without it the login manager is asked
		bus, login, _ := startLogin(t)
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
		t.Setenv("XDG_SESSION_ID", id)
		told := make(chan Reason)
		watching(t, func(r Reason) { told <- r })
		<-login.inhibited
		changed := func(path dbus.ObjectPath, of, name string, value any) {
			emit(t, bus, path, properties+".PropertiesChanged", of, map[string]dbus.Variant{name: dbus.MakeVariant(value)}, []string{})
		}
		const other = dbus.ObjectPath("/org/freedesktop/login1/session/_38")
		for _, leave := range []func(){
			func() { emit(t, bus, ourPath, loginSession+".Lock") },
			func() { changed(ourPath, loginSession, "LockedHint", true) },
			func() { changed(ourPath, loginSession, "Active", false) },
		} {
			emit(t, bus, other, loginSession+".Lock")
			emit(t, bus, ourPath, loginSession+".Unlock")
			changed(other, loginSession, "LockedHint", true)
			changed(ourPath, loginSession, "LockedHint", false)
			changed(ourPath, loginSession, "Active", true)
			changed(ourPath, "org.example.Other", "LockedHint", true)
			leave()
			if reason := <-told; reason != Screen {
				t.Errorf("reported %s", reason)
			}
			emit(t, bus, managerPath, loginManager+".PrepareForSleep", true) // nothing came between
			if reason := <-told; reason != Sleep {
				t.Errorf("a signal that says nothing of this user was reported")
			}
		}
	}
}

// The machine sleeps only when the report of it has been dealt with, and is asked
// to wait again when it has woken.
func TestSleepWaitsForTheReport(t *testing.T) {
	bus, login, _ := startLogin(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
	t.Setenv("XDG_SESSION_ID", "7")
	delays, done := make(chan inhibitor, 1), make(chan inhibitor)
	watching(t, func(Reason) {
		delay := <-delays
		if !delay.held() {
			t.Error("the machine may sleep before the report has returned")
		}
		done <- delay
	})
	for range 2 {
		delays <- <-login.inhibited
		emit(t, bus, managerPath, loginManager+".PrepareForSleep", true)
		if delay := <-done; !delay.released() {
			t.Error("the machine was kept awake")
		}
		emit(t, bus, managerPath, loginManager+".PrepareForSleep", false)
	}
	<-login.inhibited
}

// A system that has no bus is no error: the clock is left.
func TestNoBus(t *testing.T) {
	t.Setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere/bus")
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	watchSystem(t.Context(), func(Reason) { t.Error("reported") })
	if address := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); address != "" {
		t.Errorf("the environment was changed: %s", address)
	}
}

// A bus that ends, with the user's session, ends the watching and nothing else.
func TestBusEnds(t *testing.T) {
	_, login, stop := startLogin(t)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
	t.Setenv("XDG_SESSION_ID", "7")
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		watchSystem(t.Context(), func(Reason) {})
	}()
	<-login.inhibited
	stop()
	<-ended
}
