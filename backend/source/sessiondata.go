package source

import (
	"strconv"
	"strings"
	"time"

	"veridesk/backend/idv"
)

// Decoding one session-data object of the portal, from a page of the feed or
// from a webhook's payload.

// DecodeSession reads one session-data object. Missing, null and unknown keys
// are no fault; what this version does not know is in Session.Unknown, and so is
// a minor value (device, place, bookkeeping) that cannot be read. Who the person
// is, how the session ended, its times and its findings are read strictly: an
// error names the value by its path.
func DecodeSession(item []byte) (idv.Record, error) {
	c := newJSONCutter(item)
	c.values = make(raw, 0, len(item)/16) // about as many as there will be
	v, err := c.value()
	if err != nil || !c.done() {
		return idv.Record{}, &unreadable{reason: "is not JSON"}
	}
	return new(reading).decode(v)
}

// decode is DecodeSession for a value that was cut already. Nothing of the record
// is part of the value.
func (r *reading) decode(v raw) (record idv.Record, err error) {
	if !v.isObject() {
		return record, &unreadable{reason: "is not a JSON object"}
	}
	r.begin()
	r.fill(v, &r.item)
	record.Photos = r.item.read(r, &record.Session)
	if r.failed != nil {
		return idv.Record{}, r.failed
	}
	r.item.keepWritten(&record.Session)
	return record, nil
}

// read reads a session that holds nothing yet, but for its photos' addresses.
func (w *wireSession) read(r *reading, s *idv.Session) []idv.Photo {
	s.ID = strings.TrimSpace(r.text("sessionId", w.SessionID))
	s.Created = r.moment("createdAt", w.CreatedAt)
	if fault := idFault(s.ID); fault != "" {
		r.fail("sessionId", "%s", fault)
	}
	w.readTop(r, s)
	s.Person, s.Document = w.readInfo(r, asOf(*s))
	w.readDetails(r, s)
	s.Outcome = idv.OutcomeFromAPI(*s)
	photos := w.readPhotos(r, s)
	s.Unknown = r.unknown
	return photos
}

// keepWritten keeps the portal's spelling of days and moments. Nearly all are
// spelled as the portal's export spells them, and then nothing is kept.
func (w *wireSession) keepWritten(s *idv.Session) {
	born, expires := looseText(w.Info.BirthDate), looseText(w.Info.ExpirationDate)
	created, finished := looseText(w.CreatedAt), looseText(w.FinishedAt)
	if born == s.Person.BirthDate.Short() && expires == s.Document.Expires.Short() &&
		created == idv.FormatTime(s.Created) && finished == idv.FormatTime(s.Finished) {
		return
	}
	s.KeepWritten(map[idv.Column]string{
		idv.ColBirthDate: strings.Clone(born), idv.ColExpiration: strings.Clone(expires),
		idv.ColCreated: strings.Clone(created), idv.ColCompleted: strings.Clone(finished),
	})
}

func (w *wireSession) readTop(r *reading, s *idv.Session) {
	s.RecordID = lesser(r, "_id", w.RecordID, r.text)
	s.Environment = r.text("environment", w.Environment)
	s.Partner = r.partner(w)
	s.Status = r.text("status", w.Status)
	s.Verified = r.flag("verified", w.Verified)
	s.ManualVerified = r.flag("manualVerified", w.ManualVerified)
	s.ManualRejected = r.flag("manualRejected", w.ManualRejected)
	s.AwaitingAction = r.flag("awaiting_action", w.AwaitingAction)
	s.Liquidated = r.flag("isLiquidated", w.IsLiquidated)
	s.Agreed = lesser(r, "isAgreed", w.IsAgreed, r.flag)
	s.Edited = lesser(r, "edited", w.Edited, r.flag)
	s.Checked = lesser(r, "checked", w.Checked, r.flag)
	s.LivenessFinished = r.flag("livenessFinished", w.LivenessFinished)
	s.DocumentFinished = r.flag("documentFinished", w.DocumentFinished)
	s.ImagesDownloaded = lesser(r, "isImagesDownloaded", w.ImagesDownloaded, r.flag)
	s.Started = r.moment("startedAt", w.StartedAt)
	s.Finished = r.moment("finishedAt", w.FinishedAt)
	s.Events = lesser(r, "events", w.Events, r.texts)
	s.Tags = r.texts("tags", w.Tags)
	s.Extra = r.extra(w.Extra)
}

// partner reads the company, which the portal's CSV has and its API may get:
// a text, or an object with a name.
func (r *reading) partner(w *wireSession) string {
	name := r.company("partner", w.Partner)
	if other := r.company("company", w.Company); name == "" {
		return other
	} else if other != "" && other != name {
		r.keep("company", w.Company)
	}
	return name
}

func (r *reading) company(path string, v raw) string {
	if !v.isObject() {
		return lesser(r, path, v, r.text)
	}
	name := ""
	for key, value := range v.members() {
		if key == "name" {
			name = lesser(r, path+".name", value, r.text)
		} else {
			r.keep(path+"."+key, value)
		}
	}
	return name
}

func (w *wireSession) readInfo(r *reading, session time.Time) (idv.Person, idv.Document) {
	i := &w.Info
	person := idv.Person{
		FirstName:      idv.Name{Latin: r.text("info.firstName.en", i.FirstName.En), Georgian: r.text("info.firstName.ge", i.FirstName.Ge)},
		LastName:       idv.Name{Latin: r.text("info.lastName.en", i.LastName.En), Georgian: r.text("info.lastName.ge", i.LastName.Ge)},
		PersonalNumber: r.text("info.personalNumber", i.PersonalNumber),
		BirthDate:      r.day("info.birthDate", i.BirthDate, birthCentury(session)),
		Sex:            r.text("info.sex", i.Sex),
		Nationality:    r.text("info.nationality", i.Nationality),
	}
	document := idv.Document{
		Number:  r.text("info.documentNumber", i.DocumentNumber),
		Issued:  r.day("info.issueDate", i.IssueDate, birthCentury(session)), // in the past, as a birth
		Expires: r.day("info.expirationDate", i.ExpirationDate, expiryCentury(session)),
	}
	if w.Identity != nil {
		document.Type = documentType(r.text("identity.documentType", w.Identity.DocumentType))
	}
	return person, document
}

// documentType gives the two known types the API's spelling; others stay.
func documentType(text string) string {
	for _, known := range [...]string{"ID", "PASSPORT"} {
		if strings.EqualFold(text, known) {
			return known
		}
	}
	return text
}

// readPhotos names the photos of a session by their place: a selfie that has no
// address leaves a gap in the numbers.
func (w *wireSession) readPhotos(r *reading, s *idv.Session) []idv.Photo {
	i := w.Identity
	if i == nil || i.SelfieImages == nil && !i.FrontImageURL.exists() && !i.BackImageURL.exists() {
		return nil
	}
	var photos []idv.Photo
	s.Photos = []string{}
	add := func(name, path string, v raw) {
		if url := r.text(path, v); url != "" {
			photos = append(photos, idv.Photo{Name: name, URL: url})
			s.Photos = append(s.Photos, name)
		}
	}
	for n, v := range i.SelfieImages {
		add("selfie-"+strconv.Itoa(n+1), "identity.selfieImages", v)
	}
	add("front", "identity.frontImageUrl", i.FrontImageURL)
	add("back", "identity.backImageUrl", i.BackImageURL)
	return photos
}
