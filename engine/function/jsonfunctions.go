package function

import (
	"strings"

	"spoor/engine/column"
	"spoor/grammar/source"
)

const (
	jsonPaths  = "A path is names with dots between them and indexes in brackets: `a.b{0}.c`; `{}` is all elements of an array."
	jsonValues = "A text that holds a JSON array or object becomes that, a multivalue an array, null null; any other text stays a text."
)

var jsonFunctions = []Func{
	jsonFunc("json", "json(<value>)", 1, 1, "The value if it is valid JSON, null otherwise.", `json("{\"a\": 1}")`, `{"a": 1}`, func(row []column.Value) column.Value {
		if isJSON(row[0]) {
			return row[0]
		}
		return column.Value{}
	}),
	jsonFunc("json_valid", "json_valid(<value>)", 1, 1, "True if the value is valid JSON; never null. What is nested more than 1,000 deep is not.", `json_valid("[1, 2")`, "False",
		func(row []column.Value) column.Value { return column.Boolean(isJSON(row[0])) }),
	{
		Name: "json_object", Family: "json", Syntax: "json_object(<key>, <value>, ...)", MaxArgs: -1, Lists: column.Whole,
		Doc: "A JSON object of the keys and values. " + jsonValues, Example: `json_object("port", port, "names", list)`, Want: `{"port":443,"names":["cat","Dog","cat"]}`,
		Bind: pairwise(0, rowKernel(func(row []column.Value) column.Value {
			d := document{kind: jsonObject}
			return setKeys(&d, row)
		})),
	},
	jsonFunc("json_array", "json_array(<value>, ...)", 0, -1, "A JSON array of the values. "+jsonValues, `json_array(path, port, true())`, `["/usr/bin/vi",443,true]`,
		func(row []column.Value) column.Value {
			d := document{kind: jsonArray}
			for _, v := range row {
				d.items = append(d.items, documentOf(v))
			}
			return d.value()
		}),
	jsonFunc("json_array_to_mv", "json_array_to_mv(<json>[, <quotes>])", 1, 2,
		"The elements of a JSON array as a multivalue; texts without their quotes unless the second argument is true. Null if it is no array.",
		`json_array_to_mv("[\"a\", 1, {\"b\": null}]")`, `a 1 {"b":null}`,
		func(row []column.Value) column.Value {
			return elements(row[0], len(row) == 2 && toBool(row[1]).True())
		}),
	jsonFunc("mv_to_json_array", "mv_to_json_array(<values>[, <infer>])", 1, 2,
		"A JSON array of the values as texts; if the second argument is true each is read as JSON, and what is none becomes null.",
		`mv_to_json_array(mvappend("cat", 7, true()), true())`, `[null,7,true]`,
		func(row []column.Value) column.Value {
			if row[0].IsNull() {
				return row[0]
			}
			return arrayOf(row[0], len(row) == 2 && toBool(row[1]).True())
		}),
	extraction("json_extract", "json_extract(<json>[, <path>, ...])",
		"The value that the path leads to, as text, number or truth value; arrays and objects as JSON. Of several paths an array of their values; without one the whole. Null if there is none. "+jsonPaths,
		`json_extract("{\"a\": [{\"b\": 1}, {\"b\": 2}]}", "a{}.b")`, "[1,2]", parsePath),
	extraction("json_extract_exact", "json_extract_exact(<json>[, <key>, ...])",
		"The value of a key of a JSON object, dots and brackets in the key included; of several keys an array of their values.",
		`json_extract_exact("{\"a.b\": 1}", "a.b")`, "1", exactPath),
	jsonFunc("json_has_key_exact", "json_has_key_exact(<json>, <key>)", 2, 2, "True if the JSON object has the key; never null.", `json_has_key_exact("{\"a.b\": null}", "a.b")`, "True",
		func(row []column.Value) column.Value {
			d, _ := parseNested(row[0].String())
			return column.Boolean(d.member(row[1].String()) >= 0)
		}),
	jsonFunc("json_keys", "json_keys(<json>)", 1, 1, "A JSON array of the keys of an object; null if it is none.", `json_keys("{\"a\": 1, \"b\": 2}")`, `["a","b"]`,
		func(row []column.Value) column.Value {
			return eachMember(row[0], func(key string, _ document) document { return document{kind: jsonString, text: key} })
		}),
	jsonFunc("json_entries", "json_entries(<json>)", 1, 1, "A JSON array with an object for each member of the object, with its key and its value; null if it is none.",
		`json_entries("{\"a\": 1}")`, `[{"key":"a","value":1}]`, func(row []column.Value) column.Value {
			return eachMember(row[0], func(key string, item document) document {
				return document{kind: jsonObject, keys: []string{"key", "value"}, items: []document{{kind: jsonString, text: key}, item}}
			})
		}),
}

func jsonFunc(name, syntax string, least, most int, doc, example, want string, f func(row []column.Value) column.Value) Func {
	out := whole(name, syntax, least, most, doc, example, want, func(_ *Env, row []column.Value) column.Value { return f(row) })
	out.Family = "json"
	return out
}

// isJSON says whether a value is JSON: numbers and truth values are.
func isJSON(v column.Value) bool {
	switch v.Kind() {
	case column.Null, column.List:
		return false
	case column.String:
		return validJSON(v.Text())
	}
	return true
}

// pairwise binds a function whose arguments from the given one on are pairs.
func pairwise(from int, k column.Kernel) binding {
	return func(_ *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
		if (len(args)-from)%2 != 0 {
			return nil, source.Errorf(args[len(args)-1].Span, "argument-count", "there is no value to go with this").WithHint("the arguments are pairs")
		}
		return k, nil
	}
}

// setKeys sets members of an object to the values that follow their keys; null for a key that is missing.
func setKeys(d *document, pairs []column.Value) column.Value {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i].IsNull() {
			return column.Value{}
		}
		d.set([]step{{kind: stepName, name: pairs[i].String()}}, documentOf(pairs[i+1]))
	}
	return d.value()
}

// elements is the elements of a JSON array as a multivalue.
func elements(v column.Value, quotes bool) column.Value {
	d, ok := parseNested(v.String())
	if !ok || d.kind != jsonArray {
		return column.Value{}
	}
	var out []column.Value
	for i := range d.items {
		x := &d.items[i]
		if x.kind == jsonString && !quotes {
			out = append(out, column.Str(x.text))
		} else {
			out = append(out, x.value())
		}
	}
	return multi(out)
}

// arrayOf is a JSON array of the values of a multivalue: of texts, or of what they are as JSON.
func arrayOf(v column.Value, infer bool) column.Value {
	d := document{kind: jsonArray}
	for _, s := range itemTexts(v) {
		x := document{kind: jsonString, text: s}
		if infer {
			if s == "True" || s == "False" { // so print truth values
				s = strings.ToLower(s)
			}
			x, _ = parseJSON(s)
		}
		d.items = append(d.items, x)
	}
	return d.value()
}

func exactPath(key string) ([]step, bool) { return []step{{kind: stepName, name: key}}, true }

func extraction(name, syntax, doc, example, want string, compile func(string) ([]step, bool)) Func {
	f := Func{
		Name: name, Family: "json", Syntax: syntax, MinArgs: 1, MaxArgs: -1, Doc: doc, Example: example, Want: want,
		Bind: func(_ *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
			if name == "json_extract" {
				if err := checkPaths(args, 1, 1); err != nil {
					return nil, err
				}
			}
			return rowKernel(func(row []column.Value) column.Value { return extract(row, compile) }), nil
		},
	}
	return f
}

func extract(row []column.Value, compile func(string) ([]step, bool)) column.Value {
	if row[0].IsNull() {
		return row[0]
	}
	if len(row) == 2 {
		path, ok := compile(row[1].String())
		if !ok || row[1].IsNull() {
			return column.Value{}
		}
		found, _ := follow(row[0].String(), path)
		return found.native()
	}
	d, ok := parseJSON(row[0].String())
	if !ok {
		return column.Value{}
	}
	if len(row) == 1 {
		return d.native()
	}
	all := document{kind: jsonArray}
	for _, p := range row[1:] {
		path, ok := compile(p.String())
		if !ok || p.IsNull() {
			return column.Value{}
		}
		found, _ := d.at(path)
		all.items = append(all.items, found)
	}
	return all.value()
}

// eachMember is a JSON array of what f makes of the members of an object.
func eachMember(v column.Value, f func(key string, item document) document) column.Value {
	d, ok := parseNested(v.String())
	if !ok || d.kind != jsonObject {
		return column.Value{}
	}
	out := document{kind: jsonArray}
	for i, key := range d.keys {
		out.items = append(out.items, f(key, d.items[i]))
	}
	return out.value()
}
