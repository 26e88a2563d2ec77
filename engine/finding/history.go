package finding

import (
	"fmt"

	"spoor/engine/column"
)

// Status is what a finding is to those who read the findings of earlier runs.
type Status string

// The statuses: never told; told, but grown since; and told by a run that did not come to its end, so that it may not have arrived.
const (
	StatusNew    Status = "new"
	StatusUpdate Status = "update"
	StatusAgain  Status = "again"
)

// History is what earlier runs over the same logs know of a finding.
type History struct {
	// Fingerprint is the same for whatever runs over overlapping times find alike, wherever its records stand by now.
	Fingerprint string
	Status      Status
	Seen        int     // how many times it was told, this time included
	Since       int64   // the first moment of what was told the first time, in nanoseconds since 1970
	Late        bool    // it rests on records that were written after the time they tell had been searched
	Suppressed  int     // how many like it were not told since the last time
	Folded      *Folded // what it has in common with those; nil if its rule suppresses none
}

// Folded is what a finding and those like it that are not told have in common.
type Folded struct {
	Terms       []Term
	First, Last int64 // of all of them, in nanoseconds since 1970
}

// Term is a field by which a rule suppresses, and its values; none if it is missing.
type Term struct {
	Field  string
	Values []column.Value
}

// word is how a table says it.
func (h *History) word() string {
	if h == nil {
		return ""
	}
	text := string(h.Status)
	if h.Seen > 1 {
		text += fmt.Sprintf(", seen %dx", h.Seen)
	}
	if h.Late {
		text += ", late"
	}
	if h.Suppressed > 0 {
		text += fmt.Sprintf(", %d more suppressed", h.Suppressed)
	}
	return text
}

// of is a value that the history tells, and null without one.
func (h *History) of(tell func(*History) column.Value) column.Value {
	if h == nil {
		return column.Value{}
	}
	return tell(h)
}
