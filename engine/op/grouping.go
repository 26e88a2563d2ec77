package op

import (
	"math"

	"spoor/engine/column"
	"spoor/engine/pages"
	"spoor/engine/plan"
)

// grouping puts rows, the newest first, into transactions.
type grouping struct {
	node   *plan.Transaction
	fields []joinField
	values []uint32 // of the fields in a row
	taken  []uint32 // those of each transaction, by its number; 0: none yet
	owners []uint32 // by row, the number of its transaction
	last   *txn     // without fields: the one that rows join
	kin    kin      // of several fields
	all    []*txn
	free   []txn     // memory for more
	pool   *openPool // nil: any number may be open
}

func (t *transactions) grouping() *grouping {
	n := len(t.node.Fields)
	return &grouping{node: t.node, pool: newOpenPool(t.node), fields: make([]joinField, n), values: make([]uint32, n)}
}

// add adds rows, which are older than those before.
func (g *grouping) add(t *transactions, b *column.Batch) {
	for i, f := range t.node.Fields {
		g.fields[i].load(b.Col(f))
	}
	if len(g.fields) == 1 {
		g.fields[0].touch()
	}
	var starts, ends []column.Truth
	if t.start != nil {
		starts = column.Truths(t.start.eval(b))
	}
	if t.end != nil {
		ends = column.Truths(t.end.eval(b))
	}
	at := instants(b.Col("_time"))
	for r := range b.Rows {
		lacking := 0
		for i := range g.fields {
			if g.values[i] = g.fields[i].ids[r]; g.values[i] == 0 {
				lacking++
			}
		}
		if lacking > 0 && lacking == len(g.values) {
			g.orphan(at[r])
			continue
		}
		g.row(at[r], starts != nil && starts[r] == column.True, ends != nil && ends[r] == column.True)
	}
}

// row adds a row that has some of the values.
func (g *grouping) row(at int64, starts, ends bool) {
	x := g.find()
	for ; x != nil && g.over(x, at); x = g.find() {
		g.close(x)
	}
	if x != nil && ends && !starts {
		g.close(x)
		x = nil
	}
	if x == nil {
		if g.node.End != nil && !ends {
			g.orphan(at)
			return
		}
		x = g.begun(at)
		g.last = x
	}
	g.owners = append(pages.Roomy(g.owners, 1), x.number)
	x.count++
	x.oldest = at
	g.take(x)
	x.started = x.started || starts
	if starts || g.node.Most > 0 && int(x.count) >= g.node.Most {
		x.done, x.closed = true, true
	}
	g.pool.touch(x)
}

// close ends a transaction.
func (g *grouping) close(x *txn) {
	x.done, x.closed = true, true
	g.pool.close(x)
}

// take gives the row's values to its transaction.
func (g *grouping) take(x *txn) {
	taken, more := g.of(x), false
	for i, v := range g.values {
		if v != 0 {
			more = more || taken[i] == 0
			taken[i] = v
		}
	}
	switch {
	case len(taken) == 1:
		*g.fields[0].last(taken[0]) = x
	case more && len(taken) > 1:
		g.kin.enter(x, taken)
	}
}

// orphan adds a row that is in no transaction.
func (g *grouping) orphan(at int64) {
	x := g.begun(at)
	x.orphan, x.count = true, 1
	g.owners = append(pages.Roomy(g.owners, 1), x.number)
}

// begun is a new transaction.
func (g *grouping) begun(at int64) *txn {
	if len(g.free) == 0 {
		g.free = make([]txn, max(16, min(len(g.all), 4096)))
	}
	x := &g.free[0]
	g.free = g.free[1:]
	x.number, x.newest, x.oldest = uint32(len(g.all)), at, at
	g.all = append(pages.Roomy(g.all, 1), x)
	g.taken = append(pages.Roomy(g.taken, len(g.values)), make([]uint32, len(g.values))...)
	return x
}

// of is the values of a transaction.
func (g *grouping) of(x *txn) []uint32 {
	n := len(g.values)
	return g.taken[int(x.number)*n:][:n]
}

// over says whether a row of a time comes too late for a transaction, that is, stands too far before it.
func (g *grouping) over(x *txn, at int64) bool {
	return g.node.Span >= 0 && x.newest-at > int64(g.node.Span) || g.node.Pause >= 0 && x.oldest-at > int64(g.node.Pause)
}

// find is the open transaction that the row joins, or nil.
func (g *grouping) find() (x *txn) {
	switch len(g.values) {
	case 0:
		x = g.last
	case 1:
		x = *g.fields[0].last(g.values[0])
	default:
		if x = g.kin.find(g, true); x == nil && g.node.Loose {
			x = g.kin.find(g, false)
		}
	}
	if x == nil || x.done {
		return nil
	}
	return x
}

// finished is the transactions to give, by the time of their first rows, the newest first.
func (g *grouping) finished() []*txn {
	var out []*txn
	for _, x := range g.all {
		x.closed = x.closed && (g.node.Start == nil || x.started)
		if x.orphan && g.node.Orphans || !x.orphan && (g.node.Evicted || !x.evicted && (g.node.Start == nil || x.started)) {
			out = append(pages.Roomy(out, 1), x)
		}
	}
	return byAge(out)
}

// byAge sorts transactions by the time of their first rows, the newest first. Those of one row are in order already, but for odd times.
func byAge(list []*txn) []*txn {
	var even, odd []*txn
	last := int64(math.MaxInt64)
	for _, x := range list {
		if x.count == 1 && x.oldest <= last {
			even, last = append(pages.Roomy(even, 1), x), x.oldest
		} else {
			odd = append(pages.Roomy(odd, 1), x)
		}
	}
	codes := make([]coded, len(odd))
	for i, x := range odd {
		codes[i] = coded{^(uint64(x.oldest) ^ 1<<63), uint32(i)}
	}
	radix(codes, make([]coded, len(codes)))
	sorted := make([]*txn, 0, len(list))
	for _, x := range even {
		for ; len(codes) > 0 && odd[codes[0].row].before(x); codes = codes[1:] {
			sorted = append(sorted, odd[codes[0].row])
		}
		sorted = append(sorted, x)
	}
	for _, c := range codes {
		sorted = append(sorted, odd[c.row])
	}
	return sorted
}

// before says which of two comes first: the newer one, or that of which the newest row was met first.
func (x *txn) before(y *txn) bool {
	return x.oldest > y.oldest || x.oldest == y.oldest && x.number < y.number
}

// dealt is the rows of all transactions, and each is told where its own begin.
func (g *grouping) dealt() []uint32 {
	next, n := make([]uint32, len(g.all)), uint32(0)
	for i, x := range g.all {
		x.first, next[i] = n, n
		n += x.count
	}
	rows := make([]uint32, len(g.owners))
	for r, owner := range g.owners {
		rows[next[owner]] = uint32(r)
		next[owner]++
	}
	return rows
}

// instants is times in nanoseconds.
func instants(v column.Vector) []int64 {
	out := make([]int64, v.Len())
	times, ok := v.(*column.Times)
	for i := range out {
		if ok && times.Null == nil {
			out[i] = int64(times.Values[i])
		} else {
			out[i] = nanos(v.Value(i))
		}
	}
	return out
}
