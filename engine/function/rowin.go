package function

import (
	"sync"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// rowPredicates is what a search for many rows of values becomes.
var rowPredicates = []Func{{
	Name: "rowin", Lang: Command, Family: "commands", Syntax: "rowin(<count>, <field>, ..., <value>, ...)", MinArgs: 5, MaxArgs: -1, Lists: column.Whole,
	Doc:     "True if the fields, of which there are as many as the first argument says, match one of the rows of values, each as `=` of search does.",
	Example: `rowin(2, path, port, "/usr/bin/ls", "443", "/USR/*", "443")`, Want: "True",
	Bind: bindRows, Takes: fieldsOfRows, Requires: requireRow,
}}

// MostRowFields is how many fields a row of rowin has at the most.
const MostRowFields = 4

// rowKey is a row by the numbers of its literals, plus one.
type rowKey [MostRowFields]uint32

// rowSet is rows of literals.
type rowSet struct {
	fields []*literals // by field, its different literals
	rows   map[rowKey]bool
}

// fieldCount is how many fields the rows have; ok is false if that is not said, or if the values do not fill the last row.
func fieldCount(args []Arg) (n int, ok bool) {
	if args[0].Const == nil || args[0].Const.Kind() != column.Int {
		return 0, false
	}
	n = int(args[0].Const.Int())
	return n, n > 0 && n <= MostRowFields && len(args) > 1+n && (len(args)-1-n)%n == 0
}

func fieldsOfRows(args []Arg) int {
	if n, ok := fieldCount(args); ok {
		return 1 + n
	}
	return len(args)
}

// valuesOfRow is the values that one of the fields is compared with, row by row.
func valuesOfRow(args []Arg, field int) []string {
	n := int(args[0].Const.Int())
	var out []string
	for i := 1 + n + field; i < len(args); i += n {
		out = append(out, args[i].Const.String())
	}
	return out
}

func newRowSet(args []Arg) *rowSet {
	n := int(args[0].Const.Int())
	s := &rowSet{rows: map[rowKey]bool{}}
	keys := make([]rowKey, (len(args)-1-n)/n)
	for f := range n {
		var distinct []string
		numbers := map[string]uint32{}
		for row, text := range valuesOfRow(args, f) {
			if numbers[text] == 0 {
				distinct = append(distinct, text)
				numbers[text] = uint32(len(distinct))
			}
			keys[row][f] = numbers[text]
		}
		s.fields = append(s.fields, newLiterals(distinct, compileSearch))
	}
	for _, k := range keys {
		s.rows[k] = true
	}
	return s
}

func bindRows(_ *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
	n, ok := fieldCount(args)
	if !ok {
		return nil, source.Errorf(args[0].Span, "argument-count", "rowin needs a number of fields, and whole rows of values")
	}
	for _, a := range args[1+n:] {
		if a.Const == nil {
			return nil, notConstant(a)
		}
	}
	rowSet := sync.OnceValue(func() *rowSet { return newRowSet(args) })
	return func(rows int, vectors []column.Vector) column.Vector {
		set := rowSet()
		values := make([]func(int) []string, n)
		for f := range values {
			values[f] = textsOfRows(vectors[1+f])
		}
		found := make([][]uint32, n)
		return build(rows, func(i int) (bool, bool) {
			for f, get := range values {
				found[f] = found[f][:0]
				for _, text := range get(i) {
					found[f] = set.fields[f].find(text, false, found[f])
				}
				if len(found[f]) == 0 {
					return false, true
				}
			}
			return set.holds(found), true
		})
	}, nil
}

// textsOfRows reads the values of a row, one or several, as texts. What it returns is overwritten by the next call.
func textsOfRows(v column.Vector) func(row int) []string {
	var out []string
	if m, ok := v.(*column.Multis); ok {
		return func(row int) []string {
			out = out[:0]
			for _, x := range m.Items[m.Offsets[row]:m.Offsets[row+1]] {
				out = append(out, x.String())
			}
			return out
		}
	}
	xs := texts(v)
	return func(row int) []string {
		out = out[:0]
		if s, ok := xs.at(row); ok {
			out = append(out, s)
		}
		return out
	}
}

// holds says whether one of the rows is made of literals that were found. Combinations are looked up, unless there are more of them than rows.
func (s *rowSet) holds(found [][]uint32) bool {
	combinations := 1
	for _, ids := range found {
		if combinations *= len(ids); combinations > len(s.rows) {
			return s.holdsAmong(found)
		}
	}
	for i := range combinations {
		var k rowKey
		for f, ids := range found {
			k[f] = ids[i%len(ids)] + 1
			i /= len(ids)
		}
		if s.rows[k] {
			return true
		}
	}
	return false
}

func (s *rowSet) holdsAmong(found [][]uint32) bool {
	sets := make([]map[uint32]bool, len(found))
	for f, ids := range found {
		sets[f] = map[uint32]bool{}
		for _, id := range ids {
			sets[f][id+1] = true
		}
	}
	for k := range s.rows {
		all := true
		for f := range found {
			all = all && sets[f][k[f]]
		}
		if all {
			return true
		}
	}
	return false
}

// requireRow asks for the values of the field whose shortest is the longest.
func requireRow(args []Arg) (best Requirement, ok bool) {
	n, ok := fieldCount(args)
	if !ok || len(args)/n > alternatives {
		return best, false
	}
	for f := range n {
		if args[1+f].Const != nil {
			continue
		}
		only := []Arg{{}}
		for i := 1 + n + f; i < len(args); i += n {
			only = append(only, args[i])
		}
		if r, good := requireSearch(compileSearch)(only); good && shortest(r.AnyOf) > shortest(best.AnyOf) {
			best = Requirement{Arg: 1 + f, AnyOf: r.AnyOf}
		}
	}
	return best, best.AnyOf != nil
}
