package export

import (
	"strconv"
	"strings"

	"veridesk/backend/idv"
)

// kind is what a column's cells are in a workbook.
type kind int

const (
	asText kind = iota // also whatever cannot be typed
	asDay
	asMoment
	asNumber
	asTruth
)

// layout is how a column looks in a workbook.
type layout struct {
	kind  kind
	width float64 // in characters
	about string  // what it holds, for the sheet About
}

var layouts = map[idv.Column]layout{
	idv.ColPersonalNumber: {asText, 16, "Personal number from the document. Text, so that leading zeros stay."},
	idv.ColFirstName:      {asText, 18, "First name from the document."},
	idv.ColLastName:       {asText, 20, "Last name from the document."},
	idv.ColDocumentNumber: {asText, 17, "Document number. Text."},
	idv.ColBirthDate:      {asDay, 12, "Birth date from the document, as text yyyy-mm-dd."},
	idv.ColNationality:    {asText, 11, "Nationality from the document, a three-letter code of ICAO 9303."},
	idv.ColSex:            {asText, 8, "Sex from the document."},
	idv.ColExpiration:     {asDay, 15, "The day the document expires, as text yyyy-mm-dd."},
	idv.ColVerified:       {asTruth, 9, "TRUE: the person was verified."},
	idv.ColDocumentValid:  {asTruth, 15, "TRUE: the document passed its checks."},
	idv.ColLiveness:       {asNumber, 15, "0: the liveness check was passed. Any other number: it was not."},
	idv.ColMatchLevel:     {asNumber, 12, "How well the face matches the document: the higher the better. 0: no data."},
	idv.ColCreated:        {asMoment, 19, "When the session began, in UTC. The cell shows seconds and holds their fractions too."},
	idv.ColCompleted:      {asMoment, 19, "When the session ended, in UTC. The cell shows seconds and holds their fractions too."},
	idv.ColPartner:        {asText, 20, "The company."},
	idv.ColSessionID:      {asText, 38, "The portal's identifier of the session."},
	idv.ColExtra:          {asText, 40, "The company's own fields."},
	idv.ColDocumentType:   {asText, 14, "The kind of document. Empty: none was presented."},
	idv.ColClientIP:       {asText, 16, "The address that the session was made from."},
	idv.ColDevice:         {asText, 9, "PC or Mobile."},
	idv.ColBrowser:        {asText, 12, "The browser."},
	idv.ColOS:             {asText, 12, "The operating system."},
	idv.ColModel:          {asText, 18, "The model of the device."},
	idv.ColAttempts:       {asNumber, 9, "Which attempt of this person it was, from 1."},
}

// typed is the cell as a time.Time, int or bool where its column has one, else
// as text. Dates and times are the session's own wherever it has them, however
// the portal spelt them; what was never understood stays as it was written.
func typed(column idv.Column, cell string, s idv.Session) any {
	switch layouts[column].kind {
	case asDay:
		return dayText(column, cell, s)
	case asMoment:
		return momentOr(column, cell, s)
	case asNumber:
		// Excel keeps 15 digits; anything near that is no level and no count.
		if n, err := strconv.Atoi(cell); err == nil && strconv.Itoa(n) == cell && len(cell) < 15 {
			return n
		}
	case asTruth:
		switch {
		case strings.EqualFold(cell, "TRUE"):
			return true
		case strings.EqualFold(cell, "FALSE"):
			return false
		}
	}
	return cell
}

func dayText(column idv.Column, cell string, s idv.Session) any {
	date := s.Person.BirthDate
	if column == idv.ColExpiration {
		date = s.Document.Expires
	}
	if date.Short() == "" {
		return cell
	}
	return string(date)
}

// momentOr leaves out years that a workbook cannot count, or counts wrongly:
// it knows a 29 February 1900.
func momentOr(column idv.Column, cell string, s idv.Session) any {
	at := s.Created
	if column == idv.ColCompleted {
		at = s.Finished
	}
	at = at.UTC()
	if at.IsZero() || at.Year() < 1901 || at.Year() > 9999 {
		return cell
	}
	return at
}
