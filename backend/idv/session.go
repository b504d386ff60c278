// Package idv is the domain: identity-verification sessions as the portal
// records them, the questions that are asked of an archive of them, and the
// errors a person reads. It does no I/O and imports nothing of the project.
package idv

import (
	"log/slog"
	"time"
)

// Session is one identity verification, from the moment a person opened it to
// the portal's last word on it. A nil pointer, an empty string, a nil slice and
// a zero time all mean "the portal did not say", which is not the same as "no":
// see Merge.
type Session struct {
	ID          string `json:"id"`                    // the portal's sessionId; the session's identity everywhere
	RecordID    string `json:"recordId,omitempty"`    // the portal's own _id
	Environment string `json:"environment,omitempty"` // Production or Sandbox; other words are kept as they come
	Partner     string `json:"partner,omitempty"`     // the company, as the portal's CSV names it

	Status         string  `json:"status,omitempty"` // the portal's own word; Outcome is what the app goes by
	Outcome        Outcome `json:"outcome,omitempty"`
	Verified       *bool   `json:"verified,omitempty"`
	ManualVerified *bool   `json:"manualVerified,omitempty"`
	ManualRejected *bool   `json:"manualRejected,omitempty"`
	AwaitingAction *bool   `json:"awaitingAction,omitempty"`
	Liquidated     *bool   `json:"liquidated,omitempty"` // the portal has erased the personal data
	Erased         *Erased `json:"erased,omitempty"`     // this is a tombstone: see Tombstone
	Agreed         *bool   `json:"agreed,omitempty"`     // the person signed and agreed
	Edited         *bool   `json:"edited,omitempty"`
	Checked        *bool   `json:"checked,omitempty"`

	LivenessFinished *bool `json:"livenessFinished,omitempty"`
	DocumentFinished *bool `json:"documentFinished,omitempty"`
	ImagesDownloaded *bool `json:"imagesDownloaded,omitempty"`

	Created  time.Time `json:"created,omitzero"` // UTC, to the portal's precision
	Started  time.Time `json:"started,omitzero"`
	Finished time.Time `json:"finished,omitzero"`

	Person   Person   `json:"person,omitzero"`
	Document Document `json:"document,omitzero"`
	Checks   Checks   `json:"checks,omitzero"`
	Device   Device   `json:"device,omitzero"`
	Location Location `json:"location,omitzero"`

	MRZ      []MRZField `json:"mrz,omitempty"`
	Attempts []Attempt  `json:"attempts,omitempty"`
	Events   []string   `json:"events,omitempty"`
	Tags     []string   `json:"tags,omitempty"`   // why a person rejected it by hand
	Extra    []Field    `json:"extra,omitempty"`  // the company's own fields, in their order
	Photos   []string   `json:"photos,omitempty"` // which photos exist: selfie-1, front, back, ...

	AttemptNumber   *int  `json:"attemptNumber,omitempty"` // which try of this person it was, from 1
	CompareAttempts *int  `json:"compareAttempts,omitempty"`
	Interacting     *bool `json:"interacting,omitempty"`
	UsedThirdParty  *bool `json:"usedThirdParty,omitempty"`

	// Unknown holds what the portal sent under keys this version does not know:
	// dotted path to raw JSON. Nothing the portal sends is thrown away.
	Unknown map[string]string `json:"unknown,omitempty"`
	// Written holds, by CSV column, the portal's own spelling of a cell where it
	// differs from the one Cells would write, so that an export repeats it exactly.
	Written map[string]string `json:"written,omitempty"`
}

// Erased says when and why the archive gave up a session.
type Erased struct {
	At     time.Time `json:"at"`
	Reason Reason    `json:"reason"`
}

// Reason is why a session was erased.
type Reason string

// The reasons.
const (
	ByPortal    Reason = "portal"    // the portal liquidated it
	ByUser      Reason = "user"      // somebody erased it here
	ByRetention Reason = "retention" // the time to keep it was over
)

// Tombstone is what stays of an erased session: that it was there, when, how it
// ended (the two findings that led there are numbers), and why it is gone. It
// tells nothing of the person.
func Tombstone(s Session, reason Reason, at time.Time) Session {
	return Session{
		ID: s.ID, Environment: s.Environment, Liquidated: s.Liquidated,
		Status: s.Status, Outcome: s.Outcome, Verified: s.Verified,
		Checks:  Checks{Liveness: s.Checks.Liveness, MatchLevel: s.Checks.MatchLevel},
		Created: s.Created, Started: s.Started, Finished: s.Finished,
		Erased: &Erased{At: at.UTC(), Reason: reason},
	}
}

// MaxSessionID is the longest Session ID that the app takes, in bytes. The
// portal's have 36; the limit keeps a damaged file from making keys of pages of
// text, and every source and store goes by this one number.
const MaxSessionID = 256

// Name is one name in the spellings that the portal knows. Either may be empty.
type Name struct {
	Latin    string `json:"latin,omitempty"`
	Georgian string `json:"georgian,omitempty"`
}

// String is the spelling a list shows: Latin, else Georgian, else nothing
// (the name could not be read).
func (n Name) String() string {
	if n.Latin != "" {
		return n.Latin
	}
	return n.Georgian
}

// Person is who the document says the person is.
type Person struct {
	FirstName      Name   `json:"firstName,omitzero"`
	LastName       Name   `json:"lastName,omitzero"`
	PersonalNumber string `json:"personalNumber,omitempty"` // text: leading zeros count
	BirthDate      Date   `json:"birthDate,omitempty"`
	Sex            string `json:"sex,omitempty"`         // male, female, or as the portal wrote it
	Nationality    string `json:"nationality,omitempty"` // ICAO 9303 part 3 code, e.g. GEO, D<<
}

// Document is the identity document that was shown.
type Document struct {
	Type    string `json:"type,omitempty"` // ID, PASSPORT, or a type newer than this version
	Number  string `json:"number,omitempty"`
	Issued  Date   `json:"issued,omitempty"`
	Expires Date   `json:"expires,omitempty"`
}

// Checks are the portal's findings. In the three Status fields 0 is good.
type Checks struct {
	DocumentValid *bool  `json:"documentValid,omitempty"`
	MRZValid      *bool  `json:"mrzValid,omitempty"`
	FaceMatched   *bool  `json:"faceMatched,omitempty"`
	Liveness      *int   `json:"liveness,omitempty"`     // details.livenessStatus: only 0 is a pass
	LivenessKind  *int   `json:"livenessKind,omitempty"` // the top-level "liveness" number
	MatchLevel    *int   `json:"matchLevel,omitempty"`   // 1-7 (other vendors up to 9); 0 is no data
	DigitalSpoof  *int   `json:"digitalSpoof,omitempty"` // not 0: the document was shown on a screen
	FullID        *int   `json:"fullID,omitempty"`       // not 0: a corner is cut off or covered
	Distance      *int   `json:"distance,omitempty"`     // levenshteinDiff: edits between two readings
	ErrorMessage  string `json:"errorMessage,omitempty"`
}

// Device is what the session was made with.
type Device struct {
	Kind     string `json:"kind,omitempty"` // PC or Mobile
	Vendor   string `json:"vendor,omitempty"`
	Model    string `json:"model,omitempty"`
	OS       string `json:"os,omitempty"`
	Version  string `json:"version,omitempty"`
	Browser  string `json:"browser,omitempty"`
	ClientIP string `json:"clientIp,omitempty"`
}

// Location is where the client's address is registered.
type Location struct {
	Country   string   `json:"country,omitempty"` // ISO 3166 two-letter code
	Region    string   `json:"region,omitempty"`
	City      string   `json:"city,omitempty"`
	EU        string   `json:"eu,omitempty"`
	Timezone  string   `json:"timezone,omitempty"`
	Latitude  *float64 `json:"latitude,omitempty"`
	Longitude *float64 `json:"longitude,omitempty"`
	Metro     *int     `json:"metro,omitempty"`
	Area      *int     `json:"area,omitempty"` // kilometres around the point
}

// MRZField is one field of the machine-readable zone, as the portal read it.
type MRZField struct {
	Label string `json:"label,omitempty"`
	Field string `json:"field,omitempty"`
	Value string `json:"value,omitempty"`
	Valid *bool  `json:"valid,omitempty"`
}

// Attempt is one try at reading the document. What was read is kept as the
// portal wrote it, wrong readings included.
type Attempt struct {
	Created        time.Time         `json:"created,omitzero"`
	Success        *bool             `json:"success,omitempty"`
	Error          string            `json:"error,omitempty"`
	Checks         Checks            `json:"checks,omitzero"`
	Read           map[string]string `json:"read,omitempty"` // info.* by key; names as firstName.en and so on
	MRZ            string            `json:"mrz,omitempty"`  // the whole machine-readable zone, lines joined
	FrontText      string            `json:"frontText,omitempty"`
	BackText       string            `json:"backText,omitempty"`
	FrontData      map[string]string `json:"frontData,omitempty"`
	BackData       map[string]string `json:"backData,omitempty"`
	Photos         int               `json:"photos,omitempty"`
	OtherSessionID string            `json:"otherSessionId,omitempty"` // set when it is not the session's own
}

// Field is one of the company's own fields.
type Field struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// Photo is where a photo can be fetched just now. The address expires within
// minutes of the answer it came in, so it is never stored.
type Photo struct {
	Name string
	URL  string
}

// Record is what a source hands over: a session and where its photos are.
type Record struct {
	Session Session
	Photos  []Photo
}

// LogValue keeps personal data out of the log.
func (s Session) LogValue() slog.Value { return slog.StringValue("[session]") }

// LogValue keeps personal data out of the log.
func (p Person) LogValue() slog.Value { return slog.StringValue("[person]") }

// LogValue keeps the signed address out of the log.
func (p Photo) LogValue() slog.Value { return slog.StringValue("photo " + p.Name) }

// IsLiquidated reports whether the portal has erased the personal data.
func (s Session) IsLiquidated() bool { return s.Liquidated != nil && *s.Liquidated }

// Spoof is a reason to suspect that the document or the face is not genuine.
type Spoof string

// The portal's possible-spoof reasons. What match level is low is the company's
// choice, so that a session alone does not know of the third.
const (
	DigitalSpoof Spoof = "digital" // the document was shown on a screen
	NotFullID    Spoof = "notFull" // a corner is cut off or something covers it
	LowFAR       Spoof = "lowFar"  // a match level under the accepted one
)

// Spoofs lists the reasons that the portal found, in a fixed order.
func (s Session) Spoofs() []Spoof {
	found := []Spoof{}
	if v := s.Checks.DigitalSpoof; v != nil && *v != 0 {
		found = append(found, DigitalSpoof)
	}
	if v := s.Checks.FullID; v != nil && *v != 0 {
		found = append(found, NotFullID)
	}
	return found
}
