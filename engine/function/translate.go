package function

import (
	"spoor/engine/column"
	"spoor/grammar/source"
)

// translations is the function behind y/// of rex mode=sed.
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
}}
