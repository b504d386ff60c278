package away

import (
	"context"
	"fmt"

	"github.com/ebitengine/purego"
)

const (
	coreFoundation = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
	coreGraphics   = "/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics"

	encodingUTF8 = 0x08000100 // kCFStringEncodingUTF8
	numberInt    = 9          // kCFNumberIntType
)

// session reads the dictionary in which the window server describes the user's
// session. It needs no right and no loop of events.
type session struct {
	copyDictionary func() uintptr
	value          func(dictionary, key uintptr) uintptr
	typeOf         func(value uintptr) uintptr
	booleanType    func() uintptr
	boolean        func(value uintptr) bool
	numberType     func() uintptr
	number         func(value uintptr, kind int, to *int32) bool
	release        func(value uintptr)

	locked, onConsole uintptr // CFStrings: the keys
}

func watchSystem(ctx context.Context, tell func(Reason)) {
	s, err := openSession()
	if err != nil {
		return
	}
	defer s.release(s.locked)
	defer s.release(s.onConsole)
	watchLocked(ctx, systemClock(), s.away, tell)
}

func openSession() (s *session, err error) {
	defer func() {
		if r := recover(); r != nil { // purego panics over a name that is not there
			err = fmt.Errorf("ask the window server: %v", r)
		}
	}()
	foundation, err := purego.Dlopen(coreFoundation, purego.RTLD_LAZY|purego.RTLD_GLOBAL)
	if err != nil {
		return nil, err
	}
	graphics, err := purego.Dlopen(coreGraphics, purego.RTLD_LAZY|purego.RTLD_GLOBAL)
	if err != nil {
		return nil, err
	}
	s = &session{}
	var text func(allocator uintptr, text string, encoding uint32) uintptr
	purego.RegisterLibFunc(&s.copyDictionary, graphics, "CGSessionCopyCurrentDictionary")
	purego.RegisterLibFunc(&s.value, foundation, "CFDictionaryGetValue")
	purego.RegisterLibFunc(&s.typeOf, foundation, "CFGetTypeID")
	purego.RegisterLibFunc(&s.booleanType, foundation, "CFBooleanGetTypeID")
	purego.RegisterLibFunc(&s.boolean, foundation, "CFBooleanGetValue")
	purego.RegisterLibFunc(&s.numberType, foundation, "CFNumberGetTypeID")
	purego.RegisterLibFunc(&s.number, foundation, "CFNumberGetValue")
	purego.RegisterLibFunc(&s.release, foundation, "CFRelease")
	purego.RegisterLibFunc(&text, foundation, "CFStringCreateWithCString")
	s.locked = text(0, "CGSSessionScreenIsLocked", encodingUTF8)
	s.onConsole = text(0, "kCGSSessionOnConsoleKey", encodingUTF8)
	if s.locked == 0 || s.onConsole == 0 {
		return nil, fmt.Errorf("ask the window server: no memory")
	}
	return s, nil
}

// away reports whether the screen is locked, which is said only while it is, or
// the session is not the one at the console: another user is. A process outside
// any window session is told nothing.
func (s *session) away() bool {
	dictionary := s.copyDictionary()
	if dictionary == 0 {
		return false
	}
	defer s.release(dictionary)
	locked, said := s.truth(dictionary, s.locked)
	onConsole, saidConsole := s.truth(dictionary, s.onConsole)
	return said && locked || saidConsole && !onConsole
}

// truth is a value that is a boolean, or a number as older systems give it.
func (s *session) truth(dictionary, key uintptr) (is, said bool) {
	value := s.value(dictionary, key)
	if value == 0 {
		return false, false
	}
	switch s.typeOf(value) {
	case s.booleanType():
		return s.boolean(value), true
	case s.numberType():
		var number int32
		return s.number(value, numberInt, &number) && number != 0, true
	}
	return false, false
}
