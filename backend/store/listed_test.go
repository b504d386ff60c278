package store

import (
	"bytes"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"veridesk/backend/idv"
)

// fill sets every field of a value to something that its kind can be; some stays
// empty if sparse.
func fill(random *rand.Rand, v reflect.Value, sparse bool) {
	if sparse && random.IntN(3) == 0 {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(random, v.Elem(), false)
	case reflect.String:
		v.SetString([]string{"x", "ქეთევან", "", "a text of more than twenty-four bytes", string(make([]byte, 300))}[random.IntN(5)])
	case reflect.Bool:
		v.SetBool(random.IntN(2) == 0)
	case reflect.Int:
		v.SetInt([]int64{0, -1, 7, 23, 24, 255, 256, -300, 70000, math.MaxInt64, math.MinInt64}[random.IntN(11)])
	case reflect.Float64:
		v.SetFloat(random.NormFloat64())
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Unix(random.Int64N(1<<33), random.Int64N(1e9)).UTC()))
			return
		}
		for i := range v.NumField() {
			fill(random, v.Field(i), sparse)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1+random.IntN(30), 40))
		for i := range v.Len() {
			fill(random, v.Index(i), sparse)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range 1 + random.IntN(30) {
			v.SetMapIndex(reflect.ValueOf(string(rune('a'+random.IntN(2000)))), reflect.ValueOf("value"))
		}
	}
}

// record encodes a session with any values in its fields.
func record(t testing.TB, random *rand.Rand, sparse bool) []byte {
	t.Helper()
	var s idv.Session
	fill(random, reflect.ValueOf(&s).Elem(), sparse)
	s, _ = split(s)
	var record bytes.Buffer
	if err := encodeTo(&record, s); err != nil {
		t.Fatal(err)
	}
	return record.Bytes()
}

// wantListed reads a record in both ways: its row and what can be found are the same.
func wantListed(t *testing.T, quick idv.Session, record []byte) {
	t.Helper()
	var whole idv.Session
	if err := decode(record, &whole); err != nil {
		return // a fault in what was stepped over
	}
	if got, want := idv.NewRow(1, quick), idv.NewRow(1, whole); !reflect.DeepEqual(got, want) {
		t.Fatalf("has the row %+v\nwant        %+v", got, want)
	}
	if !reflect.DeepEqual(quick.Person.FirstName, whole.Person.FirstName) || !reflect.DeepEqual(quick.Extra, whole.Extra) ||
		!reflect.DeepEqual(quick.Erased, whole.Erased) {
		t.Fatalf("lists %+v\nof    %+v", quick, whole)
	}
}

// TestListedHasTheWholeRow reads sessions with all fields or some: nothing of a
// row is missing, and no record is left to the slower reader.
func TestListedHasTheWholeRow(t *testing.T) {
	random := rand.New(rand.NewPCG(21, 22))
	for n := range 2000 {
		record := record(t, random, n%2 == 1)
		var quick idv.Session
		r := recordReader{rest: record}
		if readMap(&r, &quick, listedFields); r.lost || len(r.rest) > 0 {
			t.Fatalf("lost in %q", record)
		}
		wantListed(t, quick, record)
	}
}

// FuzzListed reads records that no store has written.
func FuzzListed(f *testing.F) {
	random := rand.New(rand.NewPCG(23, 24))
	for range 10 {
		f.Add(record(f, random, true))
	}
	for _, odd := range []string{
		"\xa1\x62id\x61\xff",                                // no UTF-8
		"\xa2\x62id\x61a\x62id\x61b",                        // the same key twice
		"\xa1\x62ID\x61a",                                   // almost a key
		"\xbf\x62id\x61a\xff",                               // an indefinite length
		"\xa1\x6aliquidated\xf8\x15",                        // yes, the long way
		"\xa1\x65extra\x9b\x7f\xff\xff\xff\xff\xff\xff\xff", // a list without an end
		"\xa1\x64tags\x9b\xff\xff\xff\xff\xff\xff\xff\xff",  // one that is stepped over
	} {
		f.Add([]byte(odd))
	}
	f.Fuzz(func(t *testing.T, record []byte) {
		var s idv.Session
		if err := decodeListed(record, &s); err == nil {
			wantListed(t, s, record)
		}
	})
}
