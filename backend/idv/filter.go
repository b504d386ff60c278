package idv

import "time"

// Filter narrows a list down. Each field is one dimension: its values are
// alternatives, the dimensions add up, and an empty one restricts nothing. The
// zero Filter is everything.
type Filter struct {
	Documents    []string  `json:"documents"` // document types as in Row; "" is not presented
	Outcomes     []Outcome `json:"outcomes"`
	Spoofs       []Spoof   `json:"spoofs"`       // LowFAR goes by the accepted match level
	Matches      Matches   `json:"matches"`      // match levels
	Liveness     []string  `json:"liveness"`     // as in Row: passed, failed, or "" no data
	From         string    `json:"from"`         // RFC 3339: created at this moment or later; "" open
	Before       string    `json:"before"`       // RFC 3339: created earlier than this; "" open
	Environments []string  `json:"environments"` // as the portal wrote them; "" not said
	Tags         []string  `json:"tags"`         // "" is a session without tags
	Devices      []string  `json:"devices"`      // PC, Mobile, or as the portal wrote it; "" not said
	Countries    []string  `json:"countries"`    // of the client's address; "" not known
	Reviewed     []string  `json:"reviewed"`     // yes or no: a person has looked at it
}

// IsZero reports whether the filter restricts nothing.
func (f Filter) IsZero() bool {
	values := len(f.Documents) + len(f.Outcomes) + len(f.Spoofs) + len(f.Liveness) +
		len(f.Environments) + len(f.Tags) + len(f.Devices) + len(f.Countries) + len(f.Reviewed)
	return values == 0 && f.Matches == (Matches{}) && f.From == "" && f.Before == ""
}

// Matches is a range of match levels. The zero Matches is all sessions.
type Matches struct {
	Min  int  `json:"min"`  // 0 open
	Max  int  `json:"max"`  // 0 open
	None bool `json:"none"` // sessions without data too, or only those if both ends are open
}

// Span is the filter's range of creation times in Unix milliseconds: from, and
// before. An open end is the least or the greatest number. Fractions of a
// millisecond count up, so that "before" leaves out no earlier session.
func (f Filter) Span() (from, before int64, err error) {
	from, before = -1<<63, 1<<63-1
	for _, end := range []struct {
		text string
		to   *int64
		name string
	}{{f.From, &from, "from"}, {f.Before, &before, "before"}} {
		if end.text == "" {
			continue
		}
		at, err := time.Parse(time.RFC3339, end.text)
		if err != nil {
			return 0, 0, &Error{
				Code:    CodeInvalid,
				Message: "The date \"" + end.name + "\" of the filter cannot be read.",
				Hint:    "Write it as 2026-11-23T00:00:00+04:00.", Cause: err,
			}
		}
		*end.to = at.Add(time.Millisecond - time.Nanosecond).UnixMilli()
	}
	return from, before, nil
}

// Sort is the order of a list. The zero Sort is newest first. Sessions that the
// order does not tell apart follow each other newest first, whichever way it goes;
// those without a value come last, whichever way it goes.
type Sort struct {
	By        Order `json:"by"`
	Ascending bool  `json:"ascending"`
}

// Order is what a list is sorted by.
type Order string

// The orders. Names sort by their letters in whatever script, case and marks
// aside; numbers and IDs by their first twelve letters and digits; the company's
// own fields by the first words of their values.
const (
	ByCreated        Order = "" // of the same moment, the higher ordinal is newer
	ByFinished       Order = "finished"
	ByFirstName      Order = "firstName"
	ByLastName       Order = "lastName"
	ByPersonalNumber Order = "personalNumber"
	ByDocumentNumber Order = "documentNumber"
	BySessionID      Order = "sessionId"
	ByDocumentType   Order = "documentType"
	ByLiveness       Order = "liveness" // passed, failed
	ByVerified       Order = "verified" // Yes, Pending, No
	ByMatchLevel     Order = "matchLevel"
	ByExtra          Order = "extra"
	ByEnvironment    Order = "environment"
	ByDevice         Order = "device"
	ByCountry        Order = "country"
)

// Orders are all the orders.
var Orders = [...]Order{
	ByCreated, ByFinished, ByFirstName, ByLastName, ByPersonalNumber, ByDocumentNumber, BySessionID,
	ByDocumentType, ByLiveness, ByVerified, ByMatchLevel, ByExtra, ByEnvironment, ByDevice, ByCountry,
}

// Count is how many of the found sessions have a value.
type Count struct {
	Value string `json:"value"` // as in Filter; a match level in digits, 0 no data
	Count int    `json:"count"`
}

// Facets are the counts behind every value that the archive has, zeros included:
// how many sessions the query would find with that value alone in its dimension
// and all its other restrictions as they are. Closed vocabularies come whole and
// in their order, open ones by the most sessions in the archive.
type Facets struct {
	Documents    []Count `json:"documents"`
	Outcomes     []Count `json:"outcomes"`
	Spoofs       []Count `json:"spoofs"`
	Matches      []Count `json:"matches"`
	Liveness     []Count `json:"liveness"`
	Environments []Count `json:"environments"`
	Tags         []Count `json:"tags"`
	Devices      []Count `json:"devices"`
	Countries    []Count `json:"countries"`
	Reviewed     []Count `json:"reviewed"`
}

// NoFacets are the counts of a query that asks for none.
func NoFacets() Facets {
	none := []Count{}
	return Facets{none, none, none, none, none, none, none, none, none, none}
}

// The words of the dimensions Liveness and Reviewed.
const (
	LivenessPassed = "passed"
	LivenessFailed = "failed"
	ReviewedYes    = "yes"
	ReviewedNo     = "no"
)
