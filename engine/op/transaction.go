package op

import (
	"slices"
	"sort"
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

// txn is a transaction.
type txn struct {
	number, count  uint32   // its place among all, and of how many rows it is
	rows           []uint32 // the newest first, once all are known
	newest, oldest int64
	values         []uint32 // of the fields, as numbers; 0: none yet
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
	rows := newRows(t.batches, nil)
	b := rows.gather(order(rows, newestRows, 0))
	g := t.grouping()
	g.add(t, b)
	g.pool.tell(t.env)
	return pieces(t.rowsOf(b, g.finished()), t.size)
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
	listed := t.node.Lists || name == "_raw" || slices.Contains(t.node.Listed, name)
	switch {
	case len(rows) == 1 && len(first.Items()) < 2, name == "_time", name == "_file", name == "_offset":
		return first
	case name == "_raw" && !t.node.RawList:
		var lines []string
		for _, r := range slices.Backward(rows) {
			lines = append(lines, from[r].String())
		}
		return column.Str(strings.Join(lines, "\n"))
	case !listed && alike(first, rows, from):
		return first
	}
	var items []column.Value
	found := false
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

// alike says whether all rows have one and the same text.
func alike(first column.Value, rows []uint32, from []column.Value) bool {
	if first.Kind() != column.String {
		return false
	}
	for _, r := range rows {
		if v := from[r]; v.Kind() != column.String || v.Text() != first.Text() {
			return false
		}
	}
	return true
}

// nanos is the time in a value, as it is or in seconds since 1970.
func nanos(v column.Value) int64 {
	if v.Kind() == column.Time {
		return v.Int()
	}
	f, _ := column.ParseNumber(v.String())
	return int64(f * 1e9)
}
