package source

import (
	"strings"

	"veridesk/backend/idv"
)

// Decoding the "details" of a session: findings, device, place, machine-readable
// zone, and the attempts at reading the document.

func (w *wireSession) readDetails(r *reading, s *idv.Session) {
	d := &w.Details
	s.Checks = r.checks("details.", &d.wireChecks)
	s.Checks.LivenessKind = r.number("liveness", w.Liveness)
	s.AttemptNumber = r.number("details.attempts", d.Attempts)
	s.CompareAttempts = r.number("details.compareAttempts", d.CompareAttempts)
	s.Interacting = r.flag("details.isInteracting", d.IsInteracting)
	s.UsedThirdParty = r.flag("details.usedThirdParty", d.UsedThirdParty)
	s.Device = r.device(&d.UserAgent)
	s.Device.ClientIP = r.text("details.clientIp", d.ClientIP)
	s.Location = r.location(&d.Location)
	s.MRZ = r.mrz(d.MRZDetails)
	s.Attempts = r.attempts(d.DocumentAttempts, s.ID)
}

func (r *reading) checks(at string, w *wireChecks) idv.Checks {
	return idv.Checks{
		DocumentValid: r.flag(at+"documentValid", w.DocumentValid),
		MRZValid:      r.flag(at+"isMrzValid", w.IsMRZValid),
		FaceMatched:   r.flag(at+"faceMatched", w.FaceMatched),
		Liveness:      r.number(at+"livenessStatus", w.LivenessStatus),
		MatchLevel:    r.number(at+"matchLevel", w.MatchLevel),
		DigitalSpoof:  r.number(at+"digitalSpoofStatus", w.DigitalSpoofStatus),
		FullID:        r.number(at+"fullIDStatus", w.FullIDStatus),
		Distance:      r.number(at+"levenshteinDiff", w.LevenshteinDiff),
		ErrorMessage:  looseText(w.ErrorMessage),
	}
}

func (r *reading) device(w *wireUserAgent) idv.Device {
	return idv.Device{
		Kind:    r.text("details.userAgent.device", w.Device),
		Vendor:  r.text("details.userAgent.vendor", w.Vendor),
		Model:   r.text("details.userAgent.model", w.Model),
		OS:      r.text("details.userAgent.os", w.OS),
		Version: r.text("details.userAgent.version", w.Version),
		Browser: r.text("details.userAgent.browser", w.Browser),
	}
}

func (r *reading) location(w *wireLocation) idv.Location {
	l := idv.Location{
		Country:  r.text("details.location.country", w.Country),
		Region:   r.text("details.location.region", w.Region),
		City:     r.text("details.location.city", w.City),
		EU:       r.text("details.location.eu", w.EU),
		Timezone: r.text("details.location.timezone", w.Timezone),
		Metro:    r.number("details.location.metro", w.Metro),
		Area:     r.number("details.location.area", w.Area),
	}
	switch len(w.LL) {
	case 0:
	case 2:
		l.Latitude = r.float("details.location.ll[0]", w.LL[0])
		l.Longitude = r.float("details.location.ll[1]", w.LL[1])
	default:
		r.fail("details.location.ll", "is not a pair of numbers")
	}
	return l
}

func (r *reading) mrz(list []wireMRZ) []idv.MRZField {
	if list == nil {
		return nil
	}
	defer r.within("", 0)
	fields := make([]idv.MRZField, len(list))
	for i := range list {
		w := &list[i]
		r.within("details.mrzDetails", i)
		fields[i] = idv.MRZField{
			Label: r.text("label", w.Label),
			Field: r.text("field", w.Field),
			Value: r.text("value", w.Value),
			Valid: r.flag("valid", w.Valid),
		}
	}
	return fields
}

func (r *reading) attempts(list []wireAttempt, sessionID string) []idv.Attempt {
	if list == nil {
		return nil
	}
	defer r.within("", 0)
	attempts := make([]idv.Attempt, len(list))
	for i := range list {
		r.within("details.documentAttempts", i)
		attempts[i] = r.attempt(&list[i])
		if other := strings.TrimSpace(r.text("sessionId", list[i].SessionID)); other != sessionID {
			attempts[i].OtherSessionID = other
		}
	}
	return attempts
}

func (r *reading) attempt(w *wireAttempt) idv.Attempt {
	a := idv.Attempt{
		Created:   r.moment("createdAt", w.CreatedAt),
		Success:   r.flag("success", w.Success),
		Error:     looseText(w.Data.Error),
		Checks:    r.checks("details.", &w.Details),
		Read:      r.open("data.info", w.Data.Info, "mrzValid"),
		MRZ:       r.text("data.mrzString", w.Data.MRZString),
		FrontText: r.text("data.frontImageText", w.Data.FrontImageText),
		BackText:  r.text("data.backImageText", w.Data.BackImageText),
		FrontData: r.open("data.frontImageData", w.Data.FrontImageData, ""),
		BackData:  r.open("data.backImageData", w.Data.BackImageData, ""),
	}
	if a.Checks.MRZValid == nil {
		a.Checks.MRZValid = r.flag("data.info.mrzValid", w.Data.Info.Get("mrzValid"))
	}
	for _, image := range w.Images {
		if looseText(image) != "" {
			a.Photos++
		}
	}
	return a
}

// open reads an open object as texts, but for one key that is read elsewhere.
// The keys of an object inside it are joined with a dot; what lies deeper is
// kept as its JSON.
func (r *reading) open(path string, object raw, without string) map[string]string {
	switch {
	case kindOf(object) == "":
		return nil
	case !object.IsObject():
		r.fail(path, "is %s, not an object", kindOf(object))
		return nil
	}
	texts := map[string]string{}
	object.ForEach(func(key, value raw) bool {
		name := strings.Clone(key.Str)
		switch {
		case name == without && without != "" || kindOf(value) == "":
		case value.IsObject():
			value.ForEach(func(inner, value raw) bool {
				texts[name+"."+inner.Str] = looseText(value)
				return true
			})
		default:
			texts[name] = looseText(value)
		}
		return true
	})
	return texts
}
