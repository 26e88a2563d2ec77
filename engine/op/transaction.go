package op

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
)

// transactions is the sink that makes one row of the rows that belong together.
type transactions struct {
	collector
	node       *plan.Transaction
	env        *function.Env
	start, end evaluator // nil: no such condition
}

func (r *runner) transactions(n *plan.Transaction) *transactions {
	t := &transactions{collector: collector{size: r.BatchRows, keys: newestRows, space: r.Space, account: r.Space.Account()}, node: n, env: r.Env}
	if n.Start != nil {
		t.start = r.bd.bind(n.Start)
	}
	if n.End != nil {
		t.end = r.bd.bind(n.End)
	}
	return t
}

// txn is a transaction: its rows, the newest first.
type txn struct {
	rows           []uint32
	newest, oldest int64
	values         []string // of the fields; empty: none yet
	done           bool     // no further row joins
	closed         bool     // something ended it
	started        bool
	orphan         bool
	evicted        bool // given up, since too many were open
	pooled         int  // rows that the pool of open ones counts
}

// newestRows is the order in which rows are looked at.
var newestRows = []plan.SortKey{{Name: "_time", Desc: true, By: plan.Num}}

func (t *transactions) Result() column.Stream {
	switch {
	case len(t.runs) > 0:
		return t.apart()
	case len(t.batches) == 0:
		return nothing
	}
	b := newRows(t.batches, nil).all()
	g := t.grouping()
	g.load(t, b)
	order := all(b.Rows)
	slices.SortStableFunc(order, func(x, y uint32) int { return compareKey(g.times[x], g.times[y], newestRows[0]) })
	for _, r := range order {
		g.add(r)
	}
	g.pool.tell(t.env)
	return pieces(t.rowsOf(b, g.finished()), t.size)
}

func (t *transactions) grouping() *grouping {
	return &grouping{node: t.node, pool: newOpenPool(t.node), open: map[string]*txn{}, fields: make([][]column.Value, len(t.node.Fields))}
}

// grouping puts rows, the newest first, into transactions.
type grouping struct {
	node         *plan.Transaction
	first        uint32 // the number of the first row of those that are loaded
	times        []column.Value
	fields       [][]column.Value
	starts, ends []column.Truth
	open         map[string]*txn // by a field's number and its value
	loose        []*txn          // those that a row without a value in common may join
	all          []*txn
	pool         *openPool // nil: any number may be open
}

// load takes the rows that are added next, behind those before.
func (g *grouping) load(t *transactions, b *column.Batch) {
	g.first += uint32(len(g.times))
	g.times = column.ToValues(b.Col("_time"))
	for i, f := range t.node.Fields {
		g.fields[i] = column.ToValues(b.Col(f))
	}
	if t.start != nil {
		g.starts = column.Truths(t.start.eval(b))
	}
	if t.end != nil {
		g.ends = column.Truths(t.end.eval(b))
	}
}

// add adds a row of those that are loaded.
func (g *grouping) add(r uint32) {
	values := make([]string, len(g.fields))
	lacking := 0
	for i, f := range g.fields {
		if values[i] = identity(f[r]); values[i] == "" {
			lacking++
		}
	}
	starts := g.starts != nil && g.starts[r] == column.True
	ends := g.ends != nil && g.ends[r] == column.True
	at := nanos(g.times[r])
	if lacking > 0 && lacking == len(values) {
		g.all = append(g.all, &txn{rows: []uint32{g.first + r}, newest: at, oldest: at, orphan: true})
		return
	}
	x := g.find(values)
	if x != nil && g.over(x, at) || x != nil && ends && !starts {
		x.done, x.closed = true, true
		g.pool.close(x)
		x = nil
	}
	if x == nil {
		if g.ends != nil && !ends {
			g.all = append(g.all, &txn{rows: []uint32{g.first + r}, newest: at, oldest: at, orphan: true})
			return
		}
		x = &txn{newest: at, values: make([]string, len(values))}
		g.all = append(g.all, x)
		if g.node.Loose || len(values) == 0 {
			g.loose = append(g.loose, x)
		}
	}
	x.rows, x.oldest = append(x.rows, g.first+r), at
	for i, v := range values {
		if v != "" {
			x.values[i] = v
			g.open[fieldKey(i, v)] = x
		}
	}
	x.started = x.started || starts
	if starts || g.node.Most > 0 && len(x.rows) >= g.node.Most {
		x.done, x.closed = true, true
	}
	g.pool.touch(x)
}

// over says whether a row of a time comes too late for a transaction, that is, stands too far before it.
func (g *grouping) over(x *txn, at int64) bool {
	return g.node.Span >= 0 && x.newest-at > int64(g.node.Span) || g.node.Pause >= 0 && x.oldest-at > int64(g.node.Pause)
}

// find is the open transaction that a row joins, or nil.
func (g *grouping) find(values []string) *txn {
	for i, v := range values {
		if v == "" {
			continue
		}
		if x := g.open[fieldKey(i, v)]; x != nil && !x.done && x.agrees(values) {
			return x
		}
	}
	g.loose = slices.DeleteFunc(g.loose, func(x *txn) bool { return x.done || len(values) > 0 && !slices.Contains(x.values, "") })
	for _, x := range slices.Backward(g.loose) {
		if x.agrees(values) {
			return x
		}
	}
	return nil
}

func (x *txn) agrees(values []string) bool {
	for i, v := range values {
		if v != "" && x.values[i] != "" && x.values[i] != v {
			return false
		}
	}
	return true
}

// finished is the transactions to give, by the time of their first rows, the newest first.
func (g *grouping) finished() []*txn {
	out := slices.DeleteFunc(g.all, func(x *txn) bool {
		if x.orphan {
			return !g.node.Orphans
		}
		x.closed = x.closed && (g.starts == nil || x.started)
		return (x.evicted || g.starts != nil && !x.started) && !g.node.Evicted
	})
	slices.SortStableFunc(out, func(x, y *txn) int { return direction(x.oldest > y.oldest, x.oldest < y.oldest, false) })
	return out
}

// rowsOf makes a row of each transaction.
func (t *transactions) rowsOf(b *column.Batch, list []*txn) *column.Batch {
	var names []string
	var cols []column.Vector
	set := func(name string, of func(x *txn) column.Value) {
		values := make([]column.Value, len(list))
		for i, x := range list {
			values[i] = of(x)
		}
		if at := slices.Index(names, name); at >= 0 {
			cols[at] = column.FromValues(values)
			return
		}
		names, cols = append(names, name), append(cols, column.FromValues(values))
	}
	for i, name := range b.Schema.Names {
		if column.Hidden(name) {
			continue
		}
		from := column.ToValues(b.Cols[i])
		set(name, func(x *txn) column.Value {
			if x.orphan {
				return from[x.rows[0]]
			}
			return t.merged(name, x.rows, from)
		})
	}
	number := func(of func(x *txn) column.Value) func(x *txn) column.Value {
		return func(x *txn) column.Value {
			if x.orphan {
				return column.Value{}
			}
			return of(x)
		}
	}
	set("closed_txn", number(func(x *txn) column.Value { return column.Integer(int64(bit(x.closed))) }))
	set("duration", number(func(x *txn) column.Value { return seconds(time.Duration(x.newest - x.oldest)) }))
	set("eventcount", number(func(x *txn) column.Value { return column.Integer(int64(len(x.rows))) }))
	if t.node.Orphans {
		set(plan.OrphanColumn, func(x *txn) column.Value { return column.Integer(int64(bit(x.orphan))) })
	}
	return column.NewBatch(column.NewSchema(names...), cols, len(list))
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

func seconds(d time.Duration) column.Value {
	if d%time.Second == 0 {
		return column.Integer(int64(d / time.Second))
	}
	return column.Real(d.Seconds())
}

// merged is a column's value in a transaction: of _time the first, of _raw all lines, of other fields each value once.
func (t *transactions) merged(name string, rows []uint32, from []column.Value) column.Value {
	first := from[rows[len(rows)-1]]
	switch {
	case len(rows) == 1 && len(first.Items()) < 2, name == "_time", name == "_file", name == "_offset":
		return first
	case name == "_raw" && !t.node.RawList:
		var lines []string
		for _, r := range slices.Backward(rows) {
			lines = append(lines, from[r].String())
		}
		return column.Str(strings.Join(lines, "\n"))
	}
	var items []column.Value
	found, listed := false, t.node.Lists || name == "_raw" || slices.Contains(t.node.Listed, name)
	for _, r := range slices.Backward(rows) {
		if from[r].IsNull() && listed {
			items = append(items, column.Str(t.node.Missing))
			continue
		}
		found = found || !from[r].IsNull()
		items = append(items, from[r].Items()...)
	}
	if !found {
		return column.Value{}
	}
	if listed {
		return column.Multi(items)
	}
	sort.SliceStable(items, func(i, j int) bool { return items[i].String() < items[j].String() })
	return column.Multi(slices.CompactFunc(items, func(x, y column.Value) bool { return x.String() == y.String() }))
}

// identity is a value as a text that no other value has; empty for none.
func identity(v column.Value) string {
	var b strings.Builder
	for _, x := range v.Items() {
		b.WriteString(strconv.Quote(x.String()))
	}
	return b.String()
}

func fieldKey(field int, value string) string { return strconv.Itoa(field) + value }

// nanos is the time in a value, as it is or in seconds since 1970.
func nanos(v column.Value) int64 {
	if v.Kind() == column.Time {
		return v.Int()
	}
	f, _ := column.ParseNumber(v.String())
	return int64(f * 1e9)
}
