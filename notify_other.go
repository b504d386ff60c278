//go:build !linux

package main

import (
	"context"
	"crypto/rand"
	"errors"
	"sync"

	wails "github.com/wailsapp/wails/v2/pkg/runtime"
)

// library shows notifications by way of the window's library.
type library struct {
	app     *App
	prepare func() error // once, before the first
}

func newNotifier(a *App) notifier {
	l := &library{app: a}
	l.prepare = sync.OnceValue(func() error { return ready(a.ctx, a.bringForward) })
	return l
}

// ready prepares the system, and asks the user where it wants that.
func ready(ctx context.Context, clicked func()) error {
	if err := wails.InitializeNotifications(ctx); err != nil {
		return err
	}
	wails.OnNotificationResponse(ctx, func(wails.NotificationResult) { clicked() })
	allowed, err := wails.RequestNotificationAuthorization(ctx)
	if err == nil && !allowed {
		err = errors.New("the user does not want notifications")
	}
	return err
}

func (l *library) Show(title, text string) error {
	if err := l.prepare(); err != nil {
		return err
	}
	return wails.SendNotification(l.app.ctx, wails.NotificationOptions{ID: rand.Text(), Title: title, Body: text})
}

func (l *library) Close() {} // the library has nothing to clean up on these systems
