package source

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"veridesk/backend/idv"
)

// One row of the portal's CSV export as a session.

// csvHeader says where in a row each column stands.
type csvHeader struct {
	places map[idv.Column]int
	others map[int]string // columns that the portal's export does not have
}

// newHeader finds the portal's columns by their names, whatever their case and
// the blanks around them. Of two columns of one name the first counts.
func newHeader(fields []string) (h csvHeader, lacking []idv.Column) {
	h = csvHeader{places: map[idv.Column]int{}, others: map[int]string{}}
	for place, field := range fields {
		name := strings.TrimSpace(field)
		known := slices.IndexFunc(idv.Columns[:], func(c idv.Column) bool { return strings.EqualFold(c, name) })
		if known >= 0 {
			if _, twice := h.places[idv.Columns[known]]; !twice {
				h.places[idv.Columns[known]] = place
				continue
			}
		}
		h.others[place] = name
	}
	for _, column := range idv.Columns {
		if _, ok := h.places[column]; !ok {
			lacking = append(lacking, column)
		}
	}
	return h, lacking
}

// csvRow is a row with the header it stands under.
type csvRow struct {
	header *csvHeader
	fields []string
	text   string
}

// blank reports a row that holds nothing, as spreadsheets leave them behind.
func (row csvRow) blank() bool {
	if row.fields == nil {
		return strings.TrimSpace(row.text) == ""
	}
	return blankFields(row.fields)
}

func blankFields(fields []string) bool {
	return !slices.ContainsFunc(fields, func(f string) bool { return strings.TrimSpace(f) != "" })
}

// cell is what a column says, without blanks around it.
func (row csvRow) cell(column idv.Column) string {
	return strings.TrimSpace(row.fields[row.header.places[column]])
}

// session reads the row. The error is an *unreadable and names the column.
func (row csvRow) session(order dayOrder) (idv.Session, error) {
	r := rowReading{row: row, order: order}
	s := idv.Session{
		ID:       row.cell(idv.ColSessionID),
		Partner:  row.cell(idv.ColPartner),
		Verified: r.flag(idv.ColVerified),
		Created:  r.moment(idv.ColCreated),
		Finished: r.moment(idv.ColCompleted),
		Extra:    parseExtra(row.cell(idv.ColExtra)),

		AttemptNumber: r.number(idv.ColAttempts),
	}
	if fault := idFault(s.ID); fault != "" {
		r.fail(idv.ColSessionID, fault)
	}
	s.Person = r.person(asOf(s))
	s.Document = idv.Document{
		Type:    documentType(row.cell(idv.ColDocumentType)),
		Number:  row.cell(idv.ColDocumentNumber),
		Expires: r.day(idv.ColExpiration, expiryCentury(asOf(s))),
	}
	s.Checks = idv.Checks{
		DocumentValid: r.flag(idv.ColDocumentValid),
		Liveness:      r.number(idv.ColLiveness),
		MatchLevel:    r.number(idv.ColMatchLevel),
	}
	s.Device = idv.Device{
		Kind: row.cell(idv.ColDevice), Model: row.cell(idv.ColModel), OS: row.cell(idv.ColOS),
		Browser: row.cell(idv.ColBrowser), ClientIP: row.cell(idv.ColClientIP),
	}
	if r.failed != nil {
		return idv.Session{}, r.failed
	}
	s.Outcome = idv.OutcomeFromCSV(s.Verified, !s.Finished.IsZero())
	s.Unknown = row.others()
	s.KeepWritten(row.written())
	return s, nil
}

// written is the row as it stands in the file.
func (row csvRow) written() map[idv.Column]string {
	cells := make(map[idv.Column]string, len(row.header.places))
	for column, place := range row.header.places {
		cells[column] = row.fields[place]
	}
	return cells
}

// others are the cells of columns that are not the portal's, as Session.Unknown
// keeps them: "csv." and the header, and the cell as JSON.
func (row csvRow) others() map[string]string {
	var others map[string]string
	for place, name := range row.header.others {
		text, err := json.Marshal(row.fields[place])
		if err != nil || row.fields[place] == "" {
			continue
		}
		if others == nil {
			others = map[string]string{}
		}
		key := "csv." + name
		if _, twice := others[key]; twice || name == "" {
			key += "#" + strconv.Itoa(place+1)
		}
		others[key] = string(text)
	}
	return others
}
