package source

import "github.com/tidwall/gjson"

// The shape of one session-data object as the portal sends it. Scalars stay raw
// until they are read with their path in hand, so that a number given as text
// is read and an impossible value is reported by its path. Lists and objects
// are typed: their keys are the ones this version knows.

// raw is a JSON value that was not read yet.
type raw = gjson.Result

type wireSession struct {
	SessionID        raw           `json:"sessionId"`
	RecordID         raw           `json:"_id"`
	Environment      raw           `json:"environment"`
	Partner          raw           `json:"partner"`
	Company          raw           `json:"company"`
	Status           raw           `json:"status"`
	Verified         raw           `json:"verified"`
	ManualVerified   raw           `json:"manualVerified"`
	ManualRejected   raw           `json:"manualRejected"`
	AwaitingAction   raw           `json:"awaiting_action"`
	IsLiquidated     raw           `json:"isLiquidated"`
	ImagesDownloaded raw           `json:"isImagesDownloaded"`
	Edited           raw           `json:"edited"`
	Checked          raw           `json:"checked"`
	IsAgreed         raw           `json:"isAgreed"`
	Liveness         raw           `json:"liveness"`
	LivenessFinished raw           `json:"livenessFinished"`
	DocumentFinished raw           `json:"documentFinished"`
	Events           raw           `json:"events"`
	Tags             raw           `json:"tags"`
	CreatedAt        raw           `json:"createdAt"`
	StartedAt        raw           `json:"startedAt"`
	FinishedAt       raw           `json:"finishedAt"`
	Extra            raw           `json:"extra"`
	Identity         *wireIdentity `json:"identity"`
	Info             wireInfo      `json:"info"`
	Details          wireDetails   `json:"details"`
}

type wireIdentity struct {
	DocumentType  raw   `json:"documentType"`
	SelfieImages  []raw `json:"selfieImages"`
	FrontImageURL raw   `json:"frontImageUrl"`
	BackImageURL  raw   `json:"backImageUrl"`
}

type wireInfo struct {
	FirstName      wireName `json:"firstName"`
	LastName       wireName `json:"lastName"`
	BirthDate      raw      `json:"birthDate"`
	ExpirationDate raw      `json:"expirationDate"`
	IssueDate      raw      `json:"issueDate"`
	Sex            raw      `json:"sex"`
	Nationality    raw      `json:"nationality"`
	DocumentNumber raw      `json:"documentNumber"`
	PersonalNumber raw      `json:"personalNumber"`
}

type wireName struct {
	En raw `json:"en"`
	Ge raw `json:"ge"`
}

type wireDetails struct {
	wireChecks
	UserAgent        wireUserAgent `json:"userAgent"`
	Attempts         raw           `json:"attempts"`
	CompareAttempts  raw           `json:"compareAttempts"`
	IsInteracting    raw           `json:"isInteracting"`
	UsedThirdParty   raw           `json:"usedThirdParty"`
	MRZDetails       []wireMRZ     `json:"mrzDetails"`
	DocumentAttempts []wireAttempt `json:"documentAttempts"`
	ClientIP         raw           `json:"clientIp"`
	Location         wireLocation  `json:"location"`
}

// wireChecks are the findings, of a session and of each of its attempts.
type wireChecks struct {
	ErrorMessage       raw `json:"errorMessage"`
	IsMRZValid         raw `json:"isMrzValid"`
	FaceMatched        raw `json:"faceMatched"`
	DigitalSpoofStatus raw `json:"digitalSpoofStatus"`
	FullIDStatus       raw `json:"fullIDStatus"`
	DocumentValid      raw `json:"documentValid"`
	LivenessStatus     raw `json:"livenessStatus"`
	MatchLevel         raw `json:"matchLevel"`
	LevenshteinDiff    raw `json:"levenshteinDiff"`
}

type wireUserAgent struct {
	OS      raw `json:"os"`
	Browser raw `json:"browser"`
	Device  raw `json:"device"`
	Vendor  raw `json:"vendor"`
	Version raw `json:"version"`
	Model   raw `json:"model"`
}

type wireMRZ struct {
	Label raw `json:"label"`
	Field raw `json:"field"`
	Value raw `json:"value"`
	Valid raw `json:"valid"`
}

type wireLocation struct {
	Country  raw `json:"country"`
	Region   raw `json:"region"`
	EU       raw `json:"eu"`
	Timezone raw `json:"timezone"`
	City     raw `json:"city"`
	LL       raw `json:"ll"`
	Metro    raw `json:"metro"`
	Area     raw `json:"area"`
}

type wireAttempt struct {
	Details   wireChecks      `json:"details"`
	Images    raw             `json:"images"`
	Success   raw             `json:"success"`
	Data      wireAttemptData `json:"data"`
	CreatedAt raw             `json:"createdAt"`
	SessionID raw             `json:"sessionId"`
}

// wireAttemptData is one reading. Its info and image data are open objects:
// every key in them is kept with its value.
type wireAttemptData struct {
	Error          raw `json:"error"`
	Info           raw `json:"info"`
	MRZString      raw `json:"mrzString"`
	FrontImageText raw `json:"frontImageText"`
	BackImageText  raw `json:"backImageText"`
	FrontImageData raw `json:"frontImageData"`
	BackImageData  raw `json:"backImageData"`
}
