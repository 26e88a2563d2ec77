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
	count int      // the state that counts rows, to rank columns by; -1: the only aggregate does
	rests int      // the state that makes the proofs of rows, if somebody asks for them
	left  timeless // rows that are left out
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
		c.left.count(rows)
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
	c.left.none, c.left.odd = c.left.none+f.left.none, c.left.odd+f.left.odd
	c.aggregator.Merge(f.aggregator)
}

// Result is the table. Each cell is a group of its own, merged from those that fall into it.
func (c *charter) Result() column.Stream {
	c.left.tell(c.bd.env, c.node.Row)
	groups := c.groups.n
	rows, rowOf := c.rowKeys()
	columns, colOf := c.columns()
	width := len(columns)
	if diag := tooWide(len(rows), width); diag != nil {
		return failing(diag)
	}
	cells := len(rows) * width
	to, toRow := make([]uint32, groups), make([]uint32, groups)
	for g := range to {
		to[g], toRow[g] = uint32(cells), uint32(len(rows)) // one more, for what is left out
		if row, col := rowOf[g], colOf[g]; row >= 0 && col >= 0 {
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

// rowKeys is the values of the rows, sorted, with those of spans that have no rows; and by group its row, negative if that is left out.
func (c *charter) rowKeys() (rows []column.Value, rowOf []int) {
	values, rowOf := c.groups.distinct(0)
	s := c.node.Spans
	if s == nil || len(values) == 0 {
		return values, rowOf
	}
	for i, v := range values {
		values[i] = column.Nanos(v.Int())
	}
	rows = c.width.fill(values, s, c.bd)
	to := make([]int, len(values))
	for i, v := range values {
		row, found := slices.BinarySearchFunc(rows, v, column.Compare)
		if to[i] = row; !found {
			to[i] = -1
		}
	}
	for g, place := range rowOf {
		rowOf[g] = to[place]
	}
	return rows, rowOf
}

// columns is the values that have a column, and by group its column, negative if it has none.
func (c *charter) columns() (columns []column.Value, colOf []int) {
	n := c.node
	if n.Split == "" {
		return []column.Value{{}}, make([]int, c.groups.n)
	}
	values, colOf := c.groups.distinct(1)
	score := c.scores(colOf, len(values))
	ranked, null := c.ranked(values, score)
	candidates := len(ranked)
	ranked = chosen(n, ranked, score)
	other := len(ranked) < candidates
	slices.Sort(ranked)
	to, rest := make([]int, len(values)), -1
	for i := range to {
		to[i] = -1
	}
	for col, i := range ranked {
		columns, to[i] = append(columns, values[i]), col
		if values[i].String() == n.Other {
			rest = col
		}
	}
	if other && n.Other != "" && rest < 0 {
		rest, columns = len(columns), append(columns, column.Str(n.Other))
	}
	if !other || n.Other == "" {
		rest = -1
	}
	if null >= 0 {
		to[null], columns = len(columns), append(columns, column.Str(n.Null))
	}
	for g, place := range colOf {
		if colOf[g] = to[place]; colOf[g] < 0 {
			colOf[g] = rest
		}
	}
	return columns, colOf
}

// ranked is the places of the values that may have a column, those of the best scores first; null is that of the one for rows without any, or
// negative.
func (c *charter) ranked(values []column.Value, score []float64) (places []int, null int) {
	null = -1
	for i, v := range values {
		if v.String() == c.node.Null {
			null = i
		} else {
			places = append(places, i)
		}
	}
	slices.SortFunc(places, func(a, b int) int {
		d := cmp.Compare(score[b], score[a])
		if c.node.Least {
			d = -d
		}
		return cmp.Or(d, cmp.Compare(a, b))
	})
	return places, null
}

// scores is what the values of the columns are chosen by: a function of the results in their rows. The groups have places among the values.
func (c *charter) scores(places []int, values int) []float64 {
	sum := newSum()
	if choice := c.node.Choice; choice != nil {
		sum = choice.Func.New(choice.Param)
	}
	of := make([]uint32, len(places))
	for g, place := range places {
		of[g] = uint32(place)
	}
	sum.Add(of, []column.Vector{c.ranks()})
	results := sum.Result(values)
	out := make([]float64, values)
	for i := range out {
		out[i], _ = results.Value(i).Number()
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

// chosen is the places of the values that have columns, of those that are ranked by their scores.
func chosen(n *plan.Chart, ranked []int, score []float64) []int {
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
	return slices.DeleteFunc(ranked, func(i int) bool { return !n.Choice.Chooses(score[i]) })
}
