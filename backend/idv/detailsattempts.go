package idv

import "time"

// AttemptDetails is one try at reading the document, its readings as the portal
// wrote them.
type AttemptDetails struct {
	Number       int      `json:"number"` // from 1
	At           string   `json:"at"`
	Success      Answer   `json:"success"`
	Error        string   `json:"error"` // in the portal's words; "" none
	Findings     Findings `json:"findings"`
	Read         []Field  `json:"read"` // what was read, by the portal's keys
	MRZ          MRZCheck `json:"mrz"`
	FrontText    string   `json:"frontText"`
	BackText     string   `json:"backText"`
	FrontData    []Field  `json:"frontData"`
	BackData     []Field  `json:"backData"`
	Photos       int      `json:"photos"`
	OtherSession string   `json:"otherSession"` // the session that it was made in; "" this one
}

func newAttempts(s Session, accepted int, session time.Time) []AttemptDetails {
	attempts := []AttemptDetails{}
	for i, a := range s.Attempts {
		check := CheckMRZ(a.MRZ, nil, session)
		check.Attempt, check.Portal = i+1, answer(a.Checks.MRZValid)
		attempts = append(attempts, AttemptDetails{
			Number: i + 1, At: FormatTime(a.Created), Success: answer(a.Success), Error: portalError(a.Error),
			Findings: newFindings(a.Checks, accepted), Read: sortedFields(a.Read), MRZ: check,
			FrontText: a.FrontText, BackText: a.BackText,
			FrontData: sortedFields(a.FrontData), BackData: sortedFields(a.BackData),
			Photos: a.Photos, OtherSession: a.OtherSessionID,
		})
	}
	return attempts
}

// bestAttempt is the place of the last successful attempt of this session that
// has something, else of the last one that has it; -1 none. What was read in
// another session may be another document.
func bestAttempt(attempts []Attempt, has func(Attempt) bool) int {
	best := -1
	for i, a := range attempts {
		if a.OtherSessionID != "" || !has(a) {
			continue
		}
		if best < 0 || better(a, attempts[best]) {
			best = i
		}
	}
	return best
}

// better puts success before time; of the same time, the one that comes later in
// the list is newer.
func better(a, than Attempt) bool {
	if won, before := answer(a.Success) == Yes, answer(than.Success) == Yes; won != before {
		return won
	}
	return !a.Created.Before(than.Created)
}
