package input

import (
	"maps"
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/engine/input/format"
)

// lane is shares of a pass that want records to be read alike: with one decoder, into common columns.
type lane struct {
	manner  manner
	members []*member
	types   map[string]column.Kind // of the fields that members read
	clocks  []Clock
	windows []span
	scan    *Scan // what its workers work for
	// sifts says that all records are read anyway: then it is their columns that are searched for needles.
	sifts   bool
	finders finders
	hosted  bool // its members are guests of the first lane
}

// manner is what decides how a record is read, besides which fields of it.
type manner struct {
	all, json, text, braces, audit bool
	clock                          Clock // where all fields are read
}

// member is a share in its lane.
type member struct {
	share  *Share
	lane   int
	window int
	clock  int
	places map[int64]bool // the packed positions of the records that it asks for; nil: all
	guest  bool           // it has a lane of its own, and is here for the events that are read alike in both
}

func mannerOf(d *Demand) manner {
	m := manner{all: d.All, json: d.JSON, text: d.Text, braces: d.Braces}
	for kind := range d.Kinds {
		m.audit = m.audit || strings.HasPrefix(kind, "auditd/")
	}
	if d.All {
		m.clock = d.Clock
	}
	return m
}

// add puts a share into the lane where records are read as it wants them to be. Who wants none is in no lane: then it says no.
func (p *Pass) add(s *Share) bool {
	d := &s.Demand
	if d.Kinds != nil && len(d.Kinds) == 0 {
		return false
	}
	if d.Earliest == 0 && d.Latest == 0 || d.At != nil {
		d.Earliest, d.Latest = Beginning, End
	}
	m := mannerOf(d)
	for _, l := range p.lanes {
		if l.manner == m && l.agrees(&member{share: s}) {
			l.join(&member{share: s})
			return true
		}
	}
	l := &lane{manner: m, types: map[string]column.Kind{}}
	p.lanes = append(p.lanes, l)
	l.join(&member{share: s})
	return true
}

// reads is the fields that the member asks for of any kind.
func (m *member) reads() []string {
	d := &m.share.Demand
	out := slices.Clone(d.Fields)
	for kind, fields := range d.Kinds {
		if m.wants(kind) {
			out = append(out, fields...)
		}
	}
	return out
}

// agrees says whether the fields that a member asks for have the types there that it gives them.
func (l *lane) agrees(m *member) bool {
	d := &m.share.Demand
	if l.manner.all {
		return maps.Equal(l.types, d.Types)
	}
	for _, name := range m.reads() {
		if kind, read := l.types[name]; read && kind != d.Types[name] {
			return false
		}
	}
	return true
}

func (l *lane) join(m *member) {
	d := &m.share.Demand
	if m.clock = slices.Index(l.clocks, told(d.Clock)); m.clock < 0 {
		m.clock = len(l.clocks)
		l.clocks = append(l.clocks, told(d.Clock))
	}
	x := span{clock: m.clock, earliest: d.Earliest, latest: d.Latest, needed: d.Clock.Needed}
	if m.window = slices.Index(l.windows, x); m.window < 0 {
		m.window = len(l.windows)
		l.windows = append(l.windows, x)
	}
	if l.manner.all {
		maps.Copy(l.types, d.Types)
	} else {
		for _, name := range m.reads() {
			l.types[name] = d.Types[name]
		}
	}
	if d.At != nil {
		m.places = map[int64]bool{}
		for file, offsets := range d.At {
			for _, offset := range offsets {
				m.places[column.PackPosition(file, offset)] = true
			}
		}
	}
	l.members = append(l.members, m)
}

// told is what of a clock tells the time, and not which events are left out.
func told(c Clock) Clock {
	c.Needed = false
	return c
}

// open makes the scan for which the lane's workers work: it knows how to read records, and which were met before.
func (l *lane) open(of *Scan, number int) {
	config := of.config
	config.Demand = Demand{All: l.manner.all, Types: l.types, Earliest: Beginning, Latest: End}
	l.scan = &Scan{inputs: of.inputs, config: config, wanted: l.wanted(&config), hosts: map[string]drift{}}
	if of.remembers() {
		l.scan.seen = newDuplicates(of.config.Unique)
	}
	for _, m := range l.members {
		m.lane = number
		for kind := range m.share.Demand.Kinds {
			if m.wants(kind) {
				l.scan.config.Demand.Known = append(l.scan.config.Demand.Known, kind)
			}
		}
		l.scan.config.Demand.Known = append(l.scan.config.Demand.Known, m.share.Demand.Known...)
	}
}

// wanted is what the decoders of the lane read.
func (l *lane) wanted(c *Config) *format.Wanted {
	w := wanted(c)
	w.JSON, w.Text, w.Braces, w.Audit = l.manner.json, l.manner.text, l.manner.braces, l.manner.audit
	open := slices.ContainsFunc(l.members, func(m *member) bool { return m.share.Demand.Kinds == nil })
	w.Fields = slices.Clone(w.Fields)
	for _, c := range l.clocks {
		if c.Field != "" {
			w.Fields = append(w.Fields, c.Field)
		}
	}
	kinds := map[string]struct{}{}
	for _, m := range l.members {
		d := &m.share.Demand
		for _, name := range m.reads() {
			if _, extra := fills[name]; !extra {
				w.Fields = append(w.Fields, name)
			}
		}
		for kind := range d.Kinds {
			if m.wants(kind) {
				kinds[kind] = struct{}{}
			}
		}
	}
	w.Fields = distinct(w.Fields)
	if !open {
		w.Kinds = kinds
		return w
	}
	w.Except = l.except()
	return w
}

// except is the kinds that nobody wants, of those that somebody names.
func (l *lane) except() map[string]struct{} {
	wanted := map[string]bool{}
	var out map[string]struct{}
	for _, m := range l.members {
		for _, kind := range m.share.Demand.Except {
			if _, known := wanted[kind]; !known {
				wanted[kind] = slices.ContainsFunc(l.members, func(m *member) bool { return m.wants(kind) })
			}
			if !wanted[kind] {
				if out == nil {
					out = map[string]struct{}{}
				}
				out[kind] = struct{}{}
			}
		}
	}
	return out
}

// distinct is the names in their order, each once.
func distinct(names []string) []string {
	seen := make(map[string]bool, len(names))
	return slices.DeleteFunc(names, func(name string) bool {
		again := seen[name]
		seen[name] = true
		return again
	})
}

// wants says whether the member asks for events of a kind.
func (m *member) wants(kind string) bool {
	d := &m.share.Demand
	if m.guest && !alike(kind) {
		return false
	}
	if d.Kinds != nil {
		_, ok := d.Kinds[kind]
		return ok
	}
	return !slices.Contains(d.Except, kind)
}
