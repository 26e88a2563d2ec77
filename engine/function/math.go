package function

import (
	"math"
	"strconv"
	"strings"
	"sync/atomic"

	"spoor/engine/column"
	"spoor/grammar/source"
)

var mathFunctions = []Func{
	number1("abs", "The number without its sign.", `abs(0 - 2.5)`, "2.5", math.Abs),
	ceiling,
	alias(ceiling, "ceil", "ceil(<number>)", `ceil(1.2)`),
	number1("floor", "The next integer below.", `floor(1.8)`, "1", math.Floor),
	number1("exp", "e to the power of the number.", `exp(0)`, "1", math.Exp),
	number1("ln", "The natural logarithm.", `ln(1)`, "0", math.Log),
	number1("sqrt", "The square root.", `sqrt(144)`, "12", math.Sqrt),
	number1("exact", "The number itself: unlike Splunk, spoor rounds no result to the digits that the least precise number is written with.", `exact(bytes / 7)`, "214.28571428571428", func(x float64) float64 { return x }),
	{
		Name: "sigfig", Family: "math", Syntax: "sigfig(<calculation>)", MinArgs: 1, MaxArgs: 1,
		Doc: "The result of a calculation rounded to as many significant digits as the factor has that is written with the fewest; of a sum, to as many decimals as the summand has " +
			"that is written with the fewest. A number that is not calculated in the argument itself stays as it is.",
		Example: `sigfig(1.00 * 1111)`, Want: "1110",
		Bind: rowwise(significant),
	},
	{
		Name: "log", Family: "math", Syntax: "log(<number>[, <base>])", MinArgs: 1, MaxArgs: 2,
		Doc: "The logarithm to base 10, or to the given one.", Example: `log(8, 2)`, Want: "3",
		Bind: rowwise(logarithm),
	},
	{
		Name: "pi", Family: "math", Syntax: "pi()", Doc: "The number pi.", Example: `pi()`, Want: "3.141592653589793",
		Bind: constant(column.Real(math.Pi)),
	},
	{
		Name: "pow", Family: "math", Syntax: "pow(<x>, <y>)", MinArgs: 2, MaxArgs: 2,
		Doc: "x to the power of y.", Example: `pow(2, 10)`, Want: "1024",
		Bind: map2(numbers, numbers, func(x, y float64) (float64, bool) { return math.Pow(x, y), true }),
	},
	{
		Name: "round", Family: "math", Syntax: "round(<number>[, <decimals>])", MinArgs: 1, MaxArgs: 2,
		Doc:     "The nearest integer, or number with so many decimals; a half is rounded away from zero, by the decimal digits.",
		Example: `round(2.555, 2)`, Want: "2.56",
		Bind: rowwise(rounding),
	},
	extreme("max", "greatest", "Texts are greater than numbers.", `max(3, "x", 20)`, "x", func(c int) bool { return c > 0 }),
	extreme("min", "least", "Numbers are less than texts.", `min(3, "x", 20)`, "3", func(c int) bool { return c < 0 }),
	{
		Name: "random", Family: "math", Syntax: "random()", MinArgs: 0, MaxArgs: 1, Volatile: true,
		Doc:     "A number from 0 to 2147483647, the same for the same record and seed.",
		Example: `random() >= 0`, Want: "True",
		Bind: random,
	},
}

var ceiling = number1("ceiling", "The next integer above.", `ceiling(1.2)`, "2", math.Ceil)

func number1(name, doc, example, want string, f func(float64) float64) Func {
	return Func{
		Name: name, Family: "math", Syntax: name + "(<number>)", MinArgs: 1, MaxArgs: 1, Doc: doc, Example: example, Want: want,
		Bind: map1(numbers, simple(f)),
	}
}

func logarithm(_ *Env, row []column.Value) column.Value {
	x, ok := row[0].Number()
	base := 10.0
	if len(row) == 2 && ok {
		base, ok = row[1].Number()
	}
	switch {
	case !ok || base <= 0 || base == 1:
		return column.Value{}
	case base == 10:
		return column.Real(math.Log10(x))
	case base == 2:
		return column.Real(math.Log2(x))
	}
	return column.Real(math.Log(x) / math.Log(base))
}

func rounding(_ *Env, row []column.Value) column.Value {
	x, ok := row[0].Number()
	decimals := 0.0
	if len(row) == 2 && ok {
		decimals, ok = row[1].Number()
	}
	if !ok {
		return column.Value{}
	}
	return column.Real(roundDecimal(x, int(min(max(decimals, -300), 300))))
}

// roundDecimal rounds what is printed, not what the float64 nearly is: 2.555 to 2.56.
func roundDecimal(x float64, decimals int) float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return x
	}
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(math.Abs(x), 'f', -1, 64), ".")
	if decimals >= 0 && len(fraction) <= decimals {
		return x
	}
	digits := whole + fraction
	keep := len(whole) + decimals
	if keep < 0 {
		return 0
	}
	kept, up := "0"+digits[:keep], digits[keep] >= '5'
	rounded := []byte(kept)
	for i := len(rounded) - 1; up; i-- {
		if up = rounded[i] == '9'; up {
			rounded[i] = '0'
		} else {
			rounded[i]++
		}
	}
	y, _ := strconv.ParseFloat(string(rounded)+"e"+strconv.Itoa(-decimals), 64)
	return math.Copysign(y, x)
}

func extreme(name, which, order, example, want string, better func(int) bool) Func {
	return Func{
		Name: name, Family: "math", Syntax: name + "(<value>, ...)", MinArgs: 1, MaxArgs: -1, Lists: column.Whole,
		Doc:     "The " + which + " of the values, multivalues included; null ones are left out. " + order,
		Example: example, Want: want,
		Bind: rowwise(func(_ *Env, row []column.Value) column.Value {
			var best column.Value
			for _, cell := range row {
				for _, v := range cell.Items() {
					if best.IsNull() || better(mixedOrder(v, best)) {
						best = v
					}
				}
			}
			return best
		}),
	}
}

// mixedOrder puts numbers before texts.
func mixedOrder(a, b column.Value) int {
	_, okx := a.Number()
	_, oky := b.Number()
	switch {
	case okx == oky:
		return order(a, b)
	case okx:
		return -1
	}
	return 1
}

// random hashes the seed with its argument, which the engine sets to the record's position; without one, with a running number.
func random(env *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
	var count atomic.Uint64
	return func(rows int, args []column.Vector) column.Vector {
		return build(rows, func(i int) (int64, bool) {
			var x uint64
			if len(args) == 1 {
				x = uint64(args[0].Value(i).Int())
			} else {
				x = count.Add(1)
			}
			return int64(mix(mix(env.Seed)^x) >> 33), true
		})
	}, nil
}

// mix is the finaliser of splitmix64.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
