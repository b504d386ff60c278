package source

// Where in the wire types each key goes.

// wireObject is one of the wire types.
type wireObject interface {
	// place points at the field of a key; it is nil for a key that this version
	// does not know. The field is of one of the types that reading.fill knows.
	place(key string) any
}

func (w *wireSession) place(key string) any {
	switch key {
	case "sessionId":
		return &w.SessionID
	case "_id":
		return &w.RecordID
	case "environment":
		return &w.Environment
	case "partner":
		return &w.Partner
	case "company":
		return &w.Company
	case "status":
		return &w.Status
	case "verified":
		return &w.Verified
	case "manualVerified":
		return &w.ManualVerified
	case "manualRejected":
		return &w.ManualRejected
	case "awaiting_action":
		return &w.AwaitingAction
	case "isLiquidated":
		return &w.IsLiquidated
	case "isImagesDownloaded":
		return &w.ImagesDownloaded
	case "edited":
		return &w.Edited
	case "checked":
		return &w.Checked
	case "isAgreed":
		return &w.IsAgreed
	case "liveness":
		return &w.Liveness
	case "livenessFinished":
		return &w.LivenessFinished
	case "documentFinished":
		return &w.DocumentFinished
	case "events":
		return &w.Events
	case "tags":
		return &w.Tags
	case "createdAt":
		return &w.CreatedAt
	case "startedAt":
		return &w.StartedAt
	case "finishedAt":
		return &w.FinishedAt
	case "extra":
		return &w.Extra
	case "identity":
		return &w.Identity
	case "info":
		return &w.Info
	case "details":
		return &w.Details
	default:
		return nil
	}
}

func (w *wireIdentity) place(key string) any {
	switch key {
	case "documentType":
		return &w.DocumentType
	case "selfieImages":
		return &w.SelfieImages
	case "frontImageUrl":
		return &w.FrontImageURL
	case "backImageUrl":
		return &w.BackImageURL
	default:
		return nil
	}
}

func (w *wireInfo) place(key string) any {
	switch key {
	case "firstName":
		return &w.FirstName
	case "lastName":
		return &w.LastName
	case "birthDate":
		return &w.BirthDate
	case "expirationDate":
		return &w.ExpirationDate
	case "issueDate":
		return &w.IssueDate
	case "sex":
		return &w.Sex
	case "nationality":
		return &w.Nationality
	case "documentNumber":
		return &w.DocumentNumber
	case "personalNumber":
		return &w.PersonalNumber
	default:
		return nil
	}
}

func (w *wireName) place(key string) any {
	switch key {
	case "en":
		return &w.En
	case "ge":
		return &w.Ge
	default:
		return nil
	}
}

func (w *wireDetails) place(key string) any {
	switch key {
	case "userAgent":
		return &w.UserAgent
	case "attempts":
		return &w.Attempts
	case "compareAttempts":
		return &w.CompareAttempts
	case "isInteracting":
		return &w.IsInteracting
	case "usedThirdParty":
		return &w.UsedThirdParty
	case "mrzDetails":
		return &w.MRZDetails
	case "documentAttempts":
		return &w.DocumentAttempts
	case "clientIp":
		return &w.ClientIP
	case "location":
		return &w.Location
	default:
		return w.wireChecks.place(key)
	}
}

func (w *wireChecks) place(key string) any {
	switch key {
	case "errorMessage":
		return &w.ErrorMessage
	case "isMrzValid":
		return &w.IsMRZValid
	case "faceMatched":
		return &w.FaceMatched
	case "digitalSpoofStatus":
		return &w.DigitalSpoofStatus
	case "fullIDStatus":
		return &w.FullIDStatus
	case "documentValid":
		return &w.DocumentValid
	case "livenessStatus":
		return &w.LivenessStatus
	case "matchLevel":
		return &w.MatchLevel
	case "levenshteinDiff":
		return &w.LevenshteinDiff
	default:
		return nil
	}
}

func (w *wireUserAgent) place(key string) any {
	switch key {
	case "os":
		return &w.OS
	case "browser":
		return &w.Browser
	case "device":
		return &w.Device
	case "vendor":
		return &w.Vendor
	case "version":
		return &w.Version
	case "model":
		return &w.Model
	default:
		return nil
	}
}

func (w *wireMRZ) place(key string) any {
	switch key {
	case "label":
		return &w.Label
	case "field":
		return &w.Field
	case "value":
		return &w.Value
	case "valid":
		return &w.Valid
	default:
		return nil
	}
}

func (w *wireLocation) place(key string) any {
	switch key {
	case "country":
		return &w.Country
	case "region":
		return &w.Region
	case "eu":
		return &w.EU
	case "timezone":
		return &w.Timezone
	case "city":
		return &w.City
	case "ll":
		return &w.LL
	case "metro":
		return &w.Metro
	case "area":
		return &w.Area
	default:
		return nil
	}
}

func (w *wireAttempt) place(key string) any {
	switch key {
	case "details":
		return &w.Details
	case "images":
		return &w.Images
	case "success":
		return &w.Success
	case "data":
		return &w.Data
	case "createdAt":
		return &w.CreatedAt
	case "sessionId":
		return &w.SessionID
	default:
		return nil
	}
}

func (w *wireAttemptData) place(key string) any {
	switch key {
	case "error":
		return &w.Error
	case "info":
		return &w.Info
	case "mrzString":
		return &w.MRZString
	case "frontImageText":
		return &w.FrontImageText
	case "backImageText":
		return &w.BackImageText
	case "frontImageData":
		return &w.FrontImageData
	case "backImageData":
		return &w.BackImageData
	default:
		return nil
	}
}
