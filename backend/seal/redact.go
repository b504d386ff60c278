package seal

import (
	"fmt"
	"io"
)

// redacted, embedded in a struct, keeps its fields out of everything that is
// printed, logged or made into JSON.
type redacted struct{}

const redactedText = "[redacted]"

// Format hides the value from fmt, whatever the verb, and so from text logs.
func (redacted) Format(to fmt.State, _ rune) { _, _ = io.WriteString(to, redactedText) }

// MarshalJSON hides the value from JSON, and so from JSON logs.
func (redacted) MarshalJSON() ([]byte, error) { return []byte(`"` + redactedText + `"`), nil }

// Format hides the key from fmt, whatever the verb.
func (FileKey) Format(to fmt.State, _ rune) { redacted{}.Format(to, 0) }

// MarshalJSON hides the key from JSON, from which it cannot be read back: it
// belongs into a sealed value, as bytes.
func (FileKey) MarshalJSON() ([]byte, error) { return redacted{}.MarshalJSON() }
