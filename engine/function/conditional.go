package function

import "spoor/engine/column"

var conditionals = []Func{
	{
		Name: "if", Family: "condition", Syntax: "if(<condition>, <then>, <else>)", MinArgs: 3, MaxArgs: 3, Lazy: true,
		Doc:     "The second argument where the condition is true, the third where it is false or null.",
		Example: `if(port = 443, "web", "other")`, Want: "web",
	},
	{
		Name: "case", Family: "condition", Syntax: "case(<condition>, <value>, ...)", MinArgs: 2, MaxArgs: -1, Lazy: true,
		Doc:     "The value after the first condition that is true; null if none is.",
		Example: `case(port = 80, "http", port = 443, "https", true(), "other")`, Want: "https",
	},
	{
		Name: "validate", Family: "condition", Syntax: "validate(<condition>, <value>, ...)", MinArgs: 2, MaxArgs: -1, Lazy: true,
		Doc:     "The value after the first condition that is false; null if all are true.",
		Example: `validate(port > 0, "negative", port < 100, "high")`, Want: "high",
	},
	{
		Name: "coalesce", Family: "condition", Syntax: "coalesce(<value>, ...)", MinArgs: 1, MaxArgs: -1, Lazy: true, Carries: Piece,
		Doc:     "The first value that is not null.",
		Example: `coalesce(null(), path, "none")`, Want: "/usr/bin/vi",
	},
	{
		Name: "nullif", Family: "condition", Syntax: "nullif(<x>, <y>)", MinArgs: 2, MaxArgs: 2, Carries: Piece,
		Doc:     "Null if x equals y, and x otherwise.",
		Example: `nullif(port, 443)`, Want: "null",
		Bind: rowwise(func(_ *Env, row []column.Value) column.Value {
			if !row[0].IsNull() && !row[1].IsNull() && order(row[0], row[1]) == 0 {
				return column.Value{}
			}
			return row[0]
		}),
	},
	{
		Name: "isnull", Family: "condition", Syntax: "isnull(<x>)", MinArgs: 1, MaxArgs: 1, Lists: column.Whole,
		Doc:     "True if x has no value. An empty text is a value.",
		Example: `isnull(missing)`, Want: "True",
		Bind: always(nullness(true)),
	},
	{
		Name: "isnotnull", Family: "condition", Syntax: "isnotnull(<x>)", MinArgs: 1, MaxArgs: 1, Lists: column.Whole,
		Doc:     "True if x has a value.",
		Example: `isnotnull(path)`, Want: "True",
		Bind: always(nullness(false)),
	},
	{
		Name: "searchmatch", Family: "comparison", Syntax: `searchmatch("<search expression>")`, MinArgs: 1, MaxArgs: 1, Lazy: true,
		Doc:     "True if the row matches the search expression, as in the command search: words are looked for in _raw. It must be a text in quotes.",
		Example: `searchmatch("path=*vi")`, Want: "True",
	},
	{
		Name: "null", Family: "condition", Syntax: "null()", Doc: "No value.", Example: `null()`, Want: "null",
		Bind: constant(column.Value{}),
	},
	{
		Name: "true", Family: "condition", Syntax: "true()", Doc: "The truth value true.", Example: `true()`, Want: "True",
		Bind: constant(column.Boolean(true)),
	},
	{
		Name: "false", Family: "condition", Syntax: "false()", Doc: "The truth value false.", Example: `false()`, Want: "False",
		Bind: constant(column.Boolean(false)),
	},
}

func constant(v column.Value) binding { return always(constantKernel(v)) }

func constantKernel(v column.Value) column.Kernel {
	return func(rows int, _ []column.Vector) column.Vector { return &column.Const{V: v, N: rows} }
}

// nullness is a kernel that says whether null is as wanted; it reads no value.
func nullness(want bool) column.Kernel {
	return func(rows int, args []column.Vector) column.Vector {
		if c, ok := args[0].(*column.Const); ok {
			return &column.Const{V: column.Boolean(c.V.IsNull() == want), N: rows}
		}
		return build(rows, func(i int) (bool, bool) { return args[0].IsNull(i) == want, true })
	}
}
