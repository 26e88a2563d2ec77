package format

import "bytes"

// xml reads the event that starts at the beginning of b. octal says that it stood behind a syslog prefix. Without whole, b may be
// just the EventData of an event whose kind is known.
func (d *Decoder) xml(b []byte, octal, whole bool) Outcome {
	at, from, here := 0, 0, d.paths.start
	d.stops.Open(b, '<', '<')
	for {
		at, from, here = d.asBefore(b, at, from, here, false)
		d.giveSpots(b, octal, false)
		next := here.follow(b, at)
		if next == nil {
			if end := textEnd(b, at, here); end != at {
				at = end
				if d.give(here, pieces(d.to, b[from:end], octal)); d.verdict != Event {
					return d.verdict
				}
				if at == len(b) {
					return d.short(here, true, whole)
				}
				continue
			}
		}
		if next == nil || next.steady && d.paths.tried < maxTried {
			if next = d.explore(b, at, here, next); next == nil {
				return d.short(here, false, whole)
			}
		}
		if next.final {
			return d.complete()
		}
		if len(next.said) > 0 && !d.say(next) {
			return d.verdict
		}
		here, from = next, at+len(next.markup)
		switch at = from; here.end {
		case 0:
		case '<':
			at = d.stops.Next(from)
		default:
			if n := bytes.IndexByte(b[from:], here.end); n >= 0 {
				at = from + n
			} else {
				at = len(b)
			}
		}
		if at == len(b) && here.role.judges() {
			return d.short(here, true, whole)
		}
		if here.slot != -1 || here.role != plain {
			if d.give(here, decode(d.to, b[from:at], octal)); d.verdict != Event {
				return d.verdict
			}
		}
		if at == len(b) && here.end != 0 {
			return d.short(here, true, whole)
		}
	}
}

// say gives the values in the markup of a path. It says no if they settle the verdict.
func (d *Decoder) say(p *path) bool {
	for i := range p.said {
		s := &p.said[i]
		if s.kind == "" {
			d.give(s.path, s.text)
		} else if d.set(s.path, s.text); s.unwanted {
			d.to.Kind, d.verdict = s.kind, Unwanted
		} else {
			d.to.Kind = s.kind
		}
		if d.verdict != Event {
			return false
		}
	}
	return true
}

// give sets the field of a path, and learns what its role says of the event.
func (d *Decoder) give(p *path, text []byte) {
	d.set(p, text)
	if p.role != plain {
		d.note(p.role, text)
	}
}

func (d *Decoder) set(p *path, text []byte) {
	if p.slot == unasked {
		p.slot = -1
		if p.name != "" {
			p.slot = d.to.Slot([]byte(p.name))
		}
	}
	if p.slot >= 0 {
		d.to.Set(p.slot, text)
	}
}

// spot is where a value of an event stands.
type spot struct {
	of       *path
	from, to int
}

// asBefore goes on at a place behind the value of a path, which began at from, for as long as the event goes the way of the one before and its values
// neither judge nor hold what might be escapes of JSON. It notes those that somebody asks for, and hardly calls anything, which keeps most of what it
// needs in registers.
func (d *Decoder) asBefore(b []byte, at, from int, here *path, quoted bool) (int, int, *path) {
	stops := d.stops.Bitmap
	for len(here.next) > 0 {
		next := here.next[0]
		size := len(next.markup)
		start := at + size
		if !next.quick || start < cornered || start > len(b) {
			break
		}
		t, c := (*[cornered]byte)(b[start-cornered:]), &next.corners
		if (load(t[:], 0)^c.bytes[0])&c.mask[0]|(load(t[:], 8)^c.bytes[1])&c.mask[1]|(load(t[:], 16)^c.bytes[2])&c.mask[2]|(load(t[:], 24)^c.bytes[3])&c.mask[3] != 0 ||
			size > cornered && string(b[at:start]) != string(next.markup) {
			break
		}
		end := start
		switch {
		case next.end == '<':
			if end = stops.Ahead(start); end < 0 || b[end] != '<' {
				return at, from, here
			}
		case quoted:
			if end = stops.Ahead(start); end < 0 || end+1 == len(b) || b[end] == '<' || b[end+1] != '"' {
				return at, from, here
			}
		default:
			for end < len(b) && b[end] != '"' {
				end++
			}
			if end == len(b) {
				return at, from, here
			}
		}
		if next.slot != -1 || next.role != plain {
			d.spots = append(d.spots, spot{next, start, end})
		}
		at, from, here = end, start, next
	}
	return at, from, here
}

// giveSpots gives the values that were noted.
func (d *Decoder) giveSpots(b []byte, octal, quoted bool) {
	for i := range d.spots {
		s := &d.spots[i]
		raw := b[s.from:s.to]
		if quoted {
			raw = d.str(value{text, raw})
		}
		d.give(s.of, decode(d.to, raw, octal))
	}
	d.spots = d.spots[:0]
}

// short is the outcome of an event that ends too early, within the value of a path or behind it.
func (d *Decoder) short(p *path, within, whole bool) Outcome {
	switch {
	case !whole && !within:
		return Event
	case d.to.Kind == "" && whole:
		d.to.Note = "truncated before its EventID"
		return Unreadable
	}
	d.truncatedAt(within, p.name)
	return Salvaged
}

func (d *Decoder) complete() Outcome {
	if d.to.Kind == "" {
		d.to.Note = "no EventID"
		return Unreadable
	}
	return Event
}
