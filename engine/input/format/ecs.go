package format

import (
	"bytes"
	"slices"
)

// ecsNames is the dotted names met so far, as a tree.
type ecsNames struct {
	root  *ecsName
	count int
}

type ecsName struct {
	full     string
	slot     int
	wanted   bool // somebody asks for it, or for a name below it
	children map[string]*ecsName
}

// elements is what Splunk puts behind the name of an array.
const elements = "{}"

// maxNesting bounds the depth to which ECS documents are read.
const maxNesting = 64

// child is the name that a key makes below another one. Keys may be dotted themselves.
func (d *Decoder) child(of *ecsName, key []byte) *ecsName {
	if n, ok := of.children[string(key)]; ok {
		return n
	}
	n := &ecsName{full: string(key), slot: unasked}
	if bytes.IndexByte(key, '\\') >= 0 {
		n.full = string(unescape(make([]byte, len(key)), key))
	}
	switch {
	case of.full != "" && d.braces && n.full == elements:
		n.full = of.full + elements
	case of.full != "":
		n.full = of.full + "." + n.full
	}
	if n.wanted = d.wanted.All; !n.wanted {
		n.slot = d.to.Slot([]byte(n.full))
		n.wanted = n.slot >= 0 || d.wanted.below(n.full)
	}
	if d.names.count < maxLearnt && len(n.full) < 256 {
		if of.children == nil {
			of.children = map[string]*ecsName{}
		}
		of.children[string(key)] = n
		d.names.count++
	}
	return n
}

// isECS knows a document by its event.category, or by an event and what it is about.
func isECS(doc *document) bool { return doc.has(category, ecsPart) || doc.object(event) }

// readECS reads a document of the Elastic Common Schema under its own dotted names.
func (d *Decoder) readECS() (Outcome, bool) {
	kind, ok := d.ecsKind()
	if !ok {
		return Other, false
	}
	d.within("ecs")
	if d.to.Kind = kind; !d.wanted.Kind(kind) {
		return Unwanted, true
	}
	d.meta()
	for i := range d.doc.members {
		m := &d.doc.members[i]
		if m.e.ecs == nil {
			if quoted := m.e.quoted; len(quoted) > 2 {
				m.e.ecs = d.child(d.names.root, quoted[1:len(quoted)-1])
			} else {
				m.e.ecs = &ecsName{}
			}
		}
		if m.e.ecs.wanted {
			d.putECS(m.e.ecs, m.v, false, 0)
		}
	}
	return Event, true
}

func (d *Decoder) ecsKind() (string, bool) {
	v, ok := value{}, false
	for i := range d.doc.members {
		if m := &d.doc.members[i]; m.e.role == category {
			if ok = true; string(m.e.quoted) == `"event.category"` {
				v = m.v
			}
		}
	}
	if of := d.doc.value(event); of.shape == object {
		ok = ok || memberOf(of, "action").shape != nothing || memberOf(of, "kind").shape != nothing
		if c := memberOf(of, "category"); c.shape != nothing {
			v = c
		}
	}
	if v.shape != nothing {
		return d.categoryKind(v), true
	}
	return "ecs/other", ok || d.doc.has(ecsPart) && !d.doc.has(message) && (!d.wanted.Braces || d.ecsDocument())
}

// ecsDocument says whether a document has what those of the schema begin with; others may have a user or a host too.
func (d *Decoder) ecsDocument() bool {
	return slices.ContainsFunc(d.doc.members, func(m member) bool {
		return string(m.e.quoted) == `"@timestamp"` || string(m.e.quoted) == `"ecs"` || bytes.HasPrefix(m.e.quoted, []byte(`"ecs.`))
	})
}

// categoryKind is the kind of an event's categories: the most telling of several.
func (d *Decoder) categoryKind(v value) string {
	s, best, other := scanner{b: v.raw}, 0, []byte(nil)
	see := func(name []byte) {
		switch string(name) {
		case "process":
			best = 3
		case "network":
			best = max(best, 2)
		case "file":
			best = max(best, 1)
		default:
			if other == nil {
				other = name
			}
		}
	}
	if v.shape == array {
		for s.enter('['); s.more(']'); {
			e, ok := s.value()
			if !ok {
				break
			}
			see(d.scalar(e))
		}
	} else {
		see(d.scalar(v))
	}
	switch {
	case best > 0:
		return [...]string{1: "ecs/file", 2: "ecs/network", 3: "ecs/process"}[best]
	case len(other) == 0:
		return "ecs/other"
	}
	return "ecs/" + keep(&d.last.category, other)
}

// putECS gives a name its value, or the names below it theirs. The elements of arrays become several values.
func (d *Decoder) putECS(n *ecsName, v value, further bool, depth int) {
	if depth > maxNesting {
		return
	}
	switch v.shape {
	case object:
		s := scanner{b: v.raw}
		for s.enter('{'); ; {
			key, v, ok := s.field()
			if !ok {
				return
			}
			if c := d.child(n, key); c.wanted {
				d.putECS(c, v, further, depth+1)
			}
		}
	case array:
		if d.braces {
			if n = d.child(n, []byte(elements)); !n.wanted {
				return
			}
		}
		if !further {
			d.clear(n)
		}
		s := scanner{b: v.raw}
		for s.enter('['); s.more(']'); {
			v, ok := s.value()
			if !ok {
				return
			}
			d.putECS(n, v, true, depth+1)
		}
	case nothing:
		if !further {
			d.clear(n)
		}
	default:
		slot := d.ecsSlot(n)
		switch {
		case slot < 0:
		case further:
			d.to.Append(slot, d.str(v))
		default:
			d.to.Set(slot, d.str(v))
		}
	}
}

func (d *Decoder) ecsSlot(n *ecsName) int {
	if n.slot == unasked {
		n.slot = d.to.Slot([]byte(n.full))
	}
	return n.slot
}

// clear takes the value of a name away, under whatever keys it was met: "a.b" may be a key itself.
func (d *Decoder) clear(n *ecsName) {
	if n.slot == unasked {
		slot, met := d.to.slots[n.full]
		if !met {
			return
		}
		n.slot = slot
	}
	if n.slot >= 0 {
		d.to.Unset(n.slot)
	}
}
