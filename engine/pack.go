package engine

import (
	"context"
	"fmt"
	"sync"
	"time"

	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/op"
	"spoor/engine/spill"
	"spoor/grammar/source"
)

// Pack is programs that are answered together: the inputs are read once for all of them, and once more for all that must read again what the
// first reading found. Each program gets the rows that it would get alone.
//
// The programs must be compiled for the same time, zone and sourcetypes. There is no limit on the time of searches within a search: in a pack
// they wait for others.
type Pack []*Program

// PackResult is what is known of the run of a pack, besides the results of its programs.
type PackResult struct {
	// Errors is, by program, why its rows ended before their time, or what was returned for it; nil if nothing went wrong.
	Errors []error
	// Profiles is, by program, what its answer took.
	Profiles []Profile
	Census   *Census // if RunOptions asks for it

	result *Result
}

// Ledger accounts for what was read, and how often.
func (r *PackResult) Ledger() *input.Ledger { return r.result.Ledger() }

// Diagnostics is the warnings about what was read, rather than about one of the programs.
func (r *PackResult) Diagnostics() source.Errors { return r.result.Diagnostics() }

// packRows is how many rows a batch of a pack has: of most records each program takes a few.
const packRows = 8192

// Run answers the programs. Of each, take gets the result, in a goroutine of its own; it reads the rows, and must not wait for another
// program's. A program whose take returns does without what it did not read. What went wrong with one program does not stop the others.
func (k Pack) Run(ctx context.Context, o RunOptions, take func(i int, r *Result) error) *PackResult {
	return k.run(ctx, o, nil, take)
}

// run answers the programs, or a round of their session.
func (k Pack) run(ctx context.Context, o RunOptions, round *round, take func(i int, r *Result) error) *PackResult {
	out := &PackResult{Errors: make([]error, len(k)), Profiles: make([]Profile, len(k)), result: &Result{kinds: map[string]bool{}}}
	if len(k) == 0 {
		return out
	}
	if o.Begun != nil {
		o.Begun(out.result)
	}
	rows, clock := o.BatchRows, o.Clock
	o.Clock = nil
	o = o.withDefaults()
	space := spill.New(ctx, o.Memory, o.TempDir)
	defer space.Close()
	m := &meeting{ctx: ctx, round: round, live: len(k), waiting: map[int]int{}, config: k[0].scanning(o), workers: o.Workers, moments: o.Moments, result: out.result}
	m.config.Clock, m.clock = clock, clock
	if rows <= 0 {
		m.config.BatchRows = packRows
	}
	m.common = op.NewCommon()
	m.replay = &replay{inputs: o.Inputs, dir: o.TempDir}
	defer m.replay.close()
	for _, p := range k {
		m.several = m.several || round == nil && p.several()
	}
	var group sync.WaitGroup
	if o.Census {
		out.Census = newCensus(k)
		out.Census.begin(ctx, m, len(k), &group)
	}
	if o.Census && o.Inputs.Files() { // all records are decoded anyway
		m.births = k.births(o)
		m.note(ctx, m.births, len(k)+len(out.Census.counts), &group)
	}
	round.begin(m, len(k), &group)
	for i, p := range k {
		group.Go(func() {
			defer m.leave()
			out.Errors[i] = m.answer(ctx, i, p, o, space, take, &out.Profiles[i])
		})
	}
	group.Wait()
	round.end(out.Errors)
	return out
}

// answer runs one of the programs. A fault of ours ends it with a message.
func (m *meeting) answer(ctx context.Context, i int, p *Program, o RunOptions, space *spill.Space, take func(int, *Result) error, to *Profile) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("internal error: %v", fault)
		}
	}()
	r := p.result()
	r.profile = to
	defer m.measure(&to.Above)()
	c := p.running(o, r, space)
	c.Common = m.common
	open := func(again bool) func(d input.Demand) (op.Scanner, error) {
		return func(d input.Demand) (op.Scanner, error) { return &seat{m, i, d, again, r}, nil }
	}
	c.Scan = open(false)
	switch {
	case m.round != nil:
		if !m.round.session.passing {
			c.Rescan = open(true)
		}
		r.rows = counted(m.round.stream(ctx, i, c, r), &to.Rows)
	case o.Inputs.Files():
		c.Rescan, c.Births, c.Kept = open(true), m.births, p.kept(o)
		fallthrough
	default:
		r.rows = counted(p.stream(ctx, o, c, r), &to.Rows)
	}
	defer func() { to.account(r.Ledger()) }()
	return take(i, r)
}

// counted counts rows as they are read.
func counted(rows column.Stream, n *int64) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		for b, err := range rows {
			if err == nil {
				*n += int64(b.Rows)
			}
			if !yield(b, err) {
				return
			}
		}
	}
}

// measure adds the time until its result is called to a duration.
func (m *meeting) measure(to *time.Duration) (end func()) {
	if m.clock == nil {
		return func() {}
	}
	begin := m.clock()
	return func() { *to += m.clock().Sub(begin) }
}
