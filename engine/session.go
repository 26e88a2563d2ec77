package engine

import (
	"context"
	"slices"
	"sync"
	"time"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/input"
	"spoor/engine/op"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// Session is a pack over logs that grow: each round answers it over what was appended. The events of sequences that are not complete and the starts of
// processes last from round to round, both bounded.
//
// A program whose rows depend on all events of a time (plan.Whole) has no place in a session. Rounds follow each other; none begins before the one
// before it has ended.
type Session struct {
	pack      Pack
	turns     []*turn
	registers []*op.Register
	common    *op.Common
	crew      input.Crew // of the rounds
	passing   bool       // some inputs could not be read again

	files []input.Input // of former rounds, as far as their events are held, and of the latest
	first int           // number of the first of them
	next  int           // number of the next one
	many  int           // of them, so that it is looked which are needed
}

// turn is what a program needs in each round.
type turn struct {
	plan plan.Node
	live *op.Live
	env  *function.Env // of all rounds
	to   *Result       // of this one
}

// Bounds of what sequences hold, all of a session together.
const (
	mostHeldOffers = 1 << 22
	mostHeldBytes  = 256 << 20
)

// Watermark is up to when, in nanoseconds since 1970, events are taken to have come; those of that time, too.
type Watermark struct {
	// Low is the time up to which all have come: what must be missing is missing, and events wait no longer for the starts of their processes. At
	// column.End nothing waits any more.
	Low int64
	// Ripe is the time up to which events are put in order, though earlier ones may come yet: sequences are told by then if no event can prevent
	// them. No earlier than Low.
	Ripe int64
}

// Pace says how the program can be answered while logs grow.
func (p *Program) Pace() plan.Pace {
	if p.pending {
		return plan.Whole
	}
	return plan.PaceOf(p.Lowered)
}

// NewSession prepares to answer programs round by round. The error names one that cannot be.
func NewSession(k Pack) (*Session, *source.Diagnostic) {
	s := &Session{pack: k, common: op.NewCommon()}
	var tables []*plan.Enrich
	var asks []*op.Live
	for _, p := range k {
		if p.Pace() == plan.Whole {
			return nil, source.Errorf(p.Text.All(), "whole", "its rows depend on all events of a time: it cannot be answered while the logs grow")
		}
		t := &turn{plan: p.proven(plan.OldestFirst(p.Plan)), live: &op.Live{}}
		env := *p.env
		env.Warn = func(d *source.Diagnostic) { t.to.warn(d) }
		t.env = &env
		t.live.Most, t.live.MostBytes = mostHeldOffers, mostHeldBytes
		visit(t.plan, func(n plan.Node) {
			if e, ok := n.(*plan.Enrich); ok {
				tables, asks = append(tables, e), append(asks, t.live)
			}
		})
		s.turns = append(s.turns, t)
	}
	if len(tables) == 0 {
		return s, nil
	}
	list, of, diag := op.NewRegisters(tables, k[0].config(RunOptions{BatchRows: packRows}))
	if diag != nil {
		return nil, diag
	}
	s.registers = list
	for i, l := range asks {
		l.Register = list[of[i]]
	}
	return s, nil
}

// Round answers the programs over further inputs, which are read to their end, up to a time: of sequences those are found that are complete by then.
// An event that comes later completes sequences nevertheless, within their maxspan, but costs more.
//
// What take gets is as for Pack.Run; it must read the rows to their end. Rows come in the order of time. Where they say positions of records, Place
// knows what those are. What a round brings is held until it ends: it should not be a day's log.
func (s *Session) Round(ctx context.Context, o RunOptions, at Watermark, take func(i int, r *Result) error) *PackResult {
	s.look(o.Inputs)
	for _, t := range s.turns {
		t.live.Begin(at.Low, at.Ripe)
	}
	defer s.relieve()
	return s.pack.run(ctx, o.ofSession(), s.come(o.Inputs), take)
}

// look notes whether inputs can be read again. Once some could not, all that is needed of an event is kept from then on.
func (s *Session) look(inputs input.Inputs) {
	if s.passing || !slices.ContainsFunc(inputs, func(i input.Input) bool { return i.Passing || i.Size < 0 }) {
		return
	}
	s.passing = true
	for _, t := range s.turns {
		t.live.Forget()
	}
}

// relieve lets the sequence that holds most forget the older half of it, until all of them together hold no more than they may.
func (s *Session) relieve() {
	for {
		all, most := 0, (*op.Live)(nil)
		for _, t := range s.turns {
			n := t.live.Bytes()
			if all += n; most == nil || n > most.Bytes() {
				most = t.live
			}
		}
		if all <= mostHeldBytes || !most.Halve() {
			return
		}
	}
}

// Learn reads inputs for nothing but the starts of processes, such as of files that are there when a session begins.
func (s *Session) Learn(ctx context.Context, o RunOptions) error {
	if len(s.registers) == 0 || len(o.Inputs) == 0 {
		return nil
	}
	r, o := s.come(o.Inputs), o.ofSession()
	m := &meeting{ctx: ctx, round: r, waiting: map[int]int{}, config: s.pack[0].scanning(o), workers: o.Workers, common: s.common,
		replay: &replay{inputs: o.Inputs, dir: o.TempDir}, result: &Result{kinds: map[string]bool{}}}
	var group sync.WaitGroup
	r.begin(m, 0, &group)
	group.Wait()
	return r.failed()
}

// ofSession is the options of a round: everything is read once.
func (o RunOptions) ofSession() RunOptions {
	o.Census, o.At, o.InputOrder = false, nil, false
	return o.withDefaults()
}

// come gives inputs their numbers.
func (s *Session) come(inputs input.Inputs) *round {
	if len(s.files) >= s.many {
		s.leave()
		s.many = 2*len(s.files) + 256
	}
	r := &round{session: s, base: s.next}
	s.files = append(s.files, inputs...)
	s.next += len(inputs)
	return r
}

// leave forgets the inputs of former rounds of which no event is held.
func (s *Session) leave() {
	oldest := s.next
	for _, t := range s.turns {
		if pos, ok := t.live.Oldest(); ok {
			file, _ := column.UnpackPosition(pos)
			oldest = min(oldest, file)
		}
	}
	if n := min(oldest-s.first, len(s.files)); n > 0 {
		s.files, s.first = append([]input.Input(nil), s.files[n:]...), s.first+n
	}
}

// Place is where the record at a position of a session's rows stands: in an input of this round or of an earlier one. ok is false if nothing is known
// of it any more.
func (s *Session) Place(position int64) (in input.Input, offset int64, ok bool) {
	file, offset := column.UnpackPosition(position)
	if file < s.first || file >= s.next {
		return input.Input{}, 0, false
	}
	return s.files[file-s.first], offset, true
}

// Lookback is how much older than its first round a session must read so as to be as if it had begun earlier; ok is false if a sequence has no
// maxspan, so that no time is enough.
func (s *Session) Lookback() (back time.Duration, ok bool) {
	ok = true
	for _, t := range s.turns {
		if n, found := plan.SequenceOf(t.plan); found {
			back, ok = max(back, n.Lookback()), ok && n.MaxSpan > 0
		}
	}
	return back, ok
}

// Held is how much a session holds.
type Held struct {
	op.LiveSize
	Lives int // starts and ends of processes
	Files int // of which events are held, or that were read last
}

// Held counts what the session holds.
func (s *Session) Held() (out Held) {
	out.Files = len(s.files)
	for _, r := range s.registers {
		out.Lives += r.Size()
	}
	for _, t := range s.turns {
		out.Add(t.live.Size())
	}
	return out
}

// round is one round of a session.
type round struct {
	session *Session
	base    int // number of its first input

	mu  sync.Mutex
	err error
}

func (r *round) failed() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.err
}

// end tells the programs that ask for processes if these could not be read.
func (r *round) end(errs []error) {
	if r == nil || r.failed() == nil {
		return
	}
	for i, t := range r.session.turns {
		if errs[i] == nil && t.live.Register != nil {
			errs[i] = r.failed()
		}
	}
}

// begin lets a pass fill the registers, as programs behind those of the meeting.
func (r *round) begin(m *meeting, programs int, group *sync.WaitGroup) {
	if r == nil {
		return
	}
	m.common = r.session.common
	m.live += len(r.session.registers)
	for i, g := range r.session.registers {
		demand, list, diag := g.Reading(m.workers)
		seat := &seat{meeting: m, program: programs + i, demand: demand, result: &Result{kinds: map[string]bool{}, profile: &Profile{}}}
		group.Go(func() {
			whole := false
			defer m.leave()
			defer func() { g.Settle(whole) }()
			var err error
			if diag != nil {
				err = diag
			} else {
				err = seat.Run(m.ctx, list)
			}
			if whole = err == nil; !whole {
				r.mu.Lock()
				r.err = err
				r.mu.Unlock()
			}
		})
	}
}

// stream is the rows of a program in the round.
func (r *round) stream(ctx context.Context, i int, c op.Config, to *Result) column.Stream {
	t := r.session.turns[i]
	t.to, c.Live, c.Env = to, t.live, t.env
	rows, diag := op.Run(ctx, t.plan, c)
	if diag != nil {
		return func(yield func(*column.Batch, error) bool) { yield(nil, diag) }
	}
	return r.session.pack[i].judged(rows, to)
}

// again is a demand for records at some positions, over the inputs that are held.
func (r *round) again(d input.Demand) input.Demand {
	at := make(map[int][]int64, len(d.At))
	for number, offsets := range d.At {
		if number >= r.session.first {
			at[number-r.session.first] = offsets
		}
	}
	d.At = at
	return d
}

// renumbered is a consumer of rows whose inputs are numbered through all rounds, the first of them with base.
func renumbered(c input.Consumer, base int) input.Consumer {
	if base == 0 {
		return c
	}
	return func(kind string, b *column.Batch) (bool, error) {
		if b.Schema.Slot(column.Position) < 0 {
			return c(kind, b)
		}
		old, by := b.Col(column.Position), column.PackPosition(base, 0)
		places := make([]int64, b.Rows)
		for i := range places {
			places[i] = old.Value(i).Int() + by
		}
		return c(kind, b.With(column.Position, &column.Ints{Values: places}))
	}
}
