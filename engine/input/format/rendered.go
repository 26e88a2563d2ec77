package format

// readRendered reads an event whose XML some tool rendered as JSON: {"Event": {"System": ..., "EventData": ...}}.
func (d *Decoder) readRendered() (Outcome, bool) {
	return d.readEvent(d.doc.value(eventUpper), "rendered")
}

// readEvent reads an object with a System and an EventData.
func (d *Decoder) readEvent(v value, name string) (Outcome, bool) {
	var sys, payload value
	s := scanner{b: v.raw}
	for s.enter('{'); ; {
		key, v, ok := s.field()
		if !ok {
			break
		}
		switch string(key) {
		case "System":
			sys = v
		case "EventData", "UserData":
			payload = v
		}
	}
	if sys.shape == nothing && payload.shape == nothing {
		return Other, false
	}
	d.within(name)
	return d.readParts(sys, payload), true
}

func (d *Decoder) readParts(sys, payload value) Outcome {
	if d.readSystem(sys); d.verdict != Event {
		return d.verdict
	}
	if d.to.Kind == "" {
		d.to.Note = "no EventID"
		return Unreadable
	}
	return d.readData(d.data, payload, 0)
}

// readSystem reads the System part, whose elements may be objects where they have attributes.
func (d *Decoder) readSystem(v value) {
	if v.shape != object {
		return
	}
	s := scanner{b: v.raw}
	s.enter('{')
	for before := d.system.start; d.verdict == Event; {
		e, v, ok := s.member(d.system, before)
		if !ok {
			return
		}
		if before = e; v.shape == object {
			d.readElement(e, v, 0)
		} else {
			d.putSystem(e, v)
		}
	}
}

func (d *Decoder) putSystem(e *entry, v value) {
	if e.role != plain {
		d.note(e.role, d.scalar(v))
	}
	d.put(d.system, e, v)
}

// readElement reads an element of the System part that was rendered as an object.
func (d *Decoder) readElement(of *entry, v value, depth int) {
	s := scanner{b: v.raw}
	s.enter('{')
	for before := d.element.start; d.verdict == Event; {
		e, v, ok := s.member(d.element, before)
		if !ok {
			return
		}
		before = e
		switch {
		case e.role == attributes && v.shape == object && depth == 0:
			d.readElement(of, v, depth+1)
		case e.role == content, e.role == named && of.name == "ProviderName":
			d.putSystem(of, v)
		case e.name != "":
			if e.role != plain {
				d.note(e.role, d.scalar(v))
			}
			d.put(d.element, e, v)
		}
	}
}

// readData reads the EventData part in any of its renderings: a map, an array of pairs or of one-key maps, or a string that holds
// either, or XML.
func (d *Decoder) readData(names *lexicon, v value, depth int) Outcome {
	if depth > maxDepth {
		return Event
	}
	switch v.shape {
	case object:
		if name, body, ok := d.pair(v); ok {
			if name != nil {
				d.put(names, name, body)
			}
			return Event
		}
		return d.readMap(names, v, depth)
	case array:
		s := scanner{b: v.raw}
		for s.enter('['); s.more(']'); {
			v, ok := s.value()
			if !ok {
				break
			}
			if v.shape == object {
				d.readData(names, v, depth+1)
			}
		}
		return d.ended(&s)
	case text:
		b := trimStart(d.str(v))
		switch {
		case len(b) == 0:
		case b[0] == '<':
			return d.xml(b, false, false)
		case b[0] == '{':
			return d.readData(names, value{object, b}, depth+1)
		case b[0] == '[':
			return d.readData(names, value{array, b}, depth+1)
		}
	}
	return Event
}

// ended says whether an object or array was whole.
func (d *Decoder) ended(s *scanner) Outcome {
	switch {
	case s.cut:
		d.to.Note = "truncated"
	case s.bad:
		d.to.Note = "broken JSON"
	default:
		return Event
	}
	return Salvaged
}

func (d *Decoder) readMap(names *lexicon, v value, depth int) Outcome {
	s := scanner{b: v.raw}
	s.enter('{')
	for before := names.start; ; {
		e, v, ok := s.member(names, before)
		if !ok {
			return d.ended(&s)
		}
		switch before = e; {
		case e.role == data:
			d.readData(names, v, depth+1)
		case v.shape == object:
			if _, body, ok := d.pair(v); ok {
				v = body
			}
			fallthrough
		default:
			if e.role == utcTime {
				d.timed = true
			}
			if e.role != weak || !d.isSet(names, e) {
				d.put(names, e, v)
			}
		}
	}
}

// pair reads {"@Name": "Image", "#text": "/usr/bin/curl"} in any of its spellings. Either half may be missing.
func (d *Decoder) pair(v value) (name *entry, body value, ok bool) {
	s := scanner{b: v.raw}
	s.enter('{')
	for before := d.element.start; ; {
		e, v, more := s.member(d.element, before)
		if !more {
			break
		}
		switch before = e; e.role {
		case named:
			name = d.data.find(v.raw)
		case content:
			body, ok = v, true
		case attributes:
			if inner, _, ok := d.pair(v); ok {
				name = inner
			}
		default:
			return nil, value{}, false
		}
	}
	if name != nil && !ok {
		body = value{shape: text}
	}
	return name, body, ok || name != nil
}

func (d *Decoder) isSet(l *lexicon, e *entry) bool {
	slot := l.slot(e)
	return slot >= 0 && d.to.Cell(slot).Set
}

// readSides reads a document that has System and EventData at its top level, or fields of the System part beside EventData.
func (d *Decoder) readSides() (Outcome, bool) {
	sys, payload := d.doc.value(system), d.doc.value(eventData)
	if sys.shape != object && !d.doc.has(eventID) {
		return Other, false
	}
	d.within("parts")
	if d.readTop(); d.verdict != Event {
		return d.verdict, true
	}
	return d.readParts(sys, payload), true
}
