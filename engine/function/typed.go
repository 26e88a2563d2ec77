package function

import (
	"math"
	"net/netip"
	"strings"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// typed are the conversions to one type, and the tests for the types that are no type of a field.
var typed = []Func{
	{
		Name: "toint", Family: "conversion", Syntax: "toint(<value>[, <base>])", MinArgs: 1, MaxArgs: 2,
		Doc: "The integer that is not greater than the number, see tonumber; null if it is none.", Example: `toint("3.9")`, Want: "3",
		Bind: rowwise(func(env *Env, row []column.Value) column.Value {
			n, ok := toNumber(env, row).Number()
			if !ok || math.IsNaN(n) || math.IsInf(n, 0) {
				return column.Value{}
			}
			return integral(math.Floor(n))
		}),
	},
	{
		Name: "todouble", Family: "conversion", Syntax: "todouble(<value>[, <base>])", MinArgs: 1, MaxArgs: 2,
		Doc: "The same as tonumber: all arithmetic here is that of doubles, and a whole number prints without point.", Example: `todouble("16.50")`, Want: "16.5",
		Bind: rowwise(toNumber),
	},
	{
		Name: "tobool", Family: "conversion", Syntax: "tobool(<value>)", MinArgs: 1, MaxArgs: 1,
		Doc: "The truth value that the text true or false, in any case, stands for; a number is true unless it is 0. Null for all else.", Example: `tobool("false")`, Want: "False",
		Bind: rowwise(func(_ *Env, row []column.Value) column.Value { return toBool(row[0]) }),
	},
	whole("tomv", "tomv(<value>)", 1, 1, "The elements of a JSON array as a multivalue, each as JSON, so that texts keep their quotes; a multivalue as it is. Null for all else.",
		`tomv("[\"a\", 1]")`, `"a" 1`, func(_ *Env, row []column.Value) column.Value {
			if row[0].Kind() == column.List {
				return row[0]
			}
			return elements(row[0], true)
		}).in("conversion"),
	whole("toarray", "toarray(<value>)", 1, 1, "A JSON array: of what the values of a multivalue are as JSON, or that which the text holds. Null for all else.",
		`toarray("[\"carrots\", 1.00]")`, `["carrots",1]`, func(_ *Env, row []column.Value) column.Value {
			if row[0].Kind() == column.List {
				return arrayOf(row[0], true)
			}
			return nested(row[0], jsonArray)
		}).in("conversion"),
	whole("toobject", "toobject(<value>)", 1, 1, "The JSON object that the text holds; null if it holds none.", `toobject("{\"age\": 25}")`, `{"age":25}`,
		func(_ *Env, row []column.Value) column.Value { return nested(row[0], jsonObject) }).in("conversion"),
	{
		Name: "ipmask", Family: "conversion", Syntax: "ipmask(<mask>, <ip>)", MinArgs: 2, MaxArgs: 2,
		Doc: "The bits of an IPv4 address that the mask, written like one, lets through. Null if it is no such address.", Example: `ipmask("0.255.0.255", ip)`, Want: "0.1.0.3",
		Bind: pattern(1, 0, compileMask, masked),
	},
	wholeTest("isarray", "a text that holds a JSON array", `isarray("[1, 2]")`, func(v column.Value) bool { return !nested(v, jsonArray).IsNull() }),
	wholeTest("isobject", "a text that holds a JSON object", `isobject("{\"a\": 1}")`, func(v column.Value) bool { return !nested(v, jsonObject).IsNull() }),
	wholeTest("ismv", "a multivalue, which has two values at least", `ismv(list)`, func(v column.Value) bool { return v.Kind() == column.List }),
}

// in is the function under another heading of the help.
func (f Func) in(family string) Func {
	f.Family = family
	return f
}

func wholeTest(name, what, example string, f func(column.Value) bool) Func {
	out := typeTest(name, what, example, f)
	out.Lists = column.Whole
	return out
}

// nested is the JSON that a text holds, if it is an array or an object as wanted.
func nested(v column.Value, kind jsonKind) column.Value {
	if v.Kind() != column.String {
		return column.Value{}
	}
	d, ok := parseNested(v.Text())
	if !ok || d.kind != kind {
		return column.Value{}
	}
	return d.value()
}

func toBool(v column.Value) column.Value {
	if v.Kind() == column.Bool {
		return v
	}
	if n, ok := v.Number(); ok {
		return column.Boolean(n != 0)
	}
	switch strings.ToLower(v.String()) {
	case "true":
		return column.Boolean(true)
	case "false":
		return column.Boolean(false)
	}
	return column.Value{}
}

func compileMask(_ *Env, text string, at source.Span) ([4]byte, *source.Diagnostic) {
	a, err := netip.ParseAddr(text)
	if err != nil || !a.Is4() {
		return [4]byte{}, source.Errorf(at, "bad-mask", "%q is no mask", text).WithHint("write it like an IPv4 address: 255.255.255.0")
	}
	return a.As4(), nil
}

func masked(ip string, mask [4]byte) (string, bool) {
	a, err := netip.ParseAddr(ip)
	if err != nil || !a.Is4() {
		return "", false
	}
	b := a.As4()
	for i := range b {
		b[i] &= mask[i]
	}
	return netip.AddrFrom4(b).String(), true
}
