package format

import (
	"bytes"
	"slices"
)

// path is a place in events of one layout: the markup from the end of the value before it to the start of its value. Paths form a
// tree that is learned from the events read so far, so that reading the next event is mostly comparing markup.
//
// What is the same in all events of a kind is taken for markup too, once it was met: most of the System part is.
type path struct {
	markup []byte
	corners
	said   []said // the values in the markup, in their order
	end    byte   // what ends the value: '<', a quote, or 0 for a value that is empty because its element is
	state  state
	name   string
	role   role
	slot   int
	steady bool // the value is mostly that of the event before
	quick  bool // the value ends at a < or a double quote, and judges nothing
	final  bool // behind </Event>: there is no value
	next   []*path
}

// said is a value that is part of markup.
type said struct {
	*path
	text     []byte
	kind     string // of an EventID: the kind that it stands for
	unwanted bool   // and nobody asks for
}

const (
	maxPaths  = 8192
	maxMarkup = 1024
	maxBranch = 32
	maxTried  = 1024 // how often values are taken for markup
	maxSaid   = 64   // bytes of such a value
)

// tree is the paths learned so far.
type tree struct {
	start        *path
	paths, tried int
}

// follow is the path that the markup at a place begins with, if it was met before. Those that are met often come to stand first, but for those with
// values in them, which begin like others.
func (p *path) follow(b []byte, at int) *path {
	for i, n := range p.next {
		if end := at + len(n.markup); end > len(b) || string(b[at:end]) != string(n.markup) {
			continue
		}
		if i > 0 && (len(p.next[i-1].said) > 0) == (len(n.said) > 0) {
			p.next[i-1], p.next[i] = n, p.next[i-1]
		}
		return n
	}
	return nil
}

func (t *tree) learn(after, p *path) {
	if len(p.markup) > maxMarkup {
		return
	}
	p.markup = bytes.Clone(p.markup)
	p.corners = cornersOf(p.markup)
	p.quick = (p.end == '<' || p.end == '"') && !p.final && !p.steady && len(p.said) == 0 && !p.role.judges()
	if t.paths++; t.paths > maxPaths {
		t.start.next, t.paths, t.tried = nil, 0, 0
	}
	if len(after.next) == maxBranch {
		after.next = after.next[:maxBranch-1]
	}
	if len(p.said) > 0 {
		after.next = slices.Insert(after.next, 0, p)
	} else {
		after.next = append(after.next, p)
	}
}

// explore reads markup behind the value of a path, and learns it. known is what was met before of it, if anything.
func (d *Decoder) explore(b []byte, at int, here, known *path) *path {
	w := walker{b: b, i: at, state: here.state}
	p := d.walk(&w)
	if p == nil {
		return nil
	}
	p, end := d.further(&d.paths, b, w.i, p)
	if known != nil && len(p.said) == len(known.said) {
		return known
	}
	if p.markup = b[at:end]; !d.wanted.NoOutlines {
		d.paths.learn(here, p)
	}
	return p
}

// walk is the path to the next value.
func (d *Decoder) walk(w *walker) *path {
	p := w.walk()
	if p == nil {
		return nil
	}
	p.slot = unasked
	switch {
	case p.name == "":
		p.slot = -1
	case !d.to.wanted.All:
		p.slot = d.to.Slot([]byte(p.name))
	}
	p.steady = w.section == inTheSystem && steady[p.name]
	return p
}

// steady is the fields of the System part that are mostly the same in events of one kind.
var steady = map[string]bool{"ProviderName": true, "ProviderGuid": true, "EventID": true, "Version": true, "Level": true, "Task": true, "Opcode": true,
	"Keywords": true, "Channel": true}

// further is the path to the first value that is not steady, for one whose value begins at i, and where that value begins. It goes no further than
// values are plain.
func (d *Decoder) further(t *tree, b []byte, i int, p *path) (*path, int) {
	if !p.steady || d.wanted.NoOutlines || t.tried == maxTried {
		return p, i
	}
	t.tried++
	var values []said
	for p.steady {
		n := bytes.IndexByte(b[i:], p.end)
		if n < 0 || n > maxSaid || bytes.ContainsAny(b[i:i+n], "&#") || textEnd(b, i+n, p) != i+n {
			break
		}
		w := walker{b: b, i: i + n, state: p.state}
		next := d.walk(&w)
		if next == nil || next.final {
			break
		}
		values = append(values, d.saying(p, b[i:i+n]))
		p, i = next, w.i
	}
	p.said = values
	return p, i
}

// saying is a value as part of markup.
func (d *Decoder) saying(p *path, text []byte) said {
	s := said{path: p, text: bytes.Clone(text)}
	if p.role == eventID && len(text) > 0 {
		s.kind = sysmonKind(s.text)
		s.unwanted = !d.wanted.Kind(s.kind)
	}
	return s
}
