package op

import (
	"slices"

	"spoor/engine/aggregate"
	"spoor/engine/column"
	"spoor/engine/plan"
)

// trailing remembers what a step of plan.Trail needs of the rows before.
type trailing interface {
	// next takes a row's value of the field and gives that of the column; null leaves the column as it is.
	next(v column.Value) column.Value
}

// trail runs the steps of a Trail over rows in their order.
func trail(in column.Stream, n *plan.Trail) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		t := &trailer{states: make([]map[string]trailing, len(n.Steps))}
		for i := range t.states {
			t.states[i] = map[string]trailing{}
		}
		for b, err := range in {
			for i := 0; err == nil && i < len(n.Steps); i++ {
				b = t.step(b, i, &n.Steps[i])
			}
			if !yield(b, err) || err != nil {
				return
			}
		}
	}
}

// trailer is the states of all steps, by the columns that they set.
type trailer struct{ states []map[string]trailing }

func (t *trailer) step(b *column.Batch, i int, s *plan.TrailStep) *column.Batch {
	if s.Kind != plan.Fill {
		return t.set(b, i, s, s.Field, s.As)
	}
	names := slices.Clone(b.Schema.Names)
	for name := range t.states[i] { // a batch of events need not have all the columns
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names[len(b.Schema.Names):])
	for _, name := range names {
		if s.Filled(name) {
			b = t.set(b, i, s, name, name)
		}
	}
	return b
}

// set is the batch with a column set from a field.
func (t *trailer) set(b *column.Batch, i int, s *plan.TrailStep, field, as string) *column.Batch {
	state := t.states[i][as]
	if state == nil {
		state = newTrailing(s)
		t.states[i][as] = state
	}
	from, to := b.Col(field), column.ToValues(b.Col(as))
	for r := range to {
		if v := state.next(from.Value(r)); !v.IsNull() {
			to[r] = v
		}
	}
	return b.With(as, column.FromValues(to))
}

func newTrailing(s *plan.TrailStep) trailing {
	switch s.Kind {
	case plan.Lag:
		return &lag{past: past{most: s.N}}
	case plan.Difference:
		return &lag{past: past{most: s.N}, less: true}
	case plan.Total:
		return &mean{window: aggregated("sum")}
	case plan.SimpleMean:
		return &mean{window: aggregated("avg"), past: past{most: s.N}}
	case plan.WeightedMean:
		return &weighted{past: past{most: s.N}}
	case plan.ExponentialMean:
		return &exponential{n: s.N}
	}
	return &filler{}
}

func aggregated(name string) aggregate.Window {
	f, param, _ := aggregate.Lookup(name)
	return f.Window(param, true)
}

// past is the last values, the oldest first, and no more than most of them.
type past struct {
	most   int
	values []column.Value
}

// push adds a value; out is the one that has to make room for it, if there is one.
func (p *past) push(v column.Value) (out column.Value, full bool) {
	if full = len(p.values) == p.most; full {
		out, p.values = p.values[0], p.values[1:]
	}
	p.values = append(p.values, v.Clone())
	return out, full
}

type filler struct{ last column.Value }

func (f *filler) next(v column.Value) column.Value {
	if !v.IsNull() {
		f.last = v.Clone()
	}
	return f.last
}

// lag is the value some rows before, or how much less that is.
type lag struct {
	past
	less bool
}

func (l *lag) next(v column.Value) column.Value {
	before, _ := l.push(v)
	if !l.less {
		return before
	}
	x, okx := v.Number()
	y, oky := before.Number()
	if !okx || !oky {
		return column.Value{}
	}
	return column.Real(x - y)
}

// mean is the sum of all numbers so far or, if there is a past, the mean of the last ones, once there are as many.
type mean struct {
	past
	window aggregate.Window
}

func (m *mean) next(v column.Value) column.Value {
	if _, ok := v.Number(); !ok {
		return column.Value{}
	}
	m.window.Add([]column.Value{v})
	if m.most == 0 {
		return m.window.Value()
	}
	if out, full := m.push(v); full {
		m.window.Remove([]column.Value{out})
	}
	if len(m.values) < m.most {
		return column.Value{}
	}
	return m.window.Value()
}

// weighted is the mean in which the oldest number counts once, the next one twice, and so on.
type weighted struct{ past }

func (w *weighted) next(v column.Value) column.Value {
	if _, ok := v.Number(); !ok {
		return column.Value{}
	}
	w.push(v)
	if len(w.values) < w.most {
		return column.Value{}
	}
	sum, weights := 0.0, 0.0
	for i, old := range w.values {
		x, _ := old.Number()
		sum += float64(i+1) * x
		weights += float64(i + 1)
	}
	return column.Real(sum / weights)
}

// exponential is the mean in which each number weighs as much as 2 in n+1, and all before the rest. It begins as the first number.
type exponential struct {
	n, seen int
	value   float64
}

func (e *exponential) next(v column.Value) column.Value {
	x, ok := v.Number()
	if !ok {
		return column.Value{}
	}
	if e.seen == 0 {
		e.value = x
	} else {
		weight := 2 / float64(e.n+1)
		e.value = weight*x + (1-weight)*e.value
	}
	if e.seen++; e.seen < e.n {
		return column.Value{}
	}
	return column.Real(e.value)
}
