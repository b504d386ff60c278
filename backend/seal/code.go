package seal

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// RecoveryCode opens a vault without passphrase and keychain. It is shown once
// and kept by the user, on paper at best. It shows as [redacted] everywhere but
// in Text.
type RecoveryCode struct {
	redacted
	secret [keySize]byte
}

const (
	codeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" // Douglas Crockford's: no I, L, O, U
	codeCheck    = 3                                  // bytes of checksum
	codeLength   = (keySize + codeCheck) * 8 / 5      // characters, of five bits each
	codeGroup    = 4                                  // characters between hyphens
)

func codeEncoding() *base32.Encoding {
	return base32.NewEncoding(codeAlphabet).WithPadding(base32.NoPadding)
}

func newRecoveryCode() RecoveryCode { return RecoveryCode{secret: [keySize]byte(random(keySize))} }

// IsZero says that there is no code, as for a demo archive.
func (c RecoveryCode) IsZero() bool { return c.secret == [keySize]byte{} }

// Text is the code as the user writes it down: 56 characters in groups of four.
// The last 24 bits are a checksum, so that a slip is told from another code.
func (c RecoveryCode) Text() string {
	plain := codeEncoding().EncodeToString(append(c.secret[:], codeSum(c.secret[:])...))
	var groups []string
	for ; len(plain) > 0; plain = plain[codeGroup:] {
		groups = append(groups, plain[:codeGroup])
	}
	return strings.Join(groups, "-")
}

// parseCode reads a code as people type it: in any case, with any blanks and
// dashes or none, O for 0, I and L for 1. All else is ErrCodeTypo.
func parseCode(text string) (RecoveryCode, error) {
	clean := strings.Map(func(r rune) rune {
		switch r = unicode.ToUpper(r); {
		case unicode.IsSpace(r), unicode.In(r, unicode.Dash, unicode.Cf), r == '.':
			return -1
		case r == 'O':
			return '0'
		case r == 'I', r == 'L':
			return '1'
		}
		return r
	}, norm.NFKC.String(text))
	if len(clean) != codeLength { // the decoder overlooks a character too many
		return RecoveryCode{}, ErrCodeTypo
	}
	bytes, err := codeEncoding().DecodeString(clean)
	if err != nil {
		return RecoveryCode{}, ErrCodeTypo
	}
	if string(bytes[keySize:]) != string(codeSum(bytes[:keySize])) {
		return RecoveryCode{}, ErrCodeTypo
	}
	return RecoveryCode{secret: [keySize]byte(bytes)}, nil
}

func codeSum(secret []byte) []byte {
	sum := sha256.Sum256(appendSized(nil, []byte(domain), []byte("recovery code"), secret))
	return sum[:codeCheck]
}
