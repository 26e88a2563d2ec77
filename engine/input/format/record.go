// Package format decodes log records: it peels envelopes (syslog prefixes, journald, Splunk and Azure exports ...) and reads the
// event inside (XML and its many renderings as JSON, ECS) into a Record, under the source's own field names.
//
// One file per envelope and per payload. To add one, write its file and a line in the table.
package format

import "time"

// Record receives the fields of one event from a decoder, and hands those that somebody wants to the scan. It belongs to one
// worker and is reused from event to event.
type Record struct {
	// Kind is the event's source and type, such as "sysmon/1" or "ecs/process": what decides how its fields are mapped.
	Kind string
	// Meta is what the envelope knows of the event.
	Meta Meta
	// Raw is the record as it stands in the input, without its line end.
	Raw []byte
	// Note says what was wrong or which kind of log it is, for the ledger; empty for a whole event.
	Note string

	wanted  *Wanted
	slots   map[string]int
	names   []string
	cells   []Cell
	touched []int
	scratch []byte

	// Where the envelope's host and time stand.
	host   value
	hosts  hosts
	stamp  value
	micros bool // the stamp counts microseconds
	prefix []byte
}

// Meta is what an envelope knows of the event inside it. Empty and zero where it does not.
type Meta struct {
	Envelope   string // its name, for the ledger: "journald"
	Host       string // what Record.Host found
	Time       int64  // what Record.Time found
	Yearless   bool   // that may depend on when now is
	Source     string
	Sourcetype string
}

// Cell is the value of one field: text, or several texts. Bytes are valid until the record is reused.
type Cell struct {
	Text []byte
	More [][]byte // further values of a multivalue
	Set  bool     // false: the event lacks the field
}

// Wanted says which fields of which kinds a scan asks for.
type Wanted struct {
	All    bool                // every field of every wanted kind
	Fields []string            // names asked for by any kind; further ones are not read unless All
	Kinds  map[string]struct{} // kinds asked for; nil means every kind but those in Except
	Except map[string]struct{}
	JSON   bool // also JSON objects of no known form, as events of the kind "json"
	Audit  bool // also auditd's records
	Text   bool // also every other line, as events of the kind "text", and auditd's records
	Braces bool // names of arrays in JSON of no known form end in {}, as Splunk has them

	NoOutlines bool // every record is read by itself

	// What tells the time of a line that says it without a year or a zone.
	Now  int64          // nanoseconds since 1970; 0: a stamp without a year is no time
	Zone *time.Location // nil: UTC
}

// audits says whether auditd's records are read.
func (w *Wanted) audits() bool { return w.Audit || w.Text }

func (w *Wanted) zone() *time.Location {
	if w.Zone == nil {
		return time.UTC
	}
	return w.Zone
}

// Kind says whether events of the kind are asked for: a decoder that knows the kind early may stop with the outcome Unwanted.
func (w *Wanted) Kind(kind string) bool {
	if w.Kinds == nil {
		_, no := w.Except[kind]
		return !no
	}
	_, ok := w.Kinds[kind]
	return ok
}

// below says whether a field is asked for whose name begins with another name and a dot or a brace.
func (w *Wanted) below(name string) bool {
	for _, field := range w.Fields {
		if len(field) > len(name) && (field[len(name)] == '.' || field[len(name)] == '{') && field[:len(name)] == name {
			return true
		}
	}
	return false
}

// NewRecord makes a record for the wanted fields: they get the slots 0, 1, ... in their order.
func NewRecord(w *Wanted) *Record {
	r := &Record{wanted: w, slots: make(map[string]int, len(w.Fields))}
	for _, name := range w.Fields {
		r.add(name)
	}
	return r
}

func (r *Record) add(name string) int {
	slot := len(r.names)
	r.slots[name] = slot
	r.names = append(r.names, name)
	r.cells = append(r.cells, Cell{})
	return slot
}

// Reset makes the record ready for the next event.
func (r *Record) Reset(raw []byte) {
	r.forget()
	r.scratch = r.scratch[:0]
	if cap(r.scratch) > maxScratch {
		r.scratch = nil
	}
	r.Kind, r.Raw, r.Note = "", raw, ""
	m := &r.Meta
	m.Envelope, m.Host, m.Time, m.Yearless, m.Source, m.Sourcetype = "", "", 0, false, "", ""
	r.host, r.stamp, r.prefix = value{}, value{}, nil
}

// forget takes away the values of all fields.
func (r *Record) forget() {
	for _, slot := range r.touched {
		c := &r.cells[slot]
		c.Text, c.More, c.Set = c.Text[:0], c.More[:0], false
	}
	r.touched = r.touched[:0]
}

// Time is what the envelope says of an event that has no time of its own, in nanoseconds since 1970; zero: nothing.
func (r *Record) Time() int64 {
	switch {
	case r.Meta.Time != 0:
	case r.stamp.shape != nothing:
		r.Meta.Time = stampTime(r.str(r.stamp), r.micros)
	case r.prefix != nil:
		r.Meta.Time = findTime(r.prefix)
	}
	return r.Meta.Time
}

// Wanted is what the record was made for.
func (r *Record) Wanted() *Wanted { return r.wanted }

// maxScratch bounds the memory for decoded text that is kept from event to event.
const maxScratch = 1 << 20

// maxNames bounds the field names that unknown JSON can bring into a scan that asks for all.
const maxNames = 4096

// Slot is the slot of a field, or -1 if nobody asks for it.
func (r *Record) Slot(name []byte) int {
	if slot, ok := r.slots[string(name)]; ok {
		return slot
	}
	if r.wanted.All && len(r.names) < maxNames {
		return r.add(string(name))
	}
	return -1
}

// Set gives a field its value; an earlier one is overwritten. The bytes must stay as they are until the next Reset.
func (r *Record) Set(slot int, text []byte) {
	c := &r.cells[slot]
	if !c.Set {
		r.touched = append(r.touched, slot)
	}
	c.Text, c.More, c.Set = text, c.More[:0], true
}

// Append adds a further value to a field, or sets it if it has none.
func (r *Record) Append(slot int, text []byte) {
	if !r.cells[slot].Set {
		r.Set(slot, text)
		return
	}
	r.cells[slot].More = append(r.cells[slot].More, text)
}

// Unset takes a field's value away again.
func (r *Record) Unset(slot int) { r.cells[slot].Set = false }

// Touched is the slots that were set since the last Reset, in that order. One that was unset meanwhile may stand there too, even twice.
func (r *Record) Touched() []int { return r.touched }

// Cell is the value in a slot.
func (r *Record) Cell(slot int) *Cell { return &r.cells[slot] }

// Names is the name of each slot. Under Wanted.All it grows as new names are met.
func (r *Record) Names() []string { return r.names }

// Grow gives n bytes that stay valid until the next Reset, for text that had to be decoded.
func (r *Record) Grow(n int) []byte {
	if len(r.scratch)+n > cap(r.scratch) {
		r.scratch = make([]byte, 0, max(2*cap(r.scratch), n, 4096)) // what was handed out stays valid with its old array
	}
	at := len(r.scratch)
	r.scratch = r.scratch[:at+n]
	return r.scratch[at : at+n : at+n]
}

// Outcome is what became of a record.
type Outcome uint8

// The outcomes. Only Event and Salvaged carry fields.
const (
	Event       Outcome = iota // a whole event
	Salvaged                   // an event that was truncated or damaged: the fields that could be read
	Unwanted                   // an event of a kind that nobody asks for, not read to its end
	Blank                      // an empty line
	Other                      // another program's line
	Banner                     // Sysmon's own messages at its start
	Foreign                    // an event of another provider, such as Windows Sysmon
	Unsupported                // a kind of log that only searches of raw events read; Note names it
	Lost                       // the collector had dropped the event's text; Note says how to keep it
	Unreadable                 // looked like an event but could not be read; Note says why
)

func (o Outcome) String() string {
	return [...]string{"event", "salvaged", "unwanted", "blank", "other", "banner", "foreign", "unsupported", "lost", "unreadable"}[o]
}
