package op

import (
	"slices"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// lazy binds the functions whose arguments are not evaluated for every row.
func (bd *binder) lazy(e *plan.Call) evaluator {
	args := bd.all(e.Args)
	switch e.Func.Name {
	case "and":
		return junction{args, column.False}
	case "or":
		return junction{args, column.True}
	case "if":
		return branches{conds: args[:1], results: args[1:]}
	case "case":
		return caseBranches(args)
	case "validate":
		br := caseBranches(args)
		for i, c := range br.conds {
			br.conds[i] = negated{c}
		}
		return br
	case "coalesce":
		return coalesce{args}
	case "mvmap", "mvfilter":
		if item, ok := e.Args[1].(*plan.Field); ok {
			return &overList{list: args[0], item: item.Name, fields: besides(e.Args[2], item.Name), expr: args[2], filter: e.Func.Name == "mvfilter"}
		}
	}
	bd.fail(source.Errorf(e.Span, "internal", "no evaluation for %s", e.Func.Name))
	return constant{}
}

// junction is AND and OR in three-valued logic. A row that an argument decides is not looked at again; once all are decided the
// remaining arguments are not evaluated.
type junction struct {
	args   []evaluator
	decide column.Truth // False for AND, True for OR
}

func (j junction) eval(b *column.Batch) column.Vector {
	var out []column.Truth
	for i, a := range j.args {
		truths := column.Truths(a.eval(b))
		if i == 0 {
			out = truths
		} else {
			for r, t := range truths {
				if out[r] != j.decide && (t == j.decide || t == column.Unknown) {
					out[r] = t
				}
			}
		}
		if i+1 < len(j.args) && allAre(out, j.decide) {
			break
		}
	}
	return column.FromTruths(out)
}

func allAre(truths []column.Truth, t column.Truth) bool {
	for _, x := range truths {
		if x != t {
			return false
		}
	}
	return true
}

// negated is a condition the other way round; what is unknown stays so.
type negated struct{ evaluator }

func (n negated) eval(b *column.Batch) column.Vector {
	truths := slices.Clone(column.Truths(n.evaluator.eval(b)))
	for i, t := range truths {
		switch t {
		case column.True:
			truths[i] = column.False
		case column.False:
			truths[i] = column.True
		}
	}
	return column.FromTruths(truths)
}

// branches is IF and CASE: each row gets the result that belongs to its first true condition; the last result, if there is one more
// than conditions, goes to the rest.
type branches struct{ conds, results []evaluator }

func caseBranches(args []evaluator) branches {
	var b branches
	for i := 0; i+1 < len(args); i += 2 {
		b.conds = append(b.conds, args[i])
		b.results = append(b.results, args[i+1])
	}
	return b
}

func (br branches) eval(b *column.Batch) column.Vector {
	m := merger{rows: b.Rows}
	open := all(b.Rows)
	for i, c := range br.conds {
		if len(open) == 0 {
			break
		}
		sub := pick(b, open)
		yes, no := split(column.Truths(c.eval(sub)), open)
		if len(yes) > 0 {
			m.put(yes, br.results[i].eval(pick(b, yes)))
		}
		open = no
	}
	if len(br.results) > len(br.conds) && len(open) > 0 {
		m.put(open, br.results[len(br.conds)].eval(pick(b, open)))
	}
	return m.vector()
}

// coalesce is the first argument with a value.
type coalesce struct{ args []evaluator }

func (c coalesce) eval(b *column.Batch) column.Vector {
	m := merger{rows: b.Rows}
	open := all(b.Rows)
	for _, a := range c.args {
		if len(open) == 0 {
			break
		}
		v := a.eval(pick(b, open))
		var with, without, at []uint32
		for i, r := range open {
			if v.IsNull(i) {
				without = append(without, r)
			} else {
				with, at = append(with, r), append(at, uint32(i))
			}
		}
		if len(without) > 0 && len(with) > 0 {
			v = v.Pick(at)
		}
		if len(with) > 0 {
			m.put(with, v)
		}
		open = without
	}
	return m.vector()
}

// all is the rows 0 to n-1.
func all(n int) []uint32 {
	rows := make([]uint32, n)
	for i := range rows {
		rows[i] = uint32(i)
	}
	return rows
}

// pick is the batch of some of its rows: itself if these are all.
func pick(b *column.Batch, rows []uint32) *column.Batch {
	if len(rows) == b.Rows {
		return b
	}
	return b.Pick(rows)
}

func split(truths []column.Truth, rows []uint32) (yes, no []uint32) {
	for i, t := range truths {
		if t == column.True {
			yes = append(yes, rows[i])
		} else {
			no = append(no, rows[i])
		}
	}
	return yes, no
}

// merger puts together a column of which branches computed different rows.
type merger struct {
	rows   int
	whole  column.Vector // set if one branch computed all rows
	values []column.Value
}

func (m *merger) put(rows []uint32, v column.Vector) {
	if len(rows) == m.rows {
		m.whole = v
		return
	}
	if m.values == nil {
		m.values = make([]column.Value, m.rows)
	}
	for i, r := range rows {
		m.values[r] = v.Value(i)
	}
}

func (m *merger) vector() column.Vector {
	switch {
	case m.whole != nil:
		return m.whole
	case m.values == nil:
		return column.Nulls(m.rows)
	}
	return column.FromValues(m.values)
}

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
