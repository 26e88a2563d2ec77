package function

import (
	"slices"
	"strings"

	"spoor/engine/column"
)

// families is all entries, a slice a file.
var families = [][]Func{
	arithmetic, logic, comparisons, conditionals, textFunctions, mathFunctions, multivalueFunctions, timeFunctions, conversions, typed, printfFunctions, spathFunctions,
	bitFunctions, trigonometry, statistics, jsonFunctions, jsonEdits, hashes, searchPredicates, binning, shaping, converters, terms, translations, ecsFunctions,
	eqlPredicates, eqlTexts, eqlNumbers, eqlRuns, eqlEngine, measures, tables, lookups, placing, rowPredicates, ages, rewritten,
}

// table is all functions by language and name.
var table = func() [EQL + 1]map[string]*Func {
	var out [EQL + 1]map[string]*Func
	for i := range out {
		out[i] = map[string]*Func{}
	}
	for _, family := range families {
		for i := range family {
			f := &family[i]
			out[f.Lang][f.Name] = f
		}
	}
	return out
}()

// Lookup is the function or operator of a name, whatever its case, or nil.
func Lookup(lang Lang, name string) *Func { return table[lang][strings.ToLower(name)] }

// All is the functions and operators of a language by name.
func All(lang Lang) []*Func {
	out := make([]*Func, 0, len(table[lang]))
	for _, f := range table[lang] {
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b *Func) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Names is the names of All that are words and can be called, for suggestions.
func Names(lang Lang) []string {
	var out []string
	for _, f := range All(lang) {
		if f.Callable() && f.Name[0] >= 'a' && f.Name[0] <= 'z' && !strings.HasSuffix(f.Name, "~") {
			out = append(out, f.Name)
		}
	}
	return out
}

// ExampleRow is the one row that the examples are evaluated on.
func ExampleRow() *column.Batch {
	schema := column.NewSchema("path", "bytes", "port", "list", "ip")
	list := column.Multi([]column.Value{column.Str("cat"), column.Str("Dog"), column.Str("cat")})
	return column.NewBatch(schema, []column.Vector{
		&column.Const{V: column.Str("/usr/bin/vi"), N: 1},
		&column.Const{V: column.Str("1500"), N: 1},
		&column.Const{V: column.Integer(443), N: 1},
		column.FromValues([]column.Value{list}),
		&column.Const{V: column.Str("10.1.2.3"), N: 1},
	}, 1)
}

// alias is the same function under a further name.
func alias(f Func, name, syntax, example string) Func {
	f.Name, f.Syntax, f.Example = name, syntax, example
	return f
}
