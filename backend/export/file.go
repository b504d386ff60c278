package export

import (
	"context"
	"io"
)

// File writes a file of any kind as Run does: whole or not at all, and readable
// by its owner only until it has its name. It answers the SHA-256 of its bytes in
// hex. An error of write that is an *idv.Error passes through as it is.
func File(ctx context.Context, path string, force bool, write func(io.Writer) error) (sum string, err error) {
	out, err := newTarget(ctx, path, force)
	if err != nil {
		return "", err
	}
	defer out.discard()
	if err := write(out); err != nil {
		return "", writeError(path, err)
	}
	sum, err = out.commit()
	if err != nil {
		return "", writeError(path, err)
	}
	return sum, nil
}
