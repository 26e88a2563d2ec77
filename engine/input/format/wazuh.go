package format

// readWazuh reads an alert of Wazuh: the raw line in full_log, or the fields that a decoder took out of it under data.
func (d *Decoder) readWazuh() (Outcome, bool) {
	if outcome, mine := d.unwrap(d.doc.value(fullLog), "wazuh"); mine {
		d.wazuhHost()
		return outcome, true
	}
	v := d.doc.value(data)
	sys, payload := memberOf(v, "system"), memberOf(v, "eventdata")
	if win := memberOf(v, "win"); win.shape == object {
		sys, payload = memberOf(win, "system"), memberOf(win, "eventdata")
	}
	nested := memberOf(v, "Event")
	if nested.shape != object && payload.shape == nothing {
		return Other, false
	}
	d.within("wazuh")
	d.meta()
	d.wazuhHost()
	if nested.shape == object {
		return d.readEvent(nested, "wazuh")
	}
	d.entities = true // the decoder cuts values out of the XML as they stand
	return d.readParts(sys, payload), true
}

func (d *Decoder) wazuhHost() {
	if name := memberOf(d.doc.value(agent), "name"); name.shape == text {
		d.to.host = name
	}
}
