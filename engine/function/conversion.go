package function

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"spoor/engine/column"
)

var conversions = []Func{
	{
		Name: "tonumber", Family: "conversion", Syntax: "tonumber(<text>[, <base>])", MinArgs: 1, MaxArgs: 2,
		Doc:     "The number that the text holds, decimal or to a base from 2 to 36; null if it holds none, or blanks around it.",
		Example: `tonumber("0A4", 16)`, Want: "164",
		Bind: rowwise(toNumber),
	},
	{
		Name: "tostring", Family: "conversion", Syntax: `tostring(<value>[, "binary"|"hex"|"commas"|"duration"])`, MinArgs: 1, MaxArgs: 2, Carries: Piece,
		CarryIf: func(args []Arg) bool { return len(args) == 1 },
		Doc:     "The value as text; a number on request in binary or hexadecimal digits, with commas and two decimals, or, as seconds, in the form [days+]hours:minutes:seconds.",
		Example: `tostring(bytes, "commas")`, Want: "1,500",
		Bind: rowwise(toString),
	},
	{
		Name: "typeof", Family: "conversion", Syntax: "typeof(<value>)", MinArgs: 1, MaxArgs: 1, Lists: column.Whole,
		Doc:     "Number, String, Boolean, Multivalue or, for null, Invalid.",
		Example: `typeof(port)`, Want: "Number",
		Bind: rowwise(func(_ *Env, row []column.Value) column.Value { return column.Str(typeOf(row[0])) }),
	},
	typeTest("isnum", "a number, or a text that reads as one", `isnum(bytes)`, func(v column.Value) bool { _, ok := v.Number(); return ok }),
	typeTest("isint", "an integer", `isint(bytes)`, func(v column.Value) bool { n, ok := v.Number(); return ok && n == math.Trunc(n) }),
	typeTest("isdouble", "a number that is no integer", `isdouble(3.546)`, func(v column.Value) bool { n, ok := v.Number(); return ok && n != math.Trunc(n) }),
	typeTest("isstr", "a text that does not read as a number", `isstr(path)`, func(v column.Value) bool { return typeOf(v) == "String" }),
	typeTest("isbool", "a truth value", `isbool(port > 1)`, func(v column.Value) bool { return v.Kind() == column.Bool }),
}

func typeTest(name, what, example string, f func(column.Value) bool) Func {
	return Func{
		Name: name, Family: "conversion", Syntax: name + "(<value>)", MinArgs: 1, MaxArgs: 1, Lists: column.Any,
		Doc: "True if the value is " + what + "; never null.", Example: example, Want: "True",
		Bind: rowwise(func(_ *Env, row []column.Value) column.Value { return column.Boolean(f(row[0])) }),
	}
}

func typeOf(v column.Value) string {
	switch v.Kind() {
	case column.Null:
		return "Invalid"
	case column.Bool:
		return "Boolean"
	case column.List:
		return "Multivalue"
	}
	if _, ok := v.Number(); ok {
		return "Number"
	}
	return "String"
}

func toNumber(_ *Env, row []column.Value) column.Value {
	text := row[0].Text()
	if row[0].IsNull() || text != strings.TrimSpace(text) {
		return column.Value{}
	}
	base := 10.0
	if len(row) == 2 {
		base, _ = row[1].Number()
	}
	if base == 10 {
		if n, ok := row[0].Number(); ok {
			return column.Real(n)
		}
		return column.Value{}
	}
	if text = row[0].String(); base == 16 {
		text = strings.TrimPrefix(lowerASCII(text), "0x")
	}
	if base < 2 || base > 36 || math.IsNaN(base) {
		return column.Value{}
	}
	n, err := strconv.ParseInt(text, int(base), 64)
	if err != nil {
		return column.Value{}
	}
	return column.Integer(n)
}

func toString(_ *Env, row []column.Value) column.Value {
	v := row[0]
	if v.IsNull() || len(row) == 1 {
		if v.IsNull() {
			return v
		}
		return column.Str(v.String())
	}
	n, ok := v.Number()
	if !ok || math.IsNaN(n) || math.Abs(n) > 1e18 {
		return column.Value{}
	}
	switch strings.ToLower(row[1].String()) {
	case "binary":
		if n < 0 || n > mostBits || n != math.Trunc(n) {
			return column.Value{}
		}
		return column.Str(strconv.FormatInt(int64(n), 2))
	case "hex":
		return column.Str(hexadecimal(int64(n)))
	case "commas":
		return column.Str(inThrees(n))
	case "duration":
		return column.Str(duration(n))
	}
	return column.Value{}
}

func hexadecimal(n int64) string {
	if n < 0 {
		return "-0x" + strings.ToUpper(strconv.FormatInt(-n, 16))
	}
	return "0x" + strings.ToUpper(strconv.FormatInt(n, 16))
}

// inThrees groups the digits by threes and keeps at most two decimals.
func inThrees(n float64) string {
	s := strconv.FormatFloat(math.Abs(roundDecimal(n, 2)), 'f', -1, 64)
	whole, fraction, decimals := strings.Cut(s, ".")
	if whole = threes(whole); decimals {
		whole += "." + (fraction + "0")[:2]
	}
	if n < 0 {
		whole = "-" + whole
	}
	return whole
}

func duration(n float64) string {
	sign := ""
	if n < 0 {
		sign = "-"
	}
	whole, fraction := math.Modf(math.Abs(n))
	seconds := int64(whole)
	s := fmt.Sprintf("%02d:%02d:%02d", seconds/3600%24, seconds/60%60, seconds%60)
	if micros := int64(math.Round(fraction * 1e6)); micros > 0 && micros < 1e6 {
		s += fmt.Sprintf(".%06d", micros)
	}
	if days := seconds / 86400; days > 0 {
		s = fmt.Sprintf("%d+%s", days, s)
	}
	return sign + s
}
