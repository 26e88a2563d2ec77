package function

import (
	"math"
	"strings"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// shaping is the functions behind commands that change single values: makemv, replace, rangemap, addtotals and strcat.
var shaping = []Func{
	{
		Name: "makemv", Lang: Command, Family: "commands", Syntax: "makemv(<value>, <delimiter>, <empty>)", MinArgs: 3, MaxArgs: 3,
		Doc:     "The pieces of the text between the delimiters as a multivalue; empty ones only if the third argument is true.",
		Example: `makemv("a,,b", ",", false)`, Want: "a b",
		Bind: rowwise(func(_ *Env, row []column.Value) column.Value { return pieces(row[0], row[1].String(), row[2].True()) }),
	},
	{
		Name: "makemv_tokens", Lang: Command, Family: "commands", Syntax: "makemv_tokens(<value>, <regex>)", MinArgs: 2, MaxArgs: 2,
		Doc:     "What the first group of the regular expression stands for in each of its matches, as a multivalue.",
		Example: `makemv_tokens("a=1 b=2", "(\w)=")`, Want: "a b",
		Bind: tokens,
	},
	{
		Name: "replace_whole", Lang: Command, Family: "commands", Syntax: "replace_whole(<value>, <pattern>, <text>, ...)", MinArgs: 3, MaxArgs: -1,
		Doc:     "The text behind the first of the patterns that the whole value matches, regarding case, or the value itself. A * stands for any text; in the replacement, for the same text.",
		Example: `replace_whole("localhost 5", "x", "y", "localhost *", "* here")`, Want: "5 here",
		Bind: rowwise(func(_ *Env, row []column.Value) column.Value { return replaced(row[0], row[1:]) }),
	},
	{
		Name: "rangemap", Lang: Command, Family: "commands", Syntax: "rangemap(<value>, <default>, <name>, <from>, <to>, ...)", MinArgs: 5, MaxArgs: -1, Lists: column.Whole,
		Doc:     "The names of the ranges in which the number lies, with both ends, or the default.",
		Example: `rangemap(7, "none", "low", 0, 7, "high", 7, 9)`, Want: "low high",
		Bind: rowwise(func(_ *Env, row []column.Value) column.Value { return ranges(row[0], row[1], row[2:]) }),
	},
	{
		Name: "strcat", Lang: Command, Family: "commands", Syntax: "strcat(<value>, ...)", MinArgs: 1, MaxArgs: -1, Lists: column.Whole,
		Doc:     "The values as one text; a missing one is empty, several are joined by blanks.",
		Example: `strcat(port, "/", nosuch, path)`, Want: "443//usr/bin/vi",
		Bind: rowwise(func(_ *Env, row []column.Value) column.Value {
			var b strings.Builder
			for _, v := range row {
				b.WriteString(v.String())
			}
			return column.Str(b.String())
		}),
	},
}

func pieces(v column.Value, delimiter string, empty bool) column.Value {
	if v.IsNull() {
		return v
	}
	var out []column.Value
	for _, s := range strings.Split(v.String(), delimiter) {
		if s != "" || empty {
			out = append(out, column.Str(s))
		}
	}
	return column.Multi(out)
}

func tokens(env *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
	re, err := CompileRegex(args[1].Const.String(), args[1].Span)
	if err != nil {
		return nil, err
	}
	if len(re.Names()) < 2 {
		return nil, source.Errorf(args[1].Span, "no-groups", "the regular expression has no group, so nothing says what a value is").WithHint("put what shall be a value in parentheses")
	}
	return rowKernel(func(row []column.Value) column.Value {
		if row[0].IsNull() {
			return row[0]
		}
		text := row[0].String()
		var out []column.Value
		for _, m := range re.Find(text, -1) {
			if m[2] >= 0 {
				out = append(out, column.Str(text[m[2]:m[3]]))
			}
		}
		return column.Multi(out)
	}), nil
}

// replaced is the value, or what the first of the pairs that matches it makes of it.
func replaced(v column.Value, pairs []column.Value) column.Value {
	if v.IsNull() {
		return v
	}
	text := v.String()
	for ; len(pairs) > 1; pairs = pairs[2:] {
		stars, ok := matchStars(strings.Split(pairs[0].Text(), "*"), text)
		if !ok {
			continue
		}
		var b strings.Builder
		for i, part := range strings.Split(pairs[1].Text(), "*") {
			if i > 0 && i <= len(stars) {
				b.WriteString(stars[i-1])
			}
			b.WriteString(part)
		}
		return column.Str(b.String())
	}
	return v
}

// matchStars matches a whole text with parts between which anything may stand, and gives what does: each but the last is as short as can be.
func matchStars(parts []string, text string) (stars []string, ok bool) {
	rest, ok := strings.CutPrefix(text, parts[0])
	if !ok || len(parts) == 1 {
		return nil, ok && rest == ""
	}
	last := len(parts) - 1
	for _, part := range parts[1:last] {
		i := strings.Index(rest, part)
		if i < 0 {
			return nil, false
		}
		stars, rest = append(stars, rest[:i]), rest[i+len(part):]
	}
	star, ok := strings.CutSuffix(rest, parts[last])
	return append(stars, star), ok
}

// ranges is the names of the ranges that hold the number; each range is a name, a least and a greatest number.
func ranges(v, otherwise column.Value, list []column.Value) column.Value {
	n, ok := v.Number()
	if !ok || math.IsNaN(n) {
		return otherwise
	}
	var names []column.Value
	for ; len(list) >= 3; list = list[3:] {
		from, _ := list[1].Number()
		to, _ := list[2].Number()
		if from <= n && n <= to {
			names = append(names, list[0])
		}
	}
	if names == nil {
		return otherwise
	}
	return column.Multi(names)
}
