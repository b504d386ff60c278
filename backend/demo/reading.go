// What the portal read from the document, attempt by attempt.
package demo

import "strings"

// earlier are the person's attempts in the sessions before this one.
func (p *Portal) earlier(pl plan, sign *signer) []attemptData {
	attempts := []attemptData{}
	for i := pl.first; i < pl.index; i++ {
		if before := p.plan(i); before.kind.hasDocument() {
			attempts = append(attempts, p.maker(before, sign).reading())
		}
	}
	return attempts
}

// mrzValid is nil where there is no zone: on a driving licence.
func (m *maker) mrzValid() *bool {
	if m.who.document.kind == licence {
		return nil
	}
	valid := m.mrz.wrong < 0 && m.kind != unreadable
	return &valid
}

func (m *maker) hasMRZ() bool { return m.who.document.kind != licence && m.kind != unreadable }

func (m *maker) mrzFields() []mrzField {
	if !m.hasMRZ() {
		return []mrzField{}
	}
	digit := func(label, field string, place int) mrzField {
		return mrzField{label, field, m.mrz.digits[place], place != m.mrz.wrong}
	}
	value := func(label, field, text string) mrzField { return mrzField{label, field, text, true} }
	who := m.who
	return []mrzField{
		value("Document code", "documentCode", m.mrz.code),
		value("Issuing state", "issuingState", who.nationality),
		value("Document number", "documentNumber", who.document.number),
		digit("Document number check digit", "documentNumberCheckDigit", digitNumber),
		value("Birth date", "birthDate", mrzDate(who.born)),
		digit("Birth date check digit", "birthDateCheckDigit", digitBirth),
		value("Sex", "sex", sexWord(who.female)),
		value("Expiration date", "expirationDate", mrzDate(who.document.expires)),
		digit("Expiration date check digit", "expirationDateCheckDigit", digitExpiry),
		value("Nationality", "nationality", who.nationality),
		digit("Composite check digit", "compositeCheckDigit", digitComposite),
		value("Last name", "lastName", m.info.LastName.En),
		value("First name", "firstName", m.info.FirstName.En),
	}
}

// reading is the session's own attempt at the document.
func (m *maker) reading() attemptData {
	a := attemptData{
		Details: checksData{m.level, m.screen, m.cut, m.liveness},
		Images:  []string{m.links.front}, Success: m.good,
		CreatedAt: stamp(m.started + (m.finished-m.started)*9/10), SessionID: m.id,
	}
	if m.who.document.card() {
		a.Images = append(a.Images, m.links.back)
	}
	if m.fault != "" {
		a.Data.Error = &m.fault
	}
	a.Data.Info = m.info
	a.Data.Info.MRZValid = m.mrzValid()
	if m.hasMRZ() {
		a.Data.MRZString = m.mrz.text
	}
	a.Data.BackImageData.DateOfIssue = m.info.IssueDate
	a.Data.FrontImageData = frontData{m.info.PersonalNumber, m.misread(m.info.DocumentNumber)}
	return a
}

// lookAlikes are the letters that a reader of the front side takes for digits.
var lookAlikes = strings.NewReplacer("I", "1", "B", "8", "O", "0", "S", "5", "G", "6")

// misread is the number as the front side shows it: in one of nine sessions
// letters are taken for digits.
func (m *maker) misread(number string) string {
	c := seeded(int64(m.who.seed), streamID, uint64(m.index))
	if c.percent(11) || m.kind == mismatch {
		return lookAlikes.Replace(number)
	}
	return number
}
