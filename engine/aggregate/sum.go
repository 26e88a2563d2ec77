package aggregate

import (
	"math"
	"math/big"

	"spoor/engine/column"
)

var sum = &Func{
	Name: "sum", Syntax: "sum(<field>)",
	Doc:     "The sum of the numbers; null if there is none.",
	Example: "sum(n)", Want: "19",
	New: func(float64) State { return &moments{result: func(m *moment) column.Value { return m.sum.value() }} },
}

var sumOfSquares = &Func{
	Name: "sumsq", Syntax: "sumsq(<field>)",
	Doc:     "The sum of the squares of the numbers; null if there is none.",
	Example: "sumsq(n)", Want: "133",
	New: func(float64) State {
		return &moments{squares: true, result: func(m *moment) column.Value { return m.squares.value() }}
	},
}

var mean = &Func{
	Name: "avg", Aliases: []string{"mean"}, Syntax: "avg(<field>)",
	Doc:     "The mean of the numbers; null if there is none.",
	Example: "avg(n)", Want: "4.75",
	New: func(float64) State {
		return &moments{result: func(m *moment) column.Value { return column.Real(m.sum.float() / float64(m.n)) }}
	},
}

var sampleDeviation = deviation("stdev", "The standard deviation of the numbers as a sample; 0 if there is only one.", "3.774917217635375",
	func(m *moment) float64 { return math.Sqrt(m.variance(1)) })

var populationDeviation = deviation("stdevp", "The standard deviation of the numbers as a whole population.", "3.2691742076555053",
	func(m *moment) float64 { return math.Sqrt(m.variance(0)) })

var sampleVariance = deviation("var", "The variance of the numbers as a sample; 0 if there is only one.", "14.25",
	func(m *moment) float64 { return m.variance(1) })

var populationVariance = deviation("varp", "The variance of the numbers as a whole population.", "10.6875",
	func(m *moment) float64 { return m.variance(0) })

func deviation(name, doc, want string, f func(*moment) float64) *Func {
	return &Func{
		Name: name, Syntax: name + "(<field>)", Doc: doc, Example: name + "(n)", Want: want,
		New: func(float64) State {
			return &moments{squares: true, result: func(m *moment) column.Value { return column.Real(f(m)) }}
		},
	}
}

// moment is the number, the sum and, on demand, the sum of squares of a group's numbers.
type moment struct {
	n       int64
	sum     exact
	squares *exact
}

// variance is free of rounding but for the last step, so that large numbers that differ little lose nothing.
func (m *moment) variance(less int64) float64 {
	if m.n-less <= 0 {
		return 0
	}
	if x, special := m.squares.special(); special {
		return x
	}
	n := new(big.Float).SetPrec(precision2).SetInt64(m.n)
	sum := m.sum.big()
	square := new(big.Float).SetPrec(precision2).Mul(sum, sum)
	spread := new(big.Float).SetPrec(precision2).Mul(n, m.squares.big())
	spread.Sub(spread, square)
	if spread.Sign() <= 0 {
		return 0
	}
	n.Mul(n, new(big.Float).SetInt64(m.n-less))
	x, _ := spread.SetPrec(200).Quo(spread, n).Float64()
	return x
}

type moments struct {
	groups  []moment
	squares bool
	result  func(*moment) column.Value
}

func (s *moments) Add(groups []uint32, args []column.Vector) {
	s.groups = extend(s.groups, groups)
	if v, ok := args[0].(*column.Ints); ok && !s.squares {
		for i, g := range groups {
			if v.Null == nil || !v.Null[i] {
				m := &s.groups[g]
				m.n++
				m.sum.addInt(v.Values[i])
			}
		}
		return
	}
	if v, ok := args[0].(*column.Floats); ok {
		for i, g := range groups {
			if v.Null == nil || !v.Null[i] {
				s.add(&s.groups[g], v.Values[i])
			}
		}
		return
	}
	each(groups, args[0], func(g uint32, v column.Value) {
		m := &s.groups[g]
		if v.Kind() == column.Int {
			m.n++
			m.sum.addInt(v.Int())
			if s.squares {
				m.square().addSquare(float64(v.Int()))
			}
		} else if x, ok := v.Number(); ok {
			s.add(m, x)
		}
	})
}

func (s *moments) add(m *moment, x float64) {
	m.n++
	m.sum.add(x)
	if s.squares {
		m.square().addSquare(x)
	}
}

func (m *moment) square() *exact {
	if m.squares == nil {
		m.squares = &exact{}
	}
	return m.squares
}

func (s *moments) Merge(from State, groups []uint32) {
	s.groups = extend(s.groups, groups)
	f := from.(*moments).groups
	for i := range f {
		m := &s.groups[groups[i]]
		m.n += f[i].n
		m.sum.merge(&f[i].sum)
		if f[i].squares != nil {
			m.square().merge(f[i].squares)
		}
	}
}

func (s *moments) Result(n int) column.Vector {
	return results(n, func(g int) column.Value {
		if g >= len(s.groups) || s.groups[g].n == 0 {
			return column.Value{}
		}
		return s.result(&s.groups[g])
	})
}

// Size takes each group for one with fractions: to look at all of them after every batch would take longer than to add it.
func (s *moments) Size() int {
	if s.squares {
		return cap(s.groups) * (48 + 24 + 2*expansionSize)
	}
	return cap(s.groups) * (48 + expansionSize)
}
