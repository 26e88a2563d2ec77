package op

import (
	"slices"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// cohorts is the sink of transactions of events that have fields in common. It divides the events by those fields that all of them have, so that
// all of a transaction are in one cohort: each is grouped on its own, and all cores have work.
type cohorts struct {
	run    *runner
	node   *plan.Transaction
	need   plan.Need // of the result
	keys   []plan.SortKey
	sorted *collector // knows the columns of the events; takes these once they are too many to be held
	lots   lots
	fresh  []*column.Batch // events that are in no part yet
	drawn  []uint8         // by event of these, the lot that its value draws
	parts  [manyLots][]*column.Batch
	rows   int // in parts
	met    bool
	clocks bool            // there are two: some events have another _time than the one they were sorted by
	odd    bool            // some _time is none
	away   bool            // sorted has the events
	made   []*column.Batch // the transactions of each cohort, in order, once they are known
	names  []string        // of what is needed of them
}

// transacted is the transactions of a node's input.
func (r *runner) transacted(n *plan.Transaction, need plan.Need) column.Stream {
	if in, ok := n.In.(*plan.Sort); ok && in.Limit == 0 && len(n.Fields) > 0 && newOpenPool(n) == nil {
		// of events that become several rows, the order of the keys says nothing
		if f, ok := flowOf(in.In); ok && !f.expands() {
			r.transactions(n, r.bd) // tells what cannot be computed before anything is read
			return r.intake(f, need.Of(n, 0).Of(in, 0), nil, r.cohorts(n, in, need)).rows()
		}
	}
	return drain(r.below(n, need), r.transactions(n, r.bd))
}

func (r *runner) cohorts(n *plan.Transaction, in *plan.Sort, need plan.Need) func(*binder) Sink {
	collect := r.wanting(need.Of(n, 0), r.collect(in, in.Keys, 0))
	keys := append(slices.Clone(newestRows), in.Keys...)
	return func(bd *binder) Sink {
		return &cohorts{run: r, node: n, need: need, keys: keys, sorted: collect(bd).(*collector), lots: newLots(n.Fields)}
	}
}

func (c *cohorts) Add(b *column.Batch) bool {
	c.met = true
	if c.away {
		return c.sorted.Add(b)
	}
	for i, name := range b.Schema.Names {
		c.sorted.away.add(name, !c.sorted.away.filled[name] && anyValue(b.Cols[i], b.Rows))
	}
	c.redraw(c.shared(b, c.lots.names))
	if c.away {
		return c.sorted.Add(b)
	}
	if b.Col(plan.EventTime) == b.Col("_time") {
		b = without(b, plan.EventTime)
	} else {
		c.clocks = true
	}
	times, ok := b.Col("_time").(*column.Times)
	c.odd = c.odd || !ok || times.Null != nil
	b = b.Pack()
	c.take(b)
	if !c.sorted.account.Grow(c.sorted.cost(b)) {
		c.putAway()
	}
	return c.sorted.space.Err() != nil
}

// shared is those of some fields that no row lacks which has another one.
func (c *cohorts) shared(b *column.Batch, some []string) (out []string) {
	for _, name := range some {
		if c.lacking(b, name) < 0 {
			out = append(out, name)
		}
	}
	return out
}

// lacking is the first row that lacks a field but has another one; negative if there is none.
func (c *cohorts) lacking(b *column.Batch, name string) int {
	v := b.Col(name)
	if len(c.node.Fields) == 1 {
		return -1
	}
	for r := range b.Rows {
		if v.IsNull(r) && slices.ContainsFunc(c.node.Fields, func(f string) bool { return !b.Col(f).IsNull(r) }) {
			return r
		}
	}
	return -1
}

// take has events draw their lots.
func (c *cohorts) take(b *column.Batch) {
	c.drawn = c.lots.draw(b, c.drawn)
	if c.fresh = append(c.fresh, b); len(c.drawn) >= 2*bundleBatches*c.sorted.size {
		c.deal()
	}
}

func intersect(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(name string) bool { return !slices.Contains(b, name) })
}

// redraw divides the events by some of the fields by which they are divided. Without any, all would be in one cohort.
func (c *cohorts) redraw(fields []string) {
	switch len(fields) {
	case len(c.lots.names):
	case 0:
		c.putAway()
	default:
		held := c.out()
		c.lots = newLots(fields)
		for _, b := range held {
			c.take(b)
		}
	}
}

// out is all events, which are taken out.
func (c *cohorts) out() []*column.Batch {
	held := slices.Concat(slices.Concat(c.parts[:]...), c.fresh)
	c.parts, c.fresh, c.drawn, c.rows = [manyLots][]*column.Batch{}, nil, nil, 0
	return held
}

// deal puts fresh events into the parts of the lots that they drew.
func (c *cohorts) deal() {
	if len(c.fresh) == 0 {
		return
	}
	var rows [manyLots][]uint32
	for r, lot := range c.drawn {
		if lot == noLot && c.node.Orphans {
			lot = uint8(r % manyLots)
		}
		if lot != noLot {
			rows[lot] = append(rows[lot], uint32(r))
		}
	}
	t, cost := newRows(c.fresh, nil), -c.sorted.bytes(c.fresh)
	for lot, some := range rows {
		if len(some) > 0 {
			b := t.pack(some)
			c.parts[lot] = append(c.parts[lot], b)
			c.rows += b.Rows
			cost += c.sorted.cost(b)
		}
	}
	c.sorted.account.Grow(cost)
	c.fresh, c.drawn = nil, c.drawn[:0]
}

// putAway leaves all events to the sort.
func (c *cohorts) putAway() {
	if c.away {
		return
	}
	held := c.out()
	c.away = true
	c.sorted.account.Release()
	for _, b := range held {
		c.sorted.Add(twoClocks(b))
	}
}

// twoClocks is events that have both times.
func twoClocks(b *column.Batch) *column.Batch {
	if b.Schema.Slot(plan.EventTime) >= 0 {
		return b
	}
	return b.With(plan.EventTime, b.Col("_time"))
}

func (c *cohorts) Merge(from Sink) {
	f := from.(*cohorts)
	c.met, c.clocks, c.odd = c.met || f.met, c.clocks || f.clocks, c.odd || f.odd
	if both := intersect(c.lots.names, f.lots.names); !c.away && !f.away {
		c.redraw(both)
		f.redraw(both)
	}
	if c.away || f.away {
		c.putAway()
		f.putAway()
		c.sorted.Merge(f.sorted)
		return
	}
	f.deal()
	for lot, part := range f.parts {
		c.parts[lot] = append(c.parts[lot], part...)
	}
	c.rows += f.rows
	c.sorted.away.join(&f.sorted.away)
	c.sorted.account.Take(f.sorted.account)
}

func (c *cohorts) Result() column.Stream {
	switch {
	case !c.met:
		return nothing
	case c.away:
		return drain(c.sorted.Result(), c.run.transactions(c.node, c.run.bd))
	}
	return func(yield func(*column.Batch, error) bool) {
		if c.made == nil {
			if err := c.group(); err != nil {
				yield(nil, err)
				return
			}
		}
		for b, err := range c.united() {
			if err == nil {
				b = lasting(b)
			}
			if !yield(b, err) || err != nil {
				return
			}
		}
	}
}
