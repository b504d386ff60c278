// The log in the data folder. It lies there in clear and is sent to whoever is
// to help, so it holds nothing of any person.
package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
)

// newLog writes to a file. Types that hold something of a person redact
// themselves; inside lists and structs they could not, so of such values only
// the type is written.
func newLog(to io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(to, &slog.HandlerOptions{ReplaceAttr: onlyPlain}))
}

func onlyPlain(_ []string, a slog.Attr) slog.Attr {
	if a.Value.Kind() != slog.KindAny {
		return a
	}
	switch value := a.Value.Any().(type) {
	case error, slog.Level, *slog.Source, nil:
		return a
	case archive.JobKind, idv.Code, idv.Phase: // words of ours
		return slog.Any(a.Key, value)
	default:
		return slog.String(a.Key, fmt.Sprintf("[%T]", value))
	}
}

// logFile is made when the first line is written. At start a log over maxLog
// bytes becomes the old one.
type logFile struct {
	dir  string
	file *os.File
}

const maxLog = 4 << 20

// Write appends to the log; slog calls it for one line at a time.
func (l *logFile) Write(line []byte) (int, error) {
	if l.file == nil {
		path := filepath.Join(l.dir, archive.LogFile)
		if info, err := os.Stat(path); err == nil && info.Size() > maxLog {
			_ = os.Rename(path, filepath.Join(l.dir, archive.OldLogFile)) // another copy may hold it: then it grows on
		}
		file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return 0, err
		}
		l.file = file
	}
	return l.file.Write(line)
}

// Close closes the log.
func (l *logFile) Close() error {
	if l.file == nil {
		return nil
	}
	return errors.Join(l.file.Sync(), l.file.Close())
}

// wailsLog takes what Wails itself has to say. Its errors repeat the whole message
// of the page, arguments and all, and its own logger prints them, which on a
// desktop ends in the system's journal. So only their first two words are kept.
type wailsLog struct{}

// The levels below error say nothing of use.

func (wailsLog) Print(string)   {}
func (wailsLog) Trace(string)   {}
func (wailsLog) Debug(string)   {}
func (wailsLog) Info(string)    {}
func (wailsLog) Warning(string) {}

func (wailsLog) Error(message string) { slog.Error("window", "says", firstWords(message)) }

// Fatal ends the program, as Wails expects of its logger.
func (wailsLog) Fatal(message string) {
	slog.Error("window ended", "says", firstWords(message))
	os.Exit(1)
}

func firstWords(message string) string {
	words := strings.Fields(message)
	return strings.Join(words[:min(2, len(words))], " ")
}
