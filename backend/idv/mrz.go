package idv

import (
	"slices"
	"strings"
	"time"
)

// Checking a machine-readable zone again on this machine: ICAO 9303 part 3
// (signs, check digits), part 4 (TD3, passports), parts 5 and 6 (TD1, TD2, cards).

// MRZCheck is what a machine-readable zone says and whether its check digits fit.
type MRZCheck struct {
	Source  MRZSource  `json:"source"`
	Attempt int        `json:"attempt"` // the attempt that the zone was read in, from 1; 0 none
	Format  MRZFormat  `json:"format"`
	Lines   []string   `json:"lines"`  // as the portal read them
	Faults  []MRZFault `json:"faults"` // of the zone as a whole
	Items   []MRZItem  `json:"items"`  // field by field, in the order of the zone
	// OK is yes if the zone is whole and all that it protects was computed and fits,
	// no if anything does not, "" if not all of it could be computed.
	OK           Answer      `json:"ok"`
	Portal       Answer      `json:"portal"` // the portal's own opinion of the whole
	PortalFields []PortalMRZ `json:"portalFields"`
}

// MRZSource is where the fields come from.
type MRZSource string

// The sources.
const (
	MRZNone   MRZSource = ""       // nothing was read
	MRZText   MRZSource = "text"   // the zone itself
	MRZFields MRZSource = "fields" // the portal's list of fields: not all digits can be computed from it
)

// MRZFormat is a size of document by its ICAO name.
type MRZFormat string

// The formats.
const (
	MRZUnknown MRZFormat = ""
	TD1        MRZFormat = "TD1" // 3 lines of 30
	TD2        MRZFormat = "TD2" // 2 lines of 36
	TD3        MRZFormat = "TD3" // 2 lines of 44
)

// MRZFault is what is odd about a zone or one of its fields.
type MRZFault string

// The faults. Lower case and blanks are mended and do not count against the zone.
const (
	MRZLowerCase  MRZFault = "lowerCase"  // letters are read as capitals
	MRZBlanks     MRZFault = "blanks"     // left out, or read as fillers where that gives the right length
	MRZLines      MRZFault = "lines"      // whole lines are missing
	MRZLength     MRZFault = "length"     // no document has so many signs
	MRZLayout     MRZFault = "layout"     // a visa or a national layout, which is not checked
	MRZCharacters MRZFault = "characters" // signs that may not stand there
	MRZCode       MRZFault = "code"       // a document code that the format does not have
	MRZDate       MRZFault = "date"       // no such day
)

// MRZItem is one field of the zone.
type MRZItem struct {
	Field    string   `json:"field"`    // the portal's names: documentNumber, birthDate, ...; composite has a digit only
	Raw      string   `json:"raw"`      // as it stands in the zone, fillers included
	Value    string   `json:"value"`    // what it means: a day as yyyy-mm-dd, sex as male or female, no fillers
	Digit    string   `json:"digit"`    // the check digit that stands there; "" the field has none
	Expected string   `json:"expected"` // the one computed here; "" it cannot be computed
	OK       Answer   `json:"ok"`       // whether the two agree; "" there is nothing to compare
	Fault    MRZFault `json:"fault"`    // "" none
	Cut      bool     `json:"cut"`      // a name that fills its field to the end: it may go on
	Portal   Answer   `json:"portal"`   // the portal's own flags of the field and its digit
}

// PortalMRZ is a field as the portal lists it.
type PortalMRZ struct {
	Label string `json:"label"`
	Field string `json:"field"`
	Value string `json:"value"`
	Valid Answer `json:"valid"`
}

// CheckMRZ checks a zone, lines joined or not, or what the portal took from it if
// there is no zone that can be read. session gives the century of the years.
func CheckMRZ(text string, fields []MRZField, session time.Time) MRZCheck {
	z := readZone(text)
	check := MRZCheck{
		Format: z.format, Lines: z.asRead, Faults: z.faults, Items: []MRZItem{},
		PortalFields: portalFields(fields),
	}
	switch {
	case z.format != MRZUnknown:
		check.Source, check.Items = MRZText, z.items(session)
	case len(fields) > 0:
		check.Source, check.Items = MRZFields, fieldItems(fields, session)
	case len(z.asRead) > 0:
		check.Source = MRZText
	}
	for i := range check.Items {
		check.Items[i].Portal = portalOpinion(fields, check.Items[i].Field)
	}
	check.OK = check.verdict()
	return check
}

// sessionMRZ checks the zone of the best attempt of the session.
func sessionMRZ(s Session, session time.Time) MRZCheck {
	text, opinion := "", s.Checks.MRZValid
	best := bestAttempt(s.Attempts, func(a Attempt) bool { return strings.TrimSpace(a.MRZ) != "" })
	if best >= 0 {
		text = s.Attempts[best].MRZ
		if opinion == nil {
			opinion = s.Attempts[best].Checks.MRZValid
		}
	}
	check := CheckMRZ(text, s.MRZ, session)
	check.Attempt, check.Portal = best+1, answer(opinion)
	return check
}

func (c MRZCheck) verdict() Answer {
	wrong := slices.Contains(c.Faults, MRZLines) || slices.Contains(c.Faults, MRZLength)
	for _, item := range c.Items {
		wrong = wrong || item.OK == No || item.Fault != ""
	}
	switch {
	case wrong:
		return No
	case c.Source == MRZText && c.Format != MRZUnknown:
		return Yes
	}
	return NotSaid
}

// item is a field by its name; the zero item if the zone has none.
func (c MRZCheck) item(field string) MRZItem {
	for _, item := range c.Items {
		if item.Field == field {
			return item
		}
	}
	return MRZItem{}
}
