package function

import (
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/grammar/source"
)

var spathFunctions = []Func{{
	Name: "spath", Family: "text", Syntax: "spath(<text>, <path>)", MinArgs: 2, MaxArgs: 2,
	Doc: "What a path leads to in a text that is JSON or XML: `a.b{0}.c`, where `{}` is all elements of an array; in XML indexes count from 1 and `{@name}` is an attribute. " +
		"Several values are a multivalue; arrays, objects and elements with others inside are their text; JSON's true, false and null are those words. Null if there is nothing.",
	Example: `spath("<a><b n='1'>x</b><b n='2'>y</b></a>", "a.b{@n}")`, Want: "1 2",
	Bind: func(_ *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
		if err := checkPaths(args, 1, 1); err != nil {
			return nil, err
		}
		return rowKernel(func(row []column.Value) column.Value {
			path, ok := parsePath(row[1].String())
			if !ok || row[0].IsNull() || row[1].IsNull() {
				return column.Value{}
			}
			return spath(row[0].String(), path)
		}), nil
	},
}}

func spath(text string, path []step) column.Value {
	start := strings.TrimLeft(text, " \t\r\n")
	var out []column.Value
	switch {
	case start == "":
	case start[0] == '<' && len(path) > 0:
		if root, ok := parseXML(text); ok {
			root.visit(path, func(s string) { out = append(out, column.Str(s)) })
		}
	case start[0] == '{' || start[0] == '[':
		each := slices.IndexFunc(path, func(s step) bool { return s.kind == stepEach })
		if each < 0 {
			each = len(path)
		}
		if d, ok := follow(text, path[:each]); ok {
			d.visit(path[each:], func(x *document) { out = append(out, x.plain()) })
		}
	}
	return multi(out)
}

// plain is the value in which JSON's true, false and null are words.
func (d *document) plain() column.Value {
	if d.kind == jsonBool || d.kind == jsonNull {
		return d.value()
	}
	return d.native()
}
