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
	New: func(float64) State { return newMoments(func(m *moment) column.Value { return m.sum.value() }) },
}

var sumOfSquares = &Func{
	Name: "sumsq", Syntax: "sumsq(<field>)", Numeric: true, Whole: true,
	Doc:     "The sum of the squares of the numbers; null if there is none.",
	Example: "sumsq(n)", Want: "133",
	New: func(float64) State {
		return newSquares(func(m *moment) column.Value { return m.squares.value() })
	},
}

var mean = &Func{
	Name: "avg", Aliases: []string{"mean"}, Syntax: "avg(<field>)", Numeric: true, Whole: true,
	Doc:     "The mean of the numbers; null if there is none.",
	Example: "avg(n)", Want: "4.75",
	New: func(float64) State {
		return newMoments(func(m *moment) column.Value { return column.Real(m.sum.float() / float64(m.n)) })
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
		New: func(float64) State { return newSquares(func(m *moment) column.Value { return column.Real(f(m)) }) },
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
	part                  // an account
	rests    []*expansion // of the sums, by group; it may end before
	squared  []exact      // by group, if squares are asked for
	squares  bool
	readings readings
	result   func(*moment) column.Value
}

func newMoments(result func(*moment) column.Value) *moments {
	return &moments{part: alone(len(account{})), result: result}
}

func newSquares(result func(*moment) column.Value) *moments {
	s := newMoments(result)
	s.squares = true
	return s
}

// account is the number of a group's numbers and their sum but for its rest: 128 bits, the high half first.
type account [3]int64

func (a *account) add(i int64) {
	a[0]++
	lo, carry := bits.Add64(uint64(a[2]), uint64(i), 0)
	a[2] = int64(lo)
	a[1] += i>>63 + int64(carry)
}

func (a *account) join(b *account) {
	lo, carry := bits.Add64(uint64(a[2]), uint64(b[2]), 0)
	*a = account{a[0] + b[0], a[1] + b[1] + int64(carry), int64(lo)}
}

func (s *moments) account(g uint32) *account { return (*account)(s.words[int(g)*s.width+s.at:]) }

// moment is a group's.
func (s *moments) moment(g int) moment {
	a := s.account(uint32(g))
	m := moment{n: a[0], sum: exact{a[1], uint64(a[2]), at(s.rests, g)}}
	if s.squares {
		m.squares = &s.squared[g]
	}
	return m
}

// set is the inverse of moment.
func (s *moments) set(g int, m *moment) {
	*s.account(uint32(g)) = account{m.n, m.sum.hi, int64(m.sum.lo)}
	if m.sum.rest != nil {
		s.rests = extend(s.rests, []uint32{uint32(g)})
		s.rests[g] = m.sum.rest
	}
}

func (s *moments) extend(groups []uint32) {
	s.part.extend(groups)
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
				s.account(g).add(v.Values[i])
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
	s.account(g).add(i)
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
	for i, g := range s.met(&f.part, groups) {
		if f.rests == nil && !s.squares {
			s.account(g).join(f.account(uint32(i)))
			continue
		}
		to, more := s.moment(int(g)), f.moment(i)
		to.n += more.n
		to.sum.merge(&more.sum)
		s.set(int(g), &to)
		if s.squares {
			to.squares.merge(more.squares)
		}
	}
}

func (s *moments) Result(n int) column.Vector {
	return results(n, func(g int) column.Value {
		if g >= s.len() || s.account(uint32(g))[0] == 0 {
			return column.Value{}
		}
		m := s.moment(g)
		return s.result(&m)
	})
}

// Size takes each group up to the last one with fractions for one: to look at all of them after every batch would take longer than to add it.
func (s *moments) Size() int {
	return s.bytes() + cap(s.rests)*(8+expansionSize) + cap(s.squared)*(24+expansionSize)
}

func (s *moments) Save(to *bufio.Writer, groups []uint32) {
	w := writer{to}
	w.uint(uint64(len(groups)))
	for _, g := range groups {
		var m moment
		if int(g) < s.len() {
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
