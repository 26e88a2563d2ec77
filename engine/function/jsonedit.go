package function

import (
	"spoor/engine/column"
	"spoor/grammar/source"
)

var jsonEdits = []Func{
	jsonEdit("json_set", "The JSON with the values at the paths. Members that do not exist are made; a path that does not fit changes nothing. "+jsonPaths,
		`json_set("{\"a\": 1}", "b.c", 2)`, `{"a":1,"b":{"c":2}}`,
		func(d *document, path []step, v document) { d.set(path, v) }),
	jsonEdit("json_append", "The JSON with the value behind the last element of the array that the path leads to; what is no array becomes one first. A path that leads nowhere changes nothing. "+jsonPaths,
		`json_append("{\"a\": [1]}", "a", json_array(2))`, `{"a":[1,[2]]}`,
		func(d *document, path []step, v document) {
			d.change(path, func(x *document) { x.extend(v) })
		}),
	jsonEdit("json_extend", "Like json_append, but the elements of an array are added one by one; what is no array is added as it is. "+jsonPaths,
		`json_extend("{\"a\": [1]}", "a", json_array(2, 3))`, `{"a":[1,2,3]}`,
		func(d *document, path []step, v document) {
			values := []document{v}
			if v.kind == jsonArray {
				values = v.items
			}
			d.change(path, func(x *document) { x.extend(values...) })
		}),
	{
		Name: "json_set_exact", Family: "json", Syntax: "json_set_exact(<json>, <key>, <value>, ...)", MinArgs: 3, MaxArgs: -1, Lists: column.Whole,
		Doc:     "The JSON object with the values under the keys, dots and brackets in the keys included.",
		Example: `json_set_exact("{}", "a.b", 2)`, Want: `{"a.b":2}`,
		Bind: pairwise(1, rowKernel(func(row []column.Value) column.Value {
			d, ok := parseNested(row[0].String())
			if !ok || d.kind != jsonObject {
				return column.Value{}
			}
			return setKeys(&d, row[1:])
		})),
	},
	{
		Name: "json_delete", Family: "json", Syntax: "json_delete(<json>, <path>, ...)", MinArgs: 2, MaxArgs: -1, Lists: column.Whole,
		Doc:     "The JSON object without the members that the paths lead to; a JSON array or a multivalue stands for several paths. " + jsonPaths,
		Example: `json_delete("{\"a\": 1, \"b\": {\"c\": 2, \"d\": 3}}", "a", "b.c")`, Want: `{"b":{"d":3}}`,
		Bind: rowwise(func(_ *Env, row []column.Value) column.Value { return deleteMembers(row) }),
	},
}

func jsonEdit(name, doc, example, want string, f func(d *document, path []step, v document)) Func {
	return Func{
		Name: name, Family: "json", Syntax: name + "(<json>, <path>, <value>, ...)", MinArgs: 3, MaxArgs: -1, Lists: column.Whole,
		Doc: doc, Example: example, Want: want,
		Bind: func(env *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
			if err := checkPaths(args, 1, 2); err != nil {
				return nil, err
			}
			return pairwise(1, rowKernel(func(row []column.Value) column.Value { return edit(row, f) }))(env, args)
		},
	}
}

// edit changes JSON at each path in turn.
func edit(row []column.Value, f func(d *document, path []step, v document)) column.Value {
	d, ok := parseNested(row[0].String())
	if !ok {
		return column.Value{}
	}
	for i := 1; i+1 < len(row); i += 2 {
		path, ok := parsePath(row[i].String())
		if !ok || row[i].IsNull() {
			return column.Value{}
		}
		f(&d, path, documentOf(row[i+1]))
	}
	return d.value()
}

// extend adds elements to an array, which it makes of what is none.
func (d *document) extend(values ...document) {
	if d.kind != jsonArray {
		*d = document{kind: jsonArray, items: []document{*d}}
	}
	d.items = append(d.items[:len(d.items):len(d.items)], values...)
}

func deleteMembers(row []column.Value) column.Value {
	d, ok := parseNested(row[0].String())
	if !ok {
		return column.Value{}
	}
	for _, arg := range row[1:] {
		paths := itemTexts(arg)
		if list := elements(arg, false); !list.IsNull() {
			paths = itemTexts(list)
		}
		for _, p := range paths {
			if path, ok := parsePath(p); ok {
				d.remove(path)
			}
		}
	}
	return d.value()
}
