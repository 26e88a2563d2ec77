package function

import (
	"cmp"
	"strings"

	"spoor/engine/column"
	"spoor/grammar/source"
)

var comparisons = []Func{
	equals,
	alias(equals, "==", "x == y", `port == 443`),
	{
		Name: "!=", Family: "operators", Syntax: "x != y", MinArgs: 2, MaxArgs: 2, Lists: column.Any,
		Doc:     "True if x and y differ, see `=`. Of a multivalue: if any value differs. Null if one side is null.",
		Example: `path != "/usr/bin/VI"`, Want: "True",
		Bind: comparison(func(c int) bool { return c != 0 }),
	},
	ordering("<", "less than", `port < 1024`, "True", func(c int) bool { return c < 0 }),
	ordering("<=", "at most", `bytes <= 200`, "False", func(c int) bool { return c <= 0 }),
	ordering(">", "greater than", `bytes > 200`, "True", func(c int) bool { return c > 0 }),
	ordering(">=", "at least", `"b" >= "a"`, "True", func(c int) bool { return c >= 0 }),
	{
		Name: "in", Family: "comparison", Syntax: "in(<x>, <value>, ...)", MinArgs: 2, MaxArgs: -1, Lists: column.Any,
		Doc:     "True if x equals one of the values, as `=` says; `*` is no wildcard here. Also written `x IN (...)`. Null if x is null.",
		Example: `in(port, 80, 443)`, Want: "True",
		Bind: in, Takes: takesIn, Requires: requireEqual,
	},
	{
		Name: "like", Family: "comparison", Syntax: "like(<text>, <pattern>)", MinArgs: 2, MaxArgs: 2, Lists: column.Any,
		Doc:     "True if the pattern matches the whole text, in the same case: `%` is any run of characters, `_` is one. Also written `x LIKE y`.",
		Example: `like(path, "/usr/%/v_")`, Want: "True",
		Bind: pattern(0, 1, compileLike, func(s string, p likes) (bool, bool) { return p.match(s), true }), Requires: requireLike,
	},
	{
		Name: "match", Family: "comparison", Syntax: "match(<text>, <regex>)", MinArgs: 2, MaxArgs: 2, Lists: column.Any,
		Doc:     "True if the regular expression matches some part of the text.",
		Example: `match(path, "^/usr/.*bin/")`, Want: "True",
		Bind: pattern(0, 1, (*Env).Regex, func(s string, r Regex) (bool, bool) { return r.MatchString(s), true }), Requires: requireMatch,
	},
	{
		Name: "cidrmatch", Family: "comparison", Syntax: "cidrmatch(<net>, <ip>)", MinArgs: 2, MaxArgs: 2, Lists: column.Any,
		Doc:     "True if the address lies in the net, such as `10.0.0.0/8` or `fe80::/10`. False if it is no address.",
		Example: `cidrmatch("10.0.0.0/8", ip)`, Want: "True",
		Bind: pattern(1, 0, compileNet, func(s string, n network) (bool, bool) { return n.contains(s), true }),
	},
}

var equals = Func{
	Name: "=", Family: "operators", Syntax: "x = y", MinArgs: 2, MaxArgs: 2, Lists: column.Any,
	Doc:     "True if x equals y: as numbers if both read as such, else as texts in the same case; a truth value equals its name in any case. Of a multivalue: if any value does. Null if one side is null.",
	Example: `port = 443`, Want: "True",
	Bind: comparison(func(c int) bool { return c == 0 }), Requires: requireEqual,
}

func ordering(name, meaning, example, want string, holds func(int) bool) Func {
	return Func{
		Name: name, Family: "operators", Syntax: "x " + name + " y", MinArgs: 2, MaxArgs: 2, Lists: column.Any,
		Doc:     "True if x is " + meaning + " y: as numbers if both read as such, else byte by byte as texts. Null if one side is null.",
		Example: example, Want: want,
		Bind: comparison(holds),
	}
}

// comparison binds an operator that is a statement about the order of two values.
func comparison(holds func(int) bool) binding {
	return func(_ *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
		for i, a := range args {
			if s, decoded, ok := entityConst(a); ok {
				return compareForms(1-i, s, decoded, holds), nil
			}
		}
		return func(rows int, args []column.Vector) column.Vector { return compare(rows, args[0], args[1], holds) }, nil
	}
}

// entityConst is a constant text and its decoded form, if that is another.
func entityConst(a Arg) (text, decoded string, ok bool) {
	if a.Const == nil || a.Const.Kind() != column.String {
		return "", "", false
	}
	text = a.Const.Text()
	decoded = decodeEntities(text)
	return text, decoded, text != decoded
}

// compareForms takes a value that equals the decoded form of the constant for equal to the constant.
func compareForms(at int, text, decoded string, holds func(int) bool) column.Kernel {
	return func(rows int, args []column.Vector) column.Vector {
		xs := texts(args[at])
		return build(rows, func(i int) (bool, bool) {
			x, ok := xs.at(i)
			if !ok {
				return false, false
			}
			c := strings.Compare(x, text)
			if x == decoded {
				c = 0
			}
			if at == 1 {
				c = -c
			}
			return holds(c), true
		})
	}
}

func compare(rows int, x, y column.Vector, holds func(int) bool) column.Vector {
	args := []column.Vector{x, y}
	switch {
	case isInts(x) && isInts(y):
		return kernel2(ints, ints, func(a, b int64) (bool, bool) { return holds(cmp.Compare(a, b)), true })(rows, args)
	case isNumeric(x) && isNumeric(y):
		return kernel2(numbers, numbers, func(a, b float64) (bool, bool) { return holds(cmp.Compare(a, b)), true })(rows, args)
	case isStrings(x) && isWord(y), isWord(x) && isStrings(y):
		return kernel2(texts, texts, func(a, b string) (bool, bool) { return holds(strings.Compare(a, b)), true })(rows, args)
	}
	return kernel2(cells, cells, func(a, b column.Value) (bool, bool) {
		if a.IsNull() || b.IsNull() {
			return false, false
		}
		return holds(order(a, b)), true
	})(rows, args)
}

// order compares two values that are not null: as numbers if both are, else as texts. Integers that a float64 cannot hold are told apart.
func order(a, b column.Value) int {
	if a.Kind() == column.String && b.Kind() == column.String && a.Text() == b.Text() {
		return 0
	}
	x, okx := a.Number()
	y, oky := b.Number()
	switch {
	case (!okx || !oky) && (a.Kind() == column.Bool) != (b.Kind() == column.Bool):
		return strings.Compare(strings.ToLower(a.String()), strings.ToLower(b.String())) // JSON writes true
	case !okx || !oky:
		return strings.Compare(a.String(), b.String())
	}
	if x == y && (x >= 1<<53 || x <= -(1<<53)) {
		p, okp := column.ParseDecimal(a.String())
		q, okq := column.ParseDecimal(b.String())
		if okp && okq {
			return p.Compare(q)
		}
	}
	return cmp.Compare(x, y)
}

func isStrings(v column.Vector) bool { _, ok := v.(*column.Strings); return ok }

// isWord says whether v is a constant text that is no number, against which everything compares as text.
func isWord(v column.Vector) bool {
	c, ok := v.(*column.Const)
	if !ok || c.V.Kind() != column.String {
		return false
	}
	_, number := c.V.Number()
	return !number
}

func isInts(v column.Vector) bool {
	switch v := v.(type) {
	case *column.Ints:
		return true
	case *column.Const:
		return v.V.Kind() == column.Int
	}
	return false
}

func ints(v column.Vector) view[int64] {
	if v, ok := v.(*column.Ints); ok {
		return view[int64]{v.Values, v.Null, -1}
	}
	return convert(v, func(v column.Value) (int64, bool) { return v.Int(), v.Kind() == column.Int })
}
