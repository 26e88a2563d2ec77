package aggregate

import (
	"bufio"
	"math"
	"math/big"
	"math/bits"

	"spoor/engine/column"
)

var sum = &Func{
	Name: "sum", Syntax: "sum(<field>)", Numeric: true, Whole: true,
	Doc:     "The sum of the numbers; null if there is none.",
	Example: "sum(n)", Want: "19",
	New: func(float64) State { return &moments{result: func(m *moment) column.Value { return m.sum.value() }} },
}

var sumOfSquares = &Func{
	Name: "sumsq", Syntax: "sumsq(<field>)", Numeric: true, Whole: true,
	Doc:     "The sum of the squares of the numbers; null if there is none.",
	Example: "sumsq(n)", Want: "133",
	New: func(float64) State {
		return &moments{squares: true, result: func(m *moment) column.Value { return m.squares.value() }}
	},
}

var mean = &Func{
	Name: "avg", Aliases: []string{"mean"}, Syntax: "avg(<field>)", Numeric: true, Whole: true,
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
		Name: name, Syntax: name + "(<field>)", Numeric: true, Whole: true, Doc: doc, Example: name + "(n)", Want: want,
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

// moments holds what most groups need without pointers, since there may be millions of them.
type moments struct {
	groups   []account
	rests    []*expansion // of the sums, by group; it may end before
	squared  []exact      // by group, if squares are asked for
	squares  bool
	readings readings
	result   func(*moment) column.Value
}

// account is the number of a group's numbers and their sum but for its rest.
type account struct {
	n  int64
	hi int64
	lo uint64
}

func (a *account) add(i int64) {
	a.n++
	lo, carry := bits.Add64(a.lo, uint64(i), 0)
	a.lo = lo
	a.hi += i>>63 + int64(carry)
}

// moment is a group's.
func (s *moments) moment(g int) moment {
	a := &s.groups[g]
	m := moment{n: a.n, sum: exact{a.hi, a.lo, at(s.rests, g)}}
	if s.squares {
		m.squares = &s.squared[g]
	}
	return m
}

// set is the inverse of moment.
func (s *moments) set(g int, m *moment) {
	s.groups[g] = account{m.n, m.sum.hi, m.sum.lo}
	if m.sum.rest != nil {
		s.rests = extend(s.rests, []uint32{uint32(g)})
		s.rests[g] = m.sum.rest
	}
}

func (s *moments) extend(groups []uint32) {
	s.groups = extend(s.groups, groups)
	if s.squares {
		s.squared = extend(s.squared, groups)
	}
}

func (s *moments) Add(groups []uint32, args []column.Vector) {
	s.extend(groups)
	switch v := args[0].(type) {
	case *column.Ints:
		for i, g := range groups {
			switch {
			case v.Null != nil && v.Null[i]:
			case s.squares:
				s.addInt(g, v.Values[i])
			default:
				s.groups[g].add(v.Values[i])
			}
		}
	case *column.Floats:
		for i, g := range groups {
			if v.Null == nil || !v.Null[i] {
				s.add(g, v.Values[i])
			}
		}
	case *column.Strings:
		for i, g := range groups {
			if v.Null != nil && v.Null[i] {
				continue
			}
			if n, ok := exactly(v.Values[i]); ok {
				s.addInt(g, n)
			} else if x, ok := column.ParseNumber(v.Values[i]); ok {
				s.add(g, x)
			}
		}
	default:
		s.readings.each(groups, v, func(g uint32, v column.Value) {
			if v.Kind() == column.Int {
				s.addInt(g, v.Int())
			} else {
				s.add(g, v.Float())
			}
		})
	}
}

func (s *moments) addInt(g uint32, i int64) {
	if s.squares {
		m := s.moment(int(g))
		m.addInt(i, true)
		s.set(int(g), &m)
		return
	}
	s.groups[g].add(i)
}

func (s *moments) add(g uint32, x float64) {
	m := s.moment(int(g))
	m.add(x, s.squares)
	s.set(int(g), &m)
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
	s.extend(groups)
	f := from.(*moments)
	for i := range f.groups {
		to, more := s.moment(int(groups[i])), f.moment(i)
		to.n += more.n
		to.sum.merge(&more.sum)
		s.set(int(groups[i]), &to)
		if s.squares {
			to.squares.merge(more.squares)
		}
	}
}

func (s *moments) Result(n int) column.Vector {
	return results(n, func(g int) column.Value {
		if g >= len(s.groups) || s.groups[g].n == 0 {
			return column.Value{}
		}
		m := s.moment(g)
		return s.result(&m)
	})
}

// Size takes each group up to the last one with fractions for one: to look at all of them after every batch would take longer than to add it.
func (s *moments) Size() int {
	return cap(s.groups)*24 + cap(s.rests)*(8+expansionSize) + cap(s.squared)*(24+expansionSize)
}

func (s *moments) Save(to *bufio.Writer, groups []uint32) {
	w := writer{to}
	w.uint(uint64(len(groups)))
	for _, g := range groups {
		var m moment
		if int(g) < len(s.groups) {
			m = s.moment(int(g))
		}
		w.int(m.n)
		m.sum.save(w)
		if w.flag(m.n != 0 && s.squares); m.n != 0 && s.squares {
			m.squares.save(w)
		}
	}
}

func (s *moments) Load(from *bufio.Reader) error {
	r := &reader{Reader: from}
	for i := range r.items {
		s.extend([]uint32{i})
		m := s.moment(int(i))
		m.n = r.int()
		m.sum.load(r)
		s.set(int(i), &m)
		if squares := r.flag(); squares != (s.squares && m.n != 0) {
			r.check(errDamaged)
		} else if squares {
			m.squares.load(r)
		}
	}
	return r.err
}
