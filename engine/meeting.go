package engine

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/op"
)

// meeting is where the programs of a pack wait for each other: once all that have not ended wait for a reading of the inputs, there is one pass
// for all of them.
type meeting struct {
	ctx     context.Context
	config  input.Config
	workers int
	replay  *replay
	round   *round  // of a session; nil: there is none
	several bool    // a program reads the inputs more than once whatever they are
	result  *Result // of the pack
	clock   func() time.Time
	common  *op.Common
	moments time.Duration // the grain of the moments that are noted; 0: none are
	births  *op.Births    // nil: no program asks for starts of processes, or they are looked for when one does

	mu      sync.Mutex
	live    int         // programs that have not ended
	waiting map[int]int // of these, those that wait, and for how many readings
	asked   []*request  // for the next pass
	running bool        // there is a pass
	passes  int
}

// request is a reading that a program waits for.
type request struct {
	share   *input.Share
	program int
	again   bool // nobody accounts for it
	result  *Result
	err     error // why there was no pass, or why it ended
	done    chan struct{}
}

// seat is a scan that a program opened.
type seat struct {
	meeting *meeting
	program int
	demand  input.Demand
	again   bool
	result  *Result
}

// Run waits for a pass that brings what the program demands.
func (s *seat) Run(_ context.Context, consumers []func(string, *column.Batch) (bool, error)) error {
	m := s.meeting
	if len(consumers) != m.workers {
		return fmt.Errorf("internal error: %d consumers for %d workers", len(consumers), m.workers)
	}
	consumers, noted := s.noting(consumers)
	defer noted()
	q := &request{share: &input.Share{Demand: s.demand}, program: s.program, again: s.again, result: s.result, done: make(chan struct{})}
	base := 0
	switch {
	case m.round != nil && s.again:
		q.share.Demand, base = m.round.again(s.demand), m.round.session.first
	case m.round != nil:
		base = m.round.base
	}
	for _, c := range consumers {
		q.share.Consumers = append(q.share.Consumers, renumbered(c, base))
	}
	var waited time.Duration
	end := m.measure(&waited)
	m.mu.Lock()
	m.waiting[s.program]++
	m.asked = append(m.asked, q)
	m.next()
	m.mu.Unlock()
	<-q.done
	end()
	s.note(q.share.Taken(), waited)
	if err := q.share.Err(); err != nil {
		return err
	}
	return q.err
}

// noting lets consumers note when the events are, if that is asked for.
func (s *seat) noting(consumers []func(string, *column.Batch) (bool, error)) (_ []func(string, *column.Batch) (bool, error), end func()) {
	if s.meeting.moments == 0 || s.again || s.meeting.round != nil {
		return consumers, func() {}
	}
	s.meeting.mu.Lock()
	p := s.result.profile
	if p.Moments == nil {
		p.Moments = newMoments(s.meeting.moments, &s.demand)
	}
	s.meeting.mu.Unlock()
	return p.Moments.noting(&s.demand, consumers)
}

// note takes over what a pass handed to the program while it waited.
func (s *seat) note(t input.Taken, waited time.Duration) {
	s.result.read(t.Kinds)
	p := s.result.profile
	p.Readings++
	p.Batches += t.Batches
	for _, n := range t.Kinds {
		p.Events += n
	}
	p.Below += t.Time
	p.Above -= waited
}

// leave tells that a program has ended.
func (m *meeting) leave() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.live--
	m.next()
}

// next begins a pass if everybody waits for it.
func (m *meeting) next() {
	if m.running || m.live == 0 || len(m.waiting) < m.live {
		return
	}
	asked := m.asked
	m.running, m.asked = true, nil
	go m.pass(asked)
}

// pass reads the inputs for those who asked.
func (m *meeting) pass(asked []*request) {
	err := m.read(asked)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.running = false
	m.passes++
	for _, q := range asked {
		q.err = err
		if m.waiting[q.program]--; m.waiting[q.program] == 0 {
			delete(m.waiting, q.program)
		}
		close(q.done)
	}
}

// prepare prepares a pass. Of the rounds of a session the first ones are alike, and what they found is read again wherever it stands.
func (m *meeting) prepare(inputs input.Inputs, config input.Config, shares []*input.Share) *input.Pass {
	switch {
	case m.round == nil:
	case config.Again:
		inputs = m.round.session.files
	default:
		return m.round.session.crew.Pass(inputs, config, shares)
	}
	return input.NewPass(inputs, config, shares)
}

func (m *meeting) read(asked []*request) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("internal error: %v", fault)
		}
	}()
	config, inputs := m.config, m.replay.inputs
	config.Again = m.passes > 0
	if !config.Again {
		config.Warn = m.result.warn
	}
	if m.several {
		if inputs, err = m.replay.open(m.ctx); err != nil {
			return err
		}
	}
	slices.SortStableFunc(asked, func(x, y *request) int { return x.program - y.program })
	shares := make([]*input.Share, len(asked))
	for i, q := range asked {
		shares[i] = q.share
	}
	pass := m.prepare(inputs, config, shares)
	accounted := false
	for _, q := range asked {
		if !q.again {
			accounted = true
			q.result.opened(pass)
		}
	}
	if accounted {
		m.result.opened(pass)
	}
	return pass.Run(m.ctx, m.workers)
}
