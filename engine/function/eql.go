package function

import (
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// eqlPredicates are the conditions of EQL. Values are compared as they are: a text is no number, and where kinds differ a condition is
// false. It is null where an operand is. There is no `!=`: that is the opposite of `==` even where `==` is null.
var eqlPredicates = slices.Concat([]Func{
	eqlComparison("==", "equals", `path == "/usr/bin/vi"`, "True", func(c int) bool { return c == 0 }).overRuns("run ==", requireSame),
	eqlComparison("<", "is less than", `port < 443`, "False", func(c int) bool { return c < 0 }),
	eqlComparison("<=", "is at most", `port <= 443.5`, "True", func(c int) bool { return c <= 0 }),
	eqlComparison(">", "is greater than", `path > "/usr/bin/VI"`, "True", func(c int) bool { return c > 0 }),
	eqlComparison(">=", "is at least", `port >= 1000`, "False", func(c int) bool { return c >= 0 }),
	eqlList("in", "True if x equals one of the values; `*` and `?` are characters like any other.", `port in (80, 443)`, bindIn(false)).
		overRuns("run in", requireSame),
	eqlList("in~", "Like in, but texts may differ in case.", `list in~ ("dog", "ant")`, bindIn(true)).overRuns("run in~", requireSame),
	eqlList("like", "True if one of the patterns matches the whole text: `*` is any run of characters, `?` is any one.",
		`path like ("/usr/*/v?", "/bin/*")`, bindLike(false)).overRuns("run like", requireLikes),
	eqlList("like~", "Like like, but in any case. Also written `x : pattern`.", `path like~ "*/VI"`, bindLike(true)).overRuns("run like~", requireLikes),
	eqlList("regex", "True if one of the regular expressions matches the whole text; their syntax is Lucene's.", `path regex "/usr/.*/[a-z]+"`, bindLucene(false)).
		overRuns("run regex", requireLucene),
	eqlList("regex~", "Like regex, but in any case.", `path regex~ ("/BIN/.*", ".*/V[IJ]")`, bindLucene(true)).overRuns("run regex~", requireLucene),
	wildcardCall("wildcard", "like", `wildcard(path, "/usr/*", "/bin/*")`, false),
	wildcardCall("wildcard~", "like~", `wildcard~(path, "*/VI")`, true),
	{
		Name: "cidrmatch", Lang: EQL, Family: "addresses", Syntax: "cidrMatch(<ip>, <net>, ...)", MinArgs: 2, MaxArgs: -1, Lists: column.AnyCombination,
		Doc: "True if the address lies in one of the nets, such as `10.0.0.0/8` or `fe80::/10`; a single address is a net, too. False if it is no address. " +
			"Null if one argument is.",
		Example: `cidrMatch(ip, "192.168.0.0/16", "10.0.0.0/8")`, Want: "True",
		Bind: cidrMatch,
	},
},
	textPair("startsWith", "begins with", `"/usr"`, strings.HasPrefix, func(s string) [][]string { return [][]string{{s}, {""}} }),
	textPair("endsWith", "ends with", `"bin/vi"`, strings.HasSuffix, func(s string) [][]string { return [][]string{{""}, {s}} }),
	textPair("stringContains", "holds, neither being empty,", `"/bin/"`, func(s, sub string) bool { return sub != "" && strings.Contains(s, sub) },
		func(s string) [][]string { return [][]string{{""}, {s}, {""}} }),
)

func eqlComparison(name, verb, example, want string, holds func(int) bool) Func {
	return Func{
		Name: name, Lang: EQL, Family: operatorFamily, Syntax: "x " + name + " y", MinArgs: 2, MaxArgs: 2, Lists: column.AnyCombination,
		Doc: "True if x " + verb + " y: two texts by their bytes, two numbers, two truth values, or a date and a date or text in ISO 8601. " +
			"False if their kinds differ, null if one is null.",
		Example: example, Want: want,
		Bind: bindComparison(holds),
	}
}

func eqlList(name, doc, example string, bind binding) Func {
	return Func{
		Name: name, Lang: EQL, Family: operatorFamily, Syntax: "x " + name + " (<value>, ...)", MinArgs: 2, MaxArgs: -1, Lists: column.AnyCombination,
		Doc: doc + " Null if x is null.", Example: example, Want: "True",
		Bind: bind,
	}
}

func wildcardCall(name, like, example string, fold bool) Func {
	f := eqlList(name, "True if one of the patterns matches the whole text, as "+like+" says.", example, bindLike(fold)).overRuns("run "+like, requireLikes)
	f.Family, f.Syntax = "text", name+"(<text>, <pattern>, ...)"
	return f
}

// overRuns adds what a predicate asks of the text, and the name of the function that looks for a run of words.
func (f Func) overRuns(name string, requires func([]Arg) (Requirement, bool)) Func {
	f.OverRuns, f.Requires = name, requires
	return f
}

// textPair is a predicate of two texts, in the same and in any case. shape is the parts of a glob that matches what relates to a text.
func textPair(name, verb, example string, relates func(s, sub string) bool, shape func(string) [][]string) []Func {
	f := Func{
		Name: strings.ToLower(name), Lang: EQL, Family: "text", Syntax: name + "(<text>, <part>)", MinArgs: 2, MaxArgs: 2, Lists: column.AnyCombination,
		Doc:     "True if the text " + verb + " the part. Null if one of them is null.",
		Example: name + "(path, " + example + ")", Want: "True",
		Bind: bindPair(relates, shape, false), Requires: requirePart,
	}
	g := f
	g.Name, g.Syntax, g.Example = f.Name+"~", name+"~(<text>, <part>)", name+"~(path, "+strings.ToUpper(example)+")"
	g.Doc = "True if the text " + verb + " the part, in any case. Null if one of them is null."
	g.Bind = bindPair(relates, shape, true)
	return []Func{f, g}
}

func bindPair(relates func(s, sub string) bool, shape func(string) [][]string, fold bool) binding {
	return func(_ *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
		if c := args[1].Const; c != nil && c.Text() != "" {
			g := newGlob(shape(c.Text()), fold)
			return func(rows int, args []column.Vector) column.Vector { return onTexts(rows, args[0], g.match) }, nil
		}
		return kernel2(cells, cells, func(x, y column.Value) (bool, bool) {
			if x.Kind() != column.String || y.Kind() != column.String {
				return false, !x.IsNull() && !y.IsNull()
			}
			if fold {
				return relates(foldCase(x.Text()), foldCase(y.Text())), true
			}
			return relates(x.Text(), y.Text()), true
		}), nil
	}
}

// onTexts asks each text; null stays null, and of what is no text the answer is false.
func onTexts(rows int, v column.Vector, holds func(string) bool) column.Vector {
	if v, ok := v.(*column.Strings); ok {
		return build(rows, func(i int) (bool, bool) {
			if v.Null != nil && v.Null[i] {
				return false, false
			}
			return holds(v.Values[i]), true
		})
	}
	xs := cells(v)
	return build(rows, func(i int) (bool, bool) {
		x, _ := xs.at(i)
		return x.Kind() == column.String && holds(x.Text()), !x.IsNull()
	})
}

// eqlConstants is the values of constant arguments. What EQL compares a field with cannot be another field.
func eqlConstants(args []Arg) ([]column.Value, *source.Diagnostic) {
	var out []column.Value
	for _, a := range args {
		if a.Const == nil {
			return nil, source.Errorf(a.Span, "not-constant", "a field cannot stand here").WithHint("write a value; EQL does not compare fields with each other")
		}
		if a.Const.IsNull() {
			out = append(out, *a.Const)
		}
		out = append(out, a.Const.Items()...)
	}
	return out, nil
}

func cidrMatch(_ *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
	var nets []network
	for _, a := range args[1:] {
		values, err := eqlConstants([]Arg{a})
		if err != nil {
			return nil, err
		}
		for _, v := range values {
			if v.IsNull() {
				return constantKernel(column.Value{}), nil
			}
			n, err := compileNet(nil, eqlText(v), a.Span)
			if err != nil {
				return nil, err
			}
			nets = append(nets, n)
		}
	}
	return func(rows int, args []column.Vector) column.Vector {
		return onTexts(rows, args[0], func(s string) bool {
			return slices.ContainsFunc(nets, func(n network) bool { return n.contains(s) })
		})
	}, nil
}
