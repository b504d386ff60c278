package idv

import (
	"fmt"
	"log/slog"
	"runtime"
)

// What the types below say in a log, instead of what they hold. A log lies in
// clear on the disk and is sent to whoever is to help.

// LogValue keeps the name out of the log.
func (n Name) LogValue() slog.Value { return slog.StringValue("[name]") }

// LogValue keeps the document's number out of the log.
func (d Document) LogValue() slog.Value { return slog.StringValue("[document]") }

// LogValue keeps what the portal found out of the log: its message may quote.
func (c Checks) LogValue() slog.Value { return slog.StringValue("[checks]") }

// LogValue keeps the person's device and address out of the log.
func (d Device) LogValue() slog.Value { return slog.StringValue("[device]") }

// LogValue keeps the person's place out of the log.
func (l Location) LogValue() slog.Value { return slog.StringValue("[location]") }

// LogValue keeps what was read off the document out of the log.
func (f MRZField) LogValue() slog.Value { return slog.StringValue("[MRZ field]") }

// LogValue keeps what was read off the document out of the log.
func (a Attempt) LogValue() slog.Value { return slog.StringValue("[attempt]") }

// LogValue keeps the company's own field out of the log: it may be a phone number.
func (f Field) LogValue() slog.Value { return slog.StringValue("[field]") }

// LogValue keeps session and addresses out of the log.
func (r Record) LogValue() slog.Value { return slog.StringValue("[record]") }

// LogValue tells which row it is and nothing of the person.
func (r Row) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("session number %d", r.Ordinal))
}

// LogValue tells how many rows there are and nothing of them.
func (p Page) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("%d rows from %d of %d", len(p.Rows), p.Offset, p.Total))
}

// LogValue keeps the text out of the log: people search for people.
func (q Query) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("[query] %d rows from %d", q.Limit, q.Offset))
}

// LogValue keeps what was chosen out of the log.
func (f Filter) LogValue() slog.Value { return slog.StringValue("[filter]") }

// LogValue keeps what the filters and orders go by out of the log.
func (f Facts) LogValue() slog.Value { return slog.StringValue("[facts]") }

// LogValue keeps the value out of the log: the portal writes some of them.
func (c Count) LogValue() slog.Value { return slog.StringValue(fmt.Sprintf("[count] %d", c.Count)) }

// LogValue keeps the values out of the log.
func (f Facets) LogValue() slog.Value { return slog.StringValue("[facets]") }

// LogValue keeps the names out of the log.
func (n Nearest) LogValue() slog.Value { return slog.StringValue(fmt.Sprintf("[nearest] %d", n.Total)) }

// LogValue tells which row it is, and neither its file, which people name after
// people, nor its content, which the reason may quote.
func (r Rejection) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("row %d, column %q", r.Row, r.Column))
}

// LogValue tells the counts and none of the rows.
func (r Report) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("%d read, %d added, %d changed, %d unchanged, %d rejected",
		r.Read, r.Added, r.Changed, r.Unchanged, len(r.Rejected)))
}

// LogValue tells how many rows went into a file, and not where the user put it.
func (e Exported) LogValue() slog.Value {
	return slog.StringValue(fmt.Sprintf("%d rows, SHA-256 %s", e.Rows, e.SHA256))
}

// Panic is a panic as an error that can be logged. The runtime's own words tell
// of places in memory only; what else panics may quote what it was working on,
// so of that only the type is told.
func Panic(value any) error {
	if fault, ok := value.(runtime.Error); ok {
		return fmt.Errorf("panic: %w", fault)
	}
	return fmt.Errorf("panic: a value of type %T", value)
}
