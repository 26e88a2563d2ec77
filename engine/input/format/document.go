package format

import "math/bits"

// document is the top level of a JSON object: the members that may be of use, and the roles that were met.
type document struct {
	members             []member
	seen                uint64
	objects             uint64
	at                  [64]int32
	open                bool   // it begins with a rendered event, and was not surveyed further
	fits                uint32 // the forms that the last document fitted, whose roles these were
	fitSeen, fitObjects uint64
	bytes               bool // the journal's message is an array whose spelling Hides knows
}

type member struct {
	e *entry
	v value
}

func (doc *document) has(roles ...role) bool {
	for _, r := range roles {
		if doc.seen&(1<<r) != 0 {
			return true
		}
	}
	return false
}

// value is the last value with a role.
func (doc *document) value(r role) value {
	if doc.seen&(1<<r) == 0 {
		return value{}
	}
	return doc.members[doc.at[r]].v
}

func (doc *document) object(r role) bool { return doc.objects&(1<<r) != 0 }

// maxDepth bounds documents inside documents: text that holds JSON that holds text.
const maxDepth = 8

// json reads a JSON object: first its top level, which tells its form, then what the form says.
func (d *Decoder) json(b []byte) Outcome {
	d.other = false
	if d.depth == 0 {
		if outcome, known := d.readHolder(b); known {
			return outcome
		}
		if outcome, known := d.readAlike(b); known {
			return outcome
		}
	}
	if d.depth >= maxDepth {
		d.to.Note = "documents inside documents"
		return Unreadable
	}
	outer := d.doc
	d.doc = &d.docs[d.depth]
	d.depth++
	defer func() { d.doc, d.depth = outer, d.depth-1 }()

	s := scanner{b: b}
	if d.survey(&s, false); d.verdict != Event {
		return d.verdict
	}
	looked := d.doc.open // into values that are not in the outline
	if looked {
		if outcome, mine := d.readRendered(); mine {
			d.learnEvent(b, outcome)
			return outcome
		}
		s = scanner{b: b}
		d.survey(&s, true)
	}
	for fits := d.doc.fit(); fits != 0; fits &= fits - 1 {
		f := &forms[bits.TrailingZeros32(fits)]
		if outcome, mine := f.read(d); mine {
			outcome = d.judged(outcome, &s)
			if f.Name == "journald" {
				d.learnHolder(&s)
			}
			if !looked && f.plain() {
				d.learn(&s, lesson{ecs: f.Name == "ecs", use: use{outcome: outcome, envelope: f.Name}})
			}
			d.other = !looked && f.Name == "journald" && d.doc.value(journal).shape == text && !d.doc.has(auditName) && outcome == Other
			return outcome
		}
		looked = looked || f.looks(d)
	}
	return d.noForm(&s, looked)
}

// fit is the forms whose needs the document meets, as bits. Documents with the same keys fit the same.
func (doc *document) fit() uint32 {
	if doc.fits == 0 || doc.seen != doc.fitSeen || doc.objects != doc.fitObjects {
		doc.fits, doc.fitSeen, doc.fitObjects = 0, doc.seen, doc.objects
		for i := range forms {
			if forms[i].needs(doc) {
				doc.fits |= 1 << i
			}
		}
	}
	return doc.fits
}

// survey collects the top level. It settles the verdict early for an event of an unwanted kind, and stops at a rendered event that
// comes first unless the whole is wanted.
func (d *Decoder) survey(s *scanner, whole bool) {
	doc := d.doc
	doc.members, doc.seen, doc.objects, doc.open = doc.members[:0], 0, 0, false
	if !s.enter('{') {
		return
	}
	all := d.wanted.All
	ours, id := false, value{}
	for before := d.top.start; ; {
		var v value
		e, raw := s.quick(before)
		if e != nil {
			v = value{text, raw}
		} else if e, v = d.member(s, before, whole); e == nil {
			return
		}
		before = e
		if e.role == plain || v.shape == nothing && e.role != journal {
			if (e.slot >= 0 || e.prefix || all) && len(doc.members) < maxMembers {
				doc.members = append(doc.members, member{e, v})
			}
			continue
		}
		if s.cut && e.role.judges() {
			return
		}
		if (e.role == proof || e.role == utcTime || e.role == ownTime) && e.slot < 0 && !all {
			doc.seen |= 1 << e.role
			continue
		}
		doc.add(e, v)
		switch e.role {
		case journal:
			if v.shape == text && d.refuses(v.raw, "journald") {
				return
			}
			doc.bytes = v.shape == array && announced(s.b[:s.i-len(v.raw)])
			continue
		case eventID:
			id = v
		case provider, channel:
			ours = ours || sysmonForLinux(v.raw)
		case guid:
			ours = ours || string(v.raw) == sysmonGUID
		default:
			continue
		}
		if ours && (id.shape == word || id.shape == text) && !d.wanted.Kind(sysmonKind(id.raw)) {
			d.to.Kind, d.verdict = sysmonKind(id.raw), Unwanted
			if !whole && !doc.has(journal) {
				d.learn(s, lesson{early: true, use: use{outcome: Unwanted}})
			}
			return
		}
	}
}

// member reads a member of the top level that does not follow the one before it as before. It gives nil where the survey ends.
func (d *Decoder) member(s *scanner, before *entry, whole bool) (*entry, value) {
	e := s.next(d.top, before)
	switch {
	case e == nil:
		return nil, value{}
	case e.role == eventUpper && before == d.top.start && s.at('{') && !whole:
		d.doc.add(e, value{object, s.b[s.i:]})
		d.doc.open = true
		return nil, value{}
	}
	v, ok := s.value()
	if !ok {
		return nil, value{}
	}
	return e, v
}

// maxMembers bounds the members that are kept of one document.
const maxMembers = 1 << 16

// add keeps a member with a role.
func (doc *document) add(e *entry, v value) {
	bit := uint64(1) << e.role
	if v.shape == object {
		doc.objects |= bit
	} else {
		doc.objects &^= bit
	}
	if doc.seen&bit != 0 && len(doc.members) >= maxMembers {
		doc.members[doc.at[e.role]] = member{e, v}
		return
	}
	doc.seen |= bit
	doc.at[e.role] = int32(len(doc.members))
	doc.members = append(doc.members, member{e, v})
}

// sysmonGUID is the provider's GUID on Linux.
const sysmonGUID = "{ff032593-a8d3-4f13-b0d6-01fc615a0f97}"

// judged turns the outcome of a form into that of a document that may be damaged itself.
func (d *Decoder) judged(outcome Outcome, s *scanner) Outcome {
	if outcome == Event && s.bad {
		d.to.Note = "broken JSON"
		return Salvaged
	}
	if outcome == Event && s.cut {
		d.to.Note = truncated
		if n := len(d.doc.members); n > 0 {
			m := d.doc.members[n-1]
			within := s.i == len(s.b) && m.v.shape == text && endsIn(m.v.raw, s.b)
			d.truncatedAt(within, m.e.name)
		}
		return Salvaged
	}
	return outcome
}

// truncated is the note of an event that ends too early.
const truncated = "truncated"

// truncatedAt notes the field in which or behind which an event ends too early; it may have no name.
func (d *Decoder) truncatedAt(within bool, field string) {
	switch {
	case field == "":
		d.to.Note = truncated
	case within:
		d.to.Note = truncated + " in " + field
	default:
		d.to.Note = truncated + " after " + field
	}
}

// endsIn says whether a value reaches to the very end of the input.
func endsIn(v, b []byte) bool {
	return len(v) == 0 && len(b) > 0 && b[len(b)-1] == '"' || len(v) > 0 && &v[len(v)-1] == &b[len(b)-1]
}
