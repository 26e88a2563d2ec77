package op

import (
	"slices"
	"strconv"
	"strings"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// grouping puts rows, the newest first, into transactions.
type grouping struct {
	node   *plan.Transaction
	fields []joinField
	values []uint32 // of the fields in a row
	owners []uint32 // by row, the number of its transaction
	loose  []*txn   // those that a row without a value in common may join
	all    []*txn
	free   []txn     // memory for more
	pool   *openPool // nil: any number may be open
}

func (t *transactions) grouping() *grouping {
	n := len(t.node.Fields)
	return &grouping{node: t.node, pool: newOpenPool(t.node), fields: make([]joinField, n), values: make([]uint32, n)}
}

// joinField numbers the values of a field that transactions have in common. 0 is none; a multivalue has an odd number.
type joinField struct {
	values, lists keyColumn
	open          [2][]*txn // by the number of a value, and of a multivalue
	ids           []uint32  // by row of those that are added now
}

func (f *joinField) load(v column.Vector) {
	f.ids = make([]uint32, v.Len())
	if multivalued(v) {
		for r := range f.ids {
			if x := v.Value(r); x.Kind() == column.List {
				f.ids[r] = f.lists.text(identity(x))<<1 | 1
			} else {
				f.ids[r] = f.values.id(x) << 1
			}
		}
	} else {
		f.values.column(v, f.ids)
		for r := range f.ids {
			f.ids[r] <<= 1
		}
	}
	for i, n := range []int{f.values.texts.len() + 1, f.lists.texts.len() + 1} {
		f.open[i] = append(f.open[i], make([]*txn, n-len(f.open[i]))...)
	}
}

// last is the transaction that a value was last met in.
func (f *joinField) last(id uint32) **txn { return &f.open[id&1][id>>1] }

func multivalued(v column.Vector) bool {
	switch v := v.(type) {
	case *column.Strings, *column.Ints, *column.Times:
		return false
	case *column.Const:
		return v.V.Kind() == column.List
	}
	for r := range v.Len() {
		if v.Value(r).Kind() == column.List {
			return true
		}
	}
	return false
}

// identity is a multivalue as a text that no other one has.
func identity(v column.Value) string {
	var b strings.Builder
	for _, x := range v.Items() {
		b.WriteString(strconv.Quote(x.String()))
	}
	return b.String()
}

// add adds rows, which are older than those before.
func (g *grouping) add(t *transactions, b *column.Batch) {
	for i, f := range t.node.Fields {
		g.fields[i].load(b.Col(f))
	}
	var starts, ends []column.Truth
	if t.start != nil {
		starts = column.Truths(t.start.eval(b))
	}
	if t.end != nil {
		ends = column.Truths(t.end.eval(b))
	}
	times := b.Col("_time")
	for r := range b.Rows {
		lacking := 0
		for i := range g.fields {
			if g.values[i] = g.fields[i].ids[r]; g.values[i] == 0 {
				lacking++
			}
		}
		at := nanos(times.Value(r))
		if lacking > 0 && lacking == len(g.values) {
			g.orphan(at)
			continue
		}
		g.row(at, starts != nil && starts[r] == column.True, ends != nil && ends[r] == column.True)
	}
}

// row adds a row that has some of the values.
func (g *grouping) row(at int64, starts, ends bool) {
	x := g.find()
	if x != nil && g.over(x, at) || x != nil && ends && !starts {
		x.done, x.closed = true, true
		g.pool.close(x)
		x = nil
	}
	if x == nil {
		if g.node.End != nil && !ends {
			g.orphan(at)
			return
		}
		x = g.begun(at)
		x.values = make([]uint32, len(g.values))
		if g.node.Loose || len(g.values) == 0 {
			g.loose = append(g.loose, x)
		}
	}
	g.owners = append(g.owners, x.number)
	x.count++
	x.oldest = at
	for i, v := range g.values {
		if v != 0 {
			x.values[i] = v
			*g.fields[i].last(v) = x
		}
	}
	x.started = x.started || starts
	if starts || g.node.Most > 0 && int(x.count) >= g.node.Most {
		x.done, x.closed = true, true
	}
	g.pool.touch(x)
}

// orphan adds a row that is in no transaction.
func (g *grouping) orphan(at int64) {
	x := g.begun(at)
	x.orphan, x.count = true, 1
	g.owners = append(g.owners, x.number)
}

// begun is a new transaction.
func (g *grouping) begun(at int64) *txn {
	if len(g.free) == 0 {
		g.free = make([]txn, max(16, min(len(g.all), 4096)))
	}
	x := &g.free[0]
	g.free = g.free[1:]
	x.number, x.newest, x.oldest = uint32(len(g.all)), at, at
	g.all = append(g.all, x)
	return x
}

// over says whether a row of a time comes too late for a transaction, that is, stands too far before it.
func (g *grouping) over(x *txn, at int64) bool {
	return g.node.Span >= 0 && x.newest-at > int64(g.node.Span) || g.node.Pause >= 0 && x.oldest-at > int64(g.node.Pause)
}

// find is the open transaction that the row joins, or nil.
func (g *grouping) find() *txn {
	for i, v := range g.values {
		if v == 0 {
			continue
		}
		if x := *g.fields[i].last(v); x != nil && !x.done && x.agrees(g.values) {
			return x
		}
	}
	g.loose = slices.DeleteFunc(g.loose, func(x *txn) bool { return x.done || len(g.values) > 0 && !slices.Contains(x.values, 0) })
	for _, x := range slices.Backward(g.loose) {
		if x.agrees(g.values) {
			return x
		}
	}
	return nil
}

func (x *txn) agrees(values []uint32) bool {
	for i, v := range values {
		if v != 0 && x.values[i] != 0 && x.values[i] != v {
			return false
		}
	}
	return true
}

// finished is the transactions to give, by the time of their first rows, the newest first.
func (g *grouping) finished() []*txn {
	g.deal()
	out := slices.DeleteFunc(g.all, func(x *txn) bool {
		if x.orphan {
			return !g.node.Orphans
		}
		x.closed = x.closed && (g.node.Start == nil || x.started)
		return (x.evicted || g.node.Start != nil && !x.started) && !g.node.Evicted
	})
	list := make([]coded, len(out))
	for i, x := range out {
		list[i] = coded{^(uint64(x.oldest) ^ 1<<63), uint32(i)}
	}
	radix(list, make([]coded, len(list)))
	sorted := make([]*txn, len(out))
	for i, c := range list {
		sorted[i] = out[c.row]
	}
	return sorted
}

// deal gives the transactions their rows.
func (g *grouping) deal() {
	rows := make([]uint32, len(g.owners))
	for _, x := range g.all {
		x.rows, rows = rows[:0:x.count], rows[x.count:]
	}
	for r, owner := range g.owners {
		x := g.all[owner]
		x.rows = append(x.rows, uint32(r))
	}
}
