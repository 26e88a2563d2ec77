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
	s := scanner{b: d.doc.value(winlog).raw}
	var payload value
	s.enter('{')
	for before := d.winlog.start; ; {
		e, v, ok := s.member(d.winlog, before)
		if !ok {
			break
		}
		switch before = e; e.role {
		case eventData:
			payload = v
		case ecsPart:
			d.winlogActor(v)
		default:
			if e.role != plain {
				d.note(e.role, d.scalar(v))
			}
			d.put(d.winlog, e, v)
		}
	}
	if payload.shape == nothing {
		return Other, false
	}
	d.within("winlog")
	d.meta()
	switch {
	case d.verdict != Event:
		return d.verdict, true
	case d.to.Kind == "":
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
	thread := member1(v, "thread")
	for name, v := range map[string]value{"ProcessID": member1(v, "pid"), "ThreadID": member1(thread, "id"),
		"UserId": member1(v, "identifier")} {
		if v.shape != nothing {
			d.put(d.system, d.system.find([]byte(name)), v)
		}
	}
}
