package archive

import (
	"errors"
	"fmt"
	"time"

	"veridesk/backend/idv"
	"veridesk/backend/source"
)

// The settings' names in the store.
const (
	settingOrigin = "origin"
	settingSynced = "synced"
	settingFolder = "exportFolder"
	settingUser   = "settings"
)

// secretPortal names the key of the portal that is the origin.
const secretPortal = "portal"

// Settings are what the user decides for this archive.
type Settings struct {
	LockMinutes    int `json:"lockMinutes"`    // without a touch until the archive locks itself; 0 never
	RetentionYears int `json:"retentionYears"` // after completion until a session is erased; 0 never
	AcceptedLevel  int `json:"acceptedLevel"`  // the match level that the company accepts; a lower one is a possible spoof; 0 none is
	// PhotoHosts are the hosts, beside the portal's own, that photos may be fetched
	// from: a portal may keep them in a storage elsewhere.
	PhotoHosts []string `json:"photoHosts"` // never nil
}

// defaultLock is after how many minutes an archive locks itself unless its user
// wants it otherwise.
const defaultLock = 5

// defaultAccepted is the match level of a false acceptance rate of 1 in 10,000.
const defaultAccepted = 5

// The most that the settings take.
const (
	maxLockMinutes    = 24 * 60
	maxRetentionYears = 100
	maxAccepted       = 9
)

// Settings are the user's, or the defaults.
func (a *Archive) Settings() (Settings, error) {
	settings := Settings{LockMinutes: defaultLock, AcceptedLevel: defaultAccepted, PhotoHosts: []string{}}
	err := a.store.Setting(settingUser, &settings)
	return settings, err
}

// SetSettings keeps the user's settings. A retention takes effect with the next
// sync; a Safe makes it take effect at once.
func (a *Archive) SetSettings(s Settings) error {
	if err := s.check(); err != nil {
		return err
	}
	if s.PhotoHosts == nil {
		s.PhotoHosts = []string{}
	}
	// A host that is none is refused before it is kept.
	if _, err := source.NewFetcher(source.FetchOptions{Portal: "https://localhost", Hosts: s.PhotoHosts}); err != nil {
		return err
	}
	err := a.evenFull(func() error { return a.store.SetSetting(settingUser, s) })
	if err != nil {
		return err
	}
	return a.noted(actionSettings, "", nil, "lock minutes", s.LockMinutes, "retention years", s.RetentionYears, "accepted level", s.AcceptedLevel)
}

// check names the setting that is out of its range.
func (s Settings) check() error {
	for _, n := range []struct {
		what  string
		value int
		most  int
	}{
		{"minutes until the lock", s.LockMinutes, maxLockMinutes},
		{"years to keep sessions", s.RetentionYears, maxRetentionYears},
		{"accepted match level", s.AcceptedLevel, maxAccepted},
	} {
		if n.value < 0 || n.value > n.most {
			return &idv.Error{
				Code:    idv.CodeInvalid,
				Message: fmt.Sprintf("The %s can be 0 to %d, not %d. Nothing was changed.", n.what, n.most, n.value),
				Hint:    "0 stands for never, or for none.",
			}
		}
	}
	return nil
}

// Origin is where the archive's sessions come from. It holds no secret.
type Origin struct {
	Kind     OriginKind `json:"kind"`
	Address  string     `json:"address,omitempty"`  // the portal's
	Sessions int        `json:"sessions,omitempty"` // of the demo portal
	Seed     int64      `json:"seed,omitempty"`     // of the demo portal
	Since    time.Time  `json:"since,omitzero"`     // when the demo portal's clock started
}

// OriginKind is a kind of origin.
type OriginKind string

// The kinds of origin. The zero value is an archive that nobody has filled yet.
const (
	OriginNone   OriginKind = ""
	OriginDemo   OriginKind = "demo"
	OriginPortal OriginKind = "portal"
	OriginCSV    OriginKind = "csv"
)

// Origin is where Refresh reads from.
func (a *Archive) Origin() (o Origin, err error) {
	err = a.store.Setting(settingOrigin, &o)
	return o, err
}

// Synced is when the last sync or import came to its end; zero if none did.
func (a *Archive) Synced() (at time.Time, err error) {
	err = a.store.Setting(settingSynced, &at)
	return at, err
}

// ExportFolder is the folder that the user last chose for an export; "" if none.
func (a *Archive) ExportFolder() (folder string, err error) {
	err = a.store.Setting(settingFolder, &folder)
	return folder, err
}

// SetExportFolder keeps the folder for the next export.
func (a *Archive) SetExportFolder(folder string) error {
	return a.store.SetSetting(settingFolder, folder)
}

// Connected is where Refresh reads from, as the window shows it.
type Connected struct {
	Kind     OriginKind `json:"kind"`
	Address  string     `json:"address"`
	NeedsKey bool       `json:"needsKey"` // the portal's key has to be given again
}

// About is what the window shows of the archive as a whole.
type About struct {
	Origin   Connected
	Status   Status
	Synced   string // RFC 3339, UTC; "" never
	Settings Settings
}

// About tells of the archive as a whole.
func (a *Archive) About() (about About, err error) {
	origin, err1 := a.Origin()
	synced, err2 := a.Synced()
	key, err3 := a.store.Secret(secretPortal)
	settings, err4 := a.Settings()
	about = About{
		Origin:   Connected{Kind: origin.Kind, Address: origin.Address, NeedsKey: origin.Kind == OriginPortal && key == ""},
		Status:   a.Status(),
		Settings: settings,
	}
	if !synced.IsZero() {
		about.Synced = synced.Format(time.RFC3339)
	}
	return about, errors.Join(err1, err2, err3, err4)
}
