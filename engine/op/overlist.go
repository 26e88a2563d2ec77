package op

import (
	"slices"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// overList evaluates an expression once per value of a list, with the item standing for that value: mvmap gathers the results,
// mvfilter the values for which it is true.
type overList struct {
	list   evaluator
	item   string
	fields []string // what else the expression reads
	expr   evaluator
	filter bool
}

// besides is the fields that an expression reads besides one.
func besides(e plan.Expr, item string) []string {
	return slices.DeleteFunc(plan.Fields(e, nil), func(name string) bool { return name == item })
}

// mostItems is how many values the result of a row may have; beyond, there is none.
const mostItems = 1_000_000

// listItem is a value of a row's list.
type listItem struct {
	row   uint32
	value column.Value
}

func (o *overList) eval(b *column.Batch) column.Vector {
	v := o.list.eval(b)
	var items []listItem
	for r := range b.Rows {
		for _, x := range v.Value(r).Items() {
			items = append(items, listItem{uint32(r), x})
		}
	}
	lists := make([][]column.Value, b.Rows)
	tooLong := make([]bool, b.Rows)
	for len(items) > 0 {
		var some []listItem
		if some, items = o.next(b, items, tooLong); len(some) > 0 {
			o.some(b, some, lists, tooLong)
		}
	}
	out := make([]column.Value, b.Rows)
	for r, l := range lists {
		if !tooLong[r] {
			out[r] = column.Multi(l)
		}
	}
	return column.FromValues(out)
}

// next is the items to evaluate together: few if each comes with a list, which is copied for it.
func (o *overList) next(b *column.Batch, items []listItem, tooLong []bool) (some, rest []listItem) {
	most := 1024
	for _, name := range o.fields {
		if _, ok := b.Col(name).(*column.Multis); ok {
			most = 16
		}
	}
	for len(items) > 0 && len(some) < most {
		if !tooLong[items[0].row] {
			some = append(some, items[0])
		}
		items = items[1:]
	}
	return some, items
}

// some adds the results for some items to the lists of their rows.
func (o *overList) some(b *column.Batch, some []listItem, lists [][]column.Value, tooLong []bool) {
	owner, values := make([]uint32, len(some)), make([]column.Value, len(some))
	for i, x := range some {
		owner[i], values[i] = x.row, x.value
	}
	cols := make([]column.Vector, 0, len(o.fields)+1)
	for _, name := range o.fields {
		cols = append(cols, b.Col(name).Pick(owner))
	}
	schema := column.NewSchema(append(slices.Clone(o.fields), o.item)...)
	result := o.expr.eval(column.NewBatch(schema, append(cols, column.FromValues(values)), len(some)))
	for i, r := range owner {
		x := result.Value(i)
		if o.filter {
			if !x.True() {
				continue
			}
			x = values[i]
		}
		lists[r] = append(lists[r], x.Items()...)
		if len(lists[r]) > mostItems {
			lists[r], tooLong[r] = nil, true
		}
	}
}
