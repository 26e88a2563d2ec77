package op

import (
	"slices"
	"sort"
	"strings"
	"time"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// rowsOf makes a row of each transaction, which lasts nanoseconds. The rows of each follow those of the one before, the newest first.
func (t *transactions) rowsOf(b *column.Batch, list []*txn) *column.Batch {
	firsts, newests, rows := make([]uint32, len(list)), make([]uint32, len(list)), uint32(0)
	for i, x := range list {
		newests[i] = rows
		rows += x.count
		firsts[i] = rows - 1
	}
	var names []string
	var cols []column.Vector
	set := func(name string, v column.Vector) {
		if at := slices.Index(names, name); at >= 0 {
			cols[at] = v
			return
		}
		names, cols = append(names, name), append(cols, v)
	}
	for i, name := range b.Schema.Names {
		if name == plan.Proof && t.node.Rests != nil {
			set(name, proofs(t.node.Rests, b.Cols[i], list))
		} else if !column.Hidden(name) && !slices.Contains(plan.TransactionColumns, name) {
			set(name, t.merged(name, b.Cols[i], list, firsts))
		} else if !column.Hidden(name) {
			set(name, column.Nulls(len(list))) // the place of what comes below
		}
	}
	set("closed_txn", numbers(list, func(x *txn) int64 { return int64(bit(x.closed)) }))
	set("duration", numbers(list, func(x *txn) int64 { return x.newest - x.oldest }))
	set("eventcount", numbers(list, func(x *txn) int64 { return int64(x.count) }))
	if t.node.Orphans {
		orphans := &column.Ints{}
		for _, x := range list {
			orphans.Values = append(orphans.Values, int64(bit(x.orphan)))
		}
		set(plan.OrphanColumn, orphans)
	}
	if t.after != nil {
		set(oldestTime, oldests(list))
	}
	for _, k := range t.after {
		set(ofNewest+k.Name, b.Col(k.Name).Pick(newests))
	}
	return column.NewBatch(column.NewSchema(names...), cols, len(list))
}

// proofs is on which records the transactions rest, of whose rows a column tells it.
func proofs(by *plan.Agg, rows column.Vector, list []*txn) column.Vector {
	of := make([]uint32, 0, rows.Len())
	for i, x := range list {
		for range x.count {
			of = append(of, uint32(i))
		}
	}
	state := by.Func.New(by.Param)
	state.Add(of, []column.Vector{rows})
	return state.Result(len(list))
}

// numbers is a number of each transaction, of which orphans have none.
func numbers(list []*txn, of func(x *txn) int64) column.Vector {
	out := &column.Ints{Values: make([]int64, len(list))}
	for i, x := range list {
		if !x.orphan {
			out.Values[i] = of(x)
			continue
		}
		if out.Null == nil {
			out.Null = make([]bool, len(list))
		}
		out.Null[i] = true
	}
	return out
}

// oldests is the time of the first row of each.
func oldests(list []*txn) column.Vector {
	out := &column.Ints{Values: make([]int64, len(list))}
	for i, x := range list {
		out.Values[i] = x.oldest
	}
	return out
}

// lasting is transactions that last seconds, of some that last nanoseconds.
func lasting(b *column.Batch) *column.Batch {
	v, ok := b.Col("duration").(*column.Ints)
	if !ok {
		return b
	}
	values := make([]column.Value, b.Rows)
	for i, ns := range v.Values {
		if v.Null == nil || !v.Null[i] {
			values[i] = seconds(time.Duration(ns))
		}
	}
	return b.With("duration", column.FromValues(values))
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

// merged is a column in transactions, of which the first rows are given: of _time that of the first row, of _raw all lines, of other fields
// each value once.
func (t *transactions) merged(name string, v column.Vector, list []*txn, firsts []uint32) column.Vector {
	picked := v.Pick(firsts)
	if name == "_time" || name == "_file" || name == "_offset" {
		return picked
	}
	var values []column.Value // nil: all are those of the first rows
	newest := uint32(0)
	for i, x := range list {
		first := firsts[i]
		if !x.orphan && !t.plain(name, v, newest, first) {
			if values == nil {
				values = column.ToValues(picked)
			}
			values[i] = t.all(name, v, newest, first)
		}
		newest = first + 1
	}
	if values == nil {
		return picked
	}
	return column.FromValues(values)
}

func (t *transactions) listed(name string) bool {
	return t.node.Lists || name == "_raw" || slices.Contains(t.node.Listed, name)
}

// plain says whether the value of the first row, which is the last of the rows, stands for all of them.
func (t *transactions) plain(name string, v column.Vector, newest, first uint32) bool {
	texts, flat := v.(*column.Strings)
	switch {
	case newest == first:
		return flat || v.Value(int(first)).Kind() != column.List
	case t.listed(name):
		return false
	}
	for r := newest; r <= first; r++ { // one and the same text
		if flat && (texts.Null != nil && texts.Null[r] || texts.Values[r] != texts.Values[first]) {
			return false
		}
		if x := v.Value(int(r)); !flat && (x.Kind() != column.String || x.Text() != v.Value(int(first)).Text()) {
			return false
		}
	}
	return true
}

// all is the values of some rows as one.
func (t *transactions) all(name string, v column.Vector, newest, first uint32) column.Value {
	if name == "_raw" && !t.node.RawList {
		var lines []string
		for r := int(first); r >= int(newest); r-- {
			lines = append(lines, v.Value(r).String())
		}
		return column.Str(strings.Join(lines, "\n"))
	}
	var items []column.Value
	found, listed := false, t.listed(name)
	for r := int(first); r >= int(newest); r-- {
		x := v.Value(r)
		if x.IsNull() && listed {
			items = append(items, column.Str(t.node.Missing))
			continue
		}
		found = found || !x.IsNull()
		items = append(items, x.Items()...)
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
