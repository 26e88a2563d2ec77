package format

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
	return d.json(d.contained(v)), true
}

// readOriginal reads what Beats keep of an event before they parse it.
func (d *Decoder) readOriginal() (Outcome, bool) { return d.unwrap(d.original(), "beats") }

func (d *Decoder) original() value {
	if v := d.doc.value(eventOriginal); v.shape != nothing {
		return v
	}
	return memberOf(d.doc.value(event), "original")
}
