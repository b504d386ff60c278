package archive

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"

	"golang.org/x/mod/sumdb/note"

	"veridesk/backend/idv"
	"veridesk/backend/store"
)

// The audit log tells who did what to the archive: when it was opened, synced,
// exported, backed up, when sessions were held or erased. It names sessions by
// their IDs and files by their hashes, never a person or a search text. See
// store.Entry for why it cannot be changed unnoticed.

// What the archive itself notes; the store notes erasing and holding.
const (
	actionOpen       = "open"
	actionSync       = "sync"
	actionImport     = "import"
	actionExport     = "export"
	actionBackup     = "backup"
	actionSettings   = "settings"
	actionPassphrase = "passphrase"
	actionCode       = "recovery code"
)

// Entry is a line of the audit log.
type Entry struct {
	Number uint64            `json:"number"` // from 1
	At     string            `json:"at"`     // RFC 3339, UTC
	Action string            `json:"action"`
	Object string            `json:"object,omitempty"` // a Session ID or a hash
	Result string            `json:"result,omitempty"`
	Detail map[string]string `json:"detail,omitempty"`
}

// Audit gives up to limit lines of the audit log after the given number, oldest
// first.
func (a *Archive) Audit(after uint64, limit int) ([]Entry, error) {
	kept, err := a.store.Audit(after, limit)
	lines := make([]Entry, len(kept))
	for i, e := range kept {
		lines[i] = Entry{Number: e.Number, At: idv.FormatTime(e.At), Action: e.Action, Object: e.Object, Result: e.Result, Detail: e.Detail}
	}
	return lines, err
}

// VerifyAudit checks every line of the audit log against its Merkle tree.
func (a *Archive) VerifyAudit(ctx context.Context) error { return a.store.VerifyAudit(ctx) }

// Checkpoint is the audit log's root, signed: a note (C2SP signed-note) whose
// text is the archive's ID, the number of lines and the root in base64. Kept
// outside the archive it shows later whether a line of then was changed. verifier
// is the key that checks the signature.
func (a *Archive) Checkpoint() (signed, verifier string, err error) {
	signer, verifier, err := a.signer()
	if err != nil {
		return "", "", err
	}
	size, root, err := a.store.Checkpoint()
	if err != nil {
		return "", "", err
	}
	text := fmt.Sprintf("veridesk %s\n%d\n%s\n", a.store.ID(), size, base64.StdEncoding.EncodeToString(root[:]))
	message, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		return "", "", fmt.Errorf("sign the checkpoint: %w", err)
	}
	return string(message), verifier, nil
}

// The names of the signing key's halves among the archive's secrets.
const (
	secretSigner   = "audit signer"
	secretVerifier = "audit verifier"
)

// signer is the archive's own Ed25519 key, made when it is first needed.
func (a *Archive) signer() (signer note.Signer, verifier string, err error) {
	secret, err := a.store.Secret(secretSigner)
	if err != nil {
		return nil, "", err
	}
	if secret == "" {
		if secret, verifier, err = note.GenerateKey(rand.Reader, "veridesk"); err != nil {
			return nil, "", fmt.Errorf("make the key of the audit log: %w", err)
		}
		// The public half first: without the other it is made anew.
		for _, half := range [][2]string{{secretVerifier, verifier}, {secretSigner, secret}} {
			if err := a.store.SetSecret(half[0], half[1]); err != nil {
				return nil, "", err
			}
		}
	}
	if verifier, err = a.store.Secret(secretVerifier); err != nil {
		return nil, "", err
	}
	signer, err = note.NewSigner(secret)
	if err != nil {
		return nil, "", fmt.Errorf("read the key of the audit log: %w", err)
	}
	return signer, verifier, nil
}

// noted writes a line into the audit log about what was done, with its numbers in
// pairs of name and value.
func (a *Archive) noted(action, object string, failed error, numbers ...any) error {
	detail := map[string]string{}
	for i := 0; i+1 < len(numbers); i += 2 {
		detail[fmt.Sprint(numbers[i])] = fmt.Sprint(numbers[i+1])
	}
	result := "done"
	if failed != nil {
		result = string(idv.AsError(failed).Code)
	}
	return a.evenFull(func() error {
		return a.store.Append(store.Entry{Action: action, Object: object, Result: result, Detail: detail})
	})
}
