package op

import (
	"maps"
	"slices"
	"sync"

	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// Register is the process table where logs are read as they grow: the starts and ends of processes that were met in any round, up to a number of
// them. Those about which nobody has asked for the longest time go first.
type Register struct {
	fields  []string // that are kept of a start
	config  Config
	chain   chain
	demand  input.Demand
	most    int // lives
	workers []*worker

	settled   chan struct{}
	mu        sync.Mutex
	young     *lives // what was met or asked for of late
	old       *lives // what was not
	forgotten int
	told      bool
}

// NewRegisters makes what answers the process tables of plans, and says which one answers which. Tables that are made alike have one in common.
func NewRegisters(tables []*plan.Enrich, c Config) (list []*Register, of []int, diag *source.Diagnostic) {
	var merged []*plan.Enrich
	for _, e := range tables {
		at := slices.IndexFunc(merged, func(m *plan.Enrich) bool { return m.Join(e) })
		if at < 0 {
			at, merged = len(merged), append(merged, e.Copy())
		}
		of = append(of, at)
	}
	for _, e := range merged {
		r := &runner{Config: c, bd: newBinder(c.Env)}
		need := plan.Everything().Of(e, 1)
		starts := newChain(r.lowerStarts(e, []plan.Expr{plan.Or(&plan.Field{Name: plan.Starts}, &plan.Field{Name: plan.Ends})}), need, r.Kinds, r.fold())
		if r.bd.err != nil {
			return nil, nil, r.bd.err
		}
		d := demand([]chain{starts})
		d.Types, d.JSON = r.Types, d.JSON || r.JSON
		list = append(list, &Register{fields: e.Fields, config: c, chain: starts, demand: d, most: mostStarts, young: newLives(len(e.Fields)), old: newLives(len(e.Fields))})
	}
	return list, of, nil
}

// Size is how many starts and ends of processes are known.
func (g *Register) Size() int { return g.young.size() + g.old.size() }

// Reading is what the reading of a round must deliver, and who takes it in each of the workers. Settle ends it.
func (g *Register) Reading(workers int) (d input.Demand, consumers []func(string, *column.Batch) (bool, error), diag *source.Diagnostic) {
	r := &runner{Config: g.config, bd: newBinder(g.config.Env)}
	for len(g.workers) < workers {
		g.workers = append(g.workers, r.newWorker([]chain{g.chain}))
	}
	for _, w := range g.workers[:workers] {
		w.lines[0].sink, w.lines[0].full = newStarts(g.fields, nil, 0, 0), false
		consumers = append(consumers, w.consume)
	}
	g.settled = make(chan struct{})
	return g.demand, consumers, r.bd.err
}

// Settle ends the reading of a round; what it brought counts if it came to its end.
func (g *Register) Settle(whole bool) {
	defer close(g.settled)
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, w := range g.workers {
		if s, ok := w.lines[0].sink.(*starts); ok && whole {
			g.learn(s.table)
		}
		w.lines[0].sink = nil
	}
	if 2*max(g.young.size(), g.young.facts.rows) > g.most || 2*g.young.facts.bytes() > mostStartBytes {
		g.forgotten += g.old.size()
		g.old, g.young = g.young, newLives(len(g.fields))
	}
}

// learn takes over what a worker met.
func (g *Register) learn(t *processes) {
	facts := map[uint32]uint32{}
	for _, l := range t.starts {
		fact, ok := facts[l.fact]
		if !ok {
			fact = g.young.facts.copy(&t.facts, l.fact)
			facts[l.fact] = fact
		}
		l.fact = fact
		g.young.starts.add(l)
	}
	for _, l := range t.ends {
		g.young.ends.add(l)
	}
}

// recall makes what is known of a process young again.
func (g *Register) recall(who digest) {
	for _, l := range g.old.starts.of(who) {
		l.fact = g.young.facts.copy(&g.old.facts, l.fact)
		g.young.starts.add(l)
	}
	for _, l := range g.old.ends.of(who) {
		g.young.ends.add(l)
	}
	g.old.starts.drop(who)
	g.old.ends.drop(who)
}

// table is the processes that are asked for, with some of the fields that are kept of them, once the round's starts are known.
func (g *Register) table(fields []string, q *questions) *processes {
	<-g.settled
	g.mu.Lock()
	defer g.mu.Unlock()
	slots := make([]int, len(fields))
	for i, f := range fields {
		slots[i] = slices.Index(g.fields, f)
	}
	out := &processes{fields: fields, facts: newFacts(len(fields))}
	for who := range maps.Keys(q.asked) {
		g.recall(who)
		for _, l := range g.young.starts.of(who) {
			for _, i := range slots {
				out.facts.codes = append(out.facts.codes, out.facts.code(g.young.facts.value(l.fact, i)))
			}
			l.fact = out.facts.grown()
			out.starts = append(out.starts, l)
		}
		out.ends = append(out.ends, g.young.ends.of(who)...)
	}
	out.sort()
	return out
}

// warn says once that events may have found no start because there was no room for all.
func (g *Register) warn(r *runner, t *processes) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if missed := t.missed.Load(); g.forgotten > 0 && missed > 0 && !g.told {
		g.told = true
		r.warn("the process table is full: of %d starts, those of which nobody asked for long were forgotten (%d), and events find no start", g.most, g.forgotten)
	}
}
