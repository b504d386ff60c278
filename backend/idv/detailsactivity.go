package idv

import (
	"slices"
	"strconv"
	"time"
)

// Activity is what the customer did, and with what.
type Activity struct {
	Steps           []Step      `json:"steps"`  // in the order in which they were taken
	Events          []string    `json:"events"` // the portal's own event names
	Device          DeviceFacts `json:"device"`
	SessionID       string      `json:"sessionId"`
	RecordID        string      `json:"recordId"`        // the portal's other name for the session
	AttemptNumber   int         `json:"attemptNumber"`   // which try of this person it was; 0 not said
	CompareAttempts int         `json:"compareAttempts"` // 0 not said
	Interacting     Answer      `json:"interacting"`
	UsedThirdParty  Answer      `json:"usedThirdParty"`
}

// StepKind is what a customer or the portal did.
type StepKind string

// The kinds of steps.
const (
	StepCreated  StepKind = "created"
	StepStarted  StepKind = "started"  // Passed: the person signed and agreed
	StepLiveness StepKind = "liveness" // the portal gives no time
	StepAttempt  StepKind = "attempt"  // a try at reading the document
	StepDocument StepKind = "document" // the portal gives no time
	StepFinished StepKind = "finished" // Passed: verified
	StepErased   StepKind = "erased"   // the archive gave the session up
)

// Step is one thing that happened, or that should have happened.
type Step struct {
	Kind      StepKind `json:"kind"`
	At        string   `json:"at"` // "" no time is known
	Done      Answer   `json:"done"`
	Passed    Answer   `json:"passed"`
	Attempt   int      `json:"attempt"`   // from 1, the place in Details.Attempts; 0 it is no attempt
	Error     string   `json:"error"`     // in the portal's words
	SessionID string   `json:"sessionId"` // another session that the attempt was made in; "" this one
}

// dated is a step with the moment that it is ordered by.
type dated struct {
	step Step
	at   time.Time
}

type stepList []dated

// DeviceFacts is what the session was made with and from where.
type DeviceFacts struct {
	Kind        string `json:"kind"` // PC or Mobile
	Vendor      string `json:"vendor"`
	Model       string `json:"model"`
	OS          string `json:"os"`
	Version     string `json:"version"`
	Browser     string `json:"browser"`
	IP          string `json:"ip"`
	Country     string `json:"country"` // ISO 3166 two-letter code
	Region      string `json:"region"`
	City        string `json:"city"`
	EU          string `json:"eu"` // as the portal wrote it: 0 or 1
	Timezone    string `json:"timezone"`
	Coordinates string `json:"coordinates"` // latitude, longitude in degrees; "" not said
	Area        int    `json:"area"`        // kilometres around the coordinates; 0 not said
}

func newActivity(s Session) Activity {
	return Activity{
		Steps: steps(s), Events: filled(s.Events), Device: newDeviceFacts(s.Device, s.Location),
		SessionID: s.ID, RecordID: s.RecordID,
		AttemptNumber: number(s.AttemptNumber), CompareAttempts: number(s.CompareAttempts),
		Interacting: answer(s.Interacting), UsedThirdParty: answer(s.UsedThirdParty),
	}
}

// steps are in the order of their times; one without a time stays behind those that
// it follows in an ordinary session.
func steps(s Session) []Step {
	var list stepList
	list.add(Step{Kind: StepCreated, Done: happened(s.Created)}, s.Created)
	list.add(Step{Kind: StepStarted, Done: happened(s.Started), Passed: answer(s.Agreed)}, s.Started)
	list.add(Step{Kind: StepLiveness, Done: answer(s.LivenessFinished), Passed: isZero(s.Checks.Liveness)}, time.Time{})
	for i, a := range s.Attempts {
		step := Step{Kind: StepAttempt, Done: Yes, Passed: answer(a.Success), Attempt: i + 1, Error: portalError(a.Error), SessionID: a.OtherSessionID}
		list.add(step, a.Created)
	}
	list.add(Step{Kind: StepDocument, Done: answer(s.DocumentFinished), Passed: answer(s.Checks.DocumentValid)}, time.Time{})
	list.add(Step{Kind: StepFinished, Done: happened(s.Finished), Passed: answer(s.Verified)}, s.Finished)
	if s.Erased != nil {
		list.add(Step{Kind: StepErased, Done: Yes}, s.Erased.At)
	}
	return list.inOrder()
}

// add leaves out a step that the portal says nothing of.
func (l *stepList) add(step Step, at time.Time) {
	if step.Done == NotSaid {
		return
	}
	step.At = FormatTime(at)
	if at.IsZero() {
		for _, before := range *l {
			if before.at.After(at) {
				at = before.at
			}
		}
	}
	*l = append(*l, dated{step, at})
}

func (l stepList) inOrder() []Step {
	ordered := []Step{}
	slices.SortStableFunc(l, func(a, b dated) int { return a.at.Compare(b.at) })
	for _, d := range l {
		ordered = append(ordered, d.step)
	}
	return ordered
}

// happened is yes if there is a time.
func happened(t time.Time) Answer {
	if t.IsZero() {
		return NotSaid
	}
	return Yes
}

func newDeviceFacts(d Device, l Location) DeviceFacts {
	facts := DeviceFacts{
		Kind: d.Kind, Vendor: d.Vendor, Model: d.Model, OS: d.OS, Version: d.Version, Browser: d.Browser, IP: d.ClientIP,
		Country: l.Country, Region: l.Region, City: l.City, EU: l.EU, Timezone: l.Timezone, Area: number(l.Area),
	}
	if l.Latitude != nil && l.Longitude != nil {
		facts.Coordinates = degrees(*l.Latitude) + ", " + degrees(*l.Longitude)
	}
	return facts
}

func degrees(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// number is 0 for none.
func number(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}
