package idv

import "log/slog"

// What the types of a session's page say in a log, instead of what they hold.

// LogValue tells which session it is and nothing of the person.
func (d Details) LogValue() slog.Value { return d.Row.LogValue() }

// LogValue keeps the person out of the log.
func (s Summary) LogValue() slog.Value { return slog.StringValue("[summary]") }

// LogValue keeps what the portal found out of the log: its message may quote.
func (f Findings) LogValue() slog.Value { return slog.StringValue("[findings]") }

// LogValue keeps device and address out of the log.
func (a Activity) LogValue() slog.Value { return slog.StringValue("[activity]") }

// LogValue keeps what the portal says of a step out of the log.
func (s Step) LogValue() slog.Value { return slog.StringValue("[step]") }

// LogValue keeps device and address out of the log.
func (d DeviceFacts) LogValue() slog.Value { return slog.StringValue("[device]") }

// LogValue keeps out of the log what is said against a person.
func (g TagGroup) LogValue() slog.Value { return slog.StringValue("[tags]") }

// LogValue keeps out of the log what is said against a person.
func (m TagMark) LogValue() slog.Value { return slog.StringValue("[tag]") }

// LogValue keeps what was read off the document out of the log.
func (a AttemptDetails) LogValue() slog.Value { return slog.StringValue("[attempt]") }

// LogValue keeps what was read off the document out of the log.
func (c MRZCheck) LogValue() slog.Value { return slog.StringValue("[MRZ]") }

// LogValue keeps what was read off the document out of the log.
func (i MRZItem) LogValue() slog.Value { return slog.StringValue("[MRZ field]") }

// LogValue keeps what was read off the document out of the log.
func (p PortalMRZ) LogValue() slog.Value { return slog.StringValue("[MRZ field]") }

// LogValue keeps the values out of the log.
func (c Conflict) LogValue() slog.Value { return slog.StringValue("[conflict]") }
