package op

import (
	"spoor/engine/aggregate"
	"spoor/engine/column"
	"spoor/engine/plan"
)

// state is one aggregate at work.
type state struct {
	aggregate.State
	as   string
	args []evaluator
	make func() aggregate.State

	whole  bool // as the function is
	beside bool // shares its memory with others
}

// lay has those of the new states lie side by side that can.
func (a *aggregator) lay() {
	states := make([]aggregate.State, len(a.states))
	for i, s := range a.states {
		states[i] = s.State
	}
	for i, beside := range aggregate.Beside(states) {
		a.states[i].beside = beside
	}
}

func (a *aggregator) state(agg plan.Agg) state {
	s := state{as: agg.As, args: a.bd.arguments(agg), make: func() aggregate.State { return agg.Func.New(agg.Param) }, whole: agg.Func.Whole}
	s.State = s.make()
	return s
}

// arguments is what an aggregate function gets of the rows.
func (bd *binder) arguments(agg plan.Agg) []evaluator {
	args := bd.all(agg.Args)
	if agg.Func.Ordered || agg.Func.Timed { // the others make numbers of times themselves, without a column of them
		for i, ev := range args {
			args[i] = inSeconds{ev}
		}
	}
	if agg.Func.Timed {
		args = append(args, &fieldRef{name: "_time"}, &fieldRef{name: plan.Position})
	}
	return args
}

// inSeconds is times as numbers: aggregates of them are seconds since 1970.
type inSeconds struct{ evaluator }

func (s inSeconds) eval(b *column.Batch) column.Vector {
	v := s.evaluator.eval(b)
	if _, ok := v.(*column.Times); !ok {
		return v
	}
	values := column.ToValues(v)
	for i, x := range values {
		if x.Kind() == column.Time {
			values[i] = column.Real(column.Seconds(x.Int()))
		}
	}
	return column.FromValues(values)
}

// expand makes the states of wildcard aggregates, once the columns are known: the plan sees to it that all batches have the same.
func (a *aggregator) expand(names []string) {
	a.wild = false
	a.states = nil
	for _, agg := range plan.Concrete(a.node.Aggs, a.node.Keys, names) {
		a.states = append(a.states, a.state(agg))
	}
	a.lay()
}

// mergeStates merges states that share memory one after another, and the others at once.
func (a *aggregator) mergeStates(f *aggregator, to []uint32) {
	jobs := [][]int{nil}
	for i, s := range a.states {
		if s.beside {
			jobs[0] = append(jobs[0], i)
		} else {
			jobs = append(jobs, []int{i})
		}
	}
	a.together(len(jobs), func(job int) {
		for _, i := range jobs[job] {
			a.states[i].Merge(f.states[i].State, to)
		}
	})
}
