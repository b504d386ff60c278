package archive

import (
	"fmt"

	"veridesk/backend/idv"
)

// View is a question that somebody has kept under a name.
type View struct {
	ID     string     `json:"id"` // the page's own
	Name   string     `json:"name"`
	Text   string     `json:"text"`
	Filter idv.Filter `json:"filter"`
	Sort   idv.Sort   `json:"sort"`
}

// The settings' names in the store.
const (
	settingViews  = "views"
	settingLayout = "layout"
)

// The most that is kept of what the page sends.
const (
	maxViews  = 200
	maxName   = 200      // bytes of a view's name
	maxText   = 4 << 10  // bytes of a view's text
	maxLayout = 16 << 10 // bytes of the layout
)

// Views are the kept questions, in the order that they were given; never nil.
func (a *Archive) Views() ([]View, error) {
	views := []View{}
	err := a.store.Setting(settingViews, &views)
	return views, err
}

// SetViews keeps the questions, in place of those that were kept.
func (a *Archive) SetViews(views []View) error {
	if len(views) > maxViews {
		return tooMuch(fmt.Sprintf("%d views are more than the %d that can be kept.", len(views), maxViews))
	}
	for _, view := range views {
		if len(view.Name) > maxName || len(view.Text) > maxText {
			return tooMuch(fmt.Sprintf("The view %.40q is too long to be kept.", view.Name))
		}
		if _, _, err := view.Filter.Span(); err != nil {
			return err
		}
	}
	return a.evenFull(func() error { return a.store.SetSetting(settingViews, views) })
}

// Layout is how the list's columns are to look, in the page's own words; "" as at
// first.
func (a *Archive) Layout() (layout string, err error) {
	err = a.store.Setting(settingLayout, &layout)
	return layout, err
}

// SetLayout keeps it.
func (a *Archive) SetLayout(layout string) error {
	if len(layout) > maxLayout {
		return tooMuch("This arrangement of columns is too long to be kept.")
	}
	return a.evenFull(func() error { return a.store.SetSetting(settingLayout, layout) })
}

func tooMuch(message string) error {
	return &idv.Error{Code: idv.CodeInvalid, Message: message + " Nothing was changed.", Hint: "Remove or shorten something."}
}
