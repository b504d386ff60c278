package idv

import "strings"

// Findings are what the portal found, each in the sense of its name: whatever
// number the portal has for it, yes means that it is so.
type Findings struct {
	LivenessPassed Answer `json:"livenessPassed"`
	LivenessStatus string `json:"livenessStatus"` // the portal's number: 0 passed; "" not said
	LivenessKind   string `json:"livenessKind"`   // the portal's number for the kind of the check; "" not said
	DocumentValid  Answer `json:"documentValid"`
	MRZValid       Answer `json:"mrzValid"` // the portal's opinion; MRZCheck has ours
	FaceMatched    Answer `json:"faceMatched"`
	DigitalSpoof   Answer `json:"digitalSpoof"` // yes: the document was shown on a screen
	FullID         Answer `json:"fullId"`       // no: a corner is cut off or covered
	MatchLevel     int    `json:"matchLevel"`   // 0 no data
	FAR            string `json:"far"`          // false acceptance rate of that level, as 1/10,000; "" not published
	Accepted       int    `json:"accepted"`     // the lowest level that the company takes
	UnderAccepted  Answer `json:"underAccepted"`
	Distance       int    `json:"distance"`     // edits between two readings of the document; -1 not said
	ErrorMessage   string `json:"errorMessage"` // in the portal's words; "" none
}

// farTexts is the portal's scale of false acceptance rates, by match level.
var farTexts = [...]string{"", "1/100", "1/250", "1/500", "1/1,000", "1/10,000", "1/100,000", "1/500,000"}

// FAR is the false acceptance rate of a match level as the portal writes it, ""
// for no data and for levels that it does not publish a rate for.
func FAR(level int) string {
	if level < 0 || level >= len(farTexts) {
		return ""
	}
	return farTexts[level]
}

func newFindings(c Checks, accepted int) Findings {
	f := Findings{
		LivenessPassed: isZero(c.Liveness), LivenessStatus: intCell(c.Liveness), LivenessKind: intCell(c.LivenessKind),
		DocumentValid: answer(c.DocumentValid), MRZValid: answer(c.MRZValid), FaceMatched: answer(c.FaceMatched),
		DigitalSpoof: opposite(isZero(c.DigitalSpoof)), FullID: isZero(c.FullID),
		Accepted: accepted, Distance: -1, ErrorMessage: portalError(c.ErrorMessage),
	}
	if c.MatchLevel != nil {
		f.MatchLevel = max(0, *c.MatchLevel)
	}
	if f.MatchLevel > 0 {
		under := f.MatchLevel < accepted
		f.FAR, f.UnderAccepted = FAR(f.MatchLevel), answer(&under)
	}
	if c.Distance != nil {
		f.Distance = *c.Distance
	}
	return f
}

// isZero is yes for 0, which is the portal's number for "good".
func isZero(n *int) Answer {
	if n == nil {
		return NotSaid
	}
	zero := *n == 0
	return answer(&zero)
}

func opposite(a Answer) Answer {
	switch a {
	case Yes:
		return No
	case No:
		return Yes
	}
	return NotSaid
}

// portalError is the portal's message; it writes "None" where there is no error.
func portalError(message string) string {
	if strings.TrimSpace(message) == "None" {
		return ""
	}
	return message
}
