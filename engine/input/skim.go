package input

import (
	"context"

	"spoor/engine/input/format"
)

// search makes the workers look only at records that hold one of the needles, or what may hide one.
func (p *Pass) search(needles []string) {
	p.Scan.seek(needles)
	for _, l := range p.lanes {
		if hides := format.Hides(l.scan.wanted); len(hides) > len(p.Scan.config.hides) { // a longer list holds the shorter
			p.Scan.config.hides = hides
		}
	}
}

// skim takes the records that somebody may want, and the first and the last one for the sake of the ledger.
func (f *front) skim(ctx context.Context, w *worker, cut *cuts) {
	c := w.chunk
	w.hits.reset(c.data)
	places := within(f.pass.places[c.ordinal], c.base, int64(len(c.data)))
	next := func(at int) int { // where something begins that makes somebody want a record
		for len(places) > 0 && int(places[0]-c.base) < at {
			places = places[1:]
		}
		if len(places) > 0 {
			return min(w.hits.from(at), int(places[0]-c.base))
		}
		return w.hits.from(at)
	}
	for first := true; !w.full && ctx.Err() == nil; first = false {
		if !first {
			w.file.PassedOver += cut.skip(next(cut.at()))
		}
		start, end, ok := cut.next()
		if !ok {
			return
		}
		if edge := first || cut.ended(); edge || next(start) < end {
			f.take(w, start, end, edge)
		} else {
			w.file.PassedOver++
		}
	}
}
