package op

import (
	"strconv"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// perhaps is a condition on groups asked of rows: those with a multivalue in a key pass.
type perhaps struct {
	cond evaluator
	keys []evaluator
}

func (p perhaps) eval(b *column.Batch) column.Vector {
	truths := column.Truths(p.cond.eval(b))
	for _, k := range p.keys {
		v := k.eval(b)
		if !lists(spread(v)) {
			continue
		}
		for r := range truths {
			if listAt(v, r) {
				truths[r] = column.True
			}
		}
	}
	return column.FromTruths(truths)
}

// cellOf asks a lookup for one column.
type cellOf struct {
	keys   []evaluator
	schema *column.Schema
	step   step
}

// cell binds a call of cell: the lookup, the column that is wanted, and by name the values of others.
func (bd *binder) cell(e *plan.Call) evaluator {
	text := func(i int) string { return e.Args[i].(*plan.Const).V.String() }
	const wanted = "\x00wanted"
	n := &plan.Lookup{Table: text(0), Outputs: []plan.LookupPair{{Column: text(1), As: wanted}}, Span: e.Span}
	c := &cellOf{}
	var names []string
	for i := 2; i+1 < len(e.Args); i += 2 {
		key := plan.LookupPair{Column: text(i), As: strconv.Itoa(i)}
		n.Keys, names, c.keys = append(n.Keys, key), append(names, key.As), append(c.keys, bd.bind(e.Args[i+1]))
	}
	c.schema, c.step = column.NewSchema(names...), bd.lookup(n)
	return c
}

func (c *cellOf) eval(b *column.Batch) column.Vector {
	cols := make([]column.Vector, len(c.keys))
	for i, k := range c.keys {
		cols[i] = k.eval(b)
	}
	out := c.step(column.NewBatch(c.schema, cols, b.Rows))
	return out.Cols[len(cols)]
}
