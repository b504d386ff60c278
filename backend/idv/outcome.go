package idv

// Outcome is how a session ended, in the app's one vocabulary. Every other
// vocabulary of the portal is mapped here and nowhere else.
type Outcome string

// The outcomes. The zero value is a session whose portal said nothing.
const (
	OutcomeUnknown Outcome = ""
	Verified       Outcome = "verified"   // accepted, by the machine or by a person
	Failed         Outcome = "failed"     // refused by the machine
	Rejected       Outcome = "rejected"   // refused by a person
	Pending        Outcome = "pending"    // waits for the machine or for a person
	Unfinished     Outcome = "unfinished" // the person has not completed it
)

// Final reports whether the portal has spoken its last word, so that a later,
// less certain answer must not undo it.
func (o Outcome) Final() bool { return o == Verified || o == Failed || o == Rejected }

// ListWord is the portal's list column "Verified": Yes, No or Pending.
func (o Outcome) ListWord() string {
	switch {
	case o == Verified:
		return "Yes"
	case o.Final():
		return "No"
	default:
		return "Pending"
	}
}

// CSVWord is the portal's CSV column "Verified": TRUE or FALSE.
func (o Outcome) CSVWord() string {
	switch o {
	case Verified:
		return "TRUE"
	case OutcomeUnknown:
		return ""
	default:
		return "FALSE"
	}
}

// OutcomeFromCSV maps the CSV's Verified cell. A session without a completion
// time has no final word yet.
func OutcomeFromCSV(verified *bool, finished bool) Outcome {
	switch {
	case verified == nil:
		return OutcomeUnknown
	case *verified:
		return Verified
	case finished:
		return Failed
	default:
		return Pending
	}
}

// OutcomeFromAPI maps the session data's flags. A person's decision outweighs
// the machine's; a session that waits for a person is pending, whatever its
// status says.
func OutcomeFromAPI(s Session) Outcome {
	yes := func(b *bool) bool { return b != nil && *b }
	switch {
	case yes(s.ManualRejected):
		return Rejected
	case yes(s.ManualVerified):
		return Verified
	case yes(s.AwaitingAction):
		return Pending
	}
	switch s.Status {
	case "Verified", "Success":
		return Verified
	case "Failed", "Rejected":
		return Failed
	case "Not Finished":
		return Unfinished
	case "Pending", "In Progress":
		return Pending
	}
	switch {
	case s.Verified == nil:
		return OutcomeUnknown
	case *s.Verified:
		return Verified
	case !s.Finished.IsZero():
		return Failed
	default:
		return Pending
	}
}
