package archive

import "time"

// The settings' names in the store.
const (
	settingOrigin = "origin"
	settingSynced = "synced"
	settingFolder = "exportFolder"
)

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
