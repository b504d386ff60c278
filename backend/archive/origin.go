package archive

import (
	"context"
	"time"

	"veridesk/backend/demo"
	"veridesk/backend/idv"
	"veridesk/backend/source"
)

// SyncFrom makes o the archive's origin and syncs from it. key is the portal's;
// the demo portal has its own. An origin that is refused is not kept.
func (a *Archive) SyncFrom(ctx context.Context, o Origin, key string, report func(idv.Progress)) (idv.Report, error) {
	known, err := a.Origin()
	if err != nil {
		return idv.Report{Rejected: []idv.Rejection{}}, err
	}
	if o.Kind == OriginDemo {
		o.Since = time.Now().UTC()
		if known.Kind == OriginDemo && known.Sessions == o.Sessions && known.Seed == o.Seed {
			o.Since = known.Since
		}
	}
	switch o.Kind {
	case OriginDemo:
		return a.syncDemo(ctx, o, report)
	case OriginPortal:
		return a.syncFeed(ctx, o, source.FeedOptions{Address: o.Address, Key: key}, report)
	default:
		return idv.Report{Rejected: []idv.Rejection{}}, &idv.Error{
			Code:    idv.CodeInvalid,
			Message: "This archive is not connected to a portal.",
			Hint:    "Connect it to a portal, or import another CSV export.",
		}
	}
}

// syncDemo runs the demo portal for as long as the sync takes. The demo's clock
// goes on from one run to the next, so that what is pending turns final.
func (a *Archive) syncDemo(ctx context.Context, o Origin, report func(idv.Progress)) (idv.Report, error) {
	options := demo.Options{
		Sessions: o.Sessions, Seed: o.Seed, Key: demo.DefaultKey,
		Now: func() time.Time { return demo.Epoch.Add(time.Since(o.Since)) },
	}
	portal, err := demo.Listen("127.0.0.1:0", options)
	if err != nil {
		return idv.Report{Rejected: []idv.Rejection{}}, err
	}
	defer portal.Close()
	return a.syncFeed(ctx, o, source.FeedOptions{
		Address: portal.URL(), Key: options.Key, Name: demo.SourceName(options),
	}, report)
}

// syncFeed syncs and keeps the origin as soon as it has proved to be one.
func (a *Archive) syncFeed(ctx context.Context, o Origin, feed source.FeedOptions, report func(idv.Progress)) (idv.Report, error) {
	src, err := source.NewFeed(feed)
	if err != nil {
		return idv.Report{Rejected: []idv.Rejection{}}, err
	}
	return a.sync(ctx, src, report, func() error { return a.store.SetSetting(settingOrigin, o) })
}

// Import reads the portal's CSV exports, one after the other. If one of them is
// none, nothing is read. If one breaks off, what came before is kept.
func (a *Archive) Import(ctx context.Context, files []string, report func(idv.Progress)) (idv.Report, error) {
	sum := idv.Report{Rejected: []idv.Rejection{}}
	var sources []source.Source
	for _, file := range files {
		src, err := source.NewCSV(file)
		if err != nil {
			return sum, err
		}
		sources = append(sources, src)
	}
	for _, src := range sources {
		done, err := a.Sync(ctx, src, report)
		sum.Add(done)
		if err != nil {
			return sum, err
		}
	}
	o, err := a.Origin()
	if err == nil && o.Kind == OriginNone {
		err = a.store.SetSetting(settingOrigin, Origin{Kind: OriginCSV})
	}
	return sum, err
}
