package source

// The shape of one session-data object as the portal sends it. Scalars stay raw
// until they are read with their path in hand, so that a number given as text
// is read and an impossible value is reported by its path. Lists and objects
// are typed: their keys are the ones this version knows, and place says which
// field each belongs to.

type wireSession struct {
	SessionID        raw
	RecordID         raw
	Environment      raw
	Partner          raw
	Company          raw
	Status           raw
	Verified         raw
	ManualVerified   raw
	ManualRejected   raw
	AwaitingAction   raw
	IsLiquidated     raw
	ImagesDownloaded raw
	Edited           raw
	Checked          raw
	IsAgreed         raw
	Liveness         raw
	LivenessFinished raw
	DocumentFinished raw
	Events           raw
	Tags             raw
	CreatedAt        raw
	StartedAt        raw
	FinishedAt       raw
	Extra            raw
	Identity         *wireIdentity
	Info             wireInfo
	Details          wireDetails
}

// wireLists are the lists of a session.
type wireLists struct {
	selfies  []raw
	mrz      []wireMRZ
	attempts []wireAttempt
}

type wireIdentity struct {
	DocumentType  raw
	SelfieImages  []raw
	FrontImageURL raw
	BackImageURL  raw
}

type wireInfo struct {
	FirstName      wireName
	LastName       wireName
	BirthDate      raw
	ExpirationDate raw
	IssueDate      raw
	Sex            raw
	Nationality    raw
	DocumentNumber raw
	PersonalNumber raw
}

type wireName struct {
	En raw
	Ge raw
}

type wireDetails struct {
	wireChecks
	UserAgent        wireUserAgent
	Attempts         raw
	CompareAttempts  raw
	IsInteracting    raw
	UsedThirdParty   raw
	MRZDetails       []wireMRZ
	DocumentAttempts []wireAttempt
	ClientIP         raw
	Location         wireLocation
}

// wireChecks are the findings, of a session and of each of its attempts.
type wireChecks struct {
	ErrorMessage       raw
	IsMRZValid         raw
	FaceMatched        raw
	DigitalSpoofStatus raw
	FullIDStatus       raw
	DocumentValid      raw
	LivenessStatus     raw
	MatchLevel         raw
	LevenshteinDiff    raw
}

type wireUserAgent struct {
	OS      raw
	Browser raw
	Device  raw
	Vendor  raw
	Version raw
	Model   raw
}

type wireMRZ struct {
	Label raw
	Field raw
	Value raw
	Valid raw
}

type wireLocation struct {
	Country  raw
	Region   raw
	EU       raw
	Timezone raw
	City     raw
	LL       raw
	Metro    raw
	Area     raw
}

type wireAttempt struct {
	Details   wireChecks
	Images    raw
	Success   raw
	Data      wireAttemptData
	CreatedAt raw
	SessionID raw
}

// wireAttemptData is one reading. Its info and image data are open objects:
// every key in them is kept with its value.
type wireAttemptData struct {
	Error          raw
	Info           raw
	MRZString      raw
	FrontImageText raw
	BackImageText  raw
	FrontImageData raw
	BackImageData  raw
}
