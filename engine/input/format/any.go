package format

// anyKind is the kind of JSON documents of which nobody knows what they are.
const anyKind = "json"

// readAny reads a document of no known form under its own dotted names, like one of ECS. One without members is none.
func (d *Decoder) readAny(of *scanner) Outcome {
	s, members := scanner{b: of.b}, false
	for s.enter('{'); ; {
		key, v, ok := s.field()
		if !ok {
			break
		}
		if !members {
			members = true
			d.within("json")
			if d.to.Kind = anyKind; !d.wanted.Kind(anyKind) {
				return Unwanted
			}
			d.meta()
		}
		if n := d.child(d.names.root, key); n.wanted {
			d.putECS(n, v, false, 0)
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
