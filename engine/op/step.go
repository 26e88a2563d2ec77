package op

import (
	"slices"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// step turns a batch into a batch, row by row: what runs below the cut, one instance per worker. Nil means that no row is left.
type step func(*column.Batch) *column.Batch

// steps makes the steps of row-wise nodes, in the order in which they run.
func (bd *binder) steps(nodes []plan.Node) []step {
	var out []step
	for _, n := range nodes {
		switch n := n.(type) {
		case *plan.Filter:
			out = append(out, bd.filter(n.Cond))
		case *plan.Extend:
			out = append(out, bd.extend(n.Assigns))
		case *plan.Each:
			out = append(out, bd.each(n))
		case *plan.Project:
			out = append(out, project(n))
		case *plan.Rename:
			out = append(out, rename(n))
		case *plan.Extract:
			out = append(out, bd.extract(n))
		case *plan.Unpack:
			out = append(out, bd.unpack(n))
		case *plan.Totals:
			out = append(out, rowTotals(n))
		case *plan.Expand:
			out = append(out, expand(n))
		case *plan.Lookup:
			out = append(out, bd.lookup(n))
		default:
			bd.fail(source.Errorf(source.Span{}, "internal", "no step for %s", n))
		}
	}
	return out
}

// apply runs the steps over a batch; nil means that no row is left.
func apply(steps []step, b *column.Batch) *column.Batch {
	for _, s := range steps {
		if b = s(b); b == nil || b.Rows == 0 {
			return nil
		}
	}
	return b
}

// filter keeps the rows for which all conjuncts are true. It stops at the conjunct after which no row is left, and once few are left looks at
// these only.
func (bd *binder) filter(cond plan.Expr) step {
	conds := bd.all(plan.Conjuncts(cond))
	return func(b *column.Batch) *column.Batch {
		var keep []column.Truth // of the rows of b; nil: all
		for _, c := range conds {
			truths := column.Truths(c.eval(b))
			for r, t := range keep {
				if t != column.True {
					truths[r] = column.False
				}
			}
			switch n := count(truths, column.True); {
			case n == 0:
				return nil
			case n == b.Rows:
				keep = nil
			case fewOf(n, b.Rows):
				b, keep = b.Pick(rowsOf(truths, column.True, n)), nil
			default:
				keep = truths
			}
		}
		if keep == nil {
			return b
		}
		return b.Pick(rowsOf(keep, column.True, count(keep, column.True)))
	}
}

// fewOf says whether so few rows of a batch are left that it is worth while to leave the others behind.
func fewOf(left, rows int) bool { return 4*left <= rows }

// count is how many rows have a truth.
func count(truths []column.Truth, of column.Truth) (n int) {
	for _, t := range truths {
		if t == of {
			n++
		}
	}
	return n
}

// rowsOf is the n rows that have a truth.
func rowsOf(truths []column.Truth, of column.Truth, n int) []uint32 {
	rows := make([]uint32, 0, n)
	for r, t := range truths {
		if t == of {
			rows = append(rows, uint32(r))
		}
	}
	return rows
}

func (bd *binder) extend(assigns []plan.Assign) step {
	evs := make([]evaluator, len(assigns))
	for i, a := range assigns {
		evs[i] = bd.bind(a.Expr)
	}
	var from, to *column.Schema
	return func(b *column.Batch) *column.Batch {
		if b.Schema != from {
			names := b.Schema.Names
			for _, a := range assigns {
				if !slices.Contains(names, a.Name) {
					names = append(names[:len(names):len(names)], a.Name)
				}
			}
			from, to = b.Schema, column.NewSchema(names...)
		}
		cols := make([]column.Vector, len(to.Names))
		copy(cols, b.Cols)
		for i := len(b.Cols); i < len(cols); i++ {
			cols[i] = column.Nulls(b.Rows)
		}
		out := column.NewBatch(to, cols, b.Rows)
		for i, a := range assigns {
			cols[to.Slot(a.Name)] = evs[i].eval(out)
		}
		return out
	}
}

// each applies the rules of an Each to the columns that exist.
func (bd *binder) each(n *plan.Each) step {
	return func(b *column.Batch) *column.Batch {
		out := b
		for i, name := range b.Schema.Names {
			r, stars := n.Rule(name)
			if r == nil {
				continue
			}
			ev := bd.bind(plan.Rewrite(r.Expr, func(f *plan.Field) plan.Expr {
				if f.Name == plan.It {
					return &plan.Field{Name: name, Span: f.Span}
				}
				return nil
			}))
			v := ev.eval(b)
			if r.Whole && losesValues(b.Cols[i], v) {
				continue
			}
			if r.As == "" {
				out = out.With(name, v)
				continue
			}
			as := plan.FillName(r.As, stars)
			out = out.With(as, where(b.Cols[i], v, out.Col(as)))
		}
		return out
	}
}

// losesValues says whether a row has a value before but not after.
func losesValues(before, after column.Vector) bool {
	for i := range before.Len() {
		if after.IsNull(i) && !before.IsNull(i) {
			return true
		}
	}
	return false
}

func project(n *plan.Project) step {
	return reshape(func(names []string) ([]string, []int) {
		out := plan.Projected(names, n.Mode, n.Patterns)
		from := make([]int, len(out))
		for i, name := range out {
			from[i] = slices.Index(names, name)
		}
		return out, from
	})
}

// reshape rearranges columns: from says where each new column comes from, -1 for a column of nulls. The arrangement is worked out once per schema.
func reshape(arrange func(names []string) (to []string, from []int)) step {
	var in, out *column.Schema
	var from []int
	return func(b *column.Batch) *column.Batch {
		if b.Schema != in {
			var names []string
			names, from = arrange(b.Schema.Names)
			in, out = b.Schema, column.NewSchema(names...)
		}
		cols := make([]column.Vector, len(from))
		for i, f := range from {
			if f < 0 {
				cols[i] = column.Nulls(b.Rows)
			} else {
				cols[i] = b.Cols[f]
			}
		}
		return column.NewBatch(out, cols, b.Rows)
	}
}
