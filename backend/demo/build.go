// From the plan and the person to the session that the API writes.
package demo

// maker makes one session; its chance is drawn in the order of the calls in
// make, so a new draw belongs at the end.
type maker struct {
	plan
	trait
	c     chance
	links links
	id    string
	who   person
	level int
	mrz   mrz
	info  infoData
	fault string // why the document was refused; "" if it was not
}

// make is the session of that plan. Without a signer its photos have no links.
func (p *Portal) make(pl plan, sign *signer) session {
	m := p.maker(pl, sign)
	s := session{
		SessionID: m.id, RecordID: m.c.record(), Environment: "Production",
		Status: m.status, Verified: m.good, IsAgreed: true,
		ManualVerified: m.kind == approved, ManualRejected: m.kind == rejected, AwaitingAction: m.kind == pending,
		Edited: m.c.percent(1), Checked: m.kind.byHand() || m.c.percent(3), IsImagesDownloaded: m.c.percent(4),
		Liveness: m.liveness, LivenessFinished: m.livenessFinished(), DocumentFinished: m.ended,
		Events: m.events, Tags: m.tags(),
		CreatedAt: stamp(m.created), StartedAt: stamp(m.started),
		Extra: m.extra(),
	}
	if m.sandbox {
		s.Environment = "Sandbox"
	}
	if m.ended {
		finished := stamp(m.finished)
		s.FinishedAt = &finished
	}
	if m.erased {
		s.IsLiquidated = true
		s.Extra = []extraField{}
		s.Details = &erasedData{MatchLevel: m.level, LivenessStatus: m.liveness}
		return s
	}
	s.Identity = m.identity()
	if m.kind.hasDocument() {
		s.Info = &m.info
	}
	s.Details = m.details(p, sign)
	return s
}

func (p *Portal) maker(pl plan, sign *signer) *maker {
	m := &maker{plan: pl, trait: traits[pl.kind], c: p.chance(streamSession, pl.index), id: p.sessionID(pl.index), who: p.person(pl)}
	m.links = sign.links(m.id)
	m.level = m.matchLevel()
	m.mrz = newMRZ(m.who, m.wrongDigit())
	m.info = m.read()
	if len(m.errors) > 0 {
		m.fault = one(m.c, m.errors)
	}
	return m
}

// matchLevel is mostly high in the kind's range.
func (m *maker) matchLevel() int {
	low, high := m.levels[0], m.levels[1]
	return max(m.c.between(low, high), m.c.between(low, high))
}

// wrongDigit is the check digit that does not fit, -1 if all do.
func (m *maker) wrongDigit() int {
	if wrong := m.c.IntN(8); m.kind == mismatch {
		return min(wrong, digitComposite)
	}
	return -1
}

// read is what the portal took from the document. In one of a hundred sessions
// the names could not be read, in unreadable ones nothing could.
func (m *maker) read() infoData {
	unread := m.c.IntN(1000) < 8
	if m.kind == unreadable {
		return infoData{}
	}
	who, doc := m.who, m.who.document
	info := infoData{
		FirstName: nameData{who.first.en, who.first.ge}, LastName: nameData{who.last.en, who.last.ge},
		BirthDate: shortDate(who.born), ExpirationDate: shortDate(doc.expires), IssueDate: dottedDate(doc.issued),
		Sex: sexWord(who.female), Nationality: who.nationality,
		DocumentNumber: doc.number, PersonalNumber: who.personalNumber,
	}
	if unread {
		info.FirstName, info.LastName = nameData{}, nameData{}
	}
	return info
}

func sexWord(female bool) string {
	if female {
		return "female"
	}
	return "male"
}

func (m *maker) livenessFinished() bool { return m.kind != unfinished || m.c.percent(50) }

func (m *maker) tags() []string {
	first, second, both := one(m.c, tags), one(m.c, tags), m.c.percent(30)
	switch {
	case m.kind != rejected:
		return []string{}
	case both && first != second:
		return []string{first, second}
	default:
		return []string{first}
	}
}

func (m *maker) identity() *identityData {
	data := &identityData{SelfieImages: m.links.selfies}
	if m.kind.hasDocument() {
		data.DocumentType, data.FrontImageURL = &m.who.document.kind, &m.links.front
		if m.who.document.card() {
			data.BackImageURL = &m.links.back
		}
	}
	return data
}

func (m *maker) details(p *Portal, sign *signer) *detailsData {
	d := &detailsData{
		UserAgent: m.device(), ErrorMessage: "None", Attempts: m.attempt, CompareAttempts: 1, IsInteracting: true,
		FaceMatched: m.level >= 4, DigitalSpoofStatus: m.screen, FullIDStatus: m.cut, DocumentValid: m.document,
		LivenessStatus: m.liveness, MatchLevel: m.level, MRZDetails: []mrzField{}, DocumentAttempts: []attemptData{},
		ClientIP: m.address(), Location: m.location(),
	}
	if m.fault != "" {
		d.ErrorMessage = m.fault
	}
	if m.kind == mismatch {
		d.LevenshteinDiff = m.c.between(1, 6)
	}
	if m.kind.hasDocument() {
		d.IsMRZValid = m.mrzValid()
		d.MRZDetails = m.mrzFields()
		d.DocumentAttempts = append(p.earlier(m.plan, sign), m.reading())
	}
	return d
}
