package input

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Share is what one of several queries needs of a pass over the inputs that they share, and who takes it.
type Share struct {
	Demand Demand
	// Consumers is one for each worker of the pass, as many for every share.
	Consumers []Consumer

	mu    sync.Mutex
	err   error
	taken Taken
}

// Taken is what a share was given.
type Taken struct {
	Batches int64
	Kinds   map[string]int64 // events by kind
	Time    time.Duration    // that the consumers of all workers took, if the pass has a clock
}

// Err is why the share's consumers ended before their time: an error or a fault of theirs.
func (s *Share) Err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// Taken is what the share was given, once the pass is over.
func (s *Share) Taken() Taken {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.taken
}

func (s *Share) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.err = err
	}
}

// took takes over what a worker gave.
func (s *Share) took(t Taken) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken.Batches += t.Batches
	s.taken.Time += t.Time
	addAll(&s.taken.Kinds, t.Kinds)
}

// Pass reads inputs once for several queries. To each it gives what a scan of its own would give: every record is searched once for the needles of
// all, decoded once for all who want records to be read alike, and dealt to those whose needles it holds.
type Pass struct {
	*Scan
	lanes  []*lane
	seeks  []bool // by member of all lanes: it wants only records that hold one of its needles
	finder *finder
	places map[int][]int64 // that members ask for
	shares []*Share
	crew   *Crew // nil: its workers have no other pass
}

// NewPass prepares a pass; of the configuration it does not look at Demand.
func NewPass(inputs Inputs, config Config, shares []*Share) *Pass {
	places, only := allPlaces(shares)
	config.Demand = Demand{Earliest: Beginning, Latest: End, Clock: Clock{Written: true}}
	if only {
		config.Demand.At = places
	}
	for _, s := range shares {
		if s.Demand.Clock == (Clock{}) {
			config.Demand.Clock = Clock{} // somebody looks at UtcTime: wrong clocks matter
		}
	}
	p := &Pass{Scan: newScan(inputs, config), places: places, shares: shares}
	for _, s := range shares {
		if p.add(s) {
			p.aims.add(&s.Demand)
		}
	}
	p.host()
	for i, l := range p.lanes {
		l.open(p.Scan, i)
	}
	p.seeks, p.finder = p.seekers()
	return p
}

// allPlaces is the places that shares ask for; only says that nobody asks for anything else.
func allPlaces(shares []*Share) (out map[int][]int64, only bool) {
	out, only = map[int][]int64{}, true
	for _, s := range shares {
		only = only && s.Demand.At != nil
		for file, offsets := range s.Demand.At {
			out[file] = append(out[file], offsets...)
		}
	}
	for file, offsets := range out {
		slices.Sort(offsets)
		out[file] = slices.Compact(offsets)
	}
	return out, only
}

// Run reads the inputs to their end, or until nobody wants more. The error is the context's, or a fault of the pass; what went wrong with the
// consumers of a share is its Err.
func (p *Pass) Run(ctx context.Context, workers int) error {
	if p.config.Unique {
		workers = 1
	}
	made := make([]*worker, workers)
	err := p.Scan.run(ctx, workers, func(i int) *worker {
		made[i] = p.crew.worker(p, i)
		return made[i]
	})
	p.crew.rest(p, made, err)
	return err
}

// newWorker makes a worker of the pass.
func (p *Pass) newWorker(number int) *worker {
	w := newWorker(p.Scan, nil)
	w.front = newFront(p, w, number)
	return w
}

// guarded calls a consumer. A fault of ours ends its share, not the pass.
func (s *Share) guarded(call func() (bool, error)) (full bool) {
	defer func() {
		if p := recover(); p != nil {
			s.fail(fmt.Errorf("internal error: %v", p))
			full = true
		}
	}()
	full, err := call()
	if err != nil {
		s.fail(err)
		return true
	}
	return full
}
