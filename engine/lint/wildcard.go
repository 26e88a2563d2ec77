package lint

import (
	"strings"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// wildcard is said of EQL by the compiler.
var wildcard = &Check{
	Code: "literal-wildcard", Severity: source.Warning,
	Doc:  "A pattern with * stands where it is compared letter by letter.",
	Why:  "Only the text with the asterisk itself matches. In eval and where, = compares whole texts: use like(field, \"a%\"), match(), or the command search. In EQL, : and like take patterns, == does not.",
	File: "shells.yml",
	Bad:  "title: Shells\nlanguage: spl\nquery: process_name=* | where process_name=\"*sh\"\n",
	Good: "title: Shells\nlanguage: spl\nquery: process_name=* | where like(process_name, \"%sh\")\n",
	says: []string{"literal-wildcard"},
	rule: func(s *subject) {
		calls(s.program.Lowered, func(call *plan.Call) {
			if call.Func.Lang != function.SPL {
				return
			}
			for _, text := range literals(call) {
				s.warn(text.Span, "`%s` takes wildcards literally: this matches no other text", call.Func.Name).
					WithHint("for a pattern: like(field, %q), or the command search", strings.ReplaceAll(text.V.Text(), "*", "%"))
			}
		})
	},
}

// literals is the texts with an asterisk that a call compares with a field, whole.
func literals(call *plan.Call) (out []*plan.Const) {
	args := call.Args
	switch call.Func.Name {
	case "=", "==", "!=", "in":
	case "like":
		args = args[1:]
	default:
		return nil
	}
	if len(plan.Fields(call, nil)) == 0 {
		return nil
	}
	for _, arg := range args {
		c, is := arg.(*plan.Const)
		if is && c.V.Kind() == column.String && strings.Contains(c.V.Text(), "*") && c.V.Text() != "*" && !(call.Func.Name == "like" && strings.ContainsAny(c.V.Text(), "%_")) {
			out = append(out, c)
		}
	}
	return out
}
