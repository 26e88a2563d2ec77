package op

import (
	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// evaluator computes an expression over batches. It belongs to one worker.
type evaluator interface {
	eval(b *column.Batch) column.Vector
}

// binder makes evaluators. Equal expressions of one worker share one, and with it the results for dictionary entries.
type binder struct {
	env    *function.Env
	common *Common // with other programs; nil: with none
	made   map[string]evaluator
	wide   map[plan.Expr]evaluator // of expressions that are too long to be told apart by their print
	err    *source.Diagnostic      // the first failure
}

func newBinder(env *function.Env) *binder {
	return &binder{env: env, made: map[string]evaluator{}, wide: map[plan.Expr]evaluator{}}
}

// bind makes the evaluator of an expression. A subtree that reads only one field is evaluated per dictionary entry of that field, as a whole.
func (bd *binder) bind(e plan.Expr) evaluator {
	if plan.Wide(e) {
		if bd.wide[e] == nil {
			bd.wide[e] = bd.one(e)
		}
		return bd.wide[e]
	}
	key := e.String()
	if bd.made[key] == nil {
		bd.made[key] = bd.one(e)
	}
	return bd.made[key]
}

// one makes the evaluator of an expression that has none yet.
func (bd *binder) one(e plan.Expr) evaluator {
	fields := plan.Fields(e, nil)
	if _, call := e.(*plan.Call); call && len(fields) == 1 && !plan.Volatile(e) && !readsPosition(fields[0]) {
		inner := newBinder(bd.env)
		ev := &perEntry{field: fieldRef{name: fields[0]}, schema: column.NewSchema(fields[0]), inner: inner.tree(e)}
		if ev.what = ev; bd.common != nil {
			if m := bd.common.of(e, bd.env); m != nil {
				ev.what = m
			}
		}
		bd.fail(inner.err)
		return ev
	}
	return bd.tree(e)
}

// readsPosition says whether a field differs in every row, so that results are not worth remembering.
func readsPosition(name string) bool { return name == "_time" || column.Hidden(name) }

func (bd *binder) fail(d *source.Diagnostic) {
	if bd.err == nil {
		bd.err = d
	}
}

// tree makes the evaluator of the expression's top, and of what is below by bind.
func (bd *binder) tree(e plan.Expr) evaluator {
	switch e := e.(type) {
	case *plan.Field:
		return &fieldRef{name: e.Name}
	case *plan.Const:
		return constant{e.V}
	case *plan.Call:
		if e.Func.Lazy {
			return bd.lazy(e)
		}
		kernel, diag := e.Func.Bind(bd.env, plan.BindArgs(e))
		if diag != nil {
			bd.fail(diag)
			return constant{}
		}
		return &call{args: bd.all(plan.Taken(e)), lift: column.Lift{Kernel: kernel, Lists: e.Func.Lists, Volatile: e.Func.Volatile}}
	}
	return constant{}
}

func (bd *binder) all(es []plan.Expr) []evaluator {
	out := make([]evaluator, len(es))
	for i, e := range es {
		out[i] = bd.bind(e)
	}
	return out
}

// fieldRef reads a column.
type fieldRef struct {
	name   string
	schema *column.Schema
	slot   int
}

func (f *fieldRef) eval(b *column.Batch) column.Vector {
	if b.Schema != f.schema {
		f.schema, f.slot = b.Schema, b.Schema.Slot(f.name)
	}
	if f.slot < 0 {
		return column.Nulls(b.Rows)
	}
	return b.Cols[f.slot]
}

type constant struct{ v column.Value }

func (c constant) eval(b *column.Batch) column.Vector { return &column.Const{V: c.v, N: b.Rows} }

// call applies a function to its arguments, row by row if they are of many rows, once per entry if they are one dictionary.
type call struct {
	args []evaluator
	lift column.Lift
	vecs []column.Vector
}

func (c *call) eval(b *column.Batch) column.Vector {
	c.vecs = c.vecs[:0]
	for _, a := range c.args {
		c.vecs = append(c.vecs, a.eval(b))
	}
	out := c.lift.Apply(b.Rows, c.vecs)
	clear(c.vecs) // whose dictionaries may be large
	return out
}

// perEntry evaluates an expression that reads a single field: once per entry if the field is a dictionary column, once if it is constant.
type perEntry struct {
	field  fieldRef
	schema *column.Schema // of the field alone
	inner  evaluator
	what   any // is computed: others that compute the same share the results
}

func (p *perEntry) eval(b *column.Batch) column.Vector {
	switch v := p.field.eval(b).(type) {
	case *column.Dict:
		derived := v.Dictionary.Beside(p.what)
		if v.Few(derived) {
			return p.over(column.Flatten(v))
		}
		v.Dictionary.Derive(derived, p.over)
		return &column.Dict{Codes: v.Codes, Dictionary: derived}
	case *column.Const:
		return &column.Const{V: p.over(&column.Const{V: v.V, N: 1}).Value(0), N: b.Rows}
	default:
		return p.over(v)
	}
}

func (p *perEntry) over(v column.Vector) column.Vector {
	return p.inner.eval(column.NewBatch(p.schema, []column.Vector{v}, v.Len()))
}
