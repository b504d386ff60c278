package store

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"veridesk/backend/idv"
)

// randomFacts are facts with every field set to something, or to nothing.
func randomFacts(random *rand.Rand) (f idv.Facts) {
	text := func() string {
		return [...]string{"", "NINO", "ნინო", "line\nbreak", "\xff\x00", fmt.Sprintf("%0*d", random.IntN(300), 7)}[random.IntN(6)]
	}
	moment := func() int64 {
		return [...]int64{0, 1_760_000_000_000, -1, 1<<63 - 1, -1 << 63, random.Int64()}[random.IntN(6)]
	}
	f.Created, f.Finished, f.MatchLevel = moment(), moment(), random.IntN(256)
	f.Digital, f.NotFull, f.Reviewed = random.IntN(2) == 0, random.IntN(2) == 0, random.IntN(2) == 0
	f.Outcome = idv.Outcome(text())
	for _, field := range []*string{
		&f.DocumentType, &f.Liveness, &f.Environment, &f.Device, &f.Country,
		&f.FirstName, &f.LastName, &f.PersonalNumber, &f.DocumentNumber, &f.SessionID, &f.Extra,
	} {
		*field = text()
	}
	for range random.IntN(4) {
		f.Tags = append(f.Tags, text())
	}
	return f
}

// TestFactsComeBack writes chunks of any facts and reads them.
func TestFactsComeBack(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 9))
	var encoder factsEncoder
	var decoder factsDecoder
	var all, back []idv.Facts
	for range 300 {
		want := make([]idv.Facts, random.IntN(40))
		for i := range want {
			want[i] = randomFacts(random)
		}
		encoder.encode(want)
		got, err := decoder.decode(nil, string(encoder.chunk))
		if err != nil || len(got) != len(want) {
			t.Fatalf("%d of %d came back, %v", len(got), len(want), err)
		}
		for i := range want {
			if !reflect.DeepEqual(got[i], want[i]) {
				t.Fatalf("wrote %+v\nread  %+v", want[i], got[i])
			}
		}
		all, back = append(all, want...), append(back, got...)
	}
	if !reflect.DeepEqual(back, all) {
		t.Error("what was read has changed since")
	}
}

// FuzzDecodeFacts reads chunks that no store has written: each is refused or comes
// back the same.
func FuzzDecodeFacts(f *testing.F) {
	random := rand.New(rand.NewPCG(9, 10))
	var encoder factsEncoder
	for n := range 5 {
		encoder.encode([]idv.Facts{randomFacts(random), randomFacts(random)}[:n%3])
		f.Add(string(encoder.chunk))
	}
	f.Add("\x01\xff\xff\xff\xff\xff\xff\xff\xff\x7f")
	f.Fuzz(func(t *testing.T, chunk string) {
		facts, err := new(factsDecoder).decode(nil, chunk)
		if err != nil {
			return
		}
		var encoder factsEncoder
		encoder.encode(facts)
		again, err := new(factsDecoder).decode(nil, string(encoder.chunk))
		if err != nil || !reflect.DeepEqual(again, facts) {
			t.Errorf("read %+v\nagain %+v, %v", facts, again, err)
		}
	})
}
