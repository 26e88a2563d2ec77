package aggregate

import (
	"bufio"
	"math"
	"math/big"

	"spoor/engine/column"
)

var sum = &Func{
	Name: "sum", Syntax: "sum(<field>)", Numeric: true,
	Doc:     "The sum of the numbers; null if there is none.",
	Example: "sum(n)", Want: "19",
	New: func(float64) State { return &moments{result: func(m *moment) column.Value { return m.sum.value() }} },
}

var sumOfSquares = &Func{
	Name: "sumsq", Syntax: "sumsq(<field>)", Numeric: true,
	Doc:     "The sum of the squares of the numbers; null if there is none.",
	Example: "sumsq(n)", Want: "133",
	New: func(float64) State {
		return &moments{squares: true, result: func(m *moment) column.Value { return m.squares.value() }}
	},
}

var mean = &Func{
	Name: "avg", Aliases: []string{"mean"}, Syntax: "avg(<field>)", Numeric: true,
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
		Name: name, Syntax: name + "(<field>)", Numeric: true, Doc: doc, Example: name + "(n)", Want: want,
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
	groups   []moment
	squares  bool
	readings readings
	result   func(*moment) column.Value
}

func (s *moments) Add(groups []uint32, args []column.Vector) {
	s.groups = extend(s.groups, groups)
	switch v := args[0].(type) {
	case *column.Ints:
		for i, g := range groups {
			if v.Null == nil || !v.Null[i] {
				s.groups[g].addInt(v.Values[i], s.squares)
			}
		}
	case *column.Floats:
		for i, g := range groups {
			if v.Null == nil || !v.Null[i] {
				s.groups[g].add(v.Values[i], s.squares)
			}
		}
	case *column.Strings:
		for i, g := range groups {
			if v.Null != nil && v.Null[i] {
				continue
			}
			if n, ok := exactly(v.Values[i]); ok {
				s.groups[g].addInt(n, s.squares)
			} else if x, ok := column.ParseNumber(v.Values[i]); ok {
				s.groups[g].add(x, s.squares)
			}
		}
	default:
		s.readings.each(groups, v, func(g uint32, v column.Value) {
			if v.Kind() == column.Int {
				s.groups[g].addInt(v.Int(), s.squares)
			} else {
				s.groups[g].add(v.Float(), s.squares)
			}
		})
	}
}

func (m *moment) addInt(i int64, squares bool) {
	m.n++
	m.sum.addInt(i)
	if squares {
		m.addSquare(float64(i))
	}
}

func (m *moment) add(x float64, squares bool) {
	m.n++
	m.sum.add(x)
	if squares {
		m.addSquare(x)
	}
}

func (m *moment) addSquare(x float64) {
	if m.squares == nil {
		m.squares = &exact{}
	}
	product, err := square(x)
	m.squares.add(product)
	m.squares.add(err)
}

func (s *moments) Merge(from State, groups []uint32) {
	s.groups = extend(s.groups, groups)
	f := from.(*moments).groups
	for i := range f {
		m := &s.groups[groups[i]]
		m.n += f[i].n
		m.sum.merge(&f[i].sum)
		if f[i].squares == nil {
			continue
		}
		if m.squares == nil {
			m.squares = &exact{}
		}
		m.squares.merge(f[i].squares)
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

func (s *moments) Save(w *bufio.Writer, groups []uint32) {
	saveSlice(writer{w}, s.groups, groups, func(w writer, m *moment) {
		w.int(m.n)
		m.sum.save(w)
		if w.flag(m.squares != nil); m.squares != nil {
			m.squares.save(w)
		}
	})
}

func (s *moments) Load(from *bufio.Reader) error {
	r := &reader{Reader: from}
	s.groups = loadSlice(r, func(r *reader, m *moment) {
		m.n = r.int()
		m.sum.load(r)
		if squares := r.flag(); squares != (s.squares && m.n != 0) {
			r.check(errDamaged)
		} else if squares {
			m.squares = &exact{}
			m.squares.load(r)
		}
	})
	return r.err
}
