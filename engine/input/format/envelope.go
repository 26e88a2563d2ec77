package format

import "bytes"

// unwrap reads the event inside a JSON string: XML with or without a syslog prefix, or JSON again. mine is false if there is none.
func (d *Decoder) unwrap(v value, envelope string) (outcome Outcome, mine bool) {
	if v.shape != text {
		return Other, false
	}
	if d.refuses(v.raw, envelope) {
		return Unwanted, true
	}
	if outcome, ok := d.asQuoted(v.raw, envelope); ok {
		return outcome, true
	}
	return d.inside(d.str(v), envelope)
}

func (d *Decoder) inside(b []byte, envelope string) (outcome Outcome, mine bool) {
	b = trimStart(b)
	if len(b) > 0 && b[0] == '{' {
		name := d.to.Meta.Envelope
		d.within(envelope)
		if outcome := d.json(b); outcome != Other {
			return outcome, true
		}
		d.to.Meta.Envelope, d.to.Note = name, ""
		return Other, false
	}
	i := findEvent(b)
	if i < 0 {
		return Other, false
	}
	d.within(envelope)
	d.meta()
	octal := isPrefix(b[:i])
	if octal {
		d.behind(b[:i])
	}
	return d.xml(b[i:], octal, true), true
}

// refuses settles that an event is unwanted if a JSON string, still escaped, begins with one of such a kind.
func (d *Decoder) refuses(raw []byte, envelope string) bool {
	id := escapedID(raw)
	if id == nil || d.wanted.Kind(sysmonKind(id)) {
		return false
	}
	d.within(envelope)
	d.to.Kind, d.verdict = sysmonKind(id), Unwanted
	return true
}

// escapedID is the EventID in a JSON string that plainly is an event of Sysmon for Linux, without decoding it; else nil. What follows the string may
// stand behind it.
func escapedID(raw []byte) []byte {
	rest, ok := bytes.CutPrefix(raw, []byte(`<Event><System><Provider Name=\"Linux-Sysmon\"`))
	if !ok {
		return nil
	}
	rest = rest[:min(len(rest), 128)]
	mark := []byte("/><EventID>")
	n := bytes.Index(rest, mark)
	if n < 0 || closing(rest[:n], 0) >= 0 {
		return nil
	}
	rest = rest[n+len(mark):]
	n = len(rest) - len(bytes.TrimLeft(rest, "0123456789"))
	if n == 0 || n == len(rest) || rest[n] != '<' { // it may be escaped
		return nil
	}
	return rest[:n]
}

// told is something that the top level of a document says around the event.
type told struct {
	what role
	value
}

// about is what the document says around the event: host, time, Splunk's source and sourcetype.
func (doc *document) about(out []told) []told {
	switch v := doc.value(host); v.shape {
	case text:
		out = append(out, told{host, v})
	case object:
		out = append(out, told{host, hostName(v)})
	default:
		out = doc.tells(out, computer)
	}
	out = doc.tells(doc.tells(out, origin), sourcetype)
	if v := doc.value(realtime); v.shape != nothing {
		return append(out, told{realtime, v})
	}
	if v := doc.value(stamp); v.shape != nothing {
		out = append(out, told{stamp, v})
	}
	return out
}

// tells adds the last value with a role, if it is a string.
func (doc *document) tells(out []told, r role) []told {
	if v := doc.value(r); v.shape == text {
		out = append(out, told{r, v})
	}
	return out
}

// meta takes over what the document says around the event.
func (d *Decoder) meta() {
	if d.doc == nil {
		return
	}
	d.told = d.doc.about(d.told[:0])
	for i := range d.told {
		d.tell(d.told[i].what, d.told[i].value)
	}
}

func (d *Decoder) tell(what role, v value) {
	switch what {
	case host:
		d.to.host = v
	case computer:
		if !d.to.hosted() {
			d.to.host = v
		}
	case origin:
		d.to.Meta.Source = keep(&d.last.origin, d.str(v))
	case sourcetype:
		d.to.Meta.Sourcetype = keep(&d.last.sourcetype, d.str(v))
	case realtime:
		d.stamp, d.micros = v, true
	case stamp:
		if d.stamp.shape == nothing {
			d.stamp = v
		}
	}
}

// hostName is the name in an object about a host.
func hostName(v value) value {
	s := scanner{b: v.raw}
	var name value
	for s.enter('{'); ; {
		key, v, ok := s.field()
		if !ok {
			return name
		}
		if k := string(key); v.shape == text && (k == "name" || k == "hostname" && name.shape == nothing) {
			name = v
		}
	}
}

// memberOf is the last member of an object with a key.
func memberOf(v value, name string) (found value) {
	if v.shape != object {
		return found
	}
	s := scanner{b: v.raw}
	for s.enter('{'); ; {
		key, v, ok := s.field()
		if !ok {
			return found
		}
		if string(key) == name {
			found = v
		}
	}
}
