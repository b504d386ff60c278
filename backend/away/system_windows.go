package away

import (
	"context"
	"unsafe"

	"golang.org/x/sys/windows"
)

// sessionInfoEx is WTSSessionInfoEx of WTS_INFO_CLASS (wtsapi32.h).
const sessionInfoEx = 25

// sessionLocked is WTS_SESSIONSTATE_LOCK. Windows 7 and Server 2008 R2 give it the
// other way round; Go's programs do not start on those any more.
const sessionLocked = 0

// sessionInfo is the beginning of WTSINFOEXW. Its union holds 64-bit numbers and
// therefore begins at 8.
type sessionInfo struct {
	level     uint32
	_         uint32
	sessionID uint32
	state     uint32 // WTS_CONNECTSTATE_CLASS
	flags     int32
}

func watchSystem(ctx context.Context, tell func(Reason)) {
	query := windows.NewLazySystemDLL("wtsapi32.dll").NewProc("WTSQuerySessionInformationW")
	if query.Find() != nil {
		return
	}
	watchLocked(ctx, systemClock(), func() bool { return isLocked(query) }, tell)
}

// isLocked asks for this process's own session. A session that is disconnected
// has nobody before it: another user is at the machine.
func isLocked(query *windows.LazyProc) bool {
	const currentServer, currentSession = 0, ^uint32(0)
	var info *sessionInfo
	var size uint32
	done, _, _ := query.Call(currentServer, uintptr(currentSession), sessionInfoEx,
		uintptr(unsafe.Pointer(&info)), uintptr(unsafe.Pointer(&size)))
	if done == 0 || info == nil {
		return false
	}
	defer windows.WTSFreeMemory(uintptr(unsafe.Pointer(info)))
	if uintptr(size) < unsafe.Sizeof(*info) || info.level != 1 {
		return false
	}
	return info.flags == sessionLocked || info.state == windows.WTSDisconnected
}
