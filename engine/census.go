package engine

import (
	"context"
	"maps"
	"slices"
	"sync"

	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/op"
	"spoor/engine/plan"
)

// Census is which kinds of events there are, and which of the fields that the programs of a pack read any of them fills. It looks at all records,
// of all times.
type Census struct {
	counts map[manner]*count
}

// manner is what decides which records are events.
type manner struct{ json, text, braces bool }

// count is the events that are read in one manner.
type count struct {
	demand input.Demand

	mu    sync.Mutex
	kinds map[string]*filling

	once sync.Once
	seen []plan.Kind // the kinds that were met, once they have been asked for
}

// filling is the events of a kind.
type filling struct {
	events int64
	filled map[string]bool // fields
	types  map[string]bool // their sourcetypes, if somebody asks for them
}

// mostTypes is of how many sourcetypes of a kind it is known which they are.
const mostTypes = 32

func newFilling() *filling { return &filling{filled: map[string]bool{}, types: map[string]bool{}} }

// newCensus prepares to count what programs read.
func newCensus(list []*Program) *Census {
	c := &Census{counts: map[manner]*count{}}
	programs := map[*count][]*Program{}
	for _, p := range list {
		if !p.Reads() {
			continue
		}
		m := p.manner()
		n := c.counts[m]
		if n == nil {
			known := p.opts.common.known()
			n = &count{kinds: map[string]*filling{}, demand: input.Demand{
				Earliest: input.Beginning, Latest: input.End, Clock: input.Clock{Written: true}, JSON: m.json, Text: m.text, Braces: m.braces,
				Kinds: map[string][]string{}, Types: known.types,
			}}
			for _, k := range known.kinds {
				n.demand.Kinds[k.Name] = nil
			}
			c.counts[m] = n
		}
		programs[n] = append(programs[n], p)
	}
	for n, list := range programs {
		n.want(list)
	}
	for m, n := range c.counts {
		n.settle(m)
	}
	return c
}

// manner is how the program reads events.
func (p *Program) manner() (m manner) {
	m.json = p.eql != nil && p.eql.JSON
	for _, s := range p.scans() {
		m.text = m.text || s.Raw
	}
	m.json, m.braces = m.json || m.text, m.text
	return m
}

// want counts what programs read to decide.
func (n *count) want(list []*Program) {
	readings := make([][]op.Reading, len(list))
	onAllCores(len(list), func(i int) { readings[i] = list[i].readings(op.Conditions) })
	fields := map[string]plan.Need{}
	for _, r := range slices.Concat(readings...) {
		r.AddTo(fields)
	}
	for kind, need := range fields {
		n.demand.Kinds[kind] = slices.DeleteFunc(need.Sorted(), column.Hidden)
	}
}

// settle asks for events of all kinds where such are read that nobody declared.
func (n *count) settle(m manner) {
	if !m.json {
		delete(n.demand.Kinds, "")
		return
	}
	n.demand.Known = slices.Sorted(maps.Keys(n.demand.Kinds))
	for _, fields := range n.demand.Kinds {
		n.demand.Fields = append(n.demand.Fields, fields...)
	}
	slices.Sort(n.demand.Fields)
	n.demand.Fields = slices.Compact(n.demand.Fields)
	n.demand.Kinds = nil
}

// consumers takes the events, in each worker for itself.
func (n *count) consumers(workers int) (list []func(string, *column.Batch) (bool, error), done func()) {
	var own []map[string]*filling
	for range workers {
		kinds := map[string]*filling{}
		own = append(own, kinds)
		list = append(list, func(kind string, b *column.Batch) (bool, error) {
			f := kinds[kind]
			if f == nil {
				f = newFilling()
				kinds[kind] = f
			}
			f.add(b)
			return false, nil
		})
	}
	return list, func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		for _, kinds := range own {
			for kind, f := range kinds {
				n.merge(kind, f)
			}
		}
	}
}

func (f *filling) add(b *column.Batch) {
	f.events += int64(b.Rows)
	for slot, name := range b.Schema.Names {
		if name == sourcetype {
			f.typed(b.Cols[slot])
		}
		if f.filled[name] {
			continue
		}
		rows := b.Rows
		if _, alike := b.Cols[slot].(*column.Const); alike {
			rows = min(rows, 1)
		}
		for row := range rows {
			if !b.Cols[slot].IsNull(row) {
				f.filled[name] = true
				break
			}
		}
	}
}

const sourcetype = "sourcetype"

// typed notes sourcetypes, and an empty one for events that have none; no more than one beyond those that are kept apart.
func (f *filling) typed(v column.Vector) {
	last := column.Value{}
	for row := range v.Len() {
		if x := v.Value(row); row == 0 || x != last {
			f.types[x.Clone().String()], last = true, x
		}
		if len(f.types) > mostTypes {
			return
		}
	}
}

func (n *count) merge(kind string, f *filling) {
	if n.kinds[kind] == nil {
		n.kinds[kind] = f
		return
	}
	n.kinds[kind].join(f)
}

func (f *filling) join(other *filling) {
	f.events += other.events
	maps.Copy(f.filled, other.filled)
	maps.Copy(f.types, other.types)
}

// begin lets the census take part in a meeting, behind so many programs.
func (c *Census) begin(ctx context.Context, m *meeting, behind int, group *sync.WaitGroup) {
	m.live += len(c.counts)
	for _, n := range c.counts {
		list, done := n.consumers(m.workers)
		s := &seat{meeting: m, program: behind, demand: n.demand, result: &Result{kinds: map[string]bool{}, profile: &Profile{}}}
		behind++
		group.Go(func() {
			defer m.leave()
			if s.Run(ctx, list) == nil {
				done()
			}
		})
	}
}

// met is the kinds of events that were met, of those that are known.
func (n *count) met(known []plan.Kind) []plan.Kind {
	n.once.Do(func() { n.seen = n.summed(known) })
	return n.seen
}

// summed is the kinds of events that were met, for each of their sourcetypes, with the fields that are absent from them. Kinds that nobody declared
// are one, without a name.
func (n *count) summed(known []plan.Kind) (out []plan.Kind) {
	declared := map[string]bool{}
	for _, k := range known {
		declared[k.Name] = true
		if f := n.kinds[k.Name]; f != nil && f.events > 0 {
			k.Absent = n.absent(k.Name, f)
			out = append(out, f.byType(k)...)
		}
	}
	other := newFilling()
	for kind, f := range n.kinds {
		if !declared[kind] {
			other.join(f)
		}
	}
	if other.events > 0 {
		out = append(out, other.byType(plan.Kind{Absent: n.absent("", other)})...)
	}
	return out
}

// byType is a kind for each of the sourcetypes of its events, if they are known.
func (f *filling) byType(k plan.Kind) (out []plan.Kind) {
	if len(f.types) == 0 || len(f.types) > mostTypes {
		return []plan.Kind{k}
	}
	for _, name := range slices.Sorted(maps.Keys(f.types)) {
		of := k
		if name == "" {
			of.Absent = maps.Clone(k.Absent)
			of.Absent[sourcetype] = true
		} else {
			of.Const = map[string]string{sourcetype: name}
			maps.Copy(of.Const, k.Const)
		}
		out = append(out, of)
	}
	return out
}

// absent is the fields that were looked for and not found. What every event is given beside its own fields is never absent.
func (n *count) absent(kind string, f *filling) map[string]bool {
	out := map[string]bool{}
	for _, name := range append(n.demand.Kinds[kind], n.demand.Fields...) {
		if !f.filled[name] && !slices.Contains(plan.Metadata, name) {
			out[name] = true
		}
	}
	return out
}
