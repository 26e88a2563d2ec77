package format

// inWinlog resolves a key of the object winlog.
func inWinlog(key string) (string, role) {
	switch key {
	case "event_data":
		return "", eventData
	case "process", "user":
		return "", ecsPart
	}
	return inWinlogKey(key)
}

// readWinlog reads what Beats make of an event's XML: its System part in winlog, its EventData in winlog.event_data.
func (d *Decoder) readWinlog() (Outcome, bool) {
	v := d.doc.value(winlog)
	payload := memberOf(v, "event_data")
	if payload.shape == nothing {
		return Other, false
	}
	d.within("winlog")
	d.meta()
	s := scanner{b: v.raw}
	s.enter('{')
	for before := d.winlog.start; d.verdict == Event; {
		e, v, ok := s.member(d.winlog, before)
		if !ok || s.cut && e.role.judges() {
			break
		}
		switch before = e; e.role {
		case eventData:
		case ecsPart:
			d.winlogActor(v)
		default:
			d.putSystem(d.winlog, e, v)
		}
	}
	if d.to.Kind == "" { // Elastic's pipeline has moved the id
		d.putNamed("EventID", memberOf(d.doc.value(event), "code"))
	}
	if d.verdict != Event {
		return d.verdict, true
	}
	if d.to.Kind == "" {
		d.to.Note = "no EventID"
		return Unreadable, true
	}
	if outcome := d.readData(d.beats, &scanner{b: payload.raw}, 0); outcome != Event {
		return outcome, true
	}
	return d.ended(&s), true
}

// winlogActor reads winlog.process and winlog.user: the logging daemon, and who it runs as.
func (d *Decoder) winlogActor(v value) {
	d.putNamed("ProcessID", memberOf(v, "pid"))
	d.putNamed("ThreadID", memberOf(memberOf(v, "thread"), "id"))
	d.putNamed("UserId", memberOf(v, "identifier"))
}

func (d *Decoder) putNamed(name string, v value) {
	if v.shape != nothing {
		d.putSystem(d.system, d.system.find([]byte(name)), v)
	}
}
