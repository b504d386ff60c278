package search

import (
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"
)

// The two fields of a Bleve document. Both hold all of a session's terms: which
// field of the session a word is in makes no difference to the answer.
const (
	termField = "t" // whole terms: for words of more than maxGram characters
	gramField = "g" // the first 1 to maxGram characters of each term
)

// maxGram is the longest beginning that has a postings list of its own. Short
// beginnings are shared by thousands of terms; longer ones by a handful, which
// are read one by one.
const maxGram = 3

// newDocument is what Bleve keeps of a session: postings, nothing stored. Bleve's
// own mapping and analysis are passed by, so that Terms alone decides.
func newDocument(doc Doc) *document.Document {
	value := []byte(strings.Join(Terms(doc.Session), " "))
	d := document.NewDocument(documentID(doc.Ordinal))
	// Frequencies are of no use here, but a term of one document without them
	// takes 20 bytes where the same with them is one number in the dictionary.
	d.AddField(document.NewTextFieldCustom(termField, nil, value, index.IndexField, wholeTerms{}))
	d.AddField(document.NewTextFieldCustom(gramField, nil, value, index.IndexField|index.SkipFreqNorm, grams{}))
	return d
}

// wholeTerms takes apart the value that newDocument put together.
type wholeTerms struct{}

// Analyze implements Bleve's analysis.Analyzer.
func (wholeTerms) Analyze(value []byte) analysis.TokenStream {
	var tokens analysis.TokenStream
	for term := range strings.SplitSeq(string(value), " ") {
		if term != "" {
			tokens = append(tokens, &analysis.Token{Term: []byte(term)})
		}
	}
	return tokens
}

// grams makes the beginnings of every term. Bleve counts repeated ones once.
type grams struct{}

// Analyze implements Bleve's analysis.Analyzer.
func (grams) Analyze(value []byte) analysis.TokenStream {
	var tokens analysis.TokenStream
	for term := range strings.SplitSeq(string(value), " ") {
		end := 0
		for range maxGram {
			if end == len(term) {
				break
			}
			_, size := utf8.DecodeRuneInString(term[end:])
			end += size
			tokens = append(tokens, &analysis.Token{Term: []byte(term[:end])})
		}
	}
	return tokens
}

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
