package op

import (
	"cmp"
	"slices"

	"spoor/engine/aggregate"
	"spoor/engine/column"
	"spoor/engine/plan"
)

// chart is the rows of plan.Chart. To choose a width of time, all rows must be known first.
func (r *runner) chart(n *plan.Chart, need plan.Need) column.Stream {
	if n.Spans == nil || n.Spans.Width != "" {
		var width cutter
		if n.Spans != nil {
			width = cutterOf(n.Spans.Width, n.Spans.Align, r.Env.Zone)
		}
		return r.sink(n, need, func(bd *binder) Sink { return newCharter(n, bd, r.BatchRows, width) })
	}
	return drain(r.below(n, need), &fittingChart{collector: *r.keeping(), node: n, bd: r.bd})
}

// charter is the sink of plan.Chart: an aggregate by row and column, of which it makes a table at the end.
type charter struct {
	*aggregator
	node  *plan.Chart
	width cutter
	count int // the state that counts rows, to rank columns by; -1: the only aggregate does
	rests int // the state that makes the proofs of rows, if somebody asks for them
	odd   int // rows whose time is none that a span can hold
}

func newCharter(n *plan.Chart, bd *binder, size int, width cutter) *charter {
	c := &charter{node: n, width: width, count: -1}
	sum := &plan.Aggregate{Keys: []string{plan.ChartRow}, Aggs: n.Aggs}
	if n.Split != "" {
		sum.Keys = append(sum.Keys, plan.ChartSeries)
	}
	if len(n.Results()) > 1 {
		count, _, _ := aggregate.Lookup("count")
		c.count = len(n.Aggs)
		sum.Aggs = append(slices.Clone(n.Aggs), plan.Agg{Func: count, As: plan.Frequency})
	}
	if c.rests = len(sum.Aggs); n.Rests != nil {
		sum.Aggs = append(sum.Aggs[:len(sum.Aggs):len(sum.Aggs)], *n.Rests)
	}
	c.aggregator = newAggregator(sum, bd, size)
	return c
}

func (c *charter) Add(b *column.Batch) bool {
	n := c.node
	rows := b.Col(n.Row)
	if n.Spans != nil {
		starts, seconds := c.width.column(rows)
		c.odd += timeless(rows)
		rows = starts
		b = b.With(plan.SpanSeconds, seconds)
	}
	b = b.With(plan.ChartRow, rows)
	if n.Split != "" {
		v := spread(b.Col(n.Split))
		if n.Null != "" && complete([]column.Vector{v}, b.Rows) != nil {
			values := column.ToValues(v)
			for i, x := range values {
				if x.IsNull() {
					values[i] = column.Str(n.Null)
				}
			}
			v = column.FromValues(values)
		}
		b = b.With(plan.ChartSeries, v)
	}
	return c.aggregator.Add(b)
}

func (c *charter) Merge(from Sink) {
	f := from.(*charter)
	c.odd += f.odd
	c.aggregator.Merge(f.aggregator)
}

// Result is the table. Each cell is a group of its own, merged from those that fall into it.
func (c *charter) Result() column.Stream {
	tellTimeless(c.bd.env, c.node.Row, c.odd)
	groups := c.groups.n
	rows := c.rowKeys()
	columns, place := c.columns()
	at := placesOf(rows)
	width := len(columns)
	if diag := tooWide(len(rows), width); diag != nil {
		return failing(diag)
	}
	cells := len(rows) * width
	to, toRow := make([]uint32, groups), make([]uint32, groups)
	for g := range to {
		to[g], toRow[g] = uint32(cells), uint32(len(rows)) // one more, for what is left out
		row, ok := at[c.rowKey(g).String()]
		col, shown := place(g)
		if ok && shown {
			to[g], toRow[g] = uint32(row*width+col), uint32(row)
		}
	}
	heads, cols := newHeadings(c.node.Row), [][]column.Value{rows}
	results := c.node.Results()
	for i, v := range c.computed(c.merged(to, cells), cells) {
		for k, name := range columns {
			values := make([]column.Value, len(rows))
			for r := range values {
				values[r] = v.Value(r*width + k)
			}
			head := results[i].Name
			if c.node.Split != "" {
				head = title(c.node.Titles, head, name.String(), len(results) > 1)
			}
			heads.add(head)
			cols = append(cols, values)
		}
	}
	table := tableOf(heads.names, cols, len(rows))
	if c.node.Rests != nil {
		table = table.With(plan.Proof, c.proofs(toRow, len(rows)))
	}
	return pieces(table, c.rows)
}

// proofs is on which records each row rests.
func (c *charter) proofs(to []uint32, rows int) column.Vector {
	state := c.states[c.rests].make()
	if len(to) > 0 {
		state.Merge(c.states[c.rests].State, to)
	}
	return state.Result(rows+1).Slice(0, rows)
}

// merged is the results of the aggregates in so many cells. What is in the one behind them is left out.
func (c *charter) merged(to []uint32, cells int) []column.Vector {
	out, short, lost := make([]column.Vector, len(c.node.Aggs)), c.node.Short, 0
	for i, a := range c.node.Aggs {
		state := c.states[i].make()
		if len(to) > 0 {
			state.Merge(c.states[i].State, to)
		}
		out[i] = state.Result(cells+1).Slice(0, cells)
		if short != nil && slices.Contains(short.Columns, a.As) {
			out[i] = cutLists(out[i], short.Values, &lost)
		}
	}
	if short != nil {
		tellShortened(c.bd.env, short, lost)
	}
	return out
}

// rowKey is the value of a group's row.
func (c *charter) rowKey(g int) column.Value {
	v := c.groups.key(g, 0)
	if c.node.Spans != nil {
		return column.Nanos(v.Int())
	}
	return v
}

// rowKeys is the values of the rows, sorted, with those of spans that have no rows.
func (c *charter) rowKeys() []column.Value {
	values := make([]column.Value, c.groups.n)
	for g := range values {
		values[g] = c.rowKey(g)
	}
	rows := distinct(column.FromValues(values))
	if s := c.node.Spans; s != nil && len(rows) > 0 {
		rows = c.width.fill(rows, s, c.bd)
	}
	return rows
}

// columns is the values that have a column, and a function that says which one the rows of a group go to.
func (c *charter) columns() (columns []column.Value, place func(g int) (col int, ok bool)) {
	n := c.node
	if n.Split == "" {
		return []column.Value{{}}, func(int) (int, bool) { return 0, true }
	}
	values := make([]column.Value, c.groups.n)
	for g := range values {
		values[g] = c.groups.key(g, 1)
	}
	all := distinct(column.FromValues(values))
	score := c.scores(all)
	ranked := slices.DeleteFunc(slices.Clone(all), func(v column.Value) bool { return v.String() == n.Null })
	null := len(ranked) < len(all)
	slices.SortStableFunc(ranked, func(a, b column.Value) int {
		d := cmp.Compare(score[b.String()], score[a.String()])
		if n.Least {
			d = -d
		}
		return d
	})
	candidates := len(ranked)
	ranked = chosen(n, ranked, score)
	other := len(ranked) < candidates
	slices.SortStableFunc(ranked, column.Compare)
	at := placesOf(ranked)
	rest := -1
	if other && n.Other != "" {
		rest = len(ranked)
		if i, taken := at[n.Other]; taken {
			rest = i
		} else {
			ranked = append(ranked, column.Str(n.Other))
		}
	}
	if null {
		at[n.Null] = len(ranked)
		ranked = append(ranked, column.Str(n.Null))
	}
	return ranked, func(g int) (int, bool) {
		if col, ok := at[c.groups.key(g, 1).String()]; ok {
			return col, true
		}
		return rest, rest >= 0
	}
}

// scores is what the values of the columns are chosen by: a function of the results in their rows.
func (c *charter) scores(values []column.Value) map[string]float64 {
	sum := newSum()
	if choice := c.node.Choice; choice != nil {
		sum = choice.Func.New(choice.Param)
	}
	at, of := placesOf(values), make([]uint32, c.groups.n)
	for g := range of {
		of[g] = uint32(at[c.groups.key(g, 1).String()])
	}
	sum.Add(of, []column.Vector{c.ranks()})
	results := sum.Result(len(values))
	out := map[string]float64{}
	for i, v := range values {
		out[v.String()], _ = results.Value(i).Number()
	}
	return out
}

// ranks is what each group counts: its only result or, of several, its rows.
func (c *charter) ranks() column.Vector {
	if c.count >= 0 {
		return c.states[c.count].Result(c.groups.n)
	}
	all := make([]column.Vector, len(c.node.Aggs))
	for i := range all {
		all[i] = c.states[i].Result(c.groups.n)
	}
	return c.computed(all, c.groups.n)[0]
}

// computed is the results of so many groups out of those of the aggregates.
func (c *charter) computed(aggs []column.Vector, groups int) []column.Vector {
	if c.node.Shown == nil {
		return aggs
	}
	names := make([]string, len(aggs))
	for i, a := range c.node.Aggs {
		names[i] = a.As
	}
	b := column.NewBatch(column.NewSchema(names...), aggs, groups)
	out := make([]column.Vector, len(c.node.Shown))
	for i, a := range c.node.Shown {
		out[i] = c.bd.bind(a.Expr).eval(b)
	}
	return out
}

// chosen is the values that have columns of those that are ranked by their scores.
func chosen(n *plan.Chart, ranked []column.Value, score map[string]float64) []column.Value {
	limit := len(ranked)
	if n.Limit > 0 {
		limit = min(limit, n.Limit)
	}
	switch {
	case n.Choice == nil || n.Choice.Op == "in":
		return ranked[:limit]
	case n.Choice.Op == "notin":
		return ranked[limit:]
	}
	return slices.DeleteFunc(ranked, func(v column.Value) bool { return !n.Choice.Chooses(score[v.String()]) })
}
