package op

import (
	"slices"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// Hidden columns of transactions that are not in order yet: their first time, and what their newest events are sorted by.
const (
	oldestTime = "\x00oldest"
	ofNewest   = "\x00newest "
)

// group makes the transactions of all cohorts.
func (c *cohorts) group() error {
	c.deal()
	if !c.clocks {
		c.keys = slices.DeleteFunc(c.keys, func(k plan.SortKey) bool { return k.Name == plan.EventTime })
	}
	names, cost := c.sorted.columns(), 0
	c.names = c.columns(names)
	n := max(1, min(c.rows/(leastShare*c.sorted.size), manyLots))
	for b, err := range ahead(n, c.run.Workers, func(i int) *column.Batch {
		some := c.parts[i*manyLots/n : (i+1)*manyLots/n]
		part := slices.Concat(some...)
		clear(some)
		return c.cohort(part, names)
	}) {
		if err != nil {
			return err
		}
		c.made = append(c.made, b)
		cost += c.sorted.cost(b)
	}
	c.sorted.account.Hold(cost)
	return nil
}

// columns is what is needed of transactions of events that have the given ones.
func (c *cohorts) columns(names []string) []string {
	events := (&rows{names: names}).gather(nil)
	all := c.run.transactions(c.node, c.run.bd).rowsOf(events, nil).Schema.Visible()
	return slices.DeleteFunc(all, func(name string) bool { return !c.need.All && !c.need.Names[name] })
}

// cohort is the transactions of some events, which have the given columns.
func (c *cohorts) cohort(part []*column.Batch, names []string) *column.Batch {
	if c.clocks {
		for i, b := range part {
			part[i] = twoClocks(b)
		}
	}
	held := newRows(part, nil)
	held.names = andKeys(names, c.keys)
	t := c.run.transactions(c.node, newBinder(c.run.Env))
	t.after = c.after()
	rows := order(held, c.keys, 0)
	var made []*column.Batch
	for b, err := range t.made(held, rows, t.grouped(held, rows)) {
		if err != nil {
			panic(err)
		}
		made = append(made, b)
	}
	out := newRows(made, nil)
	out.names = andKeys(c.names, c.order())
	return out.pack(all(out.n))
}

func andKeys(names []string, keys []plan.SortKey) []string {
	out := slices.Clone(names)
	for _, k := range keys {
		if !slices.Contains(out, k.Name) {
			out = append(out, k.Name)
		}
	}
	return out
}

// united is the transactions of all cohorts in their order.
func (c *cohorts) united() column.Stream {
	t := newRows(c.made, nil)
	t.names = c.names
	if t.n == 0 {
		return batched([]*column.Batch{t.gather(nil)})
	}
	merged := &collector{keys: c.order(), size: c.sorted.size, workers: c.run.Workers}
	return func(yield func(*column.Batch, error) bool) {
		if err := merged.bundleEach(t); err != nil {
			yield(nil, err)
			return
		}
		merged.shared(t, c.sorted.size*largeBatches)(yield)
	}
}

// order is that of the transactions: by the times of their first events, the newest first, and then by their newest events.
func (c *cohorts) order() []plan.SortKey {
	keys := []plan.SortKey{{Name: oldestTime, Desc: true, By: plan.Num}}
	if c.spanned() {
		keys = []plan.SortKey{{Name: "_time", Desc: true, By: plan.Num}, {Name: "duration", Desc: true, By: plan.Num}}
	}
	for _, k := range c.after() {
		k.Name = ofNewest + k.Name
		keys = append(keys, k)
	}
	return keys
}

// after is the keys of the newest event that are kept with a transaction.
func (c *cohorts) after() []plan.SortKey {
	if c.spanned() {
		return c.keys[1:]
	}
	return c.keys
}

// spanned says whether _time and duration tell the time of the newest event.
func (c *cohorts) spanned() bool { return !c.odd && !c.node.Orphans }
