package idv

import (
	"strconv"
	"strings"
)

// Column is a column of the portal's CSV export, by its header.
type Column = string

// The portal's columns.
const (
	ColPersonalNumber Column = "Personal Number"
	ColFirstName      Column = "First Name"
	ColLastName       Column = "Last Name"
	ColDocumentNumber Column = "Document Number"
	ColBirthDate      Column = "Birth Date"
	ColNationality    Column = "Nationality"
	ColSex            Column = "Sex"
	ColExpiration     Column = "Expiration Date"
	ColVerified       Column = "Verified"
	ColDocumentValid  Column = "Document Valid"
	ColLiveness       Column = "Liveness Status"
	ColMatchLevel     Column = "Match Level"
	ColCreated        Column = "Creation time"
	ColCompleted      Column = "Completion time"
	ColPartner        Column = "Partner"
	ColSessionID      Column = "Session ID"
	ColExtra          Column = "Extra"
	ColDocumentType   Column = "Document type"
	ColClientIP       Column = "Client IP"
	ColDevice         Column = "Device"
	ColBrowser        Column = "Browser"
	ColOS             Column = "OS"
	ColModel          Column = "Model"
	ColAttempts       Column = "Attempts"
)

// Columns is the portal's CSV header, in its order.
var Columns = [24]Column{
	ColPersonalNumber, ColFirstName, ColLastName, ColDocumentNumber, ColBirthDate, ColNationality,
	ColSex, ColExpiration, ColVerified, ColDocumentValid, ColLiveness, ColMatchLevel,
	ColCreated, ColCompleted, ColPartner, ColSessionID, ColExtra, ColDocumentType,
	ColClientIP, ColDevice, ColBrowser, ColOS, ColModel, ColAttempts,
}

// Cells is the session as a row of the portal's CSV, in the order of Columns:
// the portal's own spelling where it is known, else the one the portal uses.
func Cells(s Session) [24]string {
	cells := canonicalCells(s)
	if len(s.Written) > 0 {
		for i, column := range Columns {
			if text, ok := s.Written[column]; ok {
				cells[i] = text
			}
		}
	}
	return cells
}

func canonicalCells(s Session) [24]string {
	p, d := s.Person, s.Document
	return [24]string{
		p.PersonalNumber, p.FirstName.String(), p.LastName.String(), d.Number, p.BirthDate.Short(), p.Nationality,
		p.Sex, d.Expires.Short(), s.Outcome.CSVWord(), boolCell(s.Checks.DocumentValid), intCell(s.Checks.Liveness), intCell(s.Checks.MatchLevel),
		FormatTime(s.Created), FormatTime(s.Finished), s.Partner, s.ID, ExtraText(s.Extra), documentTypeCell(d.Type),
		s.Device.ClientIP, s.Device.Kind, s.Device.Browser, s.Device.OS, s.Device.Model, intCell(s.AttemptNumber),
	}
}

// KeepWritten remembers the source's own spelling of the given cells where
// Cells would write another, and forgets it where Cells would not.
func (s *Session) KeepWritten(source map[Column]string) {
	s.Written = nil
	cells := canonicalCells(*s)
	for i, column := range Columns {
		if text, ok := source[column]; ok && text != cells[i] {
			if s.Written == nil {
				s.Written = map[string]string{}
			}
			s.Written[column] = text
		}
	}
}

func boolCell(b *bool) string {
	if b == nil {
		return ""
	}
	return strings.ToUpper(strconv.FormatBool(*b))
}

func intCell(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

// documentTypeCell writes the type as the CSV does: the API says PASSPORT, the
// CSV passport.
func documentTypeCell(kind string) string {
	if kind == "PASSPORT" {
		return "passport"
	}
	return kind
}

// ExtraText writes the company's fields as the portal's CSV does:
// "key: value; key: value".
func ExtraText(extra []Field) string {
	var b strings.Builder
	for i, f := range extra {
		if i > 0 {
			b.WriteString("; ")
		}
		if f.Key != "" {
			b.WriteString(f.Key + ": ")
		}
		b.WriteString(f.Value)
	}
	return b.String()
}
