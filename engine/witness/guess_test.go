package witness

import (
	"slices"
	"strconv"
	"strings"

	"spoor/datamodels"
	"spoor/grammar/ast"
)

// literal is a condition without conditions in it, and whether it shall hold.
type literal struct {
	leaf  ast.Node
	want  bool
	plain bool // see document.of
}

// guess makes values that fields may have so that literals come true. What it makes need not fit: it is tried.
type guess struct {
	lits  []literal
	extra map[string][]string // further texts to try, by field
	full  bool                // a field may rather have some value than none
}

// field is what the Elastic Common Schema says of a field; nil if it is none of its.
func field(name string) *datamodels.Field {
	d, unknown := datamodels.Builtin().Lookup(datamodels.Events)
	if unknown != nil {
		panic(unknown.Message)
	}
	return d.Field(name)
}

// fieldsOf is the fields that a condition reads.
func fieldsOf(n ast.Node) []string {
	switch n := n.(type) {
	case *ast.Path:
		return []string{n.Name}
	case *ast.Negation:
		return fieldsOf(n.X)
	case *ast.Comparison:
		return fieldsOf(n.X)
	case *ast.Match:
		return fieldsOf(n.X)
	case *ast.Junction:
		return fieldsOfAll(n.Args)
	case *ast.Invocation:
		return fieldsOfAll(n.Args)
	}
	return nil
}

func fieldsOfAll(nodes []ast.Node) []string {
	var out []string
	for _, n := range nodes {
		out = append(out, fieldsOf(n)...)
	}
	return out
}

// about is the literals that read the field.
func (g *guess) about(name string) []literal {
	return slices.DeleteFunc(slices.Clone(g.lits), func(l literal) bool { return !slices.Contains(fieldsOf(l.leaf), name) })
}

// texts is values to try for a field that has one, best first.
func (g *guess) texts(name string) []string {
	lits := g.about(name)
	var wanted [][]pieces
	var numbers, long []string
	fills := []string{"", "x", "/x", " x"}
	if g.full {
		fills = []string{"x", "", "/x", " x"}
	}
	for _, l := range lits {
		numbers = append(numbers, around(l.leaf)...)
		if length := lengthOver(l.leaf); length > 0 {
			long = append(long, strings.Repeat("x", length))
		}
		if o := options(l.leaf); l.want && o != nil {
			wanted = append(wanted, o)
		}
	}
	var out []string
	for _, all := range combinations(wanted) {
		for _, fill := range append(fills, long...) {
			out = append(out, merge(all, fill))
		}
	}
	if wanted == nil {
		out = long
	}
	out = append(append(out, g.extra[name]...), numbers...)
	return distinct(append(out, neutral(name, lits)...))
}

// options is the values that make a literal hold, in pieces; nil if it does not ask for one of a list.
func options(leaf ast.Node) []pieces {
	var out []pieces
	switch n := leaf.(type) {
	case *ast.Comparison:
		if _, null := n.Y.(*ast.Null); !null && n.Op == "==" {
			return []pieces{{constant(n.Y)}}
		}
	case *ast.Match:
		for _, l := range n.List {
			switch strings.TrimSuffix(n.Op, "~") {
			case "in":
				out = append(out, pieces{constant(l)})
			case "regex":
				out = append(out, regexPieces(constant(l), false), regexPieces(constant(l), true))
			default:
				out = append(out, globPieces(constant(l)))
			}
		}
	case *ast.Invocation:
		if strings.EqualFold(n.Name, "cidrMatch") {
			for _, a := range n.Args[1:] {
				out = append(out, pieces{prefix(constant(a)).Addr().String()}, pieces{prefix(constant(a)).Addr().Next().String()})
			}
		}
	}
	return out
}

// around is the numbers at which the truth of a comparison may change.
func around(leaf ast.Node) []string {
	n, ok := leaf.(*ast.Comparison)
	if !ok {
		return nil
	}
	v, err := strconv.Atoi(numeral(n.Y))
	if err != nil {
		return nil
	}
	return []string{strconv.Itoa(v), strconv.Itoa(v + 1), strconv.Itoa(v - 1)}
}

func numeral(n ast.Node) string {
	switch n.(type) {
	case *ast.Numeral, *ast.Minus:
		return constant(n)
	}
	return ""
}

// lengthOver is a length that is more than what a literal compares one with, or 0.
func lengthOver(leaf ast.Node) int {
	if n, ok := leaf.(*ast.Comparison); ok {
		if call, ok := n.X.(*ast.Invocation); ok && strings.EqualFold(call.Name, "length") {
			v, _ := strconv.Atoi(numeral(n.Y))
			return v + 1
		}
	}
	return 0
}

// mostCombinations bounds how many ways are tried to satisfy several literals with one value.
const mostCombinations = 300

// combinations picks one of each list: first all first ones, all second ones and so on, then mixed.
func combinations(lists [][]pieces) [][]pieces {
	if len(lists) == 0 {
		return nil
	}
	var out [][]pieces
	longest := 0
	for _, l := range lists {
		longest = max(longest, len(l))
	}
	for i := range longest {
		var one []pieces
		for _, l := range lists {
			one = append(one, l[i%len(l)])
		}
		out = append(out, one)
	}
	if len(lists) == 1 {
		return out
	}
	mixed := [][]pieces{nil}
	for _, l := range lists {
		var longer [][]pieces
		for _, m := range mixed {
			for _, p := range l {
				if len(longer) < mostCombinations {
					longer = append(longer, append(m[:len(m):len(m)], p))
				}
			}
		}
		mixed = longer
	}
	return append(out, mixed...)
}

// neutral is values of a field's type that rules do not ask for.
func neutral(name string, lits []literal) []string {
	kind := ""
	if f := field(name); f != nil {
		kind = f.Type
	} else if slices.ContainsFunc(lits, func(l literal) bool { return around(l.leaf) != nil }) {
		kind = "long"
	}
	switch kind {
	case "ip":
		return []string{"9.9.9.9", "10.9.9.9", "2a00::9"}
	case "long", "double":
		return []string{"7", "77777"}
	case "boolean":
		return []string{"false", "true"}
	case "date":
		return nil
	}
	return []string{"zz", "/zz/zz.zz", "7"}
}

func distinct(list []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(s string) bool {
		again := seen[s]
		seen[s] = true
		return again
	})
}
