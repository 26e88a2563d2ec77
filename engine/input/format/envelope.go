package format

import (
	"bytes"
	"strconv"
)

// unwrap reads the event inside a JSON string: XML with or without a syslog prefix, or JSON again. mine is false if there is none.
func (d *Decoder) unwrap(v value, envelope string) (outcome Outcome, mine bool) {
	if v.shape != text {
		return Other, false
	}
	if id := escapedID(v.raw); id != nil && !d.wanted.Kind(sysmonKind(id)) {
		d.within(envelope)
		d.to.Kind = sysmonKind(id)
		return Unwanted, true
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

// escapedID is the EventID in a JSON string that plainly is an event of Sysmon for Linux, without decoding it; else nil.
func escapedID(raw []byte) []byte {
	rest, ok := bytes.CutPrefix(raw, []byte(`<Event><System><Provider Name=\"Linux-Sysmon\"`))
	if !ok {
		return nil
	}
	rest = rest[:min(len(rest), 128)]
	mark := []byte("/><EventID>")
	n := bytes.Index(rest, mark)
	if n < 0 {
		return nil
	}
	rest = rest[n+len(mark):]
	if n = bytes.IndexByte(rest, '<'); n <= 0 {
		return nil
	}
	return rest[:n]
}

// meta takes over what the top level of a document says around the event: host, time, Splunk's source and sourcetype.
func (d *Decoder) meta() {
	doc, m := d.doc, &d.to.Meta
	if doc == nil {
		return
	}
	if v := doc.value(host); v.shape == text {
		m.Host = keep(&d.last.host, d.str(v))
	} else if v.shape == object {
		m.Host = keep(&d.last.host, d.str(hostName(v)))
	} else if v := doc.value(computer); v.shape == text && m.Host == "" {
		m.Host = keep(&d.last.host, d.str(v))
	}
	if v := doc.value(origin); v.shape == text {
		m.Source = keep(&d.last.origin, d.str(v))
	}
	if v := doc.value(sourcetype); v.shape == text {
		m.Sourcetype = keep(&d.last.sourcetype, d.str(v))
	}
	if v := doc.value(realtime); v.shape != nothing {
		d.stamp, d.micros = v, true
	} else if v := doc.value(stamp); v.shape != nothing && d.stamp.shape == nothing {
		d.stamp = v
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

// readJournal reads journalctl -o json. Its MESSAGE is a string, an array of byte numbers, null, or an array of these.
func (d *Decoder) readJournal() (Outcome, bool) {
	d.within("journald")
	d.meta()
	v := d.doc.value(journal)
	switch v.shape {
	case text:
		if outcome, mine := d.unwrap(v, "journald"); mine {
			return outcome, true
		}
		return d.unknown(d.str(v), d.bySysmon(false)), true
	case array:
		return d.journalArray(v, 0), true
	}
	if v.shape == nothing && d.bySysmon(true) {
		d.to.Note = "MESSAGE is null: journalctl leaves out long messages unless it is given --all"
		return Lost, true
	}
	return Other, true
}

func (d *Decoder) journalArray(v value, depth int) Outcome {
	s := scanner{b: v.raw}
	for s.enter('['); s.more(']'); {
		v, ok := s.value()
		if !ok {
			break
		}
		switch {
		case v.shape == word && !d.doc.bytes:
			d.to.Note = "MESSAGE is an array in a layout that is not known"
			return Unreadable
		case v.shape == word:
			s.i -= len(v.raw)
			return d.bytes(&s)
		case v.shape == array && depth == 0:
			if outcome := d.journalArray(v, 1); outcome != Other {
				return outcome
			}
		default:
			if outcome, mine := d.unwrap(v, "journald"); mine {
				return outcome
			}
		}
	}
	return Other
}

// bytes reads a message from the numbers of its bytes.
func (d *Decoder) bytes(s *scanner) Outcome {
	out := d.to.Grow((len(s.b) - s.i) / 2)[:0]
	for s.more(']') {
		v, ok := s.value()
		n, err := strconv.ParseUint(string(v.raw), 10, 8)
		if !ok || err != nil {
			break
		}
		out = append(out, byte(n))
	}
	if outcome, mine := d.inside(out, "journald"); mine {
		return outcome
	}
	return d.unknown(out, d.bySysmon(false))
}

// byteArrays are the spellings of a journal's key before an array: only these are read, since Hides names them.
var byteArrays = []string{`"MESSAGE":[`, `"MESSAGE": [`, `"MESSAGE" : [`}

// announced says whether the bytes before an array end in one of its spellings.
func announced(before []byte) bool {
	for _, b := range byteArrays {
		if bytes.HasSuffix(before, []byte(b[:len(b)-1])) {
			return true
		}
	}
	return false
}

// readAzure reads a row of Azure's Syslog table.
func (d *Decoder) readAzure() (Outcome, bool) {
	v := d.doc.value(azureText)
	if outcome, mine := d.unwrap(v, "azure"); mine {
		return outcome, true
	}
	d.within("azure")
	return d.unknown(d.str(v), d.bySysmon(false)), true
}

// readResult reads a result of Splunk's export, which wraps the raw event and its metadata.
func (d *Decoder) readResult() (Outcome, bool) {
	d.within("splunk")
	return d.json(d.doc.value(result).raw), true
}

func (d *Decoder) readRaw() (Outcome, bool) { return d.unwrap(d.doc.value(rawText), "splunk") }

// readHEC reads what is sent to Splunk's HTTP event collector: the event as a string or an object.
func (d *Decoder) readHEC() (Outcome, bool) {
	v := d.doc.value(event)
	if v.shape == text {
		return d.unwrap(v, "hec")
	}
	name := d.to.Meta.Envelope
	d.within("hec")
	d.meta()
	if outcome := d.json(v.raw); outcome != Other {
		return outcome, true
	}
	d.to.Meta, d.to.Note = Meta{Envelope: name}, ""
	return Other, false
}

// isHEC tells the collector's envelope from an ECS document, whose event is an object too.
func isHEC(doc *document) bool {
	if !doc.object(event) {
		return doc.has(event)
	}
	return doc.has(sourcetype) || !doc.object(host) && !doc.has(ecsPart, message, category)
}

// readOriginal reads what Beats keep of an event before they parse it.
func (d *Decoder) readOriginal() (Outcome, bool) {
	v := d.doc.value(eventOriginal)
	if v.shape == nothing {
		v = member1(d.doc.value(event), "original")
	}
	return d.unwrap(v, "beats")
}

// member1 is the last member of an object with a key.
func member1(v value, name string) (found value) {
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

// readMessage reads what collectors wrap around a line: Fluent Bit, Fluentd, NXLog, Logstash, Vector, Docker, Filebeat.
func (d *Decoder) readMessage() (Outcome, bool) {
	for i := range d.doc.members {
		m := &d.doc.members[i]
		if m.e.role != message && m.e.role != logText {
			continue
		}
		if outcome, mine := d.unwrap(m.v, collector(d.doc, m.e)); mine {
			return outcome, true
		}
	}
	return Other, false
}

func collector(doc *document, e *entry) string {
	switch {
	case e.role == logText && doc.has(stream):
		return "docker"
	case string(e.quoted) == `"Message"`:
		return "nxlog"
	case doc.has(appName):
		return "vector"
	case doc.object(logText):
		return "beats"
	case string(e.quoted) == `"message"` && doc.has(stamp) && doc.seen&(1<<host) != 0 && !doc.has(identifier):
		return "logstash"
	}
	return "fluent"
}

// readSource reads a document that a search answered with: _source, or fields with their values in arrays.
func (d *Decoder) readSource() (Outcome, bool) {
	v := d.doc.value(source)
	if v.shape != object {
		v = d.doc.value(fields)
	}
	d.within("elasticsearch")
	return d.json(v.raw), true
}
