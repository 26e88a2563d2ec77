package format

// readRendered reads an event whose XML some tool rendered as JSON: {"Event": {"System": ..., "EventData": ...}}.
func (d *Decoder) readRendered() (Outcome, bool) {
	return d.readEvent(d.doc.value(eventUpper), "rendered")
}

// readEvent reads an object with a System and an EventData. There may be more behind it.
func (d *Decoder) readEvent(v value, name string) (outcome Outcome, mine bool) {
	s := scanner{b: v.raw}
	var early value
	for s.enter('{'); outcome == Event; {
		key, ok := s.fieldKey()
		if !ok {
			break
		}
		switch part := string(key); {
		case part == "System" && s.at('{'):
			d.within(name)
			mine = true
			if d.readSystem(&s); d.verdict != Event {
				return d.verdict, true
			}
		case part == "EventData" || part == "UserData":
			d.within(name)
			if mine = true; d.to.Kind != "" {
				outcome = d.readData(d.data, &s, 0)
			} else {
				early, _ = s.value()
			}
		default:
			s.value()
		}
	}
	if !mine || outcome != Event {
		return outcome, mine
	}
	if outcome = d.readPayload(early); outcome == Event {
		outcome = d.ended(&s)
	}
	return outcome, true
}

// readPayload reads the EventData of an event whose System part was read before.
func (d *Decoder) readPayload(v value) Outcome {
	if d.to.Kind == "" {
		d.to.Note = "no EventID"
		return Unreadable
	}
	switch v.shape {
	case nothing:
		return Event
	case text:
		return d.readDataText(d.data, v, 0)
	}
	s := scanner{b: v.raw}
	return d.readData(d.data, &s, 0)
}

// readSystem reads the System part, whose elements may be objects where they have attributes.
func (d *Decoder) readSystem(s *scanner) {
	s.enter('{')
	for before := d.system.start; d.verdict == Event; {
		e := s.next(d.system, before)
		if e == nil {
			return
		}
		if before = e; s.at('{') {
			d.readElement(e, s, e.below())
		} else if v, ok := s.value(); ok && !(s.cut && e.role.judges()) {
			d.putSystem(d.system, e, v)
		} else {
			return
		}
	}
}

func (d *Decoder) putSystem(l *lexicon, e *entry, v value) {
	if e.role != plain {
		d.note(e.role, d.scalar(v))
	}
	d.put(l, e, v)
}

// readElement reads an element of the System part that was rendered as an object, or the object with its attributes.
func (d *Decoder) readElement(of *entry, s *scanner, start *entry) {
	s.enter('{')
	for before := start; d.verdict == Event; {
		e := s.next(d.element, before)
		if e == nil {
			return
		}
		if before = e; e.role == attributes && s.at('{') && start == of.inner {
			d.readElement(of, s, start.below())
			continue
		}
		v, ok := s.value()
		switch {
		case !ok, s.cut && of.role.judges():
			return
		case e.role == content, e.role == named && of.name == "ProviderName":
			d.putSystem(d.system, of, v)
		case e.name != "":
			d.putSystem(d.element, e, v)
		}
	}
}

// readData reads the EventData part in any of its renderings: a map, an array of pairs or of one-key maps, or a string that holds
// either, or XML.
func (d *Decoder) readData(names *lexicon, s *scanner, depth int) Outcome {
	if s.blanks(); depth > maxDepth || !s.at('{') && !s.at('[') {
		v, _ := s.value()
		if depth <= maxDepth && v.shape == text {
			return d.readDataText(names, v, depth)
		}
		return d.ended(s)
	}
	if s.at('{') {
		return d.readMap(names, s, depth)
	}
	for s.enter('['); s.more(']'); {
		if s.at('{') {
			if outcome := d.readMap(names, s, depth+1); outcome != Event {
				return outcome
			}
		} else if _, ok := s.value(); !ok {
			break
		}
	}
	return d.ended(s)
}

func (d *Decoder) readDataText(names *lexicon, v value, depth int) Outcome {
	b := trimStart(d.str(v))
	switch {
	case len(b) == 0:
		return Event
	case b[0] == '<':
		return d.xml(b, false, false)
	case b[0] == '{', b[0] == '[':
		return d.readData(names, &scanner{b: b}, depth+1)
	}
	return Event
}

// ended says whether an object or array was whole.
func (d *Decoder) ended(s *scanner) Outcome {
	switch {
	case s.bad:
		d.to.Note = "broken JSON"
	case s.cut:
		if d.to.Note == "" {
			d.to.Note = truncated
		}
	default:
		return Event
	}
	return Salvaged
}

// readMap reads an object of EventData: one pair of a name and a value, or fields by their names.
func (d *Decoder) readMap(names *lexicon, s *scanner, depth int) Outcome {
	from := *s
	if name, body, ok := d.pair(s); ok {
		if name != nil {
			d.put(names, name, body)
		}
		return d.endedIn(s, name, body)
	}
	*s = from
	s.enter('{')
	for before := names.start; ; {
		var v value
		e, raw := s.quick(before)
		if e != nil {
			v = value{text, raw}
		} else {
			if e = s.next(names, before); e == nil {
				return d.endedIn(s, before, value{})
			}
			if e.role == data && depth < maxDepth {
				if outcome := d.readData(names, s, depth+1); outcome != Event {
					return outcome
				}
				before = e
				continue
			}
			var ok bool
			if v, ok = s.value(); !ok {
				return d.endedIn(s, e, v)
			}
		}
		if before = e; e.role == data {
			if outcome := d.readDataText(names, v, depth); outcome != Event {
				return outcome
			}
			continue
		}
		if v.shape == object {
			if _, body, ok := d.pair(&scanner{b: v.raw}); ok {
				v = body
			} else if s.cut {
				return d.endedIn(s, e, v)
			}
		}
		if e.role == utcTime {
			d.timed = true
		}
		if e.role != weak || !d.isSet(names, e) {
			d.put(names, e, v)
		}
		if s.cut {
			return d.endedIn(s, e, v)
		}
	}
}

// endedIn says whether an object was whole; if it was cut off, the note names the last field, which holds the value.
func (d *Decoder) endedIn(s *scanner, last *entry, v value) Outcome {
	if s.cut && last != nil && last.name != "" {
		d.truncatedAt(v.shape != nothing, last.name)
	}
	return d.ended(s)
}

// pair reads {"@Name": "Image", "#text": "/usr/bin/curl"} in any of its spellings. Either half may be missing.
func (d *Decoder) pair(s *scanner) (name *entry, body value, ok bool) {
	s.enter('{')
	for before := d.element.start; ; {
		e := s.next(d.element, before)
		if e == nil {
			break
		}
		if before = e; e.role == plain {
			return nil, value{}, false
		}
		v, valid := s.value()
		if !valid {
			break
		}
		switch e.role {
		case named:
			if s.cut {
				return nil, value{}, true
			}
			name = d.data.find(v.raw)
		case content:
			body, ok = v, true
		case attributes:
			if inner, _, ok := d.pair(&scanner{b: v.raw}); ok {
				name = inner
			}
		}
	}
	switch {
	case name == nil || ok:
		return name, body, ok
	case s.cut:
		return nil, value{}, true
	}
	return name, value{shape: text}, true
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

// readParts reads a System and an EventData that stand apart.
func (d *Decoder) readParts(sys, payload value) Outcome {
	if sys.shape == object {
		if d.readSystem(&scanner{b: sys.raw}); d.verdict != Event {
			return d.verdict
		}
	}
	return d.readPayload(payload)
}
