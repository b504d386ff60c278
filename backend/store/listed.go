package store

import "veridesk/backend/idv"

// What a page of a list shows of a session and a text can find: the parts that
// idv.NewRow and package search go by.

// decodeListed reads those parts of a record.
func decodeListed(data []byte, s *idv.Session) error {
	r := recordReader{rest: data}
	if readMap(&r, s, listedFields); !r.lost && len(r.rest) == 0 {
		return nil
	}
	*s = idv.Session{}
	return decode(data, s)
}

// listed reads a session that is to be shown in a list or to be found.
func (r records) listed(ordinal uint32) (s idv.Session, err error) {
	data, err := read(r.sessions, ordinal)
	if err == nil {
		err = decodeListed(data, &s)
	}
	return s, damagedSession(ordinal, err)
}

// The keys are those that package idv gives the fields.
var (
	listedFields = fields(map[string]reading[idv.Session]{
		"id":          func(r *recordReader, s *idv.Session) { s.ID = r.text() },
		"environment": func(r *recordReader, s *idv.Session) { s.Environment = r.text() },
		"outcome":     func(r *recordReader, s *idv.Session) { s.Outcome = idv.Outcome(r.text()) },
		"liquidated":  func(r *recordReader, s *idv.Session) { s.Liquidated = r.yes() },
		"created":     func(r *recordReader, s *idv.Session) { s.Created = r.time() },
		"finished":    func(r *recordReader, s *idv.Session) { s.Finished = r.time() },
		"person":      func(r *recordReader, s *idv.Session) { readMap(r, &s.Person, listedPerson) },
		"document":    func(r *recordReader, s *idv.Session) { readMap(r, &s.Document, listedDocument) },
		"checks":      func(r *recordReader, s *idv.Session) { readMap(r, &s.Checks, listedChecks) },
		"extra":       func(r *recordReader, s *idv.Session) { s.Extra = readList(r, listedExtra) },
		"erased": func(r *recordReader, s *idv.Session) {
			s.Erased = &idv.Erased{}
			readMap(r, s.Erased, listedErased)
		},
	})
	listedPerson = fields(map[string]reading[idv.Person]{
		"firstName":      func(r *recordReader, p *idv.Person) { readMap(r, &p.FirstName, listedName) },
		"lastName":       func(r *recordReader, p *idv.Person) { readMap(r, &p.LastName, listedName) },
		"personalNumber": func(r *recordReader, p *idv.Person) { p.PersonalNumber = r.text() },
	})
	listedName = fields(map[string]reading[idv.Name]{
		"latin":    func(r *recordReader, n *idv.Name) { n.Latin = r.text() },
		"georgian": func(r *recordReader, n *idv.Name) { n.Georgian = r.text() },
	})
	listedDocument = fields(map[string]reading[idv.Document]{
		"type":   func(r *recordReader, d *idv.Document) { d.Type = r.text() },
		"number": func(r *recordReader, d *idv.Document) { d.Number = r.text() },
	})
	listedChecks = fields(map[string]reading[idv.Checks]{
		"liveness":     func(r *recordReader, c *idv.Checks) { c.Liveness = r.number() },
		"matchLevel":   func(r *recordReader, c *idv.Checks) { c.MatchLevel = r.number() },
		"digitalSpoof": func(r *recordReader, c *idv.Checks) { c.DigitalSpoof = r.number() },
		"fullID":       func(r *recordReader, c *idv.Checks) { c.FullID = r.number() },
	})
	listedExtra = fields(map[string]reading[idv.Field]{
		"key":   func(r *recordReader, f *idv.Field) { f.Key = r.text() },
		"value": func(r *recordReader, f *idv.Field) { f.Value = r.text() },
	})
	listedErased = fields(map[string]reading[idv.Erased]{
		"at":     func(r *recordReader, e *idv.Erased) { e.At = r.time() },
		"reason": func(r *recordReader, e *idv.Erased) { e.Reason = idv.Reason(r.text()) },
	})
)
