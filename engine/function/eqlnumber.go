package function

import (
	"math"
	"strconv"
	"strings"

	"spoor/engine/column"
)

// eqlNumbers are EQL's arithmetic, which can be written with signs and as calls. Of two integers the result is one, unless it is too large.
var eqlNumbers = []Func{
	eqlArithmetic("add", "+", "The sum.", `add(port, 1)`, "444", addInts, func(x, y float64) (float64, bool) { return x + y, true }),
	eqlArithmetic("subtract", "-", "The difference.", `port - 443.5`, "-0.5", subtractInts, func(x, y float64) (float64, bool) { return x - y, true }),
	eqlArithmetic("multiply", "*", "The product.", `port * 2`, "886", multiplyInts, func(x, y float64) (float64, bool) { return x * y, true }),
	eqlArithmetic("divide", "/", "The quotient; of two integers without what is behind the point. Null if y is 0.", `divide(port, 2)`, "221",
		divideInts, func(x, y float64) (float64, bool) { return x / y, y != 0 }),
	eqlArithmetic("modulo", "%", "The remainder of the division; it has the sign of x. Null if y is 0.", `port % 10`, "3",
		moduloInts, func(x, y float64) (float64, bool) { return math.Mod(x, y), y != 0 }),
	{
		Name: "neg", Lang: EQL, Family: operatorFamily, Syntax: "-x", MinArgs: 1, MaxArgs: 1, Lists: column.EachCombination,
		Doc: "The number with the other sign.", Example: `-port`, Want: "-443",
		Bind: rowwise(func(_ *Env, row []column.Value) column.Value {
			return calculate(column.Integer(0), row[0], subtractInts, func(x, y float64) (float64, bool) { return x - y, true })
		}),
	},
	{
		Name: "number", Lang: EQL, Family: "numbers", Syntax: "number(<text>[, <base>])", MinArgs: 1, MaxArgs: 2, Lists: column.EachCombination,
		Doc:     "The number that the text holds, to the base of 10 or the one given; with `0x` before it, of 16. Null if it holds none.",
		Example: `number("0x1F")`, Want: "31",
		Bind: rowwise(func(_ *Env, row []column.Value) column.Value {
			base := 0.0
			if len(row) == 2 && !row[1].IsNull() {
				if base, _ = count(row[1]); base < 2 || base > 36 {
					return column.Value{}
				}
			}
			return toEQLNumber(row[0], int(base))
		}),
	},
}

func eqlArithmetic(name, sign, doc, example, want string, ints func(x, y int64) (int64, bool), floats func(x, y float64) (float64, bool)) Func {
	return Func{
		Name: name, Lang: EQL, Family: "numbers", Syntax: name + "(x, y) or x " + sign + " y", MinArgs: 2, MaxArgs: 2, Lists: column.EachCombination,
		Doc: doc + " Null if x or y is no number.", Example: example, Want: want,
		Bind: rowwise(func(_ *Env, row []column.Value) column.Value { return calculate(row[0], row[1], ints, floats) }),
	}
}

// calculate leaves the integers where their result does not fit.
func calculate(x, y column.Value, ints func(x, y int64) (int64, bool), floats func(x, y float64) (float64, bool)) column.Value {
	a, okx := count(x)
	b, oky := count(y)
	if !okx || !oky {
		return column.Value{}
	}
	if x.Kind() == column.Int && y.Kind() == column.Int {
		if n, ok := ints(x.Int(), y.Int()); ok {
			return column.Integer(n)
		}
	}
	f, ok := floats(a, b)
	if !ok {
		return column.Value{}
	}
	return column.Real(f)
}

func addInts(x, y int64) (int64, bool) {
	sum := x + y
	return sum, (sum > x) == (y > 0)
}

func subtractInts(x, y int64) (int64, bool) {
	difference := x - y
	return difference, (difference < x) == (y > 0)
}

func multiplyInts(x, y int64) (int64, bool) {
	if x == 0 || y == 0 {
		return 0, true
	}
	product := x * y
	return product, product/y == x && (y != -1 || x != math.MinInt64)
}

func divideInts(x, y int64) (int64, bool) {
	if y == 0 || y == -1 && x == math.MinInt64 {
		return 0, false
	}
	return x / y, true
}

func moduloInts(x, y int64) (int64, bool) {
	if y == 0 {
		return 0, false
	}
	return x % y, true
}

// toEQLNumber reads a number to a base; 0 stands for the one that the text shows.
func toEQLNumber(v column.Value, base int) column.Value {
	if k := v.Kind(); k == column.Int || k == column.Float {
		return v
	}
	if v.Kind() != column.String {
		return column.Value{}
	}
	s := strings.TrimSpace(v.Text())
	digits, sign := s, ""
	if s != "" && (s[0] == '-' || s[0] == '+') {
		digits, sign = s[1:], s[:1]
	}
	if hex := strings.TrimPrefix(lowerASCII(digits), "0x"); len(hex) < len(digits) && (base == 0 || base == 16) {
		digits, base = hex, 16
	}
	if base == 0 {
		base = 10
	}
	if digits == "" || digits[0] == '-' || digits[0] == '+' {
		return column.Value{}
	}
	if n, err := strconv.ParseInt(sign+digits, base, 64); err == nil {
		return column.Integer(n)
	}
	if f, ok := column.ParseNumber(sign + digits); ok && base == 10 && !math.IsInf(f, 0) {
		return column.Real(f)
	}
	return column.Value{}
}
