package input

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// Ledger accounts for all that a scan read. It does not depend on how many workers there were; with needles, which records were
// looked at depends on the size of blocks: of each block, the first and the last record are looked at whatever they hold, so that
// First and Last are right for files in the order of time.
type Ledger struct {
	Scans int    `json:"scans"` // how often the files were read: every count is the sum over all readings
	Total Count  `json:"total"`
	Files []File `json:"files"`
}

// File is what was read of one input.
type File struct {
	Path   string `json:"path"`
	Failed string `json:"failed,omitempty"` // why it could not be read, or not to its end
	Count
	Places []Place `json:"unreadable_at,omitempty"` // the first few unreadable records
}

// Place is where a record is and what was wrong with it.
type Place struct {
	Offset int64  `json:"offset"`         // in decoded bytes
	Line   int64  `json:"line,omitempty"` // from 1; 0 if it was not worth finding out
	Note   string `json:"note"`
}

// Count is numbers of records. Every record is in just one of the classes from PassedOver to Unfinished.
type Count struct {
	Bytes  int64 `json:"bytes"`  // decoded
	Stored int64 `json:"stored"` // as they lie in files, compressed or not
	// LeftOut is decoded bytes whose records cannot be of the time that was asked for: an index knew.
	LeftOut int64 `json:"left_out,omitempty"`

	Records     int64            `json:"records"`
	PassedOver  int64            `json:"passed_over"` // not looked at, for want of a needle
	Kinds       map[string]int64 `json:"kinds"`       // events by kind
	Unwanted    int64            `json:"unwanted"`    // events of kinds that nobody asked for
	Other       int64            `json:"other"`       // other programs' lines
	Banner      int64            `json:"banner"`
	Blank       int64            `json:"blank"`
	Foreign     int64            `json:"foreign"`               // events of other providers
	Unsupported map[string]int64 `json:"unsupported,omitempty"` // logs of other kinds by their name
	Lost        int64            `json:"lost"`
	Unreadable  int64            `json:"unreadable"`
	Unfinished  int64            `json:"unfinished"` // a last line that was not written to its end

	// Of the events:
	Salvaged    int64            `json:"salvaged"`      // damaged or truncated
	Duplicates  int64            `json:"duplicates"`    // at least so many were delivered before; with Unique, exactly
	OutOfWindow int64            `json:"out_of_window"` // earlier or later than asked for
	NoTime      int64            `json:"no_time"`       // without a time, when one was asked for
	Formats     map[string]int64 `json:"formats,omitempty"`
	LostHint    string           `json:"lost_hint,omitempty"` // how to keep what was lost
	First       Moment           `json:"first,omitzero"`      // the earliest event that was looked at, in the window or not
	Last        Moment           `json:"last,omitzero"`
}

// Moment is a time in nanoseconds since 1970, or 0 for none. In JSON it is RFC 3339.
type Moment int64

// MarshalJSON writes the time in UTC.
func (m Moment) MarshalJSON() ([]byte, error) {
	return json.Marshal(column.FormatTime(int64(m), time.UTC))
}

// Events is the number of events that were decoded.
func (c *Count) Events() (n int64) {
	for _, k := range c.Kinds {
		n += k
	}
	return n
}

// sum is the number of records in all classes.
func (c *Count) sum() int64 {
	n := c.PassedOver + c.Events() + c.Unwanted + c.Other + c.Banner + c.Blank + c.Foreign + c.Lost + c.Unreadable + c.Unfinished
	for _, k := range c.Unsupported {
		n += k
	}
	return n
}

// seen widens the span of times.
func (c *Count) seen(first, last Moment) {
	if c.First == 0 || first != 0 && first < c.First {
		c.First = first
	}
	if c.Last == 0 || last > c.Last {
		c.Last = last
	}
}

// add puts the numbers of o on top.
func (c *Count) add(o *Count) {
	for _, p := range []struct{ to, from *int64 }{
		{&c.Bytes, &o.Bytes}, {&c.Stored, &o.Stored}, {&c.LeftOut, &o.LeftOut}, {&c.Records, &o.Records}, {&c.PassedOver, &o.PassedOver}, {&c.Unwanted, &o.Unwanted},
		{&c.Other, &o.Other}, {&c.Banner, &o.Banner}, {&c.Blank, &o.Blank}, {&c.Foreign, &o.Foreign}, {&c.Lost, &o.Lost},
		{&c.Unreadable, &o.Unreadable}, {&c.Unfinished, &o.Unfinished}, {&c.Salvaged, &o.Salvaged}, {&c.Duplicates, &o.Duplicates},
		{&c.OutOfWindow, &o.OutOfWindow}, {&c.NoTime, &o.NoTime},
	} {
		*p.to += *p.from
	}
	addAll(&c.Kinds, o.Kinds)
	addAll(&c.Unsupported, o.Unsupported)
	addAll(&c.Formats, o.Formats)
	if c.LostHint == "" {
		c.LostHint = o.LostHint
	}
	c.seen(o.First, o.Last)
}

func addAll(to *map[string]int64, from map[string]int64) {
	if len(from) > 0 && *to == nil {
		*to = make(map[string]int64, len(from))
	}
	for name, n := range from {
		(*to)[name] += n
	}
}

// places is how many unreadable records a ledger tells of, per file.
const places = 5

// addFile puts what one worker counted of a file on top.
func (f *File) addFile(o *File) {
	f.add(&o.Count)
	f.Places = append(f.Places, o.Places...)
	slices.SortFunc(f.Places, func(a, b Place) int { return int(min(max(a.Offset-b.Offset, -1), 1)) })
	f.Places = f.Places[:min(len(f.Places), places)]
}

// finish makes the totals.
func (l *Ledger) finish() {
	l.Total = Count{Kinds: map[string]int64{}}
	for i := range l.Files {
		f := &l.Files[i]
		f.Records = f.sum()
		l.Total.add(&f.Count)
	}
}

// Add puts the account of another reading of the same inputs on top.
func (l *Ledger) Add(o *Ledger) {
	l.Scans += o.Scans
	if len(l.Files) == 0 {
		l.Files = make([]File, len(o.Files))
	}
	for i := range o.Files {
		to, from := &l.Files[i], &o.Files[i]
		to.Path = from.Path
		if to.Kinds == nil {
			to.Kinds = map[string]int64{}
		}
		if to.Failed == "" {
			to.Failed = from.Failed
		}
		to.addFile(from)
		to.Places = slices.CompactFunc(to.Places, func(a, b Place) bool { return a.Offset == b.Offset })
	}
	l.finish()
}

// clone is a copy that the scan no longer changes.
func (l *Ledger) clone() *Ledger {
	out := &Ledger{Scans: l.Scans, Files: slices.Clone(l.Files)}
	for i := range out.Files {
		f := &out.Files[i]
		f.Kinds, f.Unsupported, f.Formats, f.Places = maps.Clone(f.Kinds), maps.Clone(f.Unsupported), maps.Clone(f.Formats), slices.Clone(f.Places)
	}
	out.finish()
	return out
}

// Errors is a diagnostic for each input that could not be read, or not to its end.
func (l *Ledger) Errors() (out source.Errors) {
	for _, f := range l.Files {
		if f.Failed != "" {
			out = append(out, source.Errorf(source.Span{}, "unreadable", "%s: %s", shown(f.Path), f.Failed))
		}
	}
	return out
}
