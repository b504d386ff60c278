package idv

// Query is a question to an archive. The window, the command line and the
// export all ask it, so that what is exported is what was seen. The zero Query
// is everything, newest first.
type Query struct {
	Text   string `json:"text"` // words, ANDed; each a prefix of a name, a number, the Session ID or an extra field's value
	Filter Filter `json:"filter"`
	Sort   Sort   `json:"sort"`
	Offset int    `json:"offset"` // rows to skip; under 0 counts as 0
	Limit  int    `json:"limit"`  // rows to return, clamped to 0..MaxLimit; 0 asks for the total only
	Facets bool   `json:"facets"` // count the values of every dimension too
	Around uint32 `json:"around"` // the ordinal of a session whose place in the answer is asked; 0 none

	// A selection by hand among what is found, by ordinals.
	Only   []uint32 `json:"only"`   // these alone; none is all
	Except []uint32 `json:"except"` // all but these
}

// MaxLimit is the most rows that one Page carries.
const MaxLimit = 1000

// Clamped is the query with offset and limit in their ranges.
func (q Query) Clamped() Query {
	q.Offset = max(0, q.Offset)
	q.Limit = min(max(0, q.Limit), MaxLimit)
	return q
}

// All reports whether the query finds every session.
func (q Query) All() bool {
	return q.Text == "" && q.Filter.IsZero() && len(q.Only)+len(q.Except) == 0
}

// Page is an answer: the exact number of sessions found, and the rows from
// Query.Offset on, as they all were at one moment. The Near last ones of the
// Total hold a word of the text only if look-alike signs (O and 0, I and 1) count
// as the same; each part is in the query's order.
type Page struct {
	Seq     uint64    `json:"seq"`     // the change of the archive that list, filters and counts have seen
	Indexed uint64    `json:"indexed"` // the change that text search has seen; it may be a few behind
	Total   int       `json:"total"`
	Near    int       `json:"near"`
	Offset  int       `json:"offset"`
	Place   int       `json:"place"`   // of Query.Around among the Total, from 0; -1 it is not among them, or was not asked for
	Rows    []Row     `json:"rows"`    // never nil
	Facets  Facets    `json:"facets"`  // its lists are empty unless the query asks for them; never nil
	Nearest []Nearest `json:"nearest"` // if nothing is found: texts to search for instead; never nil
}

// Nearest is a text like the one that found nothing, with names that the archive
// has.
type Nearest struct {
	Text  string `json:"text"`  // the whole text to search for
	Total int    `json:"total"` // the sessions that it finds, without any filter
}

// Row is a session as a list shows it. Times are RFC 3339 in UTC.
type Row struct {
	Ordinal        uint32  `json:"ordinal"`
	SessionID      string  `json:"sessionId"`
	FirstName      string  `json:"firstName"` // "" could not be read
	LastName       string  `json:"lastName"`
	FirstNameGe    string  `json:"firstNameGe"`
	LastNameGe     string  `json:"lastNameGe"`
	PersonalNumber string  `json:"personalNumber"`
	DocumentNumber string  `json:"documentNumber"`
	CreatedAt      string  `json:"createdAt"`
	FinishedAt     string  `json:"finishedAt"`
	Verified       string  `json:"verified"` // Yes, No, Pending
	Outcome        Outcome `json:"outcome"`
	DocumentType   string  `json:"documentType"` // as in the portal's CSV; "" not presented
	Liveness       string  `json:"liveness"`     // passed, failed, or "" no data
	MatchLevel     int     `json:"matchLevel"`   // 0 no data
	Spoofs         []Spoof `json:"spoofs"`       // never nil
	Extra          string  `json:"extra"`
	Environment    string  `json:"environment"`
	Liquidated     bool    `json:"liquidated"`
	Erased         Reason  `json:"erased"` // why this is only a tombstone; "" it is not
	Hold           bool    `json:"hold"`   // under legal hold: nothing erases it
	Selfie         string  `json:"selfie"` // the name of the selfie that is kept here; "" none
	Near           string  `json:"near"`   // the value that the text only looks like; "" if it is found as it stands
}

// NewRow is the list's view of a session.
func NewRow(ordinal uint32, s Session) Row {
	row := Row{
		Ordinal: ordinal, SessionID: s.ID,
		FirstName: s.Person.FirstName.String(), LastName: s.Person.LastName.String(),
		FirstNameGe: s.Person.FirstName.Georgian, LastNameGe: s.Person.LastName.Georgian,
		PersonalNumber: s.Person.PersonalNumber, DocumentNumber: s.Document.Number,
		CreatedAt: FormatTime(s.Created), FinishedAt: FormatTime(s.Finished),
		Verified: s.Outcome.ListWord(), Outcome: s.Outcome,
		DocumentType: documentTypeCell(s.Document.Type),
		Spoofs:       s.Spoofs(), Extra: ExtraText(s.Extra),
		Environment: s.Environment, Liquidated: s.IsLiquidated(),
	}
	row.Liveness = s.livenessWord()
	if s.Checks.MatchLevel != nil {
		row.MatchLevel = *s.Checks.MatchLevel
	}
	if s.Erased != nil {
		row.Erased = s.Erased.Reason
	}
	return row
}

// Phase is what a running job is doing.
type Phase string

// The phases of the jobs.
const (
	PhaseReading  Phase = "reading"  // pages come in
	PhaseIndexing Phase = "indexing" // the text index catches up
	PhaseWriting  Phase = "writing"  // rows go into a file
	PhasePhotos   Phase = "photos"   // photos come in
	PhaseChecking Phase = "checking" // every value is opened
	PhaseCleaning Phase = "cleaning" // what was erased is cleared out of the files
)

// Progress is how far a job has come.
type Progress struct {
	Phase Phase `json:"phase"`
	Done  int   `json:"done"`
	Total int   `json:"total"` // 0 not known
}

// Rejection is a row or an item that could not be read. The rest went on.
type Rejection struct {
	File   string `json:"file"` // the file, or the portal's address
	Row    int    `json:"row"`  // data row or item, from 1; the header is not counted
	Column string `json:"column"`
	Reason string `json:"reason"`
	Raw    string `json:"-"` // the row or item itself, kept in the archive so that nothing is lost
}

// Report says what a sync or an import did.
type Report struct {
	Read      int         `json:"read"`
	Added     int         `json:"added"`
	Changed   int         `json:"changed"`
	Unchanged int         `json:"unchanged"`
	Erased    int         `json:"erased"`   // the portal has liquidated them: only tombstones stay
	Rejected  []Rejection `json:"rejected"` // never nil
}

// Add counts another run in.
func (r *Report) Add(more Report) {
	r.Read += more.Read
	r.Added += more.Added
	r.Changed += more.Changed
	r.Unchanged += more.Unchanged
	r.Erased += more.Erased
	r.Rejected = append(r.Rejected, more.Rejected...)
}

// Exported says what an export wrote.
type Exported struct {
	File   string `json:"file"`
	Rows   int    `json:"rows"`
	SHA256 string `json:"sha256"` // of the file's bytes, in hex
	// Altered is how many cells hold something else than the session, because
	// the format cannot hold it; the file itself says which and why.
	Altered int `json:"altered,omitempty"`
}
