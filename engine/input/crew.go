package input

import (
	"reflect"
	"slices"
)

// Crew is the workers of passes that follow each other over logs that grow, as long as these are asked for the same. What they have learned lasts: how
// records are built, the codes of texts and whatever was computed for them, which events were met.
//
// Batches of a pass may be looked at until the next one begins. The zero value is a crew that has not worked yet.
type Crew struct {
	demands []Demand
	config  Config
	pass    *Pass // the last one, with the lanes of all; nil: the next pass begins anew
	workers []*worker
	text    int64 // bytes that were read
	passes  int
}

// Workers are new after so many bytes, or so many passes: of logs that name ever new fields and kinds of events, none is known for ever.
const (
	mostText   = 1 << 30
	mostPasses = 1 << 12
)

// Pass prepares a pass, like NewPass. Shares that demand the same as those of the pass before, in the same order, have its workers.
func (c *Crew) Pass(inputs Inputs, config Config, shares []*Share) *Pass {
	demands := make([]Demand, len(shares))
	for i, s := range shares {
		demands[i] = s.Demand
	}
	if c.pass == nil || c.text > mostText || c.passes > mostPasses || !config.alike(&c.config) || !reflect.DeepEqual(demands, c.demands) {
		*c = Crew{demands: demands, config: config}
		c.pass = NewPass(inputs, config, shares)
	} else {
		c.pass = c.pass.next(inputs, config, shares)
	}
	c.pass.crew = c
	return c.pass
}

// alike says whether records are read alike by both configurations.
func (c Config) alike(other *Config) bool {
	o := *other
	o.Warn, o.Clock, c.Warn, c.Clock = nil, nil, nil, nil
	return reflect.DeepEqual(c, o)
}

// next is a pass over other inputs, with the lanes of this one.
func (p *Pass) next(inputs Inputs, config Config, shares []*Share) *Pass {
	q := &Pass{Scan: newScan(inputs, p.Scan.config), lanes: p.lanes, seeks: p.seeks, finder: p.finder, places: p.places, shares: shares}
	q.needles, q.many, q.whole, q.aims = p.needles, p.many, p.whole, p.aims
	q.config.Warn, q.config.Clock = config.Warn, config.Clock
	places := map[*Share]int{}
	for i, s := range p.shares {
		places[s] = i
		shares[i].Demand = s.Demand
	}
	for _, l := range q.lanes {
		l.scan.inputs, l.scan.config.Clock = inputs, config.Clock
		for _, m := range l.members {
			m.share = shares[places[m.share]]
		}
	}
	return q
}

// worker is the one with a number, for a pass. It is made if the crew has none yet.
func (c *Crew) worker(p *Pass, number int) *worker {
	if c == nil || number >= len(c.workers) {
		return p.newWorker(number)
	}
	w := c.workers[number]
	w.resume(p.Scan)
	w.front.resume(p, number)
	return w
}

// rest ends a pass. Workers that did not come to its end do not go on: something of it is left with them.
func (c *Crew) rest(p *Pass, workers []*worker, err error) {
	if c == nil {
		return
	}
	if err != nil || slices.ContainsFunc(workers, (*worker).stopped) {
		c.pass = nil
	}
	c.workers = workers
	c.text += p.Bytes()
	c.passes++
}

// stopped says whether the worker, or one of its lanes, did not come to the end of its pass.
func (w *worker) stopped() bool {
	return w.full || w.err != nil || w.front != nil && slices.ContainsFunc(w.front.lanes, (*worker).stopped)
}

// resume makes a worker ready for another scan.
func (w *worker) resume(s *Scan) {
	w.scan, w.full, w.err, w.silent = s, false, nil, false
	w.ordinal, w.file, w.chunk = nowhere, nil, nil
	w.hosts = map[string]*drift{}
}

// resume makes the workers of the lanes ready for another pass.
func (f *front) resume(p *Pass, number int) {
	f.pass = p
	for _, l := range f.lanes {
		l.resume(l.scan)
		for _, s := range l.deal.seats {
			s.full, s.taken = false, Taken{Kinds: map[string]int64{}}
			s.take = s.member.share.Consumers[number]
		}
	}
}
