package aggregate

import (
	"math"
	"math/big"
	"math/bits"

	"spoor/engine/column"
)

// exact is a sum without rounding: the same whatever the order of its terms. Integers are added in 128 bits, all else as expansions of
// floats that do not overlap (Shewchuk, 1997).
type exact struct {
	hi   int64
	lo   uint64
	rest *expansion // nil as long as all terms are integers below 2^63
}

type expansion struct {
	parts        []float64
	huge         []float64  // terms from 2^960 on, divided by 2^128 so that their sum stays finite
	terms        int64      // how many terms there are
	up, down, no int64      // how many of them are inf, -inf, nan
	few          [4]float64 // where parts begins
}

// expansionSize is the bytes of an expansion in memory.
const expansionSize = 112

func (e *exact) addInt(i int64) {
	lo, carry := bits.Add64(e.lo, uint64(i), 0)
	e.lo = lo
	e.hi += i>>63 + int64(carry)
}

func (e *exact) removeInt(i int64) {
	lo, borrow := bits.Sub64(e.lo, uint64(i), 0)
	e.lo = lo
	e.hi -= i>>63 + int64(borrow)
}

func (e *exact) add(x float64) {
	if x == math.Trunc(x) && math.Abs(x) < 1<<63 {
		e.addInt(int64(x))
		return
	}
	e.expansion().add(x, 1)
}

// remove takes back a term that was added.
func (e *exact) remove(x float64) {
	if x == math.Trunc(x) && math.Abs(x) < 1<<63 {
		e.removeInt(int64(x))
		return
	}
	if e.rest.add(x, -1); e.rest.terms == 0 {
		e.rest = nil
	}
}

func (e *exact) expansion() *expansion {
	if e.rest == nil {
		e.rest = &expansion{}
		e.rest.parts = e.rest.few[:0]
	}
	return e.rest
}

// square is the square of x as the product and its rounding error.
func square(x float64) (product, err float64) {
	product = x * x
	if !math.IsInf(product, 0) && !math.IsNaN(product) {
		err = math.FMA(x, x, -product)
	}
	return product, err
}

// add adds a term, or takes it back if the sign is -1.
func (r *expansion) add(x, sign float64) {
	n := int64(sign)
	r.terms += n
	switch {
	case math.IsNaN(x):
		r.no += n
	case math.IsInf(x, 1):
		r.up += n
	case math.IsInf(x, -1):
		r.down += n
	case math.Abs(x) >= 0x1p960:
		r.huge = grow(r.huge, sign*x*0x1p-128)
	default:
		r.parts = grow(r.parts, sign*x)
	}
}

// grow adds x to an expansion: its parts become more only if x has bits beyond theirs.
func grow(parts []float64, x float64) []float64 {
	n := 0
	for _, y := range parts {
		if math.Abs(x) < math.Abs(y) {
			x, y = y, x
		}
		sum := x + y
		if err := y - (sum - x); err != 0 {
			parts[n] = err
			n++
		}
		x = sum
	}
	return append(parts[:n], x)
}

func (e *exact) merge(f *exact) {
	lo, carry := bits.Add64(e.lo, f.lo, 0)
	e.lo = lo
	e.hi += f.hi + int64(carry)
	if f.rest == nil {
		return
	}
	r := e.expansion()
	r.terms, r.up, r.down, r.no = r.terms+f.rest.terms, r.up+f.rest.up, r.down+f.rest.down, r.no+f.rest.no
	for _, x := range f.rest.parts {
		r.parts = grow(r.parts, x)
	}
	for _, x := range f.rest.huge {
		r.huge = grow(r.huge, x)
	}
}

// value is the sum: an integer if all terms were and it fits, else the nearest float64.
func (e *exact) value() column.Value {
	if e.rest == nil && e.hi == int64(e.lo)>>63 {
		return column.Integer(int64(e.lo))
	}
	return column.Real(e.float())
}

// float is the float64 nearest to the sum.
func (e *exact) float() float64 {
	if e.rest == nil {
		return nearest(e.integerParts(nil))
	}
	if x, special := e.special(); special {
		return x
	}
	if e.rest.huge != nil {
		x, _ := e.big().Float64()
		return x
	}
	return nearest(e.integerParts(append([]float64(nil), e.rest.parts...)))
}

func (e *exact) special() (float64, bool) {
	switch r := e.rest; {
	case r == nil:
		return 0, false
	case r.no > 0 || r.up > 0 && r.down > 0:
		return math.NaN(), true
	case r.up > 0:
		return math.Inf(1), true
	case r.down > 0:
		return math.Inf(-1), true
	}
	return 0, false
}

// integerParts adds the integer to an expansion, in pieces that a float64 holds.
func (e *exact) integerParts(parts []float64) []float64 {
	for _, x := range [...]float64{
		float64(e.hi>>32) * 0x1p96, float64(uint32(e.hi)) * 0x1p64, float64(e.lo>>32) * 0x1p32, float64(uint32(e.lo)),
	} {
		parts = grow(parts, x)
	}
	return parts
}

// nearest rounds an expansion once, to even in the middle.
func nearest(parts []float64) float64 {
	n := len(parts)
	if n == 0 {
		return 0
	}
	n--
	sum, err := parts[n], 0.0
	for n > 0 && err == 0 {
		n--
		x := sum
		sum = x + parts[n]
		err = parts[n] - (sum - x)
	}
	// Half way between two floats, the sign of what comes below decides.
	if n > 0 && (err < 0 && parts[n-1] < 0 || err > 0 && parts[n-1] > 0) {
		if twice := 2 * err; sum+twice-sum == twice {
			return sum + twice
		}
	}
	return sum
}

func (e *exact) save(w writer) {
	w.int(e.hi)
	w.uint(e.lo)
	w.flag(e.rest != nil)
	if r := e.rest; r != nil {
		for _, n := range [...]int64{r.terms, r.up, r.down, r.no} {
			w.int(n)
		}
		w.floats(r.parts)
		w.floats(r.huge)
	}
}

func (e *exact) load(r *reader) {
	e.hi, e.lo = r.int(), r.uint()
	if !r.flag() {
		return
	}
	x := e.expansion()
	for _, n := range [...]*int64{&x.terms, &x.up, &x.down, &x.no} {
		*n = r.int()
	}
	x.parts = append(x.parts, r.floats()...)
	x.huge = r.floats()
}

// precision holds every finite sum of float64 without rounding, and precision2 its square.
const (
	precision  = 2400
	precision2 = 2 * precision
)

// big is the exact sum of finite terms.
func (e *exact) big() *big.Float {
	total := new(big.Float).SetPrec(precision)
	term := new(big.Float).SetPrec(precision)
	for _, x := range e.integerParts(nil) {
		total.Add(total, term.SetFloat64(x))
	}
	if e.rest == nil {
		return total
	}
	for _, x := range e.rest.parts {
		total.Add(total, term.SetFloat64(x))
	}
	for _, x := range e.rest.huge {
		term.SetFloat64(x)
		total.Add(total, term.SetMantExp(term, 128))
	}
	return total
}
