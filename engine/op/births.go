package op

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// Births is where the starts of processes stand in inputs that several programs read together: who asks for some of them need not look for their
// names in all records. It is filled by one reading of the inputs, which Settle ends.
type Births struct {
	demand  input.Demand
	known   string // how processes are known
	workers []*worker
	settled chan struct{}
	list    []birth // sorted; nil: it is not known where all of them are
}

// birth is a start of a process: part of its digest, and the packed position of the event.
type birth struct {
	process uint64
	pos     int64
}

// mostBirths bounds the starts of which a worker keeps the places.
const mostBirths = 1 << 21

// NewBirths prepares to note the starts that a process table is made of.
func NewBirths(e *plan.Enrich, c Config) (*Births, *source.Diagnostic) {
	r := &runner{Config: c, bd: newBinder(c.Env)}
	chains := []chain{r.births(e, false)}
	b := &Births{demand: demand(chains), known: chains[0].print(), settled: make(chan struct{})}
	b.demand.Types, b.demand.JSON = r.Types, b.demand.JSON || r.JSON
	b.demand.Needles, b.demand.Texts = nil, nil
	for range c.Workers {
		w := r.newWorker(chains)
		w.lines[0].sink = &birthplace{most: mostBirths}
		b.workers = append(b.workers, w)
	}
	return b, r.bd.err
}

// births is the chain that brings the starts of processes, with what tells which process it is by its entity id; byNumber, starts and ends with what
// tells it by its process id.
func (r *runner) births(e *plan.Enrich, byNumber bool) chain {
	var cond plan.Expr = &plan.Field{Name: plan.Starts}
	need := plan.Need{Names: map[string]bool{plan.HostID: true, plan.EntityID: true, plan.Position: true}}
	if byNumber {
		cond = plan.Or(cond, &plan.Field{Name: plan.Ends})
		need = plan.Need{Names: map[string]bool{plan.HostID: true, plan.ProcessID: true, plan.Position: true}}
	}
	return newChain(r.lowerStarts(e, []plan.Expr{cond}), need, r.Kinds, r.fold()) // also before anything is read
}

// Reading is what the reading must deliver, and who takes it in each worker.
func (b *Births) Reading() (d input.Demand, consumers []func(string, *column.Batch) (bool, error)) {
	for _, w := range b.workers {
		consumers = append(consumers, w.consume)
	}
	return b.demand, consumers
}

// Settle ends the reading; whole says that it came to its end.
func (b *Births) Settle(whole bool) {
	defer close(b.settled)
	all := []birth{}
	for _, w := range b.workers {
		place := w.lines[0].sink.(*birthplace)
		whole = whole && len(place.list) < mostBirths
		all = append(all, place.list...)
	}
	b.workers = nil
	if whole {
		slices.SortFunc(all, func(x, y birth) int { return cmp.Or(cmp.Compare(x.process, y.process), cmp.Compare(x.pos, y.pos)) })
		b.list = slices.Clip(all)
	}
}

// places is where the starts of the processes in question stand; ok is false if that is not known.
func (r *runner) places(e *plan.Enrich, q *questions) (at map[int][]int64, ok bool) {
	if r.Births == nil || q.numbered || r.Births.known != r.births(e, false).print() {
		return r.kept(e, q)
	}
	<-r.Births.settled
	if r.Births.list == nil {
		return r.kept(e, q)
	}
	return r.Births.of(q), true
}

// of is the places of the processes in question, and perhaps of a few others.
func (b *Births) of(q *questions) map[int][]int64 {
	at := map[int][]int64{}
	for who := range q.asked {
		i, _ := slices.BinarySearchFunc(b.list, who.Lo, func(x birth, process uint64) int { return cmp.Compare(x.process, process) })
		for ; i < len(b.list) && b.list[i].process == who.Lo; i++ {
			file, offset := column.UnpackPosition(b.list[i].pos)
			at[file] = append(at[file], offset)
		}
	}
	for file, offsets := range at {
		slices.Sort(offsets)
		at[file] = slices.Compact(offsets)
	}
	return at
}

// print tells the steps of a chain apart from those of another.
func (c chain) print() string {
	var b strings.Builder
	for _, kind := range slices.Sorted(maps.Keys(c.kinds)) {
		b.WriteString(kind + "\n")
		for _, n := range c.kinds[kind].Steps {
			switch n := n.(type) {
			case *plan.Filter:
				b.WriteString(n.Cond.String())
			case *plan.Extend:
				for _, a := range n.Assigns {
					b.WriteString(a.Name + " := " + a.Expr.String() + "\n")
				}
			default:
				b.WriteString(n.String())
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// birthplace is the sink of the starts in one worker.
type birthplace struct {
	byNumber bool
	most     int // 0: any number
	list     []birth
}

func (p *birthplace) Add(b *column.Batch) bool {
	id, pos := newIdentities(b), b.Col(plan.Position)
	who := id.byEntity
	if p.byNumber {
		who = id.byNumber
	}
	for r := range b.Rows {
		if who, ok := who(r); ok {
			p.list = append(p.list, birth{who.Lo, pos.Value(r).Int()})
		}
	}
	return p.most > 0 && len(p.list) >= p.most
}

func (p *birthplace) Merge(Sink)            {}
func (p *birthplace) Result() column.Stream { return nothing }
