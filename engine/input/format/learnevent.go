package format

import "slices"

// maxRefused is after how many events that cannot be learnt no more is tried: there are renderings of other shapes.
const maxRefused = 32

// learnEvent takes up the outline of a document that was just read: an event as evtx_dump renders its XML. Which value is which field is told by
// where the fields that were read stand. Values that decide how it is read, and all that are no text or word, stay in the outline.
func (d *Decoder) learnEvent(doc []byte, outcome Outcome) {
	if d.depth != 1 || !d.bare || d.outlines.learnt == maxOutlines || d.outlines.refused == maxRefused || outcome != Event && outcome != Unwanted {
		return
	}
	d.outlines.learnt++
	l := lesson{Decoder: d, s: scanner{b: doc}, use: use{outcome: outcome, kind: d.to.Kind, envelope: d.to.Meta.Envelope, timed: d.timed, bare: true}}
	if !l.event() || outcome == Event && !l.places() {
		d.outlines.refused++
		return
	}
	if outcome == Unwanted { // the byte behind a number tells that it is whole
		l.s.i++
	}
	if l.s.i <= len(doc) {
		d.outlines.add(append(l.way, outline{lead: slices.Clone(doc[l.from:l.s.i]), use: &l.use}))
	}
}

// event goes through the document, up to what decided that nobody wants it.
func (l *lesson) event() bool {
	s := &l.s
	s.enter('{')
	if key, _ := s.fieldKey(); string(key) != "Event" || !s.at('{') {
		return false
	}
	known := false
	for s.enter('{'); ; {
		key, ok := s.fieldKey()
		if !ok {
			return !s.bad && !s.cut
		}
		switch part := string(key); {
		case part == "System" && s.at('{'):
			whole, decided := l.system()
			if known = true; !whole || decided {
				return whole
			}
		case part == "EventData" || part == "UserData":
			if !known || !s.at('{') || !l.data() {
				return false
			}
		default:
			if !l.leaf(true) {
				return false
			}
		}
	}
}

// system goes through the System part. decided says that it ends at an unwanted kind.
func (l *lesson) system() (whole, decided bool) {
	s := &l.s
	for s.enter('{'); ; {
		key, ok := s.fieldKey()
		if !ok {
			return !s.bad && !s.cut, false
		}
		e := l.Decoder.system.find(key)
		if s.at('{') {
			ok = l.element(e, true)
		} else {
			ok = l.leaf(e.role.judges())
		}
		if decided = e.role == eventID && l.use.outcome == Unwanted; !ok || decided {
			return ok, decided
		}
	}
}

// element goes through an element of the System part that is an object, or the object with its attributes.
func (l *lesson) element(of *entry, outer bool) bool {
	s := &l.s
	for s.enter('{'); ; {
		key, ok := s.fieldKey()
		if !ok {
			return !s.bad && !s.cut
		}
		if outer && s.at('{') && l.Decoder.element.find(key).role == attributes {
			ok = l.element(of, false)
		} else {
			ok = l.leaf(of.role.judges())
		}
		if !ok {
			return false
		}
	}
}

// data goes through an EventData part that has the fields by their names.
func (l *lesson) data() bool {
	s := &l.s
	for s.enter('{'); ; {
		key, ok := s.fieldKey()
		if !ok {
			return !s.bad && !s.cut
		}
		if l.Decoder.element.find(key).role != plain || l.Decoder.data.find(key).role == data || !l.leaf(false) {
			return false
		}
	}
}

// leaf takes up one value.
func (l *lesson) leaf(stays bool) bool {
	from := l.s.i
	v, ok := l.s.value()
	if !ok || l.s.cut || len(l.values) == most || from-l.from > longest {
		return false
	}
	if stays || v.shape != text && v.shape != word {
		l.stay = append(l.stay, v)
		return true
	}
	l.way = append(l.way, outline{lead: slices.Clone(l.s.b[l.from:from]), takes: only(v.shape)})
	l.values = append(l.values, v)
	l.from = l.s.i
	return true
}

// places finds out which value each field of the record is. It gives up if one is none as it stands: because it had escapes, or has several values.
func (l *lesson) places() bool {
	for _, slot := range l.to.touched {
		c := &l.to.cells[slot]
		if !c.Set {
			continue
		}
		is := func(v value) bool { return len(c.More) == 0 && startsAt(v.raw, c.Text) }
		p := place{at: slices.IndexFunc(l.values, is), slot: slot}
		if p.at < 0 {
			i := slices.IndexFunc(l.stay, is)
			if i < 0 {
				return false
			}
			p.fixed = value{l.stay[i].shape, slices.Clone(l.stay[i].raw)}
			if p.fixed.shape == object { // it stays as it was written
				p.fixed.shape = word
			}
		}
		l.use.fields = append(l.use.fields, p)
	}
	return true
}

// startsAt says whether two texts of one length begin in the same place of memory.
func startsAt(x, y []byte) bool {
	return len(x) == len(y) && cap(x) > 0 && cap(y) > 0 && &x[:1][0] == &y[:1][0]
}
