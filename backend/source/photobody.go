package source

import (
	"cmp"
	"context"
	"io"
)

const maxPhotoBytes = 25 << 20

// photoBody is a photo on its way. It ends a server that falls silent or sends
// without end, and turns what goes wrong into sentences.
type photoBody struct {
	ctx  context.Context
	from watchedBody
	body io.Closer
	host string
	left int64 // bytes that may still come
	end  func()
}

func newPhotoBody(ctx context.Context, body io.ReadCloser, host string, stop context.CancelCauseFunc, end func()) *photoBody {
	watched := watchedBody{body: body, silent: func() { stop(errSilent) }}
	return &photoBody{ctx: ctx, from: watched, body: body, host: host, left: maxPhotoBytes, end: end}
}

func (b *photoBody) Read(p []byte) (int, error) {
	n, err := b.from.Read(p)
	b.left -= int64(n)
	switch {
	case b.left < 0:
		return 0, photoTooLarge(b.host)
	case err == nil || err == io.EOF:
		return n, err
	}
	cause := cmp.Or(context.Cause(b.ctx), err)
	if b.ctx.Err() == context.Canceled && cause != errSilent {
		return n, cause
	}
	return n, photoBroken(b.host, cause)
}

// Close ends the answer, whether it was read to its end or not.
func (b *photoBody) Close() error {
	b.end()
	return b.body.Close()
}
