package format

import "slices"

// use is what becomes of the values of documents with an outline.
type use struct {
	outcome  Outcome
	kind     string
	envelope string
	timed    bool // the event has a time of its own
	braces   bool // names of arrays end in {}
	bare     bool // that holds for documents that are records, not for those behind a prefix
	about    []toldPlace
	fields   []place
	holder   *holder // the outline ends where an event begins
}

// place is which of a document's values a field is.
type place struct {
	at    int   // of the values that differ; -1: it is
	fixed value // in the outline
	entry *entry
	name  *ecsName // in place of the entry: the field is one of ECS
	depth int
	slot  int // of the field, once it is known
}

// toldPlace is which value tells something about the event.
type toldPlace struct {
	what role
	at   int
}

// readAlike reads a document of which another with the same outline was read before.
func (d *Decoder) readAlike(doc []byte) (Outcome, bool) {
	u, values := d.outlines.find(doc), d.outlines.values
	if u == nil || u.bare && !d.bare {
		return Other, false
	}
	d.to.Kind = u.kind
	d.within(u.envelope)
	if u.outcome != Event {
		return u.outcome, true
	}
	d.timed, d.braces = u.timed, u.braces
	for _, p := range u.about {
		d.tell(p.what, values[p.at].of(doc))
	}
	escapes := d.outlines.quotes.Escapes
	for i := range u.fields {
		f := &u.fields[i]
		if f.slot >= 0 && f.at >= 0 && !escapes {
			if v := &values[f.at]; v.shape == text || v.shape == word {
				d.to.Set(f.slot, doc[v.from:v.to])
				continue
			}
		}
		v := f.fixed
		if f.at >= 0 {
			v = values[f.at].of(doc)
		}
		d.putAlike(f, v)
	}
	d.braces = false
	return Event, true
}

// putAlike gives a field its value, and notes which slot it has, if that is known.
func (d *Decoder) putAlike(f *place, v value) {
	switch {
	case f.slot >= 0 && (v.shape == text || v.shape == word):
		d.to.Set(f.slot, d.str(v))
	case f.name != nil:
		d.putECS(f.name, v, false, f.depth)
		f.slot = f.name.slot
	default:
		d.put(d.top, f.entry, v)
		f.slot = f.entry.slot
	}
}

// lesson is a document that was just read, on its way into the outlines.
type lesson struct {
	*Decoder
	ecs   bool // its fields are of ECS, or named like them
	early bool // what is behind the place to which it was read does not matter
	use   use

	s      scanner
	stop   int
	fixes  bool // what says whether it is an event of Sysmon stays in the outline with its value
	way    []outline
	from   int // where the next lead begins
	values []value
	stay   []value // those in the outline, of an event as XML is rendered
}

// learn takes up the outline of the document that was just read up to the scanner, if that is all that decided how.
func (d *Decoder) learn(s *scanner, l lesson) {
	o := l.use.outcome
	if d.wanted.NoOutlines || d.depth != 1 || d.outlines.learnt == maxOutlines || s.cut || s.bad || o != Event && o != Unwanted && o != Foreign {
		return
	}
	d.outlines.learnt++
	l.Decoder, l.s, l.stop = d, scanner{b: s.b}, s.i
	l.fixes = !l.ecs || d.doc.has(eventID) && d.doc.has(provider, channel, guid)
	l.use.kind, l.use.timed = d.to.Kind, d.timed
	d.braces = l.use.braces
	ok := l.members(d.names.root, plain, 0) && (o != Event || l.remember(d.doc.about(nil)))
	if d.braces = false; !ok {
		return
	}
	if l.early { // the byte behind a number tells that it is whole
		l.s.i++
	}
	if l.s.i <= len(s.b) {
		d.outlines.add(append(l.way, outline{lead: slices.Clone(s.b[l.from:l.s.i]), use: &l.use}))
	}
}

// plain says whether documents of the form hold nothing but fields.
func (f *form) plain() bool { return f.Name == "flat" || f.Name == "ecs" }

// looks says whether more than the outline decided that a document is not of the form, provided that its texts are prose.
func (f *form) looks(d *Decoder) bool {
	switch f.Name {
	case "flat", "ecs", "fluent":
		return false
	case "beats":
		return d.original().shape == text
	}
	return true
}

// holds says whether the text with a role at the top level may hold an event, or name the program that it is of.
func (r role) holds() bool {
	return r == message || r == logText || r == journal || r == identifier || r == appName
}

const (
	deepest = 16   // how far objects may stand inside each other in an outline
	most    = 1024 // values
	longest = 4096 // bytes between two values
)

// members goes through an object. of is the name that it has in ECS, or nil if nobody asks for what is below; part is the role of the key of
// the top level that it stands under.
func (l *lesson) members(of *ecsName, part role, depth int) bool {
	s := &l.s
	for s.enter('{'); s.i < l.stop; {
		key, ok := s.fieldKey()
		if !ok {
			return !s.bad && !s.cut
		}
		if len(key) == 0 {
			return false
		}
		f := place{at: len(l.values), depth: depth, slot: unasked}
		if depth == 0 {
			f.entry = l.top.find(key)
			part = f.entry.role
		}
		if l.ecs && of != nil {
			if f.name = l.child(of, key); !f.name.wanted {
				f.name = nil
			}
		}
		if s.at('{') {
			if depth == deepest || !l.ecs && l.use.outcome == Event || !l.members(f.name, part, depth+1) {
				return false
			}
		} else if !l.value(f, key, part) {
			return false
		}
	}
	return true
}

// value takes up one value, that of a key.
func (l *lesson) value(f place, key []byte, part role) bool {
	from := l.s.i
	v, ok := l.s.value()
	if !ok || l.s.cut || len(l.values) == most || from-l.from > longest {
		return false
	}
	if l.fixed(f.depth, key, part) {
		f.at, f.fixed = -1, value{v.shape, slices.Clone(v.raw)}
	} else {
		o := outline{lead: slices.Clone(l.s.b[l.from:from]), takes: scalars | only(array)}
		if f.depth == 0 && part != plain || part == event || part == host {
			o.takes, o.prose = only(v.shape), f.depth == 0 && v.shape == text && part.holds()
		}
		if o.prose && !prose(v.raw, true) {
			return false
		}
		l.way = append(l.way, o)
		l.values = append(l.values, v)
		l.from = l.s.i
	}
	if f.name != nil || !l.ecs && f.depth == 0 && part != system && (f.entry.slot >= 0 || l.wanted.All) {
		l.use.fields = append(l.use.fields, f)
	}
	return true
}

// fixed says whether a value settles which kind of event the document is.
func (l *lesson) fixed(depth int, key []byte, part role) bool {
	switch part {
	case eventID, provider, channel, guid:
		return depth == 0 && l.fixes
	case category:
		return depth == 0 && string(key) == "event.category"
	case event:
		return depth == 1 && string(key) == "category"
	}
	return false
}

// remember finds out where the values stand that tell something about the event. They may not be among those that are fixed.
func (l *lesson) remember(about []told) bool {
	for _, t := range about {
		if t.shape == nothing { // a host without a name
			continue
		}
		i := slices.IndexFunc(l.values, func(v value) bool { return v.shape == t.shape && cap(v.raw) == cap(t.raw) }) // they begin in the same place
		if i < 0 {
			return false
		}
		l.use.about = append(l.use.about, toldPlace{t.what, i})
	}
	return true
}
