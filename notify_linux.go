package main

import "veridesk/backend/notice"

func newNotifier(a *App) notifier { return notice.New(a.bringForward) }
