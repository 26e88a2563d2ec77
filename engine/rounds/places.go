package rounds

import (
	"cmp"
	"slices"

	"spoor/engine/input"
	"spoor/engine/state"
	"spoor/engine/timeindex"
)

// Places is up to where logs were read that are followed, whatever they are called by now.
type Places struct {
	by   map[timeindex.Key][]*place
	made int // places, those that were replaced too
	tidy int // how many places there were when those of logs that are gone were dropped
}

// place is a position; places are in the order in which their logs came.
type place struct {
	state.Position
	number int
}

// NewPlaces is the places at the positions.
func NewPlaces(list []state.Position) *Places {
	p := &Places{by: map[timeindex.Key][]*place{}}
	for _, at := range list {
		p.add(&place{at, p.made})
	}
	p.tidy = len(list)
	return p
}

func (p *Places) add(x *place) {
	p.by[x.Key] = append(p.by[x.Key], x)
	p.made++
}

// Advance notes that a part of an input was read, and that no event so far is newer than a time. What stood behind the part already stays.
func (p *Places) Advance(in input.Input, newest int64) error {
	text, err := timeindex.OpenText(in)
	if err != nil {
		return err
	}
	defer text.Close()
	to := in.Bounds.To
	x := &place{number: p.made}
	for _, key := range text.Keys() {
		for i, old := range p.by[key] {
			if old.Offset < in.Bounds.From || !text.Holds(old.Key, old.Offset, old.Tail) {
				continue
			}
			if old.Offset >= to {
				old.Path = in.Path
				return nil
			}
			p.by[key] = slices.Delete(p.by[key], i, i+1)
			x.number = old.number
			break
		}
	}
	key, tail, err := text.At(to)
	if err != nil {
		return err
	}
	x.Position = state.Position{Path: in.Path, Key: key, Offset: to, Tail: tail, Newest: newest}
	p.add(x)
	return nil
}

// Reached is up to where an input was read; ok is false if it was not.
func (p *Places) Reached(in input.Input) (offset int64, ok bool) {
	text, err := timeindex.OpenText(in)
	if err != nil {
		return 0, false
	}
	defer text.Close()
	for _, key := range text.Keys() {
		for _, x := range p.by[key] {
			if x.Offset > offset && text.Holds(x.Key, x.Offset, x.Tail) {
				offset, ok = x.Offset, true
			}
		}
	}
	return offset, ok
}

// Positions is the places, in the order in which their logs came.
func (p *Places) Positions() []state.Position {
	list := p.list()
	out := make([]state.Position, len(list))
	for i, x := range list {
		out[i] = x.Position
	}
	return out
}

func (p *Places) list() (out []*place) {
	for _, same := range p.by {
		out = append(out, same...)
	}
	slices.SortFunc(out, func(a, b *place) int { return cmp.Compare(a.number, b.number) })
	return out
}

// mostGone is how many places may be of logs that are gone before it is looked which.
const mostGone = 1000

// Tidy drops the places of logs that are gone, if there may be many. The inputs are all logs that are there.
func (p *Places) Tidy(inputs func() input.Inputs) {
	list := p.list()
	if len(list) <= 2*p.tidy+mostGone {
		return
	}
	alive, unknown := map[*place]bool{}, map[string]bool{}
	for _, in := range inputs() {
		text, err := timeindex.OpenText(in)
		if err != nil { // nobody can say what it holds
			unknown[in.Path] = true
			continue
		}
		for _, key := range text.Keys() {
			for _, x := range p.by[key] {
				alive[x] = alive[x] || text.Holds(x.Key, x.Offset, x.Tail)
			}
		}
		text.Close()
	}
	kept := Places{by: map[timeindex.Key][]*place{}, made: p.made}
	for _, x := range list {
		if alive[x] || unknown[x.Path] {
			kept.by[x.Key] = append(kept.by[x.Key], x)
			kept.tidy++
		}
	}
	*p = kept
}
