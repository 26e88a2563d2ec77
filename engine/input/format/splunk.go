package format

// readSplunk reads a result of Splunk's export: the raw event and its metadata, mostly inside result.
func (d *Decoder) readSplunk() (Outcome, bool) {
	if v := d.doc.value(rawText); v.shape != nothing {
		return d.unwrap(v, "splunk")
	}
	d.within("splunk")
	return d.json(d.contained(d.doc.value(result))), true
}

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
