package search

// What Bleve is given of a session: its terms as they will be looked up, ready
// made. Bleve's own mapping and analysis are passed by, so that Terms alone
// decides, and nothing is stored.

import (
	"encoding/binary"
	"fmt"
	"strconv"

	index "github.com/blevesearch/bleve_index_api"

	"veridesk/backend/giveway"
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

// leastGram is the length of the shortest beginnings that have a list of their own,
// terms that are shorter apart: one sign is answered by all that begin with it, see
// firsts.
const leastGram = 2

// once is the frequency of every term: Bleve asks for one.
var once = func() *index.TokenFreq {
	var freq index.TokenFreq
	freq.SetFrequency(1)
	return &freq
}()

// documents prepares the sessions of one batch. An erased one has no terms.
func documents(docs []*Doc, way *giveway.Way) []*sessionDocument {
	m := memory{}
	all := make([][]string, len(docs))
	for i, doc := range docs {
		way.Give()
		all[i] = m.terms(doc.Session)
	}
	made := make([]*sessionDocument, len(docs))
	for i, terms := range depths(all, way) {
		way.Give()
		made[i] = newDocument(i, docs[i].Ordinal, terms)
		made[i].way = way
	}
	return made
}

// sessionDocument implements index.Document.
type sessionDocument struct {
	id     string
	way    *giveway.Way // whoever visits is at work in the background
	fields []field      // room for idField is kept
}

// wordEnd ends a name that has no tail, to tell it from a beginning. One session
// of a batch has it: who looks for names wants to know which there are.
const wordEnd = "\x01"

// newDocument makes the document of a batch's i-th session.
func newDocument(i int, ordinal uint32, terms []*known) *sessionDocument {
	d := &sessionDocument{id: documentID(ordinal)}
	grams := make(index.TokenFrequencies, beginnings(terms))
	var tails [maxDepth + 1]index.TokenFrequencies
	for _, k := range terms {
		for end := min(leastGram, len(k.term)); end <= k.own(); end++ {
			grams[k.term[:end]] = once
		}
		switch {
		case !k.whole():
			if tails[k.depth] == nil {
				tails[k.depth] = index.TokenFrequencies{}
			}
			tails[k.depth][k.term] = once
		case k.first == i && !hasDigit(k.term):
			grams[k.term+wordEnd] = once
		}
	}
	filled := 2 // with the beginnings, and what AddIDField adds
	for _, terms := range tails {
		if terms != nil {
			filled++
		}
	}
	d.fields = make([]field, 0, filled)
	d.add(field{name: gramField, options: index.IndexField | index.SkipFreqNorm, terms: grams})
	for depth, terms := range tails {
		// Frequencies are of no use here, but a term of one document without them
		// takes 20 bytes where the same with them is one number in the dictionary.
		d.add(field{name: tailFields[depth], options: index.IndexField, terms: terms})
	}
	return d
}

// beginnings is about how many beginnings of terms have a list of their own: not
// more room is made for them than they take, in thousands of documents at once.
func beginnings(terms []*known) (n int) {
	shared := ""
	for _, k := range terms { // sorted: what a term shares with the one before counts once
		n += max(0, k.own()-max(leastGram-1, sharedLength(shared, k.term)))
		shared = k.term
	}
	return n
}

func (d *sessionDocument) add(f field) {
	if len(f.terms) > 0 {
		d.fields = append(d.fields, f)
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
	d.way.Give()
	for i := range d.fields {
		visit(&d.fields[i])
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
