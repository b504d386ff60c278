package away

import (
	"context"
	"os"
	"sync"

	"github.com/godbus/dbus/v5"

	"veridesk/backend/bus"
)

// A system without D-Bus, or whose desktop does not answer there, says nothing:
// then only the clock tells.
func watchSystem(ctx context.Context, tell func(Reason)) {
	var buses sync.WaitGroup
	buses.Go(func() {
		if system, err := dbus.ConnectSystemBus(dbus.WithContext(ctx)); err == nil {
			(&logind{bus: system, tell: tell}).watch(ctx)
		}
	})
	buses.Go(func() {
		if session, err := bus.Session(ctx); err == nil {
			watchScreenSavers(ctx, session, tell)
		}
	})
	buses.Wait()
}

// hear calls ready when nothing can be missed any more, and then each with every
// signal that the rules match, until the context is done or the bus is gone. It
// leaves the bus at the end.
func hear(ctx context.Context, bus *dbus.Conn, rules [][]dbus.MatchOption, ready func(), each func(*dbus.Signal)) {
	defer bus.Close()
	signals := make(chan *dbus.Signal, 16)
	bus.Signal(signals)
	for _, rule := range rules {
		if bus.AddMatchSignalContext(ctx, rule...) != nil {
			return
		}
	}
	ready()
	for {
		select {
		case <-ctx.Done():
			return
		case signal, ok := <-signals:
			if !ok {
				return
			}
			each(signal)
		}
	}
}

// screenSavers are the interfaces by which desktops say that the screen is locked
// or blanked, all with the signal ActiveChanged(boolean).
var screenSavers = []string{
	"org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver",
}

func watchScreenSavers(ctx context.Context, bus *dbus.Conn, tell func(Reason)) {
	var rules [][]dbus.MatchOption
	for _, name := range screenSavers {
		rules = append(rules, []dbus.MatchOption{dbus.WithMatchInterface(name), dbus.WithMatchMember("ActiveChanged")})
	}
	hear(ctx, bus, rules, func() {}, func(s *dbus.Signal) {
		if isTrue(s.Body) {
			tell(Screen)
		}
	})
}

func isTrue(body []any) bool { return len(body) == 1 && body[0] == true }

// The names of systemd's login manager: org.freedesktop.login1(5).
const (
	login1       = "org.freedesktop.login1"
	loginManager = login1 + ".Manager"
	loginSession = login1 + ".Session"
	managerPath  = dbus.ObjectPath("/org/freedesktop/login1")
	ownSession   = managerPath + "/session/auto" // the caller's, or else the one at the user's screen
	properties   = "org.freedesktop.DBus.Properties"
)

// logind hears from the login manager, and makes the system wait with its sleep
// until what is reported has been dealt with.
type logind struct {
	bus   *dbus.Conn
	tell  func(Reason)
	delay *os.File // the system waits while it is open; nil where it does not
}

func (l *logind) watch(ctx context.Context) {
	rules := [][]dbus.MatchOption{{dbus.WithMatchInterface(loginManager), dbus.WithMatchMember("PrepareForSleep")}}
	if path, err := l.session(ctx); err == nil {
		own := dbus.WithMatchObjectPath(path)
		rules = append(rules,
			[]dbus.MatchOption{own, dbus.WithMatchInterface(loginSession), dbus.WithMatchMember("Lock")},
			[]dbus.MatchOption{own, dbus.WithMatchInterface(properties), dbus.WithMatchMember("PropertiesChanged")})
	}
	defer l.letGo()
	hear(ctx, l.bus, rules, func() { l.hold(ctx) }, func(s *dbus.Signal) { l.heard(ctx, s) })
}

// session is the path under which the login manager speaks of this session.
func (l *logind) session(ctx context.Context) (path dbus.ObjectPath, err error) {
	id := os.Getenv("XDG_SESSION_ID")
	if id == "" {
		var named dbus.Variant
		err := l.bus.Object(login1, ownSession).CallWithContext(ctx, properties+".Get", 0, loginSession, "Id").Store(&named)
		if err != nil {
			return "", err
		}
		id, _ = named.Value().(string)
	}
	err = l.bus.Object(login1, managerPath).CallWithContext(ctx, loginManager+".GetSession", 0, id).Store(&path)
	return path, err
}

func (l *logind) heard(ctx context.Context, s *dbus.Signal) {
	switch {
	case s.Name == loginManager+".PrepareForSleep" && isTrue(s.Body):
		l.tell(Sleep)
		l.letGo()
	case s.Name == loginManager+".PrepareForSleep":
		l.hold(ctx) // awake again
	case s.Name == loginSession+".Lock":
		l.tell(Screen)
	case s.Name == properties+".PropertiesChanged" && len(s.Body) >= 2 && s.Body[0] == loginSession:
		if changed, ok := s.Body[1].(map[string]dbus.Variant); ok && leaves(changed) {
			l.tell(Screen)
		}
	}
}

// leaves reports whether a change of the session's properties means that it is
// locked, or no longer the one at the screen.
func leaves(changed map[string]dbus.Variant) bool {
	return changed["LockedHint"].Value() == true || changed["Active"].Value() == false
}

// hold asks the system to wait before it sleeps; by itself it waits for nobody.
// It waits some seconds at most (InhibitDelayMaxSec).
func (l *logind) hold(ctx context.Context) {
	l.letGo()
	var fd dbus.UnixFD
	err := l.bus.Object(login1, managerPath).CallWithContext(ctx, loginManager+".Inhibit", 0,
		"sleep", "Veridesk", "Locks the archive", "delay").Store(&fd)
	if err == nil {
		l.delay = os.NewFile(uintptr(fd), "sleep inhibitor")
	}
}

func (l *logind) letGo() {
	if l.delay != nil {
		_ = l.delay.Close()
		l.delay = nil
	}
}
