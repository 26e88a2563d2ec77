package function

import (
	"math"
	"slices"

	"spoor/engine/column"
	"spoor/engine/lookup"
	"spoor/grammar/source"
)

// lookups is the function that asks tables beside the logs.
var lookups = []Func{{
	Name: "lookup", Family: "lookups", Syntax: "lookup(<lookup>, <json object>, <json array>)", MinArgs: 3, MaxArgs: 3, Lists: column.Whole, Volatile: true,
	Doc: "A JSON object of cells of a lookup, a definition or a CSV file: the object says by column which values a row must have, the array which columns are wanted. " +
		"Where several rows match, the cells of a column are an array; where none does, or a value is missing, the result is null. The lookup is named by a text, not by a field.",
	Example: `lookup("ports.csv", json_object("port", port), json_array("service"))`, Want: `{"service":"https"}`,
	Bind: func(env *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
		if args[0].Const == nil {
			return nil, source.Errorf(args[0].Span, "not-constant", "the name of the lookup must be a text in double quotes")
		}
		definition, diag := env.Lookups.Find(args[0].Span, args[0].Const.String())
		if diag != nil {
			return nil, diag
		}
		table, diag := env.Lookups.Table(args[0].Span, definition)
		if diag != nil {
			return nil, diag
		}
		if definition.Time != nil && table.Has(definition.Time.Field) {
			return nil, source.Errorf(args[0].Span, "timed-lookup", "the lookup %s is bounded in time: eval cannot ask it", definition.Name).WithHint("use the command lookup")
		}
		if env.Warn != nil {
			for _, doubt := range env.Lookups.Doubts(args[0].Span, definition) {
				env.Warn(doubt)
			}
		}
		l := &lookupCall{env: env, at: args[0].Span, definition: definition}
		return func(rows int, args []column.Vector) column.Vector {
			out := make([]column.Value, rows)
			for i := range out {
				keys, _ := parseNested(args[1].Value(i).String())
				wanted, _ := parseNested(args[2].Value(i).String())
				out[i] = l.ask(keys, wanted)
			}
			return column.FromValues(out)
		}, nil
	},
}}

// lookupCall is a call of the function lookup.
type lookupCall struct {
	env        *Env
	at         source.Span
	definition *lookup.Definition
	told       bool
}

// warn says what is wrong with a column, which may be known only from the rows.
func (l *lookupCall) warn(d *source.Diagnostic) column.Value {
	if l.env.Warn != nil && !l.told {
		l.told = true
		w := *d
		w.Severity = source.Warning
		l.env.Warn(&w)
	}
	return column.Value{}
}

func (l *lookupCall) ask(keys, wanted document) column.Value {
	if keys.kind != jsonObject || wanted.kind != jsonArray || len(keys.keys) == 0 {
		return column.Value{}
	}
	var columns, values []string
	for i, name := range keys.keys {
		v := keys.items[i].native()
		if v.IsNull() || slices.Contains(columns, name) {
			return column.Value{}
		}
		columns, values = append(columns, name), append(values, v.String())
	}
	m, diag := l.env.Lookups.Matcher(l.at, l.definition, columns, l.env.Times)
	if diag != nil {
		return l.warn(diag)
	}
	rows := m.Find(values, math.NaN(), nil)
	if len(rows) == 0 && m.Min == 0 {
		return column.Value{}
	}
	out := document{kind: jsonObject}
	for _, w := range wanted.items {
		at := slices.Index(m.Table.Columns, w.native().String())
		if at < 0 {
			return l.warn(l.definition.Check(l.at, m.Table, w.native().String()))
		}
		out.keys, out.items = append(out.keys, m.Table.Columns[at]), append(out.items, l.cells(m, rows, at))
	}
	return out.value()
}

// cells is what some rows have in a column, and the default where the definition wants more.
func (l *lookupCall) cells(m *lookup.Matcher, rows []uint32, at int) document {
	list := document{kind: jsonArray}
	for _, row := range rows {
		if cell := m.Table.Cell(row, at); cell != "" {
			list.items = append(list.items, document{kind: jsonString, text: cell})
		}
	}
	for n := len(rows); n < m.Min; n++ {
		list.items = append(list.items, document{kind: jsonString, text: m.Default})
	}
	switch len(list.items) {
	case 0:
		return document{}
	case 1:
		return list.items[0]
	}
	return list
}
