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
		return branches{conds: args[:1], results: args[1:], joint: newJoint()}
	case "case":
		return caseBranches(args)
	case "validate":
		br := caseBranches(args)
		for i, c := range br.conds {
			br.conds[i] = negated{c}
		}
		return br
	case "coalesce":
		return coalesce{args, newJoint()}
	case "perhaps":
		return perhaps{args[0], args[1:]}
	case "cell":
		return bd.cell(e)
	case "mvmap", "mvfilter":
		if item, ok := e.Args[1].(*plan.Field); ok {
			return &overList{list: args[0], item: item.Name, fields: besides(e.Args[2], item.Name), expr: args[2], filter: e.Func.Name == "mvfilter"}
		}
	}
	bd.fail(source.Errorf(e.Span, "internal", "no evaluation for %s", e.Func.Name))
	return constant{}
}

// junction is AND and OR in three-valued logic. The argument that decides a row is the last that counts; once few rows are undecided the
// remaining arguments are evaluated for these only.
type junction struct {
	args   []evaluator
	decide column.Truth // False for AND, True for OR
}

func (j junction) eval(b *column.Batch) column.Vector { return column.FromTruths(j.truths(b, j.args)) }

// truths joins some of the arguments.
func (j junction) truths(b *column.Batch, args []evaluator) []column.Truth {
	out := column.Truths(args[0].eval(b))
	for args = args[1:]; len(args) > 0; args = args[1:] {
		open := b.Rows - count(out, j.decide)
		if open == 0 {
			break
		}
		if fewOf(open, b.Rows) {
			rows := j.undecided(out, open)
			for i, t := range j.truths(b.Pick(rows), args) {
				out[rows[i]] = j.join(out[rows[i]], t)
			}
			break
		}
		for r, t := range column.Truths(args[0].eval(b)) {
			out[r] = j.join(out[r], t)
		}
	}
	return out
}

// join is what two arguments come to.
func (j junction) join(x, y column.Truth) column.Truth {
	if x != j.decide && (y == j.decide || y == column.Unknown) {
		return y
	}
	return x
}

// undecided is the n rows that no argument has decided.
func (j junction) undecided(truths []column.Truth, n int) []uint32 {
	rows := make([]uint32, 0, n)
	for r, t := range truths {
		if t != j.decide {
			rows = append(rows, uint32(r))
		}
	}
	return rows
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
type branches struct {
	conds, results []evaluator
	joint          *joint
}

func caseBranches(args []evaluator) branches {
	b := branches{joint: newJoint()}
	for i := 0; i+1 < len(args); i += 2 {
		b.conds = append(b.conds, args[i])
		b.results = append(b.results, args[i+1])
	}
	return b
}

func (br branches) eval(b *column.Batch) column.Vector {
	m := merger{rows: b.Rows, joint: br.joint}
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
type coalesce struct {
	args  []evaluator
	joint *joint
}

func (c coalesce) eval(b *column.Batch) column.Vector {
	m := merger{rows: b.Rows, joint: c.joint}
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
	rows     int
	joint    *joint // of the branches; nil: they have none
	portions []portion
}

func (m *merger) put(rows []uint32, v column.Vector) {
	m.portions = append(m.portions, portion{rows, v})
}

func (m *merger) vector() column.Vector {
	if len(m.portions) == 0 {
		return column.Nulls(m.rows)
	}
	if p := m.portions[0]; len(p.rows) == m.rows {
		return p.of
	}
	if m.joint != nil {
		if v := m.joint.column(m.rows, m.portions); v != nil {
			return v
		}
	}
	values := make([]column.Value, m.rows)
	for _, p := range m.portions {
		for i, r := range p.rows {
			values[r] = p.of.Value(i)
		}
	}
	return column.FromValues(values)
}
