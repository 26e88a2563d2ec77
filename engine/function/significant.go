package function

import (
	"math"
	"strings"

	"spoor/engine/column"
)

// significant is sigfig. The compiler adds the operator of the calculation and the numbers that it joins, as they are written.
func significant(_ *Env, row []column.Value) column.Value {
	x, ok := row[0].Number()
	if !ok {
		return column.Value{}
	}
	if len(row) < 4 || x == 0 || math.IsNaN(x) || math.IsInf(x, 0) {
		return column.Real(x)
	}
	digits, decimals := math.MaxInt, math.MaxInt
	for _, v := range row[2:] {
		n, d := precision(v.String())
		digits, decimals = min(digits, n), min(decimals, d)
	}
	if op := row[1].Text(); op == "*" || op == "/" {
		decimals = digits - 1 - int(math.Floor(math.Log10(math.Abs(x))))
	}
	return column.Real(roundDecimal(x, min(max(decimals, -400), 400)))
}

// precision is how many significant digits a number is written with, and how many decimals.
func precision(text string) (digits, decimals int) {
	mantissa, _, _ := strings.Cut(strings.ToLower(strings.Trim(text, " +-")), "e")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	return max(len(strings.TrimLeft(whole+fraction, "0")), 1), len(fraction)
}
