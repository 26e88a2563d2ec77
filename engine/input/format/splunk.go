package format

// readSplunk reads a result of Splunk's export: the raw event and its metadata, mostly inside result.
func (d *Decoder) readSplunk() (Outcome, bool) {
	if v := d.doc.value(rawText); v.shape != nothing {
		return d.unwrap(v, "splunk")
	}
	return d.event(d.doc.value(result), "splunk", d.doc.has(preview))
}

// readHEC reads what is sent to Splunk's HTTP event collector: the event as a string or an object. Beside a sourcetype, an object that
// nobody knows is an event too.
func (d *Decoder) readHEC() (Outcome, bool) {
	v := d.doc.value(event)
	if v.shape == text {
		return d.unwrap(v, "hec")
	}
	return d.event(v, "hec", d.doc.has(sourcetype))
}

// event reads an object inside a document that may be an envelope. If it surely is one, an object that nobody knows is an event too.
func (d *Decoder) event(v value, envelope string, sure bool) (Outcome, bool) {
	before, outer := d.to.Meta, d.outer
	d.within(envelope)
	d.meta()
	if sure {
		d.contained(v)
	}
	if outcome := d.json(v.raw); outcome != Other {
		return outcome, true
	}
	d.to.Meta, d.to.Note, d.outer = before, "", outer
	return Other, false
}

// isHEC tells the collector's envelope from an ECS document, whose event is an object too.
func isHEC(doc *document) bool {
	if !doc.object(event) {
		return doc.has(event)
	}
	return doc.has(sourcetype) || !doc.object(host) && !doc.has(ecsPart, message, category)
}
