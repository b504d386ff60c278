package notice

import (
	"context"
	"fmt"
	"html"
	"sync"
	"sync/atomic"
	"time"

	"github.com/godbus/dbus/v5"

	"veridesk/backend/bus"
)

// The names of the Desktop Notifications Specification 1.2.
const (
	service = "org.freedesktop.Notifications"
	path    = dbus.ObjectPath("/org/freedesktop/Notifications")
	invoked = "ActionInvoked"
	click   = "default" // the action of the notification as a whole
)

// patience is how long the desktop may take to show one.
const patience = 10 * time.Second

// Desktop shows notifications, each in place of the one before.
type Desktop struct {
	clicked func()
	life    context.Context
	end     context.CancelFunc
	hearing sync.WaitGroup
	last    atomic.Uint32 // the shown one; 0: there was none

	mu  sync.Mutex // held by who shows one
	bus *dbus.Conn // nil until the first is shown
}

// New makes a Desktop, which joins the bus when it is first needed. clicked is
// called when a notification is clicked, not when it is closed.
func New(clicked func()) *Desktop {
	d := &Desktop{clicked: clicked}
	d.life, d.end = context.WithCancel(context.Background())
	return d
}

// Show shows a notification of plain text. It fails where there is no desktop that
// shows any.
func (d *Desktop) Show(title, text string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.join(); err != nil {
		return fmt.Errorf("join the bus: %w", err)
	}
	ctx, stop := context.WithTimeout(d.life, patience)
	defer stop()
	var id uint32
	// The text may be read as markup, the title never is.
	err := d.bus.Object(service, path).CallWithContext(ctx, service+".Notify", 0,
		"Veridesk", d.last.Load(), "", title, html.EscapeString(text),
		[]string{click, title}, map[string]dbus.Variant{}, int32(-1)).Store(&id)
	if err != nil {
		return fmt.Errorf("show a notification: %w", err)
	}
	d.last.Store(id)
	return nil
}

// join joins the bus unless that is done. The caller holds mu.
func (d *Desktop) join() error {
	if d.bus != nil && d.bus.Connected() {
		return nil
	}
	joined, err := bus.Session(d.life)
	if err != nil {
		return err
	}
	signals := make(chan *dbus.Signal, 16)
	joined.Signal(signals)
	if err := joined.AddMatchSignalContext(d.life, dbus.WithMatchInterface(service), dbus.WithMatchMember(invoked)); err != nil {
		_ = joined.Close()
		return err
	}
	d.bus = joined
	d.hearing.Go(func() {
		for s := range signals {
			if s.Name == service+"."+invoked && len(s.Body) == 2 && s.Body[0] == d.last.Load() && s.Body[1] == click {
				d.clicked()
			}
		}
	})
	return nil
}

// Close leaves the bus. What is shown stays as long as the desktop likes.
func (d *Desktop) Close() {
	d.end()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.bus != nil {
		_ = d.bus.Close()
	}
	d.hearing.Wait()
}
