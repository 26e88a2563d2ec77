package format

import "bytes"

// path is a place in events of one layout: the markup from the end of the value before it to the start of its value. Paths form a
// tree that is learned from the events read so far, so that reading the next event is mostly comparing markup.
type path struct {
	markup []byte
	end    byte // what ends the value: '<', a quote, or 0 for a value that is empty because its element is
	state  state
	name   string
	role   role
	slot   int
	final  bool // behind </Event>: there is no value
	next   []*path
}

const (
	maxPaths  = 8192
	maxMarkup = 1024
	maxBranch = 8
)

// tree is the paths learned so far.
type tree struct {
	start *path
	paths int
}

// follow is the path that the markup at b begins with, if it was met before.
func (p *path) follow(b []byte) *path {
	for i, n := range p.next {
		if bytes.HasPrefix(b, n.markup) {
			if i > 0 {
				p.next[0], p.next[i] = n, p.next[0]
			}
			return n
		}
	}
	return nil
}

func (t *tree) learn(after, p *path) {
	if len(p.markup) > maxMarkup {
		return
	}
	p.markup = bytes.Clone(p.markup)
	if t.paths++; t.paths > maxPaths {
		t.start.next, t.paths = nil, 0
	}
	if len(after.next) == maxBranch {
		after.next = after.next[:maxBranch-1]
	}
	after.next = append(after.next, p)
}

// xml reads the event that starts at the beginning of b. octal says that it stood behind a syslog prefix. Without whole, b may be
// just the EventData of an event whose kind is known.
func (d *Decoder) xml(b []byte, octal, whole bool) Outcome {
	at, from, here := 0, 0, d.paths.start
	for {
		next := here.follow(b[at:])
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
			if next = d.explore(b, at, here); next == nil {
				return d.short(here, false, whole)
			}
		}
		if next.final {
			return d.complete()
		}
		here, from = next, at+len(next.markup)
		at = from
		if here.end != 0 {
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

// give sets the field of a path, and learns what its role says of the event.
func (d *Decoder) give(p *path, text []byte) {
	if p.slot == unasked {
		p.slot = -1
		if p.name != "" {
			p.slot = d.to.Slot([]byte(p.name))
		}
	}
	if p.slot >= 0 {
		d.to.Set(p.slot, text)
	}
	if p.role != plain {
		d.note(p.role, text)
	}
}

// explore reads markup that was not met before behind the value of a path, and learns it.
func (d *Decoder) explore(b []byte, at int, here *path) *path {
	w := walker{b: b, i: at, state: here.state}
	p := w.walk()
	if p == nil {
		return nil
	}
	p.markup, p.slot = b[at:w.i], unasked
	switch {
	case p.name == "":
		p.slot = -1
	case !d.to.wanted.All:
		p.slot = d.to.Slot([]byte(p.name))
	}
	d.paths.learn(here, p)
	return p
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
