package input

import (
	"maps"
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/engine/input/format"
)

// alike says whether an event of a kind is the same in whatever manner records are read, if the manner that reads most finds it.
func alike(kind string) bool {
	return strings.HasPrefix(kind, "sysmon/") || strings.HasPrefix(kind, "ecs/")
}

// covers says whether a manner reads all that another one does.
func (m manner) covers(other manner) bool {
	return !m.all && !other.all && (m.json || !other.json) && (m.text || !other.text) && (m.text || m.audit || !other.audit)
}

// host makes the members of lanes guests of the lane that can read for most: what is read alike is decoded there, once for all of them. That is
// of use where all records are decoded in each.
func (p *Pass) host() {
	best, guests := 0, []*lane(nil)
	for i, l := range p.lanes {
		if g := p.guests(l); p.open(l) && len(g) > len(guests) {
			best, guests = i, g
		}
	}
	for _, l := range guests {
		l.hosted = true
		for _, m := range l.members {
			p.lanes[best].join(&member{share: m.share, guest: true})
		}
	}
	if guests != nil {
		p.lanes[0], p.lanes[best] = p.lanes[best], p.lanes[0]
	}
}

// open says whether a member of the lane wants every record.
func (p *Pass) open(l *lane) bool {
	return slices.ContainsFunc(l.members, func(m *member) bool { return m.places == nil && p.sought(m) == nil })
}

// guests is the lanes that a lane can read for.
func (p *Pass) guests(of *lane) (out []*lane) {
	types := maps.Clone(of.types)
	for _, l := range p.lanes {
		if l != of && p.open(l) && of.manner.covers(l.manner) && agree(types, l.types) {
			maps.Copy(types, l.types)
			out = append(out, l)
		}
	}
	return out
}

// agree says whether the fields that are in both have the same types.
func agree(x, y map[string]column.Kind) bool {
	for name, kind := range x {
		if other, both := y[name]; both && other != kind {
			return false
		}
	}
	return true
}

// found says whether the host has read, from the record just looked at, an event for its guests too.
func (w *worker) found(outcome format.Outcome) bool {
	return outcome == format.Event && alike(w.last.kind)
}

// before delivers the host's events of a kind, where a guest's own lane has found a further one: they lie before it.
func (d *deal) before(kind string) {
	if d.host != nil && alike(kind) && d.host.builders[kind] != nil {
		d.host.flush(d.host.builders[kind])
	}
}

// acquaint tells the members of hosted lanes of their seats as guests.
func (f *front) acquaint() {
	guests := map[*Share]*seat{}
	for i, l := range f.lanes {
		if f.pass.lanes[i].hosted {
			l.deal.host = f.lanes[0]
		}
		for _, s := range l.deal.seats {
			if g := guests[s.member.share]; g != nil {
				s.other, g.other = g, s
			} else if s.member.guest {
				guests[s.member.share] = s
			}
		}
	}
}
