package source

import (
	"strings"

	"veridesk/backend/idv"
)

// Decoding the "details" of a session: findings, device, place, machine-readable
// zone, and the attempts at reading the document.

func (w *wireSession) readDetails(r *reading, s *idv.Session) {
	d := &w.Details
	s.Checks = r.checks(&d.wireChecks)
	s.Checks.LivenessKind = r.number("liveness", w.Liveness)
	s.AttemptNumber = lesser(r, "details.attempts", d.Attempts, r.number)
	s.CompareAttempts = lesser(r, "details.compareAttempts", d.CompareAttempts, r.number)
	s.Interacting = lesser(r, "details.isInteracting", d.IsInteracting, r.flag)
	s.UsedThirdParty = lesser(r, "details.usedThirdParty", d.UsedThirdParty, r.flag)
	s.Device = r.device(&d.UserAgent)
	s.Device.ClientIP = lesser(r, "details.clientIp", d.ClientIP, r.text)
	s.Location = r.location(&d.Location)
	s.MRZ = r.mrz(d.MRZDetails)
	s.Attempts = r.attempts(d.DocumentAttempts, s.ID)
}

// checks are the findings under "details", of a session and of each attempt.
func (r *reading) checks(w *wireChecks) idv.Checks {
	return idv.Checks{
		DocumentValid: r.flag("details.documentValid", w.DocumentValid),
		MRZValid:      r.flag("details.isMrzValid", w.IsMRZValid),
		FaceMatched:   r.flag("details.faceMatched", w.FaceMatched),
		Liveness:      r.number("details.livenessStatus", w.LivenessStatus),
		MatchLevel:    r.number("details.matchLevel", w.MatchLevel),
		DigitalSpoof:  r.number("details.digitalSpoofStatus", w.DigitalSpoofStatus),
		FullID:        r.number("details.fullIDStatus", w.FullIDStatus),
		Distance:      lesser(r, "details.levenshteinDiff", w.LevenshteinDiff, r.number),
		ErrorMessage:  r.loose(w.ErrorMessage),
	}
}

func (r *reading) device(w *wireUserAgent) idv.Device {
	return idv.Device{
		Kind:    lesser(r, "details.userAgent.device", w.Device, r.text),
		Vendor:  lesser(r, "details.userAgent.vendor", w.Vendor, r.text),
		Model:   lesser(r, "details.userAgent.model", w.Model, r.text),
		OS:      lesser(r, "details.userAgent.os", w.OS, r.text),
		Version: lesser(r, "details.userAgent.version", w.Version, r.text),
		Browser: lesser(r, "details.userAgent.browser", w.Browser, r.text),
	}
}

func (r *reading) location(w *wireLocation) idv.Location {
	l := idv.Location{
		Country:  lesser(r, "details.location.country", w.Country, r.text),
		Region:   lesser(r, "details.location.region", w.Region, r.text),
		City:     lesser(r, "details.location.city", w.City, r.text),
		EU:       lesser(r, "details.location.eu", w.EU, r.text),
		Timezone: lesser(r, "details.location.timezone", w.Timezone, r.text),
		Metro:    lesser(r, "details.location.metro", w.Metro, r.number),
		Area:     lesser(r, "details.location.area", w.Area, r.number),
	}
	at := lesser(r, "details.location.ll", w.LL, r.pair)
	l.Latitude, l.Longitude = at[0], at[1]
	return l
}

// pair reads two numbers that mean nothing one without the other.
func (r *reading) pair(path string, v raw) (pair [2]*float64) {
	switch size := v.len(); {
	case kindOf(v) == "" || v.isArray() && size == 0:
		return pair
	case !v.isArray() || size != 2:
		r.fail(path, "is not a pair of numbers")
		return pair
	}
	i := 0
	for _, item := range v.members() {
		pair[i] = r.float(path+[...]string{"[0]", "[1]"}[i], item)
		i++
	}
	if (pair[0] == nil) != (pair[1] == nil) {
		r.fail(path, "is half a pair of numbers")
	}
	return pair
}

func (r *reading) mrz(list []wireMRZ) []idv.MRZField {
	if list == nil {
		return nil
	}
	r.enter(toKey("details.mrzDetails"))
	defer r.leave()
	fields := make([]idv.MRZField, len(list))
	for i := range list {
		w := &list[i]
		r.enter(toPlace(i))
		fields[i] = idv.MRZField{
			Label: r.text("label", w.Label),
			Field: r.text("field", w.Field),
			Value: r.text("value", w.Value),
			Valid: r.flag("valid", w.Valid),
		}
		r.leave()
	}
	return fields
}

func (r *reading) attempts(list []wireAttempt, sessionID string) []idv.Attempt {
	if list == nil {
		return nil
	}
	r.enter(toKey("details.documentAttempts"))
	defer r.leave()
	attempts := make([]idv.Attempt, len(list))
	for i := range list {
		r.enter(toPlace(i))
		attempts[i] = r.attempt(&list[i])
		if other := strings.TrimSpace(r.text("sessionId", list[i].SessionID)); other != sessionID {
			attempts[i].OtherSessionID = other
		}
		r.leave()
	}
	return attempts
}

func (r *reading) attempt(w *wireAttempt) idv.Attempt {
	a := idv.Attempt{
		Created:   r.moment("createdAt", w.CreatedAt),
		Success:   r.flag("success", w.Success),
		Error:     r.loose(w.Data.Error),
		Checks:    r.checks(&w.Details),
		Read:      r.open("data.info", w.Data.Info, "mrzValid"),
		MRZ:       lesser(r, "data.mrzString", w.Data.MRZString, r.text),
		FrontText: lesser(r, "data.frontImageText", w.Data.FrontImageText, r.text),
		BackText:  lesser(r, "data.backImageText", w.Data.BackImageText, r.text),
		FrontData: lesser(r, "data.frontImageData", w.Data.FrontImageData, r.object),
		BackData:  lesser(r, "data.backImageData", w.Data.BackImageData, r.object),
	}
	if a.Checks.MRZValid == nil {
		a.Checks.MRZValid = r.flag("data.info.mrzValid", w.Data.Info.get("mrzValid"))
	}
	for _, image := range lesser(r, "images", w.Images, r.texts) {
		if image != "" {
			a.Photos++
		}
	}
	return a
}

// object reads an open object of which every key is kept.
func (r *reading) object(path string, v raw) map[string]string { return r.open(path, v, "") }

// open reads an open object as texts, but for one key that is read elsewhere.
// The keys of an object inside it are joined with a dot; what lies deeper is
// kept as its JSON.
func (r *reading) open(path string, object raw, without string) map[string]string {
	switch {
	case kindOf(object) == "":
		return nil
	case !object.isObject():
		r.fail(path, "is %s, not an object", kindOf(object))
		return nil
	}
	texts := make(map[string]string, object.len())
	for key, value := range object.members() {
		switch {
		case key == without && without != "" || kindOf(value) == "":
		case value.isObject():
			for inner, value := range value.members() {
				texts[r.words.keep(key+"."+inner)] = r.loose(value)
			}
		default:
			texts[r.words.keep(key)] = r.loose(value)
		}
	}
	return texts
}
