package function

import (
	"spoor/engine/column"
	"spoor/grammar/source"
)

// translations is the functions behind y/// and s/// of rex mode=sed.
var translations = []Func{{
	Name: "translate", Lang: Command, Family: "commands", Syntax: "translate(<text>, <from>, <to>)", MinArgs: 3, MaxArgs: 3,
	Doc:     "The text with each character of the second argument replaced by the one at the same place in the third.",
	Example: `translate("abcab", "ab", "xy")`, Want: "xycxy",
	Bind: func(_ *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
		from, to := []rune(args[1].Const.String()), []rune(args[2].Const.String())
		if len(from) != len(to) {
			return nil, source.Errorf(args[2].Span, "bad-sed", "both sides of y need as many characters").WithHint("write y/abc/xyz/")
		}
		swap := map[rune]rune{}
		for i, r := range from {
			if _, dup := swap[r]; !dup {
				swap[r] = to[i]
			}
		}
		replace := func(s string) (string, bool) {
			return mapRunes(s, func(r rune) rune {
				if x, ok := swap[r]; ok {
					return x
				}
				return r
			}), true
		}
		k, _ := map1(texts, replace)(nil, nil)
		return func(rows int, args []column.Vector) column.Vector { return k(rows, args[:1]) }, nil
	},
}, {
	Name: "replacenth", Lang: Command, Family: "commands", Syntax: "replacenth(<text>, <regex>, <replacement>, <number>, <count>)", MinArgs: 5, MaxArgs: 5,
	Doc:     "The text with the match of that number replaced, and as many behind it as the last argument says, -1 for all.",
	Example: `replacenth("a1a2a3", "a", "x", 2, 0)`, Want: "a1x2a3",
	Bind: replaceNth,
}}

// replaceNth is s/// of rex mode=sed, whose number says with which match it begins.
func replaceNth(env *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
	re, diag := env.constant(args[1])
	if diag != nil {
		return nil, diag
	}
	if re == nil {
		return nil, source.Errorf(args[1].Span, "bad-sed", "s needs an expression to look for").WithHint("write s/old/new/2")
	}
	template, first, more := args[2].Const.String(), max(1, int(args[3].Const.Int())), int(args[4].Const.Int())
	last := first + more
	if more < 0 {
		last = -1
	}
	k, _ := map1(texts, func(s string) (string, bool) {
		found := re.Find(s, last)
		return replaceAll(s, template, found[min(first-1, len(found)):])
	})(nil, nil)
	return func(rows int, args []column.Vector) column.Vector { return k(rows, args[:1]) }, nil
}
