package search

// What Bleve is given of a session: its terms as they will be looked up, ready
// made. Bleve's own mapping and analysis are passed by, so that Terms alone
// decides, and nothing is stored.

import (
	"encoding/binary"
	"fmt"
	"strconv"

	index "github.com/blevesearch/bleve_index_api"
)

// The fields of a Bleve document. Which field of the session a term is of makes
// no difference to the answer, but how deep it is does; see depths.
const (
	idField   = "_id" // the ordinal; the name is Bleve's
	gramField = "g"   // the beginnings of terms, as long as the term is deep
)

// tailFields are the fields of the terms that are longer than they are deep, by
// the depth.
var tailFields = func() (fields [maxDepth + 1]string) {
	for depth := range fields {
		fields[depth] = "t" + strconv.Itoa(depth)
	}
	return fields
}()

// once is the frequency of every term: Bleve asks for one.
var once = func() *index.TokenFreq {
	var freq index.TokenFreq
	freq.SetFrequency(1)
	return &freq
}()

// leastSpread is how many sessions are worth a goroutine.
const leastSpread = 100

// documents prepares the sessions of one batch. An erased one has none.
func documents(docs []Doc) []*sessionDocument {
	all := make([][]string, len(docs))
	spread(len(docs), leastSpread, func(from, to int) {
		m := memory{}
		for i := from; i < to; i++ {
			all[i] = m.terms(docs[i].Session)
		}
	})
	batch := depths(all)
	made := make([]*sessionDocument, len(docs))
	spread(len(docs), leastSpread, func(from, to int) {
		for i := from; i < to; i++ {
			if docs[i].Session.Erased == nil {
				made[i] = newDocument(i, docs[i].Ordinal, all[i], batch)
			}
		}
	})
	return made
}

// sessionDocument implements index.Document.
type sessionDocument struct {
	id     string
	fields []index.Field
}

// wordEnd ends a name that has no tail, to tell it from a beginning. One session
// of a batch has it: who looks for names wants to know which there are.
const wordEnd = "\x01"

// newDocument makes the document of a batch's i-th session.
func newDocument(i int, ordinal uint32, terms []string, batch map[string]*known) *sessionDocument {
	d := &sessionDocument{id: documentID(ordinal)}
	grams := make(index.TokenFrequencies, beginnings(terms, batch))
	var tails [maxDepth + 1]index.TokenFrequencies
	for _, term := range terms {
		k := batch[term]
		for end := 1; end <= min(k.depth, len(term)); end++ {
			grams[term[:end]] = once
		}
		switch {
		case !k.whole(term):
			if tails[k.depth] == nil {
				tails[k.depth] = index.TokenFrequencies{}
			}
			tails[k.depth][term] = once
		case k.first == i && !hasDigit(term):
			grams[term+wordEnd] = once
		}
	}
	d.add(field{name: gramField, options: index.IndexField | index.SkipFreqNorm, terms: grams})
	for depth, terms := range tails {
		// Frequencies are of no use here, but a term of one document without them
		// takes 20 bytes where the same with them is one number in the dictionary.
		d.add(field{name: tailFields[depth], options: index.IndexField, terms: terms})
	}
	return d
}

// beginnings is about how many beginnings of terms have a list of their own: not
// more room is made for them than they take, in ten thousand documents at once.
func beginnings(terms []string, batch map[string]*known) (n int) {
	shared := ""
	for _, term := range terms { // sorted: what a term shares with the one before counts once
		n += max(0, min(batch[term].depth, len(term))-sharedLength(shared, term))
		shared = term
	}
	return n
}

func (d *sessionDocument) add(f field) {
	if len(f.terms) > 0 {
		d.fields = append(d.fields, &f)
	}
}

func (d *sessionDocument) ID() string { return d.id }

// AddIDField is called by Bleve, once.
func (d *sessionDocument) AddIDField() {
	d.add(field{
		name: idField, options: index.IndexField | index.StoreField,
		terms: index.TokenFrequencies{d.id: once}, value: []byte(d.id),
	})
}

func (d *sessionDocument) VisitFields(visit index.FieldVisitor) {
	for _, f := range d.fields {
		visit(f)
	}
}

func (d *sessionDocument) VisitComposite(index.CompositeFieldVisitor) {}
func (d *sessionDocument) HasComposite() bool                         { return false }
func (d *sessionDocument) Indexed() bool                              { return true }
func (d *sessionDocument) NumPlainTextBytes() uint64                  { return 0 }
func (d *sessionDocument) StoredFieldsBytes() uint64                  { return uint64(len(d.id)) }

// Size feeds Bleve's statistics only.
func (d *sessionDocument) Size() int { return len(d.id) }

// field implements index.Field.
type field struct {
	name    string
	options index.FieldIndexingOptions
	terms   index.TokenFrequencies
	value   []byte
}

func (f *field) Name() string                                     { return f.name }
func (f *field) Value() []byte                                    { return f.value }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) Analyze()                                         {}
func (f *field) Options() index.FieldIndexingOptions              { return f.options }
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }
func (f *field) NumPlainTextBytes() uint64                        { return 0 }

// AnalyzedLength is the same for all, for it goes into the dictionary, which is
// smaller when the numbers in there are alike.
func (f *field) AnalyzedLength() int { return 1 }

// documentID is the ordinal as Bleve's document ID.
func documentID(ordinal uint32) string {
	return string(binary.BigEndian.AppendUint32(nil, ordinal))
}

func ordinalOf(id []byte) (uint32, error) {
	if len(id) != 4 {
		return 0, fmt.Errorf("document ID %x is no ordinal", id)
	}
	return binary.BigEndian.Uint32(id), nil
}
