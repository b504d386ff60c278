// The kinds of sessions, how often each comes, and what the portal says of it.
package demo

// kind is what becomes of a session, in the generator's own words.
type kind int

const (
	verified   kind = iota
	approved        // by a person
	noLife          // liveness status 1
	replayed        // liveness status 2
	onScreen        // the document was shown on a screen
	cutOff          // a corner of the document is missing
	otherFace       // the match level is low
	mismatch        // the two sides of the document disagree
	rejected        // by a person
	pending         // waits for a decision
	unfinished      // the person left before the end
	noDocument      // the person left before showing one
	unreadable      // nothing could be read
)

// trait is what the portal's data say of a kind.
type trait struct {
	share  int // of 10,000 sessions of people who came once
	status string
	good   bool // verified
	ended  bool // has a completion time

	liveness, screen, cut int    // 0 is good
	document              bool   // documentValid
	levels                [2]int // match level, from and to
	errors                []string
	events                []string
}

// The portal's event names.
const (
	eventLife     = "LivenessPassed"
	eventNoLife   = "LivenessFailed"
	eventDocument = "DocumentPassed"
	eventRefused  = "DocumentFailed"
	eventEnd      = "SessionFinished"
)

var traits = [...]trait{
	verified: {share: 9000, status: "Verified", good: true, ended: true, document: true, levels: [2]int{4, 7},
		events: []string{eventLife, eventDocument, eventEnd}},
	approved: {share: 120, status: "Verified", good: true, ended: true, document: true, levels: [2]int{2, 6},
		events: []string{eventLife, eventDocument, eventEnd}},
	noLife: {share: 110, status: "Failed", ended: true, liveness: 1, document: true, levels: [2]int{0, 7},
		events: []string{eventNoLife, eventDocument, eventEnd}},
	replayed: {share: 60, status: "Failed", ended: true, liveness: 2, document: true, levels: [2]int{0, 7},
		events: []string{eventNoLife, eventDocument, eventEnd}},
	onScreen: {share: 80, status: "Failed", ended: true, screen: 1, levels: [2]int{3, 7},
		events: []string{eventLife, eventRefused, eventEnd}},
	cutOff: {share: 80, status: "Failed", ended: true, cut: 1, levels: [2]int{3, 7},
		events: []string{eventLife, eventRefused, eventEnd}},
	otherFace: {share: 100, status: "Failed", ended: true, document: true, levels: [2]int{1, 3},
		events: []string{eventLife, eventDocument, eventEnd}},
	mismatch: {share: 70, status: "Failed", ended: true, levels: [2]int{4, 7}, errors: []string{"Data mismatch"},
		events: []string{eventLife, eventRefused, eventEnd}},
	rejected: {share: 120, status: "Failed", ended: true, document: true, levels: [2]int{2, 7},
		events: []string{eventLife, eventDocument, eventEnd}},
	pending: {share: 200, status: "Not Finished", document: true, levels: [2]int{2, 7},
		events: []string{eventLife}},
	unfinished: {share: 90, status: "Not Finished", levels: [2]int{0, 0},
		events: []string{eventLife}},
	noDocument: {share: 60, status: "Not Finished", levels: [2]int{0, 0},
		events: []string{eventLife}},
	unreadable: {share: 40, status: "Failed", ended: true, levels: [2]int{0, 0},
		errors: []string{"Document could not be read", "MRZ was not found", "Image is too dark"},
		events: []string{eventLife, eventRefused, eventEnd}},
}

// retried are the kinds after which people try again, turned those that a
// pending session may become; a kind that stands twice is twice as likely.
var (
	retried = []kind{noLife, noLife, cutOff, cutOff, onScreen, otherFace, unfinished, noDocument, unreadable}
	turned  = []kind{verified, verified, verified, verified, verified, approved, approved, otherFace, noLife, rejected}
)

// tags are the portal's reasons for a rejection by hand.
var tags = []string{
	"SPAM",
	"PEP", "Sanctions lists", "Criminal records", "Adverse media",
	"Fake", "Blacklist", "Selfie Mismatch",
	"Full name issue", "ID number or document number issue", "MRZ issue", "Date of birth issue",
	"Age", "Duplicate", "Wrong region",
}

// totalShare is that of all kinds.
var totalShare = sumOfShares()

func sumOfShares() (sum int) {
	for k := range traits {
		sum += traits[k].share
	}
	return sum
}

func (c chance) kind() kind {
	n := c.IntN(totalShare)
	for k := range traits {
		if n < traits[k].share {
			return kind(k)
		}
		n -= traits[k].share
	}
	return verified
}

// hasDocument reports whether a document was shown at all.
func (k kind) hasDocument() bool { return k != noDocument }

// byHand reports whether a person decided.
func (k kind) byHand() bool { return k == approved || k == rejected }
