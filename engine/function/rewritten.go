package function

import (
	"spoor/engine/column"
	"spoor/grammar/source"
)

// rewritten is what rewrites of plans put into conditions.
var rewritten = []Func{
	{
		Name: "perhaps", Lang: Command, Family: "commands", Syntax: "perhaps(<condition>, <key>, ...)", MinArgs: 2, MaxArgs: -1, Lazy: true,
		Doc: "True if the condition is, or if one of the keys is a multivalue: each of its values is in a group of its own, and the groups must be asked one by one. " +
			"It stands before rows are grouped in place of a condition on groups.",
		Example: `perhaps(missing, path, list)`, Want: "True",
	},
	{
		Name: "cell", Lang: Command, Family: "commands", Syntax: "cell(<lookup>, <wanted column>, <column>, <value>, ...)", MinArgs: 4, MaxArgs: -1, Lists: column.Whole, Lazy: true, Warns: true,
		Doc:     "What the command lookup gives for a column, by the values of others; null if one of these is missing.",
		Example: `cell("ports.csv", "service", "port", port)`, Want: "https",
	},
	{
		Name: "among", Lang: Command, Family: "commands", Syntax: "among(<field>, <text>, ...)", MinArgs: 2, MaxArgs: -1, Lists: column.Any,
		Doc:     "True if the text of the field is one of the texts, in the same case. Null if the field is missing.",
		Example: `among(port, "80", "443")`, Want: "True",
		Bind: amongTexts, Takes: fieldAlone, Requires: requireText,
	},
}

func amongTexts(_ *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
	set := map[string]bool{}
	for _, a := range args[1:] {
		if a.Const == nil {
			return nil, notConstant(a)
		}
		set[a.Const.String()] = true
	}
	return map1(texts, simple(func(s string) bool { return set[s] }))(nil, nil)
}

// requireText asks for the texts themselves.
func requireText(args []Arg) (r Requirement, ok bool) {
	for _, a := range args[1:] {
		if a.Const == nil || !r.ask(longestASCII([]string{a.Const.String()})) {
			return Requirement{}, false
		}
	}
	return r, args[0].Const == nil
}
