package export

import (
	"context"
	"io"
)

// File writes a file of any kind as Run does: whole or not at all, and readable
// by its owner only until it has its name. It answers the SHA-256 of its bytes in
// hex, which before, if it is not nil, hears earlier: when the file is whole and
// has no name yet. An error of write or before that is an *idv.Error passes through
// as it is.
func File(ctx context.Context, path string, force bool, write func(io.Writer) error, before func(sum string) error) (sum string, err error) {
	out, err := newTarget(ctx, path, force)
	if err != nil {
		return "", err
	}
	defer out.discard()
	if err := write(out); err != nil {
		return "", writeError(path, err)
	}
	sum, err = out.commit(before)
	if err != nil {
		return "", writeError(path, err)
	}
	return sum, nil
}
