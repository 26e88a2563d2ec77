package function

import (
	"math"

	"spoor/engine/column"
)

// unrounded is a difference from Splunk. Numbers are float64 and print in the fewest digits that read back the same. Splunk carries with
// each number how precisely it was written; here a number is what it is, whether a field, a constant or a result of stats holds it: digits
// in a log are no error bars, and conditions compare what is printed.
const unrounded = "The result is not rounded to the digits of the less precise side, as in Splunk, where 8.250*0.2 is 2; see sigfig and round."

var arithmetic = []Func{
	{
		Name: "+", Family: "operators", Syntax: "x + y", MinArgs: 2, MaxArgs: 2,
		Doc:     "Adds numbers; joins two texts of which one is no number. Null if one side is null, or if a number meets a text. " + unrounded,
		Example: `bytes + 0.5`, Want: "1500.5",
		Bind: always(add),
	},
	{
		Name: "-", Family: "operators", Syntax: "x - y", MinArgs: 2, MaxArgs: 2,
		Doc:     "Subtracts numbers. Null if one side is none. " + unrounded,
		Example: `bytes - 1`, Want: "1499",
		Bind: map2(numbers, numbers, func(x, y float64) (float64, bool) { return x - y, true }),
	},
	{
		Name: "*", Family: "operators", Syntax: "x * y", MinArgs: 2, MaxArgs: 2,
		Doc:     "Multiplies numbers. Null if one side is none. " + unrounded,
		Example: `bytes * 2`, Want: "3000",
		Bind: map2(numbers, numbers, func(x, y float64) (float64, bool) { return x * y, true }),
	},
	{
		Name: "/", Family: "operators", Syntax: "x / y", MinArgs: 2, MaxArgs: 2,
		Doc:     "Divides numbers. Null if one side is none, or if y is 0. " + unrounded,
		Example: `bytes / 8`, Want: "187.5",
		Bind: map2(numbers, numbers, func(x, y float64) (float64, bool) { return x / y, y != 0 }),
	},
	{
		Name: "%", Family: "operators", Syntax: "x % y", MinArgs: 2, MaxArgs: 2,
		Doc:     "The remainder of a division; it has the sign of x. Null if one side is no number, or if y is 0.",
		Example: `bytes % 7`, Want: "2",
		Bind: map2(numbers, numbers, func(x, y float64) (float64, bool) { return math.Mod(x, y), y != 0 }),
	},
	{
		Name: ".", Family: "operators", Syntax: "x . y", MinArgs: 2, MaxArgs: 2,
		Doc:     "Joins two values as texts, whatever they are. Null if one side is null.",
		Example: `path . ":" . port`, Want: "/usr/bin/vi:443",
		Bind: map2(texts, texts, joined),
	},
	{
		Name: "neg", Family: "operators", Syntax: "-x", MinArgs: 1, MaxArgs: 1,
		Doc:     "The number with the other sign.",
		Example: `-bytes`, Want: "-1500",
		Bind: map1(numbers, simple(func(x float64) float64 { return 0 - x })),
	},
}

var logic = []Func{
	{
		Name: "and", Family: "operators", Syntax: "x AND y", MinArgs: 2, MaxArgs: -1, Lazy: true,
		Doc:     "True if all sides are; false if one is false; else null. A side is evaluated only where the ones before are not false.",
		Example: `port = 443 AND bytes > 1000`, Want: "True",
	},
	{
		Name: "or", Family: "operators", Syntax: "x OR y", MinArgs: 2, MaxArgs: -1, Lazy: true,
		Doc:     "True if one side is; false if all are false; else null. A side is evaluated only where the ones before are not true.",
		Example: `port = 80 OR bytes > 1000`, Want: "True",
	},
	{
		Name: "xor", Family: "operators", Syntax: "x XOR y", MinArgs: 2, MaxArgs: 2, Lists: column.Any,
		Doc:     "True if exactly one side is. Null if one side is null.",
		Example: `port = 443 XOR bytes > 1000`, Want: "False",
		Bind: map2(truths, truths, func(x, y bool) (bool, bool) { return x != y, true }),
	},
	{
		Name: "not", Family: "operators", Syntax: "NOT x", MinArgs: 1, MaxArgs: 1,
		Doc:     "True if x is false, false if x is true, null if x is null.",
		Example: `NOT port = 80`, Want: "True",
		Bind: map1(truths, simple(func(x bool) bool { return !x })),
	},
}

func add(rows int, args []column.Vector) column.Vector {
	if isNumeric(args[0]) && isNumeric(args[1]) {
		return kernel2(numbers, numbers, func(x, y float64) (float64, bool) { return x + y, true })(rows, args)
	}
	xs, ys := cells(args[0]), cells(args[1])
	out := make([]column.Value, rows)
	for i := range out {
		a, _ := xs.at(i)
		b, _ := ys.at(i)
		x, okx := a.Number()
		y, oky := b.Number()
		switch {
		case okx && oky:
			out[i] = column.Real(x + y)
		case a.Kind() == column.String && b.Kind() == column.String:
			if s, ok := joined(a.Text(), b.Text()); ok {
				out[i] = column.Str(s)
			}
		}
	}
	return column.FromValues(out)
}

// isNumeric says whether every row of a vector is a number or null.
func isNumeric(v column.Vector) bool {
	switch v := v.(type) {
	case *column.Ints, *column.Floats, *column.Times:
		return true
	case *column.Const:
		switch v.V.Kind() {
		case column.Int, column.Float, column.Time:
			return true
		}
	}
	return false
}
