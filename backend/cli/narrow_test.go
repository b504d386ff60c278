package cli

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"veridesk/backend/idv"
)

// asked reads flags and words as search and export do.
func asked(args ...string) (idv.Query, error) {
	flags := pflag.NewFlagSet("search", pflag.ContinueOnError)
	n := newNarrow(flags)
	if err := flags.Parse(args); err != nil {
		return idv.Query{}, err
	}
	return n.query(flags.Args(), time.FixedZone("Tbilisi", 4*3600))
}

func TestNarrow(t *testing.T) {
	for line, want := range map[string]idv.Query{
		"nino ber":                          {Text: "nino ber"},
		"--status failed,none":              {Filter: idv.Filter{Outcomes: []idv.Outcome{idv.Failed, idv.OutcomeUnknown}}},
		"--spoof lowFar --spoof digital":    {Filter: idv.Filter{Spoofs: []idv.Spoof{idv.LowFAR, idv.DigitalSpoof}}},
		"--document passport,none x":        {Text: "x", Filter: idv.Filter{Documents: []string{"passport", ""}}},
		"--level 3":                         {Filter: idv.Filter{Matches: idv.Matches{Min: 3, Max: 3}}},
		"--level 1-3":                       {Filter: idv.Filter{Matches: idv.Matches{Min: 1, Max: 3}}},
		"--level 5-":                        {Filter: idv.Filter{Matches: idv.Matches{Min: 5}}},
		"--level -4":                        {Filter: idv.Filter{Matches: idv.Matches{Max: 4}}},
		"--level none":                      {Filter: idv.Filter{Matches: idv.Matches{None: true}}},
		"--from 2025-03-01 --to=2025-03-01": {Filter: idv.Filter{From: "2025-03-01T00:00:00+04:00", Before: "2025-03-02T00:00:00+04:00"}},
		"--to 2025-03-01T10:00:00.5Z":       {Filter: idv.Filter{Before: "2025-03-01T10:00:00.5Z"}},
		"--sort created --ascending":        {Sort: idv.Sort{Ascending: true}},
		"--sort lastName":                   {Sort: idv.Sort{By: idv.ByLastName}},
		"--tag PEP --device PC --country GE,DE --environment Sandbox --reviewed no --liveness none": {Filter: idv.Filter{
			Tags: []string{"PEP"}, Devices: []string{"PC"}, Countries: []string{"GE", "DE"}, Environments: []string{"Sandbox"},
			Reviewed: []string{idv.ReviewedNo}, Liveness: []string{""},
		}},
	} {
		got, err := asked(strings.Fields(line)...)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v, want %+v", line, got.Filter, err, want.Filter)
		}
	}
}

func TestNarrowRefuses(t *testing.T) {
	for line, named := range map[string]string{
		"--status good":     `"good"`,
		"--spoof lowfar":    `"lowfar"`,
		"--reviewed none":   `"none"`,
		"--level 0":         `"0"`,
		"--level 5-3":       `"5-3"`,
		"--level -":         `"-"`,
		"--level high":      `"high"`,
		"--from 01.03.2025": `"01.03.2025"`,
		"--to 2025-02-30":   `"2025-02-30"`,
		"--sort surname":    `"surname"`,
	} {
		if _, err := asked(strings.Fields(line)...); err == nil || !strings.Contains(err.Error(), named) {
			t.Errorf("%s: %v, want it to name %s", line, err, named)
		}
	}
}
