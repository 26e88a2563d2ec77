package eql

import (
	"slices"
	"strings"

	"spoor/grammar/ast"
	"spoor/grammar/eql/gen"
	"spoor/grammar/source"
	"spoor/grammar/token"
)

// functions are those of EQL, as its documents spell them; names ignore case. True is for those with a variant that ignores case.
var functions = map[string]bool{
	"add": false, "between": true, "cidrMatch": false, "concat": false, "divide": false, "endsWith": true, "indexOf": true, "length": false,
	"modulo": false, "multiply": false, "number": false, "startsWith": true, "string": false, "stringContains": true, "substring": false,
	"subtract": false, "wildcard": true,
}

// spellings finds how a function is spelled by its name in lower case.
var spellings = func() map[string]string {
	m := map[string]string{}
	for name := range functions {
		m[strings.ToLower(name)] = name
	}
	return m
}()

const anyValue = "a test of a field with several values is true if one of them passes"

// endgameFunctions is what to write in place of the functions that only Endgame has.
var endgameFunctions = map[string]string{
	"arraycontains": "write field == \"value\": " + anyValue,
	"arraysearch":   "write the condition itself: " + anyValue,
	"arraycount":    "write the condition itself: " + anyValue,
	"match":         `write field regex~ "..."`,
	"matchlite":     `write field regex~ "..."`,
	"safe":          "leave it out: a condition over a missing value is false",
}

// call is a function with its arguments; how many it takes is known elsewhere.
func (b *builder) call(c *gen.CallContext) ast.Node {
	first := c.GetStart()
	at := b.Span(first, first)
	n := &ast.Invocation{Pos: b.pos(c), NameAt: at, Args: b.arguments(c.AllExpression(), c.AllCOMMA())}
	n.Name, n.IgnoreCase = strings.CutSuffix(at.String(), "~")
	lower := strings.ToLower(n.Name)
	spelled, known := spellings[lower]
	if instead, old := endgameFunctions[lower]; old {
		b.out.Add(endgame(at, "the function "+token.Tick(n.Name), "%s", instead))
	} else if !known {
		d := b.errorf(at, "unknown-function", "unknown function %s", token.Tick(at.String()))
		names := make([]string, 0, len(functions))
		for name := range functions {
			names = append(names, name)
		}
		slices.Sort(names)
		d.Hint = source.Suggest(n.Name, names)
	} else if n.IgnoreCase && !functions[spelled] {
		b.errorf(at, "unknown-function", "the function %s has no variant that ignores case", token.Tick(n.Name)).WithHint("leave the `~` out")
	}
	return n
}
