package search

// What of an update needs no index: the terms, and a segment of them. It is most
// of the work, and is done beforehand, for several batches at once, see Feed.
// Bleve makes a batch's segment itself, while nothing else may be written; it has a
// registry of the ways to do so, and ours hands it the one that is ready.

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/zapx/v17"

	"veridesk/backend/giveway"
)

// prepared is a batch that Bleve has only to take in.
type prepared struct {
	seq     uint64
	ids     []string        // of the documents that the segment has
	gone    []string        // of those that are to go
	segment segment.Segment // nil without ids
}

// prepare makes a batch of sessions. When an ordinal comes twice, the later one
// counts.
func prepare(docs []Doc, seq uint64, way *giveway.Way) (p *prepared, err error) {
	p = &prepared{seq: seq}
	err = guard(func() error {
		latest := latest(docs)
		all := make([]index.Document, 0, len(latest))
		for i, d := range documents(latest, way) {
			if latest[i].Session.Erased != nil {
				p.gone = append(p.gone, d.id)
				continue
			}
			d.AddIDField()
			p.ids = append(p.ids, d.id)
			all = append(all, d)
		}
		if len(all) > 0 {
			p.segment, _, err = maker.New(all)
		}
		return err
	})
	return p, err
}

// latest puts the sessions in order of their ordinals, each once.
func latest(docs []Doc) []*Doc {
	ordered := make([]*Doc, len(docs))
	for i := range docs {
		ordered[len(docs)-1-i] = &docs[i]
	}
	slices.SortStableFunc(ordered, func(a, b *Doc) int { return cmp.Compare(a.Ordinal, b.Ordinal) })
	return slices.CompactFunc(ordered, func(a, b *Doc) bool { return a.Ordinal == b.Ordinal })
}

// fill puts the batch into one of Bleve's.
func (p *prepared) fill(batch *index.Batch) {
	for _, id := range p.gone {
		batch.Delete(id)
	}
	ready := make([]readyDocument, len(p.ids))
	for i, id := range p.ids {
		ready[i] = readyDocument{sessionDocument{id: id}, p.segment}
		batch.Update(&ready[i])
	}
}

// readyDocument is a document that is in a segment already.
type readyDocument struct {
	sessionDocument
	segment segment.Segment
}

// AddIDField does nothing: the segment has it.
func (*readyDocument) AddIDField() {}

// segments is Bleve's way to make segments, but for those that are ready.
type segments struct{ zap.ZapPlugin }

// maker is the only one.
var maker = &segments{}

// NewUsing implements scorch.SegmentPlugin. Of a batch either all documents are
// ready or none, see prepared.fill and putFiller.
func (s *segments) NewUsing(docs []index.Document, config map[string]any) (segment.Segment, uint64, error) {
	if ready, ok := docs[0].(*readyDocument); ok {
		return ready.segment, uint64(ready.segment.Size()), nil
	}
	return s.ZapPlugin.NewUsing(docs, config)
}

// MergeUsing implements scorch.SegmentPlugin. Files are merged when those that were
// found on opening have been checked as a whole: Bleve takes lengths from what it
// merges, and a wrong one can end the process.
func (s *segments) MergeUsing(
	merged []segment.Segment, drops []*roaring.Bitmap, path string, closing chan struct{},
	stats segment.StatsReporter, config map[string]any,
) ([][]uint64, uint64, error) {
	g, err := generations.of(path)
	if err != nil {
		return nil, 0, err
	}
	if slices.ContainsFunc(merged, isFile) && !g.check.wait(closing) {
		return nil, 0, segment.ErrClosed // which ends Bleve's merger
	}
	return s.ZapPlugin.MergeUsing(merged, drops, path, closing, stats, config)
}

func isFile(s segment.Segment) bool {
	_, ok := s.(segment.PersistedSegment)
	return ok
}

var _ scorch.SegmentPlugin = maker
