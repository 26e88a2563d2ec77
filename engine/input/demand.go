// Package input reads logs: files, folders, pipes, compressed or not, cut into blocks, searched for needles, decoded into batches by
// as many workers as there are, and accounted for in the ledger.
package input

import (
	"math"
	"slices"

	"spoor/engine/column"
)

// Demand is what a query needs of a scan. It is advisory: a scan may deliver more rows, never fewer.
type Demand struct {
	// All asks for every field of every record under its own name.
	All bool
	// Kinds maps each kind of event that is wanted ("sysmon/1") to the fields it needs. Nil means every kind, with the fields in Fields.
	Kinds map[string][]string
	// Except is kinds that are not wanted, where Kinds is nil.
	Except []string
	// Known is kinds whose events are told apart from others however many kinds there are, where Kinds is nil.
	Known []string
	// Fields is what every wanted kind needs, beyond what Kinds says.
	//
	// Besides the source's own names these are known: _time, _raw, host, source, sourcetype, _file, _offset, and column.Position.
	Fields []string
	// Spares is, by kind, fields that need not be taken from an event that has one of some others, or one that is enough.
	Spares map[string]map[string][]Spare
	// Types gives fields another type than string: values are coerced when they are read.
	Types map[string]column.Kind
	// Earliest and Latest bound _time, in nanoseconds since 1970: earliest inclusive, latest exclusive.
	Earliest, Latest int64
	// Clock says what the time of an event is.
	Clock Clock
	// JSON asks for JSON objects of which nobody knows what they are: their kind is "json", their fields are named as in ECS documents.
	JSON bool
	// Text asks for every record whatever it is: auditd's are of the kinds "auditd/SYSCALL" and so on, osquery's results of the kind "osquery", other
	// lines of the kind "text". Their fields are named as in the source. With JSON, documents of other tools are of the kind "json" too.
	Text bool
	// Braces asks for Splunk's names of fields in the kinds "json" and "osquery": those of arrays end in {}.
	Braces bool
	// At asks for nothing but the records that begin at these offsets of the decoded inputs, by the input's ordinal, each list sorted; the
	// window and the needles do not matter then. Nil: all records.
	At map[int][]int64
	// Needles is texts of which a wanted record holds at least one, ASCII letters in either case, in a field that is asked for or in its name. Nil: no
	// such condition.
	Needles []string
	// Texts is, of kinds of events, what texts a wanted event holds; those of kinds that are not in Known are under the empty name. Kinds that are
	// not here have no such condition.
	Texts map[string]Texts
}

// raw says whether somebody asks for the text of records.
func (d *Demand) raw() bool {
	for _, fields := range d.Kinds {
		if slices.Contains(fields, "_raw") {
			return true
		}
	}
	return d.All || slices.Contains(d.Fields, "_raw")
}

// Spare says which events need no value of a field: those that have another field whose value is enough.
type Spare struct {
	By     string
	Enough func(text string) bool // of its value if it is a single text; several workers may call it at once. Nil: whatever it is
}

// Texts is texts of which an event holds at least one, ASCII letters in either case, in the value of one of the fields.
type Texts struct{ Any, In []string }

// Clock says what the time of an event is. The zero value is UtcTime for Sysmon's events, unless its clock was wrong.
type Clock struct {
	Written bool   // of Sysmon's events SystemTime, if they have it
	Field   string // this field of all events, and nothing else
	Needed  bool   // events without a time are left out
}

// Beginning and End are the bounds of a Demand that asks for all times.
const (
	Beginning = math.MinInt64
	End       = math.MaxInt64
)
