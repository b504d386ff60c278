// Bleve as a peer: the library that the app's index is made with, used the plain
// way. The beginnings of 1 to 6 characters of every term are indexed, longer words
// are prefixes of whole terms, of which few begin so; a search collects the newest
// 50 by their doc values and counts the hits. It is merged before it is asked, is not
// sealed, and counts no facets.

package main

import (
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/token/edgengram"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"
	"github.com/blevesearch/zapx/v17"

	"veridesk/backend/idv"
)

// plainBleve is the peer.
type plainBleve struct {
	index   bleve.Index
	ids     []byte         // the Session IDs by rank, written one behind the other
	ends    []int          // where each ends
	onDisk  sync.WaitGroup // batches that are not: Close would lose them
	merging time.Duration  // of its segments into few, for searching
	building
}

// plainSegments is Bleve's own way to write segments. That of the app, which it has
// put in the place of this one, writes no files but the app's.
type plainSegments struct{ zap.ZapPlugin }

// Type implements scorch.SegmentPlugin.
func (*plainSegments) Type() string { return "plain" }

// The fields, and the longest beginning that is indexed.
const (
	beginningsField = "beginnings"
	termsField      = "terms"
	createdField    = "created"
	longest         = 6
)

// plainMapping says how the fields are indexed; nothing is stored.
func plainMapping() (*mapping.IndexMappingImpl, error) {
	m := bleve.NewIndexMapping()
	err := errors.Join(
		m.AddCustomTokenFilter(beginningsField, map[string]any{"type": edgengram.Name, "min": 1.0, "max": float64(longest)}),
		m.AddCustomAnalyzer(beginningsField, map[string]any{"type": custom.Name, "tokenizer": whitespace.Name, "token_filters": []string{beginningsField}}),
		m.AddCustomAnalyzer(termsField, map[string]any{"type": custom.Name, "tokenizer": whitespace.Name}),
	)
	document := bleve.NewDocumentStaticMapping()
	for _, name := range []string{beginningsField, termsField} {
		field := bleve.NewTextFieldMapping()
		field.Analyzer, field.Store, field.IncludeInAll, field.DocValues = name, false, false, false
		field.IncludeTermVectors, field.SkipFreqNorm = false, true
		document.AddFieldMappingsAt(name, field)
	}
	created := bleve.NewDateTimeFieldMapping()
	created.Store, created.IncludeInAll, created.Index = false, false, false // doc values alone
	document.AddFieldMappingsAt(createdField, created)
	m.DefaultMapping = document
	return m, err
}

// batch is how many documents Bleve gets at once.
const batch = 5000

// newPlainBleve builds the index. Making the terms is not timed.
func newPlainBleve(ctx context.Context, dir string, d *data) (*plainBleve, error) {
	m, err := plainMapping()
	if err != nil {
		return nil, err
	}
	p := &plainBleve{}
	path := filepath.Join(dir, "bleve")
	leaveOpen(path)
	segments := &plainSegments{}
	scorch.RegisterSegmentPlugin(segments, false)
	if p.index, err = bleve.NewUsing(path, m, scorch.Name, scorch.Name, map[string]any{
		"unsafe_batch": true, "forceSegmentType": segments.Type(), "forceSegmentVersion": int(segments.Version()),
	}); err != nil {
		return nil, err
	}
	for first := 0; first < len(d.people) && err == nil; first += batch {
		err = errors.Join(ctx.Err(), p.add(d, first, min(len(d.people), first+batch)))
	}
	begin := time.Now()
	p.onDisk.Wait()
	p.took += time.Since(begin)
	if err := errors.Join(err, p.merge(ctx), p.index.Close()); err != nil {
		return nil, err
	}
	if p.bytes, err = size(path); err != nil {
		return nil, err
	}
	// With nothing to do in the background, which would be measured with the others.
	p.index, err = bleve.OpenUsing(path, map[string]any{"read_only": true})
	return p, err
}

// merge makes few segments of many: the fewer, the quicker a search.
func (p *plainBleve) merge(ctx context.Context) error {
	inner, err := p.index.Advanced()
	if err != nil {
		return err
	}
	begin := time.Now()
	err = inner.(*scorch.Scorch).ForceMerge(ctx, nil)
	p.merging = time.Since(begin)
	return errors.Join(err, ctx.Err())
}

// leaveOpen keeps the app from sealing the peer's files too: Bleve has one hook for
// all indexes of a process. The app's own must have been open before, and no
// index may be open now.
func leaveOpen(dir string) {
	writer, reader := index.WriterHook, index.ReaderHook
	index.WriterHook = func(path []byte) (string, func([]byte) []byte, error) {
		if strings.HasPrefix(string(path), dir) {
			return "", nil, nil
		}
		return writer(path)
	}
	index.ReaderHook = func(hook string, path []byte) (func([]byte) ([]byte, error), error) {
		if strings.HasPrefix(string(path), dir) {
			return nil, nil
		}
		return reader(hook, path)
	}
}

func (p *plainBleve) close() error { return p.index.Close() }

// add indexes the sessions from one rank to another.
func (p *plainBleve) add(d *data, from, to int) error {
	var documents []map[string]any
	for rank := from; rank < to; rank++ {
		session := d.session(rank)
		p.ids = append(p.ids, session.ID...)
		p.ends = append(p.ends, len(p.ids))
		terms := strings.Join(termsOf(session), " ")
		documents = append(documents, map[string]any{beginningsField: terms, termsField: terms, createdField: session.Created})
	}
	begin := time.Now()
	batch := p.index.NewBatch()
	for i, document := range documents {
		if err := batch.Index(rankID(from+i), document); err != nil {
			return err
		}
	}
	p.onDisk.Add(1)
	batch.SetPersistedCallback(func(error) { p.onDisk.Done() }) // called once
	err := p.index.Batch(batch)
	p.took += time.Since(begin)
	return err
}

// firstRankID makes all document IDs of the same length.
const firstRankID = 1_000_000_000

// rankID sorts as the rank does.
func rankID(rank int) string { return strconv.Itoa(firstRankID + rank) }

// id is a Session ID. A million strings would be a load on the garbage collector
// while the others are measured.
func (p *plainBleve) id(rank int) string {
	begin := 0
	if rank > 0 {
		begin = p.ends[rank-1]
	}
	return string(p.ids[begin:p.ends[rank]])
}

// ask implements engine for texts.
func (p *plainBleve) ask(ctx context.Context, q idv.Query) (done answer, err error) {
	begin := time.Now()
	defer func() { done.took = time.Since(begin) }()
	request := bleve.NewSearchRequestOptions(expressionOf(q.Text).bleve(), q.Limit, q.Offset, false)
	request.SortBy([]string{"-" + createdField, "_id"})
	request.Score = "none"
	result, err := p.index.SearchInContext(ctx, request)
	if err != nil {
		return answer{}, err
	}
	done.total = int(result.Total)
	for _, hit := range result.Hits {
		rank, err := strconv.Atoi(hit.ID)
		if err != nil {
			return answer{}, err
		}
		done.rows = append(done.rows, idv.Row{SessionID: p.id(rank - firstRankID)})
	}
	return done, nil
}

// bleve writes the expression as Bleve takes it.
func (e expression) bleve() query.Query {
	parts := e.all
	switch {
	case e.isZero():
		return bleve.NewMatchAllQuery()
	case e.prefix != "":
		return beginning(e.prefix)
	case len(e.any) > 0:
		parts = e.any
	}
	var all []query.Query
	for _, part := range parts {
		all = append(all, part.bleve())
	}
	if len(e.any) > 0 {
		return bleve.NewDisjunctionQuery(all...)
	}
	return bleve.NewConjunctionQuery(all...)
}

// beginning finds the terms that begin so.
func beginning(text string) query.Query {
	if utf8.RuneCountInString(text) <= longest {
		q := bleve.NewTermQuery(text)
		q.SetField(beginningsField)
		return q
	}
	q := bleve.NewPrefixQuery(text)
	q.SetField(termsField)
	return q
}
