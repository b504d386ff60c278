// One session as the portal's API writes it. The keys and their order are
// those of the portal; a pointer is null where it has nothing to say.
package demo

import "time"

type session struct {
	SessionID          string        `json:"sessionId"`
	RecordID           string        `json:"_id"`
	Environment        string        `json:"environment"`
	Status             string        `json:"status"`
	Verified           bool          `json:"verified"`
	ManualVerified     bool          `json:"manualVerified"`
	ManualRejected     bool          `json:"manualRejected"`
	AwaitingAction     bool          `json:"awaiting_action"`
	IsLiquidated       bool          `json:"isLiquidated"`
	IsImagesDownloaded bool          `json:"isImagesDownloaded"`
	Edited             bool          `json:"edited"`
	Checked            bool          `json:"checked"`
	IsAgreed           bool          `json:"isAgreed"`
	Liveness           int           `json:"liveness"`
	LivenessFinished   bool          `json:"livenessFinished"`
	DocumentFinished   bool          `json:"documentFinished"`
	Events             []string      `json:"events"`
	Tags               []string      `json:"tags"`
	CreatedAt          string        `json:"createdAt"`
	StartedAt          string        `json:"startedAt"`
	FinishedAt         *string       `json:"finishedAt"`
	Extra              []extraField  `json:"extra"`
	Identity           *identityData `json:"identity"`
	Info               *infoData     `json:"info"`
	Details            any           `json:"details"` // *detailsData, or *erasedData of a liquidated session
}

type extraField struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

type identityData struct {
	DocumentType  *string  `json:"documentType"`
	SelfieImages  []string `json:"selfieImages"`
	FrontImageURL *string  `json:"frontImageUrl"`
	BackImageURL  *string  `json:"backImageUrl"`
}

type nameData struct {
	En string `json:"en"`
	Ge string `json:"ge"`
}

type infoData struct {
	FirstName      nameData `json:"firstName"`
	LastName       nameData `json:"lastName"`
	BirthDate      string   `json:"birthDate"`
	ExpirationDate string   `json:"expirationDate"`
	Sex            string   `json:"sex"`
	Nationality    string   `json:"nationality"`
	DocumentNumber string   `json:"documentNumber"`
	PersonalNumber string   `json:"personalNumber"`
	IssueDate      string   `json:"issueDate"`
	MRZValid       *bool    `json:"mrzValid,omitempty"` // in attempts only
}

type detailsData struct {
	UserAgent          deviceData    `json:"userAgent"`
	ErrorMessage       string        `json:"errorMessage"`
	IsMRZValid         *bool         `json:"isMrzValid"`
	Attempts           int           `json:"attempts"`
	CompareAttempts    int           `json:"compareAttempts"`
	IsInteracting      bool          `json:"isInteracting"`
	FaceMatched        bool          `json:"faceMatched"`
	DigitalSpoofStatus int           `json:"digitalSpoofStatus"`
	FullIDStatus       int           `json:"fullIDStatus"`
	DocumentValid      bool          `json:"documentValid"`
	LivenessStatus     int           `json:"livenessStatus"`
	MatchLevel         int           `json:"matchLevel"`
	LevenshteinDiff    int           `json:"levenshteinDiff"`
	UsedThirdParty     bool          `json:"usedThirdParty"`
	MRZDetails         []mrzField    `json:"mrzDetails"`
	DocumentAttempts   []attemptData `json:"documentAttempts"`
	ClientIP           string        `json:"clientIp"`
	Location           *locationData `json:"location"`
}

type erasedData struct {
	MatchLevel     int `json:"matchLevel"`
	LivenessStatus int `json:"livenessStatus"`
}

type deviceData struct {
	OS      string  `json:"os"`
	Browser string  `json:"browser"`
	Device  string  `json:"device"`
	Vendor  *string `json:"vendor"`
	Version string  `json:"version"`
	Model   *string `json:"model"`
}

type mrzField struct {
	Label string `json:"label"`
	Field string `json:"field"`
	Value string `json:"value"`
	Valid bool   `json:"valid"`
}

type attemptData struct {
	Details   checksData  `json:"details"`
	Images    []string    `json:"images"`
	Success   bool        `json:"success"`
	Data      readingData `json:"data"`
	CreatedAt string      `json:"createdAt"`
	SessionID string      `json:"sessionId"`
}

type checksData struct {
	MatchLevel         int `json:"matchLevel"`
	DigitalSpoofStatus int `json:"digitalSpoofStatus"`
	FullIDStatus       int `json:"fullIDStatus"`
	LivenessStatus     int `json:"livenessStatus"`
}

type readingData struct {
	Error          *string   `json:"error"`
	Info           infoData  `json:"info"`
	MRZString      string    `json:"mrzString"`
	FrontImageText string    `json:"frontImageText"`
	BackImageText  string    `json:"backImageText"`
	FrontImageData frontData `json:"frontImageData"`
	BackImageData  backData  `json:"backImageData"`
}

type frontData struct {
	PersonalNumber string `json:"personalNumber"`
	DocumentNumber string `json:"documentNumber"`
}

type backData struct {
	DateOfIssue string `json:"dateOfIssue"`
}

type locationData struct {
	Country  string     `json:"country"`
	Region   string     `json:"region"`
	EU       string     `json:"eu"`
	Timezone string     `json:"timezone"`
	City     string     `json:"city"`
	LL       [2]float64 `json:"ll"`
	Metro    int        `json:"metro"`
	Area     int        `json:"area"`
}

// The portal's three ways to write a date, and its one to write a moment.
func shortDate(t time.Time) string  { return t.Format("01-02-06") }
func dottedDate(t time.Time) string { return t.Format("02.01.2006") }

func stamp(ms int64) string {
	const seconds = len("2006-01-02T15:04:05")
	var room [len(time.RFC3339)]byte
	text := time.UnixMilli(ms).UTC().AppendFormat(room[:0], time.RFC3339)[:seconds] // the layout that time is fast at
	ms = (ms%second + second) % second
	return string(append(text, '.', byte('0'+ms/100), byte('0'+ms/10%10), byte('0'+ms%10), 'Z'))
}
