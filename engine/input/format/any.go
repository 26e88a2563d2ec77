package format

// anyKind is the kind of JSON documents of which nobody knows what they are.
const anyKind = "json"

// readAny reads a document of no known form under its own dotted names, like one of ECS. One without members is none.
func (d *Decoder) readAny(of *scanner, kind string) Outcome {
	s, members := scanner{b: of.b}, false
	for s.enter('{'); ; {
		key, v, ok := s.field()
		if !ok {
			break
		}
		if !members {
			members = true
			d.within(kind)
			if d.to.Kind = kind; !d.wanted.Kind(kind) {
				return Unwanted
			}
			d.meta()
		}
		if n := d.child(d.names.root, key); n.wanted {
			d.braces = d.wanted.Braces
			d.putECS(n, v, false, 0)
			d.braces = false
		}
	}
	if !members {
		return Other
	}
	return d.judged(Event, &s)
}

// contained is a document in one of a tool that knows no more of it than that it is the event.
func (d *Decoder) contained(v value) []byte {
	if d.outer == d.depth {
		d.outer++
	}
	return v.raw
}

// whatever reads what is no event, under Wanted.Text: unknown JSON under its own names, and any other line. What could not be read as what it
// looked like has at least its text.
func (d *Decoder) whatever(outcome Outcome, rec []byte) Outcome {
	switch outcome {
	case Other, Banner, Foreign, Unsupported:
		return d.remaining(outcome, rec)
	case Unreadable:
		note := d.to.Note
		if outcome = d.remaining(outcome, rec); outcome == Event {
			d.to.Note = note
			return Salvaged
		}
	}
	return outcome
}

func (d *Decoder) remaining(outcome Outcome, rec []byte) Outcome {
	b := trimStart(rec)
	if b[0] == '{' && !d.wanted.JSON {
		return outcome
	}
	d.begin(rec)
	if b[0] == '{' {
		d.doc, d.depth = &d.docs[0], 1
		s := scanner{b: b}
		d.survey(&s, true)
		outcome := d.readAny(&s, anyKind)
		if d.other && d.verdict == Event {
			d.learn(&s, lesson{ecs: true, use: use{outcome: outcome, envelope: anyKind, braces: d.wanted.Braces, bare: true}})
		}
		if d.doc, d.depth = nil, 0; outcome != Other {
			return outcome
		}
	}
	return d.readPlain(b)
}
