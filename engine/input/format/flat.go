package format

// put gives a field of an entry its value. The elements of an array become several values, an object stays JSON as it was written;
// the last of equal keys wins.
func (d *Decoder) put(l *lexicon, e *entry, v value) {
	slot := l.slot(e)
	if slot < 0 {
		return
	}
	switch v.shape {
	case text:
		d.to.Set(slot, d.text(v))
	case word, object:
		d.to.Set(slot, v.raw)
	case array:
		d.to.Unset(slot)
		d.putAll(slot, v)
	default:
		d.to.Unset(slot)
	}
}

// text is the characters of a string that is a field's value.
func (d *Decoder) text(v value) []byte {
	t := d.str(v)
	if d.entities {
		t = decode(d.to, t, false)
	}
	return t
}

func (d *Decoder) putAll(slot int, v value) {
	s := scanner{b: v.raw}
	for s.enter('['); s.more(']'); {
		v, ok := s.value()
		switch {
		case !ok:
			return
		case v.shape == text:
			d.to.Append(slot, d.text(v))
		case v.shape != nothing:
			d.to.Append(slot, v.raw)
		}
	}
}

// scalar is the first value in an array, or the value itself, as text.
func (d *Decoder) scalar(v value) []byte {
	if v.shape == array {
		s := scanner{b: v.raw}
		if s.enter('['); !s.more(']') {
			return nil
		}
		v, _ = s.value()
	}
	if v.shape == text || v.shape == word {
		return d.str(v)
	}
	return nil
}

// isFlat knows Sysmon's fields at the top level, by one that no other source has or by the event's provider.
func isFlat(doc *document) bool {
	return doc.has(eventID) && !doc.object(eventID) && doc.has(proof, utcTime, provider, channel)
}

// readFlat reads fields at the top level, also under dotted names.
func (d *Decoder) readFlat() (Outcome, bool) {
	d.within("flat")
	if d.readTop(); d.verdict != Event {
		return d.verdict, true
	}
	return d.readPayload(value{}), true
}

// readTop takes over the fields at the top level and judges the event by them.
func (d *Decoder) readTop() {
	doc := d.doc
	d.timed = d.timed || doc.has(ownTime, utcTime)
	d.computer = d.computer || doc.has(computer)
	for _, r := range [...]role{provider, channel, eventID} {
		if doc.has(r) {
			if d.note(r, d.scalar(doc.value(r))); d.verdict != Event {
				return
			}
		}
	}
	for i := range doc.members {
		if m := &doc.members[i]; m.e.role != system && m.e.role != eventData {
			d.put(d.top, m.e, m.v)
		}
	}
	d.meta()
}
