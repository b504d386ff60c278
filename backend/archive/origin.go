package archive

import (
	"context"
	"errors"
	"time"

	"veridesk/backend/demo"
	"veridesk/backend/idv"
	"veridesk/backend/source"
)

// SyncFrom makes o the archive's origin and syncs from it. key is the portal's;
// "" takes the one that is kept since the last sync. The demo portal has its own.
// An origin that is refused is not kept.
func (a *Archive) SyncFrom(ctx context.Context, o Origin, key string, report func(idv.Progress)) (idv.Report, error) {
	nothing := idv.Report{Rejected: []idv.Rejection{}}
	known, err := a.Origin()
	if err != nil {
		return nothing, err
	}
	switch o.Kind {
	case OriginDemo:
		o.Since = time.Now().UTC()
		if known.Kind == OriginDemo && known.Sessions == o.Sessions && known.Seed == o.Seed {
			o.Since = known.Since
		}
		return a.syncDemo(ctx, o, report)
	case OriginPortal:
		if key, err = a.keyFor(o, known, key); err != nil {
			return nothing, err
		}
		return a.syncPortal(ctx, o, key, report)
	default:
		return nothing, notConnected()
	}
}

func notConnected() error {
	return &idv.Error{
		Code:    idv.CodeInvalid,
		Message: "This archive is not connected to a portal.",
		Hint:    "Connect it to a portal, or import another CSV export.",
	}
}

// keyFor is the key to show to the portal. Without a passphrase nothing of a
// real portal is taken in.
func (a *Archive) keyFor(o, known Origin, key string) (string, error) {
	if a.IsDemo() && !source.OnThisMachine(o.Address) {
		return "", &idv.Error{
			Code:    idv.CodeInvalid,
			Message: "This is a demo archive without a passphrase: anybody can open it. Nothing was synced.",
			Hint:    "Start a protected archive for the sessions of a real portal.",
		}
	}
	if key != "" || o.Address != known.Address {
		return key, nil
	}
	key, err := a.store.Secret(secretPortal)
	if err == nil && key == "" {
		err = &idv.Error{
			Code: idv.CodeKeyNeeded, Message: "The portal's key is needed again: the portal refused the one that was kept.",
			Hint: "Enter the key to go on.",
		}
	}
	return key, err
}

// syncPortal keeps the key with the origin, once the portal has taken it, and
// forgets a key that the origin refuses.
func (a *Archive) syncPortal(ctx context.Context, o Origin, key string, report func(idv.Progress)) (idv.Report, error) {
	done, err := a.syncFeed(ctx, o, source.FeedOptions{Address: o.Address, Key: key}, key, report)
	if failure := idv.AsError(err); failure == nil || failure.Code != idv.CodeRefused {
		return done, err
	}
	now, known := a.Origin()
	if known == nil && now.Kind == OriginPortal && now.Address == o.Address {
		err = errors.Join(err, a.store.SetSecret(secretPortal, ""))
	}
	return done, err
}

// syncDemo runs the demo portal for as long as the sync takes.
func (a *Archive) syncDemo(ctx context.Context, o Origin, report func(idv.Progress)) (done idv.Report, err error) {
	done = idv.Report{Rejected: []idv.Rejection{}}
	err = withDemo(o, func(feed source.FeedOptions) error {
		done, err = a.syncFeed(ctx, o, feed, "", report)
		return err
	})
	return done, err
}

// withDemo runs the demo portal for as long as use takes. The demo's clock goes on
// from one run to the next, so that what is pending turns final.
func withDemo(o Origin, use func(source.FeedOptions) error) error {
	options := demo.Options{
		Sessions: o.Sessions, Seed: o.Seed, Key: demo.DefaultKey,
		Now: func() time.Time { return demo.Epoch.Add(time.Since(o.Since)) },
	}
	portal, err := demo.Listen("127.0.0.1:0", options)
	if err != nil {
		return err
	}
	defer portal.Close()
	return use(source.FeedOptions{Address: portal.URL(), Key: options.Key, Name: demo.SourceName(options)})
}

// syncFeed syncs, and keeps the origin and its key as soon as it has proved to be
// one.
func (a *Archive) syncFeed(ctx context.Context, o Origin, feed source.FeedOptions, key string, report func(idv.Progress)) (idv.Report, error) {
	src, err := source.NewFeed(feed)
	if err != nil {
		return idv.Report{Rejected: []idv.Rejection{}}, err
	}
	return a.sync(ctx, src, report, func() error {
		return errors.Join(a.store.SetSetting(settingOrigin, o), a.store.SetSecret(secretPortal, key))
	})
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
