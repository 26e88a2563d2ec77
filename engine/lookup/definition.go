// Package lookup holds tables beside the logs: their files, the definitions that say how they match, and the matching itself.
//
// A Library is some folders; nothing outside of them is read or written. A definition comes from transforms.conf or a YAML file of
// its own, or is made up for a file that is named directly.
package lookup

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Match says how the cells of a column are compared with a value.
type Match uint8

// The ways to match: as the same text, as a pattern with `*` in the cell, as an address in the cell's network.
const (
	Exact Match = iota
	Wildcard
	CIDR
)

// Definition says which file a lookup is and how it matches.
type Definition struct {
	Name       string
	File       string
	Fields     []string // the columns of a collection as long as nobody has written it; nil: the file must be there
	Match      map[string]Match
	IgnoreCase bool
	Min, Max   int
	MaxGiven   bool   // Max is the definition's own
	Default    string // the value that fills up to Min matches
	Filter     string // a search expression that the rows satisfy; empty: all rows
	Time       *Time  // nil: time plays no part
	External   bool   // a program, which does not run here

	folder int // where it was found
}

// Time bounds a lookup: a row holds from its own time on.
type Time struct {
	Field, Format        string
	MinOffset, MaxOffset float64 // seconds that an event may come behind the row
}

// Defaults of transforms.conf.
const (
	mostMatches      = 100
	mostMatchesTimed = 1
	longestOffset    = 2e9
)

func newDefinition(name string) *Definition {
	return &Definition{Name: name, Match: map[string]Match{}, Max: mostMatches}
}

// set takes a key of transforms.conf; YAML files use the same. What has to do with Splunk's servers alone is left out.
func (d *Definition) set(key, value string) error {
	switch key {
	case "filename":
		d.File = value
	case "collection":
		d.File = value + ".csv"
		d.Fields = append([]string{}, d.Fields...)
	case "fields_list":
		d.Fields = append(d.Fields, list(value)...)
	case "external_cmd":
		d.External = true
	case "match_type":
		return d.setMatch(value)
	case "case_sensitive_match":
		yes, err := truth(value)
		d.IgnoreCase = err == nil && !yes
		return err
	case "min_matches":
		return count(value, &d.Min)
	case "max_matches":
		d.MaxGiven = true
		return count(value, &d.Max)
	case "default_match":
		d.Default = value
	case "filter":
		d.Filter = value
	case "time_field":
		d.time().Field = value
	case "time_format":
		d.time().Format = value
	case "max_offset_secs":
		return seconds(value, &d.time().MaxOffset)
	case "min_offset_secs":
		return seconds(value, &d.time().MinOffset)
	}
	return nil
}

func (d *Definition) time() *Time {
	if d.Time == nil {
		d.Time = &Time{Format: "%s.%Q", MaxOffset: longestOffset}
	}
	return d.Time
}

// finish settles what depends on several keys; ok is false if this defines no lookup.
func (d *Definition) finish() (ok bool) {
	if d.Time != nil && d.Time.Field == "" {
		d.Time = nil
	}
	if d.Time != nil && !d.MaxGiven {
		d.Max = mostMatchesTimed
	}
	return d.File != "" || d.External
}

// setMatch reads `WILDCARD(field), CIDR(field)`.
func (d *Definition) setMatch(value string) error {
	for _, item := range list(value) {
		kind, rest, ok := strings.Cut(item, "(")
		field, end, closed := strings.Cut(rest, ")")
		if !ok || !closed || strings.TrimSpace(end) != "" {
			return fmt.Errorf("match_type is a list of WILDCARD(field), CIDR(field) and EXACT(field), not %q", value)
		}
		field = strings.TrimSpace(field)
		switch strings.ToUpper(strings.TrimSpace(kind)) {
		case "WILDCARD":
			d.Match[field] = Wildcard
		case "CIDR":
			d.Match[field] = CIDR
		case "EXACT":
			d.Match[field] = Exact
		default:
			return fmt.Errorf("match_type knows WILDCARD, CIDR and EXACT, not %q", kind)
		}
	}
	return nil
}

func list(value string) []string {
	var out []string
	for _, s := range strings.Split(value, ",") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func truth(value string) (bool, error) {
	switch strings.ToLower(value) {
	case "1", "t", "true", "y", "yes":
		return true, nil
	case "0", "f", "false", "n", "no":
		return false, nil
	}
	return true, fmt.Errorf("not true or false: %q", value)
}

func count(value string, to *int) error {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 || n > math.MaxInt32 {
		return fmt.Errorf("not a whole number: %q", value)
	}
	*to = n
	return nil
}

func seconds(value string, to *float64) error {
	f, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(f) {
		return fmt.Errorf("not a number of seconds: %q", value)
	}
	*to = f
	return nil
}
