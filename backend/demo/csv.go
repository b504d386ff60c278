// The portal's CSV export: everything it has, oldest first.
package demo

import (
	"encoding/csv"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"veridesk/backend/idv"
)

const (
	csvPath = "/verification/export.csv"
	partner = "Example Bank" // the company; the API does not name it
)

// exportCSV sends row by row, so that a million sessions need no more memory
// than their order.
func (p *Portal) exportCSV(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="verifications.csv"`)
	rows := csv.NewWriter(w)
	now := p.now()
	rows.Write(idv.Columns[:]) // errors stay in the writer
	for _, c := range p.oldestFirst() {
		if p.isClosed(c.index) {
			continue
		}
		cells := p.make(p.plan(c.index).at(now), nil).cells()
		if rows.Write(cells[:]) != nil {
			return // the client has gone
		}
	}
	rows.Flush()
}

func (p *Portal) oldestFirst() []change {
	order := make([]change, p.options.Sessions)
	for i := range order {
		order[i] = change{p.plan(uint32(i)).created, uint32(i)}
	}
	slices.SortFunc(order, change.compare)
	return order
}

// cells is the session as a row of the export; what the API leaves out is empty.
func (s session) cells() [24]string {
	var row [24]string
	row[8] = upper(s.Verified)
	row[12], row[14], row[15] = s.CreatedAt, partner, s.SessionID
	if s.FinishedAt != nil {
		row[13] = *s.FinishedAt
	}
	row[16] = extraText(s.Extra)
	if i := s.Info; i != nil {
		copy(row[:8], []string{i.PersonalNumber, i.FirstName.shown(), i.LastName.shown(), i.DocumentNumber, i.BirthDate, i.Nationality, i.Sex, i.ExpirationDate})
	}
	if s.Identity != nil && s.Identity.DocumentType != nil {
		row[17] = csvType(*s.Identity.DocumentType)
	}
	switch d := s.Details.(type) {
	case *erasedData:
		row[10], row[11] = strconv.Itoa(d.LivenessStatus), strconv.Itoa(d.MatchLevel)
	case *detailsData:
		row[9], row[10], row[11] = upper(d.DocumentValid), strconv.Itoa(d.LivenessStatus), strconv.Itoa(d.MatchLevel)
		row[18], row[23] = d.ClientIP, strconv.Itoa(d.Attempts)
		row[19], row[20], row[21] = d.UserAgent.Device, d.UserAgent.Browser, d.UserAgent.OS
		if d.UserAgent.Model != nil {
			row[22] = *d.UserAgent.Model
		}
	}
	return row
}

// shown is the Latin spelling, or the Georgian where there is no other.
func (n nameData) shown() string {
	if n.En != "" {
		return n.En
	}
	return n.Ge
}

// csvType: the export says passport where the API says PASSPORT.
func csvType(kind string) string {
	if kind == passport {
		return "passport"
	}
	return kind
}

func upper(b bool) string { return strings.ToUpper(strconv.FormatBool(b)) }

func extraText(fields []extraField) string {
	parts := make([]string, len(fields))
	for i, f := range fields {
		parts[i] = f.Key + ": " + f.Value
	}
	return strings.Join(parts, "; ")
}
