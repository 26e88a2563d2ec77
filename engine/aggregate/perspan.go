package aggregate

import (
	"bufio"

	"spoor/engine/column"
)

var (
	perSecond = perSpan("second", 1, "0.31666666666666665")
	perMinute = perSpan("minute", 60, "19")
	perHour   = perSpan("hour", 3600, "1140")
	perDay    = perSpan("day", 86400, "27360")
)

func perSpan(unit string, seconds float64, want string) *Func {
	name := "per_" + unit
	return &Func{
		Name: name, Syntax: name + "(<field>)", PerSpan: true, Numeric: true,
		Doc:     "The sum of the numbers for each " + unit + " of the span of a row. Only timechart has spans; in the example it is a minute.",
		Example: name + "(n)", Want: want,
		New: func(float64) State {
			return &paces{unit: seconds, sums: *newMoments(func(m *moment) column.Value { return m.sum.value() })}
		},
	}
}

// paces is the sum of each group, and the span that it is of.
type paces struct {
	unit  float64 // seconds
	sums  moments
	spans []float64 // seconds
}

// Add takes the field and the seconds of the row's span.
func (p *paces) Add(groups []uint32, args []column.Vector) {
	p.sums.Add(groups, args[:1])
	p.spans = extend(p.spans, groups)
	each(groups, args[1], func(g uint32, v column.Value) { p.spans[g] = max(p.spans[g], real(v)) })
}

func (p *paces) Merge(from State, groups []uint32) {
	f := from.(*paces)
	p.sums.Merge(&f.sums, groups)
	p.spans = extend(p.spans, groups)
	for i, seconds := range f.spans {
		p.spans[groups[i]] = max(p.spans[groups[i]], seconds)
	}
}

func (p *paces) Result(n int) column.Vector {
	sums := p.sums.Result(n)
	return results(n, func(g int) column.Value {
		sum, span := sums.Value(g), at(p.spans, g)
		if sum.IsNull() || !(span > 0) {
			return column.Value{}
		}
		return column.Real(real(sum) * p.unit / span)
	})
}

func (p *paces) Size() int { return p.sums.Size() + 8*cap(p.spans) }

func (p *paces) Save(w *bufio.Writer, groups []uint32) {
	p.sums.Save(w, groups)
	saveSlice(writer{w}, p.spans, groups, func(w writer, x *float64) { w.float(*x) })
}

func (p *paces) Load(from *bufio.Reader) error {
	if err := p.sums.Load(from); err != nil {
		return err
	}
	r := &reader{Reader: from}
	p.spans = loadSlice(r, func(r *reader, x *float64) { *x = r.float() })
	return r.err
}
