package store

import (
	"bytes"
	"fmt"

	"github.com/fxamacker/cbor/v2"
)

// This file is the one place where a value becomes bytes and bytes a value, but
// for those that are read by the million: see rows.go, factscode.go and listed.go.
// CBOR (RFC 8949) in its deterministic form: equal values have equal bytes, so
// a session that comes again unchanged is known by comparing them.

var (
	encoder = must(cbor.EncOptions{Sort: cbor.SortCoreDeterministic, Time: cbor.TimeRFC3339Nano}.UserBufferEncMode())
	decoder = must(cbor.DecOptions{FieldNameMatching: cbor.FieldNameMatchingCaseSensitive}.DecMode())
)

func must[T any](mode T, err error) T {
	if err != nil {
		panic(err) // the options above are constants
	}
	return mode
}

// encodeTo appends the value to a buffer.
func encodeTo(to *bytes.Buffer, value any) error {
	if err := encoder.MarshalToBuffer(value, to); err != nil {
		return fmt.Errorf("encode %T: %w", value, err)
	}
	return nil
}

func decode(data []byte, value any) error {
	if err := decoder.Unmarshal(data, value); err != nil {
		return fmt.Errorf("decode %T: %w", value, err)
	}
	return nil
}
